"""The whole path through the real window: straight on, through every trouble, and with the Lao layout active."""

from __future__ import annotations

import json
import os
import selectors
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.faults.link import Fault, Link
from tests.faults.registry_process import PROJECT
from tests.offices import PASSPHRASE, PASSWORD, SUPERVISOR, found_office, staff_office
from tests.silence.plaintext import hits, needles, open_to_others
from ui.demo.world import World
from workstation.database.audit import audit_of
from workstation.database.outbox import OutboxState, outbox_of
from workstation.domain.card import CardState
from workstation.domain.stages import Stage
from workstation.settings import Settings, save_settings
from workstation.startup import close_office, open_office
from workstation.workflow.backup.keys import make_backup_key
from workstation.workflow.backup.make import make_backup
from workstation.workflow.office import Office
from workstation.workflow.print.view import view as print_view
from workstation.workflow.queue import queue, stage_counts
from workstation.workflow.sign_in import sign_in

PATIENCE = 170.0
FAST = 460_800
MOST_KEYS = 140


class Player:
    """One run of the program with a person before it, in a process of its own."""

    def __init__(self, data: Path, world: World, layout: str, *visits: str) -> None:
        passphrase = world.folder / "passphrase"
        passphrase.touch(mode=0o600)
        passphrase.write_text(PASSPHRASE)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.journey.player", str(data), str(world.folder), layout, *visits],
            cwd=PROJECT,
            env={**os.environ, "LAO_ID_PASSPHRASE_FILE": str(passphrase)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._heard = b""

    def hear(self, *expected: str) -> str:
        """The next word, which must be one of `expected`."""
        word = self._word(expected)
        assert word in expected, f"heard {word!r} instead of {expected}"
        return word

    def _word(self, expected: tuple[str, ...]) -> str:
        stream = self._process.stdout
        assert stream is not None
        deadline = time.monotonic() + PATIENCE
        with selectors.DefaultSelector() as ready:
            ready.register(stream, selectors.EVENT_READ)
            while b"\n" not in self._heard:
                assert time.monotonic() < deadline, f"not heard: {expected}"
                if ready.select(0.5):
                    piece = os.read(stream.fileno(), 4096)
                    assert piece, f"the program ended before {expected}: {self._heard!r}"
                    self._heard += piece
        line, _, self._heard = self._heard.partition(b"\n")
        return line.decode()

    def go(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(b"go\n")
        self._process.stdin.flush()

    def kill(self) -> None:
        """The program is gone as in a power cut."""
        self._process.kill()
        self._end()

    def end(self) -> list[tuple[str, int, int, int]]:
        """Waits for the end; returns (stage, keys, letters of names and free texts, clicks) of each stage."""
        hands: list[tuple[str, int, int, int]] = []
        while (word := self._word(("DONE", "HANDS"))) != "DONE":
            assert word.startswith("HANDS "), word
            stage, keys, letters, clicks = word.removeprefix("HANDS ").split()
            hands.append((stage, int(keys), int(letters), int(clicks)))
        assert self._end() == 0
        return hands

    def _end(self) -> int:
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()
        return self._process.wait(20)

    def __del__(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(20)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path / "world", baud=FAST) as running:
        yield running


def _settle_in(data: Path, world: World, registry_url: str) -> None:
    """An office with its staff, its devices and its registry, closed again."""
    found_office(data, registry_url=registry_url)
    office = open_office(data, PASSPHRASE)
    try:
        staff_office(office)
    finally:
        close_office(office)
    assert world.printer is not None
    save_settings(
        data,
        Settings(
            camera=world.camera.told.split()[-1],
            card_camera=f"file:{world.card_picture}",
            fingerprint_port=world.sfm.told,
            fingerprint_baud=world.baud,
            card_reader_port=world.pn532.told,
            card_reader_baud=world.baud,
            printer_uri=world.printer.uri,
        ),
    )


def _held_by_registry(world: World, application_id: str) -> dict[str, str]:
    deadline = time.monotonic() + 20
    while True:
        held: dict[str, str] = httpx.get(f"{world.registry_url}/v1/registrations/{application_id}").json()
        if held.get("status") == "HANDED_OVER" or time.monotonic() > deadline:
            return held
        time.sleep(0.2)


def _the_application(office: Office) -> str:
    ids = [row.application_id for row in queue(office)]
    assert len(ids) == 1
    return ids[0]


@pytest.mark.timeout(400)
def test_every_trouble_of_one_day(data_folder: Path, world: World) -> None:
    link = Link(int(world.registry_url.rpartition(":")[2]))
    try:
        _settle_in(data_folder, world, link.url)
        _a_day_of_trouble(data_folder, world, link)
    finally:
        link.close()


def _a_day_of_trouble(data: Path, world: World, link: Link) -> None:
    # The program is killed while the form is half typed; another run finds what was typed.
    first = Player(data, world, "us", "begin")
    first.hear("AT half-typed")
    first.kill()

    # Captured, returned from review, mended, approved; then the registry loses power in the middle of the upload.
    second = Player(data, world, "us", "capture", "send_back", "decide", "jammed")
    second.hear("AT approving")
    link.always = Fault(delay=0.02)
    before = link.bytes_up
    second.go()
    second.hear("AT approved")
    second.go()
    deadline = time.monotonic() + 60
    while link.bytes_up - before < 40_000:
        assert time.monotonic() < deadline, "the upload did not begin"
        time.sleep(0.01)
    world.kill_registry()
    link.always = Fault()
    assert world.printer is not None
    world.printer.set_fault("media-jam")
    world.restart_registry()

    # The decision comes all the same; the printer jams, and the program is killed while it waits.
    second.hear("AT jammed")
    second.kill()
    world.printer.clear()

    # The next run asks the printer for that very job: one card, no second one.
    third = Player(data, world, "us", "finish")
    for side in (0, 1):
        third.hear(f"AT lay-card {side}")
        world.lay_card(side)
        third.go()
    third.end()
    assert len(world.printer.printed()) == 1

    office = open_office(data, PASSPHRASE)
    try:
        assert stage_counts(office) == {Stage.CLOSED: 1}
        (moved,) = {
            entry.object_id for entry in office.store.read(lambda c: audit_of(c, _closed_application(office)))
        }
        items = office.store.read(lambda connection: outbox_of(connection, moved))
        held = _held_by_registry(world, moved)
        assert [item.state for item in items] == [OutboxState.SENT, OutboxState.SENT]
        assert print_view(office, moved).state is CardState.VERIFIED
    finally:
        close_office(office)
    assert held["status"] == "HANDED_OVER"


def _closed_application(office: Office) -> str:
    from workstation.database.applications import list_applications

    (row,) = office.store.read(lambda connection: list_applications(connection, (Stage.CLOSED,), 2))
    return row.id


@pytest.mark.timeout(400)
def test_the_lao_layout_arrives_and_nothing_is_left_in_clear(
    data_folder: Path, home: Path, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _settle_in(data_folder, world, world.registry_url)
    left, temporary = tmp_path / "left", tmp_path / "temporary"
    temporary.mkdir()
    with monkeypatch.context() as patch:
        patch.setenv("TMPDIR", str(temporary))
        player = Player(data_folder, world, "la", "straight")
        for side in (0, 1):
            player.hear(f"AT lay-card {side}")
            if side == 0:
                # As a thief finds it who pulls the plug: with the log of the database and all that is temporary.
                shutil.copytree(data_folder, left / "data")
                shutil.copytree(temporary, left / "temporary", ignore_dangling_symlinks=True)
            world.lay_card(side)
            player.go()
        hands = player.end()
    office = open_office(data_folder, PASSPHRASE)
    try:
        assert stage_counts(office) == {Stage.CLOSED: 1}
        supervisor = sign_in(office, SUPERVISOR, PASSWORD)
        make_backup_key(office, supervisor, left / "backup-key.json", "the supervisor's own words")
        make_backup(office, left / "backups", actor=supervisor.operator.id)
        wanted = needles(office)
    finally:
        close_office(office)
    assert len(wanted) > 80
    assert (left / "data" / "office.db-wal").stat().st_size > 0
    assert hits(wanted, (left, data_folder, temporary, home)) == []
    assert open_to_others(data_folder) == []
    # What is looked for can be found.
    (tmp_path / "found").mkdir()
    (tmp_path / "found" / "log").write_bytes(b"x".join(wanted.values()))
    assert len(hits(wanted, (tmp_path / "found",))) == len(wanted)
    _few_keys(hands)


def _few_keys(hands: list[tuple[str, int, int, int]]) -> None:
    """One complete first issue, from signing in to the hand-over: at most 140 keys beside names, and no mouse."""
    total, letters, clicks = (sum(column) for column in list(zip(*hands, strict=True))[1:])
    lines = [("stage", "keys", "letters", "clicks"), *hands, ("all", total, letters, clicks)]
    told = "\n".join(f"{stage:<14} {keys:>5} {named:>8} {mouse:>7}" for stage, keys, named, mouse in lines)
    print(f"\n{told}")  # noqa: T201 - the count by stage is what this test is run for
    assert [stage for stage, *_ in hands] == [
        "sign_in", "intake", "photo", "fingerprints", "sign_in", "review", "decision", "print", "check", "hand_over",
    ]  # fmt: skip
    assert letters > 40
    assert total <= MOST_KEYS, told
    assert clicks == 0, told


@pytest.mark.timeout(300)
def test_the_demonstration_as_its_command(tmp_path: Path) -> None:
    out = tmp_path / "demo"
    environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    done = subprocess.run(
        [sys.executable, "-m", "ui.commands", "demo", "--out", str(out)],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads((out / "journey.json").read_text())
    assert told["handed_over"] is True
    assert told["registry_status"] == "HANDED_OVER"
    assert len(told["identity_number"]) == 15
    assert [entry["stage"] for entry in told["stages"]] == [
        "sign_in", "intake", "photo", "fingerprints", "sign_in", "review", "decision", "print", "check", "hand_over",
    ]  # fmt: skip
    assert (out / "card.pdf").read_bytes().startswith(b"%PDF")
    assert (out / "receipt.pdf").read_bytes().startswith(b"%PDF")
    assert len(list(out.glob("[0-9][0-9]-*.png"))) >= 12
