"""The rendered card: the same bytes every time, its exact size, and codes that read back."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from printing.errors import MissingGlyph, PictureDamaged, PictureMissing, SymbolDoesNotFit, TextDoesNotFit
from printing.preview import rasterise, rasterise_png
from printing.render import render_card
from printing.specification import built_in_layout
from tests.printing.sample_card import KEY, KEY_ID, NOW, card, code, portrait
from workstation.travel_documents.card_signature import verify_card

PROJECT = Path(__file__).resolve().parents[2]
LAYOUT = built_in_layout("national-id-1")
# Glyphs without a character of their own, met in another order than the other card's.
RARE = {"given_name_lo": "ນ້ຳ", "surname_lo": "ຫຼູ້ຢູ່ຄູ່"}
OTHER_PROCESS = """
import hashlib
from printing.render import render_card
from printing.specification import built_in_layout
from tests.printing.sample_card import card
from tests.printing.test_card import RARE
layout = built_in_layout("national-id-1")
if {others}:
    render_card(layout, card(given_name_lo="ຜົ້ງ", surname_lo="ບໍ່ແກ້ວ ປີ້", surname_latin="Nguyễn Ðức"))
print(hashlib.sha256(render_card(layout, card(**RARE))).hexdigest())
"""


def test_the_same_card_is_the_same_bytes_in_any_process_and_after_any_other_card() -> None:
    here = hashlib.sha256(render_card(LAYOUT, card(**RARE))).hexdigest()
    for others in (False, True):
        elsewhere = subprocess.run(
            [sys.executable, "-c", OTHER_PROCESS.format(others=others)],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert elsewhere.stdout.strip() == here


def test_two_pages_of_an_id_1_card() -> None:
    document = pypdfium2.PdfDocument(render_card(LAYOUT, card()))
    try:
        assert len(document) == 2
        for page in document:
            width, height = page.get_size()
            assert width / 72 * 25.4 == pytest.approx(85.60, abs=0.002)
            assert height / 72 * 25.4 == pytest.approx(53.98, abs=0.002)
    finally:
        document.close()


@pytest.mark.parametrize("dpi", [200, 300])
def test_the_codes_read_back_from_the_raster(dpi: int) -> None:
    back = rasterise(render_card(LAYOUT, card()), 1, dpi)
    read = {barcode.format: barcode.text for barcode in zxingcpp.read_barcodes(back)}
    assert read[zxingcpp.QRCode] == code()
    assert read[zxingcpp.Code128] == "A12345678"
    claims = verify_card(read[zxingcpp.QRCode], {KEY_ID: KEY.public_key()}, NOW).claims
    assert claims.face_hash == hashlib.sha256(portrait()).digest()


def test_the_code_stands_in_its_quiet_zone() -> None:
    back = rasterise(render_card(LAYOUT, card()), 1, 300)
    place = next(b for b in zxingcpp.read_barcodes(back) if b.format == zxingcpp.QRCode).position
    left, top, right, bottom = place.top_left.x, place.top_left.y, place.bottom_right.x, place.bottom_right.y
    quiet = 4 * 4 - 1
    ring = back[top - quiet : bottom + quiet, left - quiet : right + quiet].copy()
    ring[quiet - 2 : 2 - quiet, quiet - 2 : 2 - quiet] = 255
    assert ring.min() == 255


def test_the_portrait_goes_in_byte_for_byte_and_once() -> None:
    pdf = render_card(LAYOUT, card())
    assert pdf.count(portrait()) == 1


def test_the_zone_stands_on_the_reading_machines_pitch() -> None:
    content = card()
    document = pypdfium2.PdfDocument(render_card(LAYOUT, content))
    try:
        text = document[1].get_textpage()
        whole = text.get_text_range()
        for line in content.mrz:
            start = whole.index(line)
            boxes = [text.get_charbox(start + i, loose=True) for i in (0, 29)]
            pitch = (boxes[1][0] - boxes[0][0]) / 29 / 72 * 25.4
            assert pitch == pytest.approx(2.54, abs=0.005)
        text.close()
    finally:
        document.close()


def test_a_name_too_long_even_at_the_smallest_size_is_refused_and_a_long_one_shrinks() -> None:
    render_card(LAYOUT, card(surname_lo="ພົມວິຫານພົມວິຫານພົມວິຫານ", surname_latin="Phomvihane" * 4))
    with pytest.raises(TextDoesNotFit) as caught:
        render_card(LAYOUT, card(surname_lo="ພົມວິຫານ" * 12))
    assert caught.value.facts["element"] == "name-lo"
    assert caught.value.facts["smallest"] == 5.0


def test_a_character_without_a_glyph_is_named_and_never_drawn_as_a_box() -> None:
    with pytest.raises(MissingGlyph) as caught:
        render_card(LAYOUT, card(given_name_lo="ຄຳ漢"))
    assert (caught.value.facts["characters"], caught.value.facts["element"]) == ("漢", "name-lo")


def test_a_code_too_long_for_its_place_is_refused() -> None:
    with pytest.raises(SymbolDoesNotFit) as caught:
        render_card(LAYOUT, card(qr="A" * 800))
    assert caught.value.facts["element"] == "qr"


@pytest.mark.parametrize("damaged", [b"not a picture", portrait()[:-400], portrait()[:100]])
def test_a_damaged_portrait_is_refused(damaged: bytes) -> None:
    with pytest.raises(PictureDamaged) as caught:
        render_card(LAYOUT, card(portrait=damaged))
    assert caught.value.facts["element"] == "portrait"


def test_a_missing_portrait_is_refused() -> None:
    with pytest.raises(PictureMissing) as caught:
        render_card(LAYOUT, card(portrait=b""))
    assert caught.value.facts["element"] == "portrait"


def test_an_empty_text_leaves_its_place_empty() -> None:
    render_card(LAYOUT, card(surname_lo="", surname_latin="", village_lo="", qr=""))


def test_a_portrait_of_other_proportions_is_cut_not_stretched() -> None:
    pdf = render_card(LAYOUT, card(portrait=portrait(900, 600)))
    assert rasterise(pdf, 0, 100).shape == (213, 338, 3)


def test_the_preview_is_a_picture_of_the_printed_page() -> None:
    png = rasterise_png(render_card(LAYOUT, card()), 0, 300)
    assert png.startswith(b"\x89PNG")
    assert rasterise(render_card(LAYOUT, card()), 0, 300).shape == (638, 1012, 3)
