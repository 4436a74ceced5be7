"""`workstation backup` and `workstation restore`, as a supervisor types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.offices import PASSPHRASE, PASSWORD, SUPERVISOR, found_office, staff_office
from tests.workstation.workflow.backup.backups import numbers, reopened, work
from ui.commands import main


def secret(path: Path, text: str) -> str:
    path.write_text(text + "\n")
    path.chmod(0o600)
    return str(path)


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object], str]:
    code = main(list(words))
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


def test_the_whole_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, out, new = tmp_path / "data", tmp_path / "out", tmp_path / "new"
    found_office(data)
    with reopened(data) as office:
        work(staff_office(office))
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", secret(tmp_path / "passphrase", PASSPHRASE))
    password = secret(tmp_path / "password", PASSWORD)
    words = secret(tmp_path / "words", "the supervisor's own words")
    at = ("--data", str(data), "--json")

    code, _, err = said(capsys, "backup", str(out), *at)
    assert code == 1
    assert "no backup key" in err or "ກະແຈ" in err

    key = tmp_path / "key.json"
    made_by = ("--operator", SUPERVISOR, "--password-file", password)
    code, made, _ = said(
        capsys, "backup", "keys", *at, *made_by, "--out", str(key), "--key-passphrase-file", words
    )
    assert code == 0
    paper = secret(tmp_path / "paper", str(made["recovery_text"]))

    code, backup, _ = said(capsys, "backup", str(out), *at)
    assert (code, backup["applications"]) == (0, 1)
    folder = str(backup["folder"])

    opens = ("--key", str(key), "--key-passphrase-file", words)
    code, tested, _ = said(capsys, "backup", "test", folder, *at, *opens)
    assert (code, tested["backup"]) == (0, backup["backup"])

    into = ("restore", folder, "--into", str(new), "--json", "--recovery-text-file", paper)
    code, _, err = said(capsys, *into)
    assert code == 1
    assert "--station" in err
    code, restored, _ = said(capsys, *into, "--station", "VTE-S1")
    assert (code, restored["lost"], restored["before"]) == (0, 0, "")
    assert numbers(new) == numbers(data)


@pytest.mark.parametrize("words", [["keys"], ["test", "a", "b"], ["test", "a"], ["one", "two"]], ids=" ".join)
def test_wrong_usage(tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["backup", *words, "--data", str(tmp_path)])
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err
