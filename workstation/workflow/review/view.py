"""What the reviewer sees on one screen, and whether she may decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields, application
from workstation.database.captures import fingers_of
from workstation.database.forms import form_of
from workstation.database.households import carried_of
from workstation.database.moves import capturers
from workstation.database.policies import policy_of
from workstation.database.portraits import portrait_of
from workstation.database.reviews import others_born_alike
from workstation.database.signatures import signature_of
from workstation.database.station import operator_by_id
from workstation.domain.form import PRE_REGISTRATION, SOURCE, Form
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Action, Stage, next_move
from workstation.workflow.fingerprints.checks import required_fingers
from workstation.workflow.fingerprints.view import FingerprintsView, read_fingerprints
from workstation.workflow.header import Header, read_header
from workstation.workflow.office import Office, SignedIn, acting
from workstation.workflow.photo.view import PhotoView, read_photo, requirements_from_data
from workstation.workflow.review.checks import (
    Compared,
    Point,
    identity_number_of,
    old_card_of,
    points,
    same_person,
)


@dataclass(frozen=True)
class ReviewView:
    """`captured_by` are display names; `why_not` names the rule that keeps this operator from deciding; `points` is
    what she must look at before she approves; `compared` the other application of the same person; `form` what the
    fields are called."""

    header: Header
    fields: Mapping[str, str]
    photo: PhotoView
    fingerprints: FingerprintsView
    captured_by: tuple[str, ...]
    may_decide: bool
    why_not: Reason | None
    points: tuple[Point, ...]
    compared: Compared | None
    form: Form | None


@dataclass(frozen=True)
class Pointed:
    """The points of an application and what they were compared with."""

    points: tuple[Point, ...]
    compared: Compared | None


def _carried(connection: Connection, application_id: str, fields: Mapping[str, str]) -> frozenset[str]:
    """The fields that still hold what was taken over from the household."""
    carried = carried_of(connection, application_id)
    # What the person said before coming is his own word, confirmed at the counter as anything he says there.
    return frozenset(
        value.field
        for value in carried
        if fields.get(value.field) == value.value and fields.get(value.field + SOURCE) != PRE_REGISTRATION
    )


def _form(connection: Connection, application_id: str) -> Form | None:
    # A form that cannot be read any more must not keep an application from being reviewed.
    try:
        return form_of(connection, application_id)
    except Refused:
        return None


def read_points(connection: Connection, application_id: str) -> Pointed:
    """What the reviewer must have looked at, as everything is now. Raises Refused NO_SUCH_APPLICATION."""
    policy = policy_of(connection, application(connection, application_id).policy_version)
    fields = accepted_fields(connection, application_id)
    portrait = portrait_of(connection, application_id)
    signature = signature_of(connection, application_id)
    birth_date = fields.get("birth_date", "")
    others = others_born_alike(
        connection,
        application_id,
        birth_date=birth_date,
        identity_number=identity_number_of(fields),
        document_number=old_card_of(fields),
    )
    compared = same_person(fields, others)
    return Pointed(
        points(
            fields,
            compared,
            _carried(connection, application_id, fields),
            () if portrait is None else requirements_from_data(portrait.report),
            None if portrait is None else portrait.forced_reason,
            required_fingers(birth_date, policy, clock.office_day(clock.now())) if birth_date else (),
            fingers_of(connection, application_id),
            policy,
            signed=signature is not None and signature.picture is not None,
        ),
        compared,
    )


def _why_not(connection: Connection, office: Office, who: SignedIn, application_id: str) -> Reason | None:
    try:
        actor = acting(connection, office, who, Verb.APPROVE)
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
        acting(connection, office, who, Verb.LOOK)
        names = [operator_by_id(connection, capturer) for capturer in capturers(connection, application_id)]
        why_not = _why_not(connection, office, who, application_id)
        pointed = read_points(connection, application_id)
        return ReviewView(
            read_header(connection, application_id),
            accepted_fields(connection, application_id),
            read_photo(connection, application_id),
            read_fingerprints(connection, application_id),
            tuple(sorted(operator.display_name for operator in names if operator is not None)),
            why_not is None and application(connection, application_id).stage is Stage.REVIEW,
            why_not,
            pointed.points,
            pointed.compared,
            _form(connection, application_id),
        )

    return office.store.read(query)
