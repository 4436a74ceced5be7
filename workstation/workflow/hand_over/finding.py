"""The card in the hand: whose it is, by whatever can be scanned from it or read off it."""

from __future__ import annotations

from workstation.database import Connection
from workstation.database.applications import application
from workstation.database.card_numbers import with_blank, with_chip, with_code, with_document_number
from workstation.database.policies import policy_in_force
from workstation.database.search import NO_FILTER, ordinals, people
from workstation.database.search import with_code as numbered
from workstation.database.search_keys import code_key
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.workflow.office import Office, SignedIn, acting

# A signed code with a face in it is longer than any number.
_SHORTEST_CODE, _LONGEST = 60, 5_000


def find_card(office: Office, who: SignedIn, read: str) -> str:
    """The application of the card, or of the slip, from which `read` was scanned: the card's number, the text of its QR
    code, the serial of its chip or of its blank, or the application's own number.

    Raises Refused CARD_UNKNOWN, ROLE_NOT_ALLOWED.
    """

    def query(connection: Connection) -> str:
        acting(connection, office, who, Verb.SEARCH)
        found = _of_card(connection, read) or _of_slip(connection, read)
        if not found:
            raise Refused(Reason.CARD_UNKNOWN)
        return found[0]

    return office.store.read(query)


def require_this_card(connection: Connection, application_id: str, read: str) -> None:
    """`read` was scanned from the card that is about to be given.

    Raises Refused CARD_OF_ANOTHER (the application whose card it is), CARD_UNKNOWN.
    """
    found = _of_card(connection, read)
    if application_id in found:
        return
    if not found:
        raise Refused(Reason.CARD_UNKNOWN)
    raise Refused(Reason.CARD_OF_ANOTHER, number=application(connection, found[0]).number)


def _of_card(connection: Connection, read: str) -> tuple[str, ...]:
    text = read.strip()[:_LONGEST]
    if len(text) >= _SHORTEST_CODE:
        return with_code(connection, text)
    number = "".join(text.split()).upper()
    if not number:
        return ()
    return (
        with_document_number(connection, number)
        or with_chip(connection, number)
        or _on_blank(connection, number)
    )


def _on_blank(connection: Connection, serial: str) -> tuple[str, ...]:
    serials = policy_in_force(connection).blank_serials
    try:
        number = serials.number(serial)
    except Refused:
        return ()
    return with_blank(connection, serials, number)


def _of_slip(connection: Connection, read: str) -> tuple[str, ...]:
    key = code_key(read.strip()[:_LONGEST])
    if not key:
        return ()
    (found,) = ordinals(connection, [numbered(key, 5)], NO_FILTER)
    return tuple(row.application_id for row in people(connection, found).values() if row.number == key)
