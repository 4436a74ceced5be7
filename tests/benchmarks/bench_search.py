"""The queue and the search at 1,000, 100,000 and (--full) 1,000,000 applications, against hand-written SQL.

Each work of the program is timed in the same run and on the same file as statements written by hand on a bare
connection with the same settings. Times are medians in milliseconds; goals are those for 1,000,000. `--data DIR`
measures an office that was seeded already (its passphrase in LAO_ID_PASSPHRASE_FILE).
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlcipher3 import dbapi2

from tests.offices import CLERK, PASSPHRASE, PASSWORD, found_office, staff_office
from workstation.database.search_keys import fold
from workstation.domain.queue import QueueFilter
from workstation.domain.refused import Refused
from workstation.security.key_wrapping import WrappedKey, unwrap
from workstation.startup import DATABASE, KEY, close_office, open_office, passphrase_from_file
from workstation.workflow.intake.steps import save_draft
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.queue import PAGE, look
from workstation.workflow.search.find import find
from workstation.workflow.seeding.seed import seed
from workstation.workflow.sign_in import sign_in

ROUNDS = 15
# Work -> (goal in ms at the largest size, whether an index does it: growth is held to GROWTH then).
GOALS: dict[str, tuple[float | None, bool]] = {
    "open the queue": (100.0, True),
    "exact name": (50.0, True),
    "prefix": (50.0, True),
    "number": (50.0, True),
    "birth date and name": (50.0, True),
    "part of a word": (300.0, False),
    "misspelled": (300.0, False),
    "next page": (None, True),
    "jump to the end": (None, True),
    "save one field": (None, True),
}
GROWTH, RATIO = 1.3, 1.5


@dataclass
class Figures:
    """Milliseconds of the program and of the hand-written statements, by work."""

    applications: int
    ours: dict[str, float] = field(default_factory=dict)
    bare: dict[str, float] = field(default_factory=dict)


def timed(work: Callable[[int], object]) -> float:
    """The median of ROUNDS, in milliseconds; the first run fills caches and is not counted."""
    work(0)
    seconds = []
    for turn in range(ROUNDS):
        began = perf_counter()
        work(turn)
        seconds.append(perf_counter() - began)
    return median(seconds) * 1000


def bare_connection(data: Path, passphrase: str) -> Any:
    """A connection with the store's settings and nothing in between."""
    key = unwrap(WrappedKey.from_json((data / KEY).read_bytes()), passphrase)
    connection = dbapi2.connect(str(data / DATABASE))
    connection.isolation_level = None
    for pragma in (
        f"key = \"x'{key.hex()}'\"",
        "cipher_memory_security = OFF",
        "synchronous = FULL",
        "foreign_keys = ON",
        "busy_timeout = 10000",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


SHOWN = (
    "SELECT a.number, a.name_lo, a.name_latin, a.birth_date, a.village, a.stage, a.stage_since, a.returned,"
    " a.identity_number, o.fields FROM search_people p JOIN applications a ON a.id = p.application_id"
    " LEFT JOIN applicants o ON o.application_id = a.id"
)
ROW = "SELECT id, number, name_lo, name_latin, birth_date, village, stage, stage_since, returned FROM applications"
OPEN = "stage NOT IN ('closed', 'referred', 'withdrawn', 'rejected', 'refused_by_registry')"
END = "\U0010ffff"


def people(bare: Any) -> list[tuple[str, str, str, str]]:
    """(number, Lao name, birth date, id) of people spread over the office."""
    count = bare.execute("SELECT max(ordinal) FROM search_people").fetchone()[0]
    chosen = []
    for turn in range(200):
        row = bare.execute(
            "SELECT a.number, a.name_lo, a.birth_date, a.id FROM search_people p"
            " JOIN applications a ON a.id = p.application_id WHERE p.ordinal = ?",
            (1 + turn * 7919 % count,),
        ).fetchone()
        if row is not None and " " in row[1] and len(row[2]) == 10:
            chosen.append(row)
    return chosen[: ROUNDS + 1]


def measure(office: Office, who: SignedIn, data: Path, passphrase: str, applications: int) -> Figures:
    """Every work once for the program and once by hand."""
    figures = Figures(applications)
    bare = bare_connection(data, passphrase)
    chosen = people(bare)
    draft, kept = bare.execute("SELECT application_id, fields FROM drafts LIMIT 1").fetchone()
    fields = json.loads(kept)
    total = bare.execute(f"SELECT coalesce(sum(count), 0) FROM stage_counts WHERE {OPEN}").fetchone()[0]
    last_page = max(0, (total - 1) // PAGE)

    def asked(text: Callable[[int], str]) -> Callable[[int], object]:
        return lambda turn: office.store.read(lambda connection: find(connection, text(turn)))

    def ran(sql: str, values: Callable[[int], tuple[object, ...]]) -> Callable[[int], object]:
        return lambda turn: bare.execute(sql, values(turn)).fetchall()

    def given(turn: int) -> str:
        return str(chosen[turn % len(chosen)][1].split()[0])

    def beginning(turn: int) -> str:
        name = chosen[turn % len(chosen)][1].split()[-1]
        return str(name[: max(3, len(name) * 2 // 3)])

    def part(turn: int) -> str:
        return str(chosen[turn % len(chosen)][1].replace(" ", "")[2:9])

    def whole(turn: int) -> tuple[object, ...]:
        words = " ".join(fold(word) for word in chosen[turn % len(chosen)][1].split())
        return (words, words + " ", words + " " + END)

    def by_hand_save(turn: int) -> None:
        bare.execute("BEGIN IMMEDIATE")
        text = json.dumps(fields | {"house_number": str(turn)}, ensure_ascii=False, sort_keys=True)
        bare.execute("UPDATE drafts SET fields = ? WHERE application_id = ?", (text, draft))
        bare.execute("COMMIT")

    def save(turn: int) -> None:
        save_draft(office, who, draft, fields | {"house_number": str(turn)}).result(20)

    queued = f"{ROW} WHERE {OPEN} AND returned = ? ORDER BY stage_since, number LIMIT {PAGE} OFFSET ?"
    backwards = f"{ROW} WHERE {OPEN} AND returned = 0 ORDER BY stage_since DESC, number DESC LIMIT {PAGE}"
    works: dict[str, tuple[Callable[[int], object], Callable[[int], object]]] = {
        "open the queue": (
            lambda _turn: look(office, who, QueueFilter()),
            lambda _turn: (
                bare.execute("SELECT stage, returned, count FROM stage_counts").fetchall(),
                bare.execute(queued, (1, 0)).fetchall() + bare.execute(queued, (0, 0)).fetchall(),
            ),
        ),
        "exact name": (
            asked(lambda turn: str(chosen[turn % len(chosen)][1])),
            ran(f"{SHOWN} WHERE p.name_lo = ? OR p.name_lo >= ? AND p.name_lo < ? LIMIT 50", whole),
        ),
        "prefix": (
            asked(beginning),
            ran(
                f"{SHOWN} WHERE p.ordinal IN (SELECT ordinal FROM search_people WHERE name_lo >= ? AND name_lo < ?"
                " OR name_lo_turned >= ? AND name_lo_turned < ? LIMIT 50)",
                lambda turn: (fold(beginning(turn)), fold(beginning(turn)) + END) * 2,
            ),
        ),
        "number": (
            asked(lambda turn: str(chosen[turn % len(chosen)][0])),
            ran(f"{SHOWN} WHERE a.number = ?", lambda turn: (chosen[turn % len(chosen)][0],)),
        ),
        "birth date and name": (
            asked(lambda turn: f"{chosen[turn % len(chosen)][2]} {given(turn)}"),
            ran(
                f"{SHOWN} WHERE p.birth_date = ? AND p.name_lo LIKE ?",
                lambda turn: (chosen[turn % len(chosen)][2], f"%{fold(given(turn))}%"),
            ),
        ),
        "part of a word": (
            asked(part),
            ran(
                f"{SHOWN} WHERE p.ordinal IN (SELECT rowid FROM search_trigrams WHERE search_trigrams MATCH ?"
                " ORDER BY rowid DESC LIMIT 50)",
                lambda turn: (_trigrams(fold(part(turn))),),
            ),
        ),
        "misspelled": (
            asked(lambda turn: given(turn)[:1] + "ກ" + given(turn)[1:]),
            ran(
                f"{SHOWN} WHERE p.ordinal IN (SELECT ordinal FROM search_people WHERE name_lo >= ? AND name_lo < ?"
                " LIMIT 50)",
                lambda turn: (fold(given(turn)), fold(given(turn)) + END),
            ),
        ),
        "next page": (
            lambda _turn: look(office, who, QueueFilter(), pages=(min(1, last_page),)),
            lambda _turn: (
                bare.execute("SELECT stage, returned, count FROM stage_counts").fetchall(),
                bare.execute(queued, (0, PAGE)).fetchall(),
            ),
        ),
        "jump to the end": (
            lambda _turn: look(office, who, QueueFilter(), pages=(last_page,)),
            lambda _turn: (
                bare.execute("SELECT stage, returned, count FROM stage_counts").fetchall(),
                bare.execute(backwards).fetchall(),
            ),
        ),
        "save one field": (save, by_hand_save),
    }
    for name, (ours, by_hand) in works.items():
        figures.ours[name] = timed(ours)
        figures.bare[name] = timed(by_hand)
    bare.close()
    return figures


def _trigrams(text: str) -> str:
    return " AND ".join(f'"{text[i : i + 3]}"' for i in range(len(text) - 2))


def table(sizes: list[Figures]) -> None:
    """Prints what was measured beside the goals."""
    heads = "".join(f"{f'{f.applications:,}':>12} {'by hand':>8} {'ratio':>6}" for f in sizes)
    print(f"{'median ms':<22}{heads}{'growth':>9}{'goal':>8}")
    for name, (goal, indexed) in GOALS.items():
        cells = "".join(
            f"{f.ours[name]:>12.1f} {f.bare[name]:>8.1f} {f.ours[name] / max(f.bare[name], 0.001):>6.1f}"
            for f in sizes
        )
        growth = sizes[-1].ours[name] / sizes[-2].ours[name] if len(sizes) > 1 else 1.0
        missed = (goal is not None and sizes[-1].ours[name] > goal) or (
            indexed and sizes[-1].applications == 1_000_000 and growth > GROWTH
        )
        shown = "" if goal is None else f"{goal:.0f}"
        print(f"{name:<22}{cells}{growth:>9.2f}{shown:>8}{'  missed' if missed else ''}")
    print(
        f"goals at 1,000,000; growth of indexed work <= {GROWTH} from 100,000, ratio to hand-written SQL <= {RATIO}"
    )


def one_size(data: Path, passphrase: str, applications: int) -> Figures:
    """Opens the office, seeds it when it is empty, measures."""
    office = open_office(data, passphrase)
    try:
        began = perf_counter()
        if not office.store.read(
            lambda connection: bool(
                find(connection, office.station.office_code + office.station.station_code, limit=1)
            )
        ):
            seed(office, applications, 1)
            size = (data / DATABASE).stat().st_size / 1e6
            print(f"seeded {applications:,} in {perf_counter() - began:.1f} s, {size:,.0f} MB", flush=True)
        return measure(office, _clerk(office), data, passphrase, applications)
    finally:
        close_office(office)


def _clerk(office: Office) -> SignedIn:
    try:
        return sign_in(office, CLERK, PASSWORD)
    except Refused:
        return staff_office(office).clerk


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="1,000,000 applications too")
    parser.add_argument("--data", type=Path, help="only this office of 1,000,000, seeded already")
    args = parser.parse_args()
    sizes = [1_000, 100_000]
    if args.full:
        sizes.append(1_000_000)
    if args.data is not None:
        sizes = [1_000_000]
    figures = []
    with tempfile.TemporaryDirectory() as scratch:
        for applications in sizes:
            if applications == 1_000_000 and args.data is not None:
                data, passphrase = args.data, passphrase_from_file() or PASSPHRASE
            else:
                data, passphrase = Path(scratch) / str(applications), PASSPHRASE
                found_office(data)
            figures.append(one_size(data, passphrase, applications))
    table(figures)


if __name__ == "__main__":
    main()
