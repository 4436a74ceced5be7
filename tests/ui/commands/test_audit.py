"""`workstation audit`: verify, export and checkpoints as a person at the terminal uses them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.registry_process import RegistryProcess
from tests.offices import ADMINISTRATOR, CLERK, PASSPHRASE, PASSWORD, staffed_office
from ui.commands import main
from workstation.startup import begin_sync, close_office, open_office
from workstation.workflow.audit.verify import verify_trail


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RegistryProcess]:
    process = RegistryProcess(tmp_path_factory.mktemp("registry") / "registry.db")
    yield process
    process.stop()


@pytest.fixture
def data(tmp_path: Path, registry: RegistryProcess, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A closed office, its passphrase and its administrator's password in files."""
    folder = tmp_path / "office"
    with staffed_office(folder, registry_url=registry.url):
        pass
    for name, secret in (("passphrase", PASSPHRASE), ("password", PASSWORD)):
        (tmp_path / name).write_text(secret + "\n")
        (tmp_path / name).chmod(0o600)
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    return folder


def synchronised(data: Path) -> None:
    office = open_office(data, PASSPHRASE)
    try:
        engine = begin_sync(office)
        assert engine is not None
        try:
            from tests.workstation.sync.conftest import until

            until(lambda: verify_trail(office.store).trails[0].countersigned > 0)
        finally:
            engine.stop()
    finally:
        close_office(office)


def test_a_whole_office_from_verify_to_export(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    synchronised(data)
    assert main(["--training", "--data", str(data), "audit", "verify", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    (station,) = said["stations"]
    assert said["whole"] is True
    assert station["broken"] is None
    assert station["countersigned"] > 0
    out, held = tmp_path / "trail.jsonl", tmp_path / "checkpoints.json"
    assert main(["--training", "--data", str(data), "audit", "checkpoints", "--out", str(held)]) == 0
    password = str(tmp_path / "password")
    export = [
        "--training",
        "--data",
        str(data),
        "audit",
        "export",
        "--out",
        str(out),
        "--password-file",
        password,
    ]
    assert main([*export, "--operator", CLERK]) == 1
    assert not out.exists()
    capsys.readouterr()
    assert main([*export, "--operator", ADMINISTRATOR]) == 0
    entries = int(capsys.readouterr().out)
    assert main(["audit", "verify", "--file", str(out), "--checkpoints", str(held)]) == 0
    assert f"{entries} entries" in capsys.readouterr().out


def test_a_bent_office_is_told_by_name_and_place(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    office = open_office(data, PASSPHRASE)
    office.store.write(lambda tx: tx.exec_driver_sql("DROP TRIGGER audit_no_update"))
    office.store.write(lambda tx: tx.exec_driver_sql("UPDATE audit SET actor = 'x' WHERE position = 3"))
    close_office(office)
    assert main(["--training", "--data", str(data), "audit", "verify"]) == 1
    assert "change at entry 3" in capsys.readouterr().out
    assert main(["--training", "--data", str(data), "audit", "verify", "--json"]) == 1
    (station,) = json.loads(capsys.readouterr().out)["stations"]
    assert station["broken"] == {"kind": "change", "first": 3, "until": 3}


def test_files_that_are_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "verify", "--file", str(tmp_path / "none")]) == 1
    bad = tmp_path / "bad"
    bad.write_bytes(b"\0\1\2")
    assert main(["audit", "verify", "--file", str(bad)]) == 1
    assert main(["audit", "verify", "--file", str(bad), "--checkpoints", str(bad)]) == 1
    assert "line 1" in capsys.readouterr().err
