"""ISO/IEC 19794-2:2005 records: exact bytes, another maker's record, and damage of every kind."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.biometrics.fingerprint.positions import FingerPosition
from workstation.biometrics.fingerprint.template import (
    Minutia,
    MinutiaKind,
    Template,
    TemplateError,
    read_template,
    write_template,
)

MINUTIA = Minutia(x=100, y=14, angle=112.5, kind=MinutiaKind.BIFURCATION, quality=90)
TEMPLATE = Template(272, 320, (MINUTIA,), position=FingerPosition.LEFT_INDEX, quality=54)
RECORD = bytes.fromhex(
    "464D5200 20323000 00000024 0000 0110 0140 00C5 00C5 01 00"  # header, 36 bytes in all
    "07 00 36 01"  # left index, view 0 and live-scan plain, quality 54, one minutia
    "8064 000E 50 5A"  # bifurcation at 100, 14; 80 x 1.40625 degrees; quality 90
    "0000"  # no extended data
)

minutiae = st.builds(
    Minutia,
    x=st.integers(0, 271),
    y=st.integers(0, 319),
    angle=st.integers(0, 255).map(lambda step: step * 360 / 256),
    kind=st.sampled_from(MinutiaKind),
    quality=st.integers(0, 100),
)


def code_of(record: bytes) -> str:
    with pytest.raises(TemplateError) as fault:
        read_template(record)
    return fault.value.code


def test_exact_bytes() -> None:
    assert write_template(TEMPLATE) == RECORD
    assert read_template(RECORD) == TEMPLATE


@given(st.lists(minutiae, max_size=255))
def test_what_is_written_is_read(found: list[Minutia]) -> None:
    template = replace(TEMPLATE, minutiae=tuple(found))
    assert read_template(write_template(template)) == template


def test_the_best_255_are_kept_in_their_order() -> None:
    many = tuple(replace(MINUTIA, x=x, quality=1 + x % 100) for x in range(270))
    kept = read_template(write_template(replace(TEMPLATE, minutiae=many))).minutiae
    assert len(kept) == 255
    assert [m.x for m in kept] == sorted(m.x for m in kept)
    assert min(m.quality for m in set(many) - set(kept)) <= min(m.quality for m in kept)


@pytest.mark.parametrize("wrong", [{"x": 0x4000}, {"x": -1}, {"y": 0x4000}, {"quality": 256}])
def test_numbers_that_do_not_fit_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(TemplateError):
        write_template(replace(TEMPLATE, minutiae=(replace(MINUTIA, **wrong),)))  # type: ignore[arg-type]  # names of int fields


def test_padding_is_not_data() -> None:
    assert read_template(RECORD + bytes(100)) == TEMPLATE


def test_another_makers_record(samples: Path) -> None:
    template = read_template((samples / "wsq" / "iso-probe.dat").read_bytes())
    assert (template.width, template.height, template.resolution) == (224, 288, 197)
    assert (template.quality, len(template.minutiae)) == (100, 38)
    first = template.minutiae[0]
    assert (first.x, first.y, first.angle, first.kind) == (78, 13, 42.1875, MinutiaKind.RIDGE_ENDING)


def test_extended_data_is_passed_over() -> None:
    extended = RECORD[:-2] + b"\0\x05" + b"\x01\x44\0\x05\x97"
    longer = extended[:8] + len(extended).to_bytes(4, "big") + extended[12:]
    assert read_template(longer) == TEMPLATE


def test_a_second_view_is_checked_and_the_first_given() -> None:
    second = b"\x08\x10\x20\0" + b"\0\0"
    both = RECORD[:22] + b"\x02" + RECORD[23:] + second
    both = both[:8] + len(both).to_bytes(4, "big") + both[12:]
    assert read_template(both) == TEMPLATE
    assert code_of(both[:8] + (len(both) - 1).to_bytes(4, "big") + both[12:]) == "wrong-length"


@pytest.mark.parametrize("length", range(len(RECORD)))
def test_every_shorter_record_is_refused(length: int) -> None:
    assert code_of(RECORD[:length]) in {"not-a-template", "cut-short"}


@pytest.mark.parametrize(
    ("place", "byte", "code"),
    [
        (0, 0x47, "not-a-template"),
        (11, 0x23, "wrong-length"),  # one byte less than there is
        (11, 0x25, "cut-short"),
        (15, 0x00, "out-of-range"),  # a picture 256 wide would hold x = 100: height next
        (19, 0xC4, "bad-resolution"),
        (22, 0x00, "no-view"),
        (22, 0x02, "wrong-length"),
        (27, 0x00, "wrong-length"),
        (27, 0x02, "wrong-length"),
        (28, 0xC0, "out-of-range"),  # a kind that does not exist
        (29, 0xFF, None),
        (33, 0x65, "out-of-range"),  # quality 101
        (35, 0x01, "wrong-length"),
    ],
)
def test_damage_is_named(place: int, byte: int, code: str | None) -> None:
    damaged = bytearray(RECORD)
    damaged[place] = byte
    if place == 15:
        damaged[14] = 0
        damaged[15] = 100
    if code is None:
        assert read_template(bytes(damaged)).minutiae[0].x == 255
    else:
        assert code_of(bytes(damaged)) == code


@given(st.binary(max_size=120))
def test_nothing_but_template_errors(noise: bytes) -> None:
    for record in (noise, RECORD[:24] + noise, RECORD[:12] + noise):
        try:
            read_template(record)
        except TemplateError:
            continue
