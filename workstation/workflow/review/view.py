"""What the reviewer sees on one screen, and whether she may decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workstation.database import Connection
from workstation.database.applications import accepted_fields, application
from workstation.database.moves import capturers
from workstation.database.station import operator_by_id
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Action, Stage, next_move
from workstation.workflow.fingerprints.view import FingerprintsView, read_fingerprints
from workstation.workflow.header import Header, read_header
from workstation.workflow.office import Office, SignedIn, acting
from workstation.workflow.photo.view import PhotoView, read_photo


@dataclass(frozen=True)
class ReviewView:
    """`captured_by` are display names; `why_not` names the rule that keeps this operator from deciding."""

    header: Header
    fields: Mapping[str, str]
    photo: PhotoView
    fingerprints: FingerprintsView
    captured_by: tuple[str, ...]
    may_decide: bool
    why_not: Reason | None


def _why_not(connection: Connection, office: Office, who: SignedIn, application_id: str) -> Reason | None:
    try:
        actor = acting(connection, office, who)
        next_move(
            application(connection, application_id).stage,
            Action.APPROVE,
            role=actor.role,
            actor=actor.id,
            captured_by=capturers(connection, application_id),
            switched_off=frozenset(),
        )
    except Refused as refusal:
        return refusal.reason
    return None


def view(office: Office, who: SignedIn, application_id: str) -> ReviewView:
    """Raises Refused NO_SUCH_APPLICATION."""

    def query(connection: Connection) -> ReviewView:
        names = [operator_by_id(connection, capturer) for capturer in capturers(connection, application_id)]
        why_not = _why_not(connection, office, who, application_id)
        return ReviewView(
            read_header(connection, application_id),
            accepted_fields(connection, application_id),
            read_photo(connection, application_id),
            read_fingerprints(connection, application_id),
            tuple(sorted(operator.display_name for operator in names if operator is not None)),
            why_not is None and application(connection, application_id).stage is Stage.REVIEW,
            why_not,
        )

    return office.store.read(query)
