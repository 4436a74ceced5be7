"""`workstation hand-over` from the shell: what lies ready, notices and labels; refusals are sentences and 1."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.offices import CLERK, PASSPHRASE, PASSWORD, found_office, staff_office
from ui.commands import main
from workstation.startup import close_office, open_office

Call = Callable[..., int]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    found_office(tmp_path / "office")
    office = open_office(tmp_path / "office", PASSPHRASE)
    try:
        staff_office(office)
    finally:
        close_office(office)
    for name, secret in (("passphrase", PASSPHRASE), ("password", PASSWORD)):
        path = tmp_path / name
        path.touch(mode=0o600)
        path.write_text(secret)
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", str(tmp_path / "passphrase"))

    def hand_over(*words: str) -> int:
        who = ("--operator", CLERK, "--password-file", str(tmp_path / "password"))
        return main(["hand-over", *words, "--data", str(tmp_path / "office"), *who])

    return hand_over


def test_lists_of_a_new_office(call: Call, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("ready") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert call("ready", "--uncollected") == 0
    assert json.loads(capsys.readouterr().out) == []
    assert call("notices", "--out", str(tmp_path / "notices.csv")) == 0
    written = (tmp_path / "notices.csv").read_text(encoding="utf-8-sig")
    assert written.startswith("number,telephone,name,message")
    assert call("notices", "--out", str(tmp_path / "letters.pdf")) == 0
    assert call("labels", "--box", "3", "--out", str(tmp_path / "labels.pdf")) == 0
    for name in ("letters.pdf", "labels.pdf"):
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")
    capsys.readouterr()
    assert call("labels", "--box", "0", "--out", str(tmp_path / "none.pdf")) == 1
    assert "0-1-1" in capsys.readouterr().err
    assert not (tmp_path / "none.pdf").exists()
    with pytest.raises(SystemExit):
        call("notices", "--out", str(tmp_path / "notices.txt"))
