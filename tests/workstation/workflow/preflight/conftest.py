"""An office of its own for each test, copied from one that was founded once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.offices import (
    CLERK,
    OTHER_CLERK,
    PASSPHRASE,
    PASSWORD,
    SUPERVISOR,
    Staffed,
    copy_office,
    staffed_office,
)
from workstation import clock
from workstation.startup import close_office, open_office
from workstation.workflow.office import SignedIn
from workstation.workflow.operators import list_operators
from workstation.workflow.sign_in import sign_in


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed office with its operators."""
    folder = tmp_path_factory.mktemp("founded") / "office"
    with staffed_office(folder):
        pass
    return folder


@pytest.fixture
def staffed(founded: Path, data_folder: Path) -> Iterator[Staffed]:
    copy_office(founded, data_folder)
    office = open_office(data_folder, PASSPHRASE)
    try:
        administrator = sign_in(office, "admin", PASSWORD)
        people = {
            operator.username: SignedIn(operator, clock.now())
            for operator in list_operators(office, administrator)
        }
        yield Staffed(office, people[CLERK], people[OTHER_CLERK], people[SUPERVISOR], administrator)
    finally:
        close_office(office)
        clock.trust_computer()
