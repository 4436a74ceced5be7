"""The training decision: each rule, numbers, validity, feed, card code."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.workstation.registry.conftest import FACE, Counter, full_record
from workstation.clock import OFFICE_ZONE
from workstation.interchange.decision import from_event
from workstation.interchange.enrolment import EnrolmentRecord, Finger
from workstation.registry.validity import expiry
from workstation.travel_documents.card_signature import verify_card

BASE = full_record()
RULES: list[tuple[dict[str, Any], str]] = [
    ({"captured_by": ("a", "supervisor")}, "captured-by-approver"),
    ({"captured_by": ()}, "capturer-unknown"),
    ({"roles": {}}, "role-not-allowed"),
    ({"roles": {"clerk": "clerk"}}, "role-not-allowed"),
    ({"roles": {"clerk": "clerk", "supervisor": "clerk"}}, "role-not-allowed"),
    ({"roles": {"clerk": "auditor", "supervisor": "supervisor"}}, "role-not-allowed"),
    ({"roles": {"clerk": "print_operator", "supervisor": "supervisor"}}, "role-not-allowed"),
    ({"roles": {"clerk": "clerk", "supervisor": "administrator"}}, "role-not-allowed"),
    ({"roles": {"clerk": "clerk", "supervisor": "registry"}}, "role-not-allowed"),
    ({"roles": {"clerk": "clerk", "supervisor": "minister"}}, "role-not-allowed"),
    ({"captured_by": ("clerk", "other")}, "role-not-allowed"),
    ({"portrait": None}, "no-portrait"),
    ({"fingers": BASE.fingers[:1]}, "too-few-fingers"),
    ({"fingers": ()}, "too-few-fingers"),
    ({"fingers_required": 3}, "too-few-fingers"),
    ({"biographic": {**BASE.biographic, "birth_date": ""}}, "biographic-data-incomplete"),
    ({"biographic": {**BASE.biographic, "birth_date": "1991-02-31"}}, "biographic-data-incomplete"),
    ({"biographic": {**BASE.biographic, "given_name_latin": ""}}, "biographic-data-incomplete"),
]


@pytest.mark.parametrize(("changes", "reason"), RULES)
def test_each_refusal(counter: Counter, changes: dict[str, Any], reason: str) -> None:
    whole = full_record(**changes)
    told = counter.enrol(whole)
    assert (told["status"], told["reason"]) == ("REFUSED", reason)
    (event,) = counter.client.get("/v1/feed").json()["events"]
    assert from_event(event).reason == reason


@pytest.mark.parametrize(
    "whole",
    [
        full_record(),
        full_record(fingers=(BASE.fingers[0], Finger(7, missing="amputated"))),
        full_record(fingers=(), fingers_required=0),
    ],
)
def test_acceptance(counter: Counter, whole: EnrolmentRecord) -> None:
    assert counter.enrol(whole)["status"] == "ACCEPTED"


def test_numbers_and_feed_order(counter: Counter) -> None:
    people = [full_record() for _ in range(5)]
    numbers = [counter.enrol(whole)["identityNumber"] for whole in people]
    assert numbers == [f"99{n:013d}" for n in range(1, 6)]
    page = counter.client.get("/v1/feed?after=1&limit=2").json()
    assert [event["seq"] for event in page["events"]] == [2, 3]
    assert page["last"] == 5
    decisions = [from_event(e) for e in counter.client.get("/v1/feed").json()["events"]]
    assert [d.enrolment_id for d in decisions] == [whole.enrolment_id for whole in people]
    assert len({d.document_number for d in decisions}) == 5


@pytest.mark.parametrize("query", ["after=-1", "after=x", "limit=0", "limit=501"])
def test_feed_refuses_odd_questions(counter: Counter, query: str) -> None:
    assert counter.client.get(f"/v1/feed?{query}").status_code == 400


def test_card_code_is_the_persons_and_verifies(counter: Counter) -> None:
    counter.enrol(full_record())
    (event,) = counter.client.get("/v1/feed").json()["events"]
    decision = from_event(event)
    (signer,) = counter.client.get("/v1/card-signers").json()["cardSigners"]
    assert signer["alg"] == "EdDSA"
    keys = {
        bytes.fromhex(signer["kid"]): Ed25519PublicKey.from_public_bytes(
            base64.b64decode(signer["publicKey"])
        )
    }
    signed = verify_card(decision.card_signature, keys, datetime.now(UTC))
    assert signed.claims.id == decision.identity_number
    assert signed.claims.date_of_birth == "199104"
    assert signed.claims.face_hash.hex() == FACE
    assert signed.expires_at is not None
    assert decision.expires is not None
    day_after = decision.expires + timedelta(days=1)
    assert signed.expires_at == datetime.combine(day_after, time(), OFFICE_ZONE)


def test_card_for_life_has_no_end(counter: Counter) -> None:
    old = full_record(biographic={**BASE.biographic, "birth_date": "1950"})
    assert counter.enrol(old)["expiryDate"] == "lifetime"


@pytest.mark.parametrize(
    ("age", "first", "last_day"),
    [
        (0, True, date(2031, 11, 21)),
        (14, True, date(2031, 11, 21)),
        (15, True, date(2036, 11, 21)),
        (59, False, date(2046, 11, 21)),
        (60, True, None),
        (101, False, None),
    ],
)
def test_validity_table(age: int, first: bool, last_day: date | None) -> None:
    assert expiry(date(2026, 11, 22), age, first_card=first) == last_day


def test_validity_of_a_card_issued_on_a_leap_day() -> None:
    assert expiry(date(2028, 2, 29), 20, first_card=True) == date(2038, 2, 28)


def hand_over_body(counter: Counter, whole: EnrolmentRecord) -> dict[str, Any]:
    told = counter.registration(whole)
    return {
        "personId": told["identityNumber"],
        "biographicData": {"firstName": "Somphone"},
        "requestData": {
            "priority": 5,
            "credentialProfileId": "LAO-ID-1",
            "requestType": "FIRST_ISSUANCE",
            "credentialNumber": told["documentNumber"],
            "others": {"enrolmentId": whole.enrolment_id},
        },
    }


def test_hand_over(counter: Counter) -> None:
    whole = full_record()
    counter.enrol(whole)
    body = hand_over_body(counter, whole)
    assert counter.call("POST", "/v1/credentialRequests/r", json=body).status_code == 201
    assert counter.call("POST", "/v1/credentialRequests/r", json=body).status_code == 409
    held = counter.call("GET", "/v1/credentialRequests/r").json()
    assert held["status"] == "PENDING"
    path = f"/v1/credentials/{held['credentialIds'][0]}"
    status = {"status": "ACTIVE", "reason": "handed-over"}
    assert counter.call("POST", f"{path}/status", json=status).status_code == 400
    assert counter.registration(whole)["status"] == "ACCEPTED"
    given = {"chipSerial": "04AA", "handedOverAt": "2026-11-22T10:00:00+07:00"}
    for wrong in ({}, {"handedOverRole": "print_operator"}, {"handedOverRole": "registry"}):
        refused = counter.call("PUT", path, json={"others": given | wrong})
        assert (refused.status_code, refused.json()["code"]) == (403, 4015)
    others = {"others": given | {"handedOverRole": "clerk"}}
    for _ in range(2):
        assert counter.call("PUT", path, json=others).status_code == 204
        assert counter.call("POST", f"{path}/status", json=status).status_code == 204
    told = counter.registration(whole)
    assert (told["status"], told["chipSerial"]) == ("HANDED_OVER", "04AA")
    assert counter.call("GET", path).json()["status"] == "ACTIVE"
    another = counter.call("PUT", path, json={"others": {"chipSerial": "04BB", "handedOverRole": "clerk"}})
    assert another.status_code == 403
    assert counter.call("POST", f"{path}/status", json={"status": "NEW"}).status_code == 403


@pytest.mark.parametrize(
    ("where", "name", "value"),
    [
        ("", "personId", "990000000000099"),
        ("requestData", "credentialNumber", "TR9999999"),
        ("requestData", "credentialProfileId", "OTHER"),
        ("requestData", "others", {"enrolmentId": "nobody"}),
        ("requestData", "others", {}),
    ],
)
def test_no_card_without_its_decision(counter: Counter, where: str, name: str, value: Any) -> None:
    whole = full_record()
    counter.enrol(whole)
    body = hand_over_body(counter, whole)
    (body[where] if where else body)[name] = value
    assert counter.call("POST", "/v1/credentialRequests/r", json=body).status_code == 403
    assert counter.call("GET", "/v1/credentialRequests/r").status_code == 404


def test_unknown_credential(counter: Counter) -> None:
    for method, path, body in (
        ("GET", "/v1/credentials/c", None),
        ("PUT", "/v1/credentials/c", {"others": {}}),
        ("POST", "/v1/credentials/c/status", {"status": "ACTIVE"}),
    ):
        assert counter.call(method, path, json=body).status_code == 404
