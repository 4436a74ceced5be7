"""What the intake page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workstation import clock
from workstation.database import Connection
from workstation.database.applications import accepted_fields, application, draft_fields
from workstation.database.defects import Defect, open_defects
from workstation.database.forms import form_in_force, form_of, kinds_in_force
from workstation.database.households import unconfirmed
from workstation.database.policies import policy_of
from workstation.database.receipts import Receipt, receipt_of
from workstation.domain.form import KINDS, PRE_REGISTRATION, SOURCE, Form, Words
from workstation.domain.stages import Stage
from workstation.workflow.intake.card_room import unfit_here
from workstation.workflow.intake.checks import is_other_office, missing_documents
from workstation.workflow.intake.tidy import judged
from workstation.workflow.office import Office

__all__ = ["IntakeView", "Receipt", "receipt", "typed_fields", "view"]


@dataclass(frozen=True)
class IntakeView:
    """`fields` are as last typed; `faults` say what would keep intake from being completed now.

    `kinds` are the kinds of application with their names; `papers` the codes of required papers not yet shown;
    `sources` where a value came from (field -> typed, proposed, document); `carried` the fields that nobody has
    confirmed since they were taken over; `today` the office day of these judgements.
    """

    application_id: str
    form: Form
    kinds: tuple[tuple[str, Words], ...]
    fields: Mapping[str, str]
    faults: Mapping[str, str]
    papers: tuple[str, ...]
    sources: Mapping[str, str]
    carried: tuple[str, ...]
    receipt: Receipt | None
    today: date
    editable: bool
    other_office: bool
    defects: tuple[Defect, ...]

    @property
    def pre_registered(self) -> bool:
        """Whether something waits for a confirmation that the person said before coming."""
        return PRE_REGISTRATION in {self.sources.get(name) for name in self.carried}


def typed_fields(connection: Connection, application_id: str) -> dict[str, str]:
    """The draft, or what was accepted before when the application came back and nothing was typed since."""
    draft = draft_fields(connection, application_id)
    return accepted_fields(connection, application_id) if draft is None else draft


def view(office: Office, application_id: str) -> IntakeView:
    """Raises Refused NO_SUCH_APPLICATION, NO_FORM."""

    def query(connection: Connection) -> IntakeView:
        row = application(connection, application_id)
        policy = policy_of(connection, row.policy_version)
        form = form_of(connection, application_id)
        fields = typed_fields(connection, application_id)
        today = clock.office_day(clock.now())
        tidy, found = judged(form, fields, policy, today)
        held = kinds_in_force(connection)
        return IntakeView(
            application_id=application_id,
            form=form,
            kinds=tuple((kind, form_in_force(connection, kind).name) for kind in KINDS if kind in held),
            fields=fields,
            faults=unfit_here(connection, policy, tidy) | found,
            papers=missing_documents(form, tidy, policy, today),
            sources={
                name.removesuffix(SOURCE): text for name, text in fields.items() if name.endswith(SOURCE)
            },
            carried=unconfirmed(connection, application_id, fields),
            receipt=receipt_of(connection, application_id),
            today=today,
            editable=row.stage is Stage.INTAKE,
            other_office=is_other_office(fields, policy, office.station),
            defects=tuple(d for d in open_defects(connection, application_id) if d.stage is Stage.INTAKE),
        )

    return office.store.read(query)


def receipt(office: Office, application_id: str) -> Receipt | None:
    """What was paid for the application, or None."""
    return office.store.read(lambda connection: receipt_of(connection, application_id))
