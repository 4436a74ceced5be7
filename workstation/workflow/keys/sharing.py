"""One database for all stations of an office: the first station moves its own to a server, the others join it.

share     the office in this folder, closed, is copied to an empty database on a server; its file stays beside, under
          another name, and from then on the folder names the server
invite    the office's key under a passphrase for one purpose, in a file that another computer is given by hand
join      another computer: the invitation, its passphrase and an administrator of the office make it a station
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from uuid6 import uuid7

from workstation import clock
from workstation.biometrics.fingerprint.analysis import FingerprintAnalysis
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.audit_checkpoints import last_entry
from workstation.database.office_copy import copy_office
from workstation.database.postgresql import Server, connection_of, is_local
from workstation.database.station import add_station, all_stations, registry_url, the_station
from workstation.database.store import Store
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.station import Station
from workstation.security.key_ring import KeyRing, hold
from workstation.security.key_wrapping import WrappedKeyDamaged
from workstation.workflow.keys.key_file import DATABASE, KEY, read_key_ring, write_key_ring
from workstation.workflow.keys.server_file import require_own_file, write_server
from workstation.workflow.keys.steps import MINIMUM_PASSPHRASE
from workstation.workflow.keys.unlocking import key_by_passphrase, open_store
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.sign_in import sign_in, sign_out

BEFORE = DATABASE + ".before-server"
_STATION_CODE = re.compile(r"[0-9A-Z]{1,4}")


def begin_sharing(office: Office, who: SignedIn, address: str) -> None:
    """Notes who moves the office to a server; the office is then closed for `move_to_server`.

    Raises Refused: ROLE_NOT_ALLOWED, NOT_ON_SERVER (it is on one), SERVER_WITHOUT_TLS, SERVER_UNSUITABLE.
    """
    ask(office, who, Verb.KEEP_KEYS)
    require_own_file(office.data)
    connection_of(address)
    _note(office, who, AuditTag.OFFICE_SHARED, office.station.id)


def move_to_server(data: Path, passphrase: str, address: str) -> int:
    """Copies the closed office to the server in one transaction there, then names the server here; how many rows.

    Cut off before its end, it is called again: a copy that is whole is not made twice. Raises Refused
    SERVER_HOLDS_OFFICE, WRONG_PASSPHRASE, and what Store raises.
    """
    require_own_file(data)
    key = key_by_passphrase(read_key_ring(data).key, passphrase)
    source = open_store(data, passphrase, recover=True)
    try:
        station = source.read(the_station)
        end = source.read(lambda connection: last_entry(connection, station.id))
        server = Server(address, station.id)
        target = Store(server, key)
        try:
            there = target.read(all_stations)
            if not there:
                copied = target.write(lambda tx: copy_office(source, tx))
            elif there == (station,) and target.read(lambda c: last_entry(c, station.id)) == end:
                copied = 0
            else:
                raise Refused(Reason.SERVER_HOLDS_OFFICE)
        finally:
            target.close()
    finally:
        source.close()
    write_server(data, server)
    for path in data.glob(f"{DATABASE}*"):
        path.replace(data / path.name.replace(DATABASE, BEFORE, 1))
    return copied


def invite(office: Office, who: SignedIn, passphrase: str, invitation: Path, its_passphrase: str) -> None:
    """Writes the office's key under `its_passphrase` to the new file `invitation` (0600).

    Raises Refused: ROLE_NOT_ALLOWED, WRONG_PASSPHRASE, FIELDS_INCOMPLETE (passphrase too short).
    """
    ask(office, who, Verb.KEEP_KEYS)
    if len(its_passphrase) < MINIMUM_PASSPHRASE:
        raise Refused(Reason.FIELDS_INCOMPLETE, passphrase="too-short")
    key = key_by_passphrase(read_key_ring(office.data).key, passphrase)
    held = hold(key, its_passphrase)
    _note(office, who, AuditTag.STATION_INVITED, held.id)
    with os.fdopen(os.open(invitation, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(KeyRing(held).to_json())


def join(
    data: Path,
    address: str,
    invitation: bytes,
    its_passphrase: str,
    *,
    station_code: str,
    passphrase: str,
    administrator: str,
    password: str,
) -> None:
    """Makes this computer a station of the office on that server, under a `passphrase` of its own.

    Raises Refused: OFFICE_EXISTS, WRONG_PASSPHRASE, FIELDS_INCOMPLETE, SERVER_HOLDS_NONE, STATION_CODE_TAKEN, what a
    sign-in raises, ROLE_NOT_ALLOWED, and what Store raises.
    """
    if (data / KEY).exists():
        raise Refused(Reason.OFFICE_EXISTS)
    if not _STATION_CODE.fullmatch(station_code):
        raise Refused(Reason.FIELDS_INCOMPLETE, station_code="not-a-code")
    if len(passphrase) < MINIMUM_PASSPHRASE:
        raise Refused(Reason.FIELDS_INCOMPLETE, passphrase="too-short")
    try:
        key = key_by_passphrase(KeyRing.from_json(invitation).key, its_passphrase)
    except WrappedKeyDamaged as error:
        raise Refused(Reason.DATABASE_DAMAGED, part="key") from error
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    server = Server(address, str(uuid7()))
    store = Store(server, key)
    try:
        _add_station(store, data, server.station_id, station_code, administrator, password)
    finally:
        store.close()
    write_server(data, server)
    write_key_ring(data, KeyRing(hold(key, passphrase)))


def _add_station(
    store: Store, data: Path, station_id: str, code: str, administrator: str, password: str
) -> None:
    there = store.read(all_stations)
    if not there:
        raise Refused(Reason.SERVER_HOLDS_NONE)
    station = replace(there[0], id=station_id, station_code=code)
    analysis = FingerprintAnalysis()
    try:
        office = Office(station, store, analysis, data)
        who = sign_in(office, administrator, password)

        def verb(tx: Connection) -> None:
            actor = acting(tx, office, who, Verb.KEEP_KEYS)
            if any(other.station_code == code for other in all_stations(tx)):
                raise Refused(Reason.STATION_CODE_TAKEN, code=code)
            now = clock.now()
            add_station(tx, station, registry_url=registry_url(tx, there[0].id), at=now)
            write_audit(
                tx,
                AuditTag.STATION_JOINED,
                at=now,
                actor=actor.id,
                station_id=station.id,
                object_id=station.id,
            )

        store.write(verb)
        sign_out(office, who)
    finally:
        analysis.close()


def protection(office: Office) -> dict[str, str]:
    """What guards the data on its way and at rest, as far as this station can know: `line` is "none" (a file), "local"
    (the server is this computer) or "verified-tls"; `images` and `text` say who encrypts them."""
    place = office.store.place
    if not isinstance(place, Server):
        return {"line": "none", "images": "this-program", "text": "this-program"}
    line = "local" if is_local(place.address) else "verified-tls"
    # Names and numbers are searched by the server itself: only its own disk can hide them.
    return {"line": line, "images": "this-program", "text": "the-servers-disk"}


def stations(office: Office) -> tuple[Station, ...]:
    """The stations of the office, by code."""
    return office.store.read(all_stations)


def _note(office: Office, who: SignedIn, tag: AuditTag, thing: str) -> None:
    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.KEEP_KEYS)
        write_audit(tx, tag, at=clock.now(), actor=actor.id, station_id=office.station.id, object_id=thing)

    office.store.write(verb)
