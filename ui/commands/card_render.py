"""`workstation card render`: a record on a layout becomes the PDF that a card printer gets, and pictures of it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.commands.office import add_data, with_office

if TYPE_CHECKING:
    from printing.specification import CardLayout
    from workstation.workflow.office import Office

_HIGHEST_DPI = 1200


def register(subparsers: Any) -> None:
    """Adds the command `card render`."""
    from workstation.workflow.layouts.record_keys import KEYS

    keys = "\n".join(
        f"  {key:19} {'needed  ' if is_needed else 'optional'}  {what}" for key, is_needed, what in KEYS
    )
    parser = subparsers.add_parser(
        "render",
        help="draws a person's record on a card layout, as a PDF of two pages",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"keys of the record (a JSON object):\n{keys}",
    )
    parser.add_argument("record", metavar="RECORD.json", type=Path, help="the person's record")
    parser.add_argument(
        "--layout",
        default="national-id-1",
        metavar="NAME[@VERSION]",
        help="a layout that ships with the program, a layout file (.json), or with --data one of that office",
    )
    parser.add_argument("--out", required=True, metavar="CARD.pdf", type=Path, help="where the PDF goes")
    parser.add_argument("--png", metavar="DIR", type=Path, help="also front.png and back.png in this folder")
    parser.add_argument("--dpi", type=int, default=300, metavar="N", help="resolution of the pictures (300)")
    parser.add_argument(
        "--preview", action="store_true", help="with what the blank brings; a printer never gets that"
    )
    parser.add_argument("--json", action="store_true", help="the answer as one JSON object")
    add_data(parser)
    parser.set_defaults(run=run, usage_error=parser.error)


def run(args: argparse.Namespace) -> int:
    """0 with the files written; 1 with every problem on standard error."""
    if not 50 <= args.dpi <= _HIGHEST_DPI:
        args.usage_error(f"--dpi is 50 to {_HIGHEST_DPI}")
    name, _, version = args.layout.partition("@")
    if name.endswith(".json") or not getattr(args, "data", None):
        return _render(args, lambda: _layout(name, version))
    from workstation.workflow.layouts.held import layout_at, layout_labelled

    def work(office: Office) -> int:
        return _render(
            args, lambda: layout_labelled(office, args.layout) if version else layout_at(office, name)
        )

    return with_office(args, work)


def _layout(name: str, version: str) -> CardLayout:
    from printing.errors import LayoutError, LayoutProblem
    from printing.specification import BUILT_IN, built_in_layout, load_layout

    if name.endswith(".json"):
        layout = load_layout(Path(name).read_bytes())
    elif name in BUILT_IN:
        layout = built_in_layout(name)
    else:
        raise LayoutError((LayoutProblem("no-such-layout", facts={"known": ", ".join(BUILT_IN)}),))
    if version and version != str(layout.version):
        raise LayoutError((LayoutProblem("no-such-version", facts={"known": layout.version}),))
    return layout


def _render(args: argparse.Namespace, layout_of: Any) -> int:
    from printing.errors import ContentError, LayoutError
    from printing.render import render_card
    from workstation.workflow.layouts.record_file import RecordDamaged, read_record_file

    try:
        layout = layout_of()
        content = read_record_file(args.record)
        pdf = render_card(layout, content, preview=args.preview)
        written = _write(args, pdf)
    except LayoutError as fault:
        return _refuse(args, "layout", [(p.element, p.code, dict(p.facts)) for p in fault.problems])
    except RecordDamaged as fault:
        return _refuse(args, "record", [(p.key, p.code, {"detail": p.detail}) for p in fault.problems])
    except ContentError as fault:
        facts = {key: value for key, value in fault.facts.items() if key != "element"}
        return _refuse(args, "content", [(str(fault.facts.get("element", "")), fault.code, facts)])
    except OSError as fault:
        return _refuse(args, "file", [(str(fault.filename or ""), "file", {"detail": fault.strerror or ""})])
    if args.json:
        from printing.specification import layout_sha256

        answer = {"layout": layout.label, "sha256": layout_sha256(layout), "files": written}
        print(json.dumps({"rendered": True} | answer, ensure_ascii=False))
    else:
        print("\n".join(written))
    return 0


def _write(args: argparse.Namespace, pdf: bytes) -> list[str]:
    from printing.preview import rasterise_png

    args.out.write_bytes(pdf)
    written = [str(args.out)]
    if args.png is not None:
        args.png.mkdir(parents=True, exist_ok=True)
        for page, side in enumerate(("front", "back")):
            path = args.png / f"{side}.png"
            path.write_bytes(rasterise_png(pdf, page, args.dpi))
            written.append(str(path))
    return written


def _refuse(args: argparse.Namespace, where: str, problems: list[tuple[str, str, dict[str, Any]]]) -> int:
    if args.json:
        listed = [{"in": where, "place": place, "code": code} | facts for place, code, facts in problems]
        print(json.dumps({"rendered": False, "problems": listed}, ensure_ascii=False))
        return 1
    for place, code, facts in problems:
        told = ", ".join(f"{key} {value}" for key, value in facts.items() if value != "")
        print(f"{where} {place}: {code}{f' ({told})' if told else ''}".replace(" :", ":"), file=sys.stderr)
    return 1
