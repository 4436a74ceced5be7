"""Artwork from files: what a printing office would send is taken, everything else is refused by name."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from printing.errors import LayoutError
from printing.specification import built_in_layout, dump_layout, load_layout
from ui.designer.artwork_file import (
    art_name,
    proportion,
    read_artwork,
    with_artwork,
    without_unused_art,
)
from ui.designer.edits import added, removed
from ui.designer.new_elements import artwork_element

LAYOUT = built_in_layout("national-id-1")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect width="30" height="10" fill="#BFD5EE"/></svg>'


def picture(mode: str = "RGB", kind: str = "PNG", size: tuple[int, int] = (40, 20), frames: int = 1) -> bytes:
    out = BytesIO()
    # Each frame another colour: equal ones are written as one.
    made = [Image.new(mode, size, frame) for frame in range(frames)]
    if frames > 1:
        made[0].save(out, kind, save_all=True, append_images=made[1:])
    else:
        made[0].save(out, kind)
    return out.getvalue()


def refused(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(LayoutError) as caught:
        read_artwork(path)
    (problem,) = caught.value.problems
    return problem.code


@pytest.mark.parametrize(
    ("name", "data", "kind", "wide"),
    [
        ("Crest of Office.PNG", picture(), "image/png", 2.0),
        ("grey.png", picture("L"), "image/png", 2.0),
        ("clear.png", picture("RGBA"), "image/png", 2.0),
        ("photo.jpg", picture(kind="JPEG"), "image/jpeg", 2.0),
        ("drawn.svg", SVG, "image/svg+xml", 3.0),
        ("wrong-name.svg", picture(), "image/png", 2.0),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_taken_can_be_published(
    tmp_path: Path, name: str, data: bytes, kind: str, wide: float
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    art = read_artwork(path)
    assert (art.media_type, round(proportion(art), 3)) == (kind, wide)
    holding, called = with_artwork(LAYOUT, art)
    made, (_id,) = added(holding, "front", [artwork_element(holding, called, proportion(art))])
    assert load_layout(dump_layout(made)).art == holding.art


def test_what_cannot_be_printed_is_refused_by_name(tmp_path: Path) -> None:
    assert refused(tmp_path, "a.gif", picture("P", "GIF")) == "unknown-media-type"
    assert refused(tmp_path, "a.png", b"") == "unknown-media-type"
    assert refused(tmp_path, "a.png", b"%PDF-1.4") == "unknown-media-type"
    assert refused(tmp_path, "a.png", picture(frames=3)) == "art-animated"
    assert refused(tmp_path, "a.jpg", picture("CMYK", "JPEG")) == "art-colour"
    assert refused(tmp_path, "a.png", picture("I;16")) == "art-colour"
    assert refused(tmp_path, "a.png", picture(size=(3000, 3000))) == "art-too-large"
    assert refused(tmp_path, "a.png", picture()[:50]) == "art-damaged"
    assert refused(tmp_path, "a.svg", SVG.replace(b"<rect", b"<use")) == "art-damaged"
    assert refused(tmp_path, "a.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG) == "art-damaged"


def test_ten_megabytes_are_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    with path.open("wb") as file:
        file.truncate(10_000_000)
    path.chmod(0)
    with pytest.raises(LayoutError) as caught:
        read_artwork(path)
    assert caught.value.problems[0].code == "art-too-large"


def test_the_same_picture_is_held_once_and_another_one_has_a_free_name(tmp_path: Path) -> None:
    path = tmp_path / "crest.png"
    path.write_bytes(picture())
    one, name = with_artwork(LAYOUT, read_artwork(path))
    again, same = with_artwork(one, read_artwork(path))
    assert (again, same) == (one, name)
    path.write_bytes(picture("L"))
    two, other = with_artwork(one, read_artwork(path))
    assert (name, other, len(two.art)) == ("crest", "crest-2", len(LAYOUT.art) + 2)
    full = replace(LAYOUT, art=tuple(replace(two.art[-1], sha256=f"{n:064x}") for n in range(30)))
    with pytest.raises(LayoutError) as caught:
        with_artwork(full, read_artwork(path))
    assert caught.value.problems[0].code == "too-much-art"


def test_what_nobody_shows_travels_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "ກາ.png"
    path.write_bytes(picture())
    art = read_artwork(path)
    assert art.name == art_name("ກາ") == "artwork"
    holding, name = with_artwork(LAYOUT, art)
    shown, ids = added(holding, "back", [artwork_element(holding, name, 2.0)])
    assert without_unused_art(shown) == shown
    assert without_unused_art(removed(shown, ids)).art == LAYOUT.art
