"""Shared sample prints, where a checkout has them beside it, and one warm analysis for a module's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workstation.biometrics.fingerprint.analysis import FingerprintAnalysis

SHARED = Path(__file__).resolve().parents[4].parent / "shared" / "samples" / "fingerprints"


@pytest.fixture(scope="session")
def samples() -> Path:
    if not SHARED.is_dir():
        pytest.skip("shared samples are not beside this checkout")
    return SHARED


@pytest.fixture(scope="module")
def analysis() -> Iterator[FingerprintAnalysis]:
    warm = FingerprintAnalysis(limit=30)
    # Its child belongs to the session, not to the test that asks it first.
    warm.warm_up()
    yield warm
    warm.close()
