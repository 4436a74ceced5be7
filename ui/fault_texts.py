"""The sentences of faults of devices, printers, pictures and the line, behind ui.messages; English keys."""

from __future__ import annotations

from ui.message_texts import Texts

_KEPT = "Nothing was lost."
_AGAIN = "Try again."

# "missing", "gone", "late" and "fault" speak for codes that are not listed.
DEVICES: dict[str, Texts] = {
    "missing": ("{device}: cannot be used.", _KEPT, "Check plug and power, then try again."),
    "gone": ("{device}: the connection broke.", _KEPT, "Check the plug, then try again."),
    "late": ("{device}: no answer.", _KEPT, "Check plug and power, then try again."),
    "fault": ("{device}: a fault of the device.", _KEPT, _AGAIN),
    "not-set-up": (
        "{device}: none is set up on this computer.",
        _KEPT,
        "The administrator enters it in the settings.",
    ),
    "port-not-found": ("{device}: nothing at {path}.", _KEPT, "Plug it in, then try again."),
    "port-in-use": (
        "{device}: another program uses {path}.",
        _KEPT,
        "Close the other program, then try again.",
    ),
    "port-not-allowed": (
        "{device}: this user may not use {path}.",
        _KEPT,
        "The administrator gives the right to use serial devices.",
    ),
    "port-unusable": ("{device}: {path} cannot be used.", _KEPT, "Check plug and settings, then try again."),
    "not-answering": ("{device}: does not answer.", _KEPT, "Switch it off and on, then try again."),
    "other-device": (
        "{device}: another kind of device answers there.",
        _KEPT,
        "Check the port in the settings.",
    ),
    "unplugged": ("{device}: was unplugged.", _KEPT, "Plug it in and try again."),
    "closed": ("{device}: was closed.", _KEPT, _AGAIN),
    "no-answer": ("{device}: no answer.", _KEPT, "Check plug and power, then try again."),
    "no-result": ("{device}: did not finish in time.", _KEPT, _AGAIN),
    "answer-damaged": ("{device}: the answers arrive damaged.", _KEPT, "Check the cable, then try again."),
    "garbled": ("{device}: the answers arrive damaged.", _KEPT, "Check the cable, then try again."),
    "busy": ("{device}: is busy.", _KEPT, "Wait a moment and try again."),
    "unsupported": ("{device}: this model cannot do that.", _KEPT, "Tell the administrator."),
    "image-malformed": ("{device}: the picture arrived damaged.", "It was not used.", "Take it again."),
    "command-refused": ("{device}: the device refused the command.", _KEPT, _AGAIN),
    "syntax-error": ("{device}: the device did not understand.", _KEPT, _AGAIN),
    "module-error": (
        "{device}: the device reports a fault of its own.",
        _KEPT,
        "Switch it off and on, then try again.",
    ),
    "no-finger": ("No finger was placed in time.", _KEPT, "Place the finger and start again."),
    "no-card": ("No card was placed in time.", _KEPT, "Place the card and start again."),
    "several-cards": ("More than one card lies on the reader.", _KEPT, "Leave only one card there."),
    "cannot-open": ("{device}: cannot be opened.", _KEPT, "Check plug and settings; it opens by itself."),
    "unknown-source": (
        "{device}: the address in the settings is not understood.",
        _KEPT,
        "Correct it in the settings.",
    ),
    "source-stopped": ("{device}: the picture stopped.", _KEPT, "Check the plug; it goes on by itself."),
    "source-frozen": (
        "{device}: the picture stands still.",
        _KEPT,
        "Check the camera; unplug it and plug it in.",
    ),
    "frames-unusable": ("{device}: gives no usable picture.", _KEPT, "Uncover the lens; check the camera."),
    "resolution-changed": (
        "{device}: the size of the picture changed.",
        _KEPT,
        "Wait a moment; it goes on by itself.",
    ),
    "no-frame": ("{device}: no picture yet.", _KEPT, "Wait a moment; check the plug."),
    "cancelled": ("Stopped.", _KEPT, "Begin again when everything is ready."),
}

PRINTER: dict[str, Texts] = {
    "mrz-name": (
        "The Latin name holds “{letter}”; the machine readable lines of a card have no spelling for it.",
        "Nothing was printed, the application is kept.",
        "Tell the administrator: the name must be corrected before the card is printed.",
    ),
    "mrz": (
        "The machine readable lines of the card cannot be written ({fields}).",
        "Nothing was printed, the application is kept.",
        "Tell the administrator: the data must be corrected before the card is printed.",
    ),
    "unreachable": (
        "The printer cannot be reached.",
        "The card waits.",
        "Switch the printer on and check its cable.",
    ),
    "no-answer": (
        "The printer does not answer.",
        "The card waits.",
        "Check the printer; look whether a card came out before you print again.",
    ),
    "refused": ("The printer refused the job.", "The card waits.", "Look at the printer's display."),
    "busy": ("The printer is busy.", "The card waits.", "Wait a moment and try again."),
    "job-unknown": (
        "The printer no longer knows this job.",
        "The card waits.",
        "Look whether a card came out.",
    ),
    "job-lost": ("The printer no longer knows this job.", "The card waits.", "Look whether a card came out."),
    "damaged-answer": ("The printer's answer was not understood.", "The card waits.", _AGAIN),
    "bad-address": ("The printer's address is not right.", "The card waits.", "Correct it in the settings."),
    "no-card-page": (
        "The printer's driver knows no page of a card's size.",
        "The card waits.",
        "An administrator chooses the size CR80 in this computer's printer settings.",
    ),
    "closed": ("The printer was closed.", "The card waits.", _AGAIN),
    "media-jam": (
        "A card is jammed in the printer.",
        "The job waits.",
        "Open it, take the card out and close it.",
    ),
    "media-empty": ("The printer has no blank cards.", "The job waits.", "Put blank cards in."),
    "media-needed": ("The printer has no blank cards.", "The job waits.", "Put blank cards in."),
    "marker-supply-empty": ("The printer's ribbon is used up.", "The job waits.", "Put a new ribbon in."),
    "marker-supply-low": ("The printer's ribbon is nearly used up.", _KEPT, "Have a new ribbon ready."),
    "cover-open": ("The printer's cover is open.", "The job waits.", "Close the cover."),
    "paused": ("The printer is paused.", "The job waits.", "Let it go on at its display."),
    "text-does-not-fit": (
        "A text does not fit on the card: {text}.",
        "It was not cut and nothing was printed.",
        "Shorten the entry at intake.",
    ),
    "missing-glyph": (
        "The card's font has no sign for: {text}.",
        "Nothing was printed.",
        "Correct the entry at intake.",
    ),
    "symbol-does-not-fit": (
        "The code on the card is too large.",
        "Nothing was printed.",
        "Tell the administrator.",
    ),
    "picture-missing": ("There is no photo for the card.", "Nothing was printed.", "Take the photo first."),
    "picture-damaged": ("The photo is damaged.", "Nothing was printed.", "Take the photo again."),
    "layout": (
        "The card layout cannot be used: {problem}.",
        "Nothing was printed or published.",
        "Whoever made the layout mends it.",
    ),
    "settings": ("The settings file cannot be read.", "It is unchanged.", "Tell the administrator."),
    "policy": ("The policy cannot be read.", "It is unchanged.", "Tell the administrator."),
    "file": (
        "The file {file} could not be read or written.",
        _KEPT,
        "Check the disk's free space and rights.",
    ),
}

PORTRAIT: dict[str, Texts] = {
    "no-face": ("No face was found.", _KEPT, "Let the person look into the camera and take it again."),
    "several-faces": (
        "More than one face is in the picture.",
        _KEPT,
        "Only the applicant may be in the picture.",
    ),
    "face-unclear": (
        "The face is not clear enough.",
        _KEPT,
        "Look straight ahead, better light, take it again.",
    ),
    "too-few-pixels": ("The face is too small in the picture.", _KEPT, "Come nearer and take it again."),
    "outside-frame": (
        "Part of the head is outside the picture.",
        _KEPT,
        "Move to the middle and take it again.",
    ),
    "no-room-for-hands": (
        "The face fills the picture; the hands have no room.",
        _KEPT,
        "Step back and take it again with both hands raised beside the face.",
    ),
    "too-large": ("The picture is too large to store.", _KEPT, "Take it again."),
    "picture-too-many-bytes": (
        "The picture file is too large.",
        _KEPT,
        "Give a file of at most 40 megabytes.",
    ),
    "picture-too-many-pixels": (
        "The picture has too many pixels.",
        _KEPT,
        "Give a picture of at most 40 megapixels and 12,000 pixels a side.",
    ),
    "picture-unknown-format": (
        "This is no picture file that can be read.",
        _KEPT,
        "Give a JPEG, PNG, BMP, TIFF, WebP or JPEG 2000 file.",
    ),
    "picture-damaged": ("The picture file is damaged.", _KEPT, "Give another copy of it."),
    "analysis-too-slow": (
        "The print took too long to measure.",
        "It was not used.",
        "Take the finger again.",
    ),
    "analysis-crashed": ("Measuring the print failed.", "It was not used.", "Take the finger again."),
    "analysis-not-a-finger": (
        "This does not look like a finger.",
        "It was not used.",
        "Take the finger again.",
    ),
    "analysis-bad-image": (
        "The picture of the finger is damaged.",
        "It was not used.",
        "Take the finger again.",
    ),
    "analysis-engine-unavailable": (
        "The measuring of prints does not start.",
        _KEPT,
        "Start the program again; tell the administrator.",
    ),
    "analysis-closed": ("The office is being closed.", _KEPT, "Open the office again."),
}

REGISTRY: dict[str, Texts] = {
    "unreachable": (
        "The centre cannot be reached.",
        "Everything waits safely here.",
        "It is sent when the line is back.",
    ),
    "timed-out": (
        "The centre did not answer in time.",
        "Everything waits safely here.",
        "It is tried again by itself.",
    ),
    "cut-off": (
        "The line broke while sending.",
        "Everything waits safely here.",
        "It is tried again by itself.",
    ),
    "registry-fault": (
        "The centre has a fault of its own.",
        "Everything waits safely here.",
        "It is tried again.",
    ),
    "damaged-answer": (
        "The centre's answer was damaged.",
        "Everything waits safely here.",
        "It is tried again.",
    ),
    "registry-lost-it": ("The centre lost what was sent.", "It is kept here.", "It is sent again by itself."),
    "sealing-key-missing": (
        "The centre has told no key to seal pictures to, and the policy wants them sealed.",
        "Everything waits safely here.",
        "Tell the administrator.",
    ),
    "feed-behind": ("The centre is behind what it sent before.", _KEPT, "Tell the administrator."),
    "refused": (
        "The centre refused a message.",
        "It is kept in the repair list.",
        "A supervisor must look at it.",
    ),
    "unknown": (
        "The centre does not know what this is about.",
        "It is kept.",
        "A supervisor must look at it.",
    ),
    "exists": ("The centre has it already.", _KEPT, "Nothing has to be done."),
    "conflict": (
        "The centre holds something else under this number.",
        "Both are kept.",
        "A supervisor must look at it.",
    ),
    "message-damaged": (
        "A waiting message is damaged.",
        "It is kept in the repair list.",
        "Tell the administrator.",
    ),
    "image-lost": ("A picture to be sent is not there any more.", _KEPT, "Tell the administrator."),
    "stopped": (
        "Sending was stopped.",
        "Everything waits safely here.",
        "It goes on when the office is opened again.",
    ),
    "internal-error": (
        "Sending met a fault in the program.",
        "Everything waits safely here.",
        "Tell the administrator.",
    ),
}
