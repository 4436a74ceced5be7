"""Cards that lie ready: where each is filed, whom to tell, the lists for a message service and for letters."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime

from printing.box_labels import BoxLabel, render_box_labels
from printing.report import Report, ReportTable, render_report
from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields, require_stage
from workstation.database.audit import write_audit
from workstation.database.boxes import ReadyCard, free_place, ready_cards
from workstation.database.boxes import file_card as keep_place
from workstation.database.moves import Actor
from workstation.database.policies import policy_in_force
from workstation.database.queue_rows import ContactMade, add_contact, newest_contacts
from workstation.domain.audit import AuditTag
from workstation.domain.divisions import district, province
from workstation.domain.hand_over import BoxPlace, HandOverRules
from workstation.domain.permissions import Verb
from workstation.domain.queue import Contact
from workstation.domain.stages import Stage
from workstation.workflow.office import Office, SignedIn, acting
from workstation.workflow.print.view import require_job

__all__ = ["ReadyCard", "ReadyRow", "ReadyView", "file_card", "ready_view", "tell_ready"]

_AT_ONCE = 400


@dataclass(frozen=True)
class ReadyRow:
    """One card and what is known of telling its person; `days` since it lies ready."""

    card: ReadyCard
    telephone: str
    told: ContactMade | None
    days: int


@dataclass(frozen=True)
class ReadyView:
    """`proposed` is the first free place of the boxes."""

    rows: tuple[ReadyRow, ...]
    proposed: BoxPlace

    @property
    def unfiled(self) -> int:
        """How many cards have no place yet."""
        return sum(row.card.place is None for row in self.rows)


def ready_view(office: Office, who: SignedIn) -> ReadyView:
    """Everything that lies ready: what is not filed first, then as the boxes are. Raises Refused ROLE_NOT_ALLOWED."""

    def query(connection: Connection) -> ReadyView:
        acting(connection, office, who, Verb.HAND_OVER_LOOK)
        return ReadyView(
            read_rows(connection, ready_cards(connection)),
            free_place(connection, policy_in_force(connection).hand_over),
        )

    return office.store.read(query)


def read_rows(connection: Connection, cards: tuple[ReadyCard, ...]) -> tuple[ReadyRow, ...]:
    """The cards with what was said to their people since they lie ready."""
    told: dict[str, ContactMade] = {}
    for begin in range(0, len(cards), _AT_ONCE):
        some = [card.application_id for card in cards[begin : begin + _AT_ONCE]]
        told |= newest_contacts(connection, some)
    today = clock.office_day(clock.now())
    rows = []
    for card in cards:
        made = told.get(card.application_id)
        rows.append(
            ReadyRow(
                card,
                accepted_fields(connection, card.application_id).get("telephone", ""),
                # What was said before, of work that came back, is about something else.
                made if made is not None and made.at >= card.since else None,
                (today - clock.office_day(card.since)).days,
            )
        )
    return tuple(rows)


def file_card(office: Office, who: SignedIn, application_id: str, place: str = "") -> BoxPlace:
    """Files the card at `place` ("1-03-12"), or at the first free one; filed before, it is moved.

    Raises Refused BOX_PLACE_UNKNOWN, BOX_PLACE_TAKEN, MOVE_NOT_ALLOWED, CARD_NOT_PRINTED.
    """

    def verb(tx: Connection) -> BoxPlace:
        actor = acting(tx, office, who, Verb.FILE_CARD)
        require_stage(tx, application_id, Stage.HAND_OVER)
        rules = policy_in_force(tx).hand_over
        return put_in_box(tx, actor, application_id, rules.read_place(place) if place.strip() else None)

    return office.store.write(verb)


def put_in_box(tx: Connection, actor: Actor, application_id: str, place: BoxPlace | None) -> BoxPlace:
    """As `file_card`, within a verb that has asked who acts."""
    now = clock.now()
    job = require_job(tx, application_id)
    filed = keep_place(tx, job.id, place, policy_in_force(tx).hand_over, by=actor.id, at=now)
    write_audit(
        tx,
        AuditTag.CARD_FILED,
        at=now,
        actor=actor.id,
        station_id=actor.station_id,
        object_id=application_id,
        place=filed.text,
    )
    return filed


def tell_ready(office: Office, who: SignedIn, application_id: str, outcome: Contact) -> None:
    """The person was told that the card lies ready, or could not be reached. Raises Refused MOVE_NOT_ALLOWED."""

    def verb(tx: Connection) -> None:
        actor, now = acting(tx, office, who, Verb.TELL), clock.now()
        require_stage(tx, application_id, Stage.HAND_OVER)
        add_contact(tx, application_id, outcome, by=actor.id, at=now)
        write_audit(
            tx,
            AuditTag.APPLICANT_CONTACTED,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
            outcome=outcome.value,
        )

    office.store.write(verb)


def _untold(row: ReadyRow) -> bool:
    return row.told is None or row.told.outcome is not Contact.INFORMED


def notice_csv(office: Office, who: SignedIn) -> str:
    """Who is to be told by message: UTF-8 CSV with CRLF (RFC 4180), one line for each person with a telephone who was
    not informed yet. Raises Refused ROLE_NOT_ALLOWED."""
    text = io.StringIO()
    write = csv.writer(text)
    write.writerow(("number", "telephone", "name", "message"))
    for row in ready_view(office, who).rows:
        digits = "".join(letter for letter in row.telephone if letter.isascii() and letter.isdigit())
        if digits and _untold(row):
            message = (
                f"{office.station.office_name}: ບັດປະຈຳຕົວຂອງທ່ານພ້ອມແລ້ວ. ກະລຸນາມາຮັບ. ເລກທີຄຳຮ້ອງ {row.card.number}."
            )
            write.writerow((row.card.number, digits, row.card.name_lo, message))
    return text.getvalue()


def letter_list(office: Office, who: SignedIn) -> bytes:
    """Who is to be told by letter: no telephone, or not reached; PDF, by village. Raises Refused ROLE_NOT_ALLOWED."""

    def query(connection: Connection) -> tuple[tuple[str, ...], ...]:
        acting(connection, office, who, Verb.HAND_OVER_LOOK)
        rows = [
            row
            for row in read_rows(connection, ready_cards(connection))
            if _untold(row) and (not row.telephone.strip() or row.told is not None)
        ]
        rows.sort(key=lambda row: (row.card.village, row.card.name_lo))
        return tuple(
            (
                row.card.number,
                row.card.name_lo,
                _address(accepted_fields(connection, row.card.application_id)),
                row.telephone,
                "" if row.card.place is None else row.card.place.text,
            )
            for row in rows
        )

    return render_report(
        Report(
            title="ລາຍຊື່ແຈ້ງດ້ວຍໜັງສື / List for letters",
            subtitle=_stamp(clock.now()),
            office=office.station.office_name,
            tables=(
                ReportTable(
                    "ບັດທີ່ພ້ອມມອບ / Cards that lie ready",
                    (
                        "ເລກທີຄຳຮ້ອງ / Number",
                        "ຊື່ / Name",
                        "ທີ່ຢູ່ / Address",
                        "ໂທລະສັບ / Telephone",
                        "ບ່ອນ / Place",
                    ),
                    (36.0, 44.0, 60.0, 24.0, 18.0),
                    office.store.read(query),
                ),
            ),
        )
    )


def row_labels(office: Office, who: SignedIn, box: int) -> bytes:
    """Labels for every row of a box, as PDF. Raises Refused ROLE_NOT_ALLOWED, BOX_PLACE_UNKNOWN."""

    def query(connection: Connection) -> HandOverRules:
        acting(connection, office, who, Verb.HAND_OVER_LOOK)
        return policy_in_force(connection).hand_over

    rules = office.store.read(query)
    rules.read_place(f"{box}-1-1")
    ends = [
        (BoxPlace(box, row, 1), BoxPlace(box, row, rules.box_positions))
        for row in range(1, rules.box_rows + 1)
    ]
    return render_box_labels(
        [
            BoxLabel(first.row_text, f"{first.text} – {last.text}", office.station.office_name)
            for first, last in ends
        ]
    )


def _address(fields: dict[str, str]) -> str:
    parts = [fields.get("house_number", ""), fields.get("unit", ""), fields.get("village", "")]
    if fields.get("district_code"):
        parts.append(district(fields["district_code"]).name_lo)
    if fields.get("province_code"):
        parts.append(province(fields["province_code"]).name_lo)
    return ", ".join(part for part in parts if part)


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(clock.OFFICE_ZONE):%d/%m/%Y %H:%M}"
