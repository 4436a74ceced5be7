"""Forms in the office: versions in force, an application keeps its own, kinds, the fee and its receipt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Connection, delete, select, update

from tests.form_specifications import changed, with_occupation
from tests.offices import DISTRICT, FIELDS, PROVINCE, Staffed, staffed_office
from workstation.database.applications import accepted_fields, application
from workstation.database.forms import application_forms, form_in_force, form_of, forms, kinds_in_force
from workstation.database.tables import applications
from workstation.domain.application_number import check_character, is_application_number
from workstation.domain.form import FormDamaged
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.workflow.intake import steps
from workstation.workflow.intake.forms import bring_in_form, form_of_application, seed_forms
from workstation.workflow.intake.slip import application_slip
from workstation.workflow.intake.view import view


@pytest.fixture(scope="module")
def staffed() -> Iterator[Staffed]:
    with TemporaryDirectory(prefix="forms-") as folder, staffed_office(Path(folder) / "data") as made:
        yield made


@pytest.fixture
def as_shipped(staffed: Staffed) -> Iterator[Staffed]:
    """What a test brings in is not in force in the next one."""
    yield staffed

    def older(tx: Connection) -> None:
        brought = forms.c.version.not_like("%-1+%")
        tx.execute(update(forms).where(brought).values(in_force_since=datetime(2020, 1, 1, tzinfo=UTC)))

    staffed.office.store.write(older)


def _typed(staffed: Staffed, kind: str = "first_issue", **changes: str) -> str:
    started = steps.start(staffed.office, staffed.clerk, kind)
    steps.save_draft(staffed.office, staffed.clerk, started, FIELDS | changes).result(10)
    return started


def test_a_new_office_has_every_kind(staffed: Staffed) -> None:
    started = steps.start(staffed.office, staffed.clerk)
    shown = view(staffed.office, started)
    assert [kind for kind, _name in shown.kinds] == [
        "first_issue",
        "renewal",
        "replacement",
        "correction",
        "change_of_residence",
    ]
    assert shown.form.kind == "first_issue"
    seat = {"province_code": PROVINCE, "district_code": DISTRICT}
    proposed = {f"{name}_source": "proposed" for name in seat}
    assert shown.fields == {"nationality": "LAO", **seat, **proposed}


def test_a_field_more_needs_no_code(as_shipped: Staffed) -> None:
    office, clerk = as_shipped.office, as_shipped.clerk
    before = _typed(as_shipped)
    form = bring_in_form(office, as_shipped.administrator, changed(with_occupation))
    after = _typed(as_shipped)
    assert view(office, after).form.version == form.version
    assert view(office, after).faults == {"occupation": "missing"}
    assert view(office, before).faults == {}, "an open application keeps its form"
    steps.save_draft(office, clerk, after, FIELDS | {"occupation": "teacher"}).result(10)
    assert steps.complete(office, clerk, after) is Stage.PHOTO
    assert office.store.read(lambda c: accepted_fields(c, after))["occupation"] == "teacher"
    assert form_of_application(office, after).field("occupation") is not None


def test_only_an_administrator_brings_in_a_form(staffed: Staffed) -> None:
    with pytest.raises(Refused) as refused:
        bring_in_form(staffed.office, staffed.clerk, changed(with_occupation))
    assert refused.value.reason is Reason.ROLE_NOT_ALLOWED


def test_a_foreign_form_leaves_the_last_good_one_in_force(staffed: Staffed) -> None:
    held = staffed.office.store.read(lambda c: form_in_force(c, "renewal"))
    foreign = changed(lambda d: d.update(version=9), "renewal", seal=False)
    with pytest.raises(FormDamaged):
        bring_in_form(staffed.office, staffed.administrator, foreign)
    assert staffed.office.store.read(lambda c: form_in_force(c, "renewal")) == held


def test_a_form_damaged_in_the_store_gives_way_to_the_one_before(as_shipped: Staffed) -> None:
    office = as_shipped.office
    newer = bring_in_form(office, as_shipped.administrator, changed(with_occupation, "replacement"))
    started = _typed(as_shipped, "replacement")
    assert form_of_application(office, started).version == newer.version
    good = office.store.read(
        lambda c: c.execute(select(forms.c.document).where(forms.c.version == newer.version)).scalar_one()
    )

    def put(document: bytes) -> None:
        office.store.write(
            lambda tx: tx.execute(
                update(forms).where(forms.c.version == newer.version).values(document=document)
            )
        )

    put(good[:-40])
    try:
        assert office.store.read(lambda c: form_in_force(c, "replacement")).version.startswith(
            "replacement-1+"
        )
        assert office.store.read(lambda c: form_of(c, started)).version.startswith("replacement-1+")
    finally:
        put(good)


class _Undone(Exception):
    """Ends a transaction of a test without a trace."""


def test_an_office_without_forms_gets_them(staffed: Staffed) -> None:
    def empty_and_seed(tx: Connection) -> None:
        tx.execute(delete(application_forms))
        tx.execute(delete(forms))
        with pytest.raises(Refused) as refused:
            form_in_force(tx, "renewal")
        assert refused.value.reason is Reason.NO_FORM
        seed_forms(tx)
        assert len(kinds_in_force(tx)) == 5
        raise _Undone

    with pytest.raises(_Undone):
        staffed.office.store.write(empty_and_seed)


def test_another_kind_keeps_what_was_typed(staffed: Staffed) -> None:
    office, clerk = staffed.office, staffed.clerk
    started = _typed(staffed, unit="9")
    steps.choose_kind(office, clerk, started, "replacement")
    shown = view(office, started)
    assert (shown.form.kind, shown.fields["unit"]) == ("replacement", "9")
    assert shown.faults == {"replacement_reason": "missing"}
    lost = dict(shown.fields) | {"replacement_reason": "lost", "loss_date": "2026-11-01"}
    steps.save_draft(office, clerk, started, lost | {"documents": "household_book,police_report"}).result(10)
    steps.choose_kind(office, clerk, started, "first_issue")
    assert view(office, started).fields["replacement_reason"] == "lost"
    steps.choose_kind(office, clerk, started, "replacement")
    steps.complete(office, clerk, started)
    assert office.store.read(lambda c: application(c, started)).kind == "replacement"
    with pytest.raises(Refused) as refused:
        steps.choose_kind(office, clerk, started, "renewal")
    assert refused.value.reason is Reason.MOVE_NOT_ALLOWED


def test_an_unknown_kind_is_refused(staffed: Staffed) -> None:
    with pytest.raises(Refused) as refused:
        steps.start(staffed.office, staffed.clerk, "passport")
    assert refused.value.reason is Reason.NO_FORM


def test_the_fee_is_taken_once_with_a_number_of_its_own(staffed: Staffed) -> None:
    office, clerk = staffed.office, staffed.clerk
    numbers = []
    for _ in range(2):
        started = _typed(staffed)
        assert view(office, started).receipt is None
        steps.complete(office, clerk, started)
        receipt = view(office, started).receipt
        assert receipt is not None
        assert (receipt.amount, receipt.currency) == (30_000, "LAK")
        numbers.append(receipt.number)
        assert application_slip(office, started).startswith(b"%PDF")
    assert numbers[0] != numbers[1]
    for number in numbers:
        assert number.startswith("VTE-S1-")
        assert check_character(number[:-2]) == number[-1]
        assert not is_application_number(number)


def test_a_returned_application_is_not_paid_twice(staffed: Staffed) -> None:
    office, clerk = staffed.office, staffed.clerk
    started = _typed(staffed)
    steps.complete(office, clerk, started)
    paid = view(office, started).receipt

    def come_back(tx: Connection) -> None:
        tx.execute(update(applications).where(applications.c.id == started).values(stage=Stage.INTAKE.value))

    office.store.write(come_back)
    steps.complete(office, clerk, started)
    assert view(office, started).receipt == paid
