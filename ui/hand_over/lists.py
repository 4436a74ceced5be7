"""The four lists of finished cards as rows of one table: what each reads and shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ui.language import _
from ui.words import stage_name
from ui.words.defects import defect_text
from workstation import clock
from workstation.domain.hand_over import RecallState
from workstation.domain.queue import Contact
from workstation.workflow.hand_over.old_cards import OldCard, old_cards
from workstation.workflow.hand_over.ready import ReadyRow, ready_view
from workstation.workflow.hand_over.recall import RecallRow, recalled_cards
from workstation.workflow.hand_over.uncollected import uncollected_view
from workstation.workflow.office import Office, SignedIn


class ListName(StrEnum):
    """The lists, in the order in which F2 goes through them."""

    READY = "ready"
    OLD = "old"
    UNCOLLECTED = "uncollected"
    RECALLED = "recalled"


# In which rows are chosen with Space.
CHOSEN = frozenset({ListName.OLD, ListName.UNCOLLECTED})


@dataclass(frozen=True)
class Line:
    """One row: `key` names the thing for its verb, `application_id` what Enter opens."""

    key: str
    application_id: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class CardList:
    """What was read: its lines, the sentence above, and the place proposed for the next card."""

    name: ListName
    lines: tuple[Line, ...]
    sentence: str
    proposed: str = ""


def list_name(name: ListName) -> str:
    """As the room calls it."""
    return {
        ListName.READY: _("Ready"),
        ListName.OLD: _("Old cards"),
        ListName.UNCOLLECTED: _("Uncollected"),
        ListName.RECALLED: _("Recalled"),
    }[name]


def heads(name: ListName) -> tuple[str, ...]:
    """The columns of that list."""
    number, person = _("Application number"), _("Name")
    return {
        ListName.READY: (_("Place"), number, person, _("Phone number"), _("Waits"), _("Told")),
        ListName.OLD: (number, person, _("Number of the card"), _("Taken"), _("Kind of card")),
        ListName.UNCOLLECTED: (number, person, _("Village"), _("Place"), _("Waits")),
        ListName.RECALLED: (
            number,
            person,
            _("What is wrong"),
            _("Stage at fault"),
            _("State"),
            _("Correction"),
        ),
    }[name]


def read_list(office: Office, who: SignedIn, name: ListName) -> CardList:
    """Reads one list; in the database's lane."""
    if name is ListName.READY:
        view = ready_view(office, who)
        text = _("{count} cards lie ready, {unfiled} have no place yet. Next free place: {place}")
        said = text.format(count=len(view.rows), unfiled=view.unfiled, place=view.proposed.text)
        return CardList(name, tuple(_ready(row) for row in view.rows), said, view.proposed.text)
    if name is ListName.OLD:
        cards = old_cards(office, who)
        text = _("{count} old cards wait to be cut by two people. Count what lies there, choose with Space.")
        return CardList(name, tuple(_old(card) for card in cards), text.format(count=len(cards)))
    if name is ListName.UNCOLLECTED:
        due = uncollected_view(office, who)
        text = _("{count} cards have waited longer than {days} days: they go back to the province.")
        lines = tuple(_uncollected(row) for row in due.rows)
        return CardList(name, lines, text.format(count=len(lines), days=due.after_days))
    recalled = recalled_cards(office, who)
    still = sum(row.recall.state is RecallState.OPEN for row in recalled)
    text = _("{count} wrong cards are still with their holders.")
    return CardList(name, tuple(_recalled(row) for row in recalled), text.format(count=still))


def _day(at: datetime) -> str:
    return f"{clock.office_day(at):%d/%m/%Y}"


def _waits(days: int) -> str:
    return _("{days} days").format(days=days)


def _ready(row: ReadyRow) -> Line:
    told = ""
    if row.told is not None:
        word = _("informed") if row.told.outcome is Contact.INFORMED else _("not reached")
        told = f"{word}, {_day(row.told.at)}"
    place = row.card.place.text if row.card.place is not None else "–"
    card = row.card
    return Line(
        card.application_id,
        card.application_id,
        (place, card.number, card.name_lo, row.telephone, _waits(row.days), told),
    )


def _old(card: OldCard) -> Line:
    kind = _("recalled") if card.job_id is not None else _("old")
    cells = (card.application_number, card.name_lo, card.number or "–", _day(card.taken_at), kind)
    return Line(card.id, card.application_id, cells)


def _uncollected(row: ReadyRow) -> Line:
    card = row.card
    place = card.place.text if card.place is not None else "–"
    return Line(
        card.application_id,
        card.application_id,
        (card.number, card.name_lo, card.village, place, _waits(row.days)),
    )


def _recalled(row: RecallRow) -> Line:
    state = {
        RecallState.OPEN: _("with the holder"),
        RecallState.TAKEN: _("taken, to be cut"),
        RecallState.DESTROYED: _("destroyed"),
    }[row.recall.state]
    wrong = defect_text(row.recall.code)
    if row.recall.note:
        wrong = f"{wrong} – {row.recall.note}"
    mending = f"{row.correction_number} ({stage_name(row.correction_stage)})"
    cells = (row.number, row.name_lo, wrong, stage_name(row.recall.stage), state, mending)
    return Line(row.recall.application_id, row.recall.correction_id, cells)
