"""Invented fingerprints: ridges grown from noise along an orientation field, then pressed on a sensor.

The orientation field comes from singular points (Sherlock and Monro, "A model for interpreting
fingerprint topology", Pattern Recognition 26, 1993); ridges grow by repeated filtering with Gabor
waves of the local direction, as in SFinGe (Maltoni et al., Handbook of Fingerprint Recognition, ch. 6).
No person's print went into it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from devices.camera.opencv import cv2

WIDTH, HEIGHT, DPI = 272, 320, 500
# The grown skin is larger than the sensor, so that a finger can be placed differently each time.
_SKIN_WIDTH, _SKIN_HEIGHT = 352, 416
_DIRECTIONS = 24
_KERNEL = 23
_GROWTH = 8

Field = NDArray[np.float32]


def finger(seed: int, impression: int = 0) -> NDArray[np.uint8]:
    """A print of 320 rows x 272 columns at 500 dpi, 0 = black ridge.

    seed: which finger; impression: which placing of it (shift, turn, stretch, pressure, moisture,
    contact area and noise differ). Equal numbers give equal pixels.
    """
    rng = np.random.default_rng([seed, 7919, impression])
    skin, pores = _skin(seed)
    rows, columns = _placing(rng)
    ridges, open_pores = _looked_up(skin, rows, columns), _looked_up(pores, rows, columns)
    pressure = rng.uniform(-0.12, 0.18) + 0.10 * _smooth(rng, (HEIGHT, WIDTH), 40)
    ink = 1 / (1 + np.exp(-7.0 * (ridges + pressure)))
    ink *= 1 - rng.uniform(0.3, 0.7) * open_pores
    ink *= 1 - 0.25 * np.clip(_smooth(rng, (HEIGHT, WIDTH), 1.2), 0, 2)
    ink *= _contact(rng)
    grey = 250 - ink * rng.uniform(195, 225) + rng.normal(0, 3.0, ink.shape)
    pressed = cv2.GaussianBlur(np.clip(grey, 0, 255).astype(np.float32), (0, 0), 0.6)
    return np.clip(np.rint(pressed), 0, 255).astype(np.uint8)


@lru_cache(maxsize=32)
def _skin(seed: int) -> tuple[Field, Field]:
    """Ridge height from -1 (valley) to 1 (ridge), and sweat pores from 0 to 1, of one finger."""
    rng = np.random.default_rng([seed, 104729])
    direction = _orientation(rng)
    period = rng.uniform(8.4, 9.8)
    # Between two kernels' directions both answers are mixed: a hard border would bear minutiae of its own,
    # in the same places on every finger of a kind.
    sector = direction / np.pi * _DIRECTIONS
    waves = [_wave(k * np.pi / _DIRECTIONS, period) for k in range(_DIRECTIONS)]
    weights = []
    for k in range(_DIRECTIONS):
        apart = np.abs((sector - k + _DIRECTIONS / 2) % _DIRECTIONS - _DIRECTIONS / 2)
        weights.append(np.clip(1 - apart, 0, 1).astype(np.float32))
    skin = rng.normal(0, 1, (_SKIN_HEIGHT, _SKIN_WIDTH)).astype(np.float32)
    for _ in range(_GROWTH):
        grown = np.zeros_like(skin)
        for wave, weight in zip(waves, weights, strict=True):
            grown += weight * cv2.filter2D(skin, -1, wave, borderType=cv2.BORDER_REFLECT)
        skin = np.asarray(np.tanh(2.5 * grown / grown.std()), np.float32)
    rows, columns = np.mgrid[0:_SKIN_HEIGHT, 0:_SKIN_WIDTH].astype(np.float32)
    rows += 8.0 * _smooth(rng, skin.shape, 60)
    columns += 8.0 * _smooth(rng, skin.shape, 60)
    skin = _looked_up(skin, rows, columns)
    pores = np.zeros_like(skin)
    dots = rng.random(skin.shape) < 0.012
    pores[dots & (skin > 0.7)] = 1.0
    pores = np.asarray(cv2.GaussianBlur(pores, (0, 0), 0.9), np.float32)
    return skin, np.clip(pores * 5, 0, 1)


def _orientation(rng: np.random.Generator) -> Field:
    """Ridge direction in radians, from 0 to pi, anticlockwise from the right."""
    rows, columns = np.mgrid[0:_SKIN_HEIGHT, 0:_SKIN_WIDTH].astype(np.float32)
    x = columns - _SKIN_WIDTH / 2
    y = _SKIN_HEIGHT / 2 - rows
    kind = rng.choice(["loop", "loop", "loop", "whorl", "whorl", "arch"])
    core_x, core_y = rng.uniform(-34, 34), rng.uniform(-20, 60)
    if kind == "arch":
        height = rng.uniform(0.9, 1.25)
        rise = np.exp(-(((y - core_y) / 110) ** 2)) * np.where(y > core_y + 60, 0.85, 1.0)
        bend = -height * rise * np.sin(x / _SKIN_WIDTH * np.pi * 1.6)
        return np.asarray(np.mod(bend + 0.2 * _smooth(rng, x.shape, 60), np.pi), np.float32)
    side = rng.choice([-1.0, 1.0])
    cores = [(core_x, core_y)]
    deltas = [(core_x + side * rng.uniform(60, 130), core_y - rng.uniform(70, 140))]
    if kind == "whorl":
        cores.append((core_x + rng.uniform(-20, 20), core_y - rng.uniform(15, 60)))
        deltas.append((core_x - side * rng.uniform(60, 130), core_y - rng.uniform(70, 140)))
    turn = sum(np.arctan2(y - b, x - a) for a, b in cores)
    turn = turn - sum(np.arctan2(y - b, x - a) for a, b in deltas)
    base = rng.uniform(-0.2, 0.2) if kind == "whorl" else side * rng.uniform(-0.05, 0.4)
    wander = 0.2 * _smooth(rng, x.shape, 60)
    return np.asarray(np.mod(turn / 2 + base + wander, np.pi), np.float32)


def _wave(direction: float, period: float) -> Field:
    """A Gabor kernel whose crests run in `direction`; it lets no constant grey through."""
    half = _KERNEL // 2
    rows, columns = np.mgrid[-half : half + 1, -half : half + 1].astype(np.float32)
    across = columns * np.sin(direction) + rows * np.cos(direction)
    along = columns * np.cos(direction) - rows * np.sin(direction)
    bell = np.exp(-(across**2) / (2 * 3.8**2) - along**2 / (2 * 5.0**2))
    kernel = bell * np.cos(2 * np.pi * across / period)
    kernel -= bell * kernel.sum() / bell.sum()
    return np.asarray(kernel / np.abs(kernel).sum(), np.float32)


def _placing(rng: np.random.Generator) -> tuple[Field, Field]:
    """For each sensor pixel, the row and column of the skin that lies on it."""
    angle = np.deg2rad(rng.uniform(-9, 9))
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    y, x = rows - HEIGHT / 2, columns - WIDTH / 2
    shift_x, shift_y = rng.uniform(-9, 9), rng.uniform(-11, 11)
    skin_x = np.cos(angle) * x - np.sin(angle) * y + _SKIN_WIDTH / 2 + shift_x
    skin_y = np.sin(angle) * x + np.cos(angle) * y + _SKIN_HEIGHT / 2 + shift_y
    skin_x += 2.2 * _smooth(rng, (HEIGHT, WIDTH), 50)
    skin_y += 2.2 * _smooth(rng, (HEIGHT, WIDTH), 50)
    return skin_y.astype(np.float32), skin_x.astype(np.float32)


def _contact(rng: np.random.Generator) -> Field:
    """How firmly each sensor pixel is touched, 0 to 1: an oval with a ragged edge."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    x = (columns - WIDTH / 2 - rng.uniform(-6, 6)) / (WIDTH * rng.uniform(0.42, 0.48))
    y = (rows - HEIGHT / 2 - rng.uniform(-6, 6)) / (HEIGHT * rng.uniform(0.44, 0.50))
    reach = 1.0 - (np.abs(x) ** 2.6 + np.abs(y) ** 2.6)
    edge = reach + 0.06 * _smooth(rng, (HEIGHT, WIDTH), 6) + 0.02 * _smooth(rng, (HEIGHT, WIDTH), 1.5)
    return np.asarray(1 / (1 + np.exp(-18 * edge)), np.float32)


def _smooth(rng: np.random.Generator, shape: tuple[int, int], scale: float) -> Field:
    """Noise without structure finer than `scale` pixels, mean 0 and deviation 1."""
    noise = cv2.GaussianBlur(rng.normal(0, 1, shape).astype(np.float32), (0, 0), scale)
    return np.asarray((noise - noise.mean()) / noise.std(), np.float32)


def _looked_up(picture: Field, rows: Field, columns: Field) -> Field:
    """The picture's values at these places, between pixels too."""
    values = cv2.remap(picture, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(values, np.float32)
