"""The person's earlier picture beside the new portrait: from a file, or from the card that is being replaced.

A person compares. An engine that scores the likeness of two faces would be asked in `comparison`, where both
pictures stand aligned; the program has none and gives no score.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from workstation import clock
from workstation.biometrics.portrait.align import Eyes, align
from workstation.biometrics.portrait.decode import decode_picture
from workstation.biometrics.portrait.detect import Detector
from workstation.biometrics.portrait.landmarks import Picture
from workstation.biometrics.portrait.placement import PortraitError
from workstation.database import Connection
from workstation.database.applications import accepted_fields, require_stage
from workstation.database.audit import write_audit
from workstation.database.blobs import get_blob, put_blob
from workstation.database.moves import keep_capturer
from workstation.database.pictures import StoredEarlier, earlier_of, put_earlier
from workstation.database.portraits import StoredPortrait, portrait_of, portrait_of_document
from workstation.domain.audit import AuditTag
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.workflow.office import Office, SignedIn, acting, ask
from workstation.workflow.review.checks import old_card_of

Source = Literal["file", "application"]
_MIMES = {b"\xff\xd8": "image/jpeg", b"\x89P": "image/png", b"BM": "image/bmp", b"II": "image/tiff"}


@dataclass(frozen=True, eq=False)
class Comparison:
    """new, earlier: (height, width, 3) uint8 blue-green-red of one size, the eyes at the same place in both;
    earlier is None where there is none to compare with. source: where it comes from; at: when that portrait was
    taken or the file brought in."""

    new: Picture
    earlier: Picture | None
    source: Source | None
    at: datetime | None


def keep_earlier(
    office: Office, who: SignedIn, application_id: str, content: bytes, detector: Detector
) -> None:
    """Keeps a picture file of the person, byte for byte, to compare with; it replaces one that was kept before.

    Raises PictureError (no usable picture), PortraitError "no-face" or "face-unclear", Refused MOVE_NOT_ALLOWED.
    """
    ask(office, who, Verb.PHOTO_TAKE)
    eyes = find_eyes(decode_picture(content), detector)

    def verb(tx: Connection) -> None:
        actor = acting(tx, office, who, Verb.PHOTO_TAKE)
        require_stage(tx, application_id, Stage.PHOTO)
        now = clock.now()
        picture = put_blob(tx, content, _MIMES.get(content[:2], "application/octet-stream"))
        put_earlier(tx, application_id, picture, eyes, by=actor.id, at=now)
        keep_capturer(tx, application_id, actor.id)
        write_audit(
            tx,
            AuditTag.EARLIER_PORTRAIT_KEPT,
            at=now,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=application_id,
        )

    office.store.write(verb)


def comparison(office: Office, application_id: str, detector: Detector) -> Comparison:
    """The chosen portrait and the earlier picture laid over it: the file that was kept, else the portrait on the card
    whose number the applicant gave as the old one.

    Raises Refused NO_PORTRAIT; PortraitError where no eyes are found in one of them.
    """

    def read(connection: Connection) -> tuple[StoredPortrait, bytes, _Held | None]:
        held = portrait_of(connection, application_id)
        if held is None:
            raise Refused(Reason.NO_PORTRAIT)
        return held, get_blob(connection, held.cropped), _earlier(connection, application_id)

    portrait, content, held = office.store.read(read)
    new = decode_picture(content)
    if held is None:
        return Comparison(new, None, None, None)
    earlier = decode_picture(held.content)
    eyes = held.eyes or find_eyes(earlier, detector)
    onto = _eyes_in_record(portrait) or find_eyes(new, detector)
    laid = align(earlier, eyes, onto, (new.shape[1], new.shape[0]))
    return Comparison(new, laid, held.source, held.at)


def find_eyes(picture: Picture, detector: Detector) -> Eyes:
    """The eyes of the largest face. Raises PortraitError "no-face", "face-unclear"."""
    found = detector.detect(picture)
    if not found.faces:
        raise PortraitError("no-face", faces=0)
    if found.landmarks is None:
        raise PortraitError("face-unclear")
    return found.landmarks.eyes


@dataclass(frozen=True)
class _Held:
    content: bytes
    eyes: Eyes | None
    source: Source
    at: datetime


def _earlier(connection: Connection, application_id: str) -> _Held | None:
    kept: StoredEarlier | None = earlier_of(connection, application_id)
    if kept is not None:
        return _Held(get_blob(connection, kept.picture), kept.eyes, "file", kept.kept_at)
    number = old_card_of(accepted_fields(connection, application_id))
    found = portrait_of_document(connection, number, but=application_id) if number else None
    if found is None:
        return None
    _, portrait = found
    return _Held(
        get_blob(connection, portrait.cropped), _eyes_in_record(portrait), "application", portrait.taken_at
    )


def _eyes_in_record(portrait: StoredPortrait) -> Eyes | None:
    eyes = portrait.facts.get("eyes")
    return None if eyes is None else ((eyes[0][0], eyes[0][1]), (eyes[1][0], eyes[1][1]))
