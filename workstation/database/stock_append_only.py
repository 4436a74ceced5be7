"""What each engine itself refuses in the blank-card ledger: entries only grow, and no blank moves without its entry.

Beside the audit trail's, the only room with SQL that differs between SQLite and PostgreSQL here.
"""

from __future__ import annotations

from sqlalchemy import Connection

REFUSED = "the ledger of blanks only grows"
NO_ENTRY = "no entry moves this blank"

_COVERS = (
    "e.sequence = NEW.entry AND e.series = NEW.series AND NEW.number BETWEEN e.first AND e.last"
    " AND e.to_place = NEW.place"
)
_CAME = f"SELECT 1 FROM stock_entries e WHERE {_COVERS} AND e.from_place = 'outside'"
_MOVED = (
    f"SELECT 1 FROM stock_entries e WHERE {_COVERS} AND e.from_place = OLD.place AND NEW.entry > OLD.entry"
    " AND NEW.series = OLD.series AND NEW.number = OLD.number"
)
_GROWING = ("stock_entries", "stock_counts", "stock_count_lines")
_SETTLED_ONCE = (
    "OLD.settled_by IS NOT NULL OR NEW.count_id <> OLD.count_id OR NEW.series <> OLD.series"
    " OR NEW.number <> OLD.number OR NEW.kind <> OLD.kind OR NEW.place <> OLD.place"
)


def _sqlite() -> list[str]:
    def trigger(name: str, when: str, condition: str = "", said: str = REFUSED) -> str:
        asked = f" WHEN {condition}" if condition else ""
        return f"CREATE TRIGGER {name} {when}{asked} BEGIN SELECT RAISE(ABORT, '{said}'); END"

    # Written `INSERT OR REPLACE`, SQLite deletes without asking the DELETE trigger: the INSERT trigger asks first.
    twice = "EXISTS (SELECT 1 FROM blanks b WHERE b.series = NEW.series AND b.number = NEW.number)"
    again = "EXISTS (SELECT 1 FROM stock_entries e WHERE e.sequence = NEW.sequence)"
    made = [
        *(trigger(f"{table}_no_update", f"BEFORE UPDATE ON {table}") for table in _GROWING),
        *(trigger(f"{table}_no_delete", f"BEFORE DELETE ON {table}") for table in _GROWING),
        trigger("stock_entries_next_only", "BEFORE INSERT ON stock_entries", again),
        trigger(
            "blanks_come_by_entry",
            "BEFORE INSERT ON blanks",
            f"NOT EXISTS ({_CAME}) OR {twice}",
            NO_ENTRY,
        ),
        trigger("blanks_move_by_entry", "BEFORE UPDATE ON blanks", f"NOT EXISTS ({_MOVED})", NO_ENTRY),
        trigger("blanks_no_delete", "BEFORE DELETE ON blanks"),
        trigger("stock_differences_settled_once", "BEFORE UPDATE ON stock_differences", _SETTLED_ONCE),
        trigger("stock_differences_no_delete", "BEFORE DELETE ON stock_differences"),
    ]
    return made


def _postgresql() -> list[str]:
    def function(name: str, body: str) -> str:
        return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"

    def refuse(said: str) -> str:
        return f"RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation';"

    def unless(condition: str, said: str) -> str:
        return f"IF {condition} THEN {refuse(said)} END IF; RETURN NEW;"

    def trigger(name: str, when: str, does: str, each: str = "ROW") -> str:
        return f"CREATE TRIGGER {name} {when} FOR EACH {each} EXECUTE FUNCTION {does}()"

    everything = (*_GROWING, "blanks", "stock_differences")
    return [
        function("stock_refuse", refuse(REFUSED)),
        function("blanks_come", unless(f"NOT EXISTS ({_CAME})", NO_ENTRY)),
        function("blanks_move", unless(f"NOT EXISTS ({_MOVED})", NO_ENTRY)),
        function("stock_settle", unless(_SETTLED_ONCE, REFUSED)),
        *(trigger(f"{table}_no_update", f"BEFORE UPDATE ON {table}", "stock_refuse") for table in _GROWING),
        *(trigger(f"{table}_no_delete", f"BEFORE DELETE ON {table}", "stock_refuse") for table in everything),
        *(
            trigger(f"{table}_no_truncate", f"BEFORE TRUNCATE ON {table}", "stock_refuse", "STATEMENT")
            for table in everything
        ),
        trigger("blanks_come_by_entry", "BEFORE INSERT ON blanks", "blanks_come"),
        trigger("blanks_move_by_entry", "BEFORE UPDATE ON blanks", "blanks_move"),
        trigger("stock_differences_settled_once", "BEFORE UPDATE ON stock_differences", "stock_settle"),
    ]


def guard_ledger(connection: Connection) -> None:
    """Makes the triggers, once, in the schema's step."""
    for statement in _postgresql() if connection.dialect.name == "postgresql" else _sqlite():
        connection.exec_driver_sql(statement)
