"""Taking in the registry's feed: each event has its effect exactly once, in one transaction with the cursor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workstation import clock
from workstation.database import Connection, feed, pre_registrations
from workstation.database.applications import application, keep_acceptance, keep_ending
from workstation.database.audit import write_audit
from workstation.database.moves import Actor, move
from workstation.database.station import the_station
from workstation.database.store import Store
from workstation.domain.audit import AuditTag
from workstation.domain.refused import Reason, Refused
from workstation.interchange import feed_event
from workstation.interchange.approval_letter import LetterArrived
from workstation.interchange.decision import Decision
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.form_event import FormSent
from workstation.interchange.signed_layout import LayoutSent
from workstation.sync import approval_feed, form_feed, layout_feed, pre_registration_feed
from workstation.sync.errors import RegistryError, RegistryFault
from workstation.sync.merge import ACTIONS, Effect, effect_of
from workstation.sync.registry_client import RegistryClient

_PAGE = 100


def pull(client: RegistryClient, store: Store, actor: Actor) -> int:
    """Takes in at most one page; how many events there were. Raises RegistryError.

    The first contact pins the registry's card signers, so that no card of another issuer verifies here later.
    FEED_BEHIND: the registry has fewer events than this station has taken in, so it lost some.
    """
    if not store.read(feed.card_signer_keys):
        keys = client.read_card_signers()
        store.write(lambda tx: _pin(tx, keys, actor))
    after = store.read(feed.cursor)
    page = client.read_feed(after, _PAGE, store.read(the_station).office_code)
    if page.last < after:
        raise RegistryError(RegistryFault.FEED_BEHIND, cursor=after, last=page.last)
    for event in page.events:
        store.write(lambda tx, event=event: take_in(tx, event, actor))  # type: ignore[misc]  # mypy infers no type for a defaulted lambda parameter
    today = clock.office_day(clock.now())
    if store.read(lambda connection: pre_registrations.has_expired(connection, today)):
        store.write(lambda tx: pre_registrations.forget_expired(tx, today))
    return len(page.events)


def take_in(tx: Connection, event: Mapping[str, Any], actor: Actor) -> Effect | None:
    """Applies one event inside the caller's transaction; None when it was taken in before.

    A damaged event is kept as such and passed over: it holds back nobody else's decision.
    """
    seq = int(event["seq"])
    if seq <= feed.cursor(tx):
        return None
    at = clock.now()
    feed.advance(tx, seq)
    try:
        told = feed_event.from_event(event)
    except MessageDamaged:
        feed.keep_event(tx, f"seq-{seq}", seq, Effect.DAMAGED.value, at=at)
        _audit(tx, f"seq-{seq}", Effect.DAMAGED, seq, actor)
        return Effect.DAMAGED
    if feed.is_applied(tx, told.event_id):
        return None
    if isinstance(told, Decision):
        effect = _apply(tx, told, actor)
        if effect is not Effect.OTHER_STATION:
            _audit(tx, told.enrolment_id, effect, seq, actor)
    elif isinstance(told, FormSent):
        effect = form_feed.take_in(tx, told, actor)
    elif isinstance(told, LetterArrived):
        effect = approval_feed.take_in(tx, told, actor)
    elif isinstance(told, LayoutSent):
        effect = layout_feed.take_in(tx, told, actor)
    else:
        effect = pre_registration_feed.take_in(tx, told, actor)
    feed.keep_event(tx, told.event_id, seq, effect.value, at=at)
    return effect


def _apply(tx: Connection, decision: Decision, actor: Actor) -> Effect:
    try:
        held = application(tx, decision.enrolment_id)
    except Refused as refused:
        if refused.reason is not Reason.NO_SUCH_APPLICATION:
            raise
        return effect_of(decision, None, None)
    effect = effect_of(decision, held.stage, held.identity_number)
    if effect is Effect.ACCEPTED:
        keep_acceptance(
            tx,
            held.id,
            identity_number=decision.identity_number,
            document_number=decision.document_number,
            issue_date=decision.issue_date,
            expiry_date=decision.expiry_date,
            card_signature=decision.card_signature,
        )
    elif effect is Effect.REFUSED:
        keep_ending(tx, held.id, decision.reason)
    if effect in ACTIONS:
        move(tx, held.id, ACTIONS[effect], actor=actor, at=clock.now())
    return effect


def _pin(tx: Connection, keys: Mapping[bytes, bytes], actor: Actor) -> None:
    if feed.card_signer_keys(tx):
        return
    at = clock.now()
    for key_id, key in keys.items():
        feed.pin_card_signer(tx, key_id, key, at=at)
        write_audit(
            tx,
            AuditTag.SIGNER_PINNED,
            at=at,
            actor=actor.id,
            station_id=actor.station_id,
            object_id=key_id.hex(),
        )


def _audit(tx: Connection, object_id: str, effect: Effect, seq: int, actor: Actor) -> None:
    write_audit(
        tx,
        AuditTag.DECISION_RECEIVED,
        at=clock.now(),
        actor=actor.id,
        station_id=actor.station_id,
        object_id=object_id,
        outcome=effect.value,
        seq=seq,
    )
