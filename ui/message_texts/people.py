"""Sentences of refusals about who may do what: sign-in, users, roles, approvals, passwords."""

from __future__ import annotations

from ui.message_texts.parts import KEPT, Texts
from workstation.domain.refused import Reason

PEOPLE: dict[Reason, Texts] = {
    Reason.NOT_SIGNED_IN: ("Nobody is signed in.", KEPT, "Sign in and do it again."),
    Reason.WRONG_PASSWORD: ("User name or password is not right.", KEPT, "Check both and try again."),
    Reason.OPERATOR_INACTIVE: (
        "This user may no longer sign in.",
        KEPT,
        "Ask the administrator of the office.",
    ),
    Reason.OPERATOR_EXPIRED: (
        "This user's access ended on {day}.",
        KEPT,
        "Ask the administrator of the office.",
    ),
    Reason.UNKNOWN_ROLE: (
        "This user has a role that the program does not know: {role}.",
        KEPT,
        "Tell the administrator; nobody acts under an unknown role.",
    ),
    Reason.FINGER_SIGN_IN_OFF: (
        "Signing in by fingerprint is not allowed in this office.",
        KEPT,
        "Type your password.",
    ),
    Reason.FINGER_UNREADABLE: (
        "The fingerprint could not be read: too dry, too moist, or moved.",
        "This did not count as an attempt.",
        "Wipe finger and glass and place it again, or type your password.",
    ),
    Reason.FINGER_NOT_RECOGNISED: (
        "This is not an enrolled finger of that user name.",
        KEPT,
        "Check the name, use an enrolled finger, or type your password.",
    ),
    Reason.FINGER_REPLAYED: (
        "The sensor sent the very same picture as at an earlier sign-in.",
        "Nobody was signed in by it.",
        "Type your password, and tell the administrator: the sensor or its line may have been tampered with.",
    ),
    Reason.FINGER_TEMPLATE_DAMAGED: (
        "The enrolled fingers of this user were changed from outside.",
        "Nobody was signed in by them.",
        "Type your password, and tell the administrator: the fingers must be enrolled again.",
    ),
    Reason.FINGERS_NEEDED: (
        "At least {count} different fingers are needed.",
        "Nothing was changed.",
        "Take another finger.",
    ),
    Reason.FINGER_TAKES_DIFFER: (
        "The two takes of this finger do not match: {position}.",
        "Nothing was changed.",
        "Take the finger again, both times the same one.",
    ),
    Reason.FINGER_OF_ANOTHER: (
        "This finger is enrolled for another user of the office.",
        "Nothing was changed.",
        "Each person signs in under one name only.",
    ),
    Reason.FINGER_OF_OPERATOR: (
        "This is the finger of the user who is signed in, not the applicant's.",
        "Nothing of it was kept.",
        "Take the applicant's finger.",
    ),
    Reason.NO_SUCH_OPERATOR: ("This user is not in this office.", KEPT, "Choose a user from the list."),
    Reason.SIGN_IN_LOCKED: (
        "Too many wrong attempts. Nobody can try again for {minutes} min.",
        KEPT,
        "Wait without switching the computer off, or ask an administrator to unlock it.",
    ),
    Reason.ROLE_NOT_ALLOWED: ("Your role may not do this.", KEPT, "Ask somebody whose role may."),
    Reason.APPROVAL_DAMAGED: (
        "The approval file is damaged, or its signature is not right.",
        "Nothing was approved.",
        "Ask for the file again.",
    ),
    Reason.APPROVAL_OTHER: (
        "This approval is not the one that was asked for here.",
        "Nothing was approved.",
        "Ask for an approval of this application anew.",
    ),
    Reason.APPROVAL_USED: (
        "This approval was used already.",
        "Nothing was approved a second time.",
        "Ask for an approval of this application anew.",
    ),
    Reason.APPROVAL_EXPIRED: (
        "The time of this approval is over.",
        "Nothing was approved.",
        "Ask for an approval of this application anew.",
    ),
    Reason.APPROVAL_CONTENT_CHANGED: (
        "The application was changed after the approval was asked for.",
        "Nothing was approved.",
        "Ask for an approval of this application anew.",
    ),
    Reason.APPROVER_UNKNOWN: (
        "The key of this approver is not trusted here.",
        "Nothing was changed.",
        "The administrator compares the fingerprint by telephone and trusts the card.",
    ),
    Reason.NO_APPROVAL_KEY: (
        "You have no key for approvals at this station.",
        "Nothing was signed.",
        "Make one: workstation approval key.",
    ),
    Reason.APPROVAL_ANSWERED: (
        "This request was answered already.",
        "Nothing was signed again.",
        "Look at the list: it shows the answer.",
    ),
    Reason.APPROVAL_REFUSED: (
        "The approver refused this request.",
        "The application stays in review.",
        "Read the reason; a supervisor decides what follows.",
    ),
    Reason.POLICY_DAMAGED: (
        "The policy in this file cannot be used: {detail}.",
        "The policy in force stays as it is.",
        "Ask whoever issued the file for a whole one.",
    ),
    Reason.POLICY_KNOWN: (
        "This policy is in the office already ({version}).",
        "Nothing was changed.",
        "Choose the file of a newer one.",
    ),
    Reason.SAME_PERSON: (
        "Whoever took part in the capture cannot decide about it.",
        "The application stays in review.",
        "Another supervisor must decide.",
    ),
    Reason.WRONG_ONE_TIME_CODE: (
        "The one-time code is not right.",
        "Nothing was created.",
        "Read it from the terminal or the file again.",
    ),
    Reason.PASSWORD_TOO_SHORT: (
        "The password is too short: at least {minimum} characters.",
        KEPT,
        "Choose a longer one.",
    ),
    Reason.PASSWORD_TOO_LONG: (
        "The password is too long: at most {maximum} characters.",
        KEPT,
        "Choose a shorter one.",
    ),
    Reason.PASSWORD_TOO_COMMON: (
        "This password is among those that are guessed first.",
        KEPT,
        "Choose several words that do not belong together.",
    ),
    Reason.PASSWORD_UNCHANGED: (
        "The new password is the old one.",
        KEPT,
        "Choose another one.",
    ),
    Reason.CONFIRMATION_NEEDED: (
        "This was not confirmed with the password.",
        "Nothing was decided.",
        "Do it again and type your password.",
    ),
    Reason.PASSWORD_MUST_CHANGE: (
        "This password was given to you by somebody else.",
        KEPT,
        "Choose one of your own now.",
    ),
    Reason.USERNAME_TAKEN: ("This user name is taken.", KEPT, "Choose another one."),
    Reason.NAME_MISSING: ("The queue needs a name.", KEPT, "Type a name for it."),
}
