"""`workstation seed`, `search` and `queue`: deterministic people, JSON, refusals with a sentence."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.offices import PASSPHRASE, found_office
from ui.commands import main
from workstation.domain.stages import Stage
from workstation.domain.station import Work

APPLICATIONS = 300


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty training office."""
    folder = tmp_path_factory.mktemp("founded") / "office"
    found_office(folder)
    return folder


@pytest.fixture
def passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the commands read the passphrase from."""
    path = tmp_path / "passphrase"
    path.touch(mode=0o600)
    path.write_text(PASSPHRASE + "\n")
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", str(path))
    return path


Answer = Callable[..., Any]


@pytest.fixture
def answer(capsys: pytest.CaptureFixture[str]) -> Answer:
    """Runs a command that must succeed and reads its JSON."""

    def run(*arguments: str) -> Any:
        assert main(arguments) == 0
        return json.loads(capsys.readouterr().out)

    return run


def test_seeded_people_stand_at_every_stage_and_can_be_found(
    founded: Path, tmp_path: Path, passphrase: Path, answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    lists = []
    for name in ("one", "two"):
        data = tmp_path / name
        shutil.copytree(founded, data)
        assert main(["seed", "--applications", str(APPLICATIONS), "--seed", "7", "--data", str(data)]) == 0
        capsys.readouterr()
        lists.append(answer("queue", "--json", "--data", str(data)))
    assert lists[0] == lists[1]
    open_stages = {row["stage"] for row in lists[0]}
    assert open_stages <= {stage.value for stage in Stage}
    assert len(open_stages) >= 7

    data = tmp_path / "one"
    review = answer("queue", "--stage", "review", "--json", "--data", str(data))
    assert review
    assert {row["stage"] for row in review} == {"review"}
    wanted = review[0]
    for text in (wanted["number"], wanted["name_lo"], wanted["name_latin"]):
        hits = answer("search", text, "--json", "--limit", "1000", "--data", str(data))
        assert wanted["number"] in [hit["number"] for hit in hits], text
    only = answer("search", wanted["name_lo"], "--stage", "review", "--json", "--data", str(data))
    assert wanted["number"] in [hit["number"] for hit in only]
    assert {hit["stage"] for hit in only} == {"review"}

    # Others come beside them, under numbers of their own, and the next seed is another one.
    assert main(["--data", str(data), "seed", "--applications", "40", "--seed", "7"]) == 0
    assert str(APPLICATIONS + 40) in capsys.readouterr().out


def test_nothing_found_is_an_empty_list(founded: Path, passphrase: Path, answer: Answer) -> None:
    assert answer("search", "nobody", "--json", "--data", str(founded)) == []


def test_an_office_of_real_work_is_refused(
    tmp_path: Path, passphrase: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found_office(tmp_path / "real", work=Work.REAL)
    assert main(["seed", "--applications", "5", "--data", str(tmp_path / "real")]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.strip()


@pytest.mark.parametrize("arguments", [["search", "x"], ["queue"], ["seed", "--applications", "1"]])
def test_without_a_passphrase_or_an_office_a_sentence_says_so(
    arguments: list[str],
    tmp_path: Path,
    founded: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("LAO_ID_PASSPHRASE_FILE", raising=False)
    assert main([*arguments, "--data", str(founded)]) == 1
    assert "LAO_ID_PASSPHRASE_FILE" in capsys.readouterr().err
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", str(tmp_path / "missing"))
    assert main([*arguments, "--data", str(founded)]) == 1
    wrong = tmp_path / "wrong"
    wrong.touch(mode=0o600)
    wrong.write_text("another passphrase")
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", str(wrong))
    assert main([*arguments, "--data", str(founded)]) == 1
    assert main([*arguments, "--data", str(tmp_path / "nothing")]) == 1


@pytest.mark.parametrize(
    "arguments",
    [["search"], ["search", "x", "--stage", "nowhere"], ["queue", "--stage", "x"], ["seed"],
     ["seed", "--applications", "0"], ["seed", "--applications", "many"]],
)  # fmt: skip
def test_wrong_usage(arguments: list[str], passphrase: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
