"""The queue beside other stations: their changes are seen within two seconds and move nothing; whole words at 1366."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.offices import OTHER_CLERK, PASSPHRASE, PASSWORD, SUPERVISOR
from tests.ui.queue.test_queue import row, sight
from tests.ui.shell import Shell
from ui import theme
from ui.language import set_language
from ui.queue.model import BIRTH, COLUMNS, HOLDER, NAME_LATIN, NAME_LO, NUMBER, STAGE, VILLAGE, WAITING
from ui.queue.page import QueuePage
from ui.queue.table import widths
from ui.words import stage_name
from workstation import clock
from workstation.domain.refused import Refused
from workstation.domain.stages import PATH
from workstation.domain.take_over import TakeOverReason
from workstation.startup import close_office, open_office
from workstation.workflow import claims
from workstation.workflow.intake.steps import save_draft, start
from workstation.workflow.intake.view import view
from workstation.workflow.office import Office
from workstation.workflow.queue import queue
from workstation.workflow.sign_in import sign_in

WITHIN = 2.0  # seconds
SLACK = 1.5  # seconds that a busy machine may take more
ROOM = 1272  # px of the table at 1366 x 768


@pytest.fixture
def second_station(at_work: Shell) -> Iterator[Office]:
    """The same office's database, opened once more."""
    office = at_work.app.office
    assert office is not None
    second = open_office(office.data, PASSPHRASE)
    yield second
    close_office(second)


def _lines(page: QueuePage) -> list[str]:
    rows = (page.model.row_at(line) for line in range(page.model.rowCount()))
    return [found.application_id for found in rows if found is not None]


def test_another_stations_change_is_seen_in_time_and_moves_neither_selection_nor_scroll(
    at_work: Shell, second_station: Office
) -> None:
    colleague = sign_in(second_station, OTHER_CLERK, PASSWORD)
    made = [start(second_station, colleague) for _one in range(40)]
    page = at_work.workplace.queue
    at_work.until(lambda: set(made) <= set(_lines(page)))
    page.table.selectRow(20)
    page.table.verticalScrollBar().setValue(300)
    QApplication.processEvents()
    before = (page.selected, page.table.currentIndex().row(), page.table.verticalScrollBar().value())
    assert before[1:] == (20, 300)

    held = _lines(page)[22]
    begun = time.monotonic()
    assert claims.open_claimed(second_station, colleague, held).mine
    new = start(second_station, colleague)

    def seen() -> bool:
        line = _lines(page).index(held)
        return new in _lines(page) and bool(page.model.index(line, HOLDER).data())

    at_work.until(seen)
    assert time.monotonic() - begun < WITHIN + SLACK
    after = (page.selected, page.table.currentIndex().row(), page.table.verticalScrollBar().value())
    assert after == before
    assert colleague.operator.display_name in page.model.index(_lines(page).index(held), HOLDER).data()
    assert [one.application_id for one in queue(second_station) if one.holder] == [held]


def test_usual_words_are_whole_in_their_columns(at_work: Shell) -> None:
    """Widths at 1366 px, in both languages; the painter's edges are counted in."""
    small, body = QFontMetrics(theme.font(theme.SMALL)), QFontMetrics(theme.font())
    strong = QFontMetrics(theme.font(theme.SMALL, strong=True))
    for language in ("en", "lo"):
        set_language(language)
        for with_stage in (True, False):
            given = widths(ROOM, with_stage=with_stage)
            assert sum(given.values()) <= ROOM
            usual = [
                (small, NUMBER, "SST-A1-261122-002-C", 16),
                (body, NAME_LO, "ນາງ ສຸດາວັນ ພົມມະຈັນ", 16),
                (small, NAME_LATIN, "Soudavanh Phommachanh", 16),
                (small, BIRTH, "06/05/1970", 16),
                (small, VILLAGE, "ໂພນສະຫວັນເໜືອ", 16),
                (small, WAITING, "59 ນາທີ", 16),
                (strong, HOLDER, "5 ນາທີ · ທ້າວ ບຸນມີ", 40),
            ]
            usual += [(small, STAGE, stage_name(stage), 16) for stage in PATH] if with_stage else []
            wide = [
                (text, metrics.horizontalAdvance(text) + edges, given[column])
                for metrics, column, text, edges in usual
                if metrics.horizontalAdvance(text) + edges > given[column]
            ]
            assert wide == []


def test_a_wider_window_gives_the_room_to_names_and_remarks() -> None:
    for room in (900, ROOM, 1606, 1800):
        given = widths(room, with_stage=True)
        assert len(given) == COLUMNS
        assert sum(given.values()) == max(room, sum(widths(0, with_stage=True).values()))
    assert widths(1800, with_stage=True)[NAME_LO] > widths(ROOM, with_stage=True)[NAME_LO]
    assert widths(1800, with_stage=True)[BIRTH] == widths(ROOM, with_stage=True)[BIRTH]


def test_the_selected_row_is_told_whole_below_the_table(at_work: Shell) -> None:
    page = at_work.workplace.queue
    page.leave()
    since = clock.now()
    long = row("Bouavannalisavanh Phommachanthavongsa", returned=True)._replace(
        defects=("name-wrong", "eyes-closed"), holder="ນາງ ນ້ອຍ", holder_since=since
    )
    page._show(sight(long))
    said = at_work.find("queue.selected").accessibleName()
    at = since.astimezone(clock.OFFICE_ZONE).strftime("%H:%M")
    for part in (long.name_lo, long.name_latin, "Name is wrong · Eyes are closed", f"ນາງ ນ້ອຍ since {at}"):
        assert part in said
    page._show(sight())
    assert at_work.find("queue.selected").accessibleName() == ""


def test_an_empty_queue_says_so_and_keeps_the_focus(at_work: Shell) -> None:
    page = at_work.workplace.queue
    page.leave()
    page._show(sight(row("Anou")))
    page.table.setFocus()
    assert not page._empty.shown
    page._show(sight())
    assert page._empty.shown
    at_work.press(Qt.Key.Key_Down)
    assert page.table.hasFocus()
    page._show(sight(row("Anou")))
    assert not page._empty.shown
    assert page.selected == "id-Anou"


def test_what_came_too_late_is_put_in_by_keys_alone(at_work: Shell) -> None:
    office, who = at_work.app.office, at_work.app.who
    assert office is not None
    assert who is not None
    supervisor = sign_in(office, SUPERVISOR, PASSWORD)
    application_id = start(office, who)
    save_draft(office, who, application_id, {"given_name_latin": "Noy", "village": "ໂພນໄຊ"}).result(10)
    claims.open_claimed(office, who, application_id)
    claims.take_over(office, supervisor, application_id, TakeOverReason.HOLDER_AWAY)
    save_draft(office, supervisor, application_id, {"given_name_latin": "Noi", "unit": "7"}).result(10)
    with pytest.raises(Refused):
        save_draft(office, who, application_id, {"given_name_latin": "Keo", "village": "ໂພນໄຊ"}).result(10)
    claims.release(office, supervisor, application_id)
    at_work.workplace.open(application_id)
    strip = at_work.workplace.application._aside
    at_work.until(lambda: "Keo" in strip.text and strip.isVisible())
    at_work.until(lambda: at_work.find("intake.given_name_latin").isEnabled())
    at_work.find("intake.given_name_lo").setFocus()
    use = at_work.find("aside.action")
    for _tab in range(60):
        if use.hasFocus():
            break
        at_work.press(Qt.Key.Key_Tab)
    assert use.hasFocus(), "the strip is reached by Tab"
    at_work.press(Qt.Key.Key_Space)
    at_work.until(lambda: claims.standing(office, who, application_id).aside is None)
    typed = view(office, application_id).fields
    assert (typed["given_name_latin"], typed["village"], typed["unit"]) == ("Keo", "ໂພນໄຊ", "7")
    at_work.until(lambda: not strip.isVisible())
    field = at_work.find("intake.given_name_latin")
    assert isinstance(field, QLineEdit)
    at_work.until(lambda: field.text() == "Keo")
