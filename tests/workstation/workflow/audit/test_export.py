"""An export verifies without the database; one that was cut or touched is told from a bent trail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.offices import Staffed, staffed_office
from workstation.domain.refused import Reason, Refused
from workstation.security.hash_chain import BreakKind
from workstation.workflow.audit.export import export_trail, read_checkpoints, verify_export
from workstation.workflow.audit.verify import verify_trail


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with staffed_office(tmp_path_factory.mktemp("export") / "office") as made:
        yield made


@pytest.fixture(scope="module")
def lines(staffed: Staffed, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    out = tmp_path_factory.mktemp("out") / "trail.jsonl"
    entries = export_trail(staffed.office, staffed.administrator, out)
    assert out.stat().st_mode & 0o777 == 0o600
    assert list(out.parent.iterdir()) == [out]
    held = out.read_bytes().splitlines(keepends=True)
    assert json.loads(held[-1]) == {"type": "end", "entries": entries, "checkpoints": 1}
    return held


def test_an_export_says_what_the_database_says(staffed: Staffed, lines: list[bytes]) -> None:
    verdict = verify_export(lines)
    assert verdict.whole
    assert verdict.trails == verify_trail(staffed.office.store).trails


def test_a_clerk_exports_nothing(staffed: Staffed, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        export_trail(staffed.office, staffed.clerk, tmp_path / "trail.jsonl")
    assert refusal.value.reason is Reason.ROLE_NOT_ALLOWED
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written(staffed: Staffed, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        export_trail(staffed.office, staffed.administrator, tmp_path / "missing" / "trail.jsonl")
    assert refusal.value.reason is Reason.FILE_NOT_WRITTEN


def refused(lines: list[bytes]) -> str:
    with pytest.raises(Refused) as refusal:
        verify_export(lines)
    assert refusal.value.reason is Reason.AUDIT_FILE_DAMAGED
    return str(refusal.value.facts["line"])


def test_a_file_that_was_cut_or_damaged_is_no_export(lines: list[bytes]) -> None:
    chance = Random(5)
    for _ in range(20):
        kept = chance.randrange(0, len(lines))
        assert refused(lines[:kept]) == str(kept + 1)
        at = chance.randrange(0, len(lines))
        half = lines[at][: chance.randrange(1, len(lines[at]) - 2)] + b"\n"
        assert refused([*lines[:at], half, *lines[at + 1 :]]) == str(at + 1)
    assert refused([*lines, lines[-1]]) == str(len(lines) + 1)
    assert refused([b"\xff\xfe", *lines])
    assert refused([])


def test_an_entry_changed_or_taken_out_of_an_export_is_named(lines: list[bytes]) -> None:
    at = len(lines) - 3
    changed = lines[at].replace(b"sign_in", b"sign_up")
    assert changed != lines[at]
    number = json.loads(json.loads(lines[at])["entry"])["sequence"]
    (trail,) = verify_export([*lines[:at], changed, *lines[at + 1 :]]).trails
    assert trail.broken is not None
    assert (trail.broken.kind, trail.broken.first) == (BreakKind.CHANGE, number)
    end = json.loads(lines[-1])
    end["entries"] -= 1
    told = json.dumps(end).encode() + b"\n"
    (trail,) = verify_export([*lines[:at], *lines[at + 1 : -1], told]).trails
    assert trail.broken is not None
    assert (trail.broken.kind, trail.broken.first) == (BreakKind.DELETION, number)
    (trail,) = verify_export([*lines[:-2], told]).trails
    assert trail.broken is not None
    assert trail.broken.kind is BreakKind.TRUNCATION


@pytest.mark.parametrize(
    "document", [b"", b"[]", b"{}", b'{"checkpoints": [1]}', b'{"checkpoints": [{}]}', b"\xff"]
)
def test_a_file_of_checkpoints_that_is_none(document: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        read_checkpoints(document)
    assert refusal.value.reason is Reason.AUDIT_FILE_DAMAGED
