"""`workstation hand-over`: what lies ready, whom to tell, and labels for the boxes, without the window."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.commands.stock_acts import add_operator, as_operator

if TYPE_CHECKING:
    from workstation.workflow.office import Office, SignedIn


def register(subparsers: Any) -> None:
    """Adds the command `hand-over` with its own."""
    family = subparsers.add_parser("hand-over", help="finished cards: what lies ready, whom to tell")
    commands = family.add_subparsers(dest="hand_over_command", required=True, metavar="ready|...")
    ready = commands.add_parser("ready", help="cards that lie ready, as JSON, in the order of the boxes")
    ready.add_argument("--uncollected", action="store_true", help="only those due to go back to the province")
    add_operator(ready)
    ready.set_defaults(run=run_ready)
    notices = commands.add_parser("notices", help="whom to tell: CSV for messages, or PDF for letters")
    notices.add_argument("--out", type=Path, required=True, metavar="FILE", help="FILE.csv or FILE.pdf")
    add_operator(notices)
    notices.set_defaults(run=run_notices, usage_error=notices.error)
    labels = commands.add_parser("labels", help="labels for the rows of a box, as PDF")
    labels.add_argument("--box", type=int, required=True, metavar="NUMBER")
    labels.add_argument("--out", type=Path, required=True, metavar="FILE")
    add_operator(labels)
    labels.set_defaults(run=run_labels)


def run_ready(args: argparse.Namespace) -> int:
    """One JSON array; 1 when it is refused."""

    def work(office: Office, who: SignedIn) -> int:
        from workstation.workflow.hand_over.ready import ready_view
        from workstation.workflow.hand_over.uncollected import uncollected_view

        rows = uncollected_view(office, who).rows if args.uncollected else ready_view(office, who).rows
        found = [
            {
                "number": row.card.number,
                "name": row.card.name_lo,
                "place": None if row.card.place is None else row.card.place.text,
                "days": row.days,
                "told": None if row.told is None else row.told.outcome.value,
            }
            for row in rows
        ]
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return 0

    return as_operator(args, work)


def run_notices(args: argparse.Namespace) -> int:
    """Writes the file; 1 when it is refused."""
    if args.out.suffix not in (".csv", ".pdf"):
        args.usage_error("--out: neither .csv nor .pdf")

    def work(office: Office, who: SignedIn) -> int:
        from workstation.workflow.hand_over.ready import letter_list, notice_csv

        if args.out.suffix == ".pdf":
            args.out.write_bytes(letter_list(office, who))
        else:
            # With a mark of its encoding: spreadsheets take a Lao name for something else without.
            args.out.write_text(notice_csv(office, who), encoding="utf-8-sig", newline="")
        return 0

    return as_operator(args, work)


def run_labels(args: argparse.Namespace) -> int:
    """Writes the sheets; 1 when it is refused."""

    def work(office: Office, who: SignedIn) -> int:
        from workstation.workflow.hand_over.ready import row_labels

        args.out.write_bytes(row_labels(office, who, args.box))
        return 0

    return as_operator(args, work)
