"""Where a card lies is said to whoever asks for it; slips name the best fingers once they are known, and not before."""

from __future__ import annotations

from tests.workstation.workflow.hand_over.conftest import Desk
from tests.workstation.workflow.hand_over.test_signed_receipt import text_of
from ui.language import set_language
from ui.search.words import ready_sentence
from workstation import clock
from workstation.workflow.hand_over import ready, uncollected
from workstation.workflow.intake.slip import application_slip
from workstation.workflow.search.answer import answer, return_slip


def test_the_search_says_where_the_card_lies(desk: Desk) -> None:
    set_language("en")
    one = desk.ready()
    found = answer(desk.office, one)
    assert found.ready
    assert "not filed in a box yet" in ready_sentence(found)
    place = ready.file_card(desk.office, desk.clerk, one).text
    found = answer(desk.office, one)
    assert found.place == place
    assert f"It lies at {place}." in ready_sentence(found)
    desk.waiting_since(one, 91)
    uncollected.return_to_province(desk.office, desk.supervisor, [one], 1, "S 77")
    found = answer(desk.office, one)
    assert not found.ready
    assert ready_sentence(found) == "The card is not here: it left in the parcel S 77."


def test_slips_name_the_best_fingers_only_where_they_are_known(desk: Desk) -> None:
    today = clock.office_day(clock.now())
    before = desk.counter.at_intake(given_name_lo="ວັນ", given_name_latin="Van")
    for pdf in (application_slip(desk.office, before), return_slip(desk.office, before, today)):
        assert "Best fingers" not in text_of(pdf)
    known = desk.counter.at_review()
    for pdf in (application_slip(desk.office, known), return_slip(desk.office, known, today)):
        text = text_of(pdf)
        assert "Best fingers" in text
        assert "1." in text
        assert "2." in text
