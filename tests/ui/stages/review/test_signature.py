"""What the reviewer sees of the holder's signature: beside the portrait, a point of its own where there is one."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.stages.counter_office import PATIENCE, Counter, child, enabled, run_action, until
from ui.demo.signature import drawn, signature
from ui.language import LANGUAGES, set_language
from ui.stages.review.page import ReviewPage
from ui.stages.review.spot import Spot
from ui.widgets.picture import Picture
from workstation import clock
from workstation.database import Connection
from workstation.database.blobs import put_blob
from workstation.database.signatures import StoredSignature, add_signature
from workstation.workflow.header import header
from workstation.workflow.signature.picture import trimmed


def keep(counter: Counter, application_id: str, reason: str = "") -> None:
    """What the captures leave behind: a signature, or why there is none."""
    picture = trimmed(drawn(signature()))

    def verb(tx: Connection) -> None:
        kept = (
            StoredSignature(None, 0, 0, reason)
            if reason
            else StoredSignature(put_blob(tx, picture.png, "image/png"), picture.width, picture.height, "")
        )
        add_signature(tx, application_id, kept, by=counter.clerk.operator.id, at=clock.now())

    counter.office.store.write(verb)


def opened(qtbot: QtBot, counter: Counter, application_id: str) -> ReviewPage:
    page = ReviewPage(counter.context(counter.supervisor))
    qtbot.addWidget(page)
    page.resize(1302, 532)
    page.show()
    page.show_application(header(counter.office, application_id))
    qtbot.waitUntil(until(lambda: page._view is not None), timeout=PATIENCE)
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_signature_is_looked_at_before_the_approval(qtbot: QtBot, counter: Counter, language: str) -> None:
    application_id = counter.at_review(
        birth_date=f"194{len(language)}-0{1 + list(LANGUAGES).index(language)}-19"
    )
    keep(counter, application_id)
    set_language(language)
    page = opened(qtbot, counter, application_id)
    spot = child(page, "review.signature")
    assert isinstance(spot, Spot)
    assert spot.isVisible()
    shown = spot.findChild(Picture)
    assert isinstance(shown, Picture)
    assert shown.shows
    portrait = child(page, "review.portrait")
    assert spot.x() < portrait.x() + portrait.width()
    assert spot.y() >= portrait.y() + portrait.height()
    # The usable page area of 1366x768: nothing needs scrolling.
    assert page.minimumSizeHint().height() <= 532
    assert page.minimumSizeHint().width() <= 1302
    assert spot.mark == "open"
    assert "approve" not in enabled(page)
    while "approve" not in enabled(page):
        assert spot.mark == "open"
        run_action(page, "next_point")
    assert spot.mark == "seen"
    page.leave()


def test_who_cannot_sign_is_told_and_without_either_there_is_nothing(qtbot: QtBot, counter: Counter) -> None:
    application_id = counter.at_review(birth_date="1947-01-19")
    page = opened(qtbot, counter, application_id)
    assert not child(page, "review.signature").isVisible()
    assert not child(page, "review.unsigned").isVisible()
    page.leave()
    keep(counter, application_id, "hand-injured: since May")
    page = opened(qtbot, counter, application_id)
    told = child(page, "review.unsigned")
    assert told.accessibleName() == "Cannot sign: Hand injured or missing – since May"
    assert not child(page, "review.signature").isVisible()
    assert "approve" in enabled(page)
    assert page.minimumSizeHint().height() <= 532
    page.leave()
