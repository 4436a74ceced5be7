"""Sentences of refusals on the way of an application: intake, captures, review, sending."""

from __future__ import annotations

from ui.message_texts.parts import KEPT, Texts
from workstation.domain.refused import Reason

APPLICATION: dict[Reason, Texts] = {
    Reason.MOVE_NOT_ALLOWED: (
        "The application is no longer at this stage.",
        KEPT,
        "Go back to the queue and open it again.",
    ),
    Reason.CHANGED_BY_ANOTHER: (
        "Somebody else changed this application meanwhile.",
        "Their changes are kept, this command was not carried out.",
        "Look at it again, then decide.",
    ),
    Reason.NO_SUCH_APPLICATION: ("This application is not in this office.", KEPT, "Go back to the queue."),
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
    Reason.NO_FORM: (
        "There is no usable form for this kind of application.",
        "Everything typed is kept.",
        "Ask the administrator to bring in the form again.",
    ),
    Reason.PRE_REGISTRATION_DAMAGED: (
        "This is no usable pre-registration: number or code is wrong or damaged.",
        KEPT,
        "Scan it again, or type the number from the slip.",
    ),
    Reason.PRE_REGISTRATION_ELSEWHERE: (
        "Pre-registration {number} is for another office: {office}.",
        KEPT,
        "Send the person there, or begin here without it.",
    ),
    Reason.PRE_REGISTRATION_NOT_HERE: (
        "Pre-registration {number} has not arrived here yet.",
        KEPT,
        "Begin by hand: the number is kept with the application.",
    ),
    Reason.PRE_REGISTRATION_WITHDRAWN: (
        "Pre-registration {number} was withdrawn by the person.",
        KEPT,
        "Ask the person, then begin a new application.",
    ),
    Reason.PRE_REGISTRATION_EXPIRED: (
        "Pre-registration {number} could be opened until {day} only.",
        KEPT,
        "Begin a new application.",
    ),
    Reason.CARRIED_NOT_CONFIRMED: (
        "Data was taken over and nobody has confirmed it yet.",
        "Everything typed is kept.",
        "Ask the applicant, then confirm the marked fields.",
    ),
    Reason.NO_HOUSEHOLD: (
        "This application has no complete household yet.",
        KEPT,
        "Enter household number, province and district first.",
    ),
    Reason.SECOND_PERSON_NEEDED: (
        "Two different people must confirm this.",
        KEPT,
        "Let a colleague type name and password.",
    ),
    Reason.SUPERVISOR_NEEDED: (
        "One of the two people must be a supervisor.",
        KEPT,
        "Call a supervisor.",
    ),
    Reason.CLOCK_UNUSABLE: (
        "This computer's clock shows {shows}, and that cannot be: no application begins under a wrong time.",
        "Everything kept before is safe.",
        "Two people set the clock right under F10.",
    ),
    Reason.CLOCK_NOT_PLAUSIBLE: (
        "This date and time cannot be right.",
        KEPT,
        "Type the date and time that a telephone or another clock shows now.",
    ),
    Reason.NO_PORTRAIT: ("There is no photo yet.", KEPT, "Take the photo first."),
    Reason.PORTRAIT_NOT_ACCEPTABLE: (
        "The photo does not meet the requirements.",
        "The photo is kept.",
        "Take it again, or accept it with a reason.",
    ),
    Reason.PORTRAIT_ATTEMPTS_USED: (
        "All photos allowed for this application are taken.",
        "Every photo is kept.",
        "Choose the best of them, or write down why one more is needed.",
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
    Reason.SIGNATURE_NEEDED: (
        "The person has not signed yet.",
        "The fingers taken are kept.",
        "F6 opens the signature pad; if the person cannot sign, say why there.",
    ),
    Reason.SIGNATURE_EMPTY: (
        "There is no signature on the pad, or no more than a dot.",
        KEPT,
        "Let the person sign again, larger.",
    ),
    Reason.SIGNATURE_UNUSABLE: (
        "The picture of the signature cannot be used.",
        KEPT,
        "Let the person sign again.",
    ),
    Reason.DEFECT_MISSING: ("A return needs a named defect.", KEPT, "Choose the defect from the list."),
    Reason.REASON_MISSING: ("A reason must be written down.", KEPT, "Type the reason and do it again."),
    Reason.POINTS_NOT_VISITED: (
        "Not everything has been looked at yet; still open: {count}.",
        "Nothing was decided.",
        "F2 leads to each of them; then decide.",
    ),
    Reason.NOT_THE_APPROVER: (
        "Only the reviewer who approved it can recall it.",
        "The approval stands.",
        "Ask that reviewer, or wait for the answer of the centre.",
    ),
    Reason.SENDING_BEGUN: (
        "It is too late to recall it: sending to the centre has begun.",
        "The approval stands.",
        "Wait for the answer of the centre.",
    ),
    Reason.NO_DECISION: (
        "The centre has not decided yet.",
        "The application waits safely.",
        "It goes on by itself when the answer arrives.",
    ),
}
