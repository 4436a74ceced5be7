"""Invented people of Laos: names of syllables in use, households, villages; the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from workstation.domain.station import Station
from workstation.lao.romanise import romanise

_FIRST = (
    "ບຸນ", "ຄຳ", "ສົມ", "ສຸ", "ວັນ", "ພອນ", "ແກ້ວ", "ທອງ", "ສີ", "ຈັນ", "ໄຊ", "ດາວ", "ອຸ່ນ", "ເພັດ", "ນວນ", "ວິ",
    "ມະນີ", "ໄພ", "ສຸກ", "ລັດ", "ອານຸ", "ພຸດ", "ໂພ", "ແສງ", "ບົວ", "ຫຼ້າ", "ນ້ອຍ", "ຕຸ້ຍ", "ອິນ", "ສະຫວາດ",
)  # fmt: skip
_SECOND = (
    "ມີ", "ຫຼ້າ", "ພອນ", "ສີ", "ດາ", "ວັນ", "ຈັນ", "ທອງ", "ແສງ", "ໄຊ", "ສັກ", "ພົນ", "ທິບ", "ໄລ", "ເພັງ", "ຈິດ",
    "ສຸກ", "ຄູນ", "ປອນ", "ລີ", "ນະລິນ", "ວອນ", "ເພັດ", "ນີ", "ພັນ", "ຍົດ", "ຊາຍ", "ດີ", "ທະວີ", "",
)  # fmt: skip
_HOUSE = (
    "ພົມມະ", "ສີລິ", "ວົງ", "ໄຊຍະ", "ຈັນທະ", "ສຸວັນນະ", "ແກ້ວ", "ອິນທະ", "ບຸນຍະ", "ເພັດ", "ລາດຊະ", "ທຳມະ", "ສີສຸ",
    "ຫຼວງ", "ນະຄອນ", "ມະນີ", "ພັນທະ", "ວິໄລ", "ແສງ", "ດວງ", "ຄຳ", "ສຸລິ", "ໂພທິ", "ປັນຍາ", "ອຸດົມ", "ສະຫວັດ",
    "ລັດຕະນະ", "ຊະນະ", "ນັນທະ", "ໂຄດ",
)  # fmt: skip
_LINE = (
    "ຈັນ", "ວົງ", "ສັກ", "ລາດ", "ສີ", "ສານ", "ພົນ", "ທອງ", "ໄຊ", "ວັນ", "ຄຳ", "ສະຫວັນ", "ພັນ", "ມະນີ", "ວິໄລ", "ສຸກ",
    "ສົມບັດ", "ວົງສາ", "ລີ", "ແສງ", "ພູມີ", "ສິດ", "ຍະວົງ", "ປະເສີດ", "ໂຄດ", "ດາລາ", "ຈັກ", "ສຸລິນ", "ນະວົງ", "ເດດ",
)  # fmt: skip
_VILLAGE = (
    "ໂພນ", "ທ່າ", "ໜອງ", "ດອນ", "ນາ", "ຫ້ວຍ", "ໂນນ", "ວັດ", "ສີ", "ດົງ", "ປາກ", "ຊຽງ", "ໂຊກ", "ວຽງ", "ບຶງ",
)  # fmt: skip
_PLACE = (
    "ສະຫວັນ", "ແກ້ວ", "ທອງ", "ໄຊ", "ຄຳ", "ງາມ", "ນົກ", "ຊາຍ", "ບົວ", "ມ່ວງ", "ໃຫຍ່", "ເໜືອ", "ໃຕ້", "ກາງ", "ສຸກ",
)  # fmt: skip
_OTHER_HOUSEHOLD = 0.35
_NO_SURNAME = 0.01
_NO_DAY = 0.02


@lru_cache(maxsize=65536)
def _latin(name: str) -> str:
    return romanise(name, "practice")


def _often(random: Random, many: int) -> int:
    # Some names are everywhere, most are rare.
    return int(many * random.random() ** 2.2)


def invented_people(random: Random, station: Station, today: date) -> Iterator[dict[str, str]]:
    """The fields of one person after the other, without end; who follows may be of the same household."""
    villages = [first + second for first in _VILLAGE for second in _PLACE]
    random.shuffle(villages)
    villages = villages[:80]
    given = [first + second for first in _FIRST for second in _SECOND if first != second]
    surnames = [house + line for house in _HOUSE for line in _LINE if house != line]
    random.shuffle(given)
    random.shuffle(surnames)
    household = 0
    home: dict[str, str] = {}
    surname = ""
    while True:
        if not home or random.random() < _OTHER_HOUSEHOLD:
            household += 1
            surname = surnames[_often(random, len(surnames))]
            home = {
                "nationality": "LAO",
                "origin": "ລາວ",
                "province_code": station.province_code,
                "district_code": station.district_code or f"{station.province_code}01",
                "village": villages[_often(random, len(villages))],
                "house_number": str(random.randrange(1, 400)),
                "unit": str(random.randrange(1, 20)),
                "household_number": f"{random.randrange(1, 100):02d}-{household:06d}",
                "ethnic_group": str(random.choice((1, 1, 1, 1, 2, 3, 11, 30))),
                "documents": "household_book,old_identity_card",
            }
        name = given[_often(random, len(given))]
        female = random.random() < 0.5
        born = (today - timedelta(days=random.randrange(80, 33000))).isoformat()
        if random.random() < _NO_DAY:
            born = born[: random.choice((4, 7))]
        person = {
            **home,
            "honorific": "ນາງ" if female else "ທ້າວ",
            "given_name_lo": name,
            "given_name_latin": _latin(name),
            "sex": "F" if female else "M",
            "birth_date": born,
            "place_of_birth": "ບ້ານ" + villages[random.randrange(len(villages))],
            "telephone": f"020 {random.choice('25789')}{random.randrange(10**7):07d}",
        }
        if random.random() >= _NO_SURNAME:
            person |= {"surname_lo": surname, "surname_latin": _latin(surname)}
        yield person
