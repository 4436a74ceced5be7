"""What the fingerprint page shows."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import wsq
from PIL import Image

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields, application
from workstation.database.blobs import get_blob, holds_blob
from workstation.database.captures import StoredFinger, fingers_of
from workstation.database.policies import policy_of
from workstation.domain.policy import Policy
from workstation.domain.stages import Stage
from workstation.workflow.fingerprints.checks import is_good, required_fingers
from workstation.workflow.office import Office
from workstation.workflow.signature.view import SignatureView, read_signature


@dataclass(frozen=True)
class FingerView:
    """One finger: its NFIQ 2 score and picture (PNG), or why it is missing."""

    position: int
    nfiq2: int | None
    preview: bytes | None
    missing_reason: str | None
    attempts: int
    good: bool


@dataclass(frozen=True)
class FingerprintsView:
    """`required` are the positions the policy asks for; `fingers` what is held; `signature` is taken here too."""

    required: tuple[int, ...]
    fingers: Mapping[int, FingerView]
    minimum: int
    attempts_allowed: int
    editable: bool
    signature: SignatureView


@lru_cache(maxsize=32)
def _preview(content: bytes) -> bytes:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    png = io.BytesIO()
    picture.convert("L").save(png, "PNG", compress_level=1)
    return png.getvalue()


def finger_view(connection: Connection, finger: StoredFinger, policy: Policy) -> FingerView:
    # Deleted some time after the hand-over (database.retention).
    held = finger.wsq is not None and holds_blob(connection, finger.wsq)
    preview = _preview(get_blob(connection, finger.wsq)) if finger.wsq is not None and held else None
    return FingerView(
        finger.position,
        finger.nfiq2,
        preview,
        finger.missing_reason,
        finger.attempts,
        is_good(finger, policy),
    )


def read_fingerprints(connection: Connection, application_id: str) -> FingerprintsView:
    """Raises Refused NO_SUCH_APPLICATION."""
    row = application(connection, application_id)
    policy = policy_of(connection, row.policy_version)
    birth_date = accepted_fields(connection, application_id).get("birth_date", "")
    return FingerprintsView(
        required_fingers(birth_date, policy, clock.office_day(clock.now())) if birth_date else (),
        {
            position: finger_view(connection, finger, policy)
            for position, finger in fingers_of(connection, application_id).items()
        },
        policy.finger_quality_minimum,
        policy.finger_attempts,
        row.stage is Stage.FINGERPRINTS,
        read_signature(connection, application_id),
    )


def view(office: Office, application_id: str) -> FingerprintsView:
    """The page as it is now; the engines begin to load. Raises Refused NO_SUCH_APPLICATION."""
    office.analysis.warm_up()
    return office.store.read(lambda connection: read_fingerprints(connection, application_id))


# Importing wsq teaches Pillow to read WSQ.
assert wsq is not None
