"""The refusal: a rule said no. Which rule, and the facts a person needs to act on it."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Stable names of every rule that can say no; `ui/messages.py` has a sentence for each."""

    # Who may do it
    NOT_SIGNED_IN = "not-signed-in"
    WRONG_PASSWORD = "wrong-password"
    OPERATOR_INACTIVE = "operator-inactive"
    OPERATOR_EXPIRED = "operator-expired"
    UNKNOWN_ROLE = "unknown-role"
    NO_SUCH_OPERATOR = "no-such-operator"
    SIGN_IN_LOCKED = "sign-in-locked"
    ROLE_NOT_ALLOWED = "role-not-allowed"
    SAME_PERSON = "same-person"
    # Which move
    MOVE_NOT_ALLOWED = "move-not-allowed"
    NOTHING_TO_TELL = "nothing-to-tell"
    NAME_MISSING = "name-missing"
    CHANGED_BY_ANOTHER = "changed-by-another"
    NO_SUCH_APPLICATION = "no-such-application"
    # Intake
    FIELDS_INCOMPLETE = "fields-incomplete"
    OTHER_OFFICE = "other-office"
    NAME_DOES_NOT_FIT = "name-does-not-fit"
    NO_FORM = "no-form"
    CARRIED_NOT_CONFIRMED = "carried-not-confirmed"
    NO_HOUSEHOLD = "no-household"
    PRE_REGISTRATION_DAMAGED = "pre-registration-damaged"
    PRE_REGISTRATION_ELSEWHERE = "pre-registration-elsewhere"
    PRE_REGISTRATION_NOT_HERE = "pre-registration-not-here"
    PRE_REGISTRATION_WITHDRAWN = "pre-registration-withdrawn"
    PRE_REGISTRATION_EXPIRED = "pre-registration-expired"
    # Capture
    NO_PORTRAIT = "no-portrait"
    PORTRAIT_NOT_ACCEPTABLE = "portrait-not-acceptable"
    PORTRAIT_ATTEMPTS_USED = "portrait-attempts-used"
    TOO_FEW_FINGERS = "too-few-fingers"
    FINGER_QUALITY_LOW = "finger-quality-low"
    SAME_FINGER_TWICE = "same-finger-twice"
    # Review
    DEFECT_MISSING = "defect-missing"
    REASON_MISSING = "reason-missing"
    POINTS_NOT_VISITED = "points-not-visited"
    NOT_THE_APPROVER = "not-the-approver"
    SENDING_BEGUN = "sending-begun"
    # Card
    NO_DECISION = "no-decision"
    NO_LAYOUT = "no-layout"
    LAYOUT_FILE_DAMAGED = "layout-file-damaged"
    NOT_THE_CENTRE = "not-the-centre"
    NO_SUCH_PUBLICATION = "no-such-publication"
    CARD_JOB_STATE = "card-job-state"
    CARD_NOT_PRINTED = "card-not-printed"
    CODE_NOT_FOUND = "code-not-found"
    CHIP_SERIAL_RANDOM = "chip-serial-random"
    CHIP_NOT_READ = "chip-not-read"
    CARD_MISMATCH = "card-mismatch"
    CHIP_ALREADY_BOUND = "chip-already-bound"
    # Printing
    NO_SUCH_PRINTER = "no-such-printer"
    PRINTER_ADDRESS_WRONG = "printer-address-wrong"
    NO_PRINTER_CHOSEN = "no-printer-chosen"
    PRINTER_AWAITED = "printer-awaited"
    PRINTER_OCCUPIED = "printer-occupied"
    PRINTER_HAS_CARD = "printer-has-card"
    BLANK_OTHER = "blank-other"
    FINGERPRINT_NO_MATCH = "fingerprint-no-match"
    # Blank cards
    NO_BLANK_LOADED = "no-blank-loaded"
    BLANKS_ELSEWHERE = "blanks-elsewhere"
    SERIAL_UNREADABLE = "serial-unreadable"
    SERIALS_KNOWN = "serials-known"
    SERIALS_NOT_IN_BOX = "serials-not-in-box"
    RANGE_REVERSED = "range-reversed"
    RANGE_TOO_LONG = "range-too-long"
    COUNT_SERIALS_NEEDED = "count-serials-needed"
    COUNT_DIFFERS = "count-differs"
    # Before the work
    SECOND_PERSON_NEEDED = "second-person-needed"
    SUPERVISOR_NEEDED = "supervisor-needed"
    CLOCK_NOT_PLAUSIBLE = "clock-not-plausible"
    CLOCK_UNUSABLE = "clock-unusable"
    # Approval from elsewhere
    APPROVAL_DAMAGED = "approval-damaged"
    APPROVAL_OTHER = "approval-other"
    APPROVAL_USED = "approval-used"
    APPROVAL_EXPIRED = "approval-expired"
    APPROVAL_CONTENT_CHANGED = "approval-content-changed"
    APPROVER_UNKNOWN = "approver-unknown"
    NO_APPROVAL_KEY = "no-approval-key"
    # Policies
    POLICY_DAMAGED = "policy-damaged"
    POLICY_KNOWN = "policy-known"
    # Office and keys
    OFFICE_EXISTS = "office-exists"
    NOT_FOR_REAL_WORK = "not-for-real-work"
    NO_OFFICE = "no-office"
    OTHER_KIND_OF_WORK = "other-kind-of-work"
    WRONG_PASSPHRASE = "wrong-passphrase"
    WRONG_ONE_TIME_CODE = "wrong-one-time-code"
    PASSWORD_TOO_SHORT = "password-too-short"
    PASSWORD_TOO_LONG = "password-too-long"
    PASSWORD_TOO_COMMON = "password-too-common"
    PASSWORD_UNCHANGED = "password-unchanged"
    CONFIRMATION_NEEDED = "confirmation-needed"
    PASSWORD_MUST_CHANGE = "password-must-change"
    USERNAME_TAKEN = "username-taken"
    UNKNOWN_DIVISION = "unknown-division"
    PASSPHRASE_NEEDED = "passphrase-needed"
    PASSPHRASE_FILE_OPEN = "passphrase-file-open"
    TPM_GONE = "tpm-gone"
    TPM_REFUSES = "tpm-refuses"
    NO_TPM_PROVISIONED = "no-tpm-provisioned"
    OFFICE_OPEN = "office-open"
    KEY_NOT_TURNED = "key-not-turned"
    # Backups
    BACKUP_NO_KEY = "backup-no-key"
    BACKUP_KEY_DAMAGED = "backup-key-damaged"
    BACKUP_NO_ROOM = "backup-no-room"
    BACKUP_FOLDER_FAULT = "backup-folder-fault"
    BACKUP_NOT_ONE = "backup-not-one"
    BACKUP_DAMAGED = "backup-damaged"
    BACKUP_FOREIGN = "backup-foreign"
    BACKUP_WRONG_KEY = "backup-wrong-key"
    BACKUP_TOO_NEW = "backup-too-new"
    BACKUP_OLDER = "backup-older"
    BACKUP_STATION_UNNAMED = "backup-station-unnamed"
    BACKUP_RUNNING = "backup-running"
    AUDIT_FILE_DAMAGED = "audit-file-damaged"
    FILE_NOT_WRITTEN = "file-not-written"
    DATABASE_TOO_NEW = "database-too-new"
    DRAFT_NOT_KEPT = "draft-not-kept"
    DATABASE_BUSY = "database-busy"
    DATABASE_DAMAGED = "database-damaged"


class Refused(Exception):
    """A rule said no. `reason` names the rule, `facts` are what a sentence about it needs (no personal data in logs:
    facts are shown to the clerk, never written to a log)."""

    def __init__(self, reason: Reason, **facts: str | int) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.facts = facts
