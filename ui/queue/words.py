"""The queue's words: remarks of a row, who holds it, who was told, the names of orders and filters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ui.language import _
from ui.words import waiting_time
from ui.words.birth_date import to_screen
from ui.words.defects import defect_text
from ui.words.fields import field_label
from workstation import clock
from workstation.domain.applicant import FIELDS
from workstation.domain.form import SOURCE
from workstation.domain.queue import Contact, Flag, Order
from workstation.domain.take_over import TakeOverReason
from workstation.workflow.claims import TakeOver
from workstation.workflow.queue import ContactMade, QueueRow


def flag_name(flag: Flag) -> str:
    """The flag as the queue calls it."""
    return {
        Flag.RETURNED: _("Returned"),
        Flag.CHILD: _("Child"),
        Flag.EXCEPTION: _("Finger missing"),
        Flag.FORCED: _("Photo with a reason"),
        Flag.IN_WORK: _("In work"),
    }[flag]


def order_name(order: Order) -> str:
    """The order as the queue calls it."""
    return {
        Order.WAITING: _("Longest wait"),
        Order.NUMBER: _("Number"),
        Order.NAME: _("Name"),
        Order.BIRTH: _("Date of birth"),
        Order.VILLAGE: _("Village"),
    }[order]


def contact_name(outcome: Contact) -> str:
    """What became of telling the applicant."""
    return {Contact.INFORMED: _("Informed"), Contact.NOT_REACHED: _("Not reached")}[outcome]


def contact_text(contact: ContactMade) -> str:
    """Who told the applicant and when."""
    return _("{outcome} by {name}, {time}").format(
        outcome=contact_name(contact.outcome),
        name=contact.by_name,
        time=contact.at.astimezone(clock.OFFICE_ZONE).strftime("%d/%m %H:%M"),
    )


def flags_text(row: QueueRow) -> str:
    """The remarks of a row: a returned one's defects first, then what is remarkable about it."""
    parts = [defect_text(code) for code in row.defects] or ([_("Returned")] if row.returned else [])
    if row.contact is not None:
        parts.insert(0, contact_name(row.contact.outcome))
    parts += [flag_name(flag) for flag in Flag if flag in row.flags and flag is not Flag.RETURNED]
    return " · ".join(parts)


def holder_text(row: QueueRow, now: datetime) -> str:
    """Who works on it and how long already."""
    if row.holder_since is None:
        return ""
    name = _("You") if row.mine else row.holder
    return f"{waiting_time((now - row.holder_since).total_seconds())} · {name}"


def whole_row(row: QueueRow) -> str:
    """Everything of a row in one line: names, village, remarks, who told the applicant, who holds it since when."""
    parts = [row.name_lo, row.name_latin, row.village, flags_text(row)]
    if row.contact is not None:
        parts.append(contact_text(row.contact))
    if row.holder_since is not None:
        since = row.holder_since.astimezone(clock.OFFICE_ZONE).strftime("%H:%M")
        name = _("You") if row.mine else row.holder
        parts.append(_("In work with {name} since {time}").format(name=name, time=since))
    return " · ".join(part for part in parts if part)


def aside_facts(fields: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """(label, value) of a draft that was kept aside; where a value came from is nothing the clerk typed."""
    return tuple(
        (
            field_label(name) if name in FIELDS else name,
            to_screen(value) if name == "birth_date" else value,
        )
        for name, value in fields.items()
        if value and not name.endswith(SOURCE)
    )


def take_over_reason(reason: TakeOverReason) -> str:
    """Why a supervisor takes it from who holds it."""
    return {
        TakeOverReason.STATION_SILENT: _("That station does not answer"),
        TakeOverReason.HOLDER_AWAY: _("The colleague is not at the counter"),
        TakeOverReason.HOLDER_ASKED: _("The colleague asked for it"),
        TakeOverReason.APPLICANT_WAITS: _("The applicant waits at another counter"),
        TakeOverReason.OTHER: _("Another reason (write it below)"),
    }[reason]


def taken_text(taken: TakeOver) -> str:
    """The supervisor's reason as who lost it reads it."""
    if taken.reason is TakeOverReason.OTHER:
        return _("Reason: {reason}.").format(reason=taken.note)
    told = take_over_reason(taken.reason)
    return _("Reason: {reason}.").format(reason=f"{told} – {taken.note}" if taken.note else told)
