"""Suspending and revoking a card at the registry, as the station asks for it."""

from __future__ import annotations

import pytest

from tests.workstation.registry.conftest import Counter, full_record
from workstation.interchange import card_issue, card_withdrawal
from workstation.interchange.card_issue import CardIssued
from workstation.interchange.card_withdrawal import CardWithdrawn, Withdrawal


@pytest.fixture
def issued(counter: Counter) -> tuple[str, str]:
    """The id and number of a card that is in use."""
    whole = full_record()
    decided = counter.enrol(whole)
    card = CardIssued(
        application_id=whole.enrolment_id,
        kind=whole.kind,
        office_code="VTE",
        identity_number=decided["identityNumber"],
        document_number=decided["documentNumber"],
        chip_serial="04A2247B1E6180",
        handed_over_at="2026-11-22T09:00:00+07:00",
        handed_over_by="clerk",
        handed_over_role="clerk",
        collected_by="holder",
        fingerprint_score=120,
        fallback_reason="",
        biographic=dict(whole.biographic),
    )
    path = f"/v1/credentialRequests/{whole.enrolment_id}"
    assert counter.call("POST", path, json=card_issue.credential_request(card)).status_code == 201
    (credential,) = counter.call("GET", path).json()["credentialIds"]
    at = f"/v1/credentials/{credential}"
    assert counter.call("PUT", at, json=card_issue.credential_update(card)).status_code == 204
    assert counter.call("POST", f"{at}/status", json=card_issue.credential_status(card)).status_code == 204
    return credential, card.document_number


def found(counter: Counter, number: str) -> list[dict[str, object]]:
    withdrawn = CardWithdrawn(number, Withdrawal.REVOKED, "r", "2026-11-22T09:00:00+07:00", "x", "clerk")
    answer = counter.call("POST", "/v1/credentials", json=card_withdrawal.credential_search(withdrawn))
    assert answer.status_code == 200
    return list(answer.json())


def test_a_card_is_suspended_then_revoked_and_never_comes_back(
    counter: Counter, issued: tuple[str, str]
) -> None:
    credential, number = issued
    (card,) = found(counter, number)
    assert (card["credentialId"], card["status"]) == (credential, "ACTIVE")
    for operation, status in (("suspend", "SUSPENDED"), ("suspend", "SUSPENDED"), ("revoke", "REVOKED")):
        answer = counter.call(
            "POST", f"/v1/credentials/{credential}/{operation}", json={"reason": "recalled"}
        )
        assert answer.status_code == 204
        assert found(counter, number)[0]["status"] == status
    refused = counter.call("POST", f"/v1/credentials/{credential}/suspend", json={"reason": "again"})
    assert refused.status_code == 403
    assert counter.call("POST", f"/v1/credentials/{credential}/revoke", json={}).status_code == 204


def test_a_number_that_nobody_knows_finds_nothing(counter: Counter) -> None:
    assert found(counter, "OLD-77") == []
    assert counter.call("POST", "/v1/credentials/none/revoke", json={}).status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        [],
        [{"attributeName": "personId", "operator": "=", "value": "1"}],
        [{"attributeName": "credentialNumber", "operator": "<", "value": "1"}],
    ],
)
def test_no_other_search_is_answered(counter: Counter, asked: list[dict[str, str]]) -> None:
    assert counter.call("POST", "/v1/credentials", json=asked).status_code == 400
