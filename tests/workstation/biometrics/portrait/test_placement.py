"""Where the portrait lies, for any face: proportions exact, eyes level and on their line, never beyond the picture by
more than is filled up, never enlarged beyond the limit."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.biometrics.portrait.crop import cut
from workstation.biometrics.portrait.landmarks import FaceGeometry
from workstation.biometrics.portrait.placement import (
    EYE_LINE,
    HEAD_SHARE,
    MOST_OUTSIDE,
    Placement,
    PortraitError,
    place,
)


@st.composite
def scenes(draw: st.DrawFn) -> tuple[FaceGeometry, tuple[int, int]]:
    """A picture (width, height) and a face in it, mostly where people sit: any distance, any turn, any lean."""
    width, height = draw(st.integers(64, 4096)), draw(st.integers(64, 4096))
    distance = min(width, height) * draw(st.floats(0.02, 0.45))
    turn = draw(st.floats(-math.pi, math.pi))
    x, y = width * draw(st.floats(-0.1, 1.1)), height * draw(st.floats(-0.1, 1.1))
    if draw(st.booleans()):
        x, y = width * draw(st.floats(0.4, 0.6)), height * draw(st.floats(0.4, 0.6))
    chin = distance * draw(st.floats(0.9, 2.2))
    lean = turn + math.pi / 2 + draw(st.floats(-0.25, 0.25))
    half = np.array([math.cos(turn), math.sin(turn)]) * distance / 2
    right, left = (float(x - half[0]), float(y - half[1])), (float(x + half[0]), float(y + half[1]))
    face = FaceGeometry((right, left), (x + chin * math.cos(lean), y + chin * math.sin(lean)))
    return face, (width, height)


@given(
    scene=scenes(),
    layout=st.sampled_from([(25.0, 32.0), (35.0, 45.0), (20.0, 20.0), (26.5, 32.9)]),
    dpi=st.integers(96, 1200),
    most=st.floats(1.0, 3.0),
)
@settings(max_examples=600, deadline=None, derandomize=True)
def test_any_face(
    scene: tuple[FaceGeometry, tuple[int, int]], layout: tuple[float, float], dpi: int, most: float
) -> None:
    face, picture = scene
    placed = _placed(face, picture, layout, dpi, most)
    if placed is None:
        return
    assert abs(placed.width - placed.height * layout[0] / layout[1]) <= 0.5
    assert 0 < placed.scale <= most
    assert placed.height <= round(layout[1] / 25.4 * dpi)
    (x1, y1), (x2, y2) = placed.face(face).eyes
    assert abs(y1 - placed.height * EYE_LINE) < 1
    assert abs(y2 - placed.height * EYE_LINE) < 1
    assert abs((x1 + x2) / 2 - placed.width / 2) < 1
    assert x1 < x2
    assert placed.face(face).head_length == pytest.approx(placed.height * HEAD_SHARE, abs=1)
    _lies_inside(placed, picture)


def _placed(
    face: FaceGeometry, picture: tuple[int, int], layout: tuple[float, float], dpi: int, most: float
) -> Placement | None:
    """None for a face that is rightly refused."""
    try:
        return place(face, picture, width_mm=layout[0], height_mm=layout[1], dpi=dpi, enlarge_up_to=most)
    except PortraitError as refusal:
        if refusal.code == "outside-frame" and refusal.facts["percent"] >= 5:
            return None
        if refusal.code == "too-few-pixels" and face.eye_distance < 24:
            return None
        raise


def _lies_inside(placed: Placement, picture: tuple[int, int]) -> None:
    """Every corner of the portrait lies in the picture or at most the stated share beyond it."""
    back = np.linalg.inv(np.vstack([placed.matrix, [0, 0, 1]]))
    corners = np.array(
        [[0, 0, 1], [placed.width, 0, 1], [0, placed.height, 1], [placed.width, placed.height, 1]]
    )
    places = (corners @ back.T)[:, :2]
    span = places.max(axis=0) - places.min(axis=0)
    beyond = np.maximum(np.maximum(-places, places - np.array(picture)), 0).max(axis=0)
    assert float((beyond / span).max()) == pytest.approx(placed.outside, abs=1e-6)
    assert placed.outside <= MOST_OUTSIDE


@given(
    turn=st.floats(-60, 60),
    distance=st.floats(60, 160),
    most=st.sampled_from([1.0, 2.0]),
)
@settings(max_examples=25, deadline=None, derandomize=True)
def test_the_pixels_lie_where_the_placement_says(turn: float, distance: float, most: float) -> None:
    angle = math.radians(turn)
    along = np.array([math.cos(angle), math.sin(angle)])
    middle = np.array([700.0, 640.0])
    right, left = middle - along * distance / 2, middle + along * distance / 2
    chin = middle + np.array([-along[1], along[0]]) * distance * 1.2
    face = FaceGeometry(
        ((float(right[0]), float(right[1])), (float(left[0]), float(left[1]))),
        (float(chin[0]), float(chin[1])),
    )
    rows, columns = np.mgrid[0:1400, 0:1400]
    picture = np.full((1400, 1400, 3), 60, np.uint8)
    for channel, (x, y) in zip((0, 1, 2), (right, left, chin), strict=True):
        spot = np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * 6.0**2))
        picture[:, :, channel] = np.clip(60 + 190 * spot, 0, 255).astype(np.uint8)
    placed = place(face, (1400, 1400), width_mm=25, height_mm=32, dpi=600, enlarge_up_to=most)
    portrait = cut(picture, placed)
    assert portrait.shape == (placed.height, placed.width, 3)
    where = placed.face(face)
    for channel, expected in zip((0, 1, 2), (*where.eyes, where.chin), strict=True):
        weight = np.clip(portrait[:, :, channel].astype(float) - 70, 0, None)
        spread = np.mgrid[0 : placed.height, 0 : placed.width]
        found = (
            float((spread[1] * weight).sum() / weight.sum()),
            float((spread[0] * weight).sum() / weight.sum()),
        )
        assert math.dist(found, expected) < 1.0


def test_what_lies_beyond_the_edge_repeats_the_edge() -> None:
    picture = np.zeros((600, 500, 3), np.uint8)
    picture[:, -1] = (10, 200, 30)
    face = FaceGeometry(((324, 300), (424, 300)), (374, 420))
    placed = place(face, (500, 600), width_mm=25, height_mm=32, dpi=2400)
    assert 0 < placed.outside <= MOST_OUTSIDE
    portrait = cut(picture, placed)
    assert np.abs(portrait[:, -2].astype(int) - (10, 200, 30)).max() <= 2


@pytest.mark.parametrize(
    ("face", "code"),
    [
        (FaceGeometry(((300, 300), (300, 300)), (300, 400)), "too-few-pixels"),
        (FaceGeometry(((300, 300), (323, 300)), (311, 330)), "too-few-pixels"),
        (FaceGeometry(((300, 300), (400, 300)), (350, 300)), "face-unclear"),
        (FaceGeometry(((300, 300), (330, 300)), (315, 900)), "face-unclear"),
        (FaceGeometry(((math.nan, 300), (400, 300)), (350, 400)), "face-unclear"),
        (FaceGeometry(((300, 300), (math.inf, 300)), (350, 400)), "face-unclear"),
        (FaceGeometry(((20, 300), (120, 300)), (70, 420)), "outside-frame"),
        (FaceGeometry(((2000, 3000), (2100, 3000)), (2050, 3120)), "outside-frame"),
    ],
)
def test_faces_of_which_no_portrait_can_be_made(face: FaceGeometry, code: str) -> None:
    with pytest.raises(PortraitError) as raised:
        place(face, (640, 640), width_mm=25, height_mm=32, dpi=600)
    assert raised.value.code == code
