"""The words of the check: names of the compared values, where they stand, and how a value is written for people."""

from __future__ import annotations

from ui.language import _
from workstation.workflow.check.view import CheckItem, Source

# The same value under the names that code, zone and layout have for it.
_ROWS = {"birth": "birth_date", "ghost": "portrait", "code": "signature", "zone": "signature"}
_FIRST = ("portrait", "signature", "name_lo", "name_latin", "identity_number", "document_number")


def row_of(item: CheckItem) -> str:
    """The row in which this comparison stands."""
    return _ROWS.get(item.name, item.name)


def row_order(row: str) -> int:
    """What a person looks at first stands first; the rest in the card's own order."""
    return _FIRST.index(row) if row in _FIRST else len(_FIRST)


def item_name(name: str) -> str:
    """The compared value in words; an unknown one keeps its stable name."""
    return {
        "signature": _("Signed code"),
        "identity_number": _("Identity number"),
        "document_number": _("Document number"),
        "name_latin": _("Name (Latin)"),
        "name_lo": _("Name (Lao)"),
        "given_name_lo": _("Given name (Lao)"),
        "surname_lo": _("Surname (Lao)"),
        "given_name_latin": _("Given name (Latin)"),
        "surname_latin": _("Surname (Latin)"),
        "birth_date": _("Date of birth"),
        "sex": _("Sex"),
        "nationality": _("Nationality"),
        "issue_date": _("Issued on"),
        "expiry_date": _("Valid until"),
        "village_lo": _("Village"),
        "district_lo": _("District"),
        "province_lo": _("Province"),
        "office": _("Issuing office"),
        "application_number": _("Application number"),
        "portrait": _("Photo"),
    }.get(name, name)


def source_name(source: Source) -> str:
    """Where on the card it stands."""
    return {
        Source.CODE: _("QR code"),
        Source.ZONE: _("Zone"),
        Source.BARCODE: _("Barcode"),
        Source.PRINT: _("As printed"),
    }[source]


def mark_word(agrees: bool | None) -> str:
    """One word for the outcome of one comparison."""
    return {True: _("Agrees"), False: _("Differs"), None: _("Unread")}[agrees]


def shown(item: CheckItem, value: str) -> str:
    """A value as people read it: grouped number, d/M/y, words for codes."""
    if not value:
        return "–"
    match item.name:
        case "identity_number" if len(value) == 15:
            return " ".join((value[:3], value[3:7], value[7:11], value[11:]))
        case "birth_date" if value.isdecimal() and len(value) == 8:
            return f"{int(value[6:])}/{int(value[4:6])}/{value[:4]}"
        case "birth_date" if value.isdecimal() and len(value) == 6 and item.source is not Source.ZONE:
            return f"?/{int(value[4:])}/{value[:4]}"
        case "birth_date" if value.isdecimal() and len(value) == 4:
            return f"?/?/{value}"
        case "sex":
            return {"F": _("Female"), "M": _("Male")}.get(value, value)
        case "signature" if item.agrees:
            return _("valid")
        case "signature":
            return {
                "unknown-key": _("signed by an unknown key"),
                "bad-signature": _("the signature does not hold"),
                "expired": _("no longer valid"),
                "not-yet-valid": _("not valid yet"),
            }.get(value, _("this is no code of an identity card ({code})").format(code=value))
        case "portrait" if item.source is Source.CODE:
            # Digests of the pictures: what they are is of no use to a person, whether they are equal is.
            return _("this photo") if value == item.expected else _("another photo")
        case _:
            return value


def in_record(items: list[CheckItem]) -> str:
    """What the record says in this row: as it is printed where it is printed."""
    printed = [item for item in items if item.source is Source.PRINT and item.expected]
    chosen = (printed or items)[0]
    if chosen.name in ("signature", "code"):
        return _("valid")
    if row_of(chosen) == "portrait":
        return _("this photo")
    return shown(chosen, chosen.expected)


def told(item: CheckItem) -> str:
    """The comparison in one line: where, what was found, the outcome."""
    where, mark = source_name(item.source), mark_word(item.agrees)
    return f"{where}: {shown(item, item.found)} – {mark}" if item.found else f"{where}: {mark}"


def serial(chip_serial: str) -> str:
    """A chip's serial (hex) in pairs of digits."""
    return " ".join(chip_serial[i : i + 2] for i in range(0, len(chip_serial), 2))
