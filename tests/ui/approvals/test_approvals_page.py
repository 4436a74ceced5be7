"""The page of approvals: asked with F7, signed or refused in a dialog, applied with F8; nothing else is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.stages.counter_office import PASSWORD, PATIENCE, Counter, counter, room, until
from ui.approvals.answer_dialog import AnswerDialog
from ui.approvals.page import ApprovalsPage
from workstation import clock
from workstation.database.approval_letters import add_letter, letters
from workstation.domain.operator import Role
from workstation.domain.stages import Stage
from workstation.interchange.approval import read_card
from workstation.interchange.approval_letter import Letter
from workstation.workflow.approvals.keys import make_approval_key, trust
from workstation.workflow.office import SignedIn
from workstation.workflow.operators import add_operator
from workstation.workflow.sign_in import sign_in

__all__ = ["counter", "room"]
PASSPHRASE = "her own passphrase"


class Desk:
    """One office whose second supervisor stands for the province: letters to her come back to the same database."""

    def __init__(self, counter: Counter, qtbot: QtBot) -> None:
        self.counter, self.qtbot, office = counter, qtbot, counter.office
        administrator = sign_in(office, "admin", PASSWORD)
        name = f"province {clock.now().timestamp()}"
        self.her = SignedIn(
            add_operator(
                office,
                administrator,
                username=name,
                display_name="Khamla",
                role=Role.SUPERVISOR,
                password=PASSWORD,
            ),
            clock.now(),
        )
        card = make_approval_key(office, self.her, PASSPHRASE)
        trust(office, administrator, card, read_card(card).fingerprint)
        self.failures: list[Exception] = []

    def page(self, who: SignedIn) -> ApprovalsPage:
        made = ApprovalsPage(self.counter.context(who))
        made.failed.connect(self.failures.append)
        self.qtbot.addWidget(made)
        made.resize(1100, 640)
        made.show()
        made.enter()
        self.wait(lambda: made.approver.count() > 0 or bool(made._seen.for_me))
        return made

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until(condition), timeout=PATIENCE)

    def carry(self) -> None:
        """What the registry does: each letter that went out comes in at the other side, which is here."""
        office = self.counter.office
        held = office.store.read(letters)
        code = office.station.office_code
        for place, one in enumerate(held):
            if one.outgoing and not any(x.document == one.document and not x.outgoing for x in held):
                letter_id = f"{one.id[:-4]}{place:04x}"
                letter = Letter(
                    letter_id,
                    one.kind,
                    one.request_id,
                    code,
                    code,
                    one.approver,
                    one.expires_at.isoformat(),
                    one.document,
                )
                office.store.write(
                    lambda tx, letter=letter: add_letter(tx, letter, outgoing=False, at=clock.now())  # type: ignore[misc]  # bound now
                )


@pytest.fixture
def desk(counter: Counter, qtbot: QtBot) -> Iterator[Desk]:
    yield Desk(counter, qtbot)
    for one in QApplication.topLevelWidgets():
        if isinstance(one, AnswerDialog):
            one.reject()


def enabled(page: ApprovalsPage) -> set[str]:
    return {action.name for action in page.page_actions() if action.enabled}


def run(page: ApprovalsPage, name: str) -> None:
    action = next(one for one in page.page_actions() if one.name == name)
    assert action.enabled, name
    action.run()


def dialog() -> AnswerDialog:
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, AnswerDialog) and w.isVisible()]
    assert len(shown) == 1
    return shown[0]


def asked(desk: Desk, page: ApprovalsPage, application_id: str, approver: SignedIn) -> None:
    page.review.setCurrentIndex(page.review.findData(application_id))
    page.approver.setCurrentIndex(page.approver.findData(approver.operator.id))
    before = page.asked.rowCount()
    run(page, "ask")
    desk.wait(lambda: page.asked.rowCount() == before + 1)


def test_asked_and_refused_with_a_reason(desk: Desk) -> None:
    counter_ = desk.counter
    one = counter_.at_review()
    here = desk.page(counter_.clerk)
    assert {action.name for action in here.page_actions()} == {"refresh", "ask", "apply"}
    asked(desk, here, one, desk.her)
    assert here.review.findData(one) < 0, "it is asked for already"
    desk.carry()
    there = desk.page(desk.her)
    desk.wait(lambda: {"sign", "refuse"} <= enabled(there))
    run(there, "refuse")
    no = dialog()
    no.passphrase.setText(PASSPHRASE)
    assert not no._submit_button.isEnabled(), "a reason is needed"
    no.reason.setText("the village is wrong")
    no._submit()
    desk.wait(lambda: not there._seen.for_me)
    desk.carry()
    here.enter()
    desk.wait(lambda: "the village is wrong" in _state(here))
    assert "apply" not in enabled(here)


def test_signed_after_every_point_and_applied_once(desk: Desk) -> None:
    counter_ = desk.counter
    one = counter_.at_review()
    here = desk.page(counter_.clerk)
    asked(desk, here, one, desk.her)
    desk.carry()
    there = desk.page(desk.her)
    desk.wait(lambda: "sign" in enabled(there))
    run(there, "sign")
    yes = dialog()
    yes.passphrase.setText("not her passphrase")
    assert yes._submit_button.isEnabled() is (not yes.points)
    for box in yes.points.values():
        box.setChecked(True)
    yes._submit()
    desk.wait(lambda: bool(yes.strip.text))
    assert not yes.passphrase.text()
    yes.passphrase.setText(PASSPHRASE)
    yes._submit()
    desk.wait(lambda: not there._seen.for_me)
    desk.carry()
    here.enter()
    desk.wait(lambda: "apply" in enabled(here))
    run(here, "apply")
    desk.wait(lambda: _state(here) == "Applied")
    assert counter_.stage(one) is Stage.DECISION
    assert "apply" not in enabled(here)
    assert desk.failures == []


def _state(page: ApprovalsPage) -> str:
    item = page.asked.item(0, 4)
    return "" if item is None else item.text()
