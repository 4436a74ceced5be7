"""Search over real verbs: whatever is known of a person finds her, by Lao, Latin, sound, misspelling or number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.offices import FIELDS, Staffed, staffed_office
from workstation import clock
from workstation.database.search_bulk import rebuild
from workstation.domain.stages import Stage
from workstation.workflow.intake.steps import complete, save_draft, start
from workstation.workflow.search.duplicates import duplicates
from workstation.workflow.search.find import Hit, search
from workstation.workflow.search.judgement import How

BOUNMY = {
    **FIELDS,
    "honorific": "ທ້າວ",
    "given_name_lo": "ບຸນມີ",
    "given_name_latin": "Bounmy",
    "surname_lo": "ແກ້ວມະນີ",
    "surname_latin": "Keomany",
    "sex": "M",
    "birth_date": "1980-01-02",
    "telephone": "030 987 6543",
    "household_number": "99-0001",
    "village": "ດົງໂດກ",
}


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    """SOUDAVANH and BOUNMY completed, a draft of a third person who is only half typed."""
    with staffed_office(tmp_path_factory.mktemp("search") / "office") as made:
        for fields in (FIELDS, BOUNMY):
            application_id = start(made.office, made.clerk)
            save_draft(made.office, made.clerk, application_id, fields).result(20)
            complete(made.office, made.clerk, application_id)
        draft = start(made.office, made.clerk)
        save_draft(made.office, made.clerk, draft, {"given_name_lo": "ວິໄລ", "surname_lo": "ສີສຸກ"}).result(20)
        yield made


def found(staffed: Staffed, text: str) -> tuple[Hit, ...]:
    return search(staffed.office, staffed.clerk, text)


@pytest.mark.parametrize(
    ("text", "given", "how"),
    [
        ("ສຸດາວັນ", "ສຸດາວັນ", How.EXACT),
        ("ສຸດາ", "ສຸດາວັນ", How.PREFIX),
        ("ພົມມະຈັນ ສຸດາວັນ", "ສຸດາວັນ", How.EXACT),
        ("ພົມ ສຸ", "ສຸດາວັນ", How.PREFIX),
        ("ສຸດາວັນພົມມະຈັນ", "ສຸດາວັນ", How.EXACT),
        ("ສູດາວັນ", "ສຸດາວັນ", How.EXACT),  # a long vowel for a short one folds away
        ("soudavanh", "ສຸດາວັນ", How.EXACT),
        ("Sudavan", "ສຸດາວັນ", How.SOUND),
        ("phomachan", "ສຸດາວັນ", How.SOUND),
        ("ບຸນມີ Keomany", "ບຸນມີ", How.EXACT),
        ("ປຸນມີ", "ບຸນມີ", How.SPELLING),
        ("Keomzny", "ບຸນມີ", How.SPELLING),
        ("ວມະນ", "ບຸນມີ", How.PART),
        ("17/3/1994", "ສຸດາວັນ", How.EXACT),
        ("໑໗/໓/໑໙໙໔", "ສຸດາວັນ", How.EXACT),
        ("17 3 1994", "ສຸດາວັນ", How.EXACT),
        ("3/1994 ສຸດາ", "ສຸດາວັນ", How.PREFIX),
        ("keomany 1980", "ບຸນມີ", How.PREFIX),
        ("020 5555 0142", "ສຸດາວັນ", How.EXACT),
        ("+856 20 55550142", "ສຸດາວັນ", How.EXACT),
        ("55550142", "ສຸດາວັນ", How.PART),
        ("030-987-6543", "ບຸນມີ", How.EXACT),
        ("99-0001", "ບຸນມີ", How.EXACT),
        ("ດົງໂດກ", "ບຸນມີ", How.EXACT),
        ("ນາງ ສຸດາວັນ", "ສຸດາວັນ", How.EXACT),  # an honorific is no name
    ],
)
def test_finds_by(staffed: Staffed, text: str, given: str, how: How) -> None:
    hits = found(staffed, text)
    assert hits, "nobody"
    assert hits[0].name_lo.split()[0] == given
    assert hits[0].how is how


@pytest.mark.parametrize(
    "text", ["", "  ", "ກກກກ", "ສຸດາວັນ 18/3/1994", "ສຸດາວັນ Keomany", "😀", "\u200b", "%", "_", "' OR 1=1 --"]
)
def test_finds_nobody(staffed: Staffed, text: str) -> None:
    assert found(staffed, text) == ()


def test_never_fails_on_what_a_clipboard_brings(staffed: Staffed) -> None:
    for text in (
        "ສ" * 500,
        "a\tb\nc",
        "1/1/1 " * 60,
        "\x00",
        "ໆໆ ຯ",
        "12-",
        "٣٤",
        "(((",
        '"',
        "*",
        "a" * 199 + " ສ",
    ):
        found(staffed, text)


def test_a_number_finds_at_once_and_a_draft_by_its_names(staffed: Staffed) -> None:
    application_id = start(staffed.office, staffed.clerk)
    newest = max(hit.number for hit in found(staffed, "VTE-S1"))
    assert [hit.number for hit in found(staffed, newest)] == [newest]
    assert [hit.number for hit in found(staffed, newest.lower().replace("-", ""))] == [newest]
    save_draft(staffed.office, staffed.clerk, application_id, {"given_name_lo": "ຄຳສິງ"}).result(20)
    hit = found(staffed, "ຄຳສິງ")[0]
    assert (hit.application_id, hit.stage) == (application_id, Stage.INTAKE)
    save_draft(staffed.office, staffed.clerk, application_id, {"given_name_lo": "ໄພວັນ"}).result(20)
    assert found(staffed, "ຄຳສິງ") == ()
    assert found(staffed, "ໄພວັນ")[0].application_id == application_id


def test_narrowed_by_stage_and_day(staffed: Staffed) -> None:
    office, clerk = staffed.office, staffed.clerk
    today = clock.office_day(clock.now())
    assert [hit.stage for hit in search(office, clerk, "ສຸດາວັນ", stage=Stage.PHOTO)] == [Stage.PHOTO]
    assert search(office, clerk, "ສຸດາວັນ", stage=Stage.REVIEW) == ()
    assert len(search(office, clerk, "ສຸດາວັນ", day=today)) == 1
    assert search(office, clerk, "ສຸດາວັນ", day=today - timedelta(days=1)) == ()


def test_the_index_made_anew_answers_the_same(staffed: Staffed) -> None:
    asked = ("ສຸດາວັນ", "keomany", "ວິໄລ", "55550142", "Keomzny")
    before = [[hit.application_id for hit in found(staffed, text)] for text in asked]
    staffed.office.store.write(rebuild)
    assert [[hit.application_id for hit in found(staffed, text)] for text in asked] == before


def test_duplicates_tell_what_agrees_and_what_differs(staffed: Staffed) -> None:
    likely = duplicates(staffed.office, {**FIELDS, "surname_lo": "ພົມມະຈັນ", "telephone": "020 1111 2222"})
    assert len(likely) == 1
    assert {"name_lo", "birth_date", "household_number"} <= set(likely[0].agrees)
    assert likely[0].differs == ("telephone",)
    sounds = duplicates(
        staffed.office,
        {"given_name_latin": "Sudavan", "surname_latin": "Phomachan", "birth_date": "1994-03-17"},
    )
    assert [one.alike for one in sounds] == [("name_latin",)]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"birth_date": "1994-03-17"},
        {"given_name_lo": "ສຸດາວັນ", "surname_lo": "ພົມມະຈັນ"},
        {"household_number": "12-0457"},
        {**FIELDS, "birth_date": "1990-01-01", "sex": "M", "household_number": "1", "telephone": ""},
    ],
)
def test_one_thing_in_common_is_nobody(staffed: Staffed, fields: dict[str, str]) -> None:
    assert duplicates(staffed.office, fields) == ()


def test_an_application_is_no_duplicate_of_itself(staffed: Staffed) -> None:
    own = found(staffed, "ສຸດາວັນ")[0].application_id
    assert duplicates(staffed.office, FIELDS, without=own) == ()
