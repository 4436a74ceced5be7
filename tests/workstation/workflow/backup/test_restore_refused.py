"""Whatever is wrong with a backup: a named refusal, and the office that stood there is untouched."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.offices import PASSPHRASE, PASSWORD, SUPERVISOR, staffed_office
from tests.workstation.workflow.backup.backups import backup, key_of, numbers, reason, refusal, reopened, work
from tests.workstation.workflow.backup.conftest import Made
from workstation.database.audit_scan import every_entry
from workstation.database.audit_segments import openings
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason
from workstation.interchange.backup_manifest import MANIFEST, Figures, Manifest, read_manifest
from workstation.interchange.canonical import canonical, canonical_sha256
from workstation.security.backup_sealing import BackupKey, key_id, open_header, seal_header
from workstation.workflow.audit.verify import verify_trail
from workstation.workflow.backup.disk import exchange
from workstation.workflow.backup.position import Position, keep_position
from workstation.workflow.backup.restore import Confirmation, restore
from workstation.workflow.backup.unpack import look_into

FLIPS = int(os.environ.get("LAO_ID_BACKUP_FLIPS", "12"))


def untouched(made: Made, call: Callable[[], object]) -> tuple[Reason, dict[str, str | int]]:
    """What `call` is refused with, and that the folder of the office and all beside it are as they were."""

    def seen() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in made.data.parent.rglob("*") if path.is_file()}

    before = seen()
    refused = refusal(call)
    assert seen() == before
    return refused.reason, dict(refused.facts)


def restored(made: Made, **how: object) -> object:
    return restore(made.folder, made.data, made.key, PASSPHRASE, **how)  # type: ignore[arg-type]  # restore's own words


def resealed(made: Made, change: Callable[[Manifest], Manifest]) -> None:
    """A manifest changed by somebody who has the key, sealed anew."""
    held = read_manifest((made.folder / MANIFEST).read_bytes())
    header = open_header(held.sealed, made.key, held.bound())
    changed = change(held)
    sealed = seal_header(header, made.key.public, changed.bound())
    (made.folder / MANIFEST).write_bytes(Manifest(**{**changed.__dict__, "sealed": sealed}).to_bytes())


def test_an_empty_folder_and_a_half_written_backup(made: Made, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    nothing = Made(made.data, tmp_path / "empty", made.key)
    assert untouched(made, lambda: restored(nothing))[0] is Reason.BACKUP_NOT_ONE
    (made.folder / MANIFEST).unlink()
    assert untouched(made, lambda: restored(made))[0] is Reason.BACKUP_NOT_ONE


@pytest.mark.parametrize("name", ["part-0001.sealed", "part-0002.sealed", MANIFEST])
def test_every_damaged_file_is_named(made: Made, name: str) -> None:
    chance = random.Random(7)
    path = made.folder / name
    whole = path.read_bytes()
    for _ in range(FLIPS):
        at, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        path.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        refused = refusal(lambda: restored(made))
        assert (refused.reason, refused.facts) == (Reason.BACKUP_DAMAGED, {"file": name}), (at, bit)
    for cut in (0, 1, chance.randrange(len(whole)), len(whole) - 1):
        path.write_bytes(whole[:cut])
        refused = refusal(lambda: restored(made))
        assert (refused.reason, refused.facts) == (Reason.BACKUP_DAMAGED, {"file": name}), cut
    path.write_bytes(whole + b"\0")
    assert refusal(lambda: restored(made)).facts == {"file": name}
    path.write_bytes(whole)
    if name != MANIFEST:
        path.unlink()
        assert untouched(made, lambda: restored(made)) == (Reason.BACKUP_DAMAGED, {"file": name})
    assert sorted(entry.name for entry in made.data.parent.iterdir()) == ["backup", "data"]


def test_parts_that_changed_places(made: Made) -> None:
    one, two = made.folder / "part-0001.sealed", made.folder / "part-0002.sealed"
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    assert untouched(made, lambda: restored(made))[0] is Reason.BACKUP_DAMAGED


def test_a_manifest_that_was_written_anew(made: Made) -> None:
    """Whoever has no key can make the digest right again, but not the header that is bound to the rest."""
    held = read_manifest((made.folder / MANIFEST).read_bytes())
    forged = Manifest(**{**held.__dict__, "made_at": "2030-01-01T00:00:00+00:00"})
    (made.folder / MANIFEST).write_bytes(forged.to_bytes())
    assert untouched(made, lambda: restored(made)) == (Reason.BACKUP_DAMAGED, {"file": MANIFEST})


def test_figures_that_are_not_those_of_the_database(made: Made) -> None:
    def more(held: Manifest) -> Manifest:
        figures = Figures(**{**held.figures.__dict__, "applications": held.figures.applications + 1})
        return Manifest(**{**held.__dict__, "figures": figures})

    resealed(made, more)
    found, facts = untouched(made, lambda: restored(made))
    assert (found, facts) == (Reason.BACKUP_DAMAGED, {"file": "office.db (figures)"})


def test_a_newer_schema(made: Made) -> None:
    def newer(held: Manifest) -> Manifest:
        return Manifest(
            **{**held.__dict__, "figures": Figures(**{**held.figures.__dict__, "revision": "9999"})}
        )

    resealed(made, newer)
    assert untouched(made, lambda: restored(made))[0] is Reason.BACKUP_TOO_NEW


def test_another_format(made: Made) -> None:
    held = (made.folder / MANIFEST).read_bytes()
    document = json.loads(held)
    document.pop("digest")
    document["format"] = 2
    (made.folder / MANIFEST).write_bytes(canonical({**document, "digest": canonical_sha256(document)}))
    assert untouched(made, lambda: restored(made))[0] is Reason.BACKUP_TOO_NEW


def test_another_key(made: Made) -> None:
    wrong = Made(made.data, made.folder, BackupKey.generate())
    found, facts = untouched(made, lambda: restored(wrong))
    assert (found, facts) == (Reason.BACKUP_WRONG_KEY, {"key": key_id(made.key.public)})


def test_another_station(made: Made, tmp_path: Path) -> None:
    keep_position(made.data, Position("VTE-S2", 0))
    found, facts = untouched(made, lambda: restored(made))
    assert (found, facts) == (Reason.BACKUP_FOREIGN, {"found": "VTE-S1", "expected": "VTE-S2"})


def test_a_passphrase_that_is_too_short(made: Made) -> None:
    call = lambda: restore(made.folder, made.data, made.key, "short")  # noqa: E731  # one call, told twice
    assert untouched(made, call)[0] is Reason.FIELDS_INCOMPLETE


def test_no_room(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(made.data)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=1 << 20))
    assert untouched(made, lambda: restored(made))[0] is Reason.BACKUP_NO_ROOM


def test_a_file_system_that_cannot_exchange(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(one: Path, other: Path) -> None:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr("workstation.workflow.backup.restore.exchange", cannot)
    found, facts = untouched(made, lambda: restored(made))
    assert (found, facts) == (Reason.BACKUP_FOLDER_FAULT, {"code": "no-exchange"})


def test_folders_change_places(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    exchange(tmp_path / "one", tmp_path / "two")
    assert (tmp_path / "one" / "two").exists()
    assert (tmp_path / "two" / "one").exists()


def test_an_office_that_is_open_elsewhere(made: Made) -> None:
    script = (
        "import sys, time; from sqlcipher3 import dbapi2; "
        "from workstation.workflow.keys.unlocking import open_store; from pathlib import Path; "
        "store = open_store(Path(sys.argv[1]), sys.argv[2]); print('open', flush=True); sys.stdin.read(); store.close()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(made.data), PASSPHRASE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == b"open\n"
        assert refusal(lambda: restored(made)).reason is Reason.OFFICE_OPEN
    finally:
        holder.stdin.close()
        holder.stdout.close()
        holder.wait(20)
    restored(made)


def test_older_than_what_is_known(made: Made) -> None:
    """Refused, unless a supervisor of the office says so by name; that stays in the trail."""
    keep_position(made.data, Position("VTE-S1", 5))
    assert untouched(made, lambda: restored(made)) == (Reason.BACKUP_OLDER, {"missing": 3})
    wrong = Confirmation(SUPERVISOR, "not the password")
    assert untouched(made, lambda: restored(made, confirmed=wrong))[0] is Reason.WRONG_PASSWORD
    clerk = Confirmation("bounmy", PASSWORD)
    assert untouched(made, lambda: restored(made, confirmed=clerk))[0] is Reason.ROLE_NOT_ALLOWED
    restored(made, confirmed=Confirmation(SUPERVISOR, PASSWORD))
    with reopened(made.data) as office:
        last = office.store.read(lambda c: list(every_entry(c)))[-1]
        assert last.tag == AuditTag.BACKUP_RESTORED.value
        assert b'"lost":3' in last.facts
        assert last.actor != office.station.id


def test_a_trail_that_went_on_after_the_backup(made: Made) -> None:
    """A supervisor says so by name, and the trail goes on from the copy's last entry in a segment of its own."""
    had = look_into(made.folder).figures.audit
    keep_position(made.data, Position("VTE-S1", 2, 500, "ab" * 32))
    older = (Reason.BACKUP_TRAIL_OLDER, {"entries": 500 - had})
    assert untouched(made, lambda: restored(made)) == older
    clerk = Confirmation("bounmy", PASSWORD)
    assert untouched(made, lambda: restored(made, confirmed=clerk))[0] is Reason.ROLE_NOT_ALLOWED
    restored(made, confirmed=Confirmation(SUPERVISOR, PASSWORD))
    with reopened(made.data) as office:
        tags = [row.tag for row in office.store.read(lambda c: list(every_entry(c)))[had:]]
        verdict = verify_trail(office.store)
        (opening,) = office.store.read(openings)
    assert tags == ["audit.segment_opened", "sign_in.confirmed", "backup.restored"]
    assert (opening.after, opening.known, opening.role) == (had, 500, "supervisor")
    assert verdict.whole
    (turn,) = verdict.trails[0].turns
    assert (turn.first, turn.missing_first, turn.missing_last) == (had + 1, had + 1, 500)


def test_a_copy_that_has_what_is_known_of_the_trail_needs_nobody(made: Made) -> None:
    figures = look_into(made.folder).figures
    keep_position(made.data, Position("VTE-S1", 2, figures.audit, figures.audit_head))
    restored(made)
    with reopened(made.data) as office:
        assert office.store.read(openings) == ()
    keep_position(made.data, Position("VTE-S1", 2, figures.audit, "ab" * 32))
    assert reason(lambda: restored(made)) is Reason.BACKUP_TRAIL_OLDER


def test_the_registry_is_asked(made: Made, tmp_path: Path) -> None:
    """What the registry acknowledged counts as well as what the folder says; without a line only the folder does."""
    with staffed_office(tmp_path / "other", registry_url="http://registry.example") as staffed:
        work(staffed)
        key = key_of(staffed, tmp_path)
        one = Made(tmp_path / "other", backup(staffed, tmp_path / "out").folder, key)
    asked = []

    def knows(url: str, station: str) -> Position:
        asked.append((url, station))
        return Position(station, 2)

    refused = refusal(lambda: restored(one, ask=knows))
    assert (refused.reason, refused.facts) == (Reason.BACKUP_OLDER, {"missing": 1})
    assert asked == [("http://registry.example", "VTE-S1")]
    restored(one, ask=lambda _url, _station: None)
    assert len(numbers(one.data)) == 1
    assert reason(lambda: restored(one, ask=knows)) is Reason.BACKUP_OLDER
