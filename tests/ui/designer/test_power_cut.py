"""The power goes while somebody designs: the draft is there again as it was, and she goes on from it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from printing.specification import open_draft
from tests.ui.designer.designing_process import number
from tests.ui.stages.counter_office import PASSPHRASE, make_room
from workstation.startup import close_office, open_office
from workstation.workflow.layouts.drafts import shelf

DEATHS = 2
ROOT = Path(__file__).resolve().parents[3]


def designed_until_killed(data: Path, changes: int) -> dict[str, int]:
    """The last number that was said of each word before the program was killed, some changes after `changes`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.designer.designing_process", str(data)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    said: dict[str, int] = {}
    assert process.stdout is not None
    with process.stdout as lines:
        for line in lines:
            word, told = line.decode().split()
            said[word] = int(told)
            if word == "kept" and int(told) >= said["open"] + changes:
                process.kill()
                break
        # What it said between the decision and the end counts as well.
        for line in lines:
            word, told = line.decode().split()
            said[word] = int(told)
    assert process.wait(60) == -9
    return said


@pytest.mark.timeout(300)
def test_a_killed_designer_has_lost_nothing_that_it_said_was_kept(tmp_path: Path) -> None:
    data, chance = tmp_path / "data", random.Random(25)
    close_office(make_room(data).office)
    before = 0
    for _death in range(DEATHS):
        said = designed_until_killed(data, chance.randint(3, 30))
        assert said["open"] == before, "it goes on where it was"
        office = open_office(data, PASSPHRASE)
        try:
            (draft,) = shelf(office).drafts
        finally:
            close_office(office)
        before = number(open_draft(draft.document).comment)
        assert said["kept"] <= before <= said["made"]
        # Only what was under way at that moment may be missing.
        assert said["made"] - before <= 30
