"""Two offices: what is asked for here is signed there and applied here, once; everything else is refused by name."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.ui.stages.counter_office import PASSWORD, Counter, Room, make_room
from tests.workstation.workflow.approvals.conftest import refused
from workstation import clock
from workstation.database import Connection
from workstation.database.applications import application
from workstation.database.audit import audit_of
from workstation.database.blobs import put_blob
from workstation.database.outbox import outbox_of
from workstation.database.signatures import StoredSignature, add_signature
from workstation.domain.audit import AuditTag
from workstation.domain.defects import NamedDefect
from workstation.domain.operator import Role
from workstation.domain.refused import Reason
from workstation.domain.stages import Stage
from workstation.interchange.approval import read_approval, read_card, sign
from workstation.interchange.canonical import canonical
from workstation.interchange.enrolment import from_message
from workstation.startup import close_office
from workstation.workflow.approvals.keys import make_approval_key, trust
from workstation.workflow.approvals.steps import (
    LIFETIME,
    apply_approval,
    look_at_request,
    request_approval,
    sign_approval,
)
from workstation.workflow.intake import steps as intake
from workstation.workflow.intake.view import typed_fields
from workstation.workflow.office import SignedIn
from workstation.workflow.operators import add_operator
from workstation.workflow.review import steps as review
from workstation.workflow.review.view import view
from workstation.workflow.sign_in import sign_in

PASSPHRASE = "her own passphrase"


class Two:
    """An office of two people, and the province, whose supervisor's key is trusted in the office."""

    def __init__(self, here: Room, province: Room) -> None:
        self.here, self.province = here, province
        # In this office the supervisor captures: nobody else there may approve.
        self.counter = Counter(here.office, here.supervisor, here.supervisor, None, None)  # type: ignore[arg-type]  # no page is shown
        self.administrator = sign_in(here.office, "admin", PASSWORD)
        card = make_approval_key(province.office, province.supervisor, PASSPHRASE)
        self.card = read_card(card)
        trust(here.office, self.administrator, card, self.card.fingerprint)

    def asked(self) -> tuple[str, bytes]:
        application_id = self.counter.at_review()
        return application_id, request_approval(self.here.office, self.here.clerk, application_id)

    def signed(self, request: bytes) -> bytes:
        points = set(look_at_request(request).points)
        return sign_approval(self.province.office, self.province.supervisor, request, PASSPHRASE, points)

    def apply(self, approval: bytes) -> Stage:
        return apply_approval(self.here.office, self.here.clerk, approval)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    here = make_room(tmp_path_factory.mktemp("here") / "data")
    province = make_room(tmp_path_factory.mktemp("province") / "data", own=True)
    yield Two(here, province)
    close_office(here.office)
    close_office(province.office)


def test_a_whole_day_of_two_people(two: Two) -> None:
    """The clerk captures and the supervisor approves; the supervisor captures and the province approves."""
    here = two.here
    day = Counter(here.office, here.clerk, here.supervisor, None, None)  # type: ignore[arg-type]  # no page is shown
    first = day.at_decision()
    assert day.stage(first) is Stage.DECISION
    second, request = two.asked()
    seen = view(here.office, here.supervisor, second)
    visited = {point.id for point in seen.points}
    own = lambda: review.approve(here.office, here.supervisor, second, seen.header.version, visited)  # noqa: E731 -- one call
    refused(Reason.SAME_PERSON, own)
    approval = two.signed(request)
    assert two.apply(approval) is Stage.DECISION
    row = here.office.store.read(lambda c: application(c, second))
    assert row.approved_by == two.card.operator_id
    (item,) = here.office.store.read(lambda c: outbox_of(c, second))
    record = from_message(item.message)
    assert record.approved_by == two.card.operator_id
    assert record.captured_by == (here.supervisor.operator.id,)
    assert record.roles == {here.supervisor.operator.id: "supervisor", two.card.operator_id: "supervisor"}
    tags = [entry.tag for entry in here.office.store.read(lambda c: audit_of(c, second))]
    assert tags.count(AuditTag.APPROVAL_REQUESTED) == tags.count(AuditTag.APPROVAL_APPLIED) == 1
    refused(Reason.APPROVAL_USED, lambda: two.apply(approval))


def test_neither_replayed_nor_recalled_by_who_captured(two: Two) -> None:
    application_id, request = two.asked()
    approval = two.signed(request)
    two.apply(approval)
    own = two.here.supervisor
    refused(Reason.SAME_PERSON, lambda: review.recall(two.here.office, own, application_id))
    refused(Reason.APPROVAL_USED, lambda: two.apply(approval))


def test_expired(two: Two, wait: Callable[[timedelta], None]) -> None:
    application_id, request = two.asked()
    approval = two.signed(request)
    wait(LIFETIME)
    refused(Reason.APPROVAL_EXPIRED, lambda: two.apply(approval))
    refused(Reason.APPROVAL_EXPIRED, lambda: two.signed(request))
    assert two.counter.stage(application_id) is Stage.REVIEW


def test_every_altered_field_is_refused(two: Two) -> None:
    application_id, request = two.asked()
    _other, other_request = two.asked()
    approval, other = (json.loads(two.signed(one)) for one in (request, other_request))
    expected = {"approver": Reason.APPROVER_UNKNOWN, "version": Reason.APPROVAL_DAMAGED}
    expected |= dict.fromkeys(("type", "signature", "signedAt"), Reason.APPROVAL_DAMAGED)
    for name in approval:
        value = other[name] if other[name] != approval[name] else "reject" if name == "action" else "another"
        reason = expected.get(name, Reason.APPROVAL_OTHER)
        refused(reason, lambda value=value, name=name: two.apply(canonical(approval | {name: value})))  # type: ignore[misc]  # bound now
        short = {key: held for key, held in approval.items() if key != name}
        refused(Reason.APPROVAL_DAMAGED, lambda short=short: two.apply(canonical(short)))  # type: ignore[misc]  # bound now
    assert two.counter.stage(application_id) is Stage.REVIEW
    assert two.apply(canonical(approval)) is Stage.DECISION


@pytest.mark.parametrize("cut", [0, 1, 40, -1, -40])
def test_a_file_cut_short(two: Two, cut: int) -> None:
    _application_id, request = two.asked()
    refused(Reason.APPROVAL_DAMAGED, lambda: look_at_request(request[:cut]))
    approval = two.signed(request)
    refused(Reason.APPROVAL_DAMAGED, lambda: two.apply(approval[:cut]))


def test_what_is_shown_is_what_is_signed(two: Two) -> None:
    _application_id, request = two.asked()
    shown = json.loads(request)
    shown["enrolment"]["biographicData"]["firstName"] = "Somebody else"
    refused(Reason.APPROVAL_DAMAGED, lambda: two.signed(canonical(shown)))
    assert "template" not in json.dumps(shown)


def test_an_altered_request_signed_again_is_not_what_was_asked_for(two: Two) -> None:
    _application_id, request = two.asked()
    longer = json.loads(request)
    longer["expiresAt"] = "2099-01-01T00:00:00+00:00"
    refused(Reason.APPROVAL_OTHER, lambda: two.apply(two.signed(canonical(longer))))
    for action in ("reject", "recall"):
        refused(Reason.APPROVAL_OTHER, partial(two.signed, canonical(longer | {"action": action})))


def test_the_application_changed_meanwhile(two: Two) -> None:
    application_id, request = two.asked()
    approval = two.signed(request)
    office, province = two.here.office, two.province
    other = sign_in_second_supervisor(two)
    seen = view(office, other, application_id).header.version
    review.return_for(office, other, application_id, seen, [NamedDefect(Stage.INTAKE, "name-wrong")])
    refused(Reason.MOVE_NOT_ALLOWED, lambda: two.apply(approval))
    held = office.store.read(lambda c: typed_fields(c, application_id))
    intake.save_draft(office, two.here.supervisor, application_id, {**held, "village": "ໂພນໄຊ"}).result(20)
    two.counter.capture_again(application_id)
    refused(Reason.APPROVAL_CONTENT_CHANGED, lambda: two.apply(approval))
    assert province.office.station.id != office.station.id


def test_a_signature_changed_meanwhile_is_not_what_she_saw(two: Two) -> None:
    """No verb changes one during the review; whoever does it in the database is found out."""
    office, by = two.here.office, two.here.supervisor.operator.id

    def changed(application_id: str, png: bytes) -> None:
        def verb(tx: Connection) -> None:
            kept = StoredSignature(put_blob(tx, png, "image/png"), 600, 150, "")
            add_signature(tx, application_id, kept, by=by, at=clock.now())

        office.store.write(verb)

    application_id = two.counter.at_review()
    changed(application_id, b"hers")
    request = request_approval(office, two.here.clerk, application_id)
    assert "signature" in look_at_request(request).points
    approval = two.signed(request)
    changed(application_id, b"another")
    refused(Reason.APPROVAL_CONTENT_CHANGED, lambda: two.apply(approval))
    changed(application_id, b"hers")
    assert two.apply(approval) is Stage.DECISION


def sign_in_second_supervisor(two: Two) -> SignedIn:
    made = add_operator(
        two.here.office,
        two.administrator,
        username=f"second {clock.now().timestamp()}",
        display_name="second",
        role=Role.SUPERVISOR,
        password=PASSWORD,
    )
    return SignedIn(made, clock.now())


def test_nobody_approves_her_own(two: Two) -> None:
    """With a key of her own, trusted in her own office, the capturer still may not; nor may who asks."""
    here = two.here
    card = make_approval_key(here.office, here.supervisor, PASSPHRASE)
    trust(here.office, two.administrator, card, read_card(card).fingerprint)
    application_id, request = two.asked()
    points = set(look_at_request(request).points)
    refused(
        Reason.SAME_PERSON,
        lambda: sign_approval(here.office, here.supervisor, request, PASSPHRASE, points),
    )
    # Her station was patched and signs all the same: the office that applies it says no.
    key = Ed25519PrivateKey.generate()
    forged_card = canonical(
        json.loads(card) | {"publicKey": base64.b64encode(key.public_key().public_bytes_raw()).decode()}
    )
    trust(here.office, two.administrator, forged_card, read_card(forged_card).fingerprint)
    by_herself = sign(request, approver=here.supervisor.operator.id, at=clock.now().isoformat(), key=key)
    refused(Reason.SAME_PERSON, lambda: two.apply(by_herself))
    asked_by_her = request_approval(here.office, here.supervisor, application_id)
    by_asker = sign(asked_by_her, approver=here.supervisor.operator.id, at=clock.now().isoformat(), key=key)
    refused(Reason.SAME_PERSON, lambda: two.apply(by_asker))
    # Who did not capture and asks is not a second person for her own request either.
    asker = sign_in_second_supervisor(two)
    own = canonical(json.loads(forged_card) | {"operator": asker.operator.id, "name": "second"})
    trust(here.office, two.administrator, own, read_card(own).fingerprint)
    asked = request_approval(here.office, asker, application_id)
    signed = sign(asked, approver=asker.operator.id, at=clock.now().isoformat(), key=key)
    refused(Reason.SAME_PERSON, lambda: two.apply(signed))


def test_keys(two: Two) -> None:
    _application_id, request = two.asked()
    province, points = two.province, set(look_at_request(request).points)
    refused(
        Reason.WRONG_PASSPHRASE,
        lambda: sign_approval(province.office, province.supervisor, request, "not her passphrase", points),
    )
    other = SignedIn(replace(province.supervisor.operator, id=province.clerk.operator.id), clock.now())
    refused(
        Reason.ROLE_NOT_ALLOWED,
        lambda: sign_approval(province.office, other, request, PASSPHRASE, points),
    )
    # Her name with another's key, and a card whose fingerprint was read out differently.
    forger = Ed25519PrivateKey.generate()
    forged = sign(request, approver=two.card.operator_id, at=clock.now().isoformat(), key=forger)
    assert read_approval(forged).approver == two.card.operator_id
    refused(Reason.APPROVAL_DAMAGED, lambda: two.apply(forged))
    card = make_approval_key(two.here.office, two.here.supervisor, PASSPHRASE)
    refused(
        Reason.APPROVER_UNKNOWN,
        lambda: trust(two.here.office, two.administrator, card, two.card.fingerprint),
    )
    clerk_card = canonical(json.loads(card) | {"role": "clerk"})
    refused(
        Reason.ROLE_NOT_ALLOWED,
        lambda: trust(two.here.office, two.administrator, clerk_card, read_card(clerk_card).fingerprint),
    )


def test_an_approver_from_elsewhere_never_signs_in(two: Two) -> None:
    name = f"{two.card.operator_id[-12:]}@{two.card.office_code}"
    refused(Reason.WRONG_PASSWORD, lambda: sign_in(two.here.office, name, "-"))
