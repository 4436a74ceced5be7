"""`workstation search`: finds applications by name, number, date of birth, village or telephone."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from ui.commands.office import add_data, with_office

if TYPE_CHECKING:
    from workstation.workflow.office import Office
    from workstation.workflow.search.find import Hit


def register(subparsers: Any) -> None:
    """Adds the command `search`."""
    parser = subparsers.add_parser("search", help="find applications by whatever is known of the person")
    parser.add_argument("text", nargs="+", metavar="TEXT", help="Lao or Latin words, numbers, a date")
    parser.add_argument("--stage", metavar="S", help="only applications at this stage")
    parser.add_argument(
        "--day", metavar="YYYY-MM-DD", type=date.fromisoformat, help="only those begun that day"
    )
    parser.add_argument("--limit", type=int, default=50, metavar="N", help="at most so many (50)")
    parser.add_argument("--json", action="store_true", help="one JSON array")
    add_data(parser)
    parser.set_defaults(run=run, usage_error=parser.error)


def as_json(hit: Hit) -> dict[str, object]:
    """A hit as the command gives it; moments are ISO 8601 in UTC."""
    return {
        "application_id": hit.application_id,
        "number": hit.number,
        "name_lo": hit.name_lo,
        "name_latin": hit.name_latin,
        "birth_date": hit.birth_date,
        "village": hit.village,
        "telephone": hit.telephone,
        "household_number": hit.household_number,
        "identity_number": hit.identity_number,
        "stage": hit.stage.value,
        "stage_since": hit.stage_since.isoformat(),
        "returned": hit.returned,
        "how": hit.how.word,
        "matched": [{"field": match.field, "how": match.how.word} for match in hit.matched],
    }


def run(args: argparse.Namespace) -> int:
    """0 also when nothing was found: an empty array, or no line."""
    from ui.commands.stages import stage_named

    stage = stage_named(args)

    def work(office: Office) -> int:
        from workstation.workflow.search.find import find

        text = " ".join(args.text)
        hits = office.store.read(
            lambda connection: find(connection, text, stage=stage, day=args.day, limit=args.limit)
        )
        if args.json:
            print(json.dumps([as_json(hit) for hit in hits], ensure_ascii=False, indent=1))
            return 0
        for hit in hits:
            shown = (hit.number, hit.name_lo, hit.name_latin, hit.birth_date, hit.village, hit.stage.value)
            print("\t".join((*shown, hit.how.word)))
        return 0

    return with_office(args, work)
