"""The harms done to the studio picture, each with a known strength: what the requirements are tried against.

Strength 0 leaves the picture as it is, 1 is plainly wrong; in between it grows. Geometry comes from the mesh of
the unharmed picture, so that the truth is known.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import LinearNDInterpolator

from devices.camera.opencv import cv2
from workstation.biometrics.portrait.face_view import LEFT_EYE, OUTLINE, RIGHT_EYE

Picture = NDArray[np.uint8]
Plane = NDArray[np.float32]

ROLL, PITCH, YAW = 20.0, 20.0, 20.0
_SKIN_POINTS = (205, 425, 50, 280, 4)
_UPPER_INNER = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
_LOWER_INNER = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)


@dataclass(frozen=True, eq=False)
class Scene:
    """The unharmed picture, its mesh (478, 3) in pixels and where its person is (0-1)."""

    picture: Picture
    mesh: Plane
    person: Plane

    def ring(self, part: tuple[int, ...]) -> NDArray[np.int32]:
        return np.rint(self.mesh[list(part), :2]).astype(np.int32)

    @property
    def unit(self) -> float:
        """The distance of the eyes."""
        right, left = self.mesh[[33, 133], :2].mean(axis=0), self.mesh[[362, 263], :2].mean(axis=0)
        return float(np.linalg.norm(left - right))

    @property
    def middle(self) -> tuple[float, float]:
        x, y = self.mesh[[33, 133, 362, 263], :2].mean(axis=0)
        return float(x), float(y)

    @property
    def skin(self) -> NDArray[np.float64]:
        values = [
            self.picture[int(y) - 3 : int(y) + 4, int(x) - 3 : int(x) + 4].reshape(-1, 3)
            for x, y in self._cheeks
        ]
        return np.asarray(np.median(np.concatenate(values), axis=0), np.float64)

    @property
    def _cheeks(self) -> Plane:
        return self.mesh[list(_SKIN_POINTS), :2]

    def soft(self, part: tuple[int, ...], grown: int = 0, edge: float = 1.5) -> Plane:
        """0-1 inside a ring of mesh points, (height, width, 1)."""
        mask = np.zeros(self.picture.shape[:2], np.uint8)
        cv2.fillPoly(mask, [self.ring(part)], 255)
        if grown:
            cv2.polylines(mask, [self.ring(part)], True, 255, 2 * grown + 1)
        return _softened(mask, edge)


Harm = Callable[[Scene, float], Picture]


def _softened(mask: Any, edge: float) -> Plane:
    return np.asarray(cv2.GaussianBlur(mask.astype(np.float32) / 255, (0, 0), edge)[..., None], np.float32)


def _bytes(values: Any) -> Picture:
    return np.asarray(np.clip(np.rint(values), 0, 255), np.uint8)


def _laid(under: Any, over: Any, share: Any) -> Picture:
    return _bytes(under * (1 - share) + over * share)


def _moved(picture: Picture, before: NDArray[Any], after: NDArray[Any]) -> Picture:
    """The picture warped so that the points `before` come to `after`; between them as triangles."""
    height, width = picture.shape[:2]
    rows, columns = np.mgrid[0:height:4, 0:width:4].astype(np.float64)
    found = LinearNDInterpolator(after, before - after)(np.stack([columns, rows], axis=-1))
    shift = cv2.resize(
        np.nan_to_num(found).astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR
    )
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    return np.asarray(
        cv2.remap(
            picture, x + shift[..., 0], y + shift[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
    )


def _turned(scene: Scene, rotation: NDArray[np.float64]) -> Picture:
    """The face turned about its middle as its mesh says; the picture's frame stays."""
    mesh = scene.mesh.astype(np.float64)
    centre = mesh[list(OUTLINE)].mean(axis=0)
    turned = (mesh - centre) @ rotation.T + centre
    # Hair and ears go along, half of the way to the frame of what stays.
    ring = mesh[list(OUTLINE)]
    hair = (ring - centre) * np.array([1.5, 1.6, 1.0]) + centre
    hair_turned = (hair - centre) @ rotation.T + centre
    height, width = scene.picture.shape[:2]
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    reach = 3.2 * scene.unit
    far = np.column_stack([centre[0] + reach * np.cos(angles), centre[1] + reach * np.sin(angles)])
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], np.float64)
    before = np.concatenate([mesh[:468, :2], hair[:, :2], far, corners])
    after = np.concatenate([turned[:468, :2], hair_turned[:, :2], far, corners])
    return _moved(scene.picture, before, after)


def roll(scene: Scene, strength: float) -> Picture:
    """Clockwise as the camera sees it."""
    turn = cv2.getRotationMatrix2D(scene.middle, -ROLL * strength, 1.0)
    size = (scene.picture.shape[1], scene.picture.shape[0])
    return np.asarray(cv2.warpAffine(scene.picture, turn, size, borderMode=cv2.BORDER_REPLICATE))


def pitch(scene: Scene, strength: float) -> Picture:
    """Chin raised: in the mesh, smaller depth is nearer."""
    a = math.radians(PITCH * strength)
    return _turned(
        scene, np.array([[1, 0, 0], [0, math.cos(a), math.sin(a)], [0, -math.sin(a), math.cos(a)]])
    )


def yaw(scene: Scene, strength: float) -> Picture:
    """Turned to the person's own left."""
    a = math.radians(YAW * strength)
    return _turned(
        scene, np.array([[math.cos(a), 0, -math.sin(a)], [0, 1, 0], [math.sin(a), 0, math.cos(a)]])
    )


def _scaled(scene: Scene, factor: float, across: float = 0.0) -> Picture:
    x, y = scene.middle
    place = np.array([[factor, 0, x * (1 - factor) + across], [0, factor, y * (1 - factor)]], np.float32)
    size = (scene.picture.shape[1], scene.picture.shape[0])
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(
        cv2.warpAffine(scene.picture, place, size, flags=method, borderMode=cv2.BORDER_REPLICATE)
    )


def far(scene: Scene, strength: float) -> Picture:
    return _scaled(scene, 1 - 0.5 * strength)


def near(scene: Scene, strength: float) -> Picture:
    return _scaled(scene, 1 + 0.7 * strength)


def aside(scene: Scene, strength: float) -> Picture:
    return _scaled(scene, 1.0, 330 * strength)


def poster(scene: Scene, strength: float) -> Picture:
    """A face on the wall, up to 0.7 of the applicant's; none below a tenth."""
    if strength < 0.1:
        return scene.picture.copy()
    x, y = scene.middle
    reach = 1.9 * scene.unit
    cut = scene.picture[int(y - reach) : int(y + reach), int(x - reach) : int(x + reach)]
    share = 0.3 + 0.4 * strength
    small = cv2.resize(cut, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    harmed = scene.picture.copy()
    harmed[60 : 60 + small.shape[0], 60 : 60 + small.shape[1]] = small
    return harmed


def blur(scene: Scene, strength: float) -> Picture:
    return _bytes(cv2.GaussianBlur(scene.picture, (0, 0), 0.01 + 6 * strength))


def motion(scene: Scene, strength: float) -> Picture:
    """Moved sidewards while the shutter was open."""
    length = max(1, round(25 * strength))
    return np.asarray(cv2.filter2D(scene.picture, -1, np.full((1, length), 1 / length)))


def noise(scene: Scene, strength: float) -> Picture:
    grain = np.random.default_rng(7).normal(0, 14 * strength, scene.picture.shape)
    return _bytes(scene.picture + grain)


def jpeg(scene: Scene, strength: float) -> Picture:
    quality = round(95 - 90 * strength)
    _, content = cv2.imencode(".jpg", scene.picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(content, cv2.IMREAD_COLOR), np.uint8)


def pixelated(scene: Scene, strength: float) -> Picture:
    block = max(1, round(1 + 6 * strength))
    height, width = scene.picture.shape[:2]
    size = (width // block, height // block)
    small = cv2.resize(
        scene.picture[: size[1] * block, : size[0] * block], size, interpolation=cv2.INTER_AREA
    )
    return np.asarray(np.repeat(np.repeat(small, block, axis=0), block, axis=1), np.uint8)


def few_pixels(scene: Scene, strength: float) -> Picture:
    factor = 1 - 0.55 * strength
    return np.asarray(cv2.resize(scene.picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))


def dark(scene: Scene, strength: float) -> Picture:
    return _bytes(scene.picture * (1 - 0.9 * strength))


def bright(scene: Scene, strength: float) -> Picture:
    return _bytes(scene.picture * (1 + 0.9 * strength))


def gamma(scene: Scene, strength: float) -> Picture:
    """Darker in the middle, black and white as they are."""
    return _bytes(255 * (scene.picture / 255.0) ** (1 + 0.6 * strength))


def fog(scene: Scene, strength: float) -> Picture:
    return _laid(scene.picture, 170.0, 0.8 * strength)


def side_light(scene: Scene, strength: float) -> Picture:
    """Light falls off from the picture's left to its right, over the width of the face."""
    x, _ = scene.middle
    across = (np.arange(scene.picture.shape[1]) - x) / (2.2 * scene.unit)
    fall = 1 - 0.55 * strength * (np.clip(across, -1, 1) + 0.5).clip(0, 1)
    on_person = scene.person[..., None]
    return _laid(scene.picture, scene.picture * fall[None, :, None], on_person)


def face_shadow(scene: Scene, strength: float) -> Picture:
    """A hard shadow over the lower right part of the face, as of a hat's brim or a window's bar."""
    x, y = scene.middle
    rows, columns = np.mgrid[0 : scene.picture.shape[0], 0 : scene.picture.shape[1]]
    band = np.abs((columns - x) * 0.5 + (rows - y - 0.75 * scene.unit)) < 0.28 * scene.unit
    mask = _softened(np.where(band, 255, 0).astype(np.uint8), 2.0) * scene.person[..., None]
    return _laid(scene.picture, scene.picture * (1 - 0.65 * strength), mask)


def curtain(scene: Scene, strength: float) -> Picture:
    """Stripes of another colour behind the person."""
    stripes = (np.arange(scene.picture.shape[1]) // 40) % 2 == 0
    colour = np.array([90.0, 60.0, 140.0])
    share = strength * stripes[None, :, None] * (1 - scene.person[..., None])
    return _laid(scene.picture, colour, share)


def dark_wall(scene: Scene, strength: float) -> Picture:
    return _laid(scene.picture, scene.picture * (1 - 0.85 * strength), 1 - scene.person[..., None])


def wall_shadow(scene: Scene, strength: float) -> Picture:
    """The person's own shadow on the wall to the right."""
    moved = np.array([[1, 0, 0.8 * scene.unit], [0, 1, 0.2 * scene.unit]], np.float32)
    size = (scene.picture.shape[1], scene.picture.shape[0])
    shadow = cv2.GaussianBlur(cv2.warpAffine(scene.person, moved, size), (0, 0), 6.0) * (1 - scene.person)
    return _laid(scene.picture, scene.picture * 0.62, strength * shadow[..., None])


def closed_eyes(scene: Scene, strength: float) -> Picture:
    """The lids come down: skin is painted over the eyes from above, with the lashes' line at its edge."""
    harmed = scene.picture.astype(np.float64)
    grain = np.random.default_rng(11).normal(0, 2.0, scene.picture.shape)
    rows = np.arange(scene.picture.shape[0])[:, None]
    for eye in (RIGHT_EYE, LEFT_EYE):
        ring = scene.ring(eye)
        top, bottom = ring[:, 1].min(), ring[:, 1].max()
        edge = top - 3 + (bottom - top + 5) * strength
        mask = scene.soft(eye, grown=3, edge=1.0)
        skin = scene.skin + grain
        lid = mask * np.clip(edge - rows, 0, 1)[..., None]
        harmed = harmed * (1 - lid) + skin * lid
        if strength > 0:
            lashes = mask * np.exp(-(((rows - edge) / 1.2) ** 2))[..., None]
            harmed = harmed * (1 - 0.7 * lashes) + scene.skin * 0.3 * 0.7 * lashes
    return _bytes(harmed)


def looking_aside(scene: Scene, strength: float) -> Picture:
    """The irises moved within the eyes to the person's own right, where they lie a little already."""
    height, width = scene.picture.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    shift = np.zeros((height, width), np.float32)
    for eye, iris in ((RIGHT_EYE, 468), (LEFT_EYE, 473)):
        ring = scene.ring(eye)
        half = (ring[:, 0].max() - ring[:, 0].min()) / 2
        cx, cy = scene.mesh[iris, :2]
        inside = scene.soft(eye, grown=1, edge=2.0)[..., 0]
        move = -0.5 * strength * half
        fall = np.exp(-(((x - cx - move) / (0.8 * half)) ** 2 + ((y - cy) / half) ** 2))
        shift += move * inside * fall
    return np.asarray(cv2.remap(scene.picture, x - shift, y, cv2.INTER_CUBIC))


def open_mouth(scene: Scene, strength: float) -> Picture:
    height, width = scene.picture.shape[:2]
    points = scene.mesh[list(_UPPER_INNER + _LOWER_INNER), :2]
    left, right = float(points[:, 0].min()), float(points[:, 0].max())
    line = float(scene.mesh[[13, 14], 1].mean())
    columns = np.arange(width, dtype=np.float64)
    corner = np.sqrt(np.clip(1 - ((columns - (left + right) / 2) / ((right - left) / 2)) ** 2, 0, 1))
    gap = 0.25 * scene.unit * strength * corner
    rows = np.arange(height, dtype=np.float64)[:, None]
    below = (rows - line - gap) / (1.6 * scene.unit)
    source = rows - gap * (0.5 + 0.5 * np.cos(np.pi * np.clip(below, 0, 1)))
    source = np.where(rows < line, rows, np.maximum(source, line))
    across = np.broadcast_to(columns, source.shape).astype(np.float32)
    moved = cv2.remap(scene.picture, across, source.astype(np.float32), cv2.INTER_CUBIC)
    inside = _softened(np.where((rows >= line) & (rows < line + gap), 255, 0).astype(np.uint8), 0.8)
    return _laid(moved, np.array([35.0, 25.0, 60.0]), inside)


def smile(scene: Scene, strength: float) -> Picture:
    """The corners of the mouth drawn up and out."""
    height, width = scene.picture.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    shift_x, shift_y = np.zeros((height, width), np.float32), np.zeros((height, width), np.float32)
    for corner, side in ((61, -1.0), (291, 1.0)):
        cx, cy = scene.mesh[corner, :2]
        pull = np.exp(-(((x - cx) ** 2 + (y - cy) ** 2) / (0.22 * scene.unit) ** 2)) * strength
        shift_x += 0.10 * scene.unit * side * pull
        shift_y -= 0.12 * scene.unit * pull
    return np.asarray(cv2.remap(scene.picture, x - shift_x, y - shift_y, cv2.INTER_CUBIC))


def glasses(scene: Scene, strength: float) -> Picture:
    """Dark frames close round the eyes, thicker with strength; no lenses."""
    harmed = scene.picture.copy()
    if strength <= 0:
        return harmed
    thick = max(1, round(0.10 * scene.unit * strength))
    ink, centres = (25, 20, 20), []
    for eye in (RIGHT_EYE, LEFT_EYE):
        cx, cy = scene.mesh[list(eye), :2].mean(axis=0)
        centres.append((cx, cy))
        axes = (int(0.40 * scene.unit), int(0.22 * scene.unit))
        cv2.ellipse(harmed, (int(cx), int(cy)), axes, 0, 0, 360, ink, thick, cv2.LINE_AA)
    (x1, y1), (x2, y2) = centres
    inner = int(0.40 * scene.unit)
    cv2.line(harmed, (int(x1) + inner, int(y1)), (int(x2) - inner, int(y2)), ink, thick, cv2.LINE_AA)
    return harmed


def glare(scene: Scene, strength: float) -> Picture:
    """White reflections over the eyes, as of a lamp in lenses."""
    mask = np.zeros(scene.picture.shape[:2], np.uint8)
    for eye in (RIGHT_EYE, LEFT_EYE):
        cx, cy = scene.mesh[list(eye), :2].mean(axis=0) + np.array([0.08, 0.05]) * scene.unit
        axes = (round(0.22 * scene.unit * strength), round(0.12 * scene.unit * strength))
        if min(axes) > 0:
            cv2.ellipse(mask, (int(cx), int(cy)), axes, 20, 0, 360, 255, -1, cv2.LINE_AA)
    return _laid(scene.picture, 253.0, _softened(mask, 1.0))


def red_eyes(scene: Scene, strength: float) -> Picture:
    """The flash thrown back by the eye's ground; the iris up to wholly red."""
    mask = np.zeros(scene.picture.shape[:2], np.uint8)
    for centre, rim in ((468, 469), (473, 474)):
        x, y = scene.mesh[centre, :2]
        radius = abs(scene.mesh[rim, 0] - x) * strength
        cv2.circle(
            mask, (round(float(x)), round(float(y))), max(0, round(float(radius))), 255, -1, cv2.LINE_AA
        )
    open_eye = np.maximum(scene.soft(RIGHT_EYE), scene.soft(LEFT_EYE))
    return _laid(
        scene.picture, np.array([40.0, 40.0, 220.0]), _softened(mask, 0.8) * open_eye * min(1.0, 4 * strength)
    )


def covered_mouth(scene: Scene, strength: float) -> Picture:
    """A pale blue mask over mouth and chin, drawn up from below."""
    y = scene.mesh[152, 1] - strength * (scene.mesh[152, 1] - scene.mesh[1, 1])
    rows = np.arange(scene.picture.shape[0])[:, None]
    mask = scene.soft(OUTLINE, grown=4) * np.clip(rows - y, 0, 1)[..., None]
    return _laid(scene.picture, np.array([225.0, 205.0, 175.0]), mask)


def covered_eyes(scene: Scene, strength: float) -> Picture:
    """Dark lenses, more and more opaque."""
    mask = np.zeros(scene.picture.shape[:2], np.uint8)
    for eye in (RIGHT_EYE, LEFT_EYE):
        cx, cy = scene.mesh[list(eye), :2].mean(axis=0)
        cv2.ellipse(
            mask, (int(cx), int(cy)), (int(0.42 * scene.unit), int(0.28 * scene.unit)), 0, 0, 360, 255, -1
        )
    return _laid(scene.picture, np.array([22.0, 20.0, 20.0]), strength * _softened(mask, 1.0))


def hair_over_face(scene: Scene, strength: float) -> Picture:
    """Dark strands over forehead and one side of the face."""
    harmed = scene.picture.astype(np.float64)
    draw = np.random.default_rng(3)
    x, y = scene.middle
    unit = scene.unit
    mask = np.zeros(scene.picture.shape[:2], np.uint8)
    for _ in range(round(90 * strength)):
        start = x + draw.uniform(-0.2, 1.1) * unit
        bend = draw.uniform(-0.15, 0.15) * unit
        strand = np.array(
            [
                [start, y - 1.5 * unit],
                [start + bend, y - 0.6 * unit],
                [start + 2 * bend, y + draw.uniform(0.2, 1.2) * unit],
            ]
        )
        cv2.polylines(mask, [np.rint(strand).astype(np.int32)], False, 255, 3, cv2.LINE_AA)
    hair = np.array([22.0, 26.0, 34.0])
    return _laid(harmed, hair, _softened(mask, 0.8))


def scarf(scene: Scene, strength: float) -> Picture:
    """A plain cloth over the hair, from the crown down to the jaw on both sides; the face stays free."""
    x, y = scene.middle
    unit = scene.unit
    mask = np.zeros(scene.picture.shape[:2], np.uint8)
    cv2.ellipse(mask, (int(x), int(y + 0.1 * unit)), (int(1.55 * unit), int(2.1 * unit)), 0, 0, 360, 255, -1)
    mask[int(y + (-2.2 + 4.2 * strength) * unit) :] = 0
    free = scene.soft(OUTLINE, grown=2)
    return _laid(scene.picture, np.array([150.0, 60.0, 70.0]), _softened(mask, 2.0) * (1 - free))


def colour_cast(scene: Scene, strength: float) -> Picture:
    """As under a blue-green tube."""
    return _bytes(scene.picture * (1 + strength * np.array([0.25, 0.12, -0.55])))


def darker_skin(scene: Scene, strength: float) -> Picture:
    """Another person's skin under the same light: the face's albedo lower, eyes' white as it is. No harm."""
    skin = scene.soft(OUTLINE, grown=12, edge=8.0) * (
        1 - np.maximum(scene.soft(RIGHT_EYE), scene.soft(LEFT_EYE))
    )
    neck = _neck(scene)
    return _laid(
        scene.picture, scene.picture * np.array([0.36, 0.38, 0.42]), strength * np.maximum(skin, neck)
    )


def _neck(scene: Scene) -> Plane:
    x, _ = scene.middle
    chin = scene.mesh[152, 1]
    mask = np.zeros(scene.picture.shape[:2], np.uint8)
    half = 0.55 * scene.unit
    cv2.rectangle(
        mask, (int(x - half), int(chin - 5)), (int(x + half), int(chin + 0.4 * scene.unit)), 255, -1
    )
    return _softened(mask, 8.0)


HARMS: dict[str, Harm] = {
    harm.__name__: harm
    for harm in (
        *(poster, far, near, aside, roll, pitch, yaw),
        *(closed_eyes, looking_aside, open_mouth, smile, glasses, glare, red_eyes),
        *(covered_mouth, covered_eyes, hair_over_face, scarf),
        *(side_light, face_shadow, dark, bright, gamma, fog, colour_cast),
        *(curtain, dark_wall, wall_shadow),
        *(blur, motion, noise, pixelated, jpeg, few_pixels),
    )
}
