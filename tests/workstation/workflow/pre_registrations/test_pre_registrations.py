"""A pre-registration at the counter: opened once and offline, every value marked until a clerk confirmed it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier, Thread
from typing import Any

import cv2
import numpy as np
import pytest
import zxingcpp
from sqlalchemy import select

from tests.offices import FIELDS, Staffed, staffed_office
from tests.pre_registrations import SAID, pre_registered, today
from workstation import clock
from workstation.database import tables
from workstation.database.pre_registrations import (
    forget_expired,
    keep_arrived,
    keep_withdrawn,
    pre_registration,
)
from workstation.domain.pre_registration import ALPHABET
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.interchange.pre_registration import PreRegistration
from workstation.interchange.pre_registration_code import to_code
from workstation.workflow.households import confirm
from workstation.workflow.intake import steps
from workstation.workflow.intake.view import view
from workstation.workflow.pre_registrations.steps import begin_by_hand, open_pre_registration
from workstation.workflow.pre_registrations.view import State, codes_in, expected_today, look_up

_given = iter(range(1, 1000))


@pytest.fixture(scope="module")
def staffed() -> Iterator[Staffed]:
    with TemporaryDirectory(prefix="pre-") as folder, staffed_office(Path(folder) / "data") as made:
        yield made


def fresh(**changes: Any) -> PreRegistration:
    """One with a number of its own."""
    return pre_registered("".join(ALPHABET[int(digit)] for digit in f"{next(_given):08d}"), **changes)


def arrived(staffed: Staffed, **changes: Any) -> PreRegistration:
    record = fresh(**changes)
    staffed.office.store.write(lambda tx: keep_arrived(tx, record, at=clock.now()))
    return record


def refusal(staffed: Staffed, text: str) -> Refused:
    with pytest.raises(Refused) as caught:
        open_pre_registration(staffed.office, staffed.clerk, text)
    return caught.value


def test_values_are_carried_marked_and_confirmed(staffed: Staffed) -> None:
    office, clerk = staffed.office, staffed.clerk
    record = arrived(staffed)
    opened = open_pre_registration(office, clerk, record.number)
    assert (opened.already, opened.left_out) == (False, ())
    shown = view(office, opened.application_id)
    assert {name: shown.fields[name] for name in SAID} == SAID
    assert set(shown.carried) == set(SAID)
    assert shown.sources == dict.fromkeys(SAID, "pre_registration")
    steps.save_draft(
        office, clerk, opened.application_id, {**shown.fields, "documents": FIELDS["documents"]} | _closing()
    ).result(10)
    with pytest.raises(Refused) as caught:
        steps.complete(office, clerk, opened.application_id)
    assert caught.value.reason is Reason.CARRIED_NOT_CONFIRMED
    assert confirm(office, clerk, opened.application_id, shown.carried) == ()
    assert steps.complete(office, clerk, opened.application_id) is Stage.PHOTO


def _closing() -> dict[str, str]:
    return {"consent": "yes", "fee_paid": "yes"}


def test_what_was_typed_anew_is_the_clerks_own(staffed: Staffed) -> None:
    office, clerk = staffed.office, staffed.clerk
    opened = open_pre_registration(office, clerk, arrived(staffed).number)
    fields = dict(view(office, opened.application_id).fields)
    steps.save_draft(office, clerk, opened.application_id, fields | {"village": "ໂພນໄຊ"}).result(10)
    assert "village" not in view(office, opened.application_id).carried


def test_a_second_opening_leads_to_the_first(staffed: Staffed) -> None:
    record = arrived(staffed)
    first = open_pre_registration(staffed.office, staffed.clerk, record.number)
    again = open_pre_registration(staffed.office, staffed.other_clerk, to_code(record, whole=True))
    assert (again.application_id, again.already) == (first.application_id, True)
    found = look_up(staffed.office, record.number)
    assert found.state is State.OPENED
    assert found.application_id == first.application_id
    assert found.application_number.startswith("VTE-S1-")
    assert found.fields == {}


def test_two_clerks_at_once_begin_one_application(staffed: Staffed) -> None:
    record = arrived(staffed)
    together, found = Barrier(2), []

    def work(who: object) -> None:
        together.wait(10)
        found.append(open_pre_registration(staffed.office, who, record.number))  # type: ignore[arg-type]  # a SignedIn

    threads = [Thread(target=work, args=(who,), name="clerk") for who in (staffed.clerk, staffed.other_clerk)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len({opened.application_id for opened in found}) == 1
    assert sorted(opened.already for opened in found) == [False, True]


def test_a_slip_that_holds_the_record_opens_where_nothing_arrived(staffed: Staffed) -> None:
    record = fresh()
    code = to_code(record, whole=True)
    found = look_up(staffed.office, code)
    assert (found.state, found.from_slip, dict(found.fields)) == (State.READY, True, SAID)
    opened = open_pre_registration(staffed.office, staffed.clerk, code)
    assert set(view(staffed.office, opened.application_id).carried) == set(SAID), "a stranger's word"
    assert not staffed.office.store.write(lambda tx: keep_arrived(tx, record, at=clock.now()))
    assert look_up(staffed.office, record.number).state is State.OPENED


def test_what_arrived_goes_before_what_the_slip_says(staffed: Staffed) -> None:
    record = arrived(staffed)
    forged = PreRegistration(**{**vars(record), "fields": {**SAID, "given_name_latin": "Forged"}})
    found = look_up(staffed.office, to_code(forged, whole=True))
    assert (found.from_slip, found.fields["given_name_latin"]) == (False, SAID["given_name_latin"])


def test_a_number_that_has_not_arrived_is_kept_with_the_application(staffed: Staffed) -> None:
    record = fresh()
    assert look_up(staffed.office, record.number).state is State.NOT_HERE
    assert refusal(staffed, record.number).reason is Reason.PRE_REGISTRATION_NOT_HERE
    begun = begin_by_hand(staffed.office, staffed.clerk, record.number, {"telephone": "020 5555 0000"})
    assert view(staffed.office, begun.application_id).fields["telephone"] == "020 5555 0000"
    assert view(staffed.office, begun.application_id).carried == ()
    staffed.office.store.write(lambda tx: keep_arrived(tx, record, at=clock.now()))
    again = open_pre_registration(staffed.office, staffed.clerk, record.number)
    assert (again.application_id, again.already) == (begun.application_id, True)
    assert begin_by_hand(staffed.office, staffed.clerk, record.number).already


def test_withdrawn_expired_elsewhere_and_damaged_are_told_apart(staffed: Staffed) -> None:
    withdrawn = arrived(staffed)
    staffed.office.store.write(lambda tx: keep_withdrawn(tx, withdrawn.number, at=clock.now()))
    assert refusal(staffed, to_code(withdrawn, whole=True)).reason is Reason.PRE_REGISTRATION_WITHDRAWN
    expired = arrived(staffed, expires=today() - timedelta(days=1))
    said = refusal(staffed, expired.number)
    assert said.reason is Reason.PRE_REGISTRATION_EXPIRED
    assert said.facts["day"] == f"{expired.expires:%d/%m/%Y}"
    slip = fresh(expires=today() - timedelta(days=1))
    assert refusal(staffed, to_code(slip, whole=True)).reason is Reason.PRE_REGISTRATION_EXPIRED
    last_day = arrived(staffed, expires=today())
    assert look_up(staffed.office, last_day.number).state is State.READY
    elsewhere = refusal(staffed, pre_registered(office="LPB").number)
    assert elsewhere.reason is Reason.PRE_REGISTRATION_ELSEWHERE
    assert elsewhere.facts["office"] == "LPB"
    assert refusal(staffed, "LAOPRE1:PR-VTE-7K3M9QX2-A").reason is Reason.PRE_REGISTRATION_DAMAGED


def test_a_withdrawal_that_comes_first_stays(staffed: Staffed) -> None:
    record = fresh()
    staffed.office.store.write(lambda tx: keep_withdrawn(tx, record.number, at=clock.now()))
    assert look_up(staffed.office, record.number).state is State.WITHDRAWN


def test_whose_time_is_over_is_forgotten(staffed: Staffed) -> None:
    record = arrived(staffed, expires=today() - timedelta(days=1))
    staffed.office.store.write(lambda tx: forget_expired(tx, today()))
    held = staffed.office.store.read(lambda c: pre_registration(c, record.number))
    assert held is not None
    assert (held.record, held.expires) == (None, record.expires)
    assert refusal(staffed, record.number).reason is Reason.PRE_REGISTRATION_EXPIRED


def test_what_the_form_does_not_know_is_left_out_by_name(staffed: Staffed) -> None:
    said = dict(SAID, sex="X", guardian_name_lo="ສົມສີ", village="Ban Phonsavanh")
    opened = open_pre_registration(staffed.office, staffed.clerk, arrived(staffed, said=said).number)
    assert set(opened.left_out) == {"sex", "guardian_name_lo"}
    shown = view(staffed.office, opened.application_id)
    assert "sex" not in shown.fields
    assert shown.faults["village"] == "not-lao", "shown at the field for the clerk to mend"


def test_people_who_are_here_already_are_named_before_opening(staffed: Staffed) -> None:
    office, clerk = staffed.office, staffed.clerk
    said = dict(SAID, given_name_lo="ຄຳພອນ", given_name_latin="Khamphone", birth_date="1971-05-06")
    before = steps.start(office, clerk)
    steps.save_draft(office, clerk, before, {**FIELDS, **said}).result(10)
    found = look_up(office, arrived(staffed, said=said).number)
    assert before in {one.hit.application_id for one in found.likely}


def test_whoever_comes_today(staffed: Staffed) -> None:
    coming = arrived(staffed, appointment=today())
    arrived(staffed, appointment=today() + timedelta(days=1))
    assert [one.number for one in expected_today(staffed.office)] == [coming.number]
    open_pre_registration(staffed.office, staffed.clerk, coming.number)
    assert expected_today(staffed.office) == ()


def test_only_who_captures_opens(staffed: Staffed) -> None:
    record = arrived(staffed)
    with pytest.raises(Refused) as caught:
        open_pre_registration(staffed.office, staffed.administrator, record.number)
    assert caught.value.reason is Reason.ROLE_NOT_ALLOWED
    assert look_up(staffed.office, record.number).state is State.READY


def test_the_trail_names_number_and_origin_and_nothing_said(staffed: Staffed) -> None:
    record = arrived(staffed)
    opened = open_pre_registration(staffed.office, staffed.clerk, record.number)
    trail = select(tables.audit.c.facts).where(tables.audit.c.object_id == opened.application_id)
    said = b" ".join(staffed.office.store.read(lambda c: c.execute(trail).scalars().all())).decode()
    assert record.number in said
    assert SAID["surname_latin"] not in said


def test_a_code_is_read_from_a_picture() -> None:
    text = to_code(pre_registered(), whole=True)
    image = np.array(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, zxingcpp.QRCode), scale=4))
    picture = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
    turned = cv2.warpAffine(
        cv2.copyMakeBorder(picture, 60, 60, 60, 60, cv2.BORDER_CONSTANT, value=(255, 255, 255)),
        cv2.getRotationMatrix2D((300, 300), 9, 1.0),
        (700, 700),
        borderValue=(255, 255, 255),
    )
    assert codes_in(np.asarray(turned, np.uint8)) == (text,)
    assert codes_in(np.zeros((200, 200, 3), np.uint8)) == ()
