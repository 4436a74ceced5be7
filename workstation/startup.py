"""From a folder to an open office: first start, unlocking the key, opening the database."""

from __future__ import annotations

import hmac
import os
import re
import secrets
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from uuid6 import uuid7

from workstation import clock
from workstation.biometrics.fingerprint.analysis import FingerprintAnalysis
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.kept_drafts import KeptDrafts
from workstation.database.policies import add_policy
from workstation.database.postgresql import Server
from workstation.database.sort_keys import renew_sort_keys
from workstation.database.station import add_operator, add_station, all_stations, registry_url, the_station
from workstation.database.store import Store
from workstation.domain.audit import AuditTag
from workstation.domain.divisions import district_codes, province_codes
from workstation.domain.operator import Operator, Role
from workstation.domain.refused import Reason, Refused
from workstation.domain.station import Station, Work
from workstation.security.key_ring import KEY_LENGTH, KeyRing, hold
from workstation.security.passwords import hash_password, one_time_code
from workstation.sync.engine import SyncEngine
from workstation.workflow.intake.forms import seed_forms
from workstation.workflow.intake.typed_away import give_kept_drafts
from workstation.workflow.keys.key_file import (
    DATABASE,
    KEY,
    passphrase_from_file,
    tpm_provisioned,
    write_key_ring,
)
from workstation.workflow.keys.server_file import write_server
from workstation.workflow.keys.steps import MINIMUM_PASSPHRASE
from workstation.workflow.keys.unlocking import open_store
from workstation.workflow.layouts.held import seed_layouts
from workstation.workflow.office import Office
from workstation.workflow.operator_fingers import forget_ended_fingers
from workstation.workflow.operators import check_password, check_username
from workstation.workflow.preflight.clock_repair import follow_declared_clock

__all__ = [
    "DATABASE",
    "FIRST_START_CODE",
    "KEY",
    "NewOffice",
    "begin_first_start",
    "begin_sync",
    "close_office",
    "create_office",
    "office_exists",
    "open_office",
    "passphrase_from_file",
    "tpm_provisioned",
]

FIRST_START_CODE = "first-start.code"
_OFFICE_CODE = re.compile(r"[0-9A-Z]{2,8}")
_STATION_CODE = re.compile(r"[0-9A-Z]{1,4}")


@dataclass(frozen=True)
class NewOffice:
    """What the first start asks for. Divisions are codes of the shipped list; a provincial office has no district.
    `server`: the address of a PostgreSQL database for the whole office; empty for a file of the station's own."""

    office_code: str
    station_code: str
    office_name: str
    province_code: str
    district_code: str
    work: Work
    registry_url: str
    passphrase: str
    administrator_username: str
    administrator_name: str
    administrator_password: str
    server: str = ""


def office_exists(data: Path) -> bool:
    """Whether a first start has ended in this folder."""
    return (data / KEY).exists()


def begin_first_start(data: Path) -> tuple[Path, str]:
    """Makes the folder (0700) and a one-time code in a file (0600) that only this computer's owner can read.

    Returns the file and the code, for the terminal of whoever installs. Raises Refused OFFICE_EXISTS.
    """
    if office_exists(data):
        raise Refused(Reason.OFFICE_EXISTS)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = data / FIRST_START_CODE
    code = one_time_code()
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(code + "\n")
    return path, code


def _check(new: NewOffice) -> None:
    faults = {}
    if not _OFFICE_CODE.fullmatch(new.office_code):
        faults["office_code"] = "not-a-code"
    if not _STATION_CODE.fullmatch(new.station_code):
        faults["station_code"] = "not-a-code"
    if not new.office_name.strip():
        faults["office_name"] = "missing"
    if new.province_code not in province_codes():
        faults["province_code"] = "unknown-choice"
    elif new.district_code and new.district_code not in district_codes(new.province_code):
        faults["district_code"] = "unknown-choice"
    if len(new.passphrase) < MINIMUM_PASSPHRASE:
        faults["passphrase"] = "too-short"
    if faults:
        raise Refused(Reason.FIELDS_INCOMPLETE, **faults)


def create_office(data: Path, new: NewOffice, one_time_code: str) -> None:
    """Ends the first start: key, database, policy, station and the first administrator, or nothing of it.

    Raises Refused: OFFICE_EXISTS, WRONG_ONE_TIME_CODE, FIELDS_INCOMPLETE, PASSWORD_TOO_SHORT; with a server
    SERVER_HOLDS_OFFICE and what Store raises.
    """
    if office_exists(data):
        raise Refused(Reason.OFFICE_EXISTS)
    code_file = data / FIRST_START_CODE
    expected = code_file.read_text().strip() if code_file.exists() else ""
    if not expected or not hmac.compare_digest(expected.encode(), one_time_code.strip().upper().encode()):
        raise Refused(Reason.WRONG_ONE_TIME_CODE)
    _check(new)
    check_password(new.administrator_password, new.administrator_username)
    username = check_username(new.administrator_username)

    # An attempt that died before its key was written left a database that nobody can open: begin anew.
    for leftover in data.glob(DATABASE + "*"):
        leftover.unlink()
    key = secrets.token_bytes(KEY_LENGTH)
    station_id = str(uuid7())
    server = Server(new.server.strip(), station_id) if new.server.strip() else None
    store = Store(server or data / DATABASE, key)
    try:
        _write_first_rows(store, new, username, station_id)
    finally:
        store.close()
    if server is not None:
        write_server(data, server)
    write_key_ring(data, KeyRing(hold(key, new.passphrase)))
    code_file.unlink()


def _write_first_rows(store: Store, new: NewOffice, username: str, station_id: str) -> None:
    policy = files("resources").joinpath(
        "policies", "default.json" if new.work is Work.REAL else "training.json"
    )
    document = policy.read_bytes()
    station = Station(
        station_id,
        new.office_code,
        new.station_code,
        new.office_name.strip(),
        new.province_code,
        new.district_code,
        new.work,
    )
    administrator = Operator(
        str(uuid7()), username, new.administrator_name.strip() or username, Role.ADMINISTRATOR, True
    )
    encoded = hash_password(new.administrator_password)

    def verb(tx: Connection) -> None:
        now = clock.now()
        if all_stations(tx):
            raise Refused(Reason.SERVER_HOLDS_OFFICE)
        add_station(tx, station, registry_url=new.registry_url.strip(), at=now)
        add_policy(tx, document, at=now)
        seed_forms(tx)
        seed_layouts(tx)
        add_operator(tx, administrator, encoded, at=now)
        for tag, thing in (
            (AuditTag.OFFICE_CREATED, station.id),
            (AuditTag.OPERATOR_CREATED, administrator.id),
        ):
            write_audit(tx, tag, at=now, actor=administrator.id, station_id=station.id, object_id=thing)

    store.write(verb)


def open_office(data: Path, passphrase: str | None, *, recover: bool = False) -> Office:
    """Opens the office: by its TPM where one was provisioned, else by `passphrase`. `recover` opens it by the
    passphrase although a TPM was provisioned, for the administrator who then makes that the rule.

    Raises Refused: NO_OFFICE, PASSPHRASE_NEEDED, WRONG_PASSPHRASE, TPM_GONE, TPM_REFUSES, OFFICE_OPEN,
    DATABASE_DAMAGED, DATABASE_TOO_NEW; for an office on a server SERVER_AWAY_AT_START, SERVER_WITHOUT_TLS,
    SERVER_UNPROVEN, SERVER_UNSUITABLE.
    """
    try:
        return _open_office(data, passphrase, recover)
    except Refused as refused:
        if refused.reason in (Reason.SERVER_AWAY, Reason.OUTCOME_UNKNOWN):
            raise Refused(Reason.SERVER_AWAY_AT_START) from refused
        raise


def _open_office(data: Path, passphrase: str | None, recover: bool) -> Office:
    store = open_store(data, passphrase, recover=recover)
    drafts: KeptDrafts | None = None
    try:
        station = store.read(the_station)
        # An office founded by an earlier version has no forms and layouts of its own yet.
        store.write(seed_forms)
        store.write(seed_layouts)
        # The machine's collation may be newer than the one that made the keys.
        while store.write(renew_sort_keys):
            pass
        store.read(lambda connection: follow_declared_clock(connection, station.id))
        forget_ended_fingers(store, station.id)
        drafts = store.drafts_beside(data)
        if drafts is not None:
            give_kept_drafts(store, drafts)
    except BaseException:
        if drafts is not None:
            drafts.close()
        store.close()
        raise
    return Office(station, store, FingerprintAnalysis(), data, drafts=drafts)


def close_office(office: Office) -> None:
    """Ends the analysis process and the writer; nothing of the office is left running."""
    office.analysis.close()
    office.store.close()
    if office.drafts is not None:
        office.drafts.close()
    clock.trust_computer()


def begin_sync(office: Office) -> SyncEngine | None:
    """Starts to synchronise with the registry of this office; None for an office without a line.

    Whoever began it stops it before the office is closed.
    """
    url = office.store.read(registry_url)
    if not url:
        return None
    engine = SyncEngine(office.store, url, office.station.id)
    engine.start()
    return engine
