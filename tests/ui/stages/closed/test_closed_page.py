"""The page of an application that ended shows the reason that was written down, and whose it was."""

from pytestqt.qtbot import QtBot

from tests.ui.stages.counter_office import PATIENCE, Counter, child, until
from ui.stages.closed.page import ClosedPage
from ui.widgets.text import Text
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
