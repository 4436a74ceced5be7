"""Portraits of people who do not exist, drawn from a seed: the same framing and ground, every feature its own."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 600, 768


def _soft(picture: NDArray[np.uint8], sigma: float) -> NDArray[np.uint8]:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.uint8)


@cache
def face(seed: int) -> bytes:
    """A JPEG, 600 x 768: head, hair, eyes, brows, nose, mouth, clothes, with skin's grain."""
    draw = np.random.default_rng(seed)
    skin = np.array([draw.integers(95, 150), draw.integers(130, 185), draw.integers(180, 235)], float)
    hair = np.array([draw.integers(10, 60)] * 3, float) + draw.integers(0, 25, 3)
    cloth = draw.integers(20, 235, 3).astype(float)
    picture = np.full((HEIGHT, WIDTH, 3), (226, 224, 221), np.uint8)
    x, y = 300 + int(draw.integers(-12, 13)), 350 + int(draw.integers(-12, 13))
    wide, high = int(draw.integers(138, 176)), int(draw.integers(185, 222))
    cv2.ellipse(picture, (x, 790), (int(draw.integers(235, 290)), 190), 0, 180, 360, cloth.tolist(), -1)
    volume = (wide + int(draw.integers(12, 44)), high + int(draw.integers(18, 60)))
    lift = int(draw.integers(12, 46))
    cv2.ellipse(picture, (x, y - lift), volume, 0, 0, 360, hair.tolist(), -1)
    if draw.random() < 0.5:
        length = int(draw.integers(60, 240))
        cv2.rectangle(picture, (x - volume[0], y - lift), (x + volume[0], y + length), hair.tolist(), -1)
    cv2.rectangle(picture, (x - 66, y + high - 60), (x + 66, y + high + 75), (skin * 0.88).tolist(), -1)
    cv2.ellipse(picture, (x, y), (wide, high), 0, 0, 360, skin.tolist(), -1)
    fringe = int(draw.integers(20, 85))
    cv2.ellipse(picture, (x, y - high + 12), (wide - 22, fringe), 0, 0, 360, hair.tolist(), -1)
    eye_y, apart = y - int(draw.integers(12, 44)), int(draw.integers(56, 80))
    opening, thick = int(draw.integers(8, 18)), int(draw.integers(5, 15))
    for side in (-1, 1):
        centre = (x + side * apart, eye_y)
        cv2.ellipse(picture, centre, (34, opening), 0, 0, 360, (236, 238, 240), -1)
        cv2.circle(picture, centre, opening, (30, 40, 60), -1)
        brow = (centre[0], eye_y - int(draw.integers(28, 46)))
        cv2.ellipse(
            picture, brow, (42, thick), side * int(draw.integers(-9, 10)), 180, 360, hair.tolist(), -1
        )
    nose = y + int(draw.integers(28, 66))
    cv2.line(picture, (x - 4, eye_y + 20), (x - int(draw.integers(8, 22)), nose), (skin * 0.8).tolist(), 7)
    cv2.ellipse(picture, (x, nose), (int(draw.integers(22, 44)), 13), 0, 0, 180, (skin * 0.74).tolist(), -1)
    mouth, lips = y + int(draw.integers(95, 138)), int(draw.integers(38, 68))
    cv2.ellipse(picture, (x, mouth), (lips, int(draw.integers(9, 22))), 0, 0, 360, (95, 95, 175), -1)
    cv2.line(picture, (x - lips, mouth), (x + lips, mouth), (60, 60, 110), 4)
    if draw.random() < 0.3:
        for side in (-1, 1):
            cv2.circle(picture, (x + side * apart, eye_y), 46, (40, 40, 40), 5)
    light = 1 + 0.10 * np.linspace(-1, 1, WIDTH)[None, :, None] * draw.choice([-1, 1])
    grain = draw.normal(0, 4.0, (HEIGHT, WIDTH, 1))
    lit = np.clip(_soft(picture, 3.0).astype(float) * light + grain, 0, 255).astype(np.uint8)
    return bytes(cv2.imencode(".jpg", lit, [cv2.IMWRITE_JPEG_QUALITY, 90])[1])
