"""The first box of an office of invented people: taken in, given to this station and loaded, by the ledger's verbs."""

from __future__ import annotations

from workstation.database import Connection
from workstation.database.policies import policy_in_force
from workstation.database.stock_balance import next_number
from workstation.domain.refused import Reason, Refused
from workstation.domain.station import Work
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.stock.steps import Delivery, give_to_station, load, take_in


def load_invented_box(office: Office, supervisor: SignedIn, number: int = 200) -> None:
    """`supervisor` takes in a box of so many blanks that nobody has seen yet and loads all of them.

    Raises Refused NOT_FOR_REAL_WORK, ROLE_NOT_ALLOWED.
    """
    if office.station.work is Work.REAL:
        raise Refused(Reason.NOT_FOR_REAL_WORK)

    def serials(connection: Connection) -> tuple[str, str]:
        serials = policy_in_force(connection).blank_serials
        first = next_number(connection, serials.series)
        return serials.serial(first), serials.serial(first + number - 1)

    first, last = office.store.read(serials)
    take_in(office, supervisor, Delivery("1", first, last))
    give_to_station(office, supervisor, first, last)
    load(office, supervisor, first, last)
