"""The rules of the intake form: bad input is named at its field, and the seat rule holds."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import cache
from importlib.resources import files

import pytest

from tests.offices import DISTRICT, FIELDS, PROVINCE
from workstation.domain.form import Form
from workstation.domain.policy import Policy, read_policy
from workstation.domain.station import Station, Work
from workstation.interchange.form_specification import read_form
from workstation.travel_documents.transliteration import NotTransliterable, name_field
from workstation.workflow.intake.checks import faults, is_other_office, missing_documents, shortened_name
from workstation.workflow.intake.tidy import answered, judged

TODAY = date(2026, 11, 22)
POLICY: Policy = read_policy(files("resources").joinpath("policies", "training.json").read_bytes())


@cache
def _form(kind: str = "first_issue") -> Form:
    return read_form(files("resources").joinpath("forms", f"{kind}.json").read_bytes())


def _with(kind: str = "first_issue", **changes: str) -> dict[str, str]:
    return faults(_form(kind), FIELDS | changes, POLICY, TODAY)


def test_a_good_form_has_no_fault() -> None:
    assert _with() == {}


def test_a_single_name_and_a_year_of_birth_are_enough() -> None:
    assert _with(surname_lo="", surname_latin="", birth_date="1961", telephone="") == {}


@pytest.mark.parametrize(
    ("field", "text", "fault"),
    [
        ("given_name_lo", "", "missing"),
        ("given_name_lo", "   ", "missing"),
        ("given_name_lo", "Soudavanh", "not-lao"),
        ("given_name_lo", "ສຸດາ Soudavanh", "mixed-script"),
        ("given_name_lo", "ສຸດາ😀", "not-printable"),
        ("given_name_lo", "ສຸດາ 2", "strange-signs"),
        ("given_name_lo", "ສຸດາ@", "strange-signs"),
        ("given_name_lo", "ກ" * 121, "too-long"),
        ("given_name_lo", "ສຸດາ\x00", "control-characters"),
        ("given_name_latin", "ສຸດາ", "not-latin"),
        ("given_name_latin", "Sou ດ", "mixed-script"),
        ("given_name_latin", "Souda2", "strange-signs"),
        ("given_name_latin", "Soudə", "not-in-mrz"),
        ("surname_latin", "Ɓoupha", "not-in-mrz"),
        ("surname_latin", "-.'", "no-letters"),
        ("given_name_latin", "Sоudavanh", "mixed-script"),  # the o is Cyrillic
        ("birth_date", "1994-13-01", "not-a-date"),
        ("birth_date", "17/03/1994", "not-a-date"),
        ("birth_date", "2027", "in-the-future"),
        ("birth_date", "1850", "too-old"),
        ("sex", "X", "unknown-choice"),
        ("nationality", "THA", "unknown-choice"),
        ("ethnic_group", "51", "unknown-choice"),
        ("honorific", "Dr", "unknown-choice"),
        ("district_code", "9999", "unknown-choice"),
        ("telephone", "12", "not-a-telephone"),
        ("telephone", "020-555x", "not-a-telephone"),
        ("documents", "", "missing"),
        ("documents", "passport_copy", "document-missing"),
        ("documents", "household_book,library_card", "unknown-choice"),
        ("origin", "ລາວ 😀", "not-printable"),
        ("consent", "", "missing"),
        ("consent", "perhaps", "unknown-choice"),
        ("fee_paid", "", "missing"),
    ],
)
def test_each_fault_is_named_at_its_field(field: str, text: str, fault: str) -> None:
    assert _with(**{field: text}) == {field: fault}


def test_every_latin_name_that_is_accepted_can_be_written_in_the_machine_readable_zone() -> None:
    accepted = refused = 0
    for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)):
        if not unicodedata.name(chr(code), "").startswith("LATIN "):
            continue
        name = f"S{chr(code)}da"
        if _with(given_name_latin=name).get("given_name_latin"):
            refused += 1
            with pytest.raises(NotTransliterable):
                name_field("PHOMMACHANH", name)
        else:
            accepted += 1
            assert len(name_field("PHOMMACHANH", name)) == 30
    assert accepted > 300
    assert refused > 50


def test_a_name_too_long_for_the_zone_is_told_and_not_refused() -> None:
    long = {"surname_latin": "Phommachanhthavong Sisavangvong", "given_name_latin": "Soudavanh"}
    assert _with(**long) == {}
    assert shortened_name(FIELDS | long) == "PHOMMACHANHTHAVONG<SISAVANG<<S"
    assert shortened_name(FIELDS) == ""
    assert shortened_name(FIELDS | {"surname_latin": "", "given_name_latin": "A" * 30}) == ""
    assert shortened_name(FIELDS | {"surname_latin": "", "given_name_latin": "A" * 31}) == "A" * 30
    assert shortened_name({}) == ""
    assert shortened_name(FIELDS | {"surname_latin": "ພົມມະຈັນ"}) == "", "the fault at the field says it"


def test_a_district_belongs_to_its_province() -> None:
    assert _with(province_code="02") == {"district_code": "unknown-choice"}
    assert _with(province_code="99") == {"province_code": "unknown-choice", "district_code": "unknown-choice"}


def _station(district: str) -> Station:
    return Station("id", "VTE", "S1", "office", PROVINCE, district, Work.TRAINING)


@pytest.mark.parametrize(
    ("office_district", "province", "district", "other"),
    [
        (DISTRICT, PROVINCE, DISTRICT, False),
        (DISTRICT, PROVINCE, "0102", True),
        (DISTRICT, "02", "0201", True),
        (DISTRICT, "", "", False),
        (DISTRICT, PROVINCE, "", False),
        ("", PROVINCE, "0102", False),  # a provincial office serves its province
        ("", "02", "0201", True),
    ],
)
def test_the_seat_rule(office_district: str, province: str, district: str, other: bool) -> None:
    household = {"province_code": province, "district_code": district}
    assert is_other_office(household, POLICY, _station(office_district)) is other


def test_what_a_clipboard_brings_is_named_or_made_tidy() -> None:
    def both(text: str) -> tuple[str, str | None]:
        fields, found = judged(_form(), FIELDS | {"given_name_lo": text}, POLICY, TODAY)
        return fields.get("given_name_lo", ""), found.get("given_name_lo")

    assert both("ສຸດາ\u200bວັນ") == ("ສຸດາວັນ", None)
    assert both("  ສຸດາ\u00a0\u00a0ວັນ\n") == ("ສຸດາ ວັນ", None)
    assert both("ສຸດາ\x00ວັນ") == ("ສຸດາວັນ", None)
    assert both("ສຸດາ\tພົມມະຈັນ")[1] == "pasted-table"
    assert both("ສຸດາ\nພົມມະຈັນ")[1] == "pasted-table"
    assert both("ຫນ" * 100)[1] == "too-long"
    assert both("ນ\u0ec9\u0eb3") == both("ນ\u0eb3\u0ec9"), "marks in the wrong order are put in order"


def test_a_child_has_a_guardian_and_a_birth_certificate() -> None:
    child = {"birth_date": "2024-05-01", "documents": "household_book"}
    found = _with(**child)
    assert found == {
        "guardian_name_lo": "missing",
        "guardian_relation": "missing",
        "documents": "document-missing",
    }
    assert missing_documents(_form(), FIELDS | child, POLICY, TODAY) == (
        "birth_certificate",
        "guardian_identity_card",
    )
    assert "guardian_name_lo" not in _with(birth_date="2011-11-22"), "fifteen today"
    assert "guardian_name_lo" in _with(birth_date="2011-11-23"), "fifteen tomorrow"
    assert "guardian_name_lo" in _with(birth_date="2011"), "fifteen is not certain"


def test_a_stolen_card_needs_the_report_of_the_police() -> None:
    stolen = {"replacement_reason": "stolen", "loss_date": "2026-11-01"}
    assert _with("replacement") == {"replacement_reason": "missing"}
    assert _with("replacement", **stolen) == {"documents": "document-missing"}
    assert _with("replacement", **stolen, documents="household_book,police_report") == {}
    stolen |= {"documents": "household_book,police_report", "loss_date": "2026-11-23"}
    assert _with("replacement", **stolen) == {"loss_date": "in-the-future"}


def test_a_mistake_of_the_office_costs_nothing() -> None:
    corrected = {
        "correction_subject": "name",
        "correction_note": "ສຸດາວັນ",
        "old_document_number": "01-0000123",
        "documents": "household_book,evidence",
        "fee_paid": "",
    }
    assert _with("correction", **corrected, correction_cause="office") == {}
    assert _with("correction", **corrected, correction_cause="applicant") == {"fee_paid": "missing"}


def test_a_hidden_field_has_no_fault_and_no_answer() -> None:
    fields = FIELDS | {"guardian_name_lo": "Not Lao", "given_name_latin_source": "proposed"}
    assert faults(_form(), fields, POLICY, TODAY) == {}
    kept = answered(_form(), fields, TODAY)
    assert "guardian_name_lo" not in kept
    assert kept["given_name_latin_source"] == "proposed"
    assert kept["surname_latin"] == FIELDS["surname_latin"]
