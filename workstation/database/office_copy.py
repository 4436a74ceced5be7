"""A station's own database into the office's on a server: every table as it stands, in one transaction there.

What is sealed on a server is sealed on the way; what an engine makes for itself (counts, parts of words) is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Integer, Table, func, insert, inspect, select, text

from workstation.database import (
    approval_letters,
    approvals,
    audit_tables,
    backup_tables,
    card_checks,
    clock_acceptances,
    forms,
    hand_over_tables,
    households,
    layout_drafts,
    layout_tables,
    operator_fingers,
    portrait_tables,
    pre_registrations,
    printer_tables,
    receipts,
    sealed_tables,
    sent_forms,
    sign_in_tables,
    signatures,
    stock_tables,
    take_overs,
)
from workstation.database.claim_tables import stage_counts
from workstation.database.office_values import as_kept, seal_check
from workstation.database.search_bulk import rebuild
from workstation.database.search_tables import search_misspellings, search_people, search_words
from workstation.database.stock_replay import replay_blanks
from workstation.database.store import Store
from workstation.database.tables import metadata
from workstation.database.writers import writers

_MADE_ANEW = (stage_counts, search_people, search_words, search_misspellings, writers, seal_check)
# Each of these rooms tells `metadata` of its tables when it is imported.
_ROOMS = (
    *(approval_letters, approvals, audit_tables, backup_tables, card_checks, clock_acceptances, forms),
    *(hand_over_tables, households, layout_drafts, layout_tables, operator_fingers, portrait_tables),
    *(pre_registrations, printer_tables, receipts, sealed_tables, sent_forms, sign_in_tables, signatures),
    *(stock_tables, take_overs),
)
_NOT_OURS, _PARTS = ("alembic_version",), "search_trigrams"
# A row of pictures may have megabytes.
_PAGE = 100
# Table -> the column that is sealed, and the row's place as its own room names it.
_SEALED: dict[str, tuple[str, Callable[[Mapping[str, Any]], str]]] = {
    "blobs": ("content", lambda row: f"blobs {row['sha256']}"),
    "fingers": ("template", lambda row: f"fingers {row['application_id']} {row['position']}"),
    "outbox": ("message", lambda row: f"outbox {row['id']}"),
    "audit_keys": ("private_key", lambda row: f"audit_keys {row['station_id']}"),
    "operator_finger_keys": ("key", lambda row: f"operator_finger_keys {row['id']}"),
}


def copy_office(source: Store, tx: Connection) -> int:
    """Copies everything that `source` holds at this moment; how many rows there were."""

    def copy(connection: Connection) -> int:
        copied = 0
        unknown = set(inspect(connection).get_table_names()) - {*metadata.tables, *_NOT_OURS}
        if [name for name in unknown if not name.startswith(_PARTS)]:
            raise AssertionError(f"tables that no room has told of: {sorted(unknown)}")
        for table in metadata.sorted_tables:
            if table is stock_tables.blanks:
                copied += replay_blanks(connection, tx)
            elif table not in _MADE_ANEW:
                copied += _copy_table(connection, tx, table)
        return copied

    copied = source.read(copy)
    rebuild(tx)
    return copied


def _copy_table(connection: Connection, tx: Connection, table: Table) -> int:
    found = connection.execute(select(table).order_by(*table.primary_key.columns))
    copied = 0
    while page := found.mappings().fetchmany(_PAGE):
        tx.execute(insert(table), [_sealed(tx, table.name, row) for row in page])
        copied += len(page)
    counted = table.autoincrement_column
    if copied and counted is not None and isinstance(counted.type, Integer):
        highest = tx.scalar(select(func.max(counted)))
        tx.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, :counted), :highest)"),
            {"name": table.name, "counted": counted.name, "highest": highest},
        )
    return copied


def _sealed(tx: Connection, name: str, row: Mapping[Any, Any]) -> dict[str, Any]:
    values = dict(row)
    if name in _SEALED:
        column, place = _SEALED[name]
        if values[column] is not None:
            values[column] = as_kept(tx, values[column], place(values))
    return values
