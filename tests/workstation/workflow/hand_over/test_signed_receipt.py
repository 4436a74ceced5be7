"""The signature on the receipt: kept as pictures are, shown when it is printed again, gone when its days are past."""

from __future__ import annotations

import json
from importlib.resources import files

import pypdfium2
from sqlalchemy import select

from tests.workstation.workflow.hand_over.conftest import Desk
from tests.workstation.workflow.hand_over.test_giving import PEN
from workstation import clock
from workstation.database.blobs import get_blob, holds_blob
from workstation.database.hand_over_tables import collections
from workstation.database.hand_overs import handed_over
from workstation.database.outbox import OutboxState, outbox_of, settle
from workstation.database.policies import add_policy
from workstation.domain.hand_over import Signature
from workstation.workflow.hand_over import steps
from workstation.workflow.hand_over.handing import Handing, OldCardAnswer
from workstation.workflow.hand_over.view import view
from workstation.workflow.retention import delete_due_biometrics

DAYS = 30


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


def kept(desk: Desk, application_id: str) -> tuple[str, str]:
    """(signature, strokes) as the table holds them."""
    wanted = select(collections.c.signature, collections.c.strokes)
    row = desk.office.store.read(
        lambda c: c.execute(wanted.where(collections.c.application_id == application_id)).one()
    )
    return row[0], row[1]


def days_pass(desk: Desk, application_id: str) -> None:
    """The policy's days are past and everything of it was sent."""
    data = json.loads(files("resources").joinpath("policies", "training.json").read_bytes())
    document = json.dumps({**data, "name": f"keeps-{application_id}", "keep_biometrics_days": DAYS}).encode()
    store = desk.office.store
    store.write(lambda tx: add_policy(tx, document, at=clock.now()))
    for item in store.read(lambda c: outbox_of(c, application_id)):
        store.write(lambda tx, one=item: settle(tx, one.id, OutboxState.SENT, at=clock.now(), error=None))  # type: ignore[misc]  # bound now
    desk.waiting_since(application_id, DAYS + 1)
    assert delete_due_biometrics(store, desk.office.station.id) == 1


def test_a_signature_is_kept_like_a_picture_and_goes_like_one(desk: Desk) -> None:
    store = desk.office.store
    one, other = desk.ready(old_card=True), desk.ready()
    for each, answer in ((one, OldCardAnswer("OLD-9")), (other, None)):
        desk.recognised(each)
        given = steps.complete(desk.office, desk.clerk, each, Handing(signature=PEN, old_card=answer))
        assert view(desk.office, each).receipt == given, "printed again it is the same"
    picture, points = kept(desk, one)
    # Sealed on a server: nothing of the drawing stands in a column of its own.
    assert store.read(lambda c: get_blob(c, picture)) == PEN.png
    assert json.loads(store.read(lambda c: get_blob(c, points))) == json.loads(json.dumps(PEN.strokes))
    held = store.read(lambda c: handed_over(c, one))
    assert held is not None

    days_pass(desk, one)
    assert not store.read(lambda c: holds_blob(c, held.receipt))
    # Another application's drawing of the very same bytes is that one's.
    assert store.read(lambda c: holds_blob(c, picture))
    assert kept(desk, one) == (picture, "")
    anew = view(desk.office, one).receipt
    assert anew is not None
    words = text_of(anew)
    assert "the drawing was deleted" in words
    assert "OLD-9" in words
    assert f"{clock.office_day(held.at):%d/%m/%Y}" in words
    assert view(desk.office, other).receipt is not None
    assert "deleted" not in text_of(view(desk.office, other).receipt or b"")


def test_the_last_one_takes_the_drawing_with_it(desk: Desk) -> None:
    one = desk.ready()
    own = Signature((((0.2, 0.2), (0.7, 0.3)),), b"\x89PNG another hand")
    desk.recognised(one)
    steps.complete(desk.office, desk.clerk, one, Handing(signature=own))
    picture, points = kept(desk, one)
    days_pass(desk, one)
    for sha256 in (picture, points):
        assert not desk.office.store.read(lambda c, name=sha256: holds_blob(c, name))  # type: ignore[misc]  # bound now


def test_who_did_not_sign_on_the_screen_keeps_her_receipt(desk: Desk) -> None:
    one = desk.ready()
    desk.recognised(one)
    given = steps.complete(desk.office, desk.clerk, one, Handing(unsigned_reason="hand in plaster"))
    days_pass(desk, one)
    assert view(desk.office, one).receipt == given
