"""Latin names in the machine readable zone: spelling and truncation (ICAO Doc 9303-3 §6, 9303-5 §4.2.3)."""

import unicodedata

NAME_FIELD_LENGTH = 30

# Doc 9303-3 §6 A, the letters that do not fall apart into a base letter and a mark.
_LETTERS = {
    "Æ": "AE",
    "Œ": "OE",
    "Ø": "OE",
    "Å": "AA",
    "Ä": "AE",
    "Ö": "OE",
    "Ü": "UE",
    "ẞ": "SS",
    "ß": "SS",
    "Þ": "TH",
    "Ð": "D",
    "Đ": "D",
    "Ħ": "H",
    "Ł": "L",
    "Ŋ": "N",
    "Ŧ": "T",
    "ĸ": "Q",
    "ı": "I",
    "Ĳ": "IJ",
}
_DROPPED = "'’ʼ‘`´."
_FILLED = " -‐‑‒–\u00a0<,"


class NotTransliterable(ValueError):
    """A name holds a character the zone has no spelling for; `character` is that character."""

    def __init__(self, character: str) -> None:
        super().__init__(f"U+{ord(character):04X}")
        self.character = character


def transliterate(name: str) -> str:
    """Return `name` in A-Z with single `<` between its components.

    Apostrophes and full stops vanish, hyphens, commas and spaces become `<`, diacritics go (Doc 9303-3
    §4.6). Raises NotTransliterable for any other character, digits and Lao letters among them.
    """
    letters: list[str] = []
    for composed in unicodedata.normalize("NFC", name):
        upper = composed if composed in _LETTERS else composed.upper()
        for character in _LETTERS.get(upper, upper):
            letters.extend(_spelled(character, composed))
    return "<".join(part for part in "".join(letters).split("<") if part)


def _spelled(character: str, written: str) -> str:
    if character in _DROPPED:
        return ""
    if character in _FILLED:
        return "<"
    spelled = ""
    for base in unicodedata.normalize("NFD", character):
        base = _LETTERS.get(base, base)
        if unicodedata.combining(base[0]):
            continue
        if not all("A" <= letter <= "Z" for letter in base):
            raise NotTransliterable(written)
        spelled += base
    return spelled


def untransliterable(name: str) -> tuple[str, ...]:
    """The characters of `name` that the zone has no spelling for, each once, in reading order."""
    found: dict[str, None] = {}
    for character in unicodedata.normalize("NFC", name):
        try:
            transliterate(character)
        except NotTransliterable:
            found[character] = None
    return tuple(found)


def name_field(primary: str, secondary: str, length: int = NAME_FIELD_LENGTH) -> str:
    """Return the name field of `length` characters, fillers at its end.

    A name too long keeps the two fillers and at least the first letter of the secondary identifier, and its
    last position is a letter, which tells a reader that something may be missing (Doc 9303-5 §4.2.3).
    """
    first, second = transliterate(primary), transliterate(secondary)
    if not first:
        raise NotTransliterable(" ")
    if not second:
        return _ended_with_letter(first, length).ljust(length, "<")
    if len(first) + 2 + len(second) <= length:
        return f"{first}<<{second}".ljust(length, "<")
    if len(first) > length - 3:
        first = first[: length - 3].rstrip("<")
    field = f"{first}<<{_ended_with_letter(second, length - 2 - len(first))}"
    if field.endswith("<") or len(field) < length:
        # Nothing but initials before the cut: the primary identifier makes room for the next one.
        return name_field(first[:-1], second, length)
    return field


def _ended_with_letter(name: str, room: int) -> str:
    """Cut `name` to `room`; when the cut falls on a filler, a component before it gives up a letter."""
    while len(name) > room and name[room - 1] == "<":
        components = name[: room - 1].split("<")
        longest_last = next((i for i in reversed(range(len(components))) if len(components[i]) > 1), None)
        if longest_last is None:
            break
        components[longest_last] = components[longest_last][:-1]
        name = "<".join(components) + name[room - 1 :]
    return name[:room]
