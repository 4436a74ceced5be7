"""The queue by pages, against a plain sort of the same rows: orders, filters, places, counts, remarks, saved queues."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text

from tests.offices import Staffed, staffed_office
from workstation import clock
from workstation.database.applications import add_application
from workstation.database.defects import raise_defect
from workstation.database.policies import policy_in_force
from workstation.database.queue_pages import QueueReading
from workstation.database.stage_counts import counted
from workstation.database.tables import applications, fingers
from workstation.domain.queue import Contact, Flag, Order, QueueFilter
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import ENDS, PATH, Stage
from workstation.workflow import claims
from workstation.workflow.queue import (
    PAGE,
    forget_queue,
    look,
    queue,
    save_queue,
    saved_queues,
    stage_counts,
    tell,
    villages,
)

pytestmark = pytest.mark.both_engines

COUNT = 900
VILLAGES = ("ໂພນສະຫວັນ", "ທົ່ງສາງນາງ", "ສີຫອມ", "ດອນກອຍ")


@dataclass(frozen=True)
class Filled:
    """A staffed office and the rows that were put into its table."""

    staffed: Staffed
    rows: tuple[dict[str, Any], ...]


def rows_of(staffed: Staffed, count: int) -> list[dict[str, Any]]:
    """Invented applications at every stage, a tenth of the captured ones returned."""
    rng = random.Random(11)
    now = clock.now()
    policy = staffed.office.store.read(policy_in_force).version
    stages = list(Stage)
    rows = []
    for n in range(count):
        stage = rng.choice(stages)
        rows.append(
            {
                "id": f"{n:036d}",
                "number": f"VTE-S1-260101-{n:05d}",
                "kind": "first_issue",
                "stage": stage.value,
                "version": 1,
                "policy_version": policy,
                "created_at": now,
                "created_by": staffed.clerk.operator.id,
                "stage_since": now - timedelta(minutes=rng.randrange(400)),
                "returned": stage in (Stage.INTAKE, Stage.PHOTO) and rng.random() < 0.1,
                "name_lo": f"ນາງ {n}",
                "name_latin": f"Nang {n}",
                "name_sort_key": rng.randbytes(3),
                "birth_date": f"{rng.randrange(1940, 2024)}-0{rng.randrange(1, 10)}-11",
                "village": rng.choice(VILLAGES),
            }
        )
    return rows


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    with staffed_office(tmp_path_factory.mktemp("queue") / "office") as staffed:
        rows = rows_of(staffed, COUNT)
        staffed.office.store.write(lambda tx: tx.execute(insert(applications), rows))
        yield Filled(staffed, tuple(rows))


KEYS: dict[Order, Callable[[dict[str, Any]], Any]] = {
    Order.WAITING: lambda row: (not row["returned"], row["stage_since"], row["number"]),
    Order.NUMBER: lambda row: row["number"],
    Order.NAME: lambda row: (row["name_sort_key"], row["number"]),
    Order.BIRTH: lambda row: (row["birth_date"], row["number"]),
    Order.VILLAGE: lambda row: (row["village"], row["returned"], row["stage_since"], row["number"]),
}


def expected(filled: Filled, chosen: QueueFilter) -> list[str]:
    ends = {stage.value for stage in ENDS}
    rows = [row for row in filled.rows if row["stage"] not in ends]
    if chosen.stage is not None:
        rows = [row for row in rows if row["stage"] == chosen.stage.value]
    if chosen.village:
        rows = [row for row in rows if row["village"] == chosen.village]
    if chosen.flag is Flag.RETURNED:
        rows = [row for row in rows if row["returned"]]
    if chosen.flag is Flag.CHILD:
        day = clock.office_day(clock.now())
        rows = [row for row in rows if row["birth_date"] > f"{day.year - 15}-{day.month:02d}-{day.day:02d}"]
    return [row["id"] for row in sorted(rows, key=KEYS[chosen.order], reverse=chosen.descending)]


FILTERS = [
    QueueFilter(stage, village, flag, order, descending)
    for stage in (None, Stage.PHOTO)
    for village, flag in (("", None), (VILLAGES[1], None), ("", Flag.RETURNED), ("", Flag.CHILD))
    for order in Order
    for descending in (False, True)
]


@pytest.mark.parametrize("through_order", [False, True])
def test_every_order_and_filter_as_a_plain_sort_has_it(
    filled: Filled, monkeypatch: pytest.MonkeyPatch, *, through_order: bool
) -> None:
    if through_order:
        monkeypatch.setattr("workstation.database.queue_pages._SORTED_AT_ONCE", 5)
    office, who = filled.staffed.office, filled.staffed.clerk
    for chosen in FILTERS:
        ids = expected(filled, chosen)
        wanted = ids[2 * len(ids) // 3]
        sight = look(office, who, chosen, tuple(range(-(-len(ids) // PAGE))), wanted)
        assert sight.total == len(ids), chosen
        shown = [row.application_id for _page, rows in sorted(sight.pages.items()) for row in rows]
        assert shown == ids, chosen
        assert sight.place == ids.index(wanted)
        far = look(office, who, chosen, (), wanted)
        assert (far.place, far.pages) == (ids.index(wanted), {}), chosen


def test_what_is_not_in_the_queue_has_no_place_and_pages_beyond_the_end_are_not_read(filled: Filled) -> None:
    office, who = filled.staffed.office, filled.staffed.clerk
    closed = next(row["id"] for row in filled.rows if row["stage"] == "closed")
    sight = look(office, who, QueueFilter(), (-1, 0, 999), closed)
    assert sight.place is None
    assert list(sight.pages) == [0]


def test_every_page_is_read_through_an_index(filled: Filled) -> None:
    """No order of the whole queue may sort: a million rows would stand still."""
    if filled.staffed.office.store.shared:
        pytest.skip("how SQLite plans is asked here")

    def plans(connection: Any) -> list[tuple[Order, str]]:
        found: list[tuple[Order, str]] = []
        driver = connection.connection.driver_connection
        for order in Order:
            reading = QueueReading(
                connection, QueueFilter(order=order), born_after="2011", alive_since=clock.now()
            )
            executed: list[str] = []
            driver.set_trace_callback(executed.append)
            reading.page(0, 50)
            driver.set_trace_callback(None)
            for statement in executed:
                steps = driver.execute("EXPLAIN QUERY PLAN " + statement).fetchall()
                found.append((order, " / ".join(step[3] for step in steps)))
        return found

    found = filled.staffed.office.store.read(plans)
    assert {order for order, _plan in found} == set(Order)
    assert [entry for entry in found if "TEMP B-TREE" in entry[1] or "INDEX" not in entry[1]] == []


def test_counts_follow_every_change_of_the_table(filled: Filled) -> None:
    office = filled.staffed.office

    def truth() -> dict[Stage, int]:
        rows = office.store.read(
            lambda c: c.execute(text("SELECT stage, count(*) FROM applications GROUP BY stage")).all()
        )
        return {Stage(row[0]): row[1] for row in rows}

    assert stage_counts(office) == truth()
    one = filled.rows[0]["id"]

    def undone(tx: Any) -> None:
        tx.execute(text("UPDATE applications SET stage = 'check', returned = true"))
        assert counted(tx) == {(Stage.CHECK, True): COUNT}
        tx.execute(text("DELETE FROM applications"))
        assert counted(tx) == {}
        raise Refused(Reason.MOVE_NOT_ALLOWED)

    with pytest.raises(Refused):
        office.store.write(undone)
    assert stage_counts(office) == truth()

    def put(stage: str) -> None:
        moved = text("UPDATE applications SET stage = :stage WHERE id = :id")
        office.store.write(lambda tx: tx.execute(moved, {"stage": stage, "id": one}))

    for stage in PATH[:3]:
        put(stage.value)
        assert stage_counts(office) == truth()
    put(filled.rows[0]["stage"])


def test_remarks_defects_and_who_was_told(filled: Filled) -> None:
    office, who = filled.staffed.office, filled.staffed.clerk
    returned = look(office, who, QueueFilter(flag=Flag.RETURNED)).pages[0][0].application_id
    now = clock.now()

    def prepare(tx: Any) -> None:
        for code in ("name-wrong", "other"):
            raise_defect(
                tx, returned, Stage.INTAKE, code, "", by=filled.staffed.supervisor.operator.id, at=now
            )
        tx.execute(
            insert(fingers).values(
                application_id=returned,
                position=3,
                missing_reason="amputated",
                attempts=0,
                taken_at=now,
                taken_by=who.operator.id,
            )
        )

    office.store.write(prepare)
    for outcome in (Contact.NOT_REACHED, Contact.INFORMED):
        tell(office, who, returned, outcome)
        row = look(office, who, QueueFilter(flag=Flag.EXCEPTION)).pages[0][0]
        assert row.application_id == returned
        assert row.defects == ("name-wrong", "other")
        assert {Flag.RETURNED, Flag.EXCEPTION} <= row.flags
        assert row.contact is not None
        assert (row.contact.outcome, row.contact.by_name) == (outcome, who.operator.display_name)
    other = next(row["id"] for row in filled.rows if not row["returned"])
    with pytest.raises(Refused) as refused:
        tell(office, who, other, Contact.INFORMED)
    assert refused.value.reason is Reason.NOTHING_TO_TELL


def test_in_work_are_those_somebody_is_behind(filled: Filled) -> None:
    office, who = filled.staffed.office, filled.staffed.clerk
    one = next(row["id"] for row in filled.rows if row["stage"] == "photo" and not row["returned"])
    assert claims.open_claimed(office, who, one).mine
    found = look(office, who, QueueFilter(flag=Flag.IN_WORK)).pages[0]
    assert [(row.application_id, row.mine) for row in found] == [(one, True)]
    claims.release(office, who, one)
    assert look(office, who, QueueFilter(flag=Flag.IN_WORK)).total == 0


def test_saved_queues_belong_to_their_operator(filled: Filled) -> None:
    office, who = filled.staffed.office, filled.staffed.clerk
    chosen = QueueFilter(Stage.REVIEW, VILLAGES[0], Flag.CHILD, Order.BIRTH, True)
    save_queue(office, who, "  ເດັກ   ບ້ານໂພນ ", QueueFilter())
    save_queue(office, who, "ເດັກ ບ້ານໂພນ", chosen)
    assert saved_queues(office, who) == (("ເດັກ ບ້ານໂພນ", chosen),)
    assert saved_queues(office, filled.staffed.other_clerk) == ()
    with pytest.raises(Refused) as refused:
        save_queue(office, who, " \u2003 ", chosen)
    assert refused.value.reason is Reason.NAME_MISSING
    forget_queue(office, who, "ເດັກ ບ້ານໂພນ")
    assert saved_queues(office, who) == ()


def test_villages_and_the_plain_queue(filled: Filled) -> None:
    office = filled.staffed.office
    assert set(villages(office)) == set(VILLAGES)
    assert len(villages(office, 2)) == 2
    ids = expected(filled, QueueFilter(Stage.REVIEW))
    assert [row.application_id for row in queue(office, Stage.REVIEW)] == ids
    assert [row.application_id for row in queue(office, limit=7)] == expected(filled, QueueFilter())[:7]


def test_a_new_application_is_counted(filled: Filled) -> None:
    office = filled.staffed.office
    before = stage_counts(office)[Stage.INTAKE]
    policy = office.store.read(policy_in_force).version

    def verb(tx: Any) -> None:
        add_application(
            tx,
            "z" * 36,
            "VTE-S1-NEW",
            kind="first_issue",
            policy_version=policy,
            by=filled.staffed.clerk.operator.id,
            at=clock.now(),
        )

    office.store.write(verb)
    assert stage_counts(office)[Stage.INTAKE] == before + 1
