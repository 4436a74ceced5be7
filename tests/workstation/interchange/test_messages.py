"""Canonical bytes, decisions and hand-overs: strict both ways."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workstation.registry.referee import EXTENSIONS, Document, Referee
from workstation.interchange import card_issue, decision
from workstation.interchange.canonical import canonical, canonical_sha256, read_json_object
from workstation.interchange.card_issue import CardIssued
from workstation.interchange.decision import Decision
from workstation.interchange.errors import MessageDamaged

ACCEPTED = Decision(
    "01a200ef-0000-7000-8000-000000000001",
    3,
    "01a200ef-0000-7000-8000-00000000000a",
    "accepted",
    "990000000000001",
    "TR0000001",
    "2026-11-22",
    "2036-11-21",
    "NCFOXN%TS 3DH:R/$*+-.",
)
REFUSED = Decision(ACCEPTED.event_id, 4, ACCEPTED.enrolment_id, "refused", reason="no-portrait")
ISSUED = CardIssued(
    "01a200ef-0000-7000-8000-00000000000a",
    "first_issue",
    "VTE01",
    "990000000000001",
    "TR0000001",
    "04A1B2C3D4E5F6",
    "2026-11-22T10:00:00+07:00",
    "clerk",
    "clerk",
    "holder",
    77,
    "",
    {"given_name_latin": "Somphone"},
)


def test_canonical_form_of_rfc_8785() -> None:
    """The example of RFC 8785 section 3.2.2 with its sorted result of section 3.2.3."""
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '\u20ac$\u000f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    assert canonical(value) == (
        b'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        b'"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    assert canonical_sha256({"b": 1, "a": 2}) == canonical_sha256({"a": 2, "b": 1})


@pytest.mark.parametrize("value", [float("nan"), 2**60, b"x", "\ud800", {1: 2}, object()])
def test_what_json_cannot_carry(value: Any) -> None:
    with pytest.raises(MessageDamaged, match="not-canonical"):
        canonical({"a": value})


@pytest.mark.parametrize(
    "data", [b"", b"1", b"{", b'{"a":1,"a":2}', b'{"a":Infinity}', b"\xff", b"[" * 99999]
)
def test_what_is_no_json_object(data: bytes) -> None:
    with pytest.raises(MessageDamaged, match="not-json"):
        read_json_object(data)


@pytest.mark.parametrize("made", [ACCEPTED, REFUSED, replace(ACCEPTED, expiry_date="lifetime")])
def test_decision_goes_there_and_back(made: Decision) -> None:
    event = decision.to_event(made)
    assert decision.from_event(event) == made
    Document(EXTENSIONS).check({"$ref": "#/components/schemas/DecisionEvent"}, event, sent=False)


@pytest.mark.parametrize(
    ("made", "change"),
    [
        (ACCEPTED, {"identityNumber": "99000000000000"}),
        (ACCEPTED, {"identityNumber": "99000000000000໑"}),
        (ACCEPTED, {"documentNumber": "tr0000001"}),
        (ACCEPTED, {"documentNumber": ""}),
        (ACCEPTED, {"issueDate": "2026-02-30"}),
        (ACCEPTED, {"issueDate": "22/11/2026"}),
        (ACCEPTED, {"expiryDate": "2026-11-22"}),
        (ACCEPTED, {"expiryDate": "never"}),
        (ACCEPTED, {"cardSignature": "lower case"}),
        (ACCEPTED, {"cardSignature": ""}),
        (ACCEPTED, {"reason": "no-portrait"}),
        (ACCEPTED, {"outcome": "maybe"}),
        (ACCEPTED, {"type": "revocation"}),
        (ACCEPTED, {"seq": 0}),
        (ACCEPTED, {"seq": True}),
        (ACCEPTED, {"seq": "3"}),
        (ACCEPTED, {"eventId": "x"}),
        (ACCEPTED, {"extra": 1}),
        (REFUSED, {"reason": ""}),
        (REFUSED, {"reason": "Because I say so"}),
        (REFUSED, {"identityNumber": "990000000000001"}),
    ],
)
def test_damaged_decisions(made: Decision, change: dict[str, Any]) -> None:
    with pytest.raises(MessageDamaged):
        decision.from_event(decision.to_event(made) | change)


@pytest.mark.parametrize("made", [ACCEPTED, REFUSED])
def test_decisions_that_lack_a_field(made: Decision) -> None:
    event = decision.to_event(made)
    for name in event:
        with pytest.raises(MessageDamaged):
            decision.from_event({k: v for k, v in event.items() if k != name})


@pytest.mark.parametrize(
    "issued",
    [
        ISSUED,
        replace(ISSUED, stock_number="LC000000018"),
        replace(ISSUED, fingerprint_score=None, fallback_reason="worn fingers", kind="renewal"),
    ],
)
def test_hand_over_goes_there_and_back_and_is_valid_osia(issued: CardIssued) -> None:
    assert card_issue.from_message(card_issue.to_message(issued)) == issued
    cms = Referee().documents[1]
    cms.check(
        {"$ref": "#/components/schemas/CredentialRequest"}, card_issue.credential_request(issued), sent=True
    )
    cms.check(
        {"$ref": "#/components/schemas/CredentialData"}, card_issue.credential_update(issued), sent=True
    )


@pytest.mark.parametrize(
    "change",
    [
        {"fingerprint_score": None},
        {"fallback_reason": "both"},
        {"fingerprint_score": -1},
        {"chip_serial": "04a1"},
        {"chip_serial": "04A"},
        {"identity_number": "1"},
        {"document_number": "TR 000001"},
        {"handed_over_at": "2026-11-22"},
        {"collected_by": ""},
        {"biographic": {"shoe_size": "44"}},
    ],
)
def test_damaged_hand_overs(change: dict[str, Any]) -> None:
    with pytest.raises(MessageDamaged):
        card_issue.from_message(card_issue.to_message(replace(ISSUED, **change)))


@given(st.binary(max_size=200))
def test_any_bytes_are_damage(message: bytes) -> None:
    with pytest.raises(MessageDamaged):
        card_issue.from_message(message)


def test_the_blank_of_a_card_is_told_where_it_is_known() -> None:
    update = card_issue.credential_update(replace(ISSUED, stock_number="LC000000018"))
    assert update["others"]["stockNumber"] == "LC000000018"
    assert "stockNumber" not in card_issue.credential_update(ISSUED)["others"]


def test_a_hand_over_of_before_the_ledger_names_no_blank() -> None:
    held = json.loads(card_issue.to_message(ISSUED))
    del held["stockNumber"]
    assert card_issue.from_message(canonical(held)) == ISSUED
