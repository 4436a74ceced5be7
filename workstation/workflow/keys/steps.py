"""What an administrator does to the keys: another passphrase, a TPM, the way back without it, another database key.

Each is noted in the trail before the key file changes: a change without its entry cannot be, an entry whose change was
cut off can, and the verb is called again.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from workstation import clock
from workstation.database import Connection
from workstation.database.audit import write_audit
from workstation.database.rekey import opens, rekey
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.security.key_ring import KEY_LENGTH, HeldKey, KeyRing, hold
from workstation.security.tpm import TpmGone, TpmRefuses
from workstation.workflow.keys.key_file import DATABASE, read_key_ring, tpm_address, write_key_ring
from workstation.workflow.keys.server_file import require_own_file
from workstation.workflow.keys.unlocking import key_by_passphrase
from workstation.workflow.office import Office, SignedIn, acting, ask

MINIMUM_PASSPHRASE = 12


def change_passphrase(office: Office, who: SignedIn, passphrase: str, new_passphrase: str) -> None:
    """The same database key under a new passphrase. An old copy of the key file still opens with the old one: when
    that became known, the key is rotated too.

    Raises Refused: ROLE_NOT_ALLOWED, WRONG_PASSPHRASE, FIELDS_INCOMPLETE, TPM_GONE, TPM_REFUSES.
    """
    if len(new_passphrase) < MINIMUM_PASSPHRASE:
        raise Refused(Reason.FIELDS_INCOMPLETE, passphrase="too-short")
    held = read_key_ring(office.data).key
    _change(office, who, AuditTag.KEY_PASSPHRASE_CHANGED, passphrase, new_passphrase, held.tpm is not None)


def add_tpm(office: Office, who: SignedIn, passphrase: str) -> None:
    """Seals the database key in this computer's TPM: from now on the office opens by it alone, and not without it.

    Raises Refused: ROLE_NOT_ALLOWED, WRONG_PASSPHRASE, TPM_GONE, TPM_REFUSES.
    """
    _change(office, who, AuditTag.KEY_TPM_ADDED, passphrase, passphrase, True)


def recover(office: Office, who: SignedIn, passphrase: str) -> None:
    """Forgets a TPM that is lost: the office, which was opened by the passphrase for this, opens by it from now on.

    Raises Refused: ROLE_NOT_ALLOWED, WRONG_PASSPHRASE, NO_TPM_PROVISIONED.
    """
    ask(office, who, Verb.KEEP_KEYS)
    if read_key_ring(office.data).key.tpm is None:
        raise Refused(Reason.NO_TPM_PROVISIONED)
    _change(office, who, AuditTag.KEY_RECOVERED, passphrase, passphrase, False)


def _change(
    office: Office, who: SignedIn, tag: AuditTag, passphrase: str, new_passphrase: str, with_tpm: bool
) -> None:
    ask(office, who, Verb.KEEP_KEYS)
    before = read_key_ring(office.data).key
    fresh = _held(office.data, key_by_passphrase(before, passphrase), new_passphrase, with_tpm)
    _note(office, who, tag, fresh.id, before.id)
    write_key_ring(office.data, KeyRing(fresh))


def _held(data: Path, key: bytes, passphrase: str, with_tpm: bool) -> HeldKey:
    try:
        return hold(key, passphrase, tcti=tpm_address(data) if with_tpm else None)
    except TpmGone as error:
        raise Refused(Reason.TPM_GONE) from error
    except TpmRefuses as error:
        raise Refused(Reason.TPM_REFUSES) from error


def _note(office: Office, who: SignedIn, tag: AuditTag, key_id: str, before: str) -> None:
    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.KEEP_KEYS)
        write_audit(
            tx,
            tag,
            at=clock.now(),
            actor=actor.id,
            station_id=office.station.id,
            object_id=key_id,
            before=before,
        )

    office.store.write(verb)


def begin_rotation(office: Office, who: SignedIn, passphrase: str) -> None:
    """Notes that the key is about to be turned and by whom; the office is then closed for `turn_key`.

    Raises Refused: ROLE_NOT_ALLOWED, WRONG_PASSPHRASE, NOT_ON_SERVER.
    """
    ask(office, who, Verb.KEEP_KEYS)
    require_own_file(office.data)
    held = read_key_ring(office.data).key
    key_by_passphrase(held, passphrase)
    _note(office, who, AuditTag.KEY_ROTATION_BEGUN, held.id, held.id)


def turn_key(data: Path, passphrase: str) -> None:
    """Puts the closed database under a new random key; the next start ends the rotation (`unlocking`).

    First the file holds both keys, then the database is rewritten in one transaction: killed at any moment, one of
    the two opens it. Raises Refused: OFFICE_OPEN, WRONG_PASSPHRASE, TPM_GONE, TPM_REFUSES, DATABASE_DAMAGED,
    KEY_NOT_TURNED, NOT_ON_SERVER.
    """
    require_own_file(data)
    ring = read_key_ring(data)
    if ring.coming is not None:
        # An earlier rotation was cut off: only opening the office ends it.
        raise Refused(Reason.OFFICE_OPEN)
    key = key_by_passphrase(ring.key, passphrase)
    if not opens(data / DATABASE, key):
        raise Refused(Reason.DATABASE_DAMAGED)
    coming_key = secrets.token_bytes(KEY_LENGTH)
    coming = _held(data, coming_key, passphrase, ring.key.tpm is not None)

    def alone() -> None:
        if read_key_ring(data) != ring:
            raise Refused(Reason.OFFICE_OPEN)
        write_key_ring(data, KeyRing(ring.key, coming))

    rekey(data / DATABASE, key, coming_key, alone=alone)
