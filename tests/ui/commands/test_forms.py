"""`workstation forms check`: a summary for a good form, every problem for a bad one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.form_specifications import changed, shipped, with_occupation
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
