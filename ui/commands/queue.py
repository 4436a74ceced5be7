"""`workstation queue`: what waits at a stage, as the queue shows it."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from ui.commands.office import add_data, with_office

if TYPE_CHECKING:
    from workstation.workflow.office import Office


def register(subparsers: Any) -> None:
    """Adds the command `queue`."""
    parser = subparsers.add_parser(
        "queue", help="list what waits: returned work first, then the longest wait"
    )
    parser.add_argument("--stage", metavar="S", help="only this stage (else every open one)")
    parser.add_argument("--limit", type=int, default=200, metavar="N", help="at most so many (200)")
    parser.add_argument("--json", action="store_true", help="one JSON array")
    add_data(parser)
    parser.set_defaults(run=run, usage_error=parser.error)


def run(args: argparse.Namespace) -> int:
    """0, also when nothing waits."""
    from ui.commands.stages import stage_named

    stage = stage_named(args)

    def work(office: Office) -> int:
        from workstation.workflow.queue import queue

        rows = queue(office, stage, limit=args.limit)
        if args.json:
            shown = [
                {
                    "application_id": row.application_id,
                    "number": row.number,
                    "name_lo": row.name_lo,
                    "name_latin": row.name_latin,
                    "birth_date": row.birth_date,
                    "village": row.village,
                    "stage": row.stage.value,
                    "stage_since": row.stage_since.isoformat(),
                    "returned": row.returned,
                }
                for row in rows
            ]
            print(json.dumps(shown, ensure_ascii=False, indent=1))
            return 0
        for row in rows:
            returned = "returned" if row.returned else ""
            print("\t".join((row.number, row.name_lo, row.name_latin, row.stage.value, returned)))
        return 0

    return with_office(args, work)
