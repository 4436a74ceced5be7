"""The day to come back: counted by the application's own policy, said while it is awaited, on both slips."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pypdfium2
import pytest

from tests.offices import FIELDS, Staffed, staffed_office
from ui.language import set_language
from ui.search.words import ready_sentence
from workstation import clock
from workstation.database import Connection
from workstation.database.policies import add_policy
from workstation.domain.stages import Stage
from workstation.lao.dates import MONTHS_EN, MONTHS_LO
from workstation.workflow.header import header
from workstation.workflow.intake import steps
from workstation.workflow.intake.slip import application_slip
from workstation.workflow.search.answer import answer, return_slip


@pytest.fixture
def staffed(data_folder: Path) -> Iterator[Staffed]:
    with staffed_office(data_folder) as people:
        yield people
    set_language("en")


def _policy(staffed: Staffed, days: int | None, *holidays: date) -> None:
    data = json.loads(files("resources").joinpath("policies", "training.json").read_bytes())
    data |= {"name": "test", "return_after_days": days, "holidays": [str(day) for day in holidays]}

    def put(tx: Connection) -> None:
        add_policy(tx, json.dumps(data).encode(), at=clock.now())

    staffed.office.store.write(put)


def _begun(staffed: Staffed) -> str:
    application_id = steps.start(staffed.office, staffed.clerk)
    steps.save_draft(staffed.office, staffed.clerk, application_id, FIELDS).result(10)
    steps.complete(staffed.office, staffed.clerk, application_id)
    return application_id


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


def _next_working(day: date) -> date:
    day += timedelta(days=1)
    return day if day.isoweekday() <= 5 else _next_working(day)


def test_the_day_stands_in_the_header_in_the_answer_and_on_both_slips(staffed: Staffed) -> None:
    today = clock.office_day(clock.now())
    holiday = _next_working(today)
    _policy(staffed, 1, holiday)
    application_id = _begun(staffed)
    back = _next_working(holiday)
    assert header(staffed.office, application_id).come_back == back
    found = answer(staffed.office, application_id)
    assert found.come_back == back
    for spoken, months in (("en", MONTHS_EN), ("lo", MONTHS_LO)):
        set_language(spoken)
        assert f"{back.day} {months[back.month - 1]} {back.year}" in ready_sentence(found)
    set_language("en")
    for pdf in (
        application_slip(staffed.office, application_id),
        return_slip(staffed.office, application_id, today),
    ):
        assert pdf.startswith(b"%PDF")
        assert f"{back.day} {MONTHS_EN[back.month - 1]} {back.year} ({back:%d/%m/%Y})" in _text(pdf)


def test_a_day_that_passed_is_not_promised_again(staffed: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    set_language("en")
    _policy(staffed, 2)
    application_id = _begun(staffed)
    found = answer(staffed.office, application_id)
    assert found.come_back is not None
    assert "was told to come back on" in ready_sentence(found)
    later = clock.now() + timedelta(days=9)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "that day has passed" in ready_sentence(answer(staffed.office, application_id))


def test_where_no_day_is_published_none_is_promised(staffed: Staffed) -> None:
    set_language("en")
    _policy(staffed, None)
    application_id = _begun(staffed)
    found = answer(staffed.office, application_id)
    assert found.come_back is None
    assert "No day can be promised." in ready_sentence(found)
    assert "Come back" not in _text(application_slip(staffed.office, application_id))


def test_who_has_withdrawn_waits_for_no_day(staffed: Staffed) -> None:
    application_id = _begun(staffed)
    assert header(staffed.office, application_id).come_back is not None
    steps.withdraw(staffed.office, staffed.clerk, application_id, "asked for it")
    assert header(staffed.office, application_id).stage is Stage.WITHDRAWN
    assert header(staffed.office, application_id).come_back is None
