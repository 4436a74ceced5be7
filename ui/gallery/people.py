"""The invented people of the gallery: names long and short, a monk, a child, a single name."""

from __future__ import annotations

from dataclasses import dataclass, field

BASE = {
    "honorific": "ນາງ",
    "sex": "F",
    "birth_date": "1994-03-17",
    "place_of_birth": "ບ້ານໂພນໄຊ",
    "origin": "ລາວ",
    "nationality": "LAO",
    "ethnic_group": "1",
    "telephone": "020 5555 0142",
    "household_number": "12-0457",
    "province_code": "01",
    "district_code": "0101",
    "village": "ໂພນສະຫວັນ",
    "house_number": "214",
    "unit": "7",
    "documents": "household_book,old_identity_card",
    "consent": "yes",
    "fee_paid": "yes",
}


@dataclass(frozen=True)
class Person:
    """Names in both scripts (given name, surname), and what differs from BASE."""

    given_lo: str
    surname_lo: str
    given: str
    surname: str
    more: dict[str, str] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, str]:
        """The application's fields as the core stores them; the empty ones are left out."""
        named = {
            "given_name_lo": self.given_lo,
            "surname_lo": self.surname_lo,
            "given_name_latin": self.given,
            "surname_latin": self.surname,
        }
        return {name: text for name, text in {**BASE, **named, **self.more}.items() if text}


MAN = {"honorific": "ທ້າວ", "sex": "M"}
PEOPLE = (
    Person("ສຸດາວັນ", "ພົມມະຈັນ", "Soudavanh", "Phommachanh"),
    Person("ບຸນທະວີ", "ສີສຸວັນນະວົງ", "Bounthavy", "Sisouvannavong", {**MAN, "birth_date": "1961-11-02"}),
    Person(
        "ບົວວັນນາລີສະຫວັນ",
        "ພົມມະຈັນທະວົງສາທິລາດ",
        "Bouavannalisavanh",
        "Phommachanthavongsathirath",
        {"place_of_birth": "ບ້ານໂພນສີນວນນ້ອຍ ເມືອງສີສັດຕະນາກ ນະຄອນຫຼວງວຽງຈັນ"},
    ),
    Person("ຢົງ", "", "Yong", "", {**MAN, "birth_date": "1988-07-30"}),
    Person("ຄຳຫຼ້າ", "ວົງພະຈັນ", "Khamla", "Vongphachanh", {"birth_date": "1979-01-05"}),
    Person("ສົມພອນ", "ແກ້ວມະນີວົງ", "Somphone", "Keomanivong", {**MAN, "birth_date": "2001-09-14"}),
    Person("ໜູນ້ອຍ", "ສີສະຫວາດ", "Nounoy", "Sisavath", {"birth_date": "2009-05-20"}),
    Person("ນ້ຳຝົນ", "ຈັນທະລາ", "Namfon", "Chanthala", {"birth_date": "1999-12-24"}),
)
