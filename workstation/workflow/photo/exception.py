"""The exception photo: face and hands of a person whose fingerprints are missing. Kept apart, never on the card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from devices.camera import Frame
from workstation import clock
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.exception import check_exception_photo
from workstation.database import Connection
from workstation.database.applications import application, require_stage
from workstation.database.audit import write_audit
from workstation.database.blobs import get_blob, put_blob
from workstation.database.captures import fingers_of
from workstation.database.moves import keep_capturer
from workstation.database.pictures import add_exception_photo, exception_photo_of
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.photo.steps import as_taken

# Missing fingers are named one stage later, and the person still sits there.
_STAGES = (Stage.PHOTO, Stage.FINGERPRINTS)


@dataclass(frozen=True)
class ExceptionView:
    """`picture`: JPEG or PNG as it was taken, None before there is one; `due`: a finger is named as missing and
    there is none yet; `editable`: one may be taken now. Nothing is held up by a photo that is due."""

    picture: bytes | None
    reason: str
    taken_at: datetime | None
    due: bool
    editable: bool


def take_exception(
    office: Office, who: SignedIn, application_id: str, frame: Frame, reason: str, detector: Detector
) -> ExceptionView:
    """Keeps the whole frame as it was taken, with `reason` in the clerk's words; the newest counts.

    Raises Refused REASON_MISSING, MOVE_NOT_ALLOWED; PortraitError when it breaks the rules of such photos.
    """
    ask(office, who, Verb.PHOTO_TAKE)
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    check_exception_photo(frame.image, detector)
    content, mime = as_taken(frame)

    def verb(tx: Connection) -> ExceptionView:
        actor = acting(tx, office, who, Verb.PHOTO_TAKE)
        require_stage(tx, application_id, *_STAGES)
        now = clock.now()
        picture = put_blob(tx, content, mime)
        add_exception_photo(tx, application_id, picture, reason.strip(), by=actor.id, at=now)
        keep_capturer(tx, application_id, actor.id)
        write_audit(
            tx,
            AuditTag.EXCEPTION_PHOTO_TAKEN,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
        )
        return read_exception(tx, application_id)

    return office.store.write(verb)


def read_exception(connection: Connection, application_id: str) -> ExceptionView:
    """Raises Refused NO_SUCH_APPLICATION."""
    row = application(connection, application_id)
    held = exception_photo_of(connection, application_id)
    missing = any(finger.missing_reason for finger in fingers_of(connection, application_id).values())
    return ExceptionView(
        None if held is None else get_blob(connection, held.picture),
        "" if held is None else held.reason,
        None if held is None else held.taken_at,
        missing and held is None,
        row.stage in _STAGES,
    )


def exception_view(office: Office, application_id: str) -> ExceptionView:
    """What is held now. Raises Refused NO_SUCH_APPLICATION."""
    return office.store.read(lambda connection: read_exception(connection, application_id))
