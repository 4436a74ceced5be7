"""The office's server: turns of several stations, a server that goes away at any moment, what is sealed or refused."""

from __future__ import annotations

import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, insert, text, update

from tests.database_engines import KEY, PROGRAMS, Cluster, require_server, running_cluster
from tests.lossy_wire import LossyWire
from workstation import clock
from workstation.database.applications import next_ordinal
from workstation.database.audit import audit_of, write_audit
from workstation.database.audit_checkpoints import add_checkpoint, last_entry
from workstation.database.blobs import get_blob, put_blob
from workstation.database.kept_drafts import FILE, KeptDraft, KeptDrafts
from workstation.database.office_values import as_kept, as_was
from workstation.database.postgresql import Server, connection_of, is_local
from workstation.database.store import Store
from workstation.database.tables import blobs, policies
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused

DAY = date(2026, 11, 22)
SOON = 20.0


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    require_server()
    with running_cluster(durable=True) as running:
        yield running


@pytest.fixture
def address(cluster: Cluster) -> str:
    return cluster.migrated()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = Store(Server(address, "s1", patience=SOON), KEY)
    yield opened
    opened.close()


def _note(tx: Connection, thing: str) -> None:
    write_audit(tx, AuditTag.SIGN_IN, at=clock.now(), actor="a", station_id="s1", object_id=thing)


def _run(statement: str, tx: Connection) -> None:
    tx.execute(text(statement))


def _count(store: Store, thing: str) -> int:
    return len(store.read(lambda connection: audit_of(connection, thing)))


def _reason(deed: Callable[[], object]) -> Reason:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.reason


def test_stations_that_write_at_once_share_no_number_and_miss_none(address: str) -> None:
    stores = [Store(Server(address, f"s{place}"), KEY) for place in range(3)]
    given: list[int] = []

    def work(store: Store) -> None:
        for _time in range(20):
            given.append(store.write(lambda tx: next_ordinal(tx, DAY)))

    threads = [threading.Thread(target=work, args=(store,)) for store in stores]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert sorted(given) == list(range(1, 61))
    finally:
        for store in stores:
            store.close()


def test_verbs_beside_the_turn_that_wait_for_each_other_are_run_again(address: str) -> None:
    stores = [Store(Server(address, f"s{place}"), KEY) for place in range(2)]
    stores[0].write(
        lambda tx: tx.execute(text("CREATE TABLE knots (id integer PRIMARY KEY, n integer NOT NULL)"))
    )
    stores[0].write(lambda tx: tx.execute(text("INSERT INTO knots VALUES (1, 0), (2, 0)")))
    together = threading.Barrier(2)
    runs: list[int] = []

    def crossed(order: tuple[int, int], tx: Connection) -> None:
        runs.append(order[0])
        tx.execute(text("UPDATE knots SET n = n + 1 WHERE id = :id"), {"id": order[0]})
        if len(runs) <= 2:
            together.wait(SOON)
        tx.execute(text("UPDATE knots SET n = n + 1 WHERE id = :id"), {"id": order[1]})

    try:
        threads = [
            threading.Thread(target=store.write, args=(partial(crossed, order),), kwargs={"alone": False})
            for store, order in zip(stores, ((1, 2), (2, 1)), strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert len(runs) == 3, "one of the two was undone by the server and run again"
        found = stores[0].read(lambda c: c.execute(text("SELECT n FROM knots ORDER BY id")).scalars().all())
        assert list(found) == [2, 2]
    finally:
        for store in stores:
            store.close()


def test_a_server_that_dies_in_a_verb_keeps_nothing_of_it_and_the_next_one_goes_on(
    cluster: Cluster, store: Store
) -> None:
    def struck(tx: Connection) -> None:
        _note(tx, "half")
        cluster.stop("immediate")
        _note(tx, "other half")

    try:
        assert _reason(lambda: store.write(struck)) is Reason.SERVER_AWAY
        assert _reason(lambda: store.write(lambda tx: _note(tx, "away"))) is Reason.SERVER_AWAY
        assert _reason(lambda: _count(store, "half")) is Reason.SERVER_AWAY
    finally:
        cluster.start()
    store.write(lambda tx: _note(tx, "back"))
    assert [_count(store, thing) for thing in ("half", "other half", "away", "back")] == [0, 0, 0, 1]


def test_a_restart_between_two_verbs_is_not_even_noticed(cluster: Cluster, store: Store) -> None:
    store.write(lambda tx: _note(tx, "before"))
    assert _count(store, "before") == 1
    cluster.stop("fast")
    cluster.start()
    assert _count(store, "before") == 1
    store.write(lambda tx: _note(tx, "after"))
    assert _count(store, "after") == 1


@pytest.mark.parametrize(("lose", "happened"), [("the answer", True), ("the commit", False)])
def test_a_wire_cut_at_the_commit_doubles_nothing_and_loses_nothing(
    cluster: Cluster, lose: str, happened: bool
) -> None:
    with tempfile.TemporaryDirectory(prefix="wire-", dir="/tmp") as folder:
        wire = LossyWire(Path(folder), cluster.folder)
        database = cluster.migrated().partition("@/")[2].partition("?")[0]
        store = Store(Server(f"postgresql://office@/{database}?host={folder}", "s1", patience=SOON), KEY)
        try:
            store.write(lambda tx: _note(tx, "first"))
            wire.lose = lose

            def verb(tx: Connection) -> str:
                _note(tx, "second")
                return "done"

            future = store.submit(verb)
            assert wire.lost.wait(SOON)
            wire.lose = ""
            if happened:
                assert future.result(SOON * 2) == "done"
            else:
                assert _reason(lambda: future.result(SOON * 2)) is Reason.SERVER_AWAY
            assert _count(store, "second") == (1 if happened else 0)
        finally:
            store.close()
            wire.close()


def test_a_commit_that_nobody_can_ask_about_is_said_to_be_unknown(cluster: Cluster) -> None:
    with tempfile.TemporaryDirectory(prefix="wire-", dir="/tmp") as folder:
        wire = LossyWire(Path(folder), cluster.folder)
        database = cluster.migrated().partition("@/")[2].partition("?")[0]
        store = Store(Server(f"postgresql://office@/{database}?host={folder}", "s1", patience=1.0), KEY)
        try:
            wire.lose = "the answer"
            future = store.submit(lambda tx: _note(tx, "unsure"))
            assert wire.lost.wait(SOON)
            cluster.stop("fast")
            assert _reason(lambda: future.result(SOON * 2)) is Reason.OUTCOME_UNKNOWN
        finally:
            cluster.start()
            wire.lose = ""
            store.close()
            wire.close()


def test_a_dump_of_the_server_shows_no_image_no_template_and_no_private_key(
    cluster: Cluster, store: Store, address: str
) -> None:
    image = b"\xff\xd8\xff\xe0 a face that nobody else may see " * 40

    def verb(tx: Connection) -> str:
        _note(tx, "x")
        last = last_entry(tx, "s1")
        assert last is not None
        add_checkpoint(tx, "s1", *last, at=clock.now())
        return put_blob(tx, image, "image/jpeg")

    digest = store.write(verb)
    assert store.read(lambda connection: get_blob(connection, digest)) == image
    dump = subprocess.run(
        [PROGRAMS / "pg_dump", "--inserts", address], capture_output=True, check=True, timeout=60
    ).stdout
    assert digest.encode() in dump
    assert image[:12].hex().encode() not in dump
    with psycopg.connect(address) as plain:
        row = plain.execute("SELECT private_key FROM audit_keys").fetchone()
    assert row is not None
    assert len(row[0]) > 32


def test_a_sealed_value_that_was_changed_or_put_elsewhere_is_refused(store: Store) -> None:
    first = store.write(lambda tx: put_blob(tx, b"one face", "image/jpeg"))
    other = store.write(lambda tx: put_blob(tx, b"other face", "image/jpeg"))

    def swap(tx: Connection) -> None:
        held = tx.scalar(text("SELECT content FROM blobs WHERE sha256 = :id"), {"id": other})
        tx.execute(update(blobs).where(blobs.c.sha256 == first).values(content=held))

    store.write(swap)
    assert _reason(lambda: store.read(lambda c: get_blob(c, first))) is Reason.DATABASE_DAMAGED
    assert store.read(lambda c: get_blob(c, other)) == b"other face"
    kept = store.read(lambda c: as_kept(c, b"template", "fingers a 1"))
    assert store.read(lambda c: as_was(c, kept, "fingers a 1")) == b"template"
    assert _reason(lambda: store.read(lambda c: as_was(c, kept, "fingers a 2"))) is Reason.DATABASE_DAMAGED


def test_another_offices_key_opens_nothing_there(address: str, store: Store) -> None:
    with pytest.raises(Refused) as refused:
        Store(Server(address, "s9"), bytes(32))
    assert refused.value.reason is Reason.SERVER_UNSUITABLE
    assert refused.value.facts["what"] == "key"


def test_a_database_in_another_collation_is_refused(cluster: Cluster) -> None:
    cluster.run("CREATE DATABASE plain TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
    with pytest.raises(Refused) as refused:
        Store(Server(cluster.address("plain")), KEY)
    assert (refused.value.reason, refused.value.facts["what"]) == (Reason.SERVER_UNSUITABLE, "collation")


def test_a_reader_cannot_write_and_sees_one_moment(store: Store) -> None:
    store.write(
        lambda tx: tx.execute(
            insert(policies).values(version="p", document=b"", in_force_since=datetime.now(UTC))
        )
    )

    def twice(connection: Connection) -> tuple[int, int]:
        before = len(audit_of(connection, "meanwhile"))
        store.write(lambda tx: _note(tx, "meanwhile"))
        return before, len(audit_of(connection, "meanwhile"))

    assert store.read(twice) == (0, 0)
    assert _count(store, "meanwhile") == 1
    with pytest.raises(Exception, match="read-only"):
        store.read(lambda connection: _note(connection, "sly"))


def test_the_trail_only_grows_there_too(store: Store) -> None:
    store.write(lambda tx: _note(tx, "kept"))
    for statement in ("UPDATE audit SET tag = 'x'", "DELETE FROM audit", "TRUNCATE audit"):
        with pytest.raises(Exception, match="audit only grows"):
            store.write(partial(_run, statement))
    assert _count(store, "kept") == 1


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("postgresql:///office?host=/run/postgresql", True),
        ("postgresql://office@localhost/office", True),
        ("postgresql://office@127.0.0.1/office", True),
        ("postgresql://office@db.office.la/office", False),
        ("postgresql://office@db.office.la/office?hostaddr=127.0.0.1", False),
        ("postgresql://localhost,db.office.la/office", False),
    ],
)
def test_over_a_network_the_server_proves_its_name(address: str, local: bool) -> None:
    assert is_local(address) is local
    if local:
        assert "sslmode" not in connection_of(address)
        return
    assert connection_of(address)["sslmode"] == "verify-full"
    mark = "&" if "?" in address else "?"
    for weaker in ("disable", "allow", "prefer", "require", "verify-ca"):
        weak = f"{address}{mark}sslmode={weaker}"
        assert _reason(partial(connection_of, weak)) is Reason.SERVER_WITHOUT_TLS


def test_an_address_that_is_none_is_refused() -> None:
    assert _reason(lambda: connection_of("postgresql://[::1")) is Reason.SERVER_UNSUITABLE


def test_drafts_wait_in_a_file_of_the_stations_own(tmp_path: Path) -> None:
    kept = KeptDrafts(tmp_path, KEY)
    first = KeptDraft("a", "clerk", {"given_name_lo": "ສຸດາວັນ"}, datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC))
    newer = KeptDraft("a", "clerk", {"given_name_lo": "ສຸດາ"}, datetime(2026, 11, 22, 3, 4, 6, tzinfo=UTC))
    kept.keep(first)
    kept.keep(newer)
    kept.arrived(first)
    assert kept.all() == (newer,), "newer words than those that arrived stay"
    kept.close()
    assert "ສຸດາ".encode() not in (tmp_path / FILE).read_bytes()
    again = KeptDrafts(tmp_path, KEY)
    assert again.all() == (newer,)
    again.arrived(newer)
    assert again.all() == ()
    again.close()
    (tmp_path / FILE).write_bytes(b"damaged" * 4096)
    fresh = KeptDrafts(tmp_path, KEY)
    assert fresh.all() == ()
    fresh.close()
    assert (tmp_path / f"{FILE}.damaged").exists()


def test_who_waits_too_long_for_the_turn_is_told(store: Store, address: str) -> None:
    other = Store(Server(address, "s2"), KEY)
    begun, done = threading.Event(), threading.Event()

    def hold(_tx: Connection) -> None:
        begun.set()
        done.wait(40)

    try:
        held = other.submit(hold)
        assert begun.wait(SOON)
        began = time.monotonic()
        assert _reason(lambda: store.write(lambda tx: _note(tx, "late"))) is Reason.DATABASE_BUSY
        assert 8 < time.monotonic() - began < 18
        store.write(lambda tx: None, alone=False)
        done.set()
        held.result(SOON)
    finally:
        done.set()
        other.close()
    store.write(lambda tx: _note(tx, "late"))


def test_the_work_of_one_for_all_passes_on_when_its_station_goes_away(store: Store, address: str) -> None:
    other = Store(Server(address, "s2"), KEY)
    try:
        with store.only_one("sync") as first, other.only_one("sync") as second, other.only_one("x") as third:
            assert (first, second, third) == (True, False, True)
        with other.only_one("sync") as later:
            assert later
    finally:
        other.close()
