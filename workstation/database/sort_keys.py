"""Stored sort keys made by another version of the collation, found by their mark and made anew."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, bindparam, literal_column, not_, or_, select, update

from workstation.database.claim_tables import OPEN
from workstation.database.tables import applications
from workstation.lao.sorting import MARK, sort_key

AT_ONCE = 20_000

_KEY = applications.c.name_sort_key
_BEHIND = (int.from_bytes(MARK) + 1).to_bytes(2)
# Two ranges of one index, so that a look at current keys costs nothing at any size.
_BEFORE_OURS = (_KEY > b"") & (_KEY < MARK)
_BEHIND_OURS = _KEY >= _BEHIND
_IS_OPEN: ColumnElement[bool] = literal_column(OPEN)


def renew_sort_keys(tx: Connection) -> int:
    """Makes some of the keys anew that bear another mark; how many, 0 when all are current.

    Call it until it returns 0. What was done before an interruption is kept, and the next call goes on from there:
    open applications, whose keys are indexed and therefore looked at, come last.
    """
    if not any(_some(tx, _IS_OPEN & other, 1) for other in (_BEFORE_OURS, _BEHIND_OURS)):
        return 0
    old = or_(_BEFORE_OURS, _BEHIND_OURS)
    rows = _some(tx, old & not_(_IS_OPEN), AT_ONCE) or _some(tx, old, AT_ONCE)
    tx.execute(
        update(applications)
        .where(applications.c.id == bindparam("application"))
        .values(name_sort_key=bindparam("renewed")),
        [{"application": number, "renewed": sort_key(name)} for number, name in rows],
    )
    return len(rows)


def _some(tx: Connection, condition: ColumnElement[bool], most: int) -> list[tuple[str, str]]:
    found = tx.execute(select(applications.c.id, applications.c.name_lo).where(condition).limit(most))
    return [(row.id, row.name_lo) for row in found]
