"""`workstation audit`: verifies the trail of what was done, exports it, fetches the registry's checkpoints."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.commands.office import add_data, with_office

if TYPE_CHECKING:
    from workstation.security.trail_judgement import Turn
    from workstation.workflow.audit.verify import Trail, Verdict
    from workstation.workflow.office import Office


def register(subparsers: Any) -> None:
    """Adds the command `audit` with verify, export and checkpoints."""
    family = subparsers.add_parser("audit", help="the trail of what was done: verify it, export it")
    commands = family.add_subparsers(dest="audit_command", required=True, metavar="verify|export|checkpoints")
    verify = commands.add_parser(
        "verify", help="names the first bad entry of each station, and what was done"
    )
    verify.add_argument("--json", action="store_true", help="one JSON object")
    verify.add_argument("--file", type=Path, metavar="FILE", help="an export, in place of the office")
    verify.add_argument(
        "--checkpoints", type=Path, metavar="FILE", help="checkpoints that the registry countersigned"
    )
    add_data(verify)
    verify.set_defaults(run=run_verify)
    export = commands.add_parser("export", help="writes the whole trail to a file")
    export.add_argument("--out", required=True, type=Path, metavar="FILE")
    export.add_argument("--operator", required=True, metavar="NAME", help="an auditor or administrator")
    export.add_argument(
        "--password-file", required=True, type=Path, metavar="FILE", help="the file that holds the password"
    )
    add_data(export)
    export.set_defaults(run=run_export)
    fetched = commands.add_parser("checkpoints", help="asks the registry for what it countersigned")
    fetched.add_argument("--out", required=True, type=Path, metavar="FILE")
    add_data(fetched)
    fetched.set_defaults(run=run_checkpoints)


def run_verify(args: argparse.Namespace) -> int:
    """0 for a whole trail, 1 for a bent one or a file that cannot be read."""
    from ui.messages import explain
    from workstation.domain.refused import Refused
    from workstation.interchange.audit_list import NOTHING
    from workstation.workflow.audit.export import read_checkpoints, verify_export
    from workstation.workflow.audit.verify import verify_trail

    others = NOTHING
    try:
        if args.checkpoints is not None:
            others = read_checkpoints(args.checkpoints.read_bytes())
        if args.file is not None:
            with args.file.open("rb") as lines:
                return _tell(verify_export(lines, others), as_json=args.json)
    except OSError as fault:
        print(f"{fault.filename}: {fault.strerror}", file=sys.stderr)
        return 1
    except Refused as refused:
        print(explain(refused).text, file=sys.stderr)
        return 1
    return with_office(
        args, lambda office: _tell(verify_trail(office.store, others=others), as_json=args.json)
    )


def run_export(args: argparse.Namespace) -> int:
    """0 with the number of entries."""
    from workstation.workflow.audit.export import export_trail
    from workstation.workflow.sign_in import sign_in

    try:
        password = args.password_file.read_text(encoding="utf-8").rstrip("\r\n")
    except OSError as fault:
        print(f"{fault.filename}: {fault.strerror}", file=sys.stderr)
        return 1

    def work(office: Office) -> int:
        print(export_trail(office, sign_in(office, args.operator, password), args.out))
        return 0

    return with_office(args, work)


def run_checkpoints(args: argparse.Namespace) -> int:
    """0 with the number of checkpoints."""
    from ui.messages import explain
    from workstation.domain.refused import Refused
    from workstation.sync.checkpoint_exchange import fetch_checkpoints
    from workstation.sync.errors import RegistryError
    from workstation.workflow.audit.export import keep_checkpoints

    def work(office: Office) -> int:
        try:
            print(keep_checkpoints(fetch_checkpoints(office.store, office.station.id), args.out))
        except (RegistryError, Refused) as fault:
            print(explain(fault).text, file=sys.stderr)
            return 1
        return 0

    return with_office(args, work)


def _json(trail: Trail) -> dict[str, object]:
    """One station's chain as the command gives it."""
    broken = trail.broken
    return {
        "station": trail.station_id,
        "entries": trail.entries,
        "head": trail.head.hex(),
        "checkpoints": trail.checkpoints,
        "countersigned": trail.countersigned,
        "segments": [
            {
                "number": turn.number,
                "first": turn.first,
                "by": turn.by,
                "at": turn.at,
                "accepted": turn.accepted,
                "registry_only": None
                if turn.missing_last < turn.missing_first
                else {"first": turn.missing_first, "last": turn.missing_last},
            }
            for turn in trail.turns
        ],
        "broken": None
        if broken is None
        else {"kind": broken.kind.value, "first": broken.first, "until": broken.until},
    }


def _said(turn: Turn) -> str:
    """What a restoration did to the trail, for the auditor."""
    begins = f"segment {turn.number} begins with entry {turn.first} after a restore at {turn.at} by {turn.by}"
    if not turn.accepted:
        begins += ", not accepted by the registry yet"
    if turn.missing_last < turn.missing_first:
        return begins
    gone = f"entries {turn.missing_first}..{turn.missing_last} of segment {turn.number - 1}"
    return f"{begins}; {gone} are known to the registry only"


def _tell(verdict: Verdict, *, as_json: bool) -> int:
    trails = [_json(trail) for trail in verdict.trails]
    if as_json:
        print(json.dumps({"whole": verdict.whole, "stations": trails}, indent=1))
        return 0 if verdict.whole else 1
    for trail in verdict.trails:
        stands = f"{trail.station_id}: {trail.entries} entries, countersigned to {trail.countersigned}"
        broken = trail.broken
        if broken is None:
            print(f"{stands}, whole")
        else:
            place = f"{broken.first}" if broken.until == broken.first else f"{broken.first}-{broken.until}"
            print(f"{trail.station_id}: {broken.kind.value} at entry {place} ({stands})")
        for turn in trail.turns:
            print(f"{trail.station_id}: {_said(turn)}")
    return 0 if verdict.whole else 1
