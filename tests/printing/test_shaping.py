"""Measured text: runs by coverage, the largest size that fits, line breaks."""

import pytest

from printing.errors import MissingGlyph, TextDoesNotFit
from printing.shaping import MM_PER_POINT, fit, measure, wrap


def test_letters_the_lao_font_lacks_come_from_the_latin_one() -> None:
    line = measure("ຄຳ Nguyễn", "sans")
    assert [run.font for run in line.runs] == [
        "NotoSansLao-Regular",
        "NotoSans-Regular-Latin",
        "NotoSansLao-Regular",
    ]
    assert [run.text for run in line.runs] == ["ຄຳ Nguy", "ễ", "n"]
    assert line.runs[1].start == pytest.approx(line.runs[0].advance)


def test_a_letter_typed_as_base_and_mark_is_one_and_a_mark_stays_with_its_letter() -> None:
    assert measure("o\u031bn", "sans") == measure("\u01a1n", "sans")
    assert [run.text for run in measure("k\u0309m", "sans").runs] == ["k\u0309", "m"]


def test_missing_characters_are_all_named_once() -> None:
    with pytest.raises(MissingGlyph) as caught:
        measure("漢 ok 漢 字", "sans")
    assert caught.value.facts["characters"] == "漢 字"
    with pytest.raises(MissingGlyph):
        measure("ລາວ", "ocr-b")


def test_text_shrinks_to_width_and_to_height_but_not_below_the_smallest_size() -> None:
    room = {"above": 5.0, "below": 3.0, "largest": 10.0, "smallest": 5.0}
    line, size = fit("ນະຄອນຫຼວງວຽງຈັນ", "sans", width=100.0, **room)
    assert size == 10.0
    natural = (line.right - line.left) * 10 * MM_PER_POINT
    assert fit("ນະຄອນຫຼວງວຽງຈັນ", "sans", width=natural * 0.8, **room)[1] == pytest.approx(8.0, abs=0.02)
    with pytest.raises(TextDoesNotFit):
        fit("ນະຄອນຫຼວງວຽງຈັນ", "sans", width=natural * 0.4, **room)
    tall = fit("ຫຼິ້ນ", "sans", width=100.0, above=3.0, below=3.0, largest=12.0, smallest=5.0)[1]
    assert measure("ຫຼິ້ນ", "sans").above * tall * MM_PER_POINT <= 3.0


def test_lines_break_at_spaces_line_feeds_and_marked_places_only() -> None:
    lines = wrap("ບ້ານ ໂພນສະຫວ່າງ,\u200bເມືອງ\u200bຈັນທະບູລີ\nແຂວງ", "sans", width=30.0, size=10.0)
    assert lines == ("ບ້ານ ໂພນສະຫວ່າງ,", "ເມືອງຈັນທະບູລີ", "ແຂວງ")
    assert "\u200b" not in "".join(lines)
    with pytest.raises(TextDoesNotFit):
        wrap("ນະຄອນຫຼວງວຽງຈັນ", "sans", width=5.0, size=10.0)
    assert wrap("", "sans", width=5.0, size=10.0) == ("",)
