"""Cards that nobody collected in the policy's days: returned to the province, or destroyed here by two people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from printing.report import Report, ReportTable, render_report
from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.blobs import put_blob
from workstation.database.boxes import ReadyCard, ready_cards, take_out
from workstation.database.moves import Actor
from workstation.database.parcels import add_parcel
from workstation.database.policies import policy_in_force
from workstation.database.stock import blank_of_job, destroy_blank, return_blank
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.workflow.hand_over.ready import ReadyRow, read_rows
from workstation.workflow.office import Office, SignedIn, acting
from workstation.workflow.stock.witness import SecondPerson, write_by_two

UNCOLLECTED_LIST = "uncollected"
_LONGEST_SEAL = 40


@dataclass(frozen=True)
class UncollectedView:
    """`after_days` is the policy's rule; the cards that have waited longer, the longest wait first."""

    rows: tuple[ReadyRow, ...]
    after_days: int


def uncollected_view(office: Office, who: SignedIn) -> UncollectedView:
    """What is due to go back. Raises Refused ROLE_NOT_ALLOWED."""

    def query(connection: Connection) -> UncollectedView:
        acting(connection, office, who, Verb.HAND_OVER_LOOK)
        days = policy_in_force(connection).hand_over.uncollected_days
        rows = read_rows(connection, _due(connection, clock.now()))
        return UncollectedView(tuple(sorted(rows, key=lambda row: (row.card.since, row.card.number))), days)

    return office.store.read(query)


def _due(connection: Connection, now: datetime) -> tuple[ReadyCard, ...]:
    days = policy_in_force(connection).hand_over.uncollected_days
    return ready_cards(connection, before=now - timedelta(days=days))


def return_to_province(
    office: Office, who: SignedIn, application_ids: Sequence[str], counted: int, seal: str
) -> bytes:
    """These cards leave in one parcel under that seal number; `counted` is how many were put into it. Returns the
    parcel's list (PDF, two lines to sign on).

    Raises Refused SEAL_MISSING, SEAL_USED, NOTHING_CHOSEN, CARD_NOT_DUE, OLD_CARDS_COUNT, CARD_NOT_HERE.
    """
    number = " ".join(seal.split())[:_LONGEST_SEAL]

    def verb(tx: Connection) -> bytes:
        actor = acting(tx, office, who, Verb.RETURN_UNCOLLECTED)
        if not number:
            raise Refused(Reason.SEAL_MISSING)
        now = clock.now()
        cards = _chosen(tx, application_ids, now)
        _require_count(cards, counted)
        pdf = _list(
            tx, office, cards, f"ເລກທີປະທັບ / Seal: {number}", "ປຶກປະທັບສົ່ງແຂວງ / Parcel to the province", now
        )
        _keep(tx, cards, actor, pdf, seal=number, destroyed=False, reason="", second=None, at=now)
        for card in cards:
            return_blank(tx, card.job_id, f"uncollected, parcel {number}", at=now, by=actor)
            _note(tx, AuditTag.UNCOLLECTED_RETURNED, card, actor, now, seal=number)
        return pdf

    return office.store.write(verb)


def destroy_uncollected(
    office: Office,
    who: SignedIn,
    application_ids: Sequence[str],
    counted: int,
    reason: str,
    second: SecondPerson,
) -> bytes:
    """Two people have destroyed these cards; `counted` is how many they held. Returns the list (PDF).

    Raises Refused REASON_MISSING, NOTHING_CHOSEN, CARD_NOT_DUE, OLD_CARDS_COUNT, and as `write_by_two`.
    """

    def verb(tx: Connection, actor: Actor, witness: str) -> bytes:
        told, now = reason.strip(), clock.now()
        if not told:
            raise Refused(Reason.REASON_MISSING)
        cards = _chosen(tx, application_ids, now)
        _require_count(cards, counted)
        pdf = _list(tx, office, cards, told, "ບັດທີ່ຖືກທຳລາຍ / Cards destroyed", now)
        _keep(tx, cards, actor, pdf, seal="", destroyed=True, reason=told, second=witness, at=now)
        for card in cards:
            destroy_blank(tx, card.job_id, told, second=witness, at=now, by=actor)
            _note(tx, AuditTag.UNCOLLECTED_DESTROYED, card, actor, now, reason=told, confirmed_by=witness)
        return pdf

    return write_by_two(office, who, Verb.DESTROY_UNCOLLECTED, second, UNCOLLECTED_LIST, verb)


def _chosen(tx: Connection, application_ids: Sequence[str], now: datetime) -> list[ReadyCard]:
    chosen = set(application_ids)
    if not chosen:
        raise Refused(Reason.NOTHING_CHOSEN)
    due = {card.application_id: card for card in _due(tx, now)}
    if missing := chosen - due.keys():
        raise Refused(Reason.CARD_NOT_DUE, count=len(missing))
    return [due[one] for one in due if one in chosen]


def _require_count(cards: Sequence[ReadyCard], counted: int) -> None:
    if len(cards) != counted:
        raise Refused(Reason.OLD_CARDS_COUNT, listed=len(cards), counted=counted)


def _keep(
    tx: Connection,
    cards: Sequence[ReadyCard],
    actor: Actor,
    pdf: bytes,
    *,
    seal: str,
    destroyed: bool,
    reason: str,
    second: str | None,
    at: datetime,
) -> None:
    add_parcel(
        tx,
        [card.job_id for card in cards],
        seal=seal,
        destroyed=destroyed,
        reason=reason,
        list_pdf=put_blob(tx, pdf, "application/pdf"),
        by=actor.id,
        second=second,
        at=at,
    )
    for card in cards:
        take_out(tx, card.job_id)


def _note(tx: Connection, tag: AuditTag, card: ReadyCard, actor: Actor, at: datetime, **facts: str) -> None:
    write_audit(
        tx,
        tag,
        at=at,
        actor=actor.id,
        station_id=actor.station_id,
        object_id=card.application_id,
        job=card.job_id,
        **facts,
    )


def _list(
    tx: Connection, office: Office, cards: Sequence[ReadyCard], subtitle: str, title: str, at: datetime
) -> bytes:
    rows = []
    for place, card in enumerate(cards, start=1):
        blank = blank_of_job(tx, card.job_id)
        rows.append(
            (
                str(place),
                card.number,
                card.name_lo,
                card.village,
                "" if blank is None else blank.serial,
                f"{clock.office_day(card.since):%d/%m/%Y}",
            )
        )
    when = f"{at.astimezone(clock.OFFICE_ZONE):%d/%m/%Y %H:%M}"
    return render_report(
        Report(
            title=title,
            subtitle=f"{subtitle} · {when}",
            office=office.station.office_name,
            tables=(
                ReportTable(
                    f"{len(rows)}",
                    (
                        "#",
                        "ເລກທີຄຳຮ້ອງ / Number",
                        "ຊື່ / Name",
                        "ບ້ານ / Village",
                        "ເລກບັດເປົ່າ / Blank",
                        "ພ້ອມແຕ່ / Ready since",
                    ),
                    (10.0, 40.0, 50.0, 32.0, 26.0, 24.0),
                    tuple(rows),
                ),
            ),
            signatures=("ຜູ້ມອບ / Given by", "ຜູ້ຮັບ ຫຼື ພະຍານ / Received or witnessed by"),
        )
    )
