"""An office of its own for each test, copied from one that was founded once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.offices import PASSPHRASE, copy_office, found_office, staff_office
from workstation import clock
from workstation.startup import close_office, open_office
from workstation.workflow.office import Office


@pytest.fixture(scope="session")
def founded_for_sign_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed office with its operators."""
    folder = tmp_path_factory.mktemp("sign-in") / "office"
    found_office(folder)
    office = open_office(folder, PASSPHRASE)
    try:
        staff_office(office)
    finally:
        close_office(office)
    return folder


@pytest.fixture
def office(founded_for_sign_in: Path, data_folder: Path) -> Iterator[Office]:
    copy_office(founded_for_sign_in, data_folder)
    opened = open_office(data_folder, PASSPHRASE)
    try:
        yield opened
    finally:
        close_office(opened)
        clock.trust_computer()
