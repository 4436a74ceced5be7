"""Places: real names fit, codes stand on the printer's dots, every symbology reads back."""

import csv
from importlib.resources import files

import pytest
import zxingcpp

from printing.elements import SymbolElement, TextElement
from printing.errors import SymbolDoesNotFit
from printing.layout import place_card, place_symbol, place_text
from printing.placed import Page, PlacedModules, PlacedText
from printing.preview import rasterise
from printing.render import render_pages
from printing.shaping import MM_PER_POINT, measure
from printing.specification import BUILT_IN, built_in_layout
from tests.printing.sample_card import card

DOT = 25.4 / 300


def symbol(symbology: str, **changes: float) -> SymbolElement:
    given: dict[str, float] = {"x": 3.33, "y": 2.77, "width": 80.0, "height": 40.0, "modules": 85, **changes}
    return SymbolElement(id="code", symbology=symbology, field="qr", **given)  # type: ignore[arg-type]  # numbers


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_division_of_the_country_fits_the_card(name: str) -> None:
    layout = built_in_layout(name)
    text = files("resources").joinpath("data", "divisions.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) > 160
    for row in rows:
        lao = row["name_lo"]
        place_card(layout, card(village_lo=lao, district_lo=lao, province_lo=lao, office=f"ປກສ {lao}"))


@pytest.mark.parametrize("symbology", ["qr", "pdf417", "code128"])
def test_a_code_of_each_kind_stands_on_whole_dots_and_reads_back(symbology: str) -> None:
    text = "LAO-0102-A12345678"
    placed = place_symbol(symbol(symbology), text, 300)
    modules = next(item for item in placed if isinstance(item, PlacedModules))
    for length in (modules.x, modules.y, modules.wide):
        assert length / DOT == pytest.approx(round(length / DOT), abs=1e-6)
    pixels = rasterise(render_pages((Page(85.6, 53.98, tuple(placed)),)), 0, 300)
    assert [code.text for code in zxingcpp.read_barcodes(pixels)] == [text]


def test_modules_never_become_smaller_than_a_reader_takes() -> None:
    with pytest.raises(SymbolDoesNotFit) as caught:
        place_symbol(symbol("pdf417", width=40.0), "LAO-0102-A12345678" * 8, 300)
    assert caught.value.facts["symbology"] == "pdf417"
    with pytest.raises(SymbolDoesNotFit):
        place_symbol(symbol("pdf417", height=5.0), "LAO-0102-A12345678", 300)
    with pytest.raises(SymbolDoesNotFit):
        place_symbol(symbol("code128"), "ລາວ", 300)


@pytest.mark.parametrize(("align", "share"), [("left", 0.0), ("centre", 0.5), ("right", 1.0)])
def test_ink_is_aligned_in_its_box(align: str, share: float) -> None:
    element = TextElement(
        id="t", x=10, y=10, width=60, height=8, baseline=15, size=10, smallest=8, align=align
    )
    placed = place_text(element, "ນະຄອນຫຼວງ")[0]
    assert isinstance(placed, PlacedText)
    line, scale = measure("ນະຄອນຫຼວງ", "sans"), placed.size * MM_PER_POINT
    free = 60 - (line.right - line.left) * scale
    assert placed.x + line.left * scale == pytest.approx(10 + free * share)
    assert placed.baseline == 15
