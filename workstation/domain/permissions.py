"""Who may do what, as one table: every verb of the program -> the roles that may, and whether it takes a second person.

Every verb of the workflow asks this table before anything else; the stages of an application take their roles from
it; the registry asks it again of what it receives; windows show only what it allows. Nothing else in the program
decides what a role may do.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workstation.domain.operator import Role
from workstation.domain.refused import Reason, Refused


class Verb(StrEnum):
    """Everything that an operator can do. The names are shown by `workstation roles` and kept in refusals."""

    # Finding and opening
    LOOK = "application.look"
    SEARCH = "application.search"
    CLAIM = "application.claim"
    TAKE_OVER = "application.take_over"
    SAVE_QUEUE = "queue.save"
    TELL = "applicant.tell"
    # Intake
    START = "intake.start"
    WRITE = "intake.write"
    INTAKE_COMPLETE = "intake.complete"
    REFER = "intake.refer"
    WITHDRAW = "application.withdraw"
    # Capture
    PHOTO_TAKE = "photo.take"
    PHOTO_COMPLETE = "photo.complete"
    FINGER_TAKE = "fingerprints.take"
    SIGNATURE_TAKE = "signature.take"
    FINGERPRINTS_COMPLETE = "fingerprints.complete"
    # Review
    APPROVE = "review.approve"
    RETURN = "review.return"
    REJECT = "review.reject"
    RECALL = "review.recall"
    REQUEST_APPROVAL = "approval.request"
    SIGN_APPROVAL = "approval.sign"
    APPLY_APPROVAL = "approval.apply"
    MAKE_APPROVAL_KEY = "approval.make_key"
    TRUST_APPROVER = "approval.trust"
    # The card
    PRINT = "print.print"
    PRINT_COMPLETE = "print.complete"
    LOOK_AT_PRINTING = "print.look"
    ORDER_PRINTING = "print.order"
    SET_UP_PRINTERS = "printers.set_up"
    CHECK = "check.read"
    CHECK_COMPLETE = "check.complete"
    REPRINT = "card.reprint"
    MATCH = "hand_over.match"
    HAND_OVER_COMPLETE = "hand_over.complete"
    HAND_OVER_LOOK = "hand_over.look"
    FILE_CARD = "hand_over.file"
    ALLOW_HAND_OVER = "hand_over.allow"
    ALLOW_WITNESS = "hand_over.witness"
    CUT_OLD_CARDS = "old_cards.cut"
    RETURN_UNCOLLECTED = "uncollected.return"
    DESTROY_UNCOLLECTED = "uncollected.destroy"
    RECALL_CARD = "card.recall"
    # Blank cards
    STOCK_LOOK = "stock.look"
    STOCK_RECEIVE = "stock.receive"
    STOCK_GIVE = "stock.give"
    STOCK_LOAD = "stock.load"
    STOCK_SPOIL = "stock.spoil"
    STOCK_RETURN = "stock.return"
    STOCK_DESTROY = "stock.destroy"
    STOCK_MISS = "stock.miss"
    STOCK_FIND = "stock.find"
    STOCK_COUNT = "stock.count"
    STOCK_WITNESS = "stock.witness"
    # The office
    ACCEPT_CLOCK = "clock.accept"
    KEEP_KEYS = "keys.keep"
    LOOK_AT_BACKUPS = "backup.look"
    MAKE_BACKUP = "backup.make"
    MAKE_BACKUP_KEY = "backup.make_key"
    RESTORE_OLDER = "backup.restore_older"
    LIST_OPERATORS = "operators.list"
    ADD_OPERATOR = "operators.add"
    UNLOCK_OPERATOR = "operators.unlock"
    RESET_PASSWORD = "operators.reset_password"
    LIMIT_ACCESS = "operators.limit_access"
    ENROL_FINGER = "operators.enrol_finger"
    BRING_IN_FORM = "forms.bring_in"
    BRING_IN_LAYOUT = "layouts.bring_in"
    PROPOSE_LAYOUT = "layouts.propose"
    APPROVE_LAYOUT = "layouts.approve"
    LOOK_AT_AUDIT = "audit.look"
    EXPORT_AUDIT = "audit.export"
    LOOK_AT_POLICIES = "policies.look"
    BRING_IN_POLICY = "policies.bring_in"


@dataclass(frozen=True)
class Permission:
    """One row. With `second_person` it is never done by somebody who worked on the same thing before: who decides
    about an application did not capture it, two declare the time, who signs an approval did not ask for it."""

    roles: frozenset[Role]
    second_person: bool = False


_COUNTER = frozenset({Role.CLERK, Role.SUPERVISOR})
_CARD = _COUNTER | {Role.PRINT_OPERATOR}
_SUPERVISOR = frozenset({Role.SUPERVISOR})
# Where nobody keeps the stock, the supervisor does.
_STOCK = frozenset({Role.STOCK_KEEPER, Role.SUPERVISOR})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_READERS = _CARD | {Role.ADMINISTRATOR, Role.AUDITOR}

PERMISSIONS: dict[Verb, Permission] = {
    Verb.LOOK: Permission(_READERS),
    Verb.SEARCH: Permission(_READERS),
    Verb.CLAIM: Permission(_CARD),
    Verb.TAKE_OVER: Permission(_SUPERVISOR),
    Verb.SAVE_QUEUE: Permission(_READERS),
    Verb.TELL: Permission(_COUNTER),
    Verb.START: Permission(_COUNTER),
    Verb.WRITE: Permission(_COUNTER),
    Verb.INTAKE_COMPLETE: Permission(_COUNTER),
    Verb.REFER: Permission(_COUNTER),
    Verb.WITHDRAW: Permission(_COUNTER),
    Verb.PHOTO_TAKE: Permission(_COUNTER),
    Verb.PHOTO_COMPLETE: Permission(_COUNTER),
    Verb.FINGER_TAKE: Permission(_COUNTER),
    Verb.SIGNATURE_TAKE: Permission(_COUNTER),
    Verb.FINGERPRINTS_COMPLETE: Permission(_COUNTER),
    Verb.APPROVE: Permission(_SUPERVISOR, second_person=True),
    Verb.RETURN: Permission(_SUPERVISOR, second_person=True),
    Verb.REJECT: Permission(_SUPERVISOR, second_person=True),
    Verb.RECALL: Permission(_SUPERVISOR, second_person=True),
    Verb.REQUEST_APPROVAL: Permission(_COUNTER),
    Verb.SIGN_APPROVAL: Permission(_SUPERVISOR, second_person=True),
    Verb.APPLY_APPROVAL: Permission(_COUNTER),
    Verb.MAKE_APPROVAL_KEY: Permission(_SUPERVISOR),
    Verb.TRUST_APPROVER: Permission(_ADMINISTRATOR),
    Verb.PRINT: Permission(_CARD),
    Verb.PRINT_COMPLETE: Permission(_CARD),
    Verb.LOOK_AT_PRINTING: Permission(_READERS),
    Verb.ORDER_PRINTING: Permission(_CARD),
    Verb.SET_UP_PRINTERS: Permission(_SUPERVISOR | _ADMINISTRATOR),
    Verb.CHECK: Permission(_CARD),
    Verb.CHECK_COMPLETE: Permission(_CARD),
    Verb.REPRINT: Permission(_SUPERVISOR),
    Verb.MATCH: Permission(_COUNTER),
    Verb.HAND_OVER_COMPLETE: Permission(_COUNTER),
    Verb.HAND_OVER_LOOK: Permission(_READERS),
    Verb.FILE_CARD: Permission(_CARD),
    Verb.ALLOW_HAND_OVER: Permission(_COUNTER, second_person=True),
    Verb.ALLOW_WITNESS: Permission(_SUPERVISOR),
    Verb.CUT_OLD_CARDS: Permission(_CARD, second_person=True),
    Verb.RETURN_UNCOLLECTED: Permission(_SUPERVISOR),
    Verb.DESTROY_UNCOLLECTED: Permission(_SUPERVISOR, second_person=True),
    Verb.RECALL_CARD: Permission(_COUNTER, second_person=True),
    Verb.STOCK_LOOK: Permission(_CARD | _STOCK | _ADMINISTRATOR | {Role.AUDITOR}),
    Verb.STOCK_RECEIVE: Permission(_STOCK),
    Verb.STOCK_GIVE: Permission(_STOCK),
    Verb.STOCK_LOAD: Permission(_CARD),
    Verb.STOCK_SPOIL: Permission(_CARD | _STOCK),
    Verb.STOCK_RETURN: Permission(_STOCK),
    Verb.STOCK_DESTROY: Permission(_STOCK, second_person=True),
    Verb.STOCK_MISS: Permission(_STOCK, second_person=True),
    Verb.STOCK_FIND: Permission(_STOCK),
    Verb.STOCK_COUNT: Permission(_CARD | _STOCK, second_person=True),
    Verb.STOCK_WITNESS: Permission(_CARD | _STOCK | _ADMINISTRATOR),
    Verb.ACCEPT_CLOCK: Permission(_CARD | {Role.STOCK_KEEPER, Role.ADMINISTRATOR}, second_person=True),
    Verb.KEEP_KEYS: Permission(_ADMINISTRATOR),
    Verb.LOOK_AT_BACKUPS: Permission(_SUPERVISOR | _ADMINISTRATOR | {Role.AUDITOR}),
    Verb.MAKE_BACKUP: Permission(_SUPERVISOR | _ADMINISTRATOR),
    Verb.MAKE_BACKUP_KEY: Permission(_SUPERVISOR | _ADMINISTRATOR),
    Verb.RESTORE_OLDER: Permission(_SUPERVISOR),
    Verb.LIST_OPERATORS: Permission(_ADMINISTRATOR),
    Verb.ADD_OPERATOR: Permission(_ADMINISTRATOR),
    Verb.UNLOCK_OPERATOR: Permission(_ADMINISTRATOR),
    Verb.RESET_PASSWORD: Permission(_ADMINISTRATOR),
    Verb.LIMIT_ACCESS: Permission(_ADMINISTRATOR),
    Verb.ENROL_FINGER: Permission(_ADMINISTRATOR, second_person=True),
    Verb.BRING_IN_FORM: Permission(_ADMINISTRATOR),
    Verb.BRING_IN_LAYOUT: Permission(_ADMINISTRATOR),
    Verb.PROPOSE_LAYOUT: Permission(_ADMINISTRATOR),
    Verb.APPROVE_LAYOUT: Permission(_SUPERVISOR | _ADMINISTRATOR, second_person=True),
    Verb.LOOK_AT_AUDIT: Permission(_ADMINISTRATOR | {Role.AUDITOR}),
    Verb.EXPORT_AUDIT: Permission(_ADMINISTRATOR | {Role.AUDITOR}),
    Verb.LOOK_AT_POLICIES: Permission(_ADMINISTRATOR | {Role.SUPERVISOR, Role.AUDITOR}),
    Verb.BRING_IN_POLICY: Permission(_ADMINISTRATOR),
}


def may(role: Role, verb: Verb) -> bool:
    """Whether the table allows it."""
    return role in PERMISSIONS[verb].roles


def require(role: Role, verb: Verb) -> None:
    """Raises Refused ROLE_NOT_ALLOWED."""
    if not may(role, verb):
        raise Refused(Reason.ROLE_NOT_ALLOWED, role=role.value, action=verb.value)
