"""The queue: the selected row never moves, search, counts, and nothing emitted for a row that is gone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.ui.shell import Shell
from ui.queue.model import NAME_LO, NUMBER, WAITING, QueueModel, pinned
from ui.queue.page import QueuePage, matches
from ui.queue.presenter import QueueSight
from workstation import clock
from workstation.domain.stages import Stage
from workstation.lao.fold import fold
from workstation.workflow.intake.steps import start
from workstation.workflow.queue import QueueRow

NOW = clock.now()


def row(name: str, minutes: int = 5, *, stage: Stage = Stage.PHOTO, returned: bool = False) -> QueueRow:
    return QueueRow(
        f"id-{name}",
        f"VTE-S1-261122-{minutes:03d}-X",
        f"ທ້າວ {name}",
        name,
        "1990-05-14",
        "ທົ່ງສາງນາງ",
        stage,
        NOW - timedelta(minutes=minutes),
        returned,
    )


A, B, C, D = row("Anou", 40), row("Boun", 30), row("Chanh", 20), row("Deng", 10)


@pytest.mark.parametrize(
    ("rows", "selected", "at", "expected"),
    [
        ((A, B, C), None, -1, (A, B, C)),
        ((D, A, B, C), "id-Boun", 1, (D, B, A, C)),  # one came in before
        ((B, C), "id-Boun", 1, (C, B)),  # the one before it left
        ((B,), "id-Boun", 3, (B,)),
        ((A, C), "id-Boun", 1, (A, C)),  # it is gone itself
    ],
)
def test_pinned(
    rows: tuple[QueueRow, ...], selected: str | None, at: int, expected: tuple[QueueRow, ...]
) -> None:
    assert pinned(rows, selected, at) == expected


def test_the_model_grows_and_shrinks_with_what_it_is_shown() -> None:
    model = QueueModel()
    for rows in ((A, B), (A, B, C, D), (D,), ()):
        model.show(rows, NOW)
        assert model.rowCount() == len(rows)
        assert [model.index(line, NUMBER).data() for line in range(len(rows))] == [r.number for r in rows]
    assert model.row_at(0) is None


def test_the_waiting_time_goes_on_and_a_draft_says_so() -> None:
    model = QueueModel()
    model.show((A, replace(B, name_lo="")), NOW)
    assert model.index(0, WAITING).data() == "40 min"
    model.show((A, replace(B, name_lo="")), NOW + timedelta(minutes=90))
    assert model.index(0, WAITING).data() == "2 h"
    assert model.index(1, NAME_LO).data() == "(being written)"


@pytest.mark.parametrize("text", ["anou", "VTE-S1-261122-040", "ທ້າວ anou", "261122"])
def test_search_finds_number_and_names(text: str) -> None:
    assert matches(A, fold(text))
    assert not matches(A, fold("somebody else"))


def sight(*rows: QueueRow, stage: Stage | None = None) -> QueueSight:
    counts: dict[Stage, int] = {}
    for one in rows:
        counts[one.stage] = counts.get(one.stage, 0) + 1
    return QueueSight(stage, counts, tuple(rows))


@pytest.fixture
def page(at_work: Shell) -> QueuePage:
    """The queue's page on the screen, shown what a test wants instead of what the office holds."""
    page = at_work.workplace.queue
    page.leave()
    return page


def selected(page: QueuePage) -> tuple[int, str]:
    line = page.table.currentIndex().row()
    found = page.model.row_at(line)
    return line, "" if found is None else found.name_latin


def test_updates_never_move_the_selected_row_and_an_empty_queue_lends_the_focus(page: QueuePage) -> None:
    page._show(sight(A, B, C))
    page.table.selectRow(1)
    for shown in (sight(D, A, B, C), sight(C, B), sight(row("New", 1, returned=True), D, C, B, A)):
        page._show(shown)
        assert selected(page) == (1, "Boun")
    page._show(sight(A, C))
    assert selected(page) == (0, "Anou")

    page._show(sight(A))
    page.table.setFocus()
    page._show(sight())
    assert page.stages.hasFocus()
    page._show(sight(A))
    assert page.table.hasFocus()


def test_enter_opens_the_selected_row_only(page: QueuePage, at_work: Shell) -> None:
    opened: list[str] = []
    page.open_application.disconnect()
    page.open_application.connect(opened.append)
    page._show(sight(A, B, C))
    page.table.setFocus()
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_Return)
    assert opened == ["id-Boun"]
    page._show(sight())
    at_work.press(Qt.Key.Key_Return)
    assert opened == ["id-Boun"]
    assert not at_work.find("action.open").isEnabled()


def test_search_from_any_room(page: QueuePage, at_work: Shell) -> None:
    page._show(sight(A, B, C))
    at_work.press(Qt.Key.Key_F3)
    at_work.write("top_bar.search", "chan")
    assert [page.model.index(line, NUMBER).data() for line in range(page.model.rowCount())] == [C.number]
    assert page._count.text() == "1 of 3 applications"
    at_work.press(Qt.Key.Key_Escape)
    assert page.model.rowCount() == 3


def test_counts_by_stage_choose_the_rows(at_work: Shell) -> None:
    office, who = at_work.app.office, at_work.app.who
    assert office is not None
    assert who is not None
    for _ in range(3):
        start(office, who)
    page = at_work.workplace.queue
    at_work.until(lambda: page.model.rowCount() == 3)
    page.stages.choose(Stage.PHOTO)
    at_work.until(lambda: page.model.rowCount() == 0)
    assert page._title.text() == "Photo"
    page.stages.choose(Stage.INTAKE)
    at_work.until(lambda: page.model.rowCount() == 3)
    assert page.table.isColumnHidden(5)
