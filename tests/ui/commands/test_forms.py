"""`workstation forms check`: a summary for a good form, every problem for a bad one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.form_specifications import changed, shipped, with_occupation
from tests.offices import ADMINISTRATOR, CLERK, PASSPHRASE, PASSWORD, staffed_office
from ui.commands import main


def _file(folder: Path, document: bytes) -> str:
    path = folder / "form.json"
    path.write_bytes(document)
    return str(path)


def test_a_good_form_is_summed_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forms", "check", _file(tmp_path, shipped("renewal"))]) == 0
    said = capsys.readouterr()
    assert "renewal-1+" in said.out
    assert said.err == ""


def test_the_summary_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forms", "check", "--json", _file(tmp_path, changed(with_occupation))]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["accepted"] is True
    assert "occupation" in answer["fields"]


def test_a_bad_form_names_every_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _file(tmp_path, changed(lambda d: d["sections"][0]["title"].pop("en"), seal=False))
    assert main(["forms", "check", path]) == 1
    said = capsys.readouterr().err
    assert "$.sections[0].title: language-missing" in said
    assert "$.sha256: wrong-hash" in said
    assert main(["forms", "check", "--json", path]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert {problem["code"] for problem in problems} == {"language-missing", "wrong-hash"}


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forms", "check", str(tmp_path / "none.json")]) == 1
    assert "not-readable" in capsys.readouterr().err


def test_wrong_usage() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["forms", "check"])
    assert ended.value.code == 2


@pytest.fixture
def office_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A closed office, with the files that its commands are given."""
    with staffed_office(tmp_path / "data"):
        pass
    (tmp_path / "passphrase").touch(mode=0o600)
    (tmp_path / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
    (tmp_path / "password").write_text(PASSWORD + "\n", encoding="utf-8")
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    return str(tmp_path / "data")


def _bring_in(tmp_path: Path, data: str, document: bytes, operator: str = ADMINISTRATOR) -> int:
    password = str(tmp_path / "password")
    file = _file(tmp_path, document)
    return main(
        ["forms", "bring-in", file, "--operator", operator, "--password-file", password, "--data", data]
    )


def test_bringing_in_and_listing(
    tmp_path: Path, office_data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _bring_in(tmp_path, office_data, changed(with_occupation, "renewal")) == 0
    assert capsys.readouterr().out.startswith("renewal-2+")
    damaged = changed(with_occupation, "renewal").replace(b"farmer", b"farmar")
    assert _bring_in(tmp_path, office_data, damaged) == 1
    assert "wrong-hash" in capsys.readouterr().err
    assert _bring_in(tmp_path, office_data, shipped("renewal"), operator=CLERK) == 1
    assert "role" in capsys.readouterr().err
    assert main(["forms", "list", "--json", "--data", office_data]) == 0
    answer = json.loads(capsys.readouterr().out)
    states = {row["version"].partition("+")[0]: row["state"] for row in answer["forms"]}
    assert states["renewal-2"] == "in-force"
    assert states["renewal-1"] == "past"
    assert states["first_issue-1"] == "in-force"
    assert answer["refused"] == []
    assert main(["forms", "list", "--data", office_data]) == 0
    assert "renewal\trenewal-2+" in capsys.readouterr().out
