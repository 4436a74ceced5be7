"""What each engine itself refuses to do with the audit trail, and how it keeps two writers of one chain apart.

The only room with SQL that differs between SQLite and PostgreSQL here. The triggers stand against mistakes and against
whoever reaches the database through the program; whoever holds its key can take them away, and is found by the chain
and its countersigned checkpoints.
"""

from __future__ import annotations

from sqlalchemy import Connection

from workstation.database.plain_sql import rows

REFUSED = "audit only grows"

# Written `INSERT OR REPLACE`, SQLite deletes without asking the DELETE trigger: the INSERT trigger asks first.
_SQLITE = (
    f"""CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER audit_next_only BEFORE INSERT ON audit
    WHEN NEW.position <> 1 + (SELECT COALESCE(MAX(position), 0) FROM audit WHERE station_id = NEW.station_id)
      OR EXISTS (SELECT 1 FROM audit WHERE sequence = NEW.sequence)
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER audit_checkpoints_no_delete BEFORE DELETE ON audit_checkpoints
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER audit_checkpoints_no_update BEFORE UPDATE ON audit_checkpoints
    WHEN OLD.countersignature IS NOT NULL OR NEW.station_id <> OLD.station_id OR NEW.count <> OLD.count
      OR NEW.head <> OLD.head OR NEW.at <> OLD.at OR NEW.station_key <> OLD.station_key
      OR NEW.signature <> OLD.signature
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER audit_checkpoints_once BEFORE INSERT ON audit_checkpoints
    WHEN EXISTS (SELECT 1 FROM audit_checkpoints WHERE station_id = NEW.station_id AND count = NEW.count)
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
)

_POSTGRESQL = (
    f"""CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE FUNCTION audit_next_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.position <> 1 + (SELECT COALESCE(MAX(position), 0) FROM audit WHERE station_id = NEW.station_id) THEN
        RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    f"""CREATE FUNCTION audit_countersign_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.countersignature IS NOT NULL OR
         (NEW.station_id, NEW.count, NEW.head, NEW.at, NEW.station_key, NEW.signature) IS DISTINCT FROM
         (OLD.station_id, OLD.count, OLD.head, OLD.at, OLD.station_key, OLD.signature) THEN
        RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_next_only BEFORE INSERT ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_next_only()""",
    """CREATE TRIGGER audit_checkpoints_no_delete BEFORE DELETE ON audit_checkpoints
    FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_checkpoints_no_truncate BEFORE TRUNCATE ON audit_checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_checkpoints_no_update BEFORE UPDATE ON audit_checkpoints
    FOR EACH ROW EXECUTE FUNCTION audit_countersign_only()""",
)

_SEGMENTS_SQLITE = (
    f"""CREATE TRIGGER audit_segments_no_delete BEFORE DELETE ON audit_segments
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER audit_segments_no_update BEFORE UPDATE ON audit_segments
    WHEN OLD.accepted IS NOT NULL OR NEW.id <> OLD.id OR NEW.station_id <> OLD.station_id
      OR NEW.follows <> OLD.follows OR NEW.opening <> OLD.opening
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER audit_segments_once BEFORE INSERT ON audit_segments
    WHEN EXISTS (SELECT 1 FROM audit_segments WHERE id = NEW.id
      OR (station_id = NEW.station_id AND follows = NEW.follows))
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
)

_SEGMENTS_POSTGRESQL = (
    f"""CREATE FUNCTION audit_accept_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.accepted IS NOT NULL OR
         (NEW.id, NEW.station_id, NEW.follows, NEW.opening) IS DISTINCT FROM
         (OLD.id, OLD.station_id, OLD.follows, OLD.opening) THEN
        RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END $$""",
    """CREATE TRIGGER audit_segments_no_delete BEFORE DELETE ON audit_segments
    FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_segments_no_truncate BEFORE TRUNCATE ON audit_segments
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_segments_no_update BEFORE UPDATE ON audit_segments
    FOR EACH ROW EXECUTE FUNCTION audit_accept_only()""",
)


def lift_first_triggers(connection: Connection) -> None:
    """Takes away the triggers of the first schema, for the schema's step that gives each entry its place."""
    on = " ON audit" if connection.dialect.name == "postgresql" else ""
    for name in ("audit_no_update", "audit_no_delete"):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}{on}")


def make_append_only(connection: Connection) -> None:
    """Makes the triggers, once, in the schema's step."""
    for statement in _POSTGRESQL if connection.dialect.name == "postgresql" else _SQLITE:
        connection.exec_driver_sql(statement)


def make_segments_append_only(connection: Connection) -> None:
    """The same for the openings of segments, in the step that brings them."""
    for statement in _SEGMENTS_POSTGRESQL if connection.dialect.name == "postgresql" else _SEGMENTS_SQLITE:
        connection.exec_driver_sql(statement)


def hold_chain(tx: Connection, station_id: str) -> None:
    """Nobody else adds to this station's chain until the transaction ends. SQLite has one writer at a time already."""
    if tx.dialect.name == "postgresql":
        rows(
            tx,
            "SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))) AS held",
            {"name": f"audit {station_id}"},
        )


def highest_ever(connection: Connection) -> int:
    """The highest `sequence` that an entry ever had, as SQLite remembers it beside the table; 0 where the engine's
    count also grows by what was never committed (PostgreSQL)."""
    if connection.dialect.name != "sqlite":
        return 0
    found = rows(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'audit'", {})
    return int(found[0][0]) if found else 0
