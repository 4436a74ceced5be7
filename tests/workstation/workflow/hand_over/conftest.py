"""An office with cards that lie ready, each on a blank of the ledger, and everyone who hands over."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest
from sqlalchemy import update

from tests.ui.stages.counter_office import PASSWORD, Counter, finger_image, make_room
from workstation import clock
from workstation.database.boxes import ready_card
from workstation.database.card_jobs import bind_chip
from workstation.database.moves import Actor
from workstation.database.stock import printed_blank
from workstation.database.stock_check import prove_ledger
from workstation.database.tables import applications
from workstation.domain.operator import Role
from workstation.domain.permissions import Verb
from workstation.startup import close_office
from workstation.workflow.hand_over import steps
from workstation.workflow.intake.steps import save_draft
from workstation.workflow.intake.view import view
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.operators import add_operator
from workstation.workflow.sign_in import sign_in
from workstation.workflow.sign_in_confirming import confirm
from workstation.workflow.stock.witness import SecondPerson

SUPERVISOR = SecondPerson("supervisor", PASSWORD)
COLLEAGUE = SecondPerson("colleague", PASSWORD)

GUARDIAN = {
    "guardian_name_lo": "ບຸນມີ",
    "guardian_relation": "father",
    "guardian_identity_number": "12345",
    "guardian_telephone": "020 5555 9999",
}


@dataclass
class Desk:
    """The office, who works in it, and cards that lie ready."""

    office: Office
    clerk: SignedIn
    supervisor: SignedIn
    colleague: SignedIn

    @property
    def counter(self) -> Counter:
        nothing = cast(Any, None)
        return Counter(self.office, self.clerk, self.supervisor, nothing, nothing)

    def ready(self, *, birth_date: str = "1990-01-19", old_card: bool = False, serial: bool = True) -> str:
        """A finished card that waits for its person."""
        documents = "household_book,old_identity_card" if old_card else "household_book"
        changes = {"birth_date": birth_date, "documents": documents}
        if birth_date > "2010":
            changes["documents"] += ",birth_certificate,guardian_identity_card"
            changes |= GUARDIAN
        counter = self.counter
        self.office.proofs.present(self.supervisor.operator.id)
        application_id = counter.approved(counter.at_review(None, **changes))
        counter.decide(application_id)
        counter.finish(application_id)
        if serial:
            self.print_blank(application_id)
        self.bind(application_id)
        return application_id

    def carry_on(self, application_id: str) -> None:
        """A correction goes the whole way until its card lies ready."""
        counter = self.counter
        kept = view(self.office, application_id).fields
        more = {
            "documents": "household_book,evidence",
            "correction_note": "ວັນນາ",
            "correction_subject": "name",
            "consent": "yes",
        }
        save_draft(self.office, self.clerk, application_id, {**kept, **more}).result(10)
        counter.capture(application_id)
        self.office.proofs.present(self.supervisor.operator.id)
        counter.approved(application_id)
        counter.decide(application_id, document_number="LA7654321")
        counter.finish(application_id)
        self.print_blank(application_id)
        self.bind(application_id)

    def bind(self, application_id: str) -> None:
        """A chip of its own."""
        job_id = self.job(application_id)
        self.office.store.write(lambda tx: bind_chip(tx, job_id, uuid4().hex.upper()[:14]))

    def print_blank(self, application_id: str) -> str:
        job_id = self.job(application_id)
        by = Actor(self.clerk.operator.id, Role.CLERK, self.office.station.id)
        return self.office.store.write(lambda tx: printed_blank(tx, job_id, at=clock.now(), by=by))

    def job(self, application_id: str) -> str:
        found = self.office.store.read(lambda connection: ready_card(connection, application_id))
        assert found is not None
        return found.job_id

    def recognised(self, application_id: str) -> None:
        """The holder's finger matches."""
        assert steps.match(self.office, self.clerk, application_id, 2, finger_image(2)).matched

    def confirm(self, who: SignedIn, verb: Verb, object_id: str) -> None:
        confirm(self.office, who, PASSWORD, verb, object_id)

    def waiting_since(self, application_id: str, days: int) -> None:
        """As if the card had been finished so many days ago."""
        then = clock.now() - timedelta(days=days)
        statement = update(applications).where(applications.c.id == application_id).values(stage_since=then)
        self.office.store.write(lambda tx: tx.execute(statement))


@pytest.fixture(scope="module")
def opened() -> Iterator[Desk]:
    """One office for a whole file: founding one costs seconds."""
    with tempfile.TemporaryDirectory(prefix="hand-over-") as folder:
        room = make_room(Path(folder) / "data")
        try:
            administrator = sign_in(room.office, "admin", PASSWORD)
            colleague = add_operator(
                room.office,
                administrator,
                username=COLLEAGUE.username,
                display_name="ນາງ ນ້ອຍ",
                role=Role.CLERK,
                password=PASSWORD,
            )
            yield Desk(room.office, room.clerk, room.supervisor, SignedIn(colleague, clock.now()))
        finally:
            close_office(room.office)


@pytest.fixture
def desk(opened: Desk) -> Iterator[Desk]:
    for who in (opened.clerk, opened.supervisor, opened.colleague):
        opened.office.proofs.present(who.operator.id)
    yield opened
    assert opened.office.store.read(prove_ledger).wrong == ""
