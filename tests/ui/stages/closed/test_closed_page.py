"""The page of an application that ended shows the reason that was written down, and whose it was."""

from pytestqt.qtbot import QtBot

from tests.ui.stages.counter_office import (
    PATIENCE,
    RIGHT_INDEX,
    Counter,
    child,
    enabled,
    finger_image,
    run_action,
    until,
)
from ui.stages.closed.page import ClosedPage
from ui.widgets.slip import SlipDialog
from ui.widgets.text import Text
from workstation.workflow.hand_over import steps as hand_over
from workstation.workflow.hand_over.handing import Handing, OldCardAnswer
from workstation.workflow.header import header
from workstation.workflow.review import steps as review


def test_the_clerk_reads_the_reviewers_reason(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_review()
    version = header(counter.office, application_id).version
    review.reject(counter.office, counter.supervisor, application_id, version, "ປອມແປງ: see the book")
    page = ClosedPage(counter.context(counter.clerk))
    qtbot.addWidget(page)
    page.show()
    page.show_application(header(counter.office, application_id))
    facts = child(page, "closed.facts")
    qtbot.waitUntil(until(facts.isVisible), timeout=PATIENCE)
    said = [text.accessibleName() for text in facts.findChildren(Text) if text.isVisible()]
    assert "ປອມແປງ: see the book" in said
    assert "ສົມພອນ ວົງພະຈັນ" in said
    page.leave()


def test_the_receipt_is_shown_once_more(qtbot: QtBot, counter: Counter) -> None:
    """The program may have ended between the giving and the paper."""
    application_id = counter.at_hand_over()
    hand_over.match(counter.office, counter.clerk, application_id, RIGHT_INDEX, finger_image(RIGHT_INDEX))
    given = Handing(old_card=OldCardAnswer("OLD 1"))
    pdf = hand_over.complete(counter.office, counter.clerk, application_id, given)
    page = ClosedPage(counter.context(counter.clerk))
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    page.show_application(header(counter.office, application_id))
    assert enabled(page) == {"recall", "receipt"}
    run_action(page, "receipt")
    qtbot.waitUntil(until(lambda: page.findChild(SlipDialog, "slip.dialog") is not None), timeout=PATIENCE)
    dialog = page.findChild(SlipDialog, "slip.dialog")
    assert dialog is not None
    assert dialog._pdf == pdf
    dialog.accept()
    page.leave()
