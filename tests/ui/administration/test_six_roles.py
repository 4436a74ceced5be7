"""Each role's first screen: what its navigation and its commands show is what the table of permissions allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QTableWidget, QWidget

from tests.ui.stages.counter_office import Counter, counter, room, until  # noqa: F401 -- fixtures
from ui.keys import Keys
from ui.stages.look_only import LookOnlyPage, only_looks
from ui.workplace import Workplace
from workstation import clock
from workstation.domain.operator import SIGN_IN_ROLES, Role
from workstation.domain.stages import ENDS, Stage
from workstation.workflow.office import SignedIn
from workstation.workflow.operators import add_operator
from workstation.workflow.sign_in import sign_in

PASSWORD = "a long enough password"
ROOMS = {
    Role.CLERK: ["queue", "search", "approvals", "stock", "hand_over", "roles"],
    Role.SUPERVISOR: [
        *("queue", "search", "approvals", "stock", "hand_over", "layouts", "policies", "roles"),
    ],
    Role.PRINT_OPERATOR: ["queue", "search", "stock", "hand_over", "roles"],
    Role.STOCK_KEEPER: ["stock", "roles"],
    Role.ADMINISTRATOR: [
        *("queue", "search", "operators", "stock", "hand_over", "layouts", "policies", "roles"),
    ],
    Role.AUDITOR: ["queue", "search", "stock", "hand_over", "policies", "roles"],
}
OF_OTHERS = {"audit", "backup", "backups", "keys", "printing"}


@pytest.fixture
def staff(counter: Counter) -> Callable[[Role], SignedIn]:  # noqa: F811 -- the fixture of that name
    def one(role: Role) -> SignedIn:
        administrator = sign_in(counter.office, "admin", PASSWORD)
        name = f"{role.value} {len(list(counter.office.data.iterdir()))} {clock.now().timestamp()}"
        made = add_operator(
            counter.office, administrator, username=name, display_name=name, role=role, password=PASSWORD
        )
        return SignedIn(made, clock.now())

    return one


@pytest.fixture
def begun(
    counter: Counter,  # noqa: F811 -- the fixture of that name
    staff: Callable[[Role], SignedIn],
    qapp: QApplication,
) -> Iterator[Callable[[Role], Workplace]]:
    opened: list[tuple[Workplace, Keys, QWidget]] = []

    def begin(role: Role) -> Workplace:
        window = QWidget()
        keys = Keys(window)
        workplace = Workplace(counter.context(staff(role)), keys)
        workplace.resize(1366, 700)
        workplace.show()
        workplace.begin()
        opened.append((workplace, keys, window))
        return workplace

    yield begin
    for workplace, keys, window in opened:
        workplace.suspend()
        keys.close()
        workplace.deleteLater()
        window.deleteLater()


@pytest.mark.parametrize("role", SIGN_IN_ROLES)
def test_the_first_screen_of_each_role(
    qtbot: object, begun: Callable[[Role], Workplace], role: Role, tmp_path: Path
) -> None:
    workplace = begun(role)
    QApplication.processEvents()
    held = [name for name in workplace.frame._rooms if name not in OF_OTHERS]
    assert held == ROOMS[role]
    first = "queue" if role in (Role.CLERK, Role.SUPERVISOR, Role.PRINT_OPERATOR) else None
    assert (workplace.room is workplace.queue) == (first == "queue")
    names = {action.name for action in workplace.rooms.page_actions()}
    assert ("new" in " ".join(names)) == (role in (Role.CLERK, Role.SUPERVISOR)), names
    workplace.rooms.show_search()
    assert (workplace.room is workplace.search) == (role is not Role.STOCK_KEEPER)
    workplace.rooms.show_queue()
    assert (workplace.room is workplace.queue) == (role is not Role.STOCK_KEEPER)
    assert workplace.top.search_field.isVisible() == (role is not Role.STOCK_KEEPER)


def test_who_begins_nothing_is_not_stopped(qtbot: "QtBot", begun: Callable[[Role], Workplace]) -> None:  # type: ignore[name-defined]  # noqa: F821, UP037 -- pytest-qt has no types
    workplace = begun(Role.PRINT_OPERATOR)
    looked: list[object] = []
    workplace.preflight.gate.looked.connect(looked.append)
    qtbot.wait(600)
    assert (looked, workplace.room) == ([], workplace.queue)
    assert workplace.preflight.strip.isHidden()


def test_who_only_looks_is_shown_no_page_of_work() -> None:
    for stage in Stage:
        assert not only_looks(Role.CLERK, stage)
        assert not only_looks(Role.SUPERVISOR, stage)
        assert only_looks(Role.AUDITOR, stage) == (stage not in ENDS)
        works = stage in (Stage.PRINT, Stage.ENCODE, Stage.CHECK)
        assert only_looks(Role.PRINT_OPERATOR, stage) == (stage not in ENDS and not works)


def test_an_auditor_opens_an_application_without_any_command(
    qtbot: "QtBot",  # type: ignore[name-defined]  # noqa: F821, UP037 -- pytest-qt has no types
    begun: Callable[[Role], Workplace],
    counter: Counter,  # noqa: F811 -- the fixture of that name
) -> None:
    application_id = counter.at_intake()
    workplace = begun(Role.AUDITOR)
    workplace.open(application_id)
    qtbot.waitUntil(until(lambda: isinstance(workplace.application.page, LookOnlyPage)), timeout=10_000)
    assert workplace.application.page_actions() == ()


def test_a_policy_is_checked_and_put_in_force(
    qtbot: "QtBot",  # type: ignore[name-defined]  # noqa: F821, UP037 -- pytest-qt has no types
    begun: Callable[[Role], Workplace],
    tmp_path: Path,
) -> None:
    workplace = begun(Role.ADMINISTRATOR)
    workplace.rooms.show_named("policies")
    page = workplace.rooms.policies
    assert page is not None
    qtbot.waitUntil(until(lambda: page.versions.rowCount() == 1), timeout=10_000)
    document = (Path(__file__).resolve().parents[3] / "resources" / "policies" / "training.json").read_bytes()
    newer = tmp_path / "policy.json"
    for content in (b"{", b"[]", document[:-40], document):
        newer.write_bytes(content)
        page.file.setText(str(newer))
        page.page_actions()[0].run()
        strip = page.findChild(QWidget, "policies.strip")
        assert strip is not None
        qtbot.waitUntil(until(strip.isVisible), timeout=10_000)
        assert not page.page_actions()[1].enabled
    newer.write_bytes(document.replace(b'"finger_attempts": 3', b'"finger_attempts": 4'))
    page.file.setText(str(newer))
    page.page_actions()[0].run()
    qtbot.waitUntil(until(lambda: page.page_actions()[1].enabled), timeout=10_000)
    assert [_text(page.differences, 0, column) for column in range(3)] == ["finger_attempts", "3", "4"]
    page.page_actions()[1].run()
    qtbot.waitUntil(until(lambda: page.versions.rowCount() == 2), timeout=10_000)
    assert _text(page.versions, 0, 0) != _text(page.versions, 1, 0)


def _text(table: QTableWidget, row: int, column: int) -> str:
    item = table.item(row, column)
    assert item is not None
    return item.text()
