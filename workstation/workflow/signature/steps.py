"""The clerk's verbs at the signature pad."""

from __future__ import annotations

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import require_stage
from workstation.database.audit import write_audit
from workstation.database.blobs import put_blob
from workstation.database.moves import keep_capturer
from workstation.database.signatures import StoredSignature, add_signature
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.signature.picture import trimmed
from workstation.workflow.signature.view import SignatureView, read_signature


def take_signature(office: Office, who: SignedIn, application_id: str, png: bytes) -> SignatureView:
    """Keeps what the person wrote on the pad (PNG, ink darker than its paper); it is on the card from now on.

    Raises Refused SIGNATURE_EMPTY, SIGNATURE_UNUSABLE, MOVE_NOT_ALLOWED (the captures are over).
    """
    ask(office, who, Verb.SIGNATURE_TAKE)
    picture = trimmed(png)

    def verb(tx: Connection) -> SignatureView:
        sha256 = put_blob(tx, picture.png, "image/png")
        kept = StoredSignature(sha256, picture.width, picture.height, "")
        return _keep(tx, office, who, application_id, kept)

    return office.store.write(verb)


def note_cannot_sign(office: Office, who: SignedIn, application_id: str, reason: str) -> SignatureView:
    """The card shows no signature, and why; one that was taken before does not count any more.

    Raises Refused REASON_MISSING, MOVE_NOT_ALLOWED.
    """
    ask(office, who, Verb.SIGNATURE_TAKE)
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    unsigned = StoredSignature(None, 0, 0, reason.strip())
    return office.store.write(lambda tx: _keep(tx, office, who, application_id, unsigned))


def _keep(
    tx: Connection, office: Office, who: SignedIn, application_id: str, signature: StoredSignature
) -> SignatureView:
    actor = acting(tx, office, who, Verb.SIGNATURE_TAKE)
    require_stage(tx, application_id, Stage.FINGERPRINTS)
    now = clock.now()
    add_signature(tx, application_id, signature, by=actor.id, at=now)
    keep_capturer(tx, application_id, actor.id)
    write_audit(
        tx,
        AuditTag.SIGNATURE_ABSENT if signature.picture is None else AuditTag.SIGNATURE_TAKEN,
        at=now,
        actor=actor.id,
        station_id=actor.station_id,
        object_id=application_id,
    )
    return read_signature(tx, application_id)
