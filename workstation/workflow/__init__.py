"""The clerk's verbs, a folder for each stage: steps (the verbs), checks (pure rules), view (what a window shows).

Every verb takes the office, who acts, and an application's id; it raises Refused when a rule says no, and then
nothing of it happened.
"""
