"""Layouts in the office: brought in by hand, used for the next card, and old cards drawn again as they were."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from printing.errors import LayoutError
from printing.preview import rasterise
from printing.render import render_card
from printing.specification import built_in_layout
from tests.layouts import KEY_ID, NAME, PUBLIC, newer, signed
from tests.ui.stages.counter_office import APPLICANT, Counter
from workstation import clock
from workstation.database import Connection, feed
from workstation.database.card_jobs import card_job_of
from workstation.domain.card import CardState
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.interchange.signed_layout import to_file
from workstation.workflow.intake import steps as intake
from workstation.workflow.intake import view as intake_view
from workstation.workflow.intake.card_room import unfit
from workstation.workflow.layouts.held import (
    bring_in_layout,
    document_of,
    layout_at,
    layout_of_card,
    layouts_of_office,
)
from workstation.workflow.office import SignedIn
from workstation.workflow.print import steps as printing
from workstation.workflow.print.card import card_content
from workstation.workflow.sign_in import sign_in

PASSWORD = "a long enough password"


@pytest.fixture
def administrator(counter: Counter) -> SignedIn:
    def pin(tx: Connection) -> None:
        if KEY_ID not in feed.card_signer_keys(tx):
            feed.pin_card_signer(tx, KEY_ID, PUBLIC, at=clock.now())

    counter.office.store.write(pin)
    return sign_in(counter.office, "admin", PASSWORD)


def newest(counter: Counter) -> int:
    """The office outlives a test of this file, and so do its layouts."""
    return layout_at(counter.office, NAME).version


def at_print(counter: Counter) -> str:
    application_id = counter.at_decision()
    counter.decide(application_id)
    return application_id


def test_an_old_card_is_the_same_bytes_after_a_new_layout_came_in_force(
    counter: Counter, administrator: SignedIn
) -> None:
    office = counter.office
    old, new = at_print(counter), at_print(counter)
    printed = printing.prepare(office, counter.clerk, old)
    before = newest(counter)
    bring_in_layout(office, administrator, to_file(signed(newer(before + 1, colour="#7A0000"))))
    later = printing.prepare(office, counter.clerk, new)
    jobs = [office.store.read(lambda c, a=a: card_job_of(c, a)) for a in (old, new)]  # type: ignore[misc]  # mypy infers no type for a defaulted lambda parameter
    assert [job.layout for job in jobs if job is not None] == [f"{NAME}@{before}", f"{NAME}@{before + 1}"]
    for application_id, version, pdf in ((old, before, printed.pdf), (new, before + 1, later.pdf)):
        layout = layout_of_card(office, application_id)
        assert layout.version == version
        content = office.store.read(lambda c, a=application_id: card_content(c, office, a))  # type: ignore[misc]  # as above
        again = render_card(layout, content)
        assert hashlib.sha256(again).hexdigest() == hashlib.sha256(pdf).hexdigest()
    other = office.store.read(lambda c: card_content(c, office, old))
    assert render_card(layout_of_card(office, new), other) != printed.pdf


def test_the_preview_shows_the_blank_and_the_printer_never_gets_it(counter: Counter) -> None:
    application_id = at_print(counter)
    shown = printing.prepare(counter.office, counter.clerk, application_id)
    assert shown.state is CardState.QUEUED
    corner = rasterise(shown.pdf, 0, 100)[2, 2]
    assert corner.tolist() == [255, 255, 255]
    with Image.open(BytesIO(shown.front_png)) as picture:
        assert picture.size == (1012, 638)
        assert picture.convert("RGB").getpixel((6, 6)) != (255, 255, 255)


def test_a_layout_file_is_refused_by_name(counter: Counter, administrator: SignedIn) -> None:
    version = newest(counter) + 1
    good = to_file(signed(newer(version)))
    for content, place in (
        (b"", "not-json"),
        (b"[]", "not-json"),
        (good[:-9], "not-json"),
        (b"{}", "layout"),
    ):
        with pytest.raises(Refused) as caught:
            bring_in_layout(counter.office, administrator, content)
        assert caught.value.reason is Reason.LAYOUT_FILE_DAMAGED
        assert caught.value.facts["place"] == place
    with pytest.raises(LayoutError):
        bring_in_layout(counter.office, administrator, to_file(signed(newer(version), name="other")))
    with pytest.raises(Refused) as caught:
        bring_in_layout(counter.office, counter.clerk, good)
    assert caught.value.reason is Reason.ROLE_NOT_ALLOWED
    assert bring_in_layout(counter.office, administrator, good).version == version
    held = layouts_of_office(counter.office)
    assert (held.used, held.refused) == (NAME, ())
    assert {(one.name, one.version): one.origin for one in held.layouts}[NAME, version] == "registry"
    assert document_of(counter.office, NAME, version) == newer(version)
    assert layout_at(counter.office, NAME).version == version
    assert layout_at(counter.office, NAME, clock.now() - timedelta(hours=1)).version == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"surname_lo": "ພົມມະຈັນທະວົງສາ" * 6}, {"given_name_lo": "does-not-fit", "surname_lo": "does-not-fit"}),
        (
            {"surname_latin": "Phommachanthavongsa " * 4},
            {"given_name_latin": "does-not-fit", "surname_latin": "does-not-fit"},
        ),
        ({"village": "ໂພນສີນວນ" * 9}, {"village": "does-not-fit"}),
    ],
)
def test_what_has_no_room_on_the_card_is_refused_at_intake(
    counter: Counter, fields: dict[str, str], code: dict[str, str]
) -> None:
    application_id = counter.at_intake(**{**APPLICANT, **fields})
    assert intake_view.view(counter.office, application_id).faults == code
    with pytest.raises(Refused) as caught:
        intake.complete(counter.office, counter.clerk, application_id)
    assert (caught.value.reason, caught.value.facts) == (Reason.NAME_DOES_NOT_FIT, code)
    assert counter.stage(application_id) is Stage.INTAKE


def test_a_letter_that_the_cards_font_lacks_is_named_at_its_field() -> None:
    """Phetsarath OT has no letters for Pali."""
    fields = {
        "village": "ໂພນ\u0e86",
        "given_name_lo": "ຄຳ",
        "surname_lo": "\u0e86ວົງ",
        "surname_latin": "Vong",
    }
    assert unfit(built_in_layout(NAME), fields) == {}
    assert unfit(built_in_layout("national-id-phetsarath"), fields) == {
        "village": "no-glyph",
        "surname_lo": "no-glyph",
    }


def test_the_longest_real_names_fit(counter: Counter) -> None:
    longest = {
        "given_name_lo": "ສີສະຫວັນເພັດ ມະນີວັນ",
        "surname_lo": "ແກ້ວບຸນພັນ ພົມມະຈັນທະວົງສາ",
        "surname_latin": "O'Brien-Nguyễn",
    }
    application_id = counter.at_intake(**{**APPLICANT, **longest})
    assert intake_view.view(counter.office, application_id).faults == {}
