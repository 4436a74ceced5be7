"""What pages show of the holder's signature."""

from __future__ import annotations

from dataclasses import dataclass

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields, application
from workstation.database.blobs import get_blob
from workstation.database.policies import policy_of
from workstation.database.signatures import signature_of
from workstation.domain.applicant import PartialDate


@dataclass(frozen=True)
class SignatureView:
    """`picture`: PNG, grey on white, None where there is none; `unsigned_reason`: why the person cannot sign. `asked`,
    `required`: what the policy says at this person's age."""

    picture: bytes | None = None
    unsigned_reason: str = ""
    asked: bool = False
    required: bool = False

    @property
    def settled(self) -> bool:
        """Whether the person has signed, or cannot."""
        return self.picture is not None or bool(self.unsigned_reason)


def read_signature(connection: Connection, application_id: str) -> SignatureView:
    """Raises Refused NO_SUCH_APPLICATION."""
    rules = policy_of(connection, application(connection, application_id).policy_version).signature
    birth_date = accepted_fields(connection, application_id).get("birth_date", "")
    asked = bool(birth_date) and rules.asked_at(
        PartialDate.parse(birth_date).age_on(clock.office_day(clock.now()))
    )
    held = signature_of(connection, application_id)
    return SignatureView(
        None if held is None or held.picture is None else get_blob(connection, held.picture),
        "" if held is None else held.unsigned_reason,
        asked,
        asked and rules.required,
    )
