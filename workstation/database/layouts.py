"""Card layouts, every version kept for as long as a card was made with it, and the one in force."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import lru_cache

from sqlalchemy import Connection, delete, insert, select

from printing.errors import LayoutError, LayoutProblem
from printing.specification import CardLayout, load_layout
from workstation import clock
from workstation.database.layout_tables import card_layouts, layout_faults
from workstation.domain.refused import Reason, Refused
from workstation.interchange.signed_layout import SignedLayout, is_signed_by

PRODUCT, REGISTRY = "product", "registry"

# A version's document never changes, so a parsed one never grows old.
_parsed = lru_cache(maxsize=32)(load_layout)


@dataclass(frozen=True)
class HeldLayout:
    """One version. `state`: in-force, to-come, past, or damaged when the stored document is not what came."""

    name: str
    version: int
    sha256: str
    origin: str
    in_force_since: datetime
    state: str


@dataclass(frozen=True)
class LayoutFault:
    """The newest layout of that name that was sent and refused: a LayoutProblem's code and element, and when."""

    name: str
    code: str
    element: str
    received_at: datetime


def add_shipped_layout(tx: Connection, document: bytes) -> None:
    """Keeps a layout that ships with the program, unless that version is held or the centre has published one.

    Raises LayoutError.
    """
    layout = _parsed(document)
    published = select(card_layouts.c.version).where(
        card_layouts.c.name == layout.name, card_layouts.c.origin == REGISTRY
    )
    if layout.version > _newest(tx, layout.name) and tx.execute(published).first() is None:
        _add(tx, layout, document, PRODUCT, None)


def add_signed_layout(tx: Connection, sent: SignedLayout, keys: Mapping[bytes, bytes]) -> CardLayout:
    """Keeps a layout under the registry's signature by one of `keys` (id -> public key); again is no change.

    It is in force from its day, never for a time that is past. Raises LayoutError, and then nothing is changed:
    unknown-signer, forged-signature, other-name, older-version, same-version (another content under a version that
    is held), fonts-not-pinned, and what load_layout says.
    """
    key = keys.get(sent.key_id)
    if key is None:
        raise _refused("unknown-signer", key=sent.key_id.hex())
    # Before anything is parsed: nobody else's bytes are read at all.
    if not is_signed_by(sent, key):
        raise _refused("forged-signature", key=sent.key_id.hex())
    layout = _parsed(sent.document)
    if layout.name != sent.name:
        raise _refused("other-name", name=layout.name)
    if not layout.fonts:
        raise _refused("fonts-not-pinned")
    held = tx.execute(
        select(card_layouts.c.sha256).where(
            card_layouts.c.name == layout.name, card_layouts.c.version == layout.version
        )
    ).scalar_one_or_none()
    if held == _sha256(sent.document):
        return layout
    newest = _newest(tx, layout.name)
    if held is not None or layout.version <= newest:
        code = "same-version" if held is not None else "older-version"
        raise _refused(code, version=layout.version, newest=newest)
    _add(tx, layout, sent.document, REGISTRY, sent)
    forget_layout_fault(tx, layout.name)
    return layout


def layout_in_force(connection: Connection, name: str, at: datetime | None = None) -> CardLayout:
    """The newest version of `name` in force at `at` (now) that can be read; under a clock that was set back, the first.

    Raises Refused NO_LAYOUT when there is none, LAYOUT_NOT_YET when its day has not come.
    """
    rows = connection.execute(
        select(card_layouts.c.version, card_layouts.c.in_force_since, card_layouts.c.received_at)
        .where(card_layouts.c.name == name)
        .order_by(card_layouts.c.version.desc())
    ).all()
    moment = at or clock.now()
    by_then = [row for row in rows if row.in_force_since <= moment]
    set_back = [row for row in reversed(rows) if row.received_at > moment]
    for row in by_then + set_back:
        layout = _version(connection, name, row.version)
        if layout is not None:
            return layout
    if rows and not by_then:
        first = min(row.in_force_since for row in rows)
        day = clock.office_day(first).strftime("%d/%m/%Y")
        raise Refused(Reason.LAYOUT_NOT_YET, name=name, day=day)
    raise Refused(Reason.NO_LAYOUT, name=name)


def layout_of_label(connection: Connection, label: str) -> CardLayout:
    """The version that a card job names (`name@version`). Raises Refused NO_LAYOUT when it is not held whole."""
    name, _, version = label.partition("@")
    if version.isascii() and version.isdigit():
        layout = _version(connection, name, int(version[:9]))
        if layout is not None:
            return layout
    raise Refused(Reason.NO_LAYOUT, name=label)


def layout_document(connection: Connection, name: str, version: int) -> bytes:
    """Its document as it came. Raises Refused NO_LAYOUT."""
    document = connection.execute(
        select(card_layouts.c.document).where(card_layouts.c.name == name, card_layouts.c.version == version)
    ).scalar_one_or_none()
    if document is None:
        raise Refused(Reason.NO_LAYOUT, name=f"{name}@{version}")
    return bytes(document)


def held_layouts(connection: Connection) -> tuple[HeldLayout, ...]:
    """Every version held, by name, the newest first."""
    rows = connection.execute(
        select(card_layouts).order_by(card_layouts.c.name, card_layouts.c.version.desc())
    ).all()
    now = clock.now()
    found: list[HeldLayout] = []
    served: set[str] = set()
    for row in rows:
        if _read(row.document, row.sha256) is None:
            state = "damaged"
        elif row.in_force_since > now:
            state = "to-come"
        elif row.name in served:
            state = "past"
        else:
            state = "in-force"
            served.add(row.name)
        found.append(HeldLayout(row.name, row.version, row.sha256, row.origin, row.in_force_since, state))
    return tuple(found)


def keep_layout_fault(tx: Connection, name: str, problem: LayoutProblem, *, at: datetime) -> None:
    """Remembers that a sent layout could not be used, until one of that name can."""
    forget_layout_fault(tx, name)
    tx.execute(
        insert(layout_faults).values(
            name=name[:60], code=problem.code[:40], element=problem.element[:120], received_at=at
        )
    )


def forget_layout_fault(tx: Connection, name: str) -> None:
    """A good layout of that name came."""
    tx.execute(delete(layout_faults).where(layout_faults.c.name == name))


def layout_faults_of(connection: Connection) -> tuple[LayoutFault, ...]:
    """What was refused last and not made good, by name."""
    rows = connection.execute(select(layout_faults).order_by(layout_faults.c.name))
    return tuple(LayoutFault(row.name, row.code, row.element, row.received_at) for row in rows)


def _add(tx: Connection, layout: CardLayout, document: bytes, origin: str, sent: SignedLayout | None) -> None:
    now = clock.now()
    day_begins = datetime.combine(layout.valid_from, time.min, clock.OFFICE_ZONE).astimezone(UTC)
    tx.execute(
        insert(card_layouts).values(
            name=layout.name,
            version=layout.version,
            sha256=_sha256(document),
            document=document,
            origin=origin,
            key_id=None if sent is None else sent.key_id.hex(),
            signature=None if sent is None else sent.signature,
            in_force_since=max(now, day_begins),
            received_at=now,
        )
    )


def _newest(connection: Connection, name: str) -> int:
    versions = connection.execute(select(card_layouts.c.version).where(card_layouts.c.name == name)).scalars()
    return max(versions, default=0)


def _version(connection: Connection, name: str, version: int) -> CardLayout | None:
    row = connection.execute(
        select(card_layouts.c.document, card_layouts.c.sha256).where(
            card_layouts.c.name == name, card_layouts.c.version == version
        )
    ).first()
    return None if row is None else _read(row.document, row.sha256)


def _read(document: bytes, sha256: str) -> CardLayout | None:
    if _sha256(bytes(document)) != sha256:
        return None
    try:
        return _parsed(bytes(document))
    except LayoutError:
        return None


def _sha256(document: bytes) -> str:
    return hashlib.sha256(document).hexdigest()


def _refused(code: str, **facts: str | int) -> LayoutError:
    return LayoutError((LayoutProblem(code, facts=dict(facts)),))
