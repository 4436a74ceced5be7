"""An office with a TPM opens by it alone; gone, cleared or swapped it is a refusal, and recovery is called by name."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.offices import ADMINISTRATOR, CLERK, PASSPHRASE, PASSWORD
from tests.software_tpm import software_tpm
from workstation.database.audit import audit_of
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused
from workstation.startup import close_office, open_office
from workstation.workflow.keys.key_file import KEY, TPM, read_key_ring
from workstation.workflow.keys.steps import add_tpm, begin_rotation, change_passphrase, recover, turn_key
from workstation.workflow.office import Office
from workstation.workflow.sign_in import sign_in

pytest.importorskip("tpm2_pytss", reason="the extra `tpm` is not installed")
OTHER = "another passphrase entirely"


@contextmanager
def opened(data: Path, passphrase: str | None, *, recover: bool = False) -> Iterator[Office]:
    office = open_office(data, passphrase, recover=recover)
    try:
        yield office
    finally:
        close_office(office)


def refusal(data: Path, passphrase: str | None) -> Reason:
    with pytest.raises(Refused) as refused:
        close_office(open_office(data, passphrase))
    return refused.value.reason


def test_from_the_first_seal_to_the_recovery(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state, monkey = tmp_path / "chip", monkeypatch
    with software_tpm(state) as tpm:
        monkey.setenv(TPM, tpm)
        with opened(folder, PASSPHRASE) as office:
            add_tpm(office, sign_in(office, ADMINISTRATOR, PASSWORD), PASSPHRASE)
        sealed = read_key_ring(folder).key
        with opened(folder, None) as office:
            noted = office.store.read(lambda connection: audit_of(connection, sealed.id))
            assert [entry.tag for entry in noted] == [AuditTag.KEY_TPM_ADDED]
            begin_rotation(office, sign_in(office, ADMINISTRATOR, PASSWORD), PASSPHRASE)
        turn_key(folder, PASSPHRASE)
        with opened(folder, None) as office:
            change_passphrase(office, sign_in(office, ADMINISTRATOR, PASSWORD), PASSPHRASE, OTHER)
        turned = read_key_ring(folder).key
        assert turned.tpm is not None
        assert turned.by_passphrase(OTHER) == turned.by_tpm(tpm) != sealed.by_passphrase(PASSPHRASE)

    # Gone: the right passphrase does not help.
    assert refusal(folder, OTHER) is Reason.TPM_GONE
    shutil.rmtree(state)
    with software_tpm(state) as cleared:
        monkey.setenv(TPM, cleared)
        assert refusal(folder, OTHER) is Reason.TPM_REFUSES

    with pytest.raises(Refused, match="wrong-passphrase"):
        open_office(folder, PASSPHRASE, recover=True)
    with opened(folder, OTHER, recover=True) as office:
        with pytest.raises(Refused, match="role-not-allowed"):
            recover(office, sign_in(office, CLERK, PASSWORD), OTHER)
        assert read_key_ring(folder).key == turned
        recover(office, sign_in(office, ADMINISTRATOR, PASSWORD), OTHER)
    with opened(folder, OTHER) as office:
        key_id = read_key_ring(folder).key.id
        noted = office.store.read(lambda connection: audit_of(connection, key_id))
        assert [entry.tag for entry in noted] == [AuditTag.KEY_RECOVERED]
        with pytest.raises(Refused, match="no-tpm-provisioned"):
            recover(office, sign_in(office, ADMINISTRATOR, PASSWORD), OTHER)


def test_without_a_tpm_none_is_added(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TPM, f"device:{tmp_path}/none")
    before = (folder / KEY).read_bytes()
    with opened(folder, PASSPHRASE) as office:
        who = sign_in(office, ADMINISTRATOR, PASSWORD)
        with pytest.raises(Refused, match="tpm-gone"):
            add_tpm(office, who, PASSPHRASE)
        with pytest.raises(Refused, match="wrong-passphrase"):
            change_passphrase(office, who, OTHER, OTHER)
        with pytest.raises(Refused, match="fields-incomplete"):
            change_passphrase(office, who, PASSPHRASE, "short")
    assert (folder / KEY).read_bytes() == before
    assert refusal(folder, None) is Reason.PASSPHRASE_NEEDED
