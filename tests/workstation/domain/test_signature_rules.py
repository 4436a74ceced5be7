"""Of whom a signature is asked, as a policy says it."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from workstation.domain.policy import PolicyDamaged, read_policy
from workstation.domain.signature import SignatureRules

SHIPPED = files("resources").joinpath("policies")


def rules(**changes: object) -> SignatureRules:
    data = json.loads(SHIPPED.joinpath("default.json").read_bytes())
    return read_policy(json.dumps(data | changes).encode()).signature


@pytest.mark.parametrize("name", ["default.json", "training.json"])
def test_shipped_policies_ask_from_15_and_require_nothing(name: str) -> None:
    shipped = read_policy(SHIPPED.joinpath(name).read_bytes()).signature
    assert (shipped.asked_at(14), shipped.asked_at(15), shipped.required) == (False, True, False)


def test_a_policy_of_before_asks_as_the_shipped_one() -> None:
    data = json.loads(SHIPPED.joinpath("default.json").read_bytes())
    del data["signature"]
    assert read_policy(json.dumps(data).encode()).signature == SignatureRules(15, False)


def test_nobody_is_asked_where_the_policy_says_so() -> None:
    assert not rules(signature={"from_age": None}).asked_at(90)
    assert rules(signature={"from_age": 0, "required": True}) == SignatureRules(0, True)


@pytest.mark.parametrize(
    "signature", [{"from_age": -1}, {"from_age": "15"}, {"from_age": True}, {"required": 1}, {"age": 15}, 15]
)
def test_anything_else_is_damage(signature: object) -> None:
    with pytest.raises(PolicyDamaged):
        rules(signature=signature)
