"""Secrets sealed in a TPM: the same TPM opens them after a restart; another, a cleared or a missing one does not."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.software_tpm import software_tpm
from workstation.security.tpm import SealedInTpm, TpmGone, TpmRefuses, answers, seal, unseal

pytest.importorskip("tpm2_pytss", reason="the extra `tpm` is not installed")
SECRET = os.urandom(32)


@pytest.fixture(scope="module")
def sealed_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SealedInTpm]:
    state = tmp_path_factory.mktemp("tpm") / "state"
    with software_tpm(state) as tpm:
        return state, seal(tpm, SECRET)


def test_the_same_tpm_opens_it_after_a_restart(sealed_once: tuple[Path, SealedInTpm]) -> None:
    state, sealed = sealed_once
    assert SECRET not in sealed.public + sealed.private
    with software_tpm(state) as tpm:
        # Nothing is left in the TPM's few slots: many times as often as once.
        for _ in range(8):
            assert unseal(tpm, sealed) == SECRET
        assert answers(tpm)


def test_another_tpm_refuses(sealed_once: tuple[Path, SealedInTpm], tmp_path: Path) -> None:
    with software_tpm(tmp_path / "another") as tpm, pytest.raises(TpmRefuses):
        unseal(tpm, sealed_once[1])


def test_damaged_objects_are_refused(sealed_once: tuple[Path, SealedInTpm]) -> None:
    state, sealed = sealed_once
    flipped = bytearray(sealed.private)
    flipped[len(flipped) // 2] ^= 1
    damaged = (
        replace(sealed, private=bytes(flipped)),
        replace(sealed, private=sealed.private[:-3]),
        replace(sealed, private=sealed.private + b"x"),
        replace(sealed, public=b""),
        replace(sealed, public=sealed.public[:5]),
        SealedInTpm(b"\xff" * 80, b"\xff" * 80),
    )
    with software_tpm(state) as tpm:
        for object_ in damaged:
            with pytest.raises(TpmRefuses):
                unseal(tpm, object_)


def test_no_tpm_is_gone(sealed_once: tuple[Path, SealedInTpm], tmp_path: Path) -> None:
    for nowhere in (f"device:{tmp_path}/none", "swtpm:host=127.0.0.1,port=1", "no-such-driver:x", ""):
        if nowhere:
            assert not answers(nowhere)
            with pytest.raises(TpmGone):
                unseal(nowhere, sealed_once[1])


def test_its_policy_allows_unsealing_only(sealed_once: tuple[Path, SealedInTpm]) -> None:
    from tpm2_pytss.constants import TPMA_OBJECT
    from tpm2_pytss.types import TPM2B_PUBLIC

    area = TPM2B_PUBLIC.unmarshal(sealed_once[1].public)[0].publicArea
    assert not area.objectAttributes & TPMA_OBJECT.USERWITHAUTH
    assert len(bytes(area.authPolicy)) == 32


def test_a_long_secret_is_not_begun() -> None:
    with pytest.raises(ValueError):
        seal("device:/nowhere", bytes(129))
