"""Claims: one holder, silence frees, late words are kept aside, two clerks at one moment, a busy database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.offices import FIELDS, PASSPHRASE, Staffed, staffed_office
from workstation import clock
from workstation.database.audit import audit_of
from workstation.database.store import Store
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.domain.take_over import TakeOverReason
from workstation.security.key_ring import KeyRing
from workstation.startup import KEY
from workstation.workflow import claims
from workstation.workflow.intake.steps import complete, save_draft, start
from workstation.workflow.intake.view import view
from workstation.workflow.keys.server_file import place_of
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.queue import queue

pytestmark = pytest.mark.both_engines


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with staffed_office(tmp_path_factory.mktemp("claims") / "office") as office:
        yield office


@pytest.fixture
def own_office(tmp_path: Path) -> Iterator[Staffed]:
    """An office whose connections end with the test."""
    with staffed_office(tmp_path / "office") as office:
        yield office


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets time pass in the office: wait(seconds)."""
    real, ahead = clock.now, [0.0]

    def later() -> datetime:
        return real() + timedelta(seconds=ahead[0])

    def passed(seconds: float) -> None:
        ahead[0] += seconds

    monkeypatch.setattr(clock, "now", later)
    return passed


def at_other_station(office: Office) -> Office:
    """The same office as another station of it sees it."""
    return replace(office, station=replace(office.station, id="0192f0c0-0000-7000-8000-000000000002"))


def save(office: Office, who: SignedIn, application_id: str, **fields: str) -> None:
    save_draft(office, who, application_id, {**FIELDS, **fields}).result(20)


def test_the_second_clerk_is_told_who_and_since_when(staffed: Staffed) -> None:
    office = staffed.office
    application_id = start(office, staffed.clerk)
    assert claims.open_claimed(office, staffed.clerk, application_id).mine
    since = claims.standing(office, staffed.clerk, application_id).since
    second = claims.open_claimed(office, staffed.other_clerk, application_id)
    assert (second.mine, second.foreign, second.lost) == (False, True, False)
    assert (second.name, second.since) == (staffed.clerk.operator.display_name, since)
    row = next(row for row in queue(office) if row.application_id == application_id)
    assert (row.holder, row.holder_since) == (second.name, since)
    claims.release(office, staffed.other_clerk, application_id)  # not theirs: nothing happens
    assert claims.standing(office, staffed.clerk, application_id).mine
    claims.release(office, staffed.clerk, application_id)
    assert claims.open_claimed(office, staffed.other_clerk, application_id).mine


def test_the_same_operator_at_another_station_is_another_holder(staffed: Staffed) -> None:
    office = staffed.office
    application_id = start(office, staffed.clerk)
    claims.open_claimed(office, staffed.clerk, application_id)
    elsewhere = claims.open_claimed(at_other_station(office), staffed.clerk, application_id)
    assert elsewhere.foreign


def test_while_one_holds_it_another_cannot_write(staffed: Staffed) -> None:
    office = staffed.office
    application_id = start(office, staffed.clerk)
    claims.open_claimed(office, staffed.clerk, application_id)
    save(office, staffed.clerk, application_id)
    for verb in (
        lambda: save(office, staffed.other_clerk, application_id, village="ໂພນໄຊ"),
        lambda: complete(office, staffed.other_clerk, application_id),
    ):
        with pytest.raises(Refused) as refused:
            verb()
        assert refused.value.reason is Reason.CHANGED_BY_ANOTHER
        assert refused.value.facts["name"] == staffed.clerk.operator.display_name
    assert view(office, application_id).fields["village"] == FIELDS["village"]
    assert complete(office, staffed.clerk, application_id) is Stage.PHOTO


def test_a_silent_claim_is_free_and_its_late_words_are_kept_aside(
    staffed: Staffed, wait: Callable[[float], None]
) -> None:
    office = staffed.office
    application_id = start(office, staffed.clerk)
    claims.open_claimed(office, staffed.clerk, application_id)
    save(office, staffed.clerk, application_id)
    wait(110)
    assert claims.open_claimed(office, staffed.other_clerk, application_id).foreign
    assert claims.beat(office, staffed.clerk, application_id).mine
    wait(110)
    assert claims.open_claimed(office, staffed.other_clerk, application_id).foreign
    wait(11)
    assert next(row for row in queue(office) if row.application_id == application_id).holder == ""
    assert claims.open_claimed(office, staffed.other_clerk, application_id).mine
    save(office, staffed.other_clerk, application_id, village="ໂພນໄຊ")
    claims.release(office, staffed.other_clerk, application_id)

    # The silent station wakes up and knows nothing of it.
    with pytest.raises(Refused) as refused:
        save(office, staffed.clerk, application_id, telephone="020 1111 2222")
    assert refused.value.reason is Reason.CHANGED_BY_ANOTHER
    assert refused.value.facts["name"] == staffed.other_clerk.operator.display_name
    datetime.fromisoformat(str(refused.value.facts["at"]))
    assert view(office, application_id).fields["village"] == "ໂພນໄຊ"
    assert view(office, application_id).fields["telephone"] == FIELDS["telephone"]
    lost = claims.beat(office, staffed.clerk, application_id)
    assert lost.lost
    assert lost.name == staffed.other_clerk.operator.display_name

    again = claims.open_claimed(office, staffed.clerk, application_id)
    assert again.mine
    assert again.aside is not None
    assert dict(again.aside.fields) == {"telephone": "020 1111 2222", "village": FIELDS["village"]}
    save(office, staffed.clerk, application_id, village="ໂພນໄຊ")
    claims.drop_aside(office, staffed.clerk, application_id)
    assert claims.standing(office, staffed.clerk, application_id).aside is None


def test_silent_but_untaken_it_is_still_theirs(staffed: Staffed, wait: Callable[[float], None]) -> None:
    office = staffed.office
    application_id = start(office, staffed.clerk)
    claims.open_claimed(office, staffed.clerk, application_id)
    wait(1000)
    save(office, staffed.clerk, application_id)
    assert claims.beat(office, staffed.clerk, application_id).mine


def test_a_supervisor_takes_over_with_a_reason(staffed: Staffed) -> None:
    office = staffed.office
    application_id = start(office, staffed.clerk)
    claims.open_claimed(office, staffed.clerk, application_id)
    for who, reason, expected in (
        (staffed.supervisor, TakeOverReason.OTHER, Reason.REASON_MISSING),
        (staffed.other_clerk, TakeOverReason.HOLDER_AWAY, Reason.ROLE_NOT_ALLOWED),
    ):
        with pytest.raises(Refused) as refused:
            claims.take_over(office, who, application_id, reason, "  ")
        assert refused.value.reason is expected
    assert claims.take_over(
        office, staffed.supervisor, application_id, TakeOverReason.OTHER, "she is ill"
    ).mine
    lost = claims.beat(office, staffed.clerk, application_id)
    assert lost.lost
    assert lost.taken is not None
    assert (lost.taken.reason, lost.taken.note) == (TakeOverReason.OTHER, "she is ill")
    entries = office.store.read(lambda connection: audit_of(connection, application_id))
    taken = [entry for entry in entries if entry.tag is AuditTag.CLAIM_TAKEN_OVER]
    assert len(taken) == 1
    assert staffed.clerk.operator.id.encode() in taken[0].facts
    assert b"ill" not in taken[0].facts
    assert b'"reason":"other"' in taken[0].facts


def test_whose_role_finishes_nothing_there_only_looks(staffed: Staffed) -> None:
    office = staffed.office
    application_id = start(office, staffed.clerk)
    looked = claims.open_claimed(office, staffed.administrator, application_id)
    assert (looked.mine, looked.foreign) == (False, False)
    assert claims.open_claimed(office, staffed.clerk, application_id).mine


def second_store(office: Office) -> Store:
    """The same database, opened as another process would."""
    key = KeyRing.from_json((office.data / KEY).read_bytes()).key.by_passphrase(PASSPHRASE)
    return Store(place_of(office.data), key)


def test_of_two_clerks_at_one_moment_one_wins(own_office: Staffed) -> None:
    staffed, office = own_office, own_office.office
    other = replace(at_other_station(office), store=second_store(office))
    try:
        for _round in range(5):
            application_id = start(office, staffed.clerk)
            together = threading.Barrier(2)
            found: dict[int, claims.Standing] = {}

            def claim(
                place: int,
                at: Office,
                who: SignedIn,
                together: threading.Barrier = together,
                found: dict[int, claims.Standing] = found,
                application_id: str = application_id,
            ) -> None:
                together.wait(20)
                found[place] = claims.open_claimed(at, who, application_id)

            threads = [
                threading.Thread(target=claim, args=(0, office, staffed.clerk)),
                threading.Thread(target=claim, args=(1, other, staffed.other_clerk)),
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(30)
            assert sorted(standing.mine for standing in found.values()) == [False, True]
            assert found[0].name == found[1].name
    finally:
        other.store.close()


def test_a_database_held_by_another_writer_is_named_and_nothing_is_claimed(own_office: Staffed) -> None:
    staffed, office = own_office, own_office.office
    application_id = start(office, staffed.clerk)
    holder = second_store(office)
    begun, done = threading.Event(), threading.Event()

    def hold(_tx: object) -> bool:
        begun.set()
        return done.wait(40)

    try:
        held = holder.submit(hold)
        assert begun.wait(10)
        # On a server a claim waits for nobody; another verb does.
        waiting = (
            partial(start, office, staffed.clerk)
            if office.store.shared
            else partial(claims.open_claimed, office, staffed.clerk, application_id)
        )
        with pytest.raises(Refused) as refused:
            waiting()
        assert refused.value.reason is Reason.DATABASE_BUSY
        # Looking goes on meanwhile.
        assert any(row.application_id == application_id for row in queue(office))
        done.set()
        held.result(20)
    finally:
        done.set()
        holder.close()
    assert claims.open_claimed(office, staffed.clerk, application_id).mine
