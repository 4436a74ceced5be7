"""The work of queue and search as somebody would write it by hand: plain statements on a bare connection.

Each answers the same question as the program does, with the same columns, the same limit and the same reading of one
moment; what the program must look up besides (the policy, claims, permission) is looked up here too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from workstation.database.claim_tables import OPEN
from workstation.security.key_ring import KeyRing
from workstation.startup import DATABASE, KEY

LIMIT = 50
END = "\U0010ffff"

ROW = (
    "SELECT id, number, name_lo, name_latin, birth_date, village, stage, stage_since, returned,"
    " EXISTS (SELECT 1 FROM fingers f WHERE f.application_id = a.id AND f.missing_reason IS NOT NULL),"
    " EXISTS (SELECT 1 FROM portraits p WHERE p.application_id = a.id AND p.forced_reason IS NOT NULL)"
    " FROM applications a"
)
SHOWN = (
    "SELECT p.application_id, p.ordinal, p.number, p.name_lo, p.name_latin, p.sound, p.birth_date, p.village,"
    " p.telephone, p.household_number, p.identity_number, a.number, a.identity_number, a.stage, a.stage_since,"
    " a.created_at, a.returned, coalesce(d.fields, o.fields) FROM search_people p"
    " JOIN applications a ON a.id = p.application_id LEFT JOIN drafts d ON d.application_id = p.application_id"
    " LEFT JOIN applicants o ON o.application_id = p.application_id WHERE p.ordinal IN ("
)
NAMES = ("name_lo", "name_lo_turned", "name_latin", "name_latin_turned")
SOUNDS = ("sound", "sound_turned")
Arm = tuple[str, tuple[str, ...]]


class Bare:
    """A connection with the store's settings and nothing in between."""

    def __init__(self, data: Path, passphrase: str) -> None:
        key = KeyRing.from_json((data / KEY).read_bytes()).key.by_passphrase(passphrase)
        self.driver: Any = dbapi2.connect(str(data / DATABASE))
        self.driver.isolation_level = None
        for pragma in (
            f"key = \"x'{key.hex()}'\"",
            "cipher_memory_security = OFF",
            "synchronous = FULL",
            "foreign_keys = ON",
            "busy_timeout = 10000",
            "temp_store = MEMORY",
            "cache_size = -32768",
        ):
            self.driver.execute(f"PRAGMA {pragma}")

    def all(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of one statement."""
        return list(self.driver.execute(sql, values).fetchall())

    # The queue

    def queue(self, page: int, size: int, *, backwards: bool = False) -> list[tuple[Any, ...]]:
        """One page in the order of waiting, returned work first; `backwards` the last one, read from its end."""
        self.all("BEGIN")
        self.all("SELECT document FROM policies ORDER BY in_force_since DESC, version LIMIT 1")
        counts = self.all("SELECT stage, returned, count FROM stage_counts WHERE count > 0")
        self.all(
            "SELECT c.*, o.display_name FROM claims c JOIN operators o ON o.id = c.operator_id WHERE c.seen > ?",
            ((datetime.now(UTC) - timedelta(minutes=1)).strftime("%Y-%m-%d %H:%M:%S.%f"),),
        )
        ended = {"closed", "withdrawn", "referred", "rejected", "refused_by_registry"}
        returned = sum(count for stage, back, count in counts if stage not in ended and back)
        other = sum(count for stage, back, count in counts if stage not in ended and not back)
        offset = page * size
        rows: list[tuple[Any, ...]] = []
        for run, total in ((1, returned), (0, other)):
            take = min(size - len(rows), total - offset)
            if take > 0:
                turned = " DESC" if backwards else ""
                skipped = total - offset - take if backwards else offset
                part = self.all(
                    f"{ROW} WHERE {OPEN} AND returned = ? ORDER BY stage_since{turned}, number{turned}"
                    " LIMIT ? OFFSET ?",
                    (run, take, skipped),
                )
                rows += part[::-1] if backwards else part
                offset = 0
            else:
                offset = max(0, offset - total)
        back = [row[0] for row in rows if row[8]]
        if back:
            marks = ", ".join("?" * len(back))
            self.all(
                f"SELECT application_id, code FROM defects WHERE application_id IN ({marks})"
                " AND mended_at IS NULL ORDER BY raised_at",
                back,
            )
            self.all(
                "SELECT k.application_id, k.outcome, o.display_name, k.at FROM contacts k"
                f' JOIN operators o ON o.id = k."by" WHERE k.application_id IN ({marks}) ORDER BY k.at',
                back,
            )
        self.all("COMMIT")
        return rows

    # The search

    def asked(self, groups: Sequence[Sequence[Arm]], limit: int = LIMIT) -> list[int]:
        """The ordinals that answer to the groups of conditions, strongest first, until there are enough; each
        condition is one range of one index, all of them one statement."""
        parts: list[str] = []
        values: list[str] = []
        for place, arms in enumerate(groups):
            for condition, given in arms:
                parts.append(
                    f"SELECT {place}, ordinal FROM"
                    f" (SELECT ordinal FROM search_people WHERE {condition} LIMIT {limit})"
                )
                values += given
        answers: list[dict[int, None]] = [{} for _group in groups]
        for place, ordinal in self.all(" UNION ALL ".join(parts), values):
            answers[place][ordinal] = None
        found: dict[int, None] = {}
        for answer in answers:
            if len(found) >= LIMIT:
                break
            found.update(dict.fromkeys(list(answer)[:limit]))
        return list(found)

    def shown(self, ordinals: Sequence[int]) -> list[tuple[Any, ...]]:
        """What a result shows of them."""
        if not ordinals:
            return []
        marks = ", ".join("?" * len(ordinals))
        return self.all(f"{SHOWN}{marks})", ordinals)

    def parts(self, letters: str) -> list[int]:
        """The newest whose text has these letters somewhere."""
        wanted = sorted({letters[i : i + 3] for i in range(len(letters) - 2)})
        match = " AND ".join(f'"{three}"' for three in wanted)
        sql = "SELECT rowid FROM search_trigrams WHERE search_trigrams MATCH ? ORDER BY rowid DESC LIMIT ?"
        return [row[0] for row in self.all(sql, (match, LIMIT))] if wanted else []

    def words_like(self, rests: Sequence[str]) -> list[str]:
        """Known words that share one of these shortened beginnings."""
        marks = ", ".join("?" * len(rests))
        sql = f"SELECT word FROM search_misspellings WHERE shortened IN ({marks}) LIMIT 400"
        return [row[0] for row in self.all(sql, rests)]

    # A draft

    def save(self, application: str, operator: str, fields: dict[str, str]) -> None:
        """Keeps a draft: permission, claim, words, search row, stage, capturer."""
        self.all("BEGIN IMMEDIATE")
        self.all("SELECT * FROM operators WHERE id = ?", (operator,))
        for _before_the_words_and_for_the_capturer in range(2):
            self.all(
                "SELECT c.*, o.display_name FROM claims c JOIN operators o ON o.id = c.operator_id"
                " WHERE c.application_id = ?",
                (application,),
            )
            self.all(
                "SELECT l.*, o.display_name FROM lost_claims l JOIN operators o ON o.id = l.taken_by"
                " WHERE l.application_id = ? AND l.operator_id = ?",
                (application, operator),
            )
        text = json.dumps(fields, ensure_ascii=False, sort_keys=True)
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        self.driver.execute(
            "UPDATE drafts SET fields = ?, saved_at = ?, saved_by = ? WHERE application_id = ?",
            (text, now, operator, application),
        )
        self.all("SELECT * FROM search_people WHERE application_id = ?", (application,))
        self.all("SELECT * FROM applications WHERE id = ?", (application,))
        self.all("SELECT operator_id FROM captured_by WHERE application_id = ?", (application,))
        self.all("COMMIT")


def beginning(columns: Iterable[str], text: str) -> list[Arm]:
    """Whoever's column begins so."""
    return [(f"{column} >= ? AND {column} < ?", (text, text + END)) for column in columns]


def exactly(columns: Iterable[str], text: str) -> list[Arm]:
    """Whoever's column is that, or that and a later word."""
    columns = tuple(columns)
    return [*((f"{column} = ?", (text,)) for column in columns), *beginning(columns, text + " ")]


def one_word(word: str) -> list[list[Arm]]:
    """A name or village that begins with the word."""
    village: list[Arm] = [("village = ? ORDER BY ordinal DESC", (word,))]
    return [beginning(NAMES, word), village, beginning(("village",), word)]


def two_words(first: str, second: str) -> list[list[Arm]]:
    """Both words, the second perhaps only begun, in either order."""
    later: list[Arm] = [
        (f"{column} >= ? AND {column} < ? AND {column} LIKE ?", (first, first + END, f"% {second}%"))
        for column in NAMES
    ]
    return [[*beginning(NAMES, f"{first} {second}"), *later]]


def sounding(sounds: str) -> list[list[Arm]]:
    """Whose name sounds so, wholly and in its beginning."""
    return [exactly(SOUNDS, sounds), beginning(SOUNDS, sounds)]
