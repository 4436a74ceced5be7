"""An office of invented people for tests: made through the first start, opened, and closed again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.database_engines import CHOICE
from workstation.database.postgresql import Server
from workstation.domain.operator import Role
from workstation.domain.station import Work
from workstation.startup import NewOffice, begin_first_start, close_office, create_office, open_office
from workstation.workflow.keys.server_file import place_of, write_server
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.operators import add_operator
from workstation.workflow.seeding.blanks import load_invented_box
from workstation.workflow.sign_in import sign_in

PASSPHRASE = "seven white elephants walk"
PASSWORD = "long enough 42"
CLERK, OTHER_CLERK, SUPERVISOR, ADMINISTRATOR = "bounmy", "noy", "somchit", "admin"

# A household of this office: Vientiane Capital, its first district.
PROVINCE, DISTRICT = "01", "0101"


@dataclass(frozen=True)
class Staffed:
    """The open office and who works in it."""

    office: Office
    clerk: SignedIn
    other_clerk: SignedIn
    supervisor: SignedIn
    administrator: SignedIn


def found_office(data: Path, *, registry_url: str = "", work: Work = Work.TRAINING, server: str = "") -> None:
    """Runs the first start in `data`; `server` is the address of a test's own, else this run's engine is taken."""
    _, code = begin_first_start(data)
    create_office(
        data,
        NewOffice(
            office_code="VTE",
            station_code="S1",
            office_name="ປກສ ເມືອງຈັນທະບູລີ",
            province_code=PROVINCE,
            district_code=DISTRICT,
            work=work,
            registry_url=registry_url,
            passphrase=PASSPHRASE,
            administrator_username=ADMINISTRATOR,
            administrator_name="ນາງ ຄຳຫຼ້າ",
            administrator_password=PASSWORD,
            server=server or CHOICE.address(),
        ),
        code,
    )


def copy_office(founded: Path, data: Path) -> None:
    """Makes `data` an office like the closed one in `founded`, with a database of its own on either engine."""
    shutil.copytree(founded, data)
    place = place_of(data)
    if isinstance(place, Server):
        write_server(data, replace(place, address=CHOICE.copy(place.address)))


def staff_office(office: Office) -> Staffed:
    """Adds the operators, signs everyone in and loads a box of blanks."""
    administrator = sign_in(office, ADMINISTRATOR, PASSWORD)
    for username, name, role in (
        (CLERK, "ທ້າວ ບຸນມີ", Role.CLERK),
        (OTHER_CLERK, "ນາງ ນ້ອຍ", Role.CLERK),
        (SUPERVISOR, "ທ່ານ ສົມຈິດ", Role.SUPERVISOR),
    ):
        add_operator(
            office, administrator, username=username, display_name=name, role=role, password=PASSWORD
        )
    supervisor = sign_in(office, SUPERVISOR, PASSWORD)
    load_invented_box(office, supervisor)
    clerk, other_clerk = (sign_in(office, username, PASSWORD) for username in (CLERK, OTHER_CLERK))
    return Staffed(office, clerk, other_clerk, supervisor, administrator)


def at_their_desks(staffed: Staffed) -> Staffed:
    """As if everyone had signed in to `staffed.office` just now: one that was closed and opened again."""
    for who in (staffed.clerk, staffed.other_clerk, staffed.supervisor, staffed.administrator):
        staffed.office.proofs.present(who.operator.id)
    return staffed


@contextmanager
def staffed_office(data: Path, *, registry_url: str = "") -> Iterator[Staffed]:
    """A new office, staffed and open, closed at the end."""
    found_office(data, registry_url=registry_url)
    office = open_office(data, PASSPHRASE)
    try:
        yield staff_office(office)
    finally:
        close_office(office)


FIELDS = {
    "honorific": "ນາງ",
    "given_name_lo": "ສຸດາວັນ",
    "surname_lo": "ພົມມະຈັນ",
    "given_name_latin": "Soudavanh",
    "surname_latin": "Phommachanh",
    "sex": "F",
    "birth_date": "1994-03-17",
    "place_of_birth": "ບ້ານໂພນໄຊ",
    "origin": "ລາວ",
    "nationality": "LAO",
    "ethnic_group": "1",
    "telephone": "020 5555 0142",
    "household_number": "12-0457",
    "province_code": PROVINCE,
    "district_code": DISTRICT,
    "village": "ໂພນສະຫວັນ",
    "house_number": "214",
    "unit": "7",
    "documents": "household_book,old_identity_card",
    "consent": "yes",
    "fee_paid": "yes",
}
