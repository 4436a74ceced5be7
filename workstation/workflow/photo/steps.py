"""The clerk's verbs at the camera."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from devices.camera import Frame
from devices.camera.opencv import cv2
from workstation import clock
from workstation.biometrics.portrait.best import best_picture
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.examine import PortraitReport, Verdict, examine
from workstation.biometrics.portrait.limits import PortraitLimits
from workstation.biometrics.portrait.result import PortraitResult, ResultRules, chip_portrait, make_result
from workstation.database import Connection
from workstation.database.applications import ApplicationRow, require_stage
from workstation.database.audit import write_audit
from workstation.database.blobs import put_blob
from workstation.database.defects import mend_defects
from workstation.database.layouts import layout_in_force
from workstation.database.moves import Actor, keep_capturer, move
from workstation.database.policies import policy_of
from workstation.database.portraits import (
    MadeFiles,
    add_portrait,
    choose_portrait,
    keep_forced,
    portrait_attempts,
    portrait_of,
    portraits_of,
)
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Action, Stage
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.photo.rules import read_limits, result_rules
from workstation.workflow.photo.view import PhotoView, read_photo, report_to_data


def take(
    office: Office, who: SignedIn, application_id: str, image: NDArray[np.uint8], detector: Detector
) -> PhotoView:
    """take_best of one picture (BGR, h x w x 3) of which there are only pixels."""
    return take_best(office, who, application_id, (Frame(image, 0, time.monotonic()),), detector)


def take_best(
    office: Office,
    who: SignedIn,
    application_id: str,
    frames: Sequence[Frame],
    detector: Detector,
    *,
    one_more_because: str = "",
) -> PhotoView:
    """Judges the frames (at least one), crops the best of them and keeps it; it is the portrait from now on.

    The frame itself is kept as it was taken: the camera's own bytes, or losslessly where there are only pixels.
    Beyond the policy's number of attempts since the application came here it needs `one_more_because`, in the
    clerk's words, which the record keeps. Raises Refused PORTRAIT_ATTEMPTS_USED, PortraitError when there is
    no single face to crop.
    """
    ask(office, who, Verb.PHOTO_TAKE)

    def rules_for(connection: Connection) -> tuple[PortraitLimits, ResultRules]:
        row = _admitted(connection, application_id, one_more_because)
        policy = policy_of(connection, row.policy_version)
        layout = layout_in_force(connection, policy.card_layout)
        return read_limits(connection, application_id), result_rules(policy, layout)

    limits, rules = office.store.read(rules_for)
    chosen, report = best_picture(
        [frame.image for frame in frames], lambda image: examine(image, limits, detector)
    )
    frame = frames[chosen]
    result = make_result(frame.image, report, rules, detector.segment)
    chip = chip_portrait(frame.image, report, rules)
    original, mime = as_taken(frame)

    def verb(tx: Connection) -> PhotoView:
        actor = acting(tx, office, who, Verb.PHOTO_TAKE)
        _admitted(tx, application_id, one_more_because)
        now = clock.now()
        add_portrait(
            tx,
            application_id,
            original=put_blob(tx, original, mime),
            cropped=put_blob(tx, result.exchange, "image/jpeg"),
            width=result.placement.width,
            height=result.placement.height,
            report=report_to_data(report),
            by=actor.id,
            at=now,
            made=MadeFiles(
                None if result.printed is None else put_blob(tx, result.printed, "image/jpeg"),
                put_blob(tx, chip, "image/jp2"),
                _facts(result, report, len(frames), one_more_because),
            ),
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


def choose(office: Office, who: SignedIn, application_id: str, portrait_id: str) -> PhotoView:
    """Makes an earlier picture of this application its portrait again. Raises Refused NO_PORTRAIT: it has no such."""

    def verb(tx: Connection) -> PhotoView:
        actor = acting(tx, office, who, Verb.PHOTO_TAKE)
        require_stage(tx, application_id, Stage.PHOTO)
        if portrait_id not in {held.id for held in portraits_of(tx, application_id)}:
            raise Refused(Reason.NO_PORTRAIT)
        choose_portrait(tx, application_id, portrait_id)
        keep_capturer(tx, application_id, actor.id)
        _audit(tx, AuditTag.PORTRAIT_CHOSEN, actor, application_id)
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
        if Verdict(held.report["verdict"]) is Verdict.RED:
            reason = (forced_reason or "").strip()
            if not reason:
                raise Refused(Reason.PORTRAIT_NOT_ACCEPTABLE)
            keep_forced(tx, held.id, reason)
            _audit(tx, AuditTag.PORTRAIT_FORCED, actor, application_id)
        now = clock.now()
        mend_defects(tx, application_id, Stage.PHOTO, at=now)
        return move(tx, application_id, Action.COMPLETE, actor=actor, at=now)

    return office.store.write(verb)


def as_taken(frame: Frame) -> tuple[bytes, str]:
    """The picture's bytes for the record, and their media type: the camera's own, else every pixel as PNG."""
    if frame.jpeg is not None:
        return frame.jpeg, "image/jpeg"
    _, png = cv2.imencode(".png", frame.image, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return png.tobytes(), "image/png"


def _admitted(connection: Connection, application_id: str, one_more_because: str) -> ApplicationRow:
    """The application, if one more picture may be taken for it."""
    row = require_stage(connection, application_id, Stage.PHOTO)
    allowed = policy_of(connection, row.policy_version).portrait_attempts
    taken = portrait_attempts(connection, application_id, row.stage_since)
    if taken >= allowed and not one_more_because.strip():
        raise Refused(Reason.PORTRAIT_ATTEMPTS_USED, allowed=allowed)
    return row


def _facts(
    result: PortraitResult, report: PortraitReport, frames: int, one_more_because: str
) -> dict[str, object]:
    """Where the crop lies in the original and the face in the crop, in pixels; of how many frames it is the best."""
    placement, face = result.placement, result.face
    return {
        "matrix": [[round(value, 6) for value in row] for row in placement.matrix.tolist()],
        "scale": round(placement.scale, 4),
        "degrees": round(placement.degrees, 2),
        "outside": round(placement.outside, 4),
        "eyes": [[round(value, 2) for value in eye] for eye in face.eyes],
        "chin": [round(value, 2) for value in face.chin],
        "engine": report.engine.value,
        "frames": frames,
        "one_more_because": one_more_because.strip(),
    }


def _audit(tx: Connection, tag: AuditTag, actor: Actor, application_id: str) -> None:
    write_audit(
        tx, tag, at=clock.now(), actor=actor.id, station_id=actor.station_id, object_id=application_id
    )
