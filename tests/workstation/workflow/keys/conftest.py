"""One founded and staffed office, closed; each test works on a copy of its folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.offices import staffed_office


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("keys") / "office"
    with staffed_office(data):
        pass
    return data


@pytest.fixture
def folder(founded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(founded, tmp_path / "office"))
