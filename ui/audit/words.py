"""The words of the audit trail: what happened, and what a verification found."""

from __future__ import annotations

import json
from datetime import datetime

from ui.language import _
from workstation import clock
from workstation.domain.audit import AuditTag
from workstation.security.hash_chain import Break, BreakKind
from workstation.security.trail_judgement import Turn


def tag_name(tag: str) -> str:
    """What happened; a tag of a newer version as it is written."""
    try:
        return _tags()[AuditTag(tag)]
    except (ValueError, KeyError):
        return tag


def _tags() -> dict[AuditTag, str]:
    return {
        AuditTag.OFFICE_CREATED: _("Office founded"),
        AuditTag.OFFICE_SHARED: _("Office moved to a server"),
        AuditTag.STATION_INVITED: _("Invitation for a station made"),
        AuditTag.STATION_JOINED: _("Station joined the office"),
        AuditTag.OPERATOR_CREATED: _("User added"),
        AuditTag.KEY_ROTATION_BEGUN: _("Turning of the key begun"),
        AuditTag.KEY_ROTATED: _("Key turned"),
        AuditTag.KEY_ROTATION_UNDONE: _("Turning of the key undone"),
        AuditTag.KEY_PASSPHRASE_CHANGED: _("Passphrase changed"),
        AuditTag.KEY_TPM_ADDED: _("Security chip opens the office"),
        AuditTag.KEY_RECOVERED: _("Key recovered by passphrase"),
        AuditTag.SIGN_IN: _("Signed in"),
        AuditTag.SIGN_IN_REFUSED: _("Sign-in refused"),
        AuditTag.SIGN_IN_CONFIRMED: _("Confirmed with the password again"),
        AuditTag.SIGN_OUT: _("Signed out"),
        AuditTag.SIGN_IN_UNLOCKED: _("Sign-in opened again"),
        AuditTag.FINGERS_ENROLLED: _("Fingers enrolled for sign-in"),
        AuditTag.FINGERS_DELETED: _("Fingers for sign-in deleted"),
        AuditTag.PASSWORD_RESET: _("Password reset"),
        AuditTag.PASSWORD_CHANGED: _("Password changed"),
        AuditTag.ACCESS_LIMITED: _("Last day of access set"),
        AuditTag.APPLICATION_STARTED: _("Application begun"),
        AuditTag.APPLICANT_CONTACTED: _("Applicant told"),
        AuditTag.CLAIM_TAKEN_OVER: _("Application taken over"),
        AuditTag.APPLICATION_MOVED: _("Application moved on"),
        AuditTag.KIND_CHOSEN: _("Kind of application chosen"),
        AuditTag.FEE_TAKEN: _("Fee taken"),
        AuditTag.POLICY_IN_FORCE: _("Policy put in force"),
        AuditTag.APPROVAL_REQUESTED: _("Approval from elsewhere asked for"),
        AuditTag.APPROVAL_SIGNED: _("Approval signed for elsewhere"),
        AuditTag.APPROVAL_APPLIED: _("Approval from elsewhere applied"),
        AuditTag.APPROVAL_REFUSED: _("Approval for elsewhere refused"),
        AuditTag.APPROVAL_LETTER_SENT: _("Letter about an approval sent"),
        AuditTag.APPROVAL_LETTER_RECEIVED: _("Letter about an approval received"),
        AuditTag.APPROVAL_KEY_MADE: _("Key for approvals made"),
        AuditTag.APPROVER_TRUSTED: _("Approver from elsewhere trusted"),
        AuditTag.FORM_IN_FORCE: _("Form put in force"),
        AuditTag.FORM_REFUSED: _("Form refused"),
        AuditTag.LAYOUT_TAKEN: _("Card layout taken in"),
        AuditTag.LAYOUT_REFUSED: _("Card layout refused"),
        AuditTag.LAYOUT_PROPOSED: _("Card layout proposed"),
        AuditTag.LAYOUT_APPROVED: _("Card layout approved"),
        AuditTag.LAYOUT_WITHDRAWN: _("Card layout withdrawn"),
        AuditTag.LAYOUT_TESTED: _("Test card of a layout printed"),
        AuditTag.PRE_REGISTRATION_RECEIVED: _("Pre-registration received"),
        AuditTag.PRE_REGISTRATION_OPENED: _("Pre-registration opened"),
        AuditTag.HOUSEHOLD_CARRIED: _("Household carried over"),
        AuditTag.HOUSEHOLD_CONFIRMED: _("Household confirmed"),
        AuditTag.CLOCK_ACCEPTED: _("Clock accepted by two"),
        AuditTag.PORTRAIT_TAKEN: _("Portrait taken"),
        AuditTag.PORTRAIT_FORCED: _("Portrait forced"),
        AuditTag.PORTRAIT_CHOSEN: _("Another portrait chosen"),
        AuditTag.EXCEPTION_PHOTO_TAKEN: _("Exception photo taken"),
        AuditTag.EARLIER_PORTRAIT_KEPT: _("Earlier picture kept"),
        AuditTag.FINGER_TAKEN: _("Finger taken"),
        AuditTag.FINGER_MISSING: _("Finger noted as missing"),
        AuditTag.SIGNATURE_TAKEN: _("Signature taken"),
        AuditTag.SIGNATURE_ABSENT: _("Noted: the person cannot sign"),
        AuditTag.CARD_JOB_CHANGED: _("Card's work changed"),
        AuditTag.CARD_JOB_ORDERED: _("Order of printing changed"),
        AuditTag.PRINTER_CHANGED: _("Printer changed"),
        AuditTag.CARD_CHECKED: _("Card check passed"),
        AuditTag.CARD_CHECK_FAILED: _("Card check failed"),
        AuditTag.CHIP_BOUND: _("Chip bound to the card"),
        AuditTag.STOCK_ENTRY: _("Blank cards moved"),
        AuditTag.STOCK_COUNTED: _("Blank cards counted by two"),
        AuditTag.FINGER_MATCHED: _("Finger matched at hand-over"),
        AuditTag.FINGER_NOT_MATCHED: _("Finger not matched at hand-over"),
        AuditTag.CARD_FILED: _("Card filed in a box"),
        AuditTag.HAND_OVER_ALLOWED: _("Hand-over without a finger allowed"),
        AuditTag.GUARDIAN_PRINT_TAKEN: _("Guardian's print taken"),
        AuditTag.CARD_COLLECTED: _("Card handed over and signed for"),
        AuditTag.OLD_CARD_TAKEN: _("Old card taken"),
        AuditTag.OLD_CARD_ABSENT: _("Old card not brought"),
        AuditTag.OLD_CARDS_CUT: _("Old card cut by two"),
        AuditTag.UNCOLLECTED_RETURNED: _("Uncollected card returned to the province"),
        AuditTag.UNCOLLECTED_DESTROYED: _("Uncollected card destroyed by two"),
        AuditTag.CARD_RECALLED: _("Delivered card recalled"),
        AuditTag.DECISION_RECEIVED: _("Decision received"),
        AuditTag.OUTBOX_SENT: _("Message sent to the centre"),
        AuditTag.OUTBOX_MENDED: _("Message to the registry completed"),
        AuditTag.OUTBOX_REFUSED: _("Message refused by the centre"),
        AuditTag.SIGNER_PINNED: _("Card signer's key kept"),
        AuditTag.SEALING_KEY_PINNED: _("Sealing key of the centre kept"),
        AuditTag.BIOMETRICS_DELETED: _("Biometrics deleted after their time"),
        AuditTag.BACKUP_KEY_MADE: _("Backup key made"),
        AuditTag.BACKUP_MADE: _("Backup made"),
        AuditTag.BACKUP_FAILED: _("Backup failed"),
        AuditTag.BACKUP_TESTED: _("Backup tested by restoring"),
        AuditTag.BACKUP_RESTORED: _("Office restored from a backup"),
        AuditTag.AUDIT_DISPUTED: _("The centre holds another trail"),
        AuditTag.AUDIT_SEGMENT_OPENED: _("Trail goes on from an older copy"),
        AuditTag.AUDIT_EXPORTED: _("Trail exported"),
    }


def unworded() -> list[AuditTag]:
    """Tags that nobody has given words yet."""
    return [tag for tag in AuditTag if tag not in _tags()]


def break_words(found: Break) -> str:
    """What is wrong and where, in one sentence."""
    if found.first == found.until:
        place = _("entry {number}").format(number=found.first)
    else:
        place = _("one of the entries {first} to {last}").format(first=found.first, last=found.until)
    said = {
        BreakKind.CHANGE: _("The trail was bent: {place} was changed."),
        BreakKind.DELETION: _("The trail was bent: {place} was taken out."),
        BreakKind.INSERTION: _("The trail was bent: {place} was put in."),
        BreakKind.REORDERING: _("The trail was bent: {place} does not stand where it was written."),
        BreakKind.TRUNCATION: _("The trail was bent: it was cut off; {place} is missing."),
        BreakKind.REHASH: _("The trail was bent: {place} was changed and everything after it made anew."),
        BreakKind.CHECKPOINT: _("The trail was bent: a checkpoint over {place} has a false signature."),
    }[found.kind]
    return said.format(place=place)


def turn_words(turn: Turn) -> str:
    """Where the trail goes on from an older copy, and what is not here, in one sentence."""
    said = _("Segment {number} begins with entry {first}, after an older copy was restored.").format(
        number=turn.number, first=turn.first
    )
    if turn.missing_last < turn.missing_first:
        return said
    gone = _("Entries {first} to {last} from before are known to the centre only.").format(
        first=turn.missing_first, last=turn.missing_last
    )
    return f"{said} {gone}"


def moment_words(at: datetime) -> str:
    """Day and time as the office's clock shows them."""
    return f"{at.astimezone(clock.OFFICE_ZONE):%d/%m/%Y %H:%M:%S}"


def facts_words(facts: bytes) -> str:
    """The facts as they are recorded: codes and numbers, never anything personal."""
    try:
        held = json.loads(facts)
    except ValueError:
        return "?"
    return ", ".join(f"{name}: {value}" for name, value in held.items() if value is not None)
