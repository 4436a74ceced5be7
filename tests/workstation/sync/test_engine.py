"""The engine on a good line: order, conflicts, refusals, hand-over, feed, pinning."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from tests.faults.link import Link
from tests.faults.registry_process import RegistryProcess
from tests.faults.station import StationUnderTest, record
from tests.workstation.sync.conftest import assert_exactly_once, decided, impatient_engine, until
from workstation import clock
from workstation.database import feed, tables
from workstation.database.office_values import as_kept
from workstation.database.outbox import OutboxKind, OutboxState, add_to_outbox
from workstation.domain.operator import Role
from workstation.domain.stages import Stage
from workstation.interchange import enrolment, osia_enrolment
from workstation.sync import decision_feed
from workstation.sync.engine import SyncEngine
from workstation.sync.status import SyncStatus
from workstation.travel_documents.card_signature import verify_card

pytestmark = pytest.mark.both_engines


def registration(registry: RegistryProcess, identifier: str) -> dict[str, Any]:
    answer = httpx.get(f"{registry.url}/v1/registrations/{identifier}", trust_env=False)
    return dict(answer.json())


def test_from_approval_to_hand_over(
    station: StationUnderTest, registry: RegistryProcess, engine: SyncEngine
) -> None:
    identifier = station.approved()
    until(lambda: decided(station, identifier))
    held = station.application(identifier)
    assert registration(registry, identifier)["status"] == "ACCEPTED"
    assert (held.issue_date or "") < (held.expiry_date or "")
    station.handed_over(identifier)
    until(lambda: all(item.state is OutboxState.SENT for item in station.outbox(identifier)))
    told = registration(registry, identifier)
    assert told["status"] == "HANDED_OVER"
    assert told["identityNumber"] == held.identity_number
    assert told["chipSerial"] == "04A1B2C3D4E5F6"
    assert station.application(identifier).stage is Stage.CLOSED


def test_card_code_verifies_under_the_pinned_signer(station: StationUnderTest, engine: SyncEngine) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    identifier = station.approved()
    until(lambda: decided(station, identifier))
    held = station.application(identifier)
    keys = station.store.read(feed.card_signer_keys)
    public = {key_id: Ed25519PublicKey.from_public_bytes(key) for key_id, key in keys.items()}
    signed = verify_card(held.card_signature or "", public, clock.now())
    assert signed.claims.id == held.identity_number
    assert signed.claims.document_number == held.document_number
    assert signed.claims.full_name == "Somphone Vongsa"
    assert signed.claims.secondary_full_name == "ສົມພອນ ວົງສາ"


def test_another_signer_is_not_pinned_later(
    station: StationUnderTest, registry: RegistryProcess, engine: SyncEngine
) -> None:
    until(lambda: engine.status().online)
    before = station.store.read(feed.card_signer_keys)
    assert len(before) == 1
    engine.stop()
    station.store.write(lambda tx: tx.execute(update(tables.card_signers).values(public_key=bytes(32))))
    again = impatient_engine(station, registry.url)
    again.start()
    until(lambda: again.status().online)
    again.stop()
    assert list(station.store.read(feed.card_signer_keys).values()) == [bytes(32)]


def test_same_id_with_other_content_is_a_conflict_for_a_person(
    station: StationUnderTest, registry: RegistryProcess, engine: SyncEngine
) -> None:
    engine.pause()
    until(lambda: engine.status().paused)
    identifier = station.approved()
    other = osia_enrolment.to_osia(record(identifier))
    answer = httpx.post(
        f"{registry.url}/v1/enrollments/{identifier}?transactionId=x", json=other, trust_env=False
    )
    assert answer.status_code == 204
    engine.resume()
    until(lambda: station.outbox(identifier)[0].state is OutboxState.CONFLICT)
    until(lambda: engine.status().held == 1)
    assert station.application(identifier).stage is Stage.DECISION


def test_same_content_under_the_same_id_is_success(
    station: StationUnderTest, registry: RegistryProcess, engine: SyncEngine
) -> None:
    engine.pause()
    until(lambda: engine.status().paused)
    identifier = station.approved()
    document = osia_enrolment.to_osia(enrolment.from_message(station.outbox(identifier)[0].message))
    httpx.post(f"{registry.url}/v1/enrollments/{identifier}?transactionId=x", json=document, trust_env=False)
    engine.resume()
    until(lambda: decided(station, identifier))
    assert_exactly_once(station, registry, identifier)


@pytest.mark.parametrize("harm", ["message", "image"])
def test_a_bad_item_is_held_and_the_next_one_goes_on(
    station: StationUnderTest, engine: SyncEngine, harm: str
) -> None:
    engine.pause()
    until(lambda: engine.status().paused)
    bad, good = station.approved(), station.approved()
    item = station.outbox(bad)[0]
    if harm == "message":
        message = item.message[:-7]
    else:
        record_ = enrolment.from_message(item.message)
        fingers = (replace(record_.fingers[0], sha256="0" * 64), *record_.fingers[1:])
        message = enrolment.to_message(replace(record_, fingers=fingers))
    station.store.write(
        lambda tx: tx.execute(
            update(tables.outbox)
            .where(tables.outbox.c.id == item.id)
            .values(message=as_kept(tx, message, f"outbox {item.id}"))
        )
    )
    engine.resume()
    until(lambda: decided(station, good))
    until(lambda: station.outbox(bad)[0].state is OutboxState.REFUSED)
    assert station.outbox(bad)[0].last_error == ("message-damaged" if harm == "message" else "image-lost")
    assert station.application(bad).stage is Stage.DECISION


def test_what_follows_a_held_item_of_the_same_application_waits(
    station: StationUnderTest, engine: SyncEngine
) -> None:
    engine.pause()
    until(lambda: engine.status().paused)
    identifier = station.approved()
    first = station.outbox(identifier)[0]
    station.store.write(
        lambda tx: tx.execute(
            update(tables.outbox).where(tables.outbox.c.id == first.id).values(message=b"no message")
        )
    )
    station.store.write(
        lambda tx: add_to_outbox(tx, identifier, OutboxKind.CARD_ISSUED, b"later", at=clock.now())
    )
    other = station.approved()
    engine.resume()
    until(lambda: decided(station, other))
    assert [item.state for item in station.outbox(identifier)] == [OutboxState.REFUSED, OutboxState.WAITING]
    assert station.outbox(identifier)[1].attempts == 0


def test_a_refusal_of_the_registry_ends_the_application(
    station: StationUnderTest, registry: RegistryProcess, engine: SyncEngine
) -> None:
    engine.pause()
    until(lambda: engine.status().paused)
    identifier = station.approved()
    item = station.outbox(identifier)[0]
    same_person = replace(enrolment.from_message(item.message), captured_by=("supervisor",))
    message = enrolment.to_message(same_person)
    station.store.write(
        lambda tx: tx.execute(
            update(tables.outbox)
            .where(tables.outbox.c.id == item.id)
            .values(message=as_kept(tx, message, f"outbox {item.id}"))
        )
    )
    engine.resume()
    until(lambda: station.application(identifier).stage is Stage.REFUSED_BY_REGISTRY)
    assert registration(registry, identifier) == {
        "enrollmentId": identifier,
        "status": "REFUSED",
        "reason": "captured-by-approver",
    }


def test_feed_is_taken_in_once_and_harmless_events_pass(station: StationUnderTest) -> None:
    identifier = station.approved()
    event = {
        "type": "decision",
        "eventId": "01a200ef-0000-7000-8000-000000000001",
        "seq": 5,
        "enrolmentId": identifier,
        "outcome": "accepted",
        "identityNumber": "990000000000001",
        "documentNumber": "TR0000001",
        "issueDate": "2026-11-22",
        "expiryDate": "2036-11-21",
        "cardSignature": "NCFOXN",
    }

    def take(**changes: object) -> str | None:
        actor = replace(station.clerk, id="registry", role=Role.REGISTRY)
        return station.store.write(lambda tx: decision_feed.take_in(tx, event | changes, actor))

    other = "01a200ef-0000-7000-8000-00000000000"
    assert take() == "accepted"
    assert take() is None
    assert take(seq=6) is None
    assert take(seq=7, eventId=other + "7") == "not-waiting"
    assert take(seq=8, eventId=other + "8", identityNumber="990000000000002") == "contradiction"
    assert take(seq=9, eventId=other + "9", enrolmentId=other + "a") == "other-station"
    assert take(seq=10, eventId=other + "b", issueDate="2026-13-01") == "damaged"
    assert take(seq=4, eventId=other + "c", outcome="refused") is None
    held = station.application(identifier)
    assert (held.stage, held.identity_number) == (Stage.PRINT, "990000000000001")
    assert station.store.read(feed.cursor) == 10


def test_cursor_does_not_move_when_the_effect_fails(station: StationUnderTest) -> None:
    identifier = station.approved()
    event = {"type": "decision", "eventId": "0" * 36, "seq": 3, "enrolmentId": identifier}
    event |= {"outcome": "refused", "reason": "no-portrait"}
    with pytest.raises(Exception, match="role-not-allowed"):
        station.store.write(lambda tx: decision_feed.take_in(tx, event, station.clerk))
    assert station.store.read(feed.cursor) == 0
    assert station.application(identifier).stage is Stage.DECISION
    assert station.store.read(lambda c: c.execute(select(tables.inbox)).all()) == []


def test_registry_that_lost_events_is_named(station: StationUnderTest, engine: SyncEngine) -> None:
    station.store.write(lambda tx: feed.advance(tx, 1_000_000))
    until(lambda: engine.status().last_error == "feed-behind")
    identifier = station.approved()
    until(lambda: station.outbox(identifier)[0].state is OutboxState.SENT)


def test_paused_engine_sends_nothing(station: StationUnderTest, link: Link, engine: SyncEngine) -> None:
    engine.pause()
    until(lambda: engine.status().paused)
    before = link.bytes_up
    identifier = station.approved()
    until(lambda: engine.status().waiting == 1)
    assert link.bytes_up == before
    engine.resume()
    until(lambda: decided(station, identifier))


def test_changes_are_told_in_order(station: StationUnderTest, registry: RegistryProcess) -> None:
    told: list[SyncStatus] = []
    running = SyncEngine(
        station.store,
        registry.url,
        station.station.id,
        on_change=told.append,
        poll_seconds=0.05,
        tick_seconds=0.02,
    )
    identifier = station.approved()
    running.start()
    until(lambda: decided(station, identifier))
    until(lambda: told[-1].waiting == 0)
    running.stop()
    assert told[0].waiting == 1
    assert told[-1].online is True
    assert told[-1].last_contact is not None
    assert len(told) < 10


@pytest.mark.logs_expected("workstation.sync")
def test_an_unexpected_error_is_reported_without_personal_data_and_retried(
    station: StationUnderTest, engine: SyncEngine, caplog: pytest.LogCaptureFixture
) -> None:
    """A progress that no code of ours writes makes the sender raise what nobody foresaw."""
    engine.pause()
    until(lambda: engine.status().paused)
    bad, good = station.approved(), station.approved()
    item = station.outbox(bad)[0].id

    def set_progress(text: str) -> None:
        row = update(tables.outbox).where(tables.outbox.c.id == item).values(progress=text)
        station.store.write(lambda tx: tx.execute(row))

    set_progress('{"buffers": "Somphone"}')
    engine.resume()
    until(lambda: decided(station, good))
    until(lambda: station.outbox(bad)[0].last_error == "internal-error")
    assert "unexpected ValueError" in caplog.text
    assert "Somphone" not in caplog.text
    set_progress("{}")
    until(lambda: decided(station, bad))
