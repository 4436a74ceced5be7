"""One sentence for each fault of a field: what is wrong and what to type."""

from __future__ import annotations

from collections.abc import Sequence

from ui.language import _
from ui.words.birth_date import why_not_a_date
from workstation.travel_documents.transliteration import untransliterable
from workstation.workflow.intake.checks import strange_signs


def _strange(field: str, typed: str) -> tuple[str, ...]:
    return strange_signs(typed.strip(), "latin" if field.endswith("_latin") else "lao")


def fault_text(field: str, code: str, typed: str = "", papers: Sequence[str] = ()) -> str:
    """The sentence under the field. `typed` makes the one for a date more exact, `papers` that for documents."""
    if code == "not-a-date":
        code = why_not_a_date(typed)
    if code == "missing" and field == "province_code":
        return _("Please select province")
    if code == "missing" and field == "district_code":
        return _("Please select district")
    if code in ("missing", "document-missing") and papers:
        return _("Must be shown: {papers}").format(papers=", ".join(papers))
    if code == "missing" and field == "documents":
        return _("Mark at least the household book")
    if code == "missing" and field == "consent":
        return _("Nothing may be captured without it")
    sentences = {
        "missing": _("This field is required"),
        "not-lao": _("Write it in Lao letters"),
        "not-latin": _("Write it in Latin letters"),
        "mixed-script": _("Lao and Latin letters are mixed"),
        "strange-signs": _("No name is written with: {signs}").format(signs=" ".join(_strange(field, typed))),
        "not-in-mrz": _("The card's machine readable lines have no letter: {signs}").format(
            signs=" ".join(untransliterable(typed))
        ),
        "no-letters": _("There is no letter in it"),
        "not-a-date": _("Write day/month/year, like 19/1/1990"),
        "year-short": _("Write the year with four digits"),
        "year-out-of-range": _("Write the year of the Christian era, like 1990"),
        "day-without-month": _("A day needs its month; leave both out if unknown"),
        "no-such-day": _("There is no such day in the calendar"),
        "in-the-future": _("This date is still to come"),
        "too-old": _("Nobody alive is that old; check the year"),
        "too-long": _("This is too long; check what was pasted"),
        "does-not-fit": _("Too long for the card even in its smallest letters; it is never cut"),
        "no-glyph": _("The card's letters lack a sign in it"),
        "pasted-table": _("Several cells were pasted; keep only this one"),
        "not-printable": _("There are pictures in it that cannot be printed"),
        "control-characters": _("There are invisible characters in it; type it again"),
        "unknown-choice": _("Choose one from the list"),
        "not-a-telephone": _("Write the number with 6 to 15 digits"),
        "document-missing": _("The household book must be shown"),
    }
    return sentences.get(code, _("This cannot be accepted ({code})").format(code=code))
