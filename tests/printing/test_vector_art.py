"""SVG artwork: the closed part that is taken, and everything else refused by name."""

import pytest

from printing.vector_art import VectorArtDamaged, read_vector_art
from printing.vector_path import PathDamaged, parse_path


def svg(inside: str, head: str = 'viewBox="0 0 100 50"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{inside}</svg>'.encode()


def test_shapes_inherit_and_keep_their_order() -> None:
    art = read_vector_art(
        svg(
            '<g fill="#123456" stroke="none"><circle cx="5" cy="5" r="2"/>'
            '<g stroke="#abc"><line x1="0" x2="9"/></g></g><title>t</title>'
        )
    )
    assert (art.width, art.height) == (100, 50)
    assert [(s.fill, s.stroke) for s in art.shapes] == [("#123456", ""), ("", "#AABBCC")]
    assert art.shapes[0].commands[0] == ("m", 7.0, 5.0)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not-svg"),
        (b"<svg", "not-svg"),
        (b"\xff\xfe", "not-svg"),
        (b"<html/>", "not-svg"),
        (svg("", ""), "viewBox"),
        (svg("", 'viewBox="0 0 0 5"'), "viewBox"),
        (b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + svg("&a;"), "doctype"),
        (svg('<use href="#a"/>'), "use"),
        (svg('<image href="http://example.org/a.png"/>'), "image"),
        (svg("<script/>"), "script"),
        (svg("<text>a</text>"), "text"),
        (svg("<style/>"), "style"),
        (svg('<path d="M0 0" transform="scale(2)"/>'), "path transform"),
        (svg('<path d="M0 0" style="fill:red"/>'), "path style"),
        (svg('<path d="M0 0" fill="url(#a)"/>'), "colour url(#a)"),
        (svg('<path d="M0 0" fill="red"/>'), "colour red"),
        (svg('<circle r="1e9"/>'), "number 1e9"),
        (svg('<circle r="a"/>'), "number a"),
        (svg('<path d="M0 0 A1 1 0 0 0 5 5"/>'), "path A"),
        (svg("<g>" * 30 + "</g>" * 30), "too-deep"),
    ],
)
def test_what_is_not_taken_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(VectorArtDamaged) as caught:
        read_vector_art(data)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("path", "ends"),
    [
        ("M1 2L3 4", [(1, 2), (3, 4)]),
        ("m1,2 3,4", [(1, 2), (4, 6)]),
        ("M1 2h3v4H0V0z", [(1, 2), (4, 2), (4, 6), (0, 6), (0, 0)]),
        ("M0 0C1 1 2 2 3 3s2 2 4 4", [(0, 0), (3, 3), (7, 7)]),
        ("M0 0q1 1 2 0t2 0", [(0, 0), (2, 0), (4, 0)]),
        ("M1 1l1 1zl1 0", [(1, 1), (2, 2), (2, 1)]),
        ("M.5-.5", [(0.5, -0.5)]),
    ],
)
def test_a_path_goes_where_it_says(path: str, ends: list[tuple[float, float]]) -> None:
    assert [command[-2:] for command in parse_path(path) if command[0] != "z"] == [
        pytest.approx(end) for end in ends
    ]


def test_smooth_curves_mirror_the_handle_before() -> None:
    assert parse_path("M0 0C0 1 2 2 3 3S5 5 6 6")[2] == ("c", 4.0, 4.0, 5.0, 5.0, 6.0, 6.0)


@pytest.mark.parametrize(
    "path", ["L1 1", "M1", "M1 2 3", "M a", "5", "z", "M0 0 L", "M0 0 L1e400 0", "M0 0zz 5"]
)
def test_damaged_paths(path: str) -> None:
    if path == "M0 0 L":
        assert parse_path(path) == (("m", 0.0, 0.0),)
        return
    with pytest.raises(PathDamaged):
        parse_path(path)
