"""`workstation forms check FILE`: whether a form specification can be put in force, and everything wrong with it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workstation.domain.form import Form, Problem


def register(subparsers: Any) -> None:
    """Adds the command `forms` with its form check."""
    family = subparsers.add_parser(
        "forms", help="form specifications: fields, papers and fee of an application"
    )
    commands = family.add_subparsers(dest="form_command", required=True, metavar="check")
    check = commands.add_parser("check", help="checks a specification and names every problem")
    check.add_argument("file", metavar="FILE", type=Path, help="a form specification (JSON)")
    check.add_argument("--json", action="store_true", help="the answer as one JSON object")
    check.set_defaults(run=run)


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
