"""A signature on its way: taken and taken again, named as impossible, looked at, sent, printed, kept and deleted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from importlib.resources import files
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from sqlalchemy import update

from printing.preview import rasterise
from printing.render import render_card
from printing.specification import built_in_layout
from tests.offices import FIELDS, PASSWORD, SUPERVISOR, Staffed, staffed_office
from ui.demo.signature import drawn, signature
from workstation import clock
from workstation.database import Connection
from workstation.database.applications import keep_acceptance
from workstation.database.audit import audit_of
from workstation.database.blobs import get_blob, holds_blob, put_blob
from workstation.database.moves import capturers
from workstation.database.outbox import OutboxState, outbox_of, settle
from workstation.database.policies import add_policy
from workstation.database.portraits import add_portrait
from workstation.database.retention import delete_biometrics
from workstation.database.sealed import pin_sealing_key, sealed_part
from workstation.database.signatures import signature_of
from workstation.database.tables import applications, blobs
from workstation.domain.audit import AuditTag
from workstation.domain.defects import SIGNATURE_WRONG, NamedDefect
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.interchange import enrolment
from workstation.interchange.sealed_packet import new_registry_key, open_part, sealing_key_of
from workstation.workflow.fingerprints import steps as fingerprints
from workstation.workflow.fingerprints.view import view as fingerprints_view
from workstation.workflow.intake import steps as intake
from workstation.workflow.office import SignedIn
from workstation.workflow.photo import steps as photo
from workstation.workflow.print.card import card_content
from workstation.workflow.review import steps as review
from workstation.workflow.review import view as review_view
from workstation.workflow.sign_in import sign_in
from workstation.workflow.signature.picture import ink_alone
from workstation.workflow.signature.steps import note_cannot_sign, take_signature
from workstation.workflow.signature.view import SignatureView

pytestmark = pytest.mark.both_engines

FIRST, SECOND = drawn(signature(3)), drawn(signature(5))


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with staffed_office(tmp_path_factory.mktemp("signature") / "office") as staffed:
        # It ends with the office, so it begins with it: not in whichever test looks at the fingers first.
        staffed.office.analysis.warm_up()
        yield staffed


def at_fingerprints(staffed: Staffed, **changes: str) -> str:
    """An application whose two fingers are named as missing: only the signature is left to do."""
    office, clerk = staffed.office, staffed.clerk
    one = intake.start(office, clerk)
    intake.save_draft(office, clerk, one, {**FIELDS, **changes}).result(20)
    intake.complete(office, clerk, one)
    file = BytesIO()
    Image.new("RGB", (300, 384), (190, 200, 210)).save(file, "JPEG")

    def portrait(tx: Connection) -> None:
        picture = put_blob(tx, file.getvalue(), "image/jpeg")
        add_portrait(
            tx,
            one,
            original=picture,
            cropped=picture,
            width=300,
            height=384,
            report={"verdict": "green", "requirements": []},
            by=clerk.operator.id,
            at=clock.now(),
        )

    office.store.write(portrait)
    photo.complete(office, clerk, one)
    for position in fingerprints_view(office, one).required:
        fingerprints.mark_missing(office, clerk, one, position, "bandaged")
    return one


def signed(staffed: Staffed, who: SignedIn, one: str, png: bytes = FIRST) -> SignatureView:
    return take_signature(staffed.office, who, one, png)


def approved(staffed: Staffed, one: str) -> None:
    office, supervisor = staffed.office, sign_in(staffed.office, SUPERVISOR, PASSWORD)
    seen = review_view.view(office, supervisor, one)
    review.approve(office, supervisor, one, seen.header.version, {point.id for point in seen.points})


def refused(verb: object, *arguments: object) -> Reason:
    with pytest.raises(Refused) as refusal:
        verb(*arguments)  # type: ignore[operator]  # any verb
    return refusal.value.reason


def test_taken_and_taken_again_the_newest_counts(staffed: Staffed) -> None:
    office, one = staffed.office, at_fingerprints(staffed)
    assert fingerprints_view(office, one).signature == SignatureView(asked=True)
    first = signed(staffed, staffed.clerk, one)
    second = signed(staffed, staffed.other_clerk, one, SECOND)
    assert first.picture != second.picture
    assert fingerprints_view(office, one).signature == second
    assert staffed.other_clerk.operator.id in office.store.read(lambda c: capturers(c, one))
    tags = [entry.tag for entry in office.store.read(lambda c: audit_of(c, one))]
    assert tags.count(AuditTag.SIGNATURE_TAKEN) == 2
    assert refused(signed, staffed, staffed.clerk, one, b"no picture") is Reason.SIGNATURE_UNUSABLE
    assert fingerprints_view(office, one).signature == second


def test_who_cannot_sign_is_noted_with_the_reason(staffed: Staffed) -> None:
    office, clerk, one = staffed.office, staffed.clerk, at_fingerprints(staffed)
    assert refused(note_cannot_sign, office, clerk, one, "  ") is Reason.REASON_MISSING
    signed(staffed, clerk, one)
    noted = note_cannot_sign(office, clerk, one, "hand-injured: since May")
    assert (noted.picture, noted.unsigned_reason) == (None, "hand-injured: since May")
    fingerprints.complete(office, clerk, one)
    points = {point.id for point in review_view.view(office, staffed.supervisor, one).points}
    assert "signature" not in points
    entries = office.store.read(lambda c: audit_of(c, one))
    assert [entry.tag for entry in entries].count(AuditTag.SIGNATURE_ABSENT) == 1
    assert not any(b"May" in entry.facts for entry in entries)


def test_after_the_captures_it_is_not_changed_any_more(staffed: Staffed) -> None:
    office, clerk, one = staffed.office, staffed.clerk, at_fingerprints(staffed)
    kept = signed(staffed, clerk, one)
    fingerprints.complete(office, clerk, one)
    assert refused(signed, staffed, clerk, one, SECOND) is Reason.MOVE_NOT_ALLOWED
    assert refused(note_cannot_sign, office, clerk, one, "declines") is Reason.MOVE_NOT_ALLOWED
    assert fingerprints_view(office, one).signature == kept


def test_the_reviewer_returns_it_for_the_signature_and_it_is_taken_anew(staffed: Staffed) -> None:
    office, one = staffed.office, at_fingerprints(staffed)
    signed(staffed, staffed.clerk, one)
    fingerprints.complete(office, staffed.clerk, one)
    supervisor = staffed.supervisor
    version = review_view.view(office, supervisor, one).header.version
    placed = [NamedDefect(Stage.FINGERPRINTS, SIGNATURE_WRONG, "2")]
    assert refused(review.return_for, office, supervisor, one, version, placed) is Reason.DEFECT_MISSING
    back = review.return_for(
        office, supervisor, one, version, [NamedDefect(Stage.FINGERPRINTS, SIGNATURE_WRONG)]
    )
    assert back is Stage.FINGERPRINTS
    again = signed(staffed, staffed.clerk, one, SECOND)
    fingerprints.complete(office, staffed.clerk, one)
    assert review_view.view(office, supervisor, one).fingerprints.signature == again


def _under(staffed: Staffed, one: str, rules: dict[str, object]) -> None:
    """Puts that one application under a policy with such rules."""
    document = json.loads(files("resources").joinpath("policies/training.json").read_bytes())
    document |= {"name": "signs", "signature": rules}

    def verb(tx: Connection) -> None:
        # Of long ago, so that no other application is made under it.
        policy = add_policy(tx, json.dumps(document).encode(), at=clock.now() - timedelta(days=9))
        mine = update(applications).where(applications.c.id == one)
        tx.execute(mine.values(policy_version=policy.version))

    staffed.office.store.write(verb)


def test_who_is_younger_is_not_asked(staffed: Staffed) -> None:
    office, one = staffed.office, at_fingerprints(staffed)
    _under(staffed, one, {"from_age": 99, "required": True})
    assert fingerprints_view(office, one).signature == SignatureView()
    assert fingerprints.complete(office, staffed.clerk, one) is Stage.REVIEW


def test_where_it_is_required_the_captures_end_with_it_or_with_a_reason(staffed: Staffed) -> None:
    office, clerk, one = staffed.office, staffed.clerk, at_fingerprints(staffed)
    _under(staffed, one, {"from_age": 15, "required": True})
    assert fingerprints_view(office, one).signature.required
    assert refused(fingerprints.complete, office, clerk, one) is Reason.SIGNATURE_NEEDED
    note_cannot_sign(office, clerk, one, "cannot-write")
    assert fingerprints.complete(office, clerk, one) is Stage.REVIEW


def test_the_reviewer_looks_at_it_and_the_registry_gets_it_sealed(staffed: Staffed) -> None:
    office, one = staffed.office, at_fingerprints(staffed)
    key = new_registry_key()
    office.store.write(lambda tx: pin_sealing_key(tx, sealing_key_of(key), at=clock.now()))
    kept = signed(staffed, staffed.clerk, one)
    fingerprints.complete(office, staffed.clerk, one)
    supervisor = sign_in(office, SUPERVISOR, PASSWORD)
    seen = review_view.view(office, supervisor, one)
    assert seen.fingerprints.signature == kept
    but = {point.id for point in seen.points} - {"signature"}
    assert (
        refused(review.approve, office, supervisor, one, seen.header.version, but)
        is Reason.POINTS_NOT_VISITED
    )
    review.approve(office, supervisor, one, seen.header.version, but | {"signature"})
    (item,) = office.store.read(lambda c: outbox_of(c, one))
    record = enrolment.from_message(item.message)
    assert record.signature is not None
    sha256 = record.signature.sha256
    with Image.open(BytesIO(kept.picture or b"")) as picture:
        assert (record.signature.width, record.signature.height) == picture.size
    assert enrolment.Part(sha256, "image/png") in enrolment.parts(record)
    sealed = office.store.read(lambda c: sealed_part(c, one, sha256))
    assert sealed is not None
    assert b"PNG" not in sealed
    assert open_part(key, one, sealed) == (kept.picture, "image/png")


@pytest.mark.parametrize("layout", ["national-id-1", "national-id-phetsarath"])
def test_the_card_shows_it(staffed: Staffed, layout: str) -> None:
    office, one = staffed.office, at_fingerprints(staffed)
    kept = signed(staffed, staffed.clerk, one)
    unsigned = at_fingerprints(staffed)
    accepted = {
        "identity_number": "010123456789012",
        "document_number": "LA0000017",
        "issue_date": "2026-01-15",
        "expiry_date": "2036-01-14",
        "card_signature": "6BF",
    }
    fronts = []
    for application in (one, unsigned):
        office.store.write(lambda tx, application=application: keep_acceptance(tx, application, **accepted))  # type: ignore[misc]  # bound now
        content = office.store.read(lambda c, application=application: card_content(c, office, application))  # type: ignore[misc]  # bound now
        fronts.append(rasterise(render_card(built_in_layout(layout), content), 0, 300).astype(np.int16))
    assert office.store.read(lambda c: card_content(c, office, one)).signature == ink_alone(
        kept.picture or b""
    )
    shown, empty = fronts
    changed = np.argwhere(np.abs(shown - empty).max(axis=2) > 60)
    place = next(element for element in built_in_layout(layout).front if element.id == "signature")
    (top, left), (bottom, right) = changed.min(axis=0) * 25.4 / 300, changed.max(axis=0) * 25.4 / 300
    assert place.x - 0.1 <= left < right <= place.x + place.width + 0.1
    assert place.y - 0.1 <= top < bottom <= place.y + place.height + 0.1
    assert bottom - top > place.height * 0.8 or right - left > place.width * 0.8
    assert len(changed) > 300, "hair lines that a printer loses"


def test_what_the_card_shows_stays_and_what_was_replaced_goes(staffed: Staffed) -> None:
    office, one = staffed.office, at_fingerprints(staffed)
    signed(staffed, staffed.clerk, one, drawn(signature(6)))
    replaced = office.store.read(lambda c: signature_of(c, one))
    kept = signed(staffed, staffed.clerk, one, drawn(signature(4)))
    fingerprints.complete(office, staffed.clerk, one)
    approved(staffed, one)
    assert replaced is not None

    def served(tx: Connection) -> None:
        (item,) = outbox_of(tx, one)
        settle(tx, item.id, OutboxState.SENT, at=clock.now())
        delete_biometrics(tx, one, at=clock.now())

    office.store.write(served)
    assert not office.store.read(lambda c: holds_blob(c, str(replaced.picture)))
    now = office.store.read(lambda c: signature_of(c, one))
    assert now is not None
    assert office.store.read(lambda c: get_blob(c, str(now.picture))) == kept.picture


def test_a_server_holds_it_sealed(staffed: Staffed) -> None:
    one = at_fingerprints(staffed)
    kept = signed(staffed, staffed.clerk, one)
    held = staffed.office.store.read(lambda c: signature_of(c, one))
    assert held is not None
    content = staffed.office.store.read(
        lambda c: bytes(c.execute(blobs.select().where(blobs.c.sha256 == held.picture)).one().content)
    )
    server = staffed.office.store.read(lambda c: c.dialect.name) == "postgresql"
    assert (kept.picture == content) is not server
