"""An approval from the province by the registry: asked, answered once, applied by a person; all else refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.faults.registry_process import RegistryProcess
from tests.offices import PASSWORD as PROVINCE_PASSWORD
from tests.offices import Staffed, staffed_office
from tests.ui.stages.counter_office import PASSWORD, Counter, Room, make_room
from tests.workstation.sync.conftest import PATIENCE
from tests.workstation.workflow.approvals.conftest import refused
from workstation.database.applications import application
from workstation.database.approval_letters import HeldLetter, approval_letters, letters_about
from workstation.database.audit import audit_of
from workstation.database.moves import Actor
from workstation.domain.audit import AuditTag
from workstation.domain.operator import Role
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.interchange import approval_letter
from workstation.interchange.approval import read_card
from workstation.interchange.approval_letter import Letter, LetterKind
from workstation.interchange.canonical import canonical
from workstation.interchange.errors import MessageDamaged
from workstation.startup import close_office
from workstation.sync import decision_feed
from workstation.sync.approval_exchange import ApprovalExchange
from workstation.sync.engine import REGISTRY_ACTOR
from workstation.sync.errors import RegistryError, RegistryFault
from workstation.sync.registry_client import RegistryClient
from workstation.workflow.approvals.keys import make_approval_key, trust
from workstation.workflow.approvals.letters import answer, apply_answer, ask_elsewhere, refuse
from workstation.workflow.approvals.steps import LIFETIME, look_at_request
from workstation.workflow.approvals.view import Asked, ForMe, LetterState, approvals_view
from workstation.workflow.office import Office
from workstation.workflow.sign_in import sign_in

PASSPHRASE = "her own passphrase"


class Offices:
    """An office of two, the province whose supervisor it trusts, and the registry between them."""

    def __init__(self, here: Room, province: Staffed, registry: RegistryProcess) -> None:
        self.here, self.province = here, province
        # In this office the supervisor captures: nobody else there may approve.
        self.counter = Counter(here.office, here.supervisor, here.supervisor, None, None)  # type: ignore[arg-type]  # no page is shown
        administrator = sign_in(here.office, "admin", PASSWORD)
        card = make_approval_key(province.office, province.supervisor, PASSPHRASE)
        self.approver = read_card(card).operator_id
        trust(here.office, administrator, card, read_card(card).fingerprint)
        self._url = registry.url
        # The fingerprint engines start here, not in the first test.
        self.counter.at_review()

    def ask(self) -> tuple[str, str]:
        """The application and the request."""
        one = self.counter.at_review()
        return one, ask_elsewhere(self.here.office, self.here.clerk, one, self.approver)

    def exchange(self, *offices: Office) -> None:
        """Both stations synchronise, twice: letters go and come."""
        with closing(RegistryClient(self._url, PATIENCE)) as client:
            for office in (offices or (self.here.office, self.province.office)) * 2:
                actor = Actor(REGISTRY_ACTOR, Role.REGISTRY, office.station.id)
                ApprovalExchange(office.store, actor).send(client)
                while decision_feed.pull(client, office.store, actor):
                    pass

    def send(self, letter: Letter) -> None:
        """Straight to the registry."""
        with closing(RegistryClient(self._url, PATIENCE)) as client:
            client.send_approval_letter(letter)

    def asked(self, request_id: str) -> Asked:
        seen = approvals_view(self.here.office, self.here.clerk)
        return next(one for one in seen.asked if one.request_id == request_id)

    def for_her(self, request_id: str) -> ForMe | None:
        seen = approvals_view(self.province.office, self.province.supervisor)
        return next((one for one in seen.for_me if one.request_id == request_id), None)

    def sign(self, request_id: str) -> None:
        waiting = self.for_her(request_id)
        assert waiting is not None
        seen = frozenset(waiting.points)
        answer(self.province.office, self.province.supervisor, request_id, PASSPHRASE, seen)

    def apply(self, request_id: str) -> Stage:
        return apply_answer(self.here.office, self.here.clerk, request_id)

    def letters(self, office: Office, request_id: str) -> tuple[HeldLetter, ...]:
        return office.store.read(lambda c: letters_about(c, request_id))


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    registry = RegistryProcess(tmp_path_factory.mktemp("registry") / "registry.db")
    here = make_room(tmp_path_factory.mktemp("here") / "data")
    with staffed_office(tmp_path_factory.mktemp("province") / "data") as province:
        yield Offices(here, province, registry)
    close_office(here.office)
    registry.stop()


def tags(office: Office, object_id: str) -> list[AuditTag]:
    return [AuditTag(entry.tag) for entry in office.store.read(lambda c: audit_of(c, object_id))]


def test_asked_signed_and_applied_once(offices: Offices) -> None:
    one, request_id = offices.ask()
    assert offices.asked(request_id).state is LetterState.TO_SEND
    offices.exchange()
    assert offices.asked(request_id).state is LetterState.SENT
    waiting = offices.for_her(request_id)
    assert waiting is not None
    assert waiting.fields["given_name_latin"] == "Bouavannalisavanh"
    assert set(waiting.digests) >= {"PORTRAIT", "RIGHT_INDEX"}
    refused(Reason.APPROVAL_OTHER, lambda: offices.apply(request_id))
    offices.sign(request_id)
    assert offices.for_her(request_id) is None
    refused(Reason.APPROVAL_ANSWERED, lambda: answer_again(offices, request_id))
    assert offices.asked(request_id).state is LetterState.SENT
    offices.exchange()
    offices.exchange()
    assert offices.asked(request_id).state is LetterState.SIGNED
    assert offices.counter.stage(one) is Stage.REVIEW, "a person applies it"
    assert offices.apply(request_id) is Stage.DECISION
    assert offices.asked(request_id).state is LetterState.APPLIED
    row = offices.here.office.store.read(lambda c: application(c, one))
    assert row.approved_by == offices.approver
    refused(Reason.APPROVAL_USED, lambda: offices.apply(request_id))
    assert len(offices.letters(offices.here.office, request_id)) == 2
    sent = tags(offices.here.office, request_id)
    assert sent == [AuditTag.APPROVAL_LETTER_SENT, AuditTag.APPROVAL_LETTER_RECEIVED]


def answer_again(offices: Offices, request_id: str) -> None:
    answer(offices.province.office, offices.province.supervisor, request_id, PASSPHRASE, frozenset())


def test_her_no_comes_back_with_its_reason(offices: Offices) -> None:
    one, request_id = offices.ask()
    offices.exchange()
    province, her = offices.province.office, offices.province.supervisor
    refused(Reason.REASON_MISSING, lambda: refuse(province, her, request_id, PASSPHRASE, "  "))
    refused(Reason.WRONG_PASSPHRASE, lambda: refuse(province, her, request_id, "not hers at all", "why"))
    refuse(province, her, request_id, PASSPHRASE, "ຊື່ບໍ່ຄືກັບສຳມະໂນຄົວ")
    refused(Reason.APPROVAL_ANSWERED, lambda: answer_again(offices, request_id))
    offices.exchange()
    told = offices.asked(request_id)
    assert (told.state, told.reason) == (LetterState.REFUSED, "ຊື່ບໍ່ຄືກັບສຳມະໂນຄົວ")
    refused(Reason.APPROVAL_REFUSED, lambda: offices.apply(request_id))
    assert offices.counter.stage(one) is Stage.REVIEW
    seen = approvals_view(offices.here.office, offices.here.clerk)
    assert one in {choice.id for choice in seen.reviews}, "it can be asked for again"


def test_points_are_looked_at_first(offices: Offices) -> None:
    _one, request_id = offices.ask()
    offices.exchange()
    waiting = offices.for_her(request_id)
    assert waiting is not None
    if waiting.points:
        refused(Reason.POINTS_NOT_VISITED, lambda: answer_again(offices, request_id))


def test_too_late(offices: Offices, wait: Callable[[timedelta], None]) -> None:
    _one, signed = offices.ask()
    offices.exchange()
    offices.sign(signed)
    _other, unsigned = offices.ask()
    wait(LIFETIME + timedelta(minutes=1))
    assert offices.for_her(unsigned) is None
    assert offices.asked(unsigned).state is LetterState.EXPIRED
    offices.exchange()
    assert offices.asked(unsigned).state is LetterState.EXPIRED
    assert not offices.letters(offices.here.office, unsigned)[0].sent
    assert offices.asked(signed).state is LetterState.EXPIRED
    held = offices.letters(offices.province.office, signed)
    assert [one.kind for one in held] == [LetterKind.APPROVAL], "the other office keeps no form of theirs"


def test_only_a_trusted_other_person_is_asked(offices: Offices) -> None:
    one = offices.counter.at_review()
    here = offices.here
    refused(Reason.APPROVER_UNKNOWN, lambda: ask_elsewhere(here.office, here.clerk, one, "nobody"))
    refused(
        Reason.APPROVER_UNKNOWN,
        lambda: ask_elsewhere(here.office, here.clerk, one, here.supervisor.operator.id),
    )
    card = make_approval_key(here.office, here.supervisor, PASSPHRASE)
    administrator = sign_in(here.office, "admin", PASSWORD)
    trust(here.office, administrator, card, read_card(card).fingerprint)
    refused(
        Reason.SAME_PERSON,
        lambda: ask_elsewhere(here.office, here.clerk, one, here.supervisor.operator.id),
    )
    assert approvals_view(here.office, here.clerk).asked is not None
    province = offices.province
    refused(
        Reason.ROLE_NOT_ALLOWED, lambda: answer(province.office, province.clerk, "x", PASSPHRASE, frozenset())
    )
    sign_in(province.office, province.supervisor.operator.username, PROVINCE_PASSWORD)


def test_an_answer_bent_on_the_way_is_seen(offices: Offices) -> None:
    one, request_id = offices.ask()
    offices.exchange()
    offices.sign(request_id)
    offices.exchange()
    came = next(x for x in offices.letters(offices.here.office, request_id) if not x.outgoing)
    bent = came.document.replace(b'"signature":"', b'"signature":"AAAA')[:-4]
    for document in (bent, came.document.replace(b'"approve"', b'"reject"'), b"{}"):
        change = update(approval_letters).where(approval_letters.c.id == came.id).values(document=document)
        offices.here.office.store.write(lambda tx, change=change: tx.execute(change))  # type: ignore[misc]  # bound now
        assert offices.asked(request_id).state is LetterState.DAMAGED
        with pytest.raises(Refused):
            offices.apply(request_id)
    assert offices.counter.stage(one) is Stage.REVIEW


class Wire:
    """What a patched station would send, straight to the registry."""

    def __init__(self, offices: Offices) -> None:
        self.offices = offices
        _one, self.request_id = offices.ask()
        offices.exchange(offices.here.office)
        (self.request,) = (
            self._letter(held) for held in offices.letters(offices.here.office, self.request_id)
        )

    def _letter(self, held: HeldLetter) -> Letter:
        mine = held.outgoing
        codes = (self.offices.here.office.station.office_code, held.office_code)
        return Letter(
            held.id,
            held.kind,
            held.request_id,
            codes[0] if mine else codes[1],
            codes[1] if mine else codes[0],
            held.approver,
            held.expires_at.isoformat(),
            held.document,
        )

    def refused(self, letter: Letter, fault: RegistryFault, number: int) -> None:
        with pytest.raises(RegistryError) as error:
            self.offices.send(letter)
        assert error.value.code is fault
        assert error.value.facts.get("number", number) == number


def test_the_registry_checks_again(offices: Offices, wait: Callable[[timedelta], None]) -> None:
    wire = Wire(offices)
    request = wire.request
    offices.send(request)  # the same again is no fault
    new = "01900000-0000-7000-8000-000000000001"
    wire.refused(replace(request, id=new), RegistryFault.EXISTS, 4009)
    for change in (
        {"approver": offices.here.supervisor.operator.id},
        {"from_office": "ZZZ"},
        {"request_id": new},
        {"document": b"{}"},
        {"expires_at": "2099-01-01T00:00:00+00:00"},
    ):
        wire.refused(replace(request, id=new, **change), RegistryFault.REFUSED, 4000)
    offices.exchange(offices.province.office)
    offices.sign(wire.request_id)
    held = next(x for x in offices.letters(offices.province.office, wire.request_id) if x.outgoing)
    there = offices.province.office.station.office_code
    here = offices.here.office.station.office_code
    signed = Letter(
        held.id,
        LetterKind.APPROVAL,
        held.request_id,
        there,
        here,
        held.approver,
        held.expires_at.isoformat(),
        held.document,
    )
    wire.refused(replace(signed, from_office=here, to_office=there), RegistryFault.REFUSED, 4000)
    other = offices.ask()[1]
    wire.refused(
        replace(
            signed,
            request_id=other,
            document=signed.document.replace(held.request_id.encode(), other.encode()),
        ),
        RegistryFault.UNKNOWN,
        4016,
    )
    offices.send(signed)
    wire.refused(replace(signed, id=new), RegistryFault.EXISTS, 4009)
    late = Wire(offices)
    wait(LIFETIME + timedelta(minutes=1))
    assert late.request.id != request.id


def test_letters_are_read_strictly(offices: Offices) -> None:
    request = Wire(offices).request
    body = approval_letter.to_body(request)
    assert approval_letter.from_body(request.id, body) == request
    for name in body:
        with pytest.raises(MessageDamaged):
            approval_letter.from_body(request.id, {key: body[key] for key in body if key != name})
        with pytest.raises(MessageDamaged):
            approval_letter.from_body(request.id, body | {name: 7})
    with pytest.raises(MessageDamaged):
        approval_letter.from_body(request.id, body | {"more": "x"})
    huge = canonical({"x": "y" * approval_letter.LARGEST})
    with pytest.raises(MessageDamaged) as fault:
        approval_letter.from_body(request.id, approval_letter.to_body(replace(request, document=huge)))
    assert fault.value.code == "too-large"
    assert look_at_request(request.document).id == request.request_id
