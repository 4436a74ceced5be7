"""`workstation layout`: what is wrong with a card layout, which versions the office holds, bringing one in."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.commands.office import add_data, with_office

if TYPE_CHECKING:
    from printing.errors import LayoutProblem
    from workstation.workflow.office import Office


def register(subparsers: Any) -> None:
    """Adds the command `layout` with its members."""
    family = subparsers.add_parser("layout", help="card layouts: check, list, export, bring in")
    commands = family.add_subparsers(
        dest="layout_command", required=True, metavar="check|list|export|bring-in"
    )
    check = commands.add_parser("check", help="checks a layout and names every problem with its element")
    check.add_argument("file", metavar="FILE", type=Path, help="a card layout (JSON)")
    check.add_argument("--json", action="store_true", help="the answer as one JSON object")
    check.set_defaults(run=run_check)
    listed = commands.add_parser("list", help="every version the office holds, and what was sent and refused")
    listed.add_argument("--json", action="store_true", help="one JSON object")
    add_data(listed)
    listed.set_defaults(run=run_list)
    export = commands.add_parser("export", help="writes the document of one version that the office holds")
    export.add_argument("layout", metavar="NAME@VERSION", help="as `layout list` names it")
    export.add_argument("--out", required=True, metavar="FILE", type=Path, help="where the document goes")
    add_data(export)
    export.set_defaults(run=run_export, usage_error=export.error)
    bring = commands.add_parser("bring-in", help="takes in a layout under the registry's signature")
    bring.add_argument("file", metavar="FILE", type=Path, help="a signed layout")
    bring.add_argument("--operator", required=True, metavar="NAME", help="an administrator of the office")
    bring.add_argument(
        "--password-file", required=True, type=Path, metavar="FILE", help="the file that holds the password"
    )
    add_data(bring)
    bring.set_defaults(run=run_bring_in)


def run_check(args: argparse.Namespace) -> int:
    """0 for a sound layout, 1 with every problem, 2 when there is no such file."""
    from printing.errors import LayoutError
    from printing.specification import layout_sha256, load_layout
    from printing.specification_reading import LARGEST

    try:
        with args.file.open("rb") as file:
            text = file.read(LARGEST + 1)
    except OSError as fault:
        print(f"{args.file}: {fault.strerror}", file=sys.stderr)
        return 2
    try:
        layout = load_layout(text)
    except LayoutError as damaged:
        return _problems(damaged.problems, as_json=args.json)
    answer: dict[str, Any] = {
        "layout": layout.label,
        "valid_from": layout.valid_from.isoformat(),
        "sha256": layout_sha256(layout),
        "front": len(layout.front),
        "back": len(layout.back),
    }
    if args.json:
        print(json.dumps({"accepted": True} | answer, ensure_ascii=False))
    else:
        print(
            f"{layout.label}: sound, {len(layout.front)} elements in front, {len(layout.back)} on the back, "
            f"from {layout.valid_from.isoformat()}"
        )
    return 0


def run_list(args: argparse.Namespace) -> int:
    """Name, version, state (in-force, to-come, past, damaged), origin and since when."""
    from workstation.workflow.layouts.held import layouts_of_office

    def work(office: Office) -> int:
        held = layouts_of_office(office)
        rows = [
            {
                "layout": f"{layout.name}@{layout.version}",
                "state": layout.state,
                "origin": layout.origin,
                "in_force_since": layout.in_force_since.isoformat(),
                "sha256": layout.sha256,
            }
            for layout in held.layouts
        ]
        refused = [
            {"layout": f.name, "code": f.code, "element": f.element, "received_at": f.received_at.isoformat()}
            for f in held.refused
        ]
        if args.json:
            print(json.dumps({"used": held.used, "layouts": rows, "refused": refused}, indent=1))
            return 0
        for row in rows:
            print("\t".join(row.values()))
        for fault in refused:
            print("\t".join((fault["layout"], "refused", fault["code"], fault["element"])))
        return 0

    return with_office(args, work)


def run_export(args: argparse.Namespace) -> int:
    """0 with the file written, 1 when the office does not hold that version."""
    from workstation.workflow.layouts.held import document_of

    name, _, version = args.layout.partition("@")
    if not version.isdecimal():
        args.usage_error("NAME@VERSION, such as national-id-1@1")

    def work(office: Office) -> int:
        document = document_of(office, name, int(version))
        try:
            args.out.write_bytes(document)
        except OSError as fault:
            print(f"{fault.filename}: {fault.strerror}", file=sys.stderr)
            return 1
        return 0

    return with_office(args, work)


def run_bring_in(args: argparse.Namespace) -> int:
    """0 with the version; 1 with every problem, or with the sentence of the refusal."""
    from printing.errors import LayoutError
    from workstation.workflow.layouts.held import bring_in_layout
    from workstation.workflow.sign_in import sign_in

    try:
        content = args.file.read_bytes()
        password = args.password_file.read_text(encoding="utf-8").rstrip("\r\n")
    except OSError as fault:
        print(f"{fault.filename}: {fault.strerror}", file=sys.stderr)
        return 1

    def work(office: Office) -> int:
        try:
            layout = bring_in_layout(office, sign_in(office, args.operator, password), content)
        except LayoutError as damaged:
            return _problems(damaged.problems, as_json=False)
        print(layout.label)
        return 0

    return with_office(args, work)


def _problems(problems: tuple[LayoutProblem, ...], *, as_json: bool) -> int:
    if as_json:
        listed = [{"element": p.element, "code": p.code, "facts": p.facts} for p in problems]
        print(json.dumps({"accepted": False, "problems": listed}, ensure_ascii=False))
        return 1
    for problem in problems:
        told = ", ".join(f"{key} {value}" for key, value in problem.facts.items())
        print(f"{problem.element or 'layout'}: {problem.code}{f' ({told})' if told else ''}", file=sys.stderr)
    return 1
