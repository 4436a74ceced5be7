"""`workstation forms`: what is wrong with a specification, which versions the office holds, bringing one in."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.commands.office import add_data, with_office

if TYPE_CHECKING:
    from workstation.domain.form import Form, Problem
    from workstation.workflow.office import Office


def register(subparsers: Any) -> None:
    """Adds the command `forms` with its form check."""
    family = subparsers.add_parser(
        "forms", help="form specifications: fields, papers and fee of an application"
    )
    commands = family.add_subparsers(dest="form_command", required=True, metavar="check|list|bring-in")
    check = commands.add_parser("check", help="checks a specification and names every problem")
    check.add_argument("file", metavar="FILE", type=Path, help="a form specification (JSON)")
    check.add_argument("--json", action="store_true", help="the answer as one JSON object")
    check.set_defaults(run=run)
    listed = commands.add_parser("list", help="every version the office holds, and what was sent and refused")
    listed.add_argument("--json", action="store_true", help="one JSON object")
    add_data(listed)
    listed.set_defaults(run=run_list)
    bring = commands.add_parser("bring-in", help="puts a specification in force for new applications")
    bring.add_argument("file", metavar="FILE", type=Path, help="a form specification (JSON)")
    bring.add_argument("--operator", required=True, metavar="NAME", help="an administrator of the office")
    bring.add_argument(
        "--password-file", required=True, type=Path, metavar="FILE", help="the file that holds the password"
    )
    add_data(bring)
    bring.set_defaults(run=run_bring_in)


def run_list(args: argparse.Namespace) -> int:
    """Version, state (in-force, to-come, past, damaged) and since when, by kind of application."""
    from workstation.workflow.intake.forms import forms_of_office

    def work(office: Office) -> int:
        held = forms_of_office(office)
        rows = [
            {
                "form": form.kind,
                "version": form.version,
                "state": form.state,
                "in_force_since": form.in_force_since.isoformat(),
            }
            for form in held.forms
        ]
        refused = [
            {"form": f.kind, "code": f.code, "place": f.place, "received_at": f.received_at.isoformat()}
            for f in held.refused
        ]
        if args.json:
            print(json.dumps({"forms": rows, "refused": refused}, ensure_ascii=False, indent=1))
            return 0
        for row in rows:
            print("\t".join(row.values()))
        for fault in refused:
            print("\t".join((fault["form"], "refused", fault["code"], fault["place"])))
        return 0

    return with_office(args, work)


def run_bring_in(args: argparse.Namespace) -> int:
    """0 with the version; 1 with every problem, or with the sentence of the refusal."""
    from workstation.domain.form import FormDamaged
    from workstation.workflow.intake.forms import bring_in_form
    from workstation.workflow.sign_in import sign_in

    try:
        document = args.file.read_bytes()
        password = args.password_file.read_text(encoding="utf-8").rstrip("\r\n")
    except OSError as fault:
        print(f"{fault.filename}: {fault.strerror}", file=sys.stderr)
        return 1

    def work(office: Office) -> int:
        try:
            form = bring_in_form(office, sign_in(office, args.operator, password), document)
        except FormDamaged as damaged:
            for problem in damaged.problems:
                print(f"{problem.path}: {problem.code}: {problem.detail}".rstrip(": "), file=sys.stderr)
            return 1
        print(form.version)
        return 0

    return with_office(args, work)


def run(args: argparse.Namespace) -> int:
    """0 with a summary, 1 with every problem (path, code, facts) on standard error."""
    from workstation.domain.form import FormDamaged, Problem
    from workstation.interchange.form_specification import read_form

    try:
        form = read_form(args.file.read_bytes())
    except OSError as fault:
        problems: tuple[Problem, ...] = (Problem(str(args.file), "not-readable", fault.strerror or ""),)
    except FormDamaged as damaged:
        problems = damaged.problems
    else:
        print(json.dumps(_summary(form), ensure_ascii=False) if args.json else _sentence(form))
        return 0
    if args.json:
        print(
            json.dumps({"accepted": False, "problems": [_problem(p) for p in problems]}, ensure_ascii=False)
        )
    else:
        for problem in problems:
            print(f"{problem.path}: {problem.code}: {problem.detail}".rstrip(": "), file=sys.stderr)
    return 1


def _problem(problem: Problem) -> dict[str, str]:
    return {"path": problem.path, "code": problem.code, "detail": problem.detail}


def _summary(form: Form) -> dict[str, object]:
    return {
        "accepted": True,
        "form": form.kind,
        "version": form.version,
        "name": {"lo": form.name.lo, "en": form.name.en},
        "sections": len(form.sections),
        "fields": [field.name for field in form.fields],
        "documents": [document.code for document in form.documents],
        "fees": [fee.amount for fee in form.fees],
        "currency": form.currency,
    }


def _sentence(form: Form) -> str:
    return (
        f"{form.version}: {form.name.en} ({form.name.lo}), {len(form.sections)} sections, "
        f"{len(form.fields)} fields, {len(form.documents)} documents. It can be put in force."
    )
