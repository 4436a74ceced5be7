"""Pictures of cards, fair and poor: what is read of them, and what is said of those that cannot be read."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.workstation.card_reading.cards import CODE, NUMBER, Picture, content, models, rendered, sides
from tests.workstation.card_reading.photographs import Shot, fair_shots, photograph, printed, scan
from workstation.card_reading.errors import PictureFault, PictureUnusable
from workstation.card_reading.likeness import PORTRAIT_ALIKE, TEXT_ALIKE
from workstation.card_reading.reading import SideReading, read_side

FAIR = Shot(turn=4.0, tilt=6.0, seed=5)
SMALL_ROOM = 720


def whole(reading: SideReading) -> bool:
    """Whether everything on this side was read, and as it stands on the sample card."""
    prints = [*reading.texts.values()]
    if any(alike < TEXT_ALIKE for alike in prints):
        return False
    if reading.side == "front":
        return min(reading.portraits.values()) >= PORTRAIT_ALIKE
    texts = {place.value: reading.symbols.get(place.name) for place in reading.model.symbols}
    codes = {value: symbol.text for value, symbol in texts.items() if symbol is not None}
    zone = reading.zone
    return (
        codes == {"qr": CODE, "document_number": NUMBER}
        and zone is not None
        and zone.legible
        and zone.lines == content().mrz
    )


def read(picture: Picture) -> SideReading:
    return read_side(picture, models())


@pytest.mark.parametrize("number", range(6))
def test_a_fair_picture_is_read_at_the_first_time(number: int) -> None:
    shot = fair_shots(6, 3)[number]
    reading = read(photograph(printed(sides()[number % 2], number), shot))
    assert reading.side == ("front", "back")[number % 2]
    assert whole(reading), (reading.texts, reading.portraits, list(reading.symbols), reading.zone)


@pytest.mark.campaign
def test_fair_pictures_are_read_at_the_first_time_in_ninety_five_of_a_hundred() -> None:
    good = 0
    for number, shot in enumerate(fair_shots(200, 77)):
        try:
            good += whole(read(photograph(printed(sides()[number % 2], number), shot)))
        except PictureUnusable:
            continue
    assert good >= 190


def test_a_side_that_is_a_file_of_its_own_is_read_as_it_is() -> None:
    for on_blank, turn in ((True, -1), (False, 1)):
        for name, side in zip(("front", "back"), sides(on_blank=on_blank), strict=True):
            reading = read(np.ascontiguousarray(side[::turn, ::turn]))
            assert (reading.side, whole(reading)) == (name, True)


@pytest.mark.parametrize(("lid", "number"), [(255, 0), (255, 1), (250, 0), (205, 1)])
def test_a_scan_on_a_white_lid_is_read(lid: int, number: int) -> None:
    reading = read(scan(printed(sides()[number], 2), lid=lid, turn=2.5))
    assert (reading.side, whole(reading)) == (("front", "back")[number], True)


@pytest.mark.parametrize(("lid", "number"), [(255, 0), (205, 1)])
def test_a_card_that_lies_somewhere_on_a_whole_glass_is_read(lid: int, number: int) -> None:
    """A4: the card is a fifteenth of the picture, and as large as any scanned at this resolution."""
    taken = scan(
        printed(sides()[number], 2), dpi=220, lid=lid, turn=93, glass=(8.27, 11.69), aside=(0.2, -0.2)
    )
    reading = read(taken)
    assert (reading.side, whole(reading)) == (("front", "back")[number], True)
    assert abs(reading.dpi - 220) < 8


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_any_turn_is_set_upright(turn: int) -> None:
    picture = photograph(printed(sides()[0]), replace(FAIR, turn=turn + 3, fill=0.6))
    reading = read(picture)
    assert reading.side == "front"
    assert whole(reading)


TABLE: Picture = np.full((SMALL_ROOM, 960, 3), (96, 92, 90), np.uint8)
WHITE: Picture = cv2.rectangle(TABLE.copy(), (180, 160), (780, 538), (240, 240, 240), -1)  # type: ignore[assignment]  # a picture


@pytest.mark.parametrize(
    ("fault", "shot"),
    [
        (PictureFault.DARK, replace(FAIR, gain=0.10)),
        (PictureFault.PARTLY_OUTSIDE, replace(FAIR, aside=(0.25, 0.0))),
        (PictureFault.PARTLY_OUTSIDE, replace(FAIR, aside=(0.0, -0.3))),
        (PictureFault.TOO_SMALL, replace(FAIR, fill=0.24)),
    ],
)
@pytest.mark.parametrize("side", [0, 1])
def test_a_picture_without_a_whole_card_is_named(fault: PictureFault, shot: Shot, side: int) -> None:
    with pytest.raises(PictureUnusable) as caught:
        read(photograph(sides()[side], shot))
    assert caught.value.fault is fault


def test_no_card_two_cards_and_something_else() -> None:
    two = photograph(
        sides()[0], Shot(fill=0.4, aside=(-0.22, -0.2)), (sides()[1], Shot(fill=0.4, aside=(0.22, 0.2)))
    )
    for picture, fault in (
        (TABLE, PictureFault.NO_CARD),
        (np.zeros((480, 640, 3), np.uint8), PictureFault.DARK),
        (np.full((480, 640, 3), 255, np.uint8), PictureFault.NO_CARD),
        (two, PictureFault.TWO_CARDS),
        (WHITE, PictureFault.UNKNOWN_SIDE),
        (np.full((9, 9, 3), 200, np.uint8), PictureFault.NO_CARD),
    ):
        with pytest.raises(PictureUnusable) as caught:
            read(picture)
        assert caught.value.fault is fault


@pytest.mark.parametrize(
    ("fault", "shot"),
    [
        (PictureFault.BLURRED, replace(FAIR, blur=6.0)),
        (PictureFault.BLURRED, replace(FAIR, shake=17.0)),
        (PictureFault.GLARE, replace(FAIR, glare=0.12, glare_at=(0.45, 0.5))),
        (PictureFault.DARK, replace(FAIR, gain=0.2, noise=9.0)),
    ],
)
@pytest.mark.parametrize("side", [0, 1])
def test_a_picture_that_is_too_poor_says_how(fault: PictureFault, shot: Shot, side: int) -> None:
    reading = read(photograph(printed(sides()[side]), shot))
    assert not whole(reading)
    assert reading.fault is fault


@pytest.mark.parametrize("other", [2, 4, 5])
def test_another_persons_portrait_is_another(other: int) -> None:
    reading = read(photograph(printed(sides(other)[0], other), replace(FAIR, seed=other)))
    assert reading.portraits["portrait"] < PORTRAIT_ALIKE - 0.2
    assert reading.portraits["ghost"] < PORTRAIT_ALIKE
    assert min(reading.texts.values()) >= TEXT_ALIKE


def test_the_same_portrait_mirrored_is_another() -> None:
    portrait = np.asarray(cv2.imdecode(np.frombuffer(content().portrait, np.uint8), cv2.IMREAD_COLOR))
    mirrored = cv2.imencode(".jpg", np.ascontiguousarray(portrait[:, ::-1]))[1].tobytes()
    front, _back = rendered(content(portrait=mirrored))
    assert read(photograph(printed(front), FAIR)).portraits["portrait"] < PORTRAIT_ALIKE


@pytest.mark.parametrize(
    ("field", "value", "element"),
    [
        ("surname_lo", "ພົມວິຫາດ", "name-lo"),
        ("given_name_lo", "ຄຳຫຼາ", "name-lo"),
        ("birth", "31/01/1996", "birth"),
        ("identity_number", "010 2030 4123 4561", "number"),
        ("surname_latin", "PHOMVIHANE-X", "name-latin"),
    ],
)
def test_a_text_that_differs_by_a_letter_is_found(field: str, value: str, element: str) -> None:
    front, _back = rendered(content(1, **{field: value}))
    reading = read(photograph(printed(front), FAIR))
    assert {name for name, alike in reading.texts.items() if alike < TEXT_ALIKE} == {element}


def test_another_code_does_not_pull_the_card_askew() -> None:
    _front, back = rendered(content(qr=CODE[:40] + CODE[:-40]))
    reading = read(photograph(printed(back), FAIR))
    assert reading.symbols["qr"].text != CODE
    assert reading.zone is not None
    assert (reading.zone.legible, reading.zone.lines) == (True, content().mrz)
    assert min(reading.texts.values()) >= TEXT_ALIKE
