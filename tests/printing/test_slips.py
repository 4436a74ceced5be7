"""Receipt and referral slip: one A5 page, the same bytes twice, the number readable by machine."""

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from printing.errors import TextDoesNotFit
from printing.preview import rasterise
from printing.slips import ReceiptContent, ReferralContent, SlipLine, render_receipt, render_referral_slip

NUMBER = "0101-01-261122-001-7"
LINES = (
    SlipLine("ຊື່ ແລະ ນາມສະກຸນ", "Name and surname", "ຄຳຫຼ້າ ພົມວິຫານ\nKhamla PHOMVIHANE"),
    SlipLine("ເລກບັດປະຈຳຕົວ", "Identity number", "010 2030 4123 4567"),
)
RECEIPT = ReceiptContent(
    "ໃບຢັ້ງຢືນ",
    "Receipt",
    "ປກສ ເມືອງຈັນທະບູລີ",
    "22/11/2026",
    NUMBER,
    LINES,
    "ກວດສອບຂໍ້ມູນ",
    "Check the data.",
    (("ຜູ້ຮັບ", "Holder"), ("ເຈົ້າໜ້າທີ່", "Officer")),
)
REFERRAL = ReferralContent(
    "ໃບສົ່ງຕໍ່",
    "Referral slip",
    "ປກສ ເມືອງຈັນທະບູລີ",
    "22/11/2026",
    NUMBER,
    "ປກສ ເມືອງປາກເຊ",
    "Pakse District",
    LINES,
)


@pytest.mark.parametrize("pdf", [lambda: render_receipt(RECEIPT), lambda: render_referral_slip(REFERRAL)])
def test_a_slip(pdf) -> None:  # type: ignore[no-untyped-def]  # a lambda of the parameters
    rendered = pdf()
    assert rendered == pdf()
    document = pypdfium2.PdfDocument(rendered)
    try:
        assert len(document) == 1
        assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [148, 210]
    finally:
        document.close()
    assert [code.text for code in zxingcpp.read_barcodes(rasterise(rendered, 0, 150))] == [NUMBER]


def test_a_day_to_come_back_stands_above_the_facts() -> None:
    longest = SlipLine(
        "ມາຮັບບັດໄດ້ແຕ່ວັນທີ", "Come back for the card from", "30 ກໍລະກົດ 2027\n30 September 2027 (30/09/2027)"
    )
    plain = rasterise(render_receipt(RECEIPT), 0, 60)
    told = rasterise(render_receipt(replace(RECEIPT, day=longest)), 0, 60)
    assert (plain[: int(52 / 25.4 * 60)] == told[: int(52 / 25.4 * 60)]).all(), "the head moved"
    assert (plain != told).any()
    with pytest.raises(TextDoesNotFit):
        render_receipt(replace(RECEIPT, day=replace(longest, value="ກ" * 200)))


def test_too_much_for_one_page_is_refused_and_not_cut() -> None:
    with pytest.raises(TextDoesNotFit) as caught:
        render_receipt(replace(RECEIPT, lines=LINES * 6))
    assert caught.value.facts["element"] == "lines"
    with pytest.raises(TextDoesNotFit) as caught:
        render_referral_slip(replace(REFERRAL, note_en="word " * 200))
    assert caught.value.facts["element"] == "note"


def test_a_slip_without_a_number_has_no_code() -> None:
    assert (
        zxingcpp.read_barcodes(rasterise(render_receipt(replace(RECEIPT, application_number="")), 0, 150))
        == []
    )
