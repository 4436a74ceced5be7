"""Photographs of a card that were never taken: print, table, camera and their faults, from a seed."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Shot:
    """How the picture is taken. Angles in degrees, `fill` the share of the picture's width that the card takes
    when it lies straight, blur and shake in pixels of the picture, `gain` of the light, `glare` radius as a share of
    the card's width."""

    size: tuple[int, int] = (1360, 1020)
    fill: float = 0.72
    turn: float = 0.0
    tilt: float = 0.0
    aside: tuple[float, float] = (0.0, 0.0)
    blur: float = 0.6
    shake: float = 0.0
    noise: float = 3.0
    gain: float = 0.95
    slope: float = 0.0
    glare: float = 0.0
    glare_at: tuple[float, float] = (0.5, 0.5)
    ground: tuple[int, int, int] = (96, 92, 90)
    seed: int = 0


def printed(raster: Picture, seed: int = 0) -> Picture:
    """What a dye sublimation printer makes of the raster (BGR): softer, a little off in colour, banded, grained."""
    draw = np.random.default_rng(seed)
    card = np.asarray(cv2.GaussianBlur(raster, (0, 0), 0.7), np.float32)
    toned = 255 * (card / 255) ** draw.uniform(0.9, 1.12)
    inked = 20 + toned * (225 / 255) + draw.uniform(-6, 6, 3)
    grained = inked + draw.normal(0, 2.0, card.shape) + draw.normal(0, 1.5, (card.shape[0], 1, 1))
    return np.asarray(np.clip(grained, 0, 255), np.uint8)


def _corners(shot: Shot, draw: np.random.Generator) -> NDArray[np.float32]:
    width = shot.size[0] * shot.fill
    half = np.array([width / 2, width * 53.98 / 85.60 / 2])
    square = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
    turn = np.radians(shot.turn)
    turned = square @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    # Tilted about an axis in the table's plane, seen from three card widths above.
    axis = draw.uniform(0, 2 * np.pi)
    away = turned @ np.array([np.cos(axis), np.sin(axis)])
    scale = 1 / (1 + np.sin(np.radians(shot.tilt)) * away / (3 * width))
    shown = turned * scale[:, None]
    middle = np.array(shot.size) * (0.5 + np.array(shot.aside))
    return np.asarray(shown + middle, np.float32)


def _mask(height: int, width: int) -> Picture:
    """The card's own outline: corners rounded by 3.18 mm (ISO/IEC 7810)."""
    radius = round(width * 3.18 / 85.60)
    mask = np.zeros((height, width), np.uint8)
    cv2.rectangle(mask, (radius, 0), (width - radius, height), 255, -1)
    cv2.rectangle(mask, (0, radius), (width, height - radius), 255, -1)
    for x in (radius, width - radius - 1):
        for y in (radius, height - radius - 1):
            cv2.circle(mask, (x, y), radius, 255, -1)
    return mask


def _weave(draw: np.random.Generator, width: int, height: int) -> NDArray[np.float32]:
    rough = draw.normal(0, 10, (height // 4, width // 4)).astype(np.float32)
    return np.asarray(cv2.resize(rough, (width, height))[:, :, None], np.float32)


def photograph(side: Picture, shot: Shot, *others: tuple[Picture, Shot]) -> Picture:
    """One picture of `side` (BGR, any resolution) as `shot` says; `others` lie on the same table."""
    draw = np.random.default_rng(shot.seed)
    width, height = shot.size
    plain = np.full((height, width, 3), shot.ground, np.float32)
    table = plain + _weave(draw, width, height)
    for card, lying in ((side, shot), *others):
        rows, columns = card.shape[:2]
        corners = _corners(lying, draw)
        flat = np.array([[0, 0], [columns, 0], [columns, rows], [0, rows]], np.float32)
        place = cv2.getPerspectiveTransform(flat, corners)
        for offset, depth in ((5, 0.55), (0, None)):
            moved = np.array([[1, 0, offset], [0, 1, offset], [0, 0, 1]], np.float64) @ place
            mask = cv2.warpPerspective(_mask(rows, columns), moved, shot.size, flags=cv2.INTER_AREA)
            share: NDArray[np.float32] = np.asarray(mask, np.float32)[:, :, None] / np.float32(255)
            layer: NDArray[np.float32]
            if depth is None:
                layer = np.asarray(
                    cv2.warpPerspective(card, moved, shot.size, flags=cv2.INTER_AREA), np.float32
                )
            else:
                share = np.asarray(cv2.GaussianBlur(share, (0, 0), 4), np.float32)[:, :, None]
                layer = np.asarray(table * depth, np.float32)
            table = np.asarray(table * (1 - share) + layer * share, np.float32)
        if lying is shot and shot.glare:
            centre = np.array([[[columns * shot.glare_at[0], rows * shot.glare_at[1]]]], np.float32)
            x, y = cv2.perspectiveTransform(centre, place)[0, 0]
            across, down = np.meshgrid(np.arange(width) - x, np.arange(height) - y)
            radius = shot.glare * width * shot.fill
            spot = np.exp(-(((across**2 + down**2) / radius**2) ** 2)).astype(np.float32)
            table = table + spot[:, :, None] * np.float32(330)
    light = np.asarray(shot.gain * (1 + shot.slope * np.linspace(-1, 1, width)), np.float32)
    table = table * light[None, :, None]
    if shot.shake >= 1:
        length = int(shot.shake)
        table = np.asarray(cv2.filter2D(table, -1, np.full((1, length), 1 / length, np.float32)), np.float32)
    if shot.blur:
        table = np.asarray(cv2.GaussianBlur(table, (0, 0), shot.blur), np.float32)
    noise = shot.noise * draw.standard_normal(table.shape, np.float32)
    return np.asarray(np.clip(table + noise, 0, 255), np.uint8)


def fair_shots(count: int, seed: int) -> list[Shot]:
    """Pictures as a clerk with ordinary care takes them: any turn, some tilt, light from a side, a little unsharp."""
    draw = np.random.default_rng(seed)
    shots = []
    for number in range(count):
        size = [(1280, 720), (1600, 1200), (1920, 1080)][int(draw.integers(3))]
        across = size[1] < 1000 or draw.random() < 0.7
        turn = float(draw.uniform(-12, 12)) + float(draw.choice([0, 180] if across else [90, 270]))
        sine, cosine = abs(np.sin(np.radians(turn))), abs(np.cos(np.radians(turn)))
        room = min(size[0] / (cosine + 0.6306 * sine), size[1] / (sine + 0.6306 * cosine)) / size[0]
        shots.append(
            Shot(
                size=size,
                fill=float(draw.uniform(0.80, 0.90)) * room,
                turn=turn,
                tilt=float(draw.uniform(0, 14)),
                aside=(float(draw.uniform(-0.015, 0.015)), float(draw.uniform(-0.01, 0.01))),
                blur=float(draw.uniform(0.4, 1.1)),
                noise=float(draw.uniform(1.5, 6)),
                gain=float(draw.uniform(0.72, 1.05)),
                slope=float(draw.uniform(-0.14, 0.14)),
                ground=[(96, 92, 90), (45, 50, 58), (70, 110, 150), (40, 40, 40)][int(draw.integers(4))],
                seed=seed * 1000 + number,
            )
        )
    return shots


def scan(
    side: Picture,
    *,
    dpi: int = 300,
    turn: float = 1.5,
    seed: int = 0,
    lid: int = 250,
    glass: tuple[float, float] = (5.8, 4.1),
    aside: tuple[float, float] = (0.0, 0.0),
) -> Picture:
    """A flatbed scanner's glass (inches, A6 unless told): a white lid, a thin shadow at the card's edge, straight
    light."""
    width, height = round(glass[0] * dpi), round(glass[1] * dpi)
    shot = Shot(
        size=(width, height),
        fill=85.60 / 25.4 * dpi / width,
        turn=turn,
        blur=0.5,
        noise=1.5,
        gain=1.0,
        ground=(lid, lid, lid),
        aside=aside,
        seed=seed,
    )
    return photograph(side, shot)
