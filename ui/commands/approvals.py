"""`workstation approval`: approvals by a second person elsewhere, as files. `workstation roles`: who may do what."""

from __future__ import annotations

import argparse
import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.commands.office import add_data, with_office

if TYPE_CHECKING:
    from workstation.workflow.office import Office, SignedIn

_PASSPHRASE = "the file that holds the passphrase of her key for approvals (mode 600)"


def register(subparsers: Any) -> None:
    """Adds `approval` with its verbs, and `roles`."""
    roles = subparsers.add_parser("roles", help="who may do what: the table that every verb asks")
    roles.add_argument("--json", action="store_true", help="one JSON object")
    roles.set_defaults(run=run_roles)
    family = subparsers.add_parser("approval", help="an approval by a second person at another station")
    verbs = family.add_subparsers(
        dest="approval_command", required=True, metavar="key|trust|request|show|sign|apply"
    )
    key = _verb(verbs, "key", "makes a supervisor's key and writes her card, the public half", run_key)
    key.add_argument("--passphrase-file", required=True, type=Path, metavar="FILE", help=_PASSPHRASE)
    _out(key)
    trust = _verb(verbs, "trust", "an administrator trusts the key on a card", run_trust)
    trust.add_argument("file", type=Path, metavar="FILE", help="the approver's card")
    trust.add_argument("--fingerprint", required=True, help="as the approver reads it out, by telephone")
    request = _verb(verbs, "request", "asks for the approval of an application in review", run_request)
    request.add_argument("application", metavar="ID", help="the application's id")
    _out(request)
    show = verbs.add_parser("show", help="what a request asks for, and the points that must be looked at")
    show.add_argument("file", type=Path, metavar="FILE", help="a request")
    show.set_defaults(run=run_show)
    sign = _verb(verbs, "sign", "signs a request after everything was looked at", run_sign)
    sign.add_argument("file", type=Path, metavar="FILE", help="a request")
    sign.add_argument("--passphrase-file", required=True, type=Path, metavar="FILE", help=_PASSPHRASE)
    sign.add_argument(
        "--seen", action="append", default=[], metavar="POINT", help="a point that was looked at; repeat it"
    )
    _out(sign)
    apply = _verb(verbs, "apply", "approves in the signer's name, once", run_apply)
    apply.add_argument("file", type=Path, metavar="FILE", help="a signed approval")


def _verb(verbs: Any, name: str, told: str, run: Callable[[argparse.Namespace], int]) -> Any:
    parser = verbs.add_parser(name, help=told)
    parser.add_argument("--operator", required=True, metavar="NAME", help="who acts")
    parser.add_argument(
        "--password-file", required=True, type=Path, metavar="FILE", help="the file that holds her password"
    )
    add_data(parser)
    parser.set_defaults(run=run)
    return parser


def _out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", required=True, type=Path, metavar="FILE", help="where to write it; must be new"
    )


def run_roles(args: argparse.Namespace) -> int:
    """Every verb with the roles that may, and whether it takes a second person."""
    from workstation.domain.operator import SIGN_IN_ROLES
    from workstation.domain.permissions import PERMISSIONS, Verb, may

    rows = {
        verb.value: {
            "roles": [role.value for role in SIGN_IN_ROLES if may(role, verb)],
            "second_person": PERMISSIONS[verb].second_person,
        }
        for verb in Verb
    }
    if args.json:
        print(json.dumps({"roles": [role.value for role in SIGN_IN_ROLES], "verbs": rows}, indent=1))
        return 0
    for name, row in rows.items():
        print(name, ",".join(row["roles"]), "second person" if row["second_person"] else "", sep="\t")  # type: ignore[arg-type]  # a dict of mixed values
    return 0


def run_key(args: argparse.Namespace) -> int:
    """0 with the fingerprint that she reads out to the administrator elsewhere."""
    from workstation.interchange.approval import read_card
    from workstation.workflow.approvals.keys import make_approval_key

    def work(office: Office, who: SignedIn) -> dict[str, str]:
        _require_new(args.out)
        document = make_approval_key(office, who, _secret(args.passphrase_file))
        _write(args.out, document)
        return {"fingerprint": read_card(document).fingerprint}

    return _acting(args, work)


def run_trust(args: argparse.Namespace) -> int:
    """0 with the operator's id."""
    from workstation.workflow.approvals.keys import trust

    def work(office: Office, who: SignedIn) -> dict[str, str]:
        return {"approver": trust(office, who, args.file.read_bytes(), args.fingerprint).operator_id}

    return _acting(args, work)


def run_request(args: argparse.Namespace) -> int:
    """0 with the request's id and its end."""
    from workstation.interchange.approval import read_request
    from workstation.workflow.approvals.steps import request_approval

    def work(office: Office, who: SignedIn) -> dict[str, str]:
        _require_new(args.out)
        document = request_approval(office, who, args.application)
        _write(args.out, document)
        request = read_request(document)
        return {"request": request.id, "expires_at": request.expires_at}

    return _acting(args, work)


def run_show(args: argparse.Namespace) -> int:
    """0 with the request as JSON: it holds what is on the form."""
    from ui.messages import explain
    from workstation.domain.refused import Refused
    from workstation.workflow.approvals.steps import look_at_request

    try:
        document = args.file.read_bytes()
        look_at_request(document)
    except OSError as fault:
        print(f"{fault.filename}: {fault.strerror}", file=sys.stderr)
        return 1
    except Refused as refused:
        print(explain(refused).text, file=sys.stderr)
        return 1
    print(json.dumps(json.loads(document), ensure_ascii=False, indent=1))
    return 0


def run_sign(args: argparse.Namespace) -> int:
    """0 when the approval is written."""
    from workstation.workflow.approvals.steps import sign_approval

    def work(office: Office, who: SignedIn) -> dict[str, str]:
        _require_new(args.out)
        document, passphrase = args.file.read_bytes(), _secret(args.passphrase_file)
        _write(args.out, sign_approval(office, who, document, passphrase, set(args.seen)))
        return {"signed": str(args.out)}

    return _acting(args, work)


def run_apply(args: argparse.Namespace) -> int:
    """0 with the stage that the application is at then."""
    from workstation.workflow.approvals.steps import apply_approval

    def work(office: Office, who: SignedIn) -> dict[str, str]:
        return {"stage": apply_approval(office, who, args.file.read_bytes()).value}

    return _acting(args, work)


def _acting(args: argparse.Namespace, work: Callable[[Office, SignedIn], dict[str, str]]) -> int:
    from workstation.workflow.sign_in import sign_in, sign_out

    def signed_in(office: Office) -> int:
        who = sign_in(office, args.operator, _secret(args.password_file))
        try:
            print(json.dumps(work(office, who), ensure_ascii=False))
        finally:
            sign_out(office, who)
        return 0

    try:
        return with_office(args, signed_in)
    except OSError as fault:
        print(f"{fault.filename}: {fault.strerror}", file=sys.stderr)
        return 1


def _secret(path: Path) -> str:
    from workstation.workflow.keys.key_file import secret_from_file

    return secret_from_file(path)


def _require_new(path: Path) -> None:
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def _write(path: Path, document: bytes) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(document)
