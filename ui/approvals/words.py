"""The words of approvals from elsewhere: how far a request came, and the points that must be looked at."""

from __future__ import annotations

from datetime import datetime

from ui.language import _
from ui.messages import registry_fault
from ui.words.fields import field_label
from ui.words.fingers import finger_name
from ui.words.requirements import requirement_name
from workstation import clock
from workstation.domain.applicant import FIELDS
from workstation.workflow.approvals.view import Asked, LetterState


def state_words(asked: Asked) -> tuple[str, str]:
    """(kind of badge, what it says)."""
    return {
        LetterState.TO_SEND: ("waiting", _("Waits for the line")),
        LetterState.SENT: ("waiting", _("Sent, no answer yet")),
        LetterState.SIGNED: ("good", _("Signed: press F8 to apply it")),
        LetterState.REFUSED: ("stopped", _("Refused: {reason}").format(reason=asked.reason)),
        LetterState.APPLIED: ("good", _("Applied")),
        LetterState.EXPIRED: ("plain", _("Too late: ask again")),
        LetterState.NOT_CARRIED: ("stopped", registry_fault(asked.reason)),
        LetterState.DAMAGED: ("stopped", _("The answer is not the approver's")),
    }[asked.state]


def until_words(moment: datetime) -> str:
    """Day and time of the office."""
    return moment.astimezone(clock.OFFICE_ZONE).strftime("%d/%m/%Y %H:%M")


def point_words(point_id: str) -> str:
    """What a point that must be looked at is about; the request holds its id only."""
    kind, _colon, about = point_id.partition(":")
    if kind in ("missing-finger", "low-finger") and about.isdigit():
        name = finger_name(int(about))
        return f"{name}: {_('Not taken') if kind == 'missing-finger' else _('low quality')}"
    if kind == "requirement":
        return _("Photo: {requirement}").format(requirement=requirement_name(about))
    if kind == "forced-portrait":
        return _("The photo was accepted in spite of its faults")
    if kind == "signature":
        return _("The signature that the card will show")
    if kind == "other":
        return _("There is another application of this person")
    name = about.rpartition(":")[2]
    label = field_label(name) if name in FIELDS else name
    if kind == "difference":
        return _("{label} differs from another application").format(label=label)
    return _("{label} was not typed from a document").format(label=label)
