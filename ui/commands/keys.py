"""`workstation keys`: what wraps the office's database key; another passphrase, a TPM, the way back, another key."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.commands.office import add_data, folder_of, with_office

if TYPE_CHECKING:
    from workstation.workflow.office import Office, SignedIn

_VERBS = {
    "rotate": "puts the database under a new random key; the program must be closed meanwhile",
    "rewrap": "puts the key under a new passphrase; an old copy of the key file still opens with the old one",
    "add-tpm": "seals the key in this computer's TPM: the office opens by it alone, and no longer without it",
    "recover": (
        "opens by the passphrase an office whose TPM is lost, and forgets that TPM; the trail keeps who did it"
    ),
}


def register(subparsers: Any) -> None:
    """Adds the command `keys` with its verbs."""
    family = subparsers.add_parser("keys", help="the key of the office's database and what wraps it")
    commands = family.add_subparsers(dest="keys_command", required=True, metavar="status|" + "|".join(_VERBS))
    status = commands.add_parser("status", help="what opens this office, and whether its TPM answers")
    status.add_argument("--json", action="store_true", help="one JSON object")
    add_data(status)
    status.set_defaults(run=run_status)
    for name, told in _VERBS.items():
        verb = commands.add_parser(
            name, help=told, description=f"{told}. LAO_ID_PASSPHRASE_FILE names the passphrase's file."
        )
        verb.add_argument("--operator", required=True, metavar="NAME", help="an administrator of the office")
        verb.add_argument(
            "--password-file",
            required=True,
            type=Path,
            metavar="FILE",
            help="the file that holds the password",
        )
        if name == "rewrap":
            verb.add_argument(
                "--new-passphrase-file",
                required=True,
                type=Path,
                metavar="FILE",
                help="the file that holds the new passphrase (mode 600)",
            )
        verb.add_argument("--json", action="store_true", help="one JSON object")
        add_data(verb)
        verb.set_defaults(run=run_verb)


def run_status(args: argparse.Namespace) -> int:
    """0 with what the key file holds; nothing is unlocked for it."""
    from ui.messages import explain
    from workstation.domain.refused import Refused
    from workstation.workflow.keys.view import view

    try:
        shown = view(folder_of(args))
    except Refused as refused:
        print(explain(refused).text, file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps({"accepted": True, **shown.facts()}, indent=1))
        return 0
    for name, value in shown.facts().items():
        print(f"{name}\t{value}")
    return 0


def run_verb(args: argparse.Namespace) -> int:
    """0 with the id of the key that is now in force; 1 with the sentence of the refusal."""
    from ui.messages import explain
    from workstation.domain.refused import Refused
    from workstation.startup import passphrase_from_file
    from workstation.workflow.keys.key_file import secret_from_file
    from workstation.workflow.keys.steps import add_tpm, begin_rotation, change_passphrase, recover, turn_key

    try:
        password = secret_from_file(args.password_file)
        fresh = secret_from_file(args.new_passphrase_file) if args.keys_command == "rewrap" else ""
        passphrase = passphrase_from_file() or ""
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    except Refused as refused:
        print(explain(refused).text, file=sys.stderr)
        return 1
    verbs: dict[str, Callable[[Office, SignedIn], None]] = {
        "rotate": lambda office, who: begin_rotation(office, who, passphrase),
        "rewrap": lambda office, who: change_passphrase(office, who, passphrase, fresh),
        "add-tpm": lambda office, who: add_tpm(office, who, passphrase),
        "recover": lambda office, who: recover(office, who, passphrase),
    }

    def work(office: Office) -> int:
        from workstation.workflow.sign_in import sign_in, sign_out

        who = sign_in(office, args.operator, password)
        verbs[args.keys_command](office, who)
        sign_out(office, who)
        return 0

    code = with_office(args, work, recover=args.keys_command == "recover")
    if code == 0 and args.keys_command == "rotate":
        try:
            turn_key(folder_of(args), passphrase)
        except Refused as refused:
            print(explain(refused).text, file=sys.stderr)
            return 1
        # The next opening ends a rotation, after a crash as well as now.
        code = with_office(args, lambda office: 0)
    return code if code != 0 else run_status(args)
