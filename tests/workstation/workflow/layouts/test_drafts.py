"""Drafts at the centre: every change is kept, nobody's change is lost, only the centre has any."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from printing.errors import LayoutError
from printing.specification import CardLayout, open_draft
from tests.layouts import NAME
from tests.ui.stages.counter_office import PASSWORD, Counter
from workstation.domain.refused import Reason, Refused
from workstation.workflow.layouts.drafts import (
    begin_draft,
    discard_draft,
    keep_beside,
    keep_draft,
    propose_draft,
    shelf,
)
from workstation.workflow.layouts.publish import publications_of_office
from workstation.workflow.office import SignedIn
from workstation.workflow.sign_in import sign_in

LABEL = f"{NAME}@1"


@pytest.fixture
def administrator(counter: Counter) -> SignedIn:
    who = sign_in(counter.office, "admin", PASSWORD)
    discard_draft(counter.office, who, NAME)
    return who


def damaged(layout: CardLayout) -> CardLayout:
    """A draft that breaks a rule: two elements of one place."""
    first, *others = layout.front
    return replace(layout, front=(replace(first, x=80.0, width=40.0), *others))


def test_a_draft_is_what_was_kept_last_sound_or_not(counter: Counter, administrator: SignedIn) -> None:
    office = counter.office
    begun = begin_draft(office, administrator, LABEL)
    layout = open_draft(begun.document)
    assert (begun.revision, layout.fonts) == (1, ())
    assert keep_draft(office, administrator, replace(layout, comment="first"), 1) == 2
    broken = damaged(layout)
    assert keep_draft(office, administrator, broken, 2) == 3
    (found,) = shelf(office).drafts
    assert (found.revision, found.kept_by) == (3, administrator.operator.id)
    assert open_draft(found.document) == broken
    assert begin_draft(office, administrator, LABEL) == found, "what was begun goes on"


def test_a_change_of_another_station_is_not_overwritten(counter: Counter, administrator: SignedIn) -> None:
    office = counter.office
    layout = open_draft(begin_draft(office, administrator, LABEL).document)
    keep_draft(office, administrator, replace(layout, comment="theirs"), 1)
    with pytest.raises(Refused) as caught:
        keep_draft(office, administrator, replace(layout, comment="mine"), 1)
    assert caught.value.reason is Reason.DRAFT_CHANGED
    discard_draft(office, administrator, NAME)
    with pytest.raises(Refused):
        keep_draft(office, administrator, replace(layout, comment="mine"), 2)
    assert shelf(office).drafts == ()


def test_only_the_centre_designs(counter: Counter, administrator: SignedIn) -> None:
    office = counter.office
    assert shelf(office).publishes
    district = replace(office, station=replace(office.station, office_code="XKH"))
    assert not shelf(district).publishes
    with pytest.raises(Refused) as caught:
        begin_draft(district, administrator, LABEL)
    assert caught.value.reason is Reason.NOT_THE_CENTRE


def test_a_proposed_draft_is_no_draft_any_more(counter: Counter, administrator: SignedIn) -> None:
    office = counter.office
    layout = open_draft(begin_draft(office, administrator, LABEL).document)
    with pytest.raises(LayoutError):
        propose_draft(office, administrator, damaged(layout), 1)
    assert [draft.name for draft in shelf(office).drafts] == [NAME], "what is not sound stays a draft"
    later = replace(layout, valid_from=layout.valid_from + timedelta(days=400))
    made = propose_draft(office, administrator, later, 1)
    assert shelf(office).drafts == ()
    assert publications_of_office(office)[0].id == made.id
    assert shelf(office).publications[0].state == "proposed"


def test_what_somebody_else_changed_meanwhile_is_not_proposed_away(
    counter: Counter, administrator: SignedIn
) -> None:
    office = counter.office
    layout = open_draft(begin_draft(office, administrator, LABEL).document)
    theirs = replace(layout, comment="theirs")
    keep_draft(office, administrator, theirs, 1)
    before = publications_of_office(office)
    with pytest.raises(Refused) as caught:
        propose_draft(office, administrator, layout, 1)
    assert caught.value.reason is Reason.DRAFT_CHANGED
    assert publications_of_office(office) == before, "all or nothing"
    assert [open_draft(one.document) for one in shelf(office).drafts] == [theirs]


def test_a_draft_beside_another_is_published_under_the_layouts_name(
    counter: Counter, administrator: SignedIn
) -> None:
    office = counter.office
    layout = open_draft(begin_draft(office, administrator, LABEL).document)
    mine, third = replace(layout, comment="mine"), replace(layout, comment="third")
    assert keep_beside(office, administrator, mine).name == f"{NAME}-2"
    assert keep_beside(office, administrator, third).name == f"{NAME}-3"
    again = replace(mine, comment="mine again")
    assert keep_draft(office, administrator, again, 1, name=f"{NAME}-2") == 2
    kept = {one.name: open_draft(one.document) for one in shelf(office).drafts}
    assert kept == {NAME: layout, f"{NAME}-2": again, f"{NAME}-3": third}
    assert propose_draft(office, administrator, again, 2, name=f"{NAME}-2").name == NAME
    discard_draft(office, administrator, f"{NAME}-3")
    discard_draft(office, administrator, NAME)
    assert keep_beside(office, administrator, mine).name == NAME, "free again"
