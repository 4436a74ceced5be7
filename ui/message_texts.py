"""The sentences behind ui.messages: for each code what happened, what is kept, what to do next (English keys)."""

from __future__ import annotations

from workstation.domain.refused import Reason

Texts = tuple[str, str, str]

_KEPT = "Nothing was lost."
_AGAIN = "Try again."

REFUSALS: dict[Reason, Texts] = {
    Reason.NOT_SIGNED_IN: ("Nobody is signed in.", _KEPT, "Sign in and do it again."),
    Reason.WRONG_PASSWORD: ("User name or password is not right.", "", "Check both and try again."),
    Reason.OPERATOR_INACTIVE: (
        "This user may no longer sign in.",
        "",
        "Ask the administrator of the office.",
    ),
    Reason.ROLE_NOT_ALLOWED: ("Your role may not do this.", _KEPT, "Ask somebody whose role may."),
    Reason.SAME_PERSON: (
        "Whoever took part in the capture cannot decide about it.",
        "The application stays in review.",
        "Another supervisor must decide.",
    ),
    Reason.MOVE_NOT_ALLOWED: (
        "The application is no longer at this stage.",
        _KEPT,
        "Go back to the queue and open it again.",
    ),
    Reason.CHANGED_BY_ANOTHER: (
        "Somebody else changed this application meanwhile.",
        "Their changes are kept, this command was not carried out.",
        "Look at it again, then decide.",
    ),
    Reason.NO_SUCH_APPLICATION: ("This application is not in this office.", "", "Go back to the queue."),
    Reason.FIELDS_INCOMPLETE: (
        "Some fields still need an entry or a correction.",
        "Everything typed is kept.",
        "Fill in the marked fields.",
    ),
    Reason.OTHER_OFFICE: (
        "The household is registered in another office's area.",
        "Everything typed is kept.",
        "Print the referral slip that sends the person there.",
    ),
    Reason.NO_PORTRAIT: ("There is no photo yet.", "", "Take the photo first."),
    Reason.PORTRAIT_NOT_ACCEPTABLE: (
        "The photo does not meet the requirements.",
        "The photo is kept.",
        "Take it again, or accept it with a reason.",
    ),
    Reason.TOO_FEW_FINGERS: (
        "Not every required finger is done: {position}.",
        "The fingers taken are kept.",
        "Take it, or mark it as missing with the reason.",
    ),
    Reason.FINGER_QUALITY_LOW: (
        "The quality of this print is too low: {position}.",
        "The best print so far is kept.",
        "Clean the finger and the reader and take it again.",
    ),
    Reason.SAME_FINGER_TWICE: (
        "This looks like the same finger as before: {position} and {other}.",
        "The first print is kept.",
        "Take the right finger.",
    ),
    Reason.DEFECT_MISSING: ("A return needs a named defect.", _KEPT, "Choose the defect from the list."),
    Reason.REASON_MISSING: ("A reason must be written down.", _KEPT, "Type the reason and do it again."),
    Reason.NO_DECISION: (
        "The centre has not decided yet.",
        "The application waits safely.",
        "It goes on by itself when the answer arrives.",
    ),
    Reason.CARD_JOB_STATE: (
        "The card job is not in a state for this.",
        _KEPT,
        "Look at the print page for what is open.",
    ),
    Reason.CARD_NOT_PRINTED: ("No card has been printed yet.", _KEPT, "Print the card first."),
    Reason.CARD_MISMATCH: (
        "The card does not agree with the record. Do not hand it over.",
        "The record is unchanged, the card is held.",
        "Read it a second time; if it still differs, a supervisor orders a new print.",
    ),
    Reason.CODE_NOT_FOUND: (
        "No code was found in the picture of the card.",
        _KEPT,
        "Lay the card flat under the camera, in good light, and read it again.",
    ),
    Reason.CHIP_NOT_READ: (
        "The chip has not been read yet.",
        _KEPT,
        "Hold the card on the reader.",
    ),
    Reason.CHIP_SERIAL_RANDOM: (
        "This chip shows another serial number each time and cannot be bound to the card.",
        _KEPT,
        "Check that the right card lies on the reader; tell the administrator.",
    ),
    Reason.CHIP_ALREADY_BOUND: (
        "This chip belongs to another card already.",
        _KEPT,
        "Check that the right card lies on the reader.",
    ),
    Reason.FINGERPRINT_NO_MATCH: (
        "The finger does not match the stored print.",
        "The card stays here.",
        "Try again or take another finger. Do not hand the card over.",
    ),
    Reason.OFFICE_EXISTS: (
        "An office exists in this folder already.",
        "It is unchanged.",
        "Open it instead.",
    ),
    Reason.NO_OFFICE: ("There is no office in this folder yet.", "", "Begin with the first start."),
    Reason.WRONG_PASSPHRASE: (
        "The passphrase is not right.",
        "The data is unchanged and stays locked.",
        "Type it again; mind capital letters and the keyboard layout.",
    ),
    Reason.WRONG_ONE_TIME_CODE: (
        "The one-time code is not right.",
        "Nothing was created.",
        "Read it from the terminal or the file again.",
    ),
    Reason.PASSWORD_TOO_SHORT: (
        "The password is too short: at least {minimum} characters.",
        "",
        "Choose a longer one.",
    ),
    Reason.USERNAME_TAKEN: ("This user name is taken.", "", "Choose another one."),
    Reason.UNKNOWN_DIVISION: (
        "The province or district is not in the list.",
        "Everything typed is kept.",
        "Choose it from the list.",
    ),
    Reason.DATABASE_TOO_NEW: (
        "The data was written by a newer version of this program.",
        "The data is unchanged.",
        "Install the newer version.",
    ),
    Reason.DATABASE_DAMAGED: (
        "The data of this office is damaged and was not opened.",
        "Nothing was changed.",
        "Call the administrator; a backup can be restored.",
    ),
}

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
    "no-frame": ("{device}: no picture yet.", _KEPT, "Wait a moment; check the plug."),
    "cancelled": ("Stopped.", _KEPT, ""),
}

PRINTER: dict[str, Texts] = {
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
    "closed": ("The printer was closed.", "The card waits.", _AGAIN),
    "media-jam": (
        "A card is jammed in the printer.",
        "The job waits.",
        "Open it, take the card out and close it.",
    ),
    "media-empty": ("The printer has no blank cards.", "The job waits.", "Put blank cards in."),
    "media-needed": ("The printer has no blank cards.", "The job waits.", "Put blank cards in."),
    "marker-supply-empty": ("The printer's ribbon is used up.", "The job waits.", "Put a new ribbon in."),
    "marker-supply-low": ("The printer's ribbon is nearly used up.", "", "Have a new ribbon ready."),
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
    "picture-damaged": ("The photo is damaged.", "Nothing was printed.", "Take the photo again."),
    "layout": ("The card layout cannot be used.", "Nothing was printed.", "Tell the administrator."),
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
    "too-large": ("The picture is too large to store.", _KEPT, "Take it again."),
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
    "analysis-closed": ("The office is being closed.", _KEPT, ""),
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
    "exists": ("The centre has it already.", _KEPT, ""),
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
    "stopped": ("Sending was stopped.", "Everything waits safely here.", ""),
    "internal-error": (
        "Sending met a fault in the program.",
        "Everything waits safely here.",
        "Tell the administrator.",
    ),
}

FIELD_FAULTS: dict[str, str] = {
    "missing": "This field is required.",
    "not-lao": "Write this in Lao letters.",
    "not-latin": "Write this in Latin letters.",
    "mixed-script": "Lao and Latin letters are mixed.",
    "not-a-date": "Write the date as day/month/year; ? for what is not known.",
    "in-the-future": "This date is in the future.",
    "too-old": "This date is too long ago.",
    "too-long": "This is too long.",
    "too-short": "This is too short.",
    "control-characters": "There are invisible characters in it; type it again.",
    "unknown-choice": "Choose one from the list.",
    "not-a-telephone": "This is no telephone number.",
    "document-missing": "A required document was not presented.",
    "not-a-code": "Only capital letters and digits.",
    "not-an-address": "An address begins with http:// or https://.",
    "not-the-same": "The two are not the same.",
    "taken": "This user name is taken.",
    "wrong-code": "The one-time code is not right.",
}
