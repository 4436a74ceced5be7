"""Publishing from the centre: two people, the registry's signature, and every office has it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from printing.elements import TextElement
from printing.errors import LayoutError
from printing.specification import CardLayout, built_in_layout, load_layout
from tests.layouts import NAME
from tests.ui.stages.counter_office import Counter
from workstation import clock
from workstation.database import Connection
from workstation.database.layout_publications import approved_unsent, keep_sent
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.station import Station
from workstation.workflow.layouts.publish import (
    approve_layout,
    propose_layout,
    publication_document,
    publications_of_office,
    withdraw_layout,
)
from workstation.workflow.office import SignedIn
from workstation.workflow.sign_in import sign_in
from workstation.workflow.sign_in_confirming import confirm

PASSWORD = "a long enough password"


@pytest.fixture
def administrator(counter: Counter) -> SignedIn:
    return sign_in(counter.office, "admin", PASSWORD)


def draft() -> CardLayout:
    return replace(built_in_layout(NAME), comment="another one", fonts=())


def reason(caught: pytest.ExceptionInfo[Refused]) -> Reason:
    return caught.value.reason


def test_two_people_publish(counter: Counter, administrator: SignedIn) -> None:
    office = counter.office
    made = propose_layout(office, administrator, draft())
    assert (made.state, made.approved_by) == ("proposed", None)
    proposed = load_layout(publication_document(office, made.id))
    assert (proposed.label, proposed.comment) == (made.label, "another one")
    assert proposed.fonts, "bound to its fonts"
    with pytest.raises(Refused) as caught:
        approve_layout(office, administrator, made.id)
    assert reason(caught) is Reason.SAME_PERSON
    with pytest.raises(Refused) as caught:
        approve_layout(office, counter.clerk, made.id)
    assert reason(caught) is Reason.ROLE_NOT_ALLOWED
    with pytest.raises(Refused) as caught:
        approve_layout(office, counter.supervisor, made.id)
    assert reason(caught) is Reason.CONFIRMATION_NEEDED
    assert publications_of_office(office)[0].state == "proposed"
    confirm(office, counter.supervisor, PASSWORD, Verb.APPROVE_LAYOUT, made.id)
    assert approve_layout(office, counter.supervisor, made.id).state == "approved"
    (waiting,) = office.store.read(approved_unsent)
    assert (waiting.id, waiting.proposed_role, waiting.approved_role) == (
        made.id,
        "administrator",
        "supervisor",
    )
    for again in (
        lambda: approve_layout(office, counter.supervisor, made.id),
        lambda: withdraw_layout(office, administrator, made.id),
    ):
        with pytest.raises(Refused) as caught:
            again()
        assert reason(caught) is Reason.NO_SUCH_PUBLICATION

    def sent(tx: Connection) -> None:
        keep_sent(tx, made.id, at=clock.now())

    office.store.write(sent)
    assert publications_of_office(office)[0].state == "sent"
    assert office.store.read(approved_unsent) == ()


def test_versions_go_on_and_what_is_withdrawn_is_gone(counter: Counter, administrator: SignedIn) -> None:
    one = propose_layout(counter.office, administrator, draft())
    two = propose_layout(counter.office, administrator, draft())
    assert two.version == one.version + 1
    withdraw_layout(counter.office, administrator, two.id)
    assert two.id not in [made.id for made in publications_of_office(counter.office)]
    with pytest.raises(Refused) as caught:
        publication_document(counter.office, two.id)
    assert reason(caught) is Reason.NO_SUCH_PUBLICATION


def test_an_unsound_layout_is_not_even_proposed(counter: Counter, administrator: SignedIn) -> None:
    before = publications_of_office(counter.office)
    layout = draft()
    name = next(e for e in layout.front if e.id == "name-lo")
    assert isinstance(name, TextElement)
    front = tuple(replace(name, x=45.0) if e is name else e for e in layout.front)
    with pytest.raises(LayoutError) as caught:
        propose_layout(counter.office, administrator, replace(layout, front=front))
    assert [(p.code, p.element) for p in caught.value.problems] == [("outside-card", "name-lo")]
    assert publications_of_office(counter.office) == before


def test_other_offices_publish_nothing(counter: Counter, administrator: SignedIn) -> None:
    station: Station = replace(counter.office.station, office_code="LPB")
    with pytest.raises(Refused) as caught:
        propose_layout(replace(counter.office, station=station), administrator, draft())
    assert reason(caught) is Reason.NOT_THE_CENTRE
