"""The words of the check: names of the compared values, and how a value is written for people."""

from __future__ import annotations

from ui.language import _
from workstation.workflow.check.view import CheckItem


def item_name(name: str) -> str:
    """The compared value in words; an unknown one keeps its stable name."""
    return {
        "signature": _("Signature"),
        "identity_number": _("Identity number"),
        "document_number": _("Document number"),
        "name_latin": _("Name (Latin)"),
        "name_lo": _("Name (Lao)"),
        "birth_date": _("Date of birth"),
        "sex": _("Sex"),
        "portrait": _("Photo"),
    }.get(name, name)


def shown(item: CheckItem, value: str) -> str:
    """A value as people read it: grouped number, d/M/y, words for codes."""
    if not value:
        return "–"
    match item.name:
        case "identity_number" if len(value) == 15:
            return " ".join((value[:3], value[3:7], value[7:11], value[11:]))
        case "birth_date" if value.isdecimal() and len(value) == 8:
            return f"{int(value[6:])}/{int(value[4:6])}/{value[:4]}"
        case "birth_date" if value.isdecimal() and len(value) == 6:
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
        case "portrait":
            # Digests of the pictures: what they are is of no use to a person, whether they are equal is.
            return _("this photo") if value == item.expected else _("another photo")
        case _:
            return value


def serial(chip_serial: str) -> str:
    """A chip's serial (hex) in pairs of digits."""
    return " ".join(chip_serial[i : i + 2] for i in range(0, len(chip_serial), 2))
