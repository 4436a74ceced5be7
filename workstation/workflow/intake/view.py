"""What the intake page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields, application, draft_fields
from workstation.database.defects import Defect, open_defects
from workstation.database.policies import policy_of
from workstation.domain.stages import Stage
from workstation.workflow.intake.checks import faults, is_other_office
from workstation.workflow.office import Office


@dataclass(frozen=True)
class IntakeView:
    """`fields` are as last typed; `faults` say what would keep intake from being completed now."""

    application_id: str
    fields: Mapping[str, str]
    faults: Mapping[str, str]
    editable: bool
    other_office: bool
    defects: tuple[Defect, ...]


def typed_fields(connection: Connection, application_id: str) -> dict[str, str]:
    """The draft, or what was accepted before when the application came back and nothing was typed since."""
    draft = draft_fields(connection, application_id)
    return accepted_fields(connection, application_id) if draft is None else draft


def view(office: Office, application_id: str) -> IntakeView:
    """Raises Refused NO_SUCH_APPLICATION."""

    def query(connection: Connection) -> IntakeView:
        row = application(connection, application_id)
        policy = policy_of(connection, row.policy_version)
        fields = typed_fields(connection, application_id)
        return IntakeView(
            application_id,
            fields,
            faults(fields, policy, clock.office_day(clock.now())),
            row.stage is Stage.INTAKE,
            is_other_office(fields, policy, office.station),
            tuple(d for d in open_defects(connection, application_id) if d.stage is Stage.INTAKE),
        )

    return office.store.read(query)
