"""The core of the workstation: the path of one application from the counter to the hand.

    intake -> photo -> fingerprints -> review -> decision -> print -> encode -> check -> hand_over

`domain/stages.py` holds that path as one table; `workflow/` has a folder per stage with the clerk's
verbs; `database/` keeps what they did; `sync/` tells the central registry. Nothing here imports Qt.
"""
