"""How many applications stand at each stage, kept by triggers. The one room with SQL of each engine's own: SQLite
and PostgreSQL write triggers differently."""

from __future__ import annotations

from sqlalchemy import Connection

from workstation.database.plain_sql import rows
from workstation.domain.stages import Stage

_FEWER = "UPDATE stage_counts SET count = count - 1 WHERE stage = OLD.stage AND returned = OLD.returned"
_MORE = (
    "INSERT INTO stage_counts (stage, returned, count) VALUES (NEW.stage, NEW.returned, 1)"
    " ON CONFLICT (stage, returned) DO UPDATE SET count = stage_counts.count + 1"
)
_RECOUNT = (
    "INSERT INTO stage_counts (stage, returned, count)"
    " SELECT stage, returned, count(*) FROM applications GROUP BY stage, returned"
)
_CHANGED = "OLD.stage <> NEW.stage OR OLD.returned <> NEW.returned"
_SQLITE = (
    f"CREATE TRIGGER stage_counts_added AFTER INSERT ON applications BEGIN {_MORE}; END",
    f"CREATE TRIGGER stage_counts_removed AFTER DELETE ON applications BEGIN {_FEWER}; END",
    "CREATE TRIGGER stage_counts_moved AFTER UPDATE OF stage, returned ON applications"
    f" WHEN {_CHANGED} BEGIN {_FEWER}; {_MORE}; END",
)
_POSTGRESQL = (
    # Locked in one order, so that two opposite moves cannot wait for each other.
    "CREATE FUNCTION count_stages() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF TG_OP = 'UPDATE' THEN PERFORM 1 FROM stage_counts"
    " WHERE (stage = OLD.stage AND returned = OLD.returned) OR (stage = NEW.stage AND returned = NEW.returned)"
    " ORDER BY stage, returned FOR UPDATE; END IF;"
    f" IF TG_OP <> 'INSERT' THEN {_FEWER}; END IF;"
    f" IF TG_OP <> 'DELETE' THEN {_MORE}; END IF;"
    " RETURN NULL; END $$",
    "CREATE TRIGGER stage_counts_added AFTER INSERT OR DELETE ON applications"
    " FOR EACH ROW EXECUTE FUNCTION count_stages()",
    "CREATE TRIGGER stage_counts_moved AFTER UPDATE OF stage, returned ON applications"
    f" FOR EACH ROW WHEN ({_CHANGED}) EXECUTE FUNCTION count_stages()",
)


def install_counting(connection: Connection) -> None:
    """Counts what is there and goes on counting by triggers. A table made anew needs this again."""
    connection.exec_driver_sql("DELETE FROM stage_counts")
    connection.exec_driver_sql(_RECOUNT)
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.exec_driver_sql(statement)


def stop_counting(connection: Connection) -> None:
    """Before very many rows come at once: counting each costs more than to count them all when they are there.
    `install_counting` goes on."""
    sqlite = connection.dialect.name == "sqlite"
    for name in ("added", "moved", *(("removed",) if sqlite else ())):
        where = "" if sqlite else " ON applications"
        connection.exec_driver_sql(f"DROP TRIGGER stage_counts_{name}{where}")
    if not sqlite:
        connection.exec_driver_sql("DROP FUNCTION count_stages")


def counted(connection: Connection) -> dict[tuple[Stage, bool], int]:
    """(stage, returned) -> how many; what there is none of is absent."""
    held = rows(connection, "SELECT stage, returned, count FROM stage_counts WHERE count > 0", {})
    return {(Stage(stage), bool(returned)): count for stage, returned, count in held}
