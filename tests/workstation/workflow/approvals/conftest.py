"""What the tests of approvals share: time that passes, and refusals by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from workstation import clock
from workstation.domain.refused import Reason, Refused


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    real, ahead = clock.now, [timedelta()]

    def later() -> datetime:
        return real() + ahead[0]

    def passed(time: timedelta) -> None:
        ahead[0] += time

    monkeypatch.setattr(clock, "now", later)
    return passed


def refused(reason: Reason, verb: Callable[[], object]) -> None:
    with pytest.raises(Refused) as refusal:
        verb()
    assert refusal.value.reason is reason
