"""The backup page: what is missing, one made by key, why one failed; nothing of it waits in the window's thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.stages.counter_office import PASSWORD, Counter, counter, room, until  # noqa: F401 -- fixtures
from ui.backup.page import BackupPage
from workstation import clock
from workstation.domain.operator import Role
from workstation.settings import Settings, save_settings
from workstation.workflow.backup.keys import make_backup_key
from workstation.workflow.office import SignedIn
from workstation.workflow.operators import add_operator
from workstation.workflow.sign_in import sign_in


def test_none_made_and_failed(qtbot: QtBot, counter: Counter, tmp_path: Path) -> None:  # noqa: F811 -- the fixture of that name
    who, out = counter.supervisor, tmp_path / "out"
    page = BackupPage(counter.context(who))
    qtbot.addWidget(page)
    page.resize(1100, 600)
    page.show()
    page.enter()
    qtbot.waitUntil(until(page.rows["key"].isVisible), timeout=10_000)
    assert [row.badge.property("kind") for row in page.rows.values()] == ["attention"] * 4
    assert not page.page_actions()[0].enabled

    make_backup_key(counter.office, who, tmp_path / "key.json", "the supervisor's own words")
    save_settings(counter.office.data, Settings(backup_folder=str(out), backup_daily_at="18:30"))
    page.enter()
    qtbot.waitUntil(until(lambda: page.page_actions()[0].enabled), timeout=10_000)
    page.page_actions()[0].run()
    # A second press does nothing.
    page.page_actions()[0].run()
    qtbot.waitUntil(until(lambda: page.rows["made"].badge.property("kind") == "good"), timeout=20_000)
    assert len(list(out.iterdir())) == 1
    kinds = {name: row.badge.property("kind") for name, row in page.rows.items()}
    assert kinds == {"made": "good", "tested": "attention", "schedule": "good", "key": "good"}

    (tmp_path / "file").write_text("no folder")
    save_settings(
        counter.office.data, Settings(backup_folder=str(tmp_path / "file" / "out"), backup_daily_at="18:30")
    )
    page.page_actions()[0].run()
    strip = page.findChild(QWidget, "backup.strip")
    assert strip is not None
    qtbot.waitUntil(until(lambda: page.rows["made"].badge.property("kind") == "attention"), timeout=20_000)
    assert strip.isVisible()


def test_an_auditor_looks_and_makes_none(qtbot: QtBot, counter: Counter) -> None:  # noqa: F811 -- the fixture of that name
    office = counter.office
    administrator = sign_in(office, "admin", PASSWORD)
    made = add_operator(
        office, administrator, username="auditor", display_name="A", role=Role.AUDITOR, password=PASSWORD
    )
    page = BackupPage(counter.context(SignedIn(made, clock.now())))
    qtbot.addWidget(page)
    page.enter()
    qtbot.waitUntil(until(lambda: page.rows["key"].isVisibleTo(page)), timeout=10_000)
    assert page.page_actions() == ()
