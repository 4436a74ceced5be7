"""What each line of the table of permissions allows, in the language spoken now."""

from __future__ import annotations

from ui.language import _
from workstation.domain.permissions import Verb


def verb_name(verb: Verb) -> str:
    """The verb as people call it."""
    return {
        Verb.LOOK: _("Look at the queue and at applications"),
        Verb.SEARCH: _("Search every application"),
        Verb.CLAIM: _("Hold an application while working on it"),
        Verb.TAKE_OVER: _("Take an application over from a colleague"),
        Verb.SAVE_QUEUE: _("Keep queues of one's own"),
        Verb.TELL: _("Tell an applicant of a return"),
        Verb.START: _("Begin an application"),
        Verb.WRITE: _("Fill the form in"),
        Verb.INTAKE_COMPLETE: _("Complete the intake and take the fee"),
        Verb.REFER: _("Refer to another office"),
        Verb.WITHDRAW: _("Withdraw an application"),
        Verb.PHOTO_TAKE: _("Take the photo"),
        Verb.PHOTO_COMPLETE: _("Accept the photo"),
        Verb.FINGER_TAKE: _("Take fingerprints"),
        Verb.FINGERPRINTS_COMPLETE: _("Send to review"),
        Verb.APPROVE: _("Approve"),
        Verb.RETURN: _("Send back for correction"),
        Verb.REJECT: _("Reject"),
        Verb.RECALL: _("Recall one's own approval"),
        Verb.PRINT: _("Print the card"),
        Verb.PRINT_COMPLETE: _("Settle what was printed"),
        Verb.LOOK_AT_PRINTING: _("Look at what is printed"),
        Verb.ORDER_PRINTING: _("Order what waits to be printed"),
        Verb.SET_UP_PRINTERS: _("Set up printers"),
        Verb.CHECK: _("Read the card and its chip"),
        Verb.CHECK_COMPLETE: _("Release the card"),
        Verb.REPRINT: _("Void a card and print anew"),
        Verb.MATCH: _("Compare the finger at the hand-over"),
        Verb.HAND_OVER_COMPLETE: _("Hand the card over"),
        Verb.ACCEPT_CLOCK: _("Set the clock right, two people"),
        Verb.KEEP_KEYS: _("Keep the keys of the database"),
        Verb.LOOK_AT_BACKUPS: _("Look at the backups"),
        Verb.MAKE_BACKUP: _("Make a backup"),
        Verb.MAKE_BACKUP_KEY: _("Make the key of the backups"),
        Verb.RESTORE_OLDER: _("Restore an older backup"),
        Verb.LIST_OPERATORS: _("See the users of the office"),
        Verb.ADD_OPERATOR: _("Add a user"),
        Verb.UNLOCK_OPERATOR: _("Let a locked user try again"),
        Verb.RESET_PASSWORD: _("Give a one-time password"),
        Verb.LIMIT_ACCESS: _("Set the last day of a user's access"),
        Verb.BRING_IN_FORM: _("Bring a form in"),
        Verb.LOOK_AT_AUDIT: _("Read the audit trail"),
        Verb.EXPORT_AUDIT: _("Export the audit trail"),
        Verb.LOOK_AT_POLICIES: _("See the policies"),
        Verb.BRING_IN_POLICY: _("Bring a policy in"),
        Verb.REQUEST_APPROVAL: _("Ask a second person elsewhere for an approval"),
        Verb.SIGN_APPROVAL: _("Sign an approval for another station"),
        Verb.APPLY_APPROVAL: _("Apply an approval from elsewhere"),
        Verb.MAKE_APPROVAL_KEY: _("Make one's key for approvals"),
        Verb.TRUST_APPROVER: _("Trust the key of an approver elsewhere"),
    }[verb]
