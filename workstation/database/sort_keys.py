"""Stored sort keys made by another version of the collation, found by their mark and made anew."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select, update

from workstation.database.tables import applications
from workstation.lao.sorting import MARK, sort_key

AT_ONCE = 2000


def renew_sort_keys(tx: Connection) -> int:
    """Makes some of the keys anew that bear another mark; how many, 0 when all are current.

    Call it until it returns 0. What was done before an interruption is kept, and the next call goes on from there.
    """
    key = applications.c.name_sort_key
    behind = (int.from_bytes(MARK) + 1).to_bytes(2)
    # Two ranges of the index on the key, so that a look at current keys costs nothing at any size.
    for other in ((key > b"") & (key < MARK), key >= behind):
        rows = tx.execute(select(applications.c.id, applications.c.name_lo).where(other).limit(AT_ONCE)).all()
        if rows:
            tx.execute(
                update(applications)
                .where(applications.c.id == bindparam("application"))
                .values(name_sort_key=bindparam("renewed")),
                [{"application": row.id, "renewed": sort_key(row.name_lo)} for row in rows],
            )
            return len(rows)
    return 0
