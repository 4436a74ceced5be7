"""Reports on A4: pages turn with their heads, long and odd texts are shown whole, equal input gives equal bytes."""

from __future__ import annotations

import pypdfium2

from printing.report import Report, ReportTable, render_report

HEADS = ("When", "Serials", "Reason")


def report(rows: tuple[tuple[str, str, str], ...], signatures: tuple[str, ...] = ()) -> Report:
    table = ReportTable("Every move", HEADS, (40.0, 60.0, 80.0), rows, frozenset({1}))
    return Report("ບັດເປົ່າ", "01/11/2026", "ປກສ ເມືອງຈັນທະບູລີ", (table,), signatures)


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def test_every_row_is_printed_once_and_every_page_has_its_heads() -> None:
    rows = tuple((f"day {number:03d}", f"TR{number:06d}", "") for number in range(120))
    pages = texts(render_report(report(rows, ("Keeper", "Second"))))
    assert len(pages) > 2
    whole = "\n".join(pages)
    for number in range(120):
        assert whole.count(f"day {number:03d}") == 1
    for at, page in enumerate(pages, 1):
        assert "Serials" in page
        assert f"{at} / {len(pages)}" in page
    assert "Keeper" in pages[-1]


def test_a_reason_of_any_letters_and_any_length_is_shown() -> None:
    rows = (
        ("1", "TR1", "x" * 300),
        ("2", "TR2", "\u6f22\u5b57 and \U0001f600"),
        ("3", "TR3", "ກ\u0eb5\u0ec9" * 60),
        ("4", "TR4", "word " * 400),
        ("5", "TR5", ""),
    )
    (first, *_others) = texts(render_report(report(rows)))
    assert "? and ?" in first.replace("??", "?")
    assert "TR4" in "".join((first, *_others))


def test_equal_reports_are_equal_bytes() -> None:
    one = report((("1", "2", "ເສຍ"),))
    assert render_report(one) == render_report(one)
    assert len(texts(render_report(report(())))) == 1
