"""The approved application as the registry must know it."""

from __future__ import annotations

from datetime import datetime

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields, application
from workstation.database.blobs import get_mime
from workstation.database.captures import fingers_of
from workstation.database.moves import capturers
from workstation.database.policies import policy_of
from workstation.database.portraits import portrait_of
from workstation.database.signatures import signature_of
from workstation.database.station import operator_by_id
from workstation.interchange.enrolment import EnrolmentRecord, Finger, Portrait, Signature, to_message
from workstation.workflow.fingerprints.checks import required_fingers
from workstation.workflow.office import Office


def enrolment_message(
    connection: Connection, office: Office, application_id: str, *, approved_by: str, at: datetime
) -> bytes:
    """The outbox message of the approval."""
    row = application(connection, application_id)
    policy = policy_of(connection, row.policy_version)
    fields = accepted_fields(connection, application_id)
    portrait = portrait_of(connection, application_id)
    signature = signature_of(connection, application_id)
    captured_by = tuple(sorted(capturers(connection, application_id)))
    people = [operator_by_id(connection, one) for one in (*captured_by, approved_by)]
    fingers = tuple(
        Finger(held.position, missing=held.missing_reason or "")
        if held.wsq is None or held.template is None
        else Finger(
            held.position,
            held.wsq,
            held.width or 0,
            held.height or 0,
            held.dpi or 0,
            held.nfiq2 or 0,
            held.template,
        )
        for held in fingers_of(connection, application_id).values()
        if held.wsq is not None or held.missing_reason is not None
    )
    return to_message(
        EnrolmentRecord(
            enrolment_id=application_id,
            application_number=row.number,
            office_code=office.station.office_code,
            station_code=office.station.station_code,
            policy_version=row.policy_version,
            captured_by=captured_by,
            approved_by=approved_by,
            roles={one.id: one.role.value for one in people if one is not None},
            enrolled_at=at.isoformat(),
            kind=row.kind,
            biographic={name: text for name, text in fields.items() if name != "documents"},
            documents=tuple(filter(None, fields.get("documents", "").split(","))),
            fingers_required=len(required_fingers(fields["birth_date"], policy, clock.office_day(at))),
            portrait=None
            if portrait is None
            else Portrait(
                portrait.cropped, get_mime(connection, portrait.cropped), portrait.width, portrait.height
            ),
            fingers=fingers,
            signature=None
            if signature is None or signature.picture is None
            else Signature(signature.picture, signature.width, signature.height),
        )
    )
