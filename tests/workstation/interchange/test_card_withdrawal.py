"""A withdrawn card in outbox bytes: the same back, and everything damaged is refused by name."""

from __future__ import annotations

import json

import pytest

from workstation.interchange import card_withdrawal
from workstation.interchange.card_withdrawal import CardWithdrawn, Withdrawal
from workstation.interchange.errors import MessageDamaged

WITHDRAWN = CardWithdrawn(
    "LA1234567", Withdrawal.REVOKED, "replaced", "2026-11-22T09:00:00+07:00", "an operator", "clerk"
)


def test_the_same_comes_back() -> None:
    message = card_withdrawal.to_message(WITHDRAWN)
    assert card_withdrawal.from_message(message) == WITHDRAWN
    assert card_withdrawal.credential_search(WITHDRAWN)[0]["value"] == "LA1234567"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("documentNumber", ""),
        ("withdrawal", "lost"),
        ("reason", ""),
        ("at", "yesterday"),
        ("by", 7),
        ("version", 2),
        ("more", "x"),
    ],
)
def test_what_cannot_be_is_refused(field: str, value: object) -> None:
    document = json.loads(card_withdrawal.to_message(WITHDRAWN))
    document[field] = value
    with pytest.raises(MessageDamaged):
        card_withdrawal.from_message(json.dumps(document).encode())
