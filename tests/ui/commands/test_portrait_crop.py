"""`portrait crop`: the portrait and the chip's picture from a file, and bad files named."""

import argparse
import json
from pathlib import Path

import numpy as np
import pytest

from devices.camera.opencv import cv2
from ui.commands.portrait_crop import add_crop
from ui.demo_portrait import build_studio_portrait
from ui.language import language, set_language
from workstation.biometrics.portrait.decode import decode_picture


@pytest.fixture(autouse=True)
def in_english() -> object:
    before = language()
    set_language("en")
    yield
    set_language(before)


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pictures") / "studio.png"
    cv2.imwrite(str(path), build_studio_portrait())
    return path


def crop(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    add_crop(parser.add_subparsers())
    args = parser.parse_args(["crop", *map(str, arguments)])
    return int(args.run(args))


def test_the_portrait_and_what_was_done(
    picture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "portrait.jpg"
    assert crop(picture, "--out", out, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    pixels = decode_picture(out.read_bytes())
    assert (told["height"], told["width"]) == pixels.shape[:2]
    assert told["width"] / told["height"] == pytest.approx(25 / 32, abs=0.002)
    assert told["bytes"] == out.stat().st_size <= 250_000
    assert told["scale"] <= 1
    (x1, y1), (x2, y2) = told["eyes"]
    assert y1 == pytest.approx(y2, abs=0.5)
    assert (x1 + x2) / 2 == pytest.approx(told["width"] / 2, abs=1)
    assert list(tmp_path.iterdir()) == [out]


def test_the_chip_s_picture(picture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "chip.jp2"
    assert crop(picture, "--out", out, "--chip", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["format"] == "JPEG2000"
    assert out.read_bytes()[4:8] == b"jP  "
    assert out.stat().st_size <= 20_000


def test_the_print_version_has_an_even_background(picture: Path, tmp_path: Path) -> None:
    plain, printed = tmp_path / "plain.jpg", tmp_path / "printed.jpg"
    assert crop(picture, "--out", plain) == 0
    assert crop(picture, "--out", printed, "--printed") == 0
    corners = [
        decode_picture(path.read_bytes())[:40, :40].astype(float).std(axis=(0, 1)).max()
        for path in (plain, printed)
    ]
    assert corners[1] < corners[0] / 2


def test_bad_files_are_named(picture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = picture.read_bytes()
    wall = tmp_path / "wall.png"
    cv2.imwrite(str(wall), np.full((480, 640, 3), 128, np.uint8))
    small = tmp_path / "small.png"
    cv2.imwrite(str(small), cv2.resize(build_studio_portrait(), None, fx=0.2, fy=0.2))
    damaged, text, dot = tmp_path / "damaged.png", tmp_path / "text.jpg", tmp_path / "dot.png"
    damaged.write_bytes(whole[: len(whole) // 2])
    text.write_text("no picture")
    cv2.imwrite(str(dot), np.zeros((1, 1, 3), np.uint8))
    out = tmp_path / "out" / "portrait.jpg"
    out.parent.mkdir()
    for file, said in (
        (wall, "No face was found."),
        (dot, "No face was found."),
        (small, "The face is too small"),
        (damaged, "is damaged"),
        (text, "no picture file"),
        (tmp_path / "nobody.png", "nobody.png could not be read"),
    ):
        assert crop(file, "--out", out) == 1
        told = capsys.readouterr()
        assert told.out == ""
        assert said in told.err
    assert list(out.parent.iterdir()) == []


def test_a_place_that_cannot_be_written(
    picture: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert crop(picture, "--out", tmp_path / "nowhere" / "portrait.jpg") == 1
    assert "could not be read or written" in capsys.readouterr().err
