"""The clerk's verbs at the camera."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from devices.camera.opencv import cv2
from workstation import clock
from workstation.biometrics.portrait.crop import crop
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.encode import encode_jpeg
from workstation.biometrics.portrait.examine import Verdict, examine
from workstation.database import Connection
from workstation.database.applications import require_stage
from workstation.database.audit import write_audit
from workstation.database.blobs import put_blob
from workstation.database.captures import add_portrait, keep_forced, portrait_of
from workstation.database.defects import mend_defects
from workstation.database.moves import keep_capturer, move
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Action, Stage
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.photo.view import PhotoView, read_limits, read_photo, report_to_data

# ICAO Doc 9303-3 portrait proportions as the card's layout has them, at the card's print resolution doubled.
PORTRAIT_MM = (25.0, 32.0)
PORTRAIT_DPI = 600


def take(
    office: Office, who: SignedIn, application_id: str, frame: NDArray[np.uint8], detector: Detector
) -> PhotoView:
    """Measures the frame (BGR, h x w x 3), crops it, keeps both; the newest picture is the portrait.

    The untouched frame is kept losslessly. Raises PortraitError when there is no single face to crop.
    """
    ask(office, who, Verb.PHOTO_TAKE)
    limits = office.store.read(lambda connection: read_limits(connection, application_id))
    report = examine(frame, limits, detector)
    portrait = crop(frame, report, width_mm=PORTRAIT_MM[0], height_mm=PORTRAIT_MM[1], dpi=PORTRAIT_DPI)
    jpeg = encode_jpeg(portrait)
    _, original = cv2.imencode(".png", frame, [cv2.IMWRITE_PNG_COMPRESSION, 1])

    def verb(tx: Connection) -> PhotoView:
        actor = acting(tx, office, who, Verb.PHOTO_TAKE)
        require_stage(tx, application_id, Stage.PHOTO)
        now = clock.now()
        add_portrait(
            tx,
            application_id,
            original=put_blob(tx, original.tobytes(), "image/png"),
            cropped=put_blob(tx, jpeg, "image/jpeg"),
            width=portrait.shape[1],
            height=portrait.shape[0],
            report=report_to_data(report),
            by=actor.id,
            at=now,
        )
        keep_capturer(tx, application_id, actor.id)
        write_audit(
            tx,
            AuditTag.PORTRAIT_TAKEN,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
            verdict=report.verdict.value,
        )
        return read_photo(tx, application_id)

    return office.store.write(verb)


def complete(office: Office, who: SignedIn, application_id: str, forced_reason: str | None = None) -> Stage:
    """Accepts the portrait. A red one passes only with a reason, which is flagged in the record.

    Raises Refused NO_PORTRAIT, PORTRAIT_NOT_ACCEPTABLE.
    """

    def verb(tx: Connection) -> Stage:
        actor = acting(tx, office, who, Verb.PHOTO_COMPLETE)
        require_stage(tx, application_id, Stage.PHOTO)
        held = portrait_of(tx, application_id)
        if held is None:
            raise Refused(Reason.NO_PORTRAIT)
        now = clock.now()
        if Verdict(held.report["verdict"]) is Verdict.RED:
            reason = (forced_reason or "").strip()
            if not reason:
                raise Refused(Reason.PORTRAIT_NOT_ACCEPTABLE)
            keep_forced(tx, held.id, reason)
            write_audit(
                tx,
                AuditTag.PORTRAIT_FORCED,
                at=now,
                actor=actor.id,
                station_id=actor.station_id,
                object_id=application_id,
            )
        mend_defects(tx, application_id, Stage.PHOTO, at=now)
        return move(tx, application_id, Action.COMPLETE, actor=actor, at=now)

    return office.store.write(verb)
