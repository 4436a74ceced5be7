"""The queue: pages, the selected row never moves, remarks, what narrows it down, who works on what."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.offices import OTHER_CLERK, PASSWORD, SUPERVISOR
from tests.ui.shell import Shell
from ui.queue.held import HeldPage
from ui.queue.model import FLAG, HOLDER, KEPT_PAGES, NAME_LO, NUMBER, WAITING, QueueModel, place_of
from ui.queue.page import QueuePage
from ui.stages.intake.page import IntakePage
from workstation import clock
from workstation.domain.queue import Contact, Flag, QueueFilter
from workstation.domain.stages import Stage
from workstation.domain.take_over import TakeOverReason
from workstation.workflow import claims
from workstation.workflow.intake.steps import start
from workstation.workflow.queue import PAGE, ContactMade, QueueRow, QueueSight
from workstation.workflow.sign_in import sign_in

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
    ("pin", "expected"),
    [
        (None, [0, 1, 2, 3, 4]),
        ((1, 2), [0, 2, 1, 3, 4]),  # one came in before
        ((2, 1), [0, 2, 1, 3, 4]),  # the one before it left
        ((0, 4), [4, 0, 1, 2, 3]),  # the order sent it far down
        ((4, 0), [1, 2, 3, 4, 0]),
        ((3, 3), [0, 1, 2, 3, 4]),
    ],
)
def test_a_pinned_row_keeps_its_line_and_every_place_is_shown_once(
    pin: tuple[int, int] | None, expected: list[int]
) -> None:
    assert [place_of(line, pin) for line in range(5)] == expected


def test_the_model_grows_and_shrinks_with_what_it_is_shown() -> None:
    model = QueueModel()
    for rows in ((A, B), (A, B, C, D), (D,), ()):
        model.show(sight(*rows), NOW, None)
        assert model.rowCount() == len(rows)
        assert [model.index(line, NUMBER).data() for line in range(len(rows))] == [r.number for r in rows]
    assert model.row_at(0) is None


def test_the_waiting_time_goes_on_and_a_draft_says_so() -> None:
    model = QueueModel()
    model.show(sight(A, B._replace(name_lo="")), NOW, None)
    assert model.index(0, WAITING).data() == "40 min"
    model.show(sight(A, B._replace(name_lo="")), NOW + timedelta(minutes=90), None)
    assert model.index(0, WAITING).data() == "2 h"
    assert model.index(1, NAME_LO).data() == "(being written)"


def test_only_the_pages_looked_at_are_there_and_others_are_asked_for() -> None:
    model = QueueModel()
    asked: list[int] = []
    model.wanted.connect(asked.append)
    model.show(QueueSight(QueueFilter(), {}, 1_000_000, {0: tuple(many(PAGE))}), NOW, None)
    assert model.rowCount() == 1_000_000
    assert model.index(PAGE - 1, NUMBER).data() == f"number {PAGE - 1}"
    assert model.index(999_999, NUMBER).data() == "…"
    assert asked == [4999]
    model.add(QueueSight(QueueFilter(), {}, 1_000_000, {4999: tuple(many(PAGE))}))
    assert model.index(999_999, NUMBER).data() == f"number {PAGE - 1}"
    for page in range(100, 200):
        model.add(QueueSight(QueueFilter(), {}, 1_000_000, {page: tuple(many(PAGE))}))
    assert sum(model.row_at(page * PAGE) is not None for page in range(5000)) == KEPT_PAGES
    assert model.pages_of(190, 210) == (0, 1)


def test_remarks_name_the_defects_and_who_was_told() -> None:
    told = ContactMade(Contact.NOT_REACHED, "ນາງ ນ້ອຍ", NOW)
    returned = row("Keo", returned=True)._replace(
        defects=("name-wrong", "glare"),
        contact=told,
        flags=frozenset({Flag.RETURNED, Flag.CHILD}),
        holder="ນາງ ນ້ອຍ",
        holder_since=NOW - timedelta(minutes=7),
    )
    model = QueueModel()
    model.show(sight(returned, returned._replace(mine=True)), NOW, None)
    assert model.index(0, FLAG).data() == "Not reached · Name is wrong · Glare on the face or glasses · Child"
    assert model.index(0, HOLDER).data() == "7 min · ນາງ ນ້ອຍ"
    assert model.index(1, HOLDER).data() == "7 min · You"
    assert "ນາງ ນ້ອຍ" in model.index(0, FLAG).data(Qt.ItemDataRole.ToolTipRole)


def many(count: int) -> list[QueueRow]:
    return [A._replace(application_id=f"id-{n}", number=f"number {n}") for n in range(count)]


def sight(*rows: QueueRow, selected: str | None = None) -> QueueSight:
    """The moment at which these rows are all there is, and where the selected one stands."""
    counts: dict[Stage, int] = {}
    for one in rows:
        counts[one.stage] = counts.get(one.stage, 0) + 1
    place = next((n for n, one in enumerate(rows) if one.application_id == selected), None)
    return QueueSight(QueueFilter(), counts, len(rows), {0: rows}, place)


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


def test_updates_never_move_the_selected_row(page: QueuePage) -> None:
    page._show(sight(A, B, C))
    page.table.selectRow(1)
    for shown in ((D, A, B, C), (C, B), (row("New", 1, returned=True), D, C, B, A)):
        page._show(sight(*shown, selected="id-Boun"))
        assert selected(page) == (1, "Boun")
        names = {found.name_latin for n in range(len(shown)) if (found := page.model.row_at(n)) is not None}
        assert names == {one.name_latin for one in shown}
    page._show(sight(A, C, selected="id-Boun"))
    assert selected(page) == (1, "Chanh")


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


def test_narrowed_down_saved_under_a_name_and_found_again_by_keys(at_work: Shell) -> None:
    page = at_work.workplace.queue
    at_work.press(Qt.Key.Key_F4)
    assert page.filters.village.hasFocus()
    page.filters.flag.setFocus()
    at_work.press(Qt.Key.Key_Down)
    at_work.until(lambda: page._sight is not None and page._sight.chosen.flag is Flag.RETURNED)
    at_work.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    at_work.type_into("queue.name", "mine")
    at_work.press(Qt.Key.Key_Return)
    at_work.until(lambda: page.filters.saved_name() == "mine")
    assert at_work.find("action.forget").isEnabled()
    page.filters.saved.setFocus()
    at_work.press(Qt.Key.Key_Home)
    at_work.until(lambda: page._sight is not None and page._sight.chosen == QueueFilter())
    at_work.press(Qt.Key.Key_Down)
    at_work.until(lambda: page._sight is not None and page._sight.chosen.flag is Flag.RETURNED)
    at_work.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    at_work.until(lambda: page.filters.saved_name() == "")
    assert page.filters.saved.count() == 1


def test_a_second_clerk_sees_who_has_it_and_opens_it_when_it_is_free(at_work: Shell) -> None:
    office = at_work.app.office
    assert office is not None
    other = sign_in(office, OTHER_CLERK, PASSWORD)
    application_id = start(office, other)
    claims.open_claimed(office, other, application_id)
    at_work.workplace.open(application_id)
    at_work.until(lambda: isinstance(at_work.workplace.application.page, HeldPage))
    title = at_work.find("held.title")
    assert isinstance(title, QLabel)
    assert other.operator.display_name in title.accessibleName()
    assert not at_work.find("action.reopen").isEnabled()
    claims.release(office, other, application_id)
    at_work.until(lambda: at_work.find("action.reopen").isEnabled())
    at_work.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    at_work.until(lambda: isinstance(at_work.workplace.application.page, IntakePage))
    at_work.until(lambda: claims.standing(office, other, application_id).foreign)
    at_work.workplace.show_queue()
    at_work.until(lambda: not claims.standing(office, other, application_id).foreign)


def test_what_is_typed_after_the_claim_was_lost_is_kept_aside_and_said(at_work: Shell) -> None:
    office, who = at_work.app.office, at_work.app.who
    assert office is not None
    assert who is not None
    supervisor = sign_in(office, SUPERVISOR, PASSWORD)
    application_id = start(office, who)
    at_work.workplace.open(application_id)
    at_work.until(lambda: isinstance(at_work.workplace.application.page, IntakePage))
    at_work.until(lambda: at_work.find("intake.given_name_latin").isEnabled())
    claims.take_over(office, supervisor, application_id, TakeOverReason.HOLDER_AWAY, "called to the office")
    at_work.type_into("intake.given_name_latin", "Keo")
    at_work.until(lambda: isinstance(at_work.workplace.application.page, HeldPage))
    title = at_work.find("held.title")
    assert isinstance(title, QLabel)
    assert supervisor.operator.display_name in title.accessibleName()
    at_work.until(lambda: at_work.find("held.aside").isVisible())
    assert (
        "The colleague is not at the counter – called to the office"
        in at_work.find("held.sentence").accessibleName()
    )
    claims.release(office, supervisor, application_id)
    at_work.until(lambda: at_work.find("action.reopen").isEnabled())
    at_work.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    strip = at_work.workplace.application._aside
    at_work.until(lambda: "Keo" in strip.text)
    at_work.click("aside.close")
    at_work.until(lambda: claims.standing(office, who, application_id).aside is None)
