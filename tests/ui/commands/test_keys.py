"""`workstation keys`: each verb by an administrator, what is refused, and a TPM that opens without a passphrase."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.offices import ADMINISTRATOR, CLERK, PASSPHRASE, PASSWORD, staffed_office
from tests.software_tpm import software_tpm
from ui.commands import main
from workstation.startup import close_office, open_office

FRESH = "a fresh passphrase of the office"
Keys = Callable[..., dict[str, Any]]


def secret(path: Path, text: str) -> Path:
    path.touch(mode=0o600)
    path.write_text(text + "\n")
    return path


@pytest.fixture
def keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[Path, Keys]:
    """The folder of a closed office, and its command as an administrator gives it; the answer as JSON."""
    data = tmp_path / "data"
    with staffed_office(data):
        pass
    password = secret(tmp_path / "password", PASSWORD)
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", str(secret(tmp_path / "passphrase", PASSPHRASE)))
    monkeypatch.setenv("LAO_ID_TPM", f"device:{tmp_path}/no-tpm")

    def run(verb: str, *more: str, operator: str = ADMINISTRATOR) -> dict[str, Any]:
        who = () if verb == "status" else ("--operator", operator, "--password-file", str(password))
        code = main(["keys", verb, *who, *more, "--json", "--data", str(data)])
        said = capsys.readouterr()
        return {"code": code, "error": said.err, **(json.loads(said.out) if said.out else {})}

    return data, run


def test_status_rotation_and_a_new_passphrase(
    keys: tuple[Path, Keys], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, run = keys
    first = run("status")
    assert first["code"] == 0
    assert (first["opens_by"], first["rotation_cut_off"], first["tpm_answers"]) == (
        "passphrase",
        False,
        False,
    )

    refused = run("rotate", operator=CLERK)
    assert refused["code"] == 1
    assert "role" in refused["error"]
    assert run("status")["key"] == first["key"]

    turned = run("rotate")
    assert turned["code"] == 0
    assert turned["key"] != first["key"]
    assert not turned["rotation_cut_off"]

    fresh = secret(tmp_path / "fresh", FRESH)
    assert run("rewrap", "--new-passphrase-file", str(fresh))["code"] == 0
    assert run("rotate")["code"] == 1
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", str(fresh))
    assert run("rotate")["code"] == 0
    close_office(open_office(data, FRESH))


def test_files_that_others_can_read_and_missing_ones_are_refused(
    keys: tuple[Path, Keys], tmp_path: Path
) -> None:
    _data, run = keys
    before = run("status")["key"]
    for name in ("passphrase", "password"):
        file = tmp_path / name
        file.chmod(0o640)
        answer = run("rotate")
        assert answer["code"] == 1
        assert str(file) in answer["error"]
        file.chmod(0o600)
    (tmp_path / "password").unlink()
    assert run("rotate")["code"] == 1
    assert run("status")["key"] == before


def test_a_tpm_is_added_opens_alone_and_is_forgotten(
    keys: tuple[Path, Keys], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("tpm2_pytss", reason="the extra `tpm` is not installed")
    data, run = keys
    assert "TPM" in run("add-tpm")["error"]
    assert "TPM" in run("recover")["error"]
    with software_tpm(tmp_path / "chip") as tpm:
        monkeypatch.setenv("LAO_ID_TPM", tpm)
        added = run("add-tpm")
        assert (added["code"], added["opens_by"], added["tpm_answers"]) == (0, "tpm", True)
        monkeypatch.delenv("LAO_ID_PASSPHRASE_FILE")
        assert main(["queue", "--data", str(data)]) == 0
    assert main(["queue", "--data", str(data)]) == 1
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    assert main(["queue", "--data", str(data)]) == 1
    recovered = run("recover")
    assert (recovered["code"], recovered["opens_by"]) == (0, "passphrase")
    assert main(["queue", "--data", str(data)]) == 0


def test_wrong_usage(keys: tuple[Path, Keys]) -> None:
    for arguments in (["keys"], ["keys", "rotate"], ["keys", "melt"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2


def test_a_folder_without_an_office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "status", "--data", str(tmp_path / "none")]) == 1
    assert capsys.readouterr().err
