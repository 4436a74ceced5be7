"""The key file's text: one or two keys, each under its wrappers; older files open; changed ones do not."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

import pytest

from tests.software_tpm import software_tpm
from workstation.security.key_ring import KeyRing, hold
from workstation.security.key_wrapping import WrappedKeyDamaged, WrongPassphrase, wrap
from workstation.security.tpm import TpmGone

PASSPHRASE = "seven white elephants walk"
KEY = secrets.token_bytes(32)


@pytest.fixture(scope="module")
def ring() -> KeyRing:
    return KeyRing(hold(KEY, PASSPHRASE), hold(KEY[::-1], PASSPHRASE))


def test_what_is_written_is_read_and_opens(ring: KeyRing) -> None:
    document = ring.to_json()
    assert KEY.hex().encode() not in document
    again = KeyRing.from_json(document)
    assert again == ring
    assert again.key.by_passphrase(PASSPHRASE) == KEY
    assert again.coming is not None
    assert again.coming.by_passphrase(PASSPHRASE) == KEY[::-1]
    with pytest.raises(WrongPassphrase):
        again.key.by_passphrase(PASSPHRASE + " ")


def test_a_file_of_the_first_version_still_opens_and_can_be_written_again() -> None:
    first = KeyRing.from_json(wrap(KEY, PASSPHRASE).to_json())
    assert first.key.tpm is None
    assert first.key.by_passphrase(PASSPHRASE) == KEY
    assert KeyRing.from_json(first.to_json()).key.by_passphrase(PASSPHRASE) == KEY


def _changed(ring: KeyRing, change: Any) -> bytes:
    document = json.loads(ring.to_json())
    change(document)
    return json.dumps(document).encode()


def test_damaged_files_are_named(ring: KeyRing) -> None:
    whole = ring.to_json()
    documents = [whole[:length] for length in range(0, len(whole) - 1, 37)]
    documents += [b"", b"[]", b"{}", b"null", b"3", b"\xff" + whole]
    documents += [
        _changed(ring, change)
        for change in (
            lambda d: d.update(format=3),
            lambda d: d.update(keys=[]),
            lambda d: d.update(keys=d["keys"] * 2),
            lambda d: d["keys"][0].pop("id"),
            lambda d: d["keys"][0].update(id=7),
            lambda d: d["keys"][0].pop("passphrase"),
            lambda d: d["keys"][0].update(tpm={"public": "%%"}),
            lambda d: d["keys"][0].update(tpm=[]),
            lambda d: d["keys"][0]["passphrase"].update(memory_kib=1 << 30),
            lambda d: d["keys"][0]["passphrase"].update(memory_kib="much"),
            lambda d: d["keys"][0]["passphrase"].update(nonce="AAAA"),
        )
    ]
    for document in documents:
        with pytest.raises(WrappedKeyDamaged):
            KeyRing.from_json(document)


def test_wrappers_cannot_be_moved_from_one_key_to_another(ring: KeyRing) -> None:
    def swap(document: Any) -> None:
        one, other = document["keys"]
        one["passphrase"], other["passphrase"] = other["passphrase"], one["passphrase"]

    with pytest.raises(WrongPassphrase):
        KeyRing.from_json(_changed(ring, swap)).key.by_passphrase(PASSPHRASE)


def test_taking_the_tpm_out_of_the_file_does_not_make_it_one_for_a_passphrase(tmp_path: Path) -> None:
    pytest.importorskip("tpm2_pytss", reason="the extra `tpm` is not installed")
    with software_tpm(tmp_path / "tpm") as tpm:
        held = hold(KEY, PASSPHRASE, tcti=tpm)
        again = KeyRing.from_json(KeyRing(held).to_json()).key
        assert again.by_tpm(tpm) == KEY
        assert again.by_passphrase(PASSPHRASE) == KEY
    with pytest.raises(TpmGone):
        held.by_tpm(tpm)
    without = _changed(KeyRing(held), lambda d: d["keys"][0].pop("tpm"))
    with pytest.raises(WrongPassphrase):
        KeyRing.from_json(without).key.by_passphrase(PASSPHRASE)
