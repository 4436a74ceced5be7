"""The feed as one office reads it: decisions and forms are everybody's, a pre-registration, or a letter about an
approval, is its office's only."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, or_, select

from workstation import clock
from workstation.interchange import form_event, signed_layout
from workstation.interchange.form_event import FormSent
from workstation.interchange.signed_layout import LayoutSent
from workstation.registry.store.tables import approval_letters, feed, pre_registrations

# A page stays well below what a station takes as one answer.
_MOST_CHARACTERS = 4_000_000


def events_after(
    connection: Connection, after: int, limit: int, *, office: str, today: date
) -> list[dict[str, Any]]:
    """At most `limit` events above `after`, in their order; none of a pre-registration or letter whose time is over."""
    now = clock.now().isoformat()
    rows = connection.scalars(
        select(feed.c.event)
        .outerjoin(pre_registrations, pre_registrations.c.seq == feed.c.seq)
        .outerjoin(approval_letters, approval_letters.c.seq == feed.c.seq)
        .where(
            feed.c.seq > after,
            or_(
                pre_registrations.c.number.is_(None),
                (pre_registrations.c.office_code == office)
                & (pre_registrations.c.withdrawn | (pre_registrations.c.expires >= today.isoformat())),
            ),
            or_(
                approval_letters.c.id.is_(None),
                (approval_letters.c.to_office == office) & (approval_letters.c.expires_at >= now),
            ),
        )
        .order_by(feed.c.seq)
        .limit(limit)
    )
    events: list[dict[str, Any]] = []
    room = _MOST_CHARACTERS
    for event in rows:
        room -= len(json.dumps(event))
        if events and room < 0:
            break
        events.append(event)
    return events


def add_form(connection: Connection, sent: FormSent) -> None:
    """Appends a form for every office. `sent.seq` is the feed's next."""
    connection.execute(
        insert(feed).values(seq=sent.seq, event_id=sent.event_id, event=form_event.to_event(sent))
    )


def add_layout(connection: Connection, sent: LayoutSent) -> None:
    """Appends a layout for every office. `sent.seq` is the feed's next."""
    event = signed_layout.to_event(sent)
    connection.execute(insert(feed).values(seq=sent.seq, event_id=sent.event_id, event=event))


def event_of(connection: Connection, event_id: str) -> dict[str, Any] | None:
    """The event of that id, or None."""
    event: dict[str, Any] | None = connection.scalar(select(feed.c.event).where(feed.c.event_id == event_id))
    return event
