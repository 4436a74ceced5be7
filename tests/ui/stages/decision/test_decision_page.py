"""The decision page over a real office: it waits, tells what went wrong, and moves on by itself."""

import json
from importlib.resources import files

import sqlalchemy
from pytestqt.qtbot import QtBot

from tests.ui.stages.counter_office import PATIENCE, Counter, child, enabled, run_action, until
from ui.stages.decision.page import DecisionPage
from ui.stages.page import PageContext
from ui.widgets.text import Text
from workstation import clock
from workstation.database.policies import add_policy
from workstation.database.tables import outbox
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.workflow.header import header


def _open(qtbot: QtBot, context: PageContext, counter: Counter, application_id: str) -> DecisionPage:
    page = DecisionPage(context)
    qtbot.addWidget(page)
    page.resize(1302, 532)
    page.show()
    page.show_application(header(counter.office, application_id))
    qtbot.waitUntil(until(lambda: page._view is not None), timeout=PATIENCE)
    return page


def _said(page: DecisionPage) -> str:
    return "\n".join(text.accessibleName() for text in page.findChildren(Text) if not text.isHidden())


def test_it_says_that_the_application_is_on_its_way(qtbot: QtBot, counter: Counter) -> None:
    page = _open(qtbot, counter.context(counter.clerk), counter, counter.at_decision())
    assert "On its way to the centre" in _said(page)
    assert enabled(page) == set(), "without a synchronisation there is nothing to wake"
    page.leave()


def test_a_failed_attempt_is_a_sentence_and_says_what_is_kept(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_decision()
    page = _open(qtbot, counter.context(counter.clerk), counter, application_id)
    counter.office.store.write(
        lambda tx: tx.execute(
            sqlalchemy.update(outbox)
            .where(outbox.c.application_id == application_id)
            .values(attempts=3, last_error="unreachable")
        )
    )
    qtbot.waitUntil(until(lambda: "What went wrong last" in _said(page)), timeout=PATIENCE)
    said = _said(page)
    assert "Not sent yet" in said
    assert "It is kept at this station" in said
    lines = said.splitlines()
    assert {"Attempts to send", "3", "What went wrong last"} <= set(lines)
    assert "unreachable" not in lines, "a code is no sentence"
    page.leave()


def test_the_answer_shows_the_number_and_moves_on(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_decision()
    page = _open(qtbot, counter.context(counter.clerk), counter, application_id)
    with qtbot.waitSignal(page.moved, timeout=PATIENCE) as moved:
        counter.decide(application_id)
    assert moved.args == [application_id]
    assert counter.stage(application_id) is Stage.PRINT
    number = child(page, "decision.identity_number")
    assert isinstance(number, Text)
    assert number.accessibleName() == "101 1990 0001 2345"


def test_leaving_stops_the_looking(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_decision()
    page = _open(qtbot, counter.context(counter.clerk), counter, application_id)
    page.leave()
    with qtbot.assertNotEmitted(page.moved, wait=1500):
        counter.decide(application_id)


def _held_back(counter: Counter, seconds: int) -> str:
    """An application at decision, made under a policy that holds approvals back for so long."""
    shipped = json.loads(files("resources").joinpath("policies/training.json").read_bytes())

    def in_force(changes: dict[str, object]) -> None:
        document = json.dumps({**shipped, **changes, "comment": str(clock.now())}).encode()
        counter.office.store.write(lambda tx: add_policy(tx, document, at=clock.now()))

    in_force({"recall_seconds": seconds})
    application_id = counter.at_decision()
    in_force({})
    return application_id


def test_the_reviewer_recalls_within_the_time(qtbot: QtBot, counter: Counter) -> None:
    application_id = _held_back(counter, 60)
    page = _open(qtbot, counter.context(counter.supervisor), counter, application_id)
    assert "Approved, not sent yet" in _said(page)
    assert "Until then you can recall it" in _said(page)
    before = child(page, "decision.sentence").accessibleName()
    qtbot.waitUntil(
        until(lambda: child(page, "decision.sentence").accessibleName() != before), timeout=PATIENCE
    )
    assert enabled(page) == {"recall", "next"}
    with qtbot.waitSignal(page.moved, timeout=PATIENCE) as moved:
        run_action(page, "recall")
        assert "recall" not in enabled(page)
    assert moved.args == [application_id]
    assert counter.stage(application_id) is Stage.REVIEW
    page.leave()


def test_others_see_the_seconds_but_cannot_recall(qtbot: QtBot, counter: Counter) -> None:
    application_id = _held_back(counter, 60)
    page = _open(qtbot, counter.context(counter.clerk), counter, application_id)
    assert "Until then ສົມພອນ ວົງພະຈັນ can recall it" in _said(page)
    assert enabled(page) == set()
    page.leave()


def test_too_late_is_said_and_the_page_goes_on_looking(qtbot: QtBot, counter: Counter) -> None:
    application_id = _held_back(counter, 60)
    page = _open(qtbot, counter.context(counter.supervisor), counter, application_id)
    counter.office.store.write(
        lambda tx: tx.execute(
            sqlalchemy.update(outbox)
            .where(outbox.c.application_id == application_id)
            .values(begun_at=clock.now())
        )
    )
    with qtbot.waitSignal(page.failed, timeout=PATIENCE) as failed:
        page._recall()
    assert isinstance(failed.args[0], Refused)
    assert failed.args[0].reason is Reason.SENDING_BEGUN
    qtbot.waitUntil(until(lambda: "On its way to the centre" in _said(page)), timeout=PATIENCE)
    assert "recall" not in enabled(page)
    page.leave()
