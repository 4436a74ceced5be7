"""The invented person of the demonstration, as a practised clerk types her."""

from __future__ import annotations

# An invented person: in reading order, field -> (what is typed, what must then be held).
APPLICANT: dict[str, tuple[str, str]] = {
    "given_name_lo": ("ສຸດາວັນ", "ສຸດາວັນ"),
    "given_name_latin": ("Soudavanh", "Soudavanh"),
    "surname_lo": ("ພົມມະຈັນ", "ພົມມະຈັນ"),
    "surname_latin": ("Phommachanh", "Phommachanh"),
    "honorific": ("ນ", "ນາງ"),
    "sex": ("ຍ", "F"),
    "birth_date": ("17031994", "17031994"),
    "place_of_birth": ("ບ້ານໂພນໄຊ", "ບ້ານໂພນໄຊ"),
    "telephone": ("02055550142", "02055550142"),
    "origin": ("ລາວ", "ລາວ"),
    "ethnic_group": ("ລ", "1"),
    "household_number": ("12-0457", "12-0457"),
    # The office's own, proposed.
    "province_code": ("", "01"),
    "district_code": ("", "0101"),
    "village": ("ໂພນສະຫວັນ", "ໂພນສະຫວັນ"),
    "house_number": ("214", "214"),
    "unit": ("7", "7"),
}
# Names and free texts: everybody has other ones, so their letters are counted apart.
WORDS = frozenset(
    (
        "given_name_lo",
        "given_name_latin",
        "surname_lo",
        "surname_latin",
        "place_of_birth",
        "origin",
        "village",
    )
)
