"""The meaning of a decision at every stage, and the waits between attempts."""

from __future__ import annotations

from random import Random

import pytest

from workstation.domain.stages import Stage
from workstation.interchange.decision import Decision
from workstation.sync.back_off import BackOff
from workstation.sync.merge import ACTIONS, Effect, effect_of

ACCEPTED = Decision("e", 1, "a", "accepted", "990000000000001", "TR0000001", "2026-11-22", "lifetime", "X")
REFUSED = Decision("e", 1, "a", "refused", reason="no-portrait")


@pytest.mark.parametrize("decision", [ACCEPTED, REFUSED], ids=["accepted", "refused"])
@pytest.mark.parametrize("held", [None, "990000000000001", "990000000000002"])
def test_only_a_waiting_application_moves(decision: Decision, held: str | None) -> None:
    for stage in Stage:
        effect = effect_of(decision, stage, held)
        assert (effect in ACTIONS) == (stage is Stage.DECISION)
        if stage is Stage.DECISION:
            assert effect == decision.outcome
            continue
        other_number = held is not None and held != decision.identity_number
        refused_before = stage is Stage.REFUSED_BY_REGISTRY and decision is ACCEPTED
        assert (effect is Effect.CONTRADICTION) == (other_number or refused_before)


def test_another_stations_application() -> None:
    assert effect_of(ACCEPTED, None, None) is Effect.OTHER_STATION


def test_waits_double_up_to_the_cap_and_differ() -> None:
    back_off, chance = BackOff(1.0, 300.0), Random(7)
    for attempts in range(1, 60):
        step = min(300.0, 2.0 ** (attempts - 1))
        waits = {back_off.seconds(attempts, chance) for _ in range(20)}
        assert len(waits) == 20
        assert all(step / 2 <= wait <= step for wait in waits)
