"""An office that moves to a server, and a second station that joins it."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.database_engines import CHOICE, require_server
from tests.offices import ADMINISTRATOR, CLERK, FIELDS, PASSPHRASE, PASSWORD, found_office, staff_office
from ui.commands import main
from workstation.database.applications import application
from workstation.database.audit import audit_of
from workstation.database.blobs import get_blob, put_blob
from workstation.database.tables import metadata
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused
from workstation.startup import close_office, open_office
from workstation.workflow.audit.verify import verify_trail
from workstation.workflow.intake import steps as intake
from workstation.workflow.intake import view as intake_view
from workstation.workflow.keys import sharing
from workstation.workflow.sign_in import sign_in

OTHER_PASSPHRASE = "nine brown buffaloes swim"
INVITED = "this way and no other"


@pytest.fixture
def address() -> str:
    require_server()
    return CHOICE.cluster.migrated()


def _refused(deed: Callable[[], object]) -> Reason:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.reason


def _secret(folder: Path, name: str, said: str) -> str:
    path = folder / name
    path.touch(0o600)
    path.write_text(said)
    return str(path)


def test_an_office_moves_to_a_server_and_another_station_joins(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, other = tmp_path / "first", tmp_path / "second"
    found_office(data)
    office = open_office(data, PASSPHRASE)
    staffed = staff_office(office)
    application_id = intake.start(office, staffed.clerk)
    intake.save_draft(office, staffed.clerk, application_id, FIELDS).result(20)
    picture = office.store.write(lambda tx: put_blob(tx, b"\xff\xd8 a face", "image/jpeg"))
    held = office.store.read(
        lambda c: {name: c.scalar(text(f"SELECT count(*) FROM {name}")) for name in metadata.tables}
    )
    close_office(office)

    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", _secret(tmp_path, "p", PASSPHRASE))
    who = ["--operator", ADMINISTRATOR, "--password-file", _secret(tmp_path, "w", PASSWORD)]
    assert main(["office", "share", "--server", address, *who, "--data", str(data)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert {"database\tserver", "line\tlocal", "images\tthis-program", "text\tthe-servers-disk"} <= set(told)
    assert not (data / "office.db").exists()
    assert (data / sharing.BEFORE).exists()

    invitation = ["--invitation", str(tmp_path / "invitation")]
    invitation += ["--invitation-passphrase-file", _secret(tmp_path, "i", INVITED)]
    assert main(["office", "invite", *invitation, *who, "--data", str(data)]) == 0
    assert oct(os.stat(tmp_path / "invitation").st_mode & 0o777) == "0o600"
    monkeypatch.setenv("LAO_ID_PASSPHRASE_FILE", _secret(tmp_path, "q", OTHER_PASSPHRASE))
    joining = ["office", "join", "--server", address, *invitation, *who, "--data", str(other)]
    assert main([*joining, "--station-code", "S1"]) == 1
    assert main([*joining, "--station-code", "S2"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == ["station\tVTE-S1\t", "station\tVTE-S2\there"]

    first, second = open_office(data, PASSPHRASE), open_office(other, OTHER_PASSPHRASE)
    try:
        assert first.station == office.station
        assert (second.station.station_code, second.station.office_code) == ("S2", "VTE")
        now = first.store.read(
            lambda c: {name: c.scalar(text(f"SELECT count(*) FROM {name}")) for name in held}
        )
        grown = {"audit", "station", "writers", "seal_check", "sign_in_counts"}
        # An index made anew learns the words of drafts too.
        grown |= {"search_words", "search_misspellings"}
        assert {name for name in held if now[name] != held[name]} <= grown
        assert second.store.read(lambda c: get_blob(c, picture)) == b"\xff\xd8 a face"
        clerk = sign_in(second, CLERK, PASSWORD)
        assert intake_view.view(second, application_id).fields["village"] == FIELDS["village"]
        begun = [(at, intake.start(at, clerk)) for at in (first, second)]
        numbers = {at.store.read(partial(application, application_id=new)).number for at, new in begun}
        assert {number.split("-")[1] for number in numbers} == {"S1", "S2"}
        joined = second.store.read(lambda c: audit_of(c, second.station.id))
        assert [entry.tag for entry in joined] == [AuditTag.STATION_JOINED]
        assert verify_trail(second.store).whole
    finally:
        close_office(first)
        close_office(second)


def test_a_server_that_holds_an_office_takes_no_other_and_an_empty_one_is_not_joined(
    tmp_path: Path, address: str
) -> None:
    for name in ("first", "second"):
        found_office(tmp_path / name)
    empty = CHOICE.cluster.migrated()
    sharing.move_to_server(tmp_path / "first", PASSPHRASE, address)
    assert (
        _refused(lambda: sharing.move_to_server(tmp_path / "first", PASSPHRASE, empty))
        is Reason.NOT_ON_SERVER
    )
    assert (
        _refused(lambda: sharing.move_to_server(tmp_path / "second", PASSPHRASE, address))
        is Reason.SERVER_UNSUITABLE
    ), "it is sealed with another office's key"
    office = open_office(tmp_path / "first", PASSPHRASE)
    try:
        who = sign_in(office, ADMINISTRATOR, PASSWORD)
        sharing.invite(office, who, PASSPHRASE, tmp_path / "invitation", INVITED)
    finally:
        close_office(office)
    invitation = (tmp_path / "invitation").read_bytes()

    def joined(server: str, its: str = INVITED, password: str = PASSWORD) -> Callable[[], None]:
        return lambda: sharing.join(
            tmp_path / "third",
            server,
            invitation,
            its,
            station_code="S3",
            passphrase=OTHER_PASSPHRASE,
            administrator=ADMINISTRATOR,
            password=password,
        )

    assert _refused(joined(empty)) is Reason.SERVER_HOLDS_NONE
    assert _refused(joined(address, its="another one altogether")) is Reason.WRONG_PASSPHRASE
    assert _refused(joined(address, password="wrong wrong wrong")) is Reason.WRONG_PASSWORD
    assert not (tmp_path / "third" / "database.key").exists()


def test_a_move_that_was_cut_off_after_its_copy_is_ended_and_not_made_twice(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "first"
    found_office(data)

    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sharing, "write_server", killed)
        with pytest.raises(KeyboardInterrupt):
            sharing.move_to_server(data, PASSPHRASE, address)
    close_office(open_office(data, PASSPHRASE))
    assert sharing.move_to_server(data, PASSPHRASE, address) == 0
    office = open_office(data, PASSPHRASE)
    assert office.store.shared
    close_office(office)
