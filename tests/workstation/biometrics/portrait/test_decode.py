"""Picture files of every kind, and those that are none: pixels or a named fault, never a large allocation."""

from __future__ import annotations

import contextlib
import io
import struct
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from workstation.biometrics.portrait.decode import PictureError, decode_picture, read_picture
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.examine import Verdict, examine
from workstation.biometrics.portrait.limits import PortraitLimits

Picture = NDArray[np.uint8]


def saved(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def pillow(picture: Picture) -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(picture[:, :, ::-1]))


def png_header(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    lines = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


@pytest.fixture
def small() -> Image.Image:
    ramp = np.linspace(0, 255, 64 * 48 * 3).reshape(48, 64, 3).astype(np.uint8)
    return Image.fromarray(ramp)


@pytest.mark.parametrize("kind", ["PNG", "BMP", "TIFF"])
def test_lossless_files_keep_every_pixel(small: Image.Image, kind: str) -> None:
    pixels = decode_picture(saved(small, kind))
    assert pixels.dtype == np.uint8
    assert np.array_equal(pixels[:, :, ::-1], np.asarray(small))


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "JPEG2000"])
def test_lossy_files_come_close(small: Image.Image, kind: str) -> None:
    pixels = decode_picture(saved(small, kind))
    assert np.abs(pixels[:, :, ::-1].astype(int) - np.asarray(small)).mean() < 6


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "RGBA", "I;16"])
def test_other_modes_become_three_channels(small: Image.Image, mode: str) -> None:
    if mode == "I;16":
        grey = np.asarray(small.convert("L")).astype(np.uint16) * 257
        given = Image.fromarray(grey)
    else:
        given = small.convert(mode)
    pixels = decode_picture(saved(given))
    assert pixels.shape == (48, 64, 3)
    assert pixels.dtype == np.uint8
    if mode in ("L", "I;16"):
        assert np.abs(pixels[:, :, 0].astype(int) - np.asarray(small.convert("L"))).max() <= 1


def test_cmyk_comes_back_in_its_colours(small: Image.Image) -> None:
    red = Image.new("RGB", (32, 32), (200, 30, 30)).convert("CMYK")
    blue, green, rouge = decode_picture(saved(red, "JPEG", quality=95))[16, 16].astype(int)
    assert rouge > 150 > 100 > max(blue, green)


def test_what_is_transparent_lies_on_white() -> None:
    assert decode_picture(saved(Image.new("RGBA", (8, 8), (0, 0, 0, 0)))).min() == 255


@pytest.mark.parametrize(
    ("orientation", "turned"), [(1, (48, 64)), (3, (48, 64)), (6, (64, 48)), (8, (64, 48))]
)
def test_the_camera_s_orientation_is_followed(
    small: Image.Image, orientation: int, turned: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert decode_picture(saved(small, "JPEG", exif=exif)).shape[:2] == turned


def test_a_turned_cmyk_portrait_is_judged_like_the_upright_one(studio: Picture, detector: Detector) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = pillow(studio).transpose(Image.Transpose.ROTATE_90)
    report = examine(decode_picture(saved(lying, "JPEG", quality=95, exif=exif)), PortraitLimits(), detector)
    assert report.verdict is Verdict.GREEN
    printed = pillow(studio).convert("CMYK")
    report = examine(decode_picture(saved(printed, "JPEG", quality=95)), PortraitLimits(), detector)
    assert report.faces == 1


@pytest.mark.parametrize(
    "content",
    [
        png_header(20_000, 20_000),
        png_header(12_001, 10),
        png_header(60_000, 60_000),
        png_header(7_000, 7_000),
    ],
    ids=["20,000 square", "too wide", "bomb", "49 megapixels"],
)
def test_a_huge_picture_is_refused_before_anything_is_allocated(content: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(PictureError) as raised:
            decode_picture(content)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert raised.value.code == "too-many-pixels"
    assert peak < 4_000_000


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "huge.jpg"
    with file.open("wb") as stream:
        stream.truncate(3_000_000_000)
    with pytest.raises(PictureError) as raised:
        read_picture(file)
    assert raised.value.code == "too-many-bytes"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "JPEG2000", "BMP"])
def test_a_truncated_file_is_named(studio: Picture, kind: str) -> None:
    content = saved(pillow(studio[::4, ::4]), kind)
    for share in (0.0, 0.01, 0.3, 0.9):
        with pytest.raises(PictureError) as raised:
            decode_picture(content[: int(len(content) * share)])
        assert raised.value.code in ("unknown-format", "damaged")


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"%PDF-1.7", b"GIF89a" + bytes(20), b"<svg/>"],
    ids=["empty", "x", "pdf", "gif", "svg"],
)
def test_what_is_no_picture_is_named(content: bytes) -> None:
    with pytest.raises(PictureError) as raised:
        decode_picture(content)
    assert raised.value.code == "unknown-format"


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(PictureError):
        read_picture(tmp_path)
    with pytest.raises(FileNotFoundError):
        read_picture(tmp_path / "none.png")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "JPEG2000", "BMP"])
def test_harmed_bytes_give_pixels_or_a_named_fault(small: Image.Image, kind: str) -> None:
    good = saved(small, kind)
    draw = np.random.default_rng(20260117)
    for _ in range(60):
        harmed = bytearray(good)
        for place in draw.integers(0, len(good), draw.integers(1, 8)):
            harmed[place] = draw.integers(0, 256)
        with contextlib.suppress(PictureError):
            pixels = decode_picture(bytes(harmed))
            assert pixels.ndim == 3
            assert pixels.shape[2] == 3
            assert pixels.size <= 120_000_000


def test_one_pixel_is_a_picture_without_a_face(detector: Detector) -> None:
    report = examine(decode_picture(saved(Image.new("RGB", (1, 1)))), PortraitLimits(), detector)
    assert report.faces == 0
    assert report.verdict is Verdict.RED
