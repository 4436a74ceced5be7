"""`workstation portrait check`: values and verdicts, one sentence for each refusal, the exit code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.camera.opencv import cv2
from ui.commands import main
from ui.demo_portrait import build_studio_portrait, raw_picture
from ui.language import language, set_language
from workstation.biometrics.portrait.examine import REQUIREMENTS


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("portraits") / "studio.png"
    assert cv2.imwrite(str(file), build_studio_portrait())
    return file


def test_a_good_portrait(studio: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["portrait", "check", str(studio)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    lines = out.splitlines()
    assert lines[0] == f"{studio}: green (engine mediapipe)"
    assert [line.split()[1] for line in lines[1:]] == list(REQUIREMENTS)
    assert {line.split()[0] for line in lines[1:]} == {"green"}


def test_as_json(studio: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw, text = tmp_path / "raw.png", tmp_path / "text.txt"
    cv2.imwrite(str(raw), raw_picture())
    text.write_text("no picture")
    files = [str(file) for file in (studio, raw, text, tmp_path / "none.png")]
    assert main(["portrait", "check", *files, "--json"]) == 1
    out, err = capsys.readouterr()
    pictures = json.loads(out)["pictures"]
    assert [picture["file"] for picture in pictures] == files
    assert [picture["verdict"] for picture in pictures] == ["green", "red", None, None]
    assert [picture.get("fault") for picture in pictures[2:]] == ["unknown-format", "not-readable"]
    mouth = next(r for r in pictures[1]["requirements"] if r["name"] == "mouth_closed")
    assert mouth["verdict"] == "red"
    assert mouth["sentence"] == "mouth_closed-high"
    assert mouth["value"] == pytest.approx(0.09, abs=0.02)
    assert f"{raw}: Mouth: Ask the applicant to close the mouth and keep a calm face." in err
    assert f"{text}: This is no picture file that can be read." in err
    assert "none.png" in err
    assert str(studio) not in err


@pytest.mark.parametrize(
    "wrong", [[], ["--age", "x", "f.png"], ["--age", "-1", "f.png"], ["--deep", "f.png"]]
)
def test_wrong_usage(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(["portrait", "check", *wrong])
    assert raised.value.code == 2
    assert "usage" in capsys.readouterr().err
