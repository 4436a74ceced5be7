"""Backups are made while the office works, hold all of it, and are never taken for whole when they are not."""

from __future__ import annotations

import os
import shutil
import stat
import threading
from pathlib import Path

import pytest

from tests.offices import PASSPHRASE, staffed_office
from tests.workstation.workflow.backup.backups import (
    backup,
    key_of,
    numbers,
    outbox_count,
    reason,
    refusal,
    reopened,
    work,
)
from tests.workstation.workflow.backup.conftest import Made
from workstation.database.audit import audit_of
from workstation.database.backup_records import FAILED, TESTED, last_backup_event
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused
from workstation.security.backup_sealing import BackupKey
from workstation.workflow.backup import make
from workstation.workflow.backup.keys import backup_key_from_file, backup_key_from_text, make_backup_key
from workstation.workflow.backup.make import make_backup
from workstation.workflow.backup.rehearsal import rehearse
from workstation.workflow.backup.restore import restore
from workstation.workflow.backup.unpack import look_into


def test_what_was_there_comes_back(made: Made) -> None:
    before = numbers(made.data)
    restored = restore(made.folder, made.data, made.key, "words for the new office")
    assert restored.before is not None
    assert restored.lost == 0
    assert numbers(made.data, "words for the new office") == before
    assert (made.data / "slips" / "one.pdf").read_bytes() == b"%PDF a slip" * 100
    # What stood there is put aside whole.
    assert numbers(restored.before) == before
    for path in made.data.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert stat.S_IMODE(made.data.stat().st_mode) == 0o700


def test_a_new_computer_needs_the_station_named(made: Made, tmp_path: Path) -> None:
    there = tmp_path / "new" / "office"
    assert reason(lambda: restore(made.folder, there, made.key, PASSPHRASE)) is Reason.BACKUP_STATION_UNNAMED
    refused = refusal(lambda: restore(made.folder, there, made.key, PASSPHRASE, station="VTE-S2"))
    assert refused.reason is Reason.BACKUP_FOREIGN
    assert refused.facts == {"found": "VTE-S1", "expected": "VTE-S2"}
    assert not there.exists()
    restored = restore(made.folder, there, made.key, PASSPHRASE, station="vte-s1")
    assert restored.before is None
    assert len(numbers(there)) == 2
    assert [path.name for path in there.parent.iterdir()] == ["office"]


def test_nothing_of_the_office_can_be_read_in_it(tmp_path: Path) -> None:
    with staffed_office(tmp_path / "data") as staffed:
        work(staffed)
        (tmp_path / "data" / "slips").mkdir()
        (tmp_path / "data" / "slips" / "phommachanh.txt").write_text("Soudavanh Phommachanh")
        key_of(staffed, tmp_path)
        made = backup(staffed, tmp_path / "out")
    held = b"".join(path.read_bytes() for path in made.folder.iterdir())
    for known in (b"Soudavanh", b"phommachanh", b"SQLite format", b"bounmy", b"ustar", PASSPHRASE.encode()):
        assert known not in held
    for path in (tmp_path / "out").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_the_office_goes_on_while_it_is_made(tmp_path: Path) -> None:
    with staffed_office(tmp_path / "data") as staffed:
        work(staffed, 3)
        key = key_of(staffed, tmp_path)
        before = staffed.office.store.read(outbox_count)

        def more() -> None:
            work(staffed)

        made = make_backup(staffed.office, tmp_path / "out", actor="x", tick=more)
        after = staffed.office.store.read(outbox_count)
        assert after > before
        # One moment's office: as many applications as messages.
        assert made.figures.applications == made.figures.outbox
        assert before <= made.figures.applications <= after
        rehearse(staffed.office, made.folder, key, actor="x")


def test_several_parts(made: Made) -> None:
    assert len(look_into(made.folder).parts) > 2


def test_without_a_key_there_is_no_backup(tmp_path: Path) -> None:
    with staffed_office(tmp_path / "data") as staffed:
        assert reason(lambda: backup(staffed, tmp_path / "out")) is Reason.BACKUP_NO_KEY
        failed = staffed.office.store.read(lambda c: last_backup_event(c, FAILED))
        assert failed is not None
        assert failed.detail == "backup-no-key"


def test_the_key_is_for_those_who_may(tmp_path: Path) -> None:
    with staffed_office(tmp_path / "data") as staffed:
        file = tmp_path / "key.json"
        words = "the supervisor's own words"

        def made_by(who: object, passphrase: str = words) -> object:
            return make_backup_key(staffed.office, who, file, passphrase)  # type: ignore[arg-type]  # one of Staffed's

        assert reason(lambda: made_by(staffed.clerk)) is Reason.ROLE_NOT_ALLOWED
        assert reason(lambda: made_by(staffed.supervisor, "short")) is Reason.FIELDS_INCOMPLETE
        assert not file.exists()
        key = make_backup_key(staffed.office, staffed.supervisor, file, words)
        assert reason(lambda: made_by(staffed.supervisor)) is Reason.BACKUP_FOLDER_FAULT
        assert [entry.tag for entry in staffed.office.store.read(lambda c: audit_of(c, key.id))] == [
            AuditTag.BACKUP_KEY_MADE
        ]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    held = backup_key_from_file(file, words)
    assert held == backup_key_from_text(key.recovery_text)
    assert held == backup_key_from_text(key.recovery_text.lower().replace("-", " "))
    assert reason(lambda: backup_key_from_file(file, "another passphrase")) is Reason.WRONG_PASSPHRASE
    assert reason(lambda: backup_key_from_file(tmp_path / "none", words)) is Reason.BACKUP_KEY_DAMAGED
    file.write_bytes(file.read_bytes()[:-20])
    assert reason(lambda: backup_key_from_file(file, words)) is Reason.BACKUP_KEY_DAMAGED


def test_every_wrong_letter_of_the_recovery_text_is_found() -> None:
    text = BackupKey.generate().recovery_text()
    for at, letter in enumerate(text):
        if letter != "-":
            wrong = text[:at] + ("A" if letter != "A" else "C") + text[at + 1 :]
            assert reason(lambda wrong=wrong: backup_key_from_text(wrong)) is Reason.BACKUP_KEY_DAMAGED  # type: ignore[misc]  # mypy cannot infer a lambda's default


def test_no_room_is_told_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with staffed_office(tmp_path / "data") as staffed:
        key_of(staffed, tmp_path)
        usage = shutil.disk_usage(tmp_path)
        monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=5 << 20))
        refused = refusal(lambda: backup(staffed, tmp_path / "out"))
        assert refused.reason is Reason.BACKUP_NO_ROOM
        assert refused.facts["free"] == 5
        assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with staffed_office(tmp_path / "data") as staffed:
        key_of(staffed, tmp_path)
        refused = refusal(lambda: backup(staffed, tmp_path / "file" / "out"))
        assert refused.reason is Reason.BACKUP_FOLDER_FAULT


def test_one_at_a_time(tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        assert go_on.wait(20)

    with staffed_office(tmp_path / "data") as staffed:
        key_of(staffed, tmp_path)
        first = threading.Thread(
            target=lambda: make_backup(staffed.office, tmp_path / "out", actor="x", tick=wait)
        )
        first.start()
        try:
            assert begun.wait(20)
            assert reason(lambda: backup(staffed, tmp_path / "out")) is Reason.BACKUP_RUNNING
        finally:
            go_on.set()
            first.join()
        assert len(list((tmp_path / "out").iterdir())) == 1


def test_what_a_stopped_backup_left_is_swept(tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def stop() -> None:
        raise Stop

    with staffed_office(tmp_path / "data") as staffed:
        key_of(staffed, tmp_path)
        with pytest.raises(Stop):
            make_backup(staffed.office, tmp_path / "out", actor="x", tick=stop)
        assert list((tmp_path / "out").iterdir()) == []
        left = tmp_path / "out" / f"{make._PARTIAL}VTE-S1-killed"
        left.mkdir()
        other = tmp_path / "out" / f"{make._PARTIAL}VTE-S2-at-work"
        other.mkdir()
        (tmp_path / "data" / f"{make._COPY}killed").mkdir()
        made = backup(staffed, tmp_path / "out")
        assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
            [made.folder.name, other.name]
        )
        assert not list((tmp_path / "data").glob(f"{make._COPY}*"))


def test_backups_inside_the_office_are_not_backed_up(tmp_path: Path) -> None:
    with staffed_office(tmp_path / "data") as staffed:
        key = key_of(staffed, tmp_path)
        inside = tmp_path / "data" / "backups"
        first, second = backup(staffed, inside), backup(staffed, inside)
        assert abs(second.size - first.size) < 100_000
        rehearse(staffed.office, second.folder, key, actor="x")


def test_a_tested_restore_is_noted_and_leaves_nothing(made: Made) -> None:
    with reopened(made.data) as office:
        before = sorted(os.listdir(made.data))
        tested = rehearse(office, made.folder, made.key, actor="somebody")
        assert tested.manifest.figures.applications == 2
        kept = office.store.read(lambda c: last_backup_event(c, TESTED))
        assert kept is not None
        assert kept.backup_id == tested.manifest.id
        assert sorted(os.listdir(made.data)) == before


def test_a_failed_test_is_no_tested_restore(made: Made) -> None:
    part = made.folder / "part-0002.sealed"
    part.write_bytes(part.read_bytes()[:-1])
    with reopened(made.data) as office:
        refused = refusal(lambda: rehearse(office, made.folder, made.key, actor="x"))
        assert refused.reason is Reason.BACKUP_DAMAGED
        assert refused.facts == {"file": "part-0002.sealed"}
        assert office.store.read(lambda c: last_backup_event(c, TESTED)) is None


def test_foreign_backups_are_not_tested_here(made: Made, tmp_path: Path) -> None:
    with staffed_office(tmp_path / "other", own=True) as staffed:
        with pytest.raises(Refused) as caught:
            rehearse(staffed.office, made.folder, made.key, actor="x")
        assert caught.value.reason is Reason.BACKUP_FOREIGN
