"""The machine readable zone of a card: TD1, three lines of thirty (ICAO Doc 9303-5 §4.2)."""

import re
from dataclasses import dataclass

from workstation.travel_documents.transliteration import NotTransliterable, name_field

LINE_LENGTH = 30
_VALUES = {character: value for value, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_VALUES["<"] = 0
_WEIGHTS = (7, 3, 1)
_ALPHABET = re.compile(r"[A-Z0-9<]*")
_FIELDS = {
    "document_code": re.compile(r"[ACI][A-Z<]"),
    "issuer": re.compile(r"[A-Z<]{3}"),
    "document_number": re.compile(r"[A-Z0-9](?:[A-Z0-9<]*[A-Z0-9])?"),
    "optional_1": re.compile(r"[A-Z0-9<]{0,15}"),
    "birth": re.compile(r"(?:\d\d|<<)(?:0[1-9]|1[0-2]|<<)(?:0[1-9]|[12]\d|3[01]|<<)"),
    "sex": re.compile(r"[MF<]"),
    "expiry": re.compile(r"(?:\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|<{6})"),
    "nationality": re.compile(r"[A-Z<]{3}"),
    "optional_2": re.compile(r"[A-Z0-9<]{0,11}"),
}


class MrzError(ValueError):
    """A zone that cannot be written or read.

    `code` is one of length, character, check-digit, field, name, room; `failed` names the fields at fault.
    """

    def __init__(self, code: str, failed: tuple[str, ...]) -> None:
        super().__init__(f"{code}: {', '.join(failed)}")
        self.code = code
        self.failed = failed


def check_digit(text: str) -> str:
    """Return the check digit of `text`: weights 7, 3, 1, modulo ten (Doc 9303-3 §4.9)."""
    try:
        return str(sum(_VALUES[character] * _WEIGHTS[i % 3] for i, character in enumerate(text)) % 10)
    except KeyError:
        raise MrzError("character", ("text",)) from None


@dataclass(frozen=True)
class Td1:
    """The facts of one zone.

    Names are Latin text; dates are YYMMDD, `<<` for an unknown part of the birth date and `<<<<<<` for a card
    without an end. `document_number` may be longer than nine characters: the rest opens the optional data.
    """

    document_code: str
    issuer: str
    document_number: str
    optional_1: str
    birth: str
    sex: str
    expiry: str
    nationality: str
    optional_2: str
    primary: str
    secondary: str

    def lines(self) -> tuple[str, str, str]:
        """Return the three lines of thirty characters; raises MrzError (field, name, room)."""
        wrong = tuple(name for name, shape in _FIELDS.items() if not shape.fullmatch(getattr(self, name)))
        if wrong:
            raise MrzError("field", wrong)
        number, optional = self._number_and_optional()
        birth = self.birth + check_digit(self.birth)
        expiry = self.expiry + check_digit(self.expiry)
        optional_2 = self.optional_2.ljust(11, "<")
        composite = check_digit(number + optional + birth + expiry + optional_2)
        try:
            names = name_field(self.primary, self.secondary)
        except NotTransliterable as fault:
            raise MrzError("name", (f"U+{ord(fault.character):04X}",)) from fault
        return (
            self.document_code + self.issuer + number + optional,
            birth + self.sex + expiry + self.nationality + optional_2 + composite,
            names,
        )

    def _number_and_optional(self) -> tuple[str, str]:
        check = check_digit(self.document_number.ljust(9, "<"))
        if len(self.document_number) <= 9:
            return self.document_number.ljust(9, "<") + check, self.optional_1.ljust(15, "<")
        rest = self.document_number[9:] + check
        # The filler after the check digit ends the number: without it the optional data would join it.
        optional = f"{rest}<{self.optional_1}".rstrip("<") if self.optional_1 else rest
        if "<" in self.document_number or len(rest) > 14 or len(optional) > 15:
            raise MrzError("room", ("document_number", "optional_1"))
        return self.document_number[:9] + "<", optional.ljust(15, "<")


def read_td1(text: str) -> Td1:
    """Return the facts in `text`: ninety characters, with or without line ends.

    Raises MrzError naming every field whose check digit fails (document_number, birth, expiry, composite), or
    the reason it is no zone at all: length, character, field.
    """
    zone = "".join(text.split())
    if len(zone) != 3 * LINE_LENGTH:
        raise MrzError("length", (str(len(zone)),))
    if not _ALPHABET.fullmatch(zone):
        raise MrzError("character", tuple(sorted({c for c in zone if c not in _VALUES})))
    upper, middle, names = zone[:30], zone[30:60], zone[60:]
    number, number_check, optional_1 = _document_number(upper)
    checks = {
        "document_number": (number, number_check),
        "birth": (middle[0:6], middle[6]),
        "expiry": (middle[8:14], middle[14]),
        "composite": (upper[5:30] + middle[0:7] + middle[8:15] + middle[18:29], middle[29]),
    }
    failed = tuple(name for name, (data, check) in checks.items() if not _holds(data, check))
    if failed:
        raise MrzError("check-digit", failed)
    primary, _, secondary = names.rstrip("<").partition("<<")
    if not primary or any(character.isdigit() for character in names):
        raise MrzError("field", ("name",))
    read = Td1(
        document_code=upper[0:2],
        issuer=upper[2:5],
        document_number=number.rstrip("<"),
        optional_1=optional_1,
        birth=middle[0:6],
        sex=middle[7],
        expiry=middle[8:14],
        nationality=middle[15:18],
        optional_2=middle[18:29].rstrip("<"),
        primary=primary.replace("<", " "),
        secondary=secondary.replace("<", " "),
    )
    wrong = tuple(name for name, shape in _FIELDS.items() if not shape.fullmatch(getattr(read, name)))
    if wrong:
        raise MrzError("field", wrong)
    return read


def _document_number(upper: str) -> tuple[str, str, str]:
    """Return number, check digit and the optional data that is left (Doc 9303-5 §4.2.2 note j)."""
    if upper[14] != "<" or upper[15] == "<":
        return upper[5:14], upper[14], upper[15:].rstrip("<")
    rest, _, optional = upper[15:].partition("<")
    return upper[5:14] + rest[:-1], rest[-1], optional.rstrip("<")


def _holds(data: str, check: str) -> bool:
    # A field of fillers alone may carry a filler in place of its digit.
    return check == check_digit(data) or (check == "<" and not data.strip("<"))
