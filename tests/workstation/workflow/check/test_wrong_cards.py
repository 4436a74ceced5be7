"""Cards that are not the record's, and pictures that are none: each is named, the card is held, nothing is lost."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from numpy.typing import NDArray

from printing.content import CardContent
from printing.preview import rasterise
from printing.render import render_card
from printing.specification import CardLayout
from tests.offices import FIELDS, Staffed, at_their_desks, staffed_office
from tests.ui.stages.photo.counter import (
    DOCUMENT_NUMBER,
    IDENTITY_NUMBER,
    SIGNER,
    SIGNER_ID,
    application_at,
    portrait_jpeg,
    signed_code,
)
from tests.workstation.card_reading.faces import face
from tests.workstation.card_reading.photographs import Shot, photograph
from workstation.database import Connection
from workstation.database.audit import audit_of
from workstation.database.card_checks import card_checks_of
from workstation.database.card_jobs import CardJob
from workstation.database.layouts import layout_of_label
from workstation.domain.audit import AuditTag
from workstation.domain.card import CardState
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.travel_documents.card_signature import sign_card
from workstation.travel_documents.claims import CardClaims
from workstation.travel_documents.mrz import read_td1
from workstation.workflow.check import steps
from workstation.workflow.check.view import CheckView, Source, Standing
from workstation.workflow.header import header
from workstation.workflow.office import SignedIn
from workstation.workflow.print.card import card_content
from workstation.workflow.print.view import require_job

Picture = NDArray[np.uint8]
SHOT = Shot(turn=3.0, tilt=4.0, fill=0.8, size=(1280, 820))


@dataclass(frozen=True)
class Tray:
    """A printed card that waits for its check, and what is printed on it."""

    staffed: Staffed
    application: str
    layout: CardLayout
    content: CardContent

    def card(self, **changes: object) -> tuple[Picture, Picture]:
        """Front and back with `changes` of the content, as a scanner cuts them out."""
        pdf = render_card(self.layout, replace(self.content, **changes))  # type: ignore[arg-type]  # its fields
        front, back = (np.ascontiguousarray(rasterise(pdf, page, 300)[:, :, ::-1]) for page in (0, 1))
        return front, back

    def read(self, who: SignedIn, *pictures: Picture) -> CheckView:
        return steps.read_card(self.staffed.office, who, self.application, pictures)

    def kept(self) -> list[bool]:
        """Whether each reading that is kept agreed."""
        office = self.staffed.office

        def query(connection: Connection) -> list[bool]:
            return [check.agrees for check in card_checks_of(connection, self.job(connection).id)]

        return office.store.read(query)

    def job(self, connection: Connection) -> CardJob:
        return require_job(connection, self.application)


@pytest.fixture(scope="module")
def staffed() -> Iterator[Staffed]:
    with (
        tempfile.TemporaryDirectory(prefix="tray-") as folder,
        staffed_office(Path(folder) / "data") as office,
    ):
        yield office


@pytest.fixture(scope="module")
def tray(staffed: Staffed) -> Tray:
    application, office = application_at(staffed, Stage.CHECK), staffed.office

    def query(connection: Connection) -> tuple[CardLayout, CardContent]:
        layout = layout_of_label(connection, require_job(connection, application).layout)
        return layout, card_content(connection, office, application)

    return Tray(at_their_desks(staffed), application, *office.store.read(query))


def own_claims() -> CardClaims:
    return CardClaims(
        id=IDENTITY_NUMBER,
        full_name=f"{FIELDS['given_name_latin']} {FIELDS['surname_latin']}",
        secondary_full_name=f"{FIELDS['given_name_lo']} {FIELDS['surname_lo']}",
        date_of_birth=FIELDS["birth_date"].replace("-", ""),
        gender=2,
        document_number=DOCUMENT_NUMBER,
        face_hash=hashlib.sha256(portrait_jpeg()).digest(),
    )


def code_of(key: Ed25519PrivateKey = SIGNER, key_id: bytes = SIGNER_ID, until: int = 2099) -> str:
    """This very card's code, by another key, another key's name, or over by another year."""
    issued = datetime(2020, 1, 15, tzinfo=UTC)
    return sign_card(own_claims(), key, key_id, "LAO-CMGD", issued, issued, datetime(until, 1, 1, tzinfo=UTC))


FORGER = Ed25519PrivateKey.from_private_bytes(bytes(32))


def other_zone(tray: Tray) -> tuple[str, str, str]:
    """A zone whose check digits hold, of somebody who was born on another day."""
    return replace(read_td1("".join(tray.content.mrz)), birth="800229").lines()


PRINT, CODE, ZONE, BARCODE = Source.PRINT, Source.CODE, Source.ZONE, Source.BARCODE
WRONG: dict[str, tuple[Callable[[Tray], dict[str, object]], set[tuple[str, Source]], str]] = {
    "code of another person": (
        lambda _: {"qr": signed_code("019999999999999", b"another face")},
        {("identity_number", CODE), ("portrait", CODE)},
        "",
    ),
    "a code that is a web address": (
        lambda _: {"qr": "HTTPS://CARDS.EXAMPLE/VERIFY/LA0000017"},
        {("signature", CODE)},
        "bad-base45",
    ),
    "forged signature": (lambda _: {"qr": code_of(FORGER)}, {("signature", CODE)}, "bad-signature"),
    "unknown key": (lambda _: {"qr": code_of(key_id=b"tests-99")}, {("signature", CODE)}, "unknown-key"),
    "expired": (lambda _: {"qr": code_of(until=2024)}, {("signature", CODE)}, "expired"),
    "barcode of another card": (
        lambda _: {"document_number": "LA0000018"},
        {("document_number", BARCODE), ("document_number", PRINT)},
        "",
    ),
    "zone of another person": (
        lambda tray: {"mrz": other_zone(tray)},
        {("birth_date", ZONE)},
        "800229",
    ),
    "portrait of another person": (
        lambda _: {"portrait": face(4)},
        {("portrait", PRINT), ("ghost", PRINT)},
        "",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_card_is_named_and_held(tray: Tray, name: str) -> None:
    changes, wrong, found = WRONG[name]
    before = tray.kept()
    # A supervisor, who may read a card on that is held already.
    shown = tray.read(tray.staffed.supervisor, *tray.card(**changes(tray)))
    assert {(item.name, item.source) for item in shown.items if not item.agrees} == wrong
    assert all(item.agrees is False for item in shown.items if not item.agrees)
    if found:
        assert found in {item.found for item in shown.items if not item.agrees}
    assert shown.standing in (Standing.READ_AGAIN, Standing.HELD)
    assert tray.kept() == [*before, False]
    with pytest.raises(Refused) as refusal:
        steps.complete(tray.staffed.office, tray.staffed.supervisor, tray.application)
    assert refusal.value.reason in (Reason.CARD_HELD, Reason.CARD_MISMATCH)
    assert tray.staffed.office.store.read(tray.job).state is CardState.PRINTED


def test_the_second_failure_holds_the_card_and_every_reading_is_kept(tray: Tray) -> None:
    office, clerk, supervisor = tray.staffed.office, tray.staffed.clerk, tray.staffed.supervisor
    good, bad = tray.card(), tray.card(qr=code_of(FORGER))
    assert tray.read(supervisor, *good).standing is Standing.AGREES
    before = tray.kept()
    assert tray.read(clerk, *bad).standing is Standing.READ_AGAIN
    assert tray.read(clerk, *bad).standing is Standing.HELD
    with pytest.raises(Refused) as refusal:
        tray.read(clerk, *good)
    assert refusal.value.reason is Reason.CARD_HELD
    turned = [np.ascontiguousarray(side[::-1, ::-1]) for side in reversed(good)]
    assert tray.read(supervisor, *turned).standing is Standing.AGREES
    assert tray.kept() == [*before, False, False, True]
    tags = [
        entry.tag for entry in office.store.read(lambda connection: audit_of(connection, tray.application))
    ]
    assert tags[-3:] == [AuditTag.CARD_CHECK_FAILED, AuditTag.CARD_CHECK_FAILED, AuditTag.CARD_CHECKED]
    assert header(office, tray.application).stage is Stage.CHECK


def taken(side: Picture, shot: Shot, *others: tuple[Picture, Shot]) -> Picture:
    return photograph(side, shot, *others)


POOR: dict[str, tuple[Callable[[Picture, Picture], tuple[Picture, Picture]], Reason]] = {
    "dark": (
        lambda front, back: (front, taken(back, replace(SHOT, gain=0.06))),
        Reason.CARD_PICTURE_DARK,
    ),
    "blurred": (
        lambda front, back: (taken(front, replace(SHOT, blur=6.0)), taken(back, SHOT)),
        Reason.CARD_PICTURE_BLURRED,
    ),
    "glare": (
        lambda front, back: (
            taken(front, replace(SHOT, glare=0.12, glare_at=(0.45, 0.5))),
            taken(back, SHOT),
        ),
        Reason.CARD_PICTURE_GLARE,
    ),
    "partly outside": (
        lambda front, back: (front, taken(back, replace(SHOT, aside=(0.3, 0.0)))),
        Reason.CARD_PARTLY_OUTSIDE,
    ),
    "two cards": (
        lambda front, back: (
            front,
            taken(
                back,
                Shot(size=(1600, 1200), fill=0.4, aside=(-0.22, -0.2)),
                (front, Shot(size=(1600, 1200), fill=0.4, aside=(0.22, 0.2))),
            ),
        ),
        Reason.CARDS_TOGETHER,
    ),
    "too far": (lambda front, back: (front, taken(back, replace(SHOT, fill=0.25))), Reason.CARD_TOO_FAR),
    "no card": (lambda front, back: (front, np.full_like(back, 120)[:400]), Reason.CARD_NOT_SEEN),
    "an empty card": (
        lambda front, back: (front, taken(np.full_like(back, 240), SHOT)),
        Reason.CARD_SIDE_UNKNOWN,
    ),
    "the front twice": (lambda front, back: (front, front), Reason.CARD_SIDES),
}


@pytest.mark.parametrize("name", POOR)
def test_a_picture_that_shows_no_card_blames_no_card(tray: Tray, name: str) -> None:
    make, reason = POOR[name]
    before = tray.kept()
    with pytest.raises(Refused) as refusal:
        tray.read(tray.staffed.supervisor, *make(*tray.card()))
    assert refusal.value.reason is reason
    assert tray.kept() == before
