"""After a restoration: no number twice, no message's sequence twice, and offices that meet their own past."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.offices import CLERK, PASSPHRASE, PASSWORD, SUPERVISOR
from tests.workstation.workflow.backup.backups import numbers, reopened
from tests.workstation.workflow.backup.conftest import Made
from workstation import clock
from workstation.database.applications import next_ordinal
from workstation.database.backup_records import keep_restoration
from workstation.database.outbox import OutboxKind, add_to_outbox, outbox_of
from workstation.database.receipts import next_receipt_ordinal
from workstation.domain.application_number import is_application_number
from workstation.workflow.backup.make import make_backup
from workstation.workflow.backup.position import Position, keep_position
from workstation.workflow.backup.restore import Confirmation, restore
from workstation.workflow.intake.steps import start
from workstation.workflow.office import Office
from workstation.workflow.sign_in import sign_in


def give(office: Office, count: int) -> None:
    who = sign_in(office, CLERK, PASSWORD)
    for _ in range(count):
        start(office, who)


def test_numbers_given_after_the_backup_are_not_given_again(made: Made) -> None:
    with reopened(made.data) as office:
        give(office, 3)
    lost = set(numbers(made.data))
    restore(made.folder, made.data, made.key, PASSPHRASE)
    kept = set(numbers(made.data))
    with reopened(made.data) as office:
        give(office, 2)
    fresh = set(numbers(made.data)) - kept
    assert len(fresh) == 2
    assert not fresh & lost
    assert all(is_application_number(number) for number in fresh)


def test_a_second_restoration_does_not_give_the_first_ones_numbers(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = datetime(2026, 11, 22, 3, 0, tzinfo=UTC) + timedelta(days=1)
    seen: set[str] = set()
    for minutes in (0, 1, 2):
        monkeypatch.setattr(clock, "now", lambda later=minutes: begin + timedelta(minutes=later))
        restore(made.folder, made.data, made.key, PASSPHRASE)
        kept = set(numbers(made.data))
        with reopened(made.data) as office:
            give(office, 2)
        fresh = set(numbers(made.data)) - kept
        assert len(fresh) == 2
        assert not fresh & seen
        seen |= fresh


def test_the_day_after_numbers_begin_at_one_again(made: Made) -> None:
    midnight = datetime(2026, 11, 24, 16, 59, 30, tzinfo=UTC)  # 23:59:30 in Vientiane
    with reopened(made.data) as office:
        office.store.write(lambda tx: keep_restoration(tx, "a backup", midnight))
        for ordinal in (next_ordinal, next_receipt_ordinal):
            same = date(2026, 11, 24)
            assert office.store.write(lambda tx: ordinal(tx, same)) == 10_000 + 60 * (24 * 60 - 1) + 1  # noqa: B023  # called at once
            assert office.store.write(lambda tx: ordinal(tx, same)) == 10_000 + 60 * (24 * 60 - 1) + 2  # noqa: B023  # called at once
            # A clock that goes back must not find old numbers either.
            assert office.store.write(lambda tx: ordinal(tx, same - timedelta(days=1))) > 90_000  # noqa: B023  # called at once
            assert office.store.write(lambda tx: ordinal(tx, same + timedelta(days=1))) == 1  # noqa: B023  # called at once


def test_the_outbox_counts_on_above_what_is_known(made: Made) -> None:
    keep_position(made.data, Position("VTE-S1", 40))
    restore(made.folder, made.data, made.key, PASSPHRASE, confirmed=Confirmation(SUPERVISOR, PASSWORD))
    with reopened(made.data) as office:
        application = start(office, sign_in(office, CLERK, PASSWORD))
        office.store.write(
            lambda tx: add_to_outbox(tx, application, OutboxKind.ENROLMENT, b"{}", at=clock.now())
        )
        assert office.store.read(lambda c: outbox_of(c, application))[0].sequence == 41


def test_the_restored_office_makes_backups_that_restore(made: Made) -> None:
    restore(made.folder, made.data, made.key, PASSPHRASE)
    with reopened(made.data) as office:
        again = make_backup(office, made.data.parent / "again", actor=office.station.id)
    before = numbers(made.data)
    restore(again.folder, made.data, made.key, PASSPHRASE)
    assert numbers(made.data) == before
