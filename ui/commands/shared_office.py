"""`workstation office`: one database on a server for all stations of an office; moving there, inviting, joining."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.commands.office import add_data, folder_of, with_office

if TYPE_CHECKING:
    from workstation.workflow.office import Office, SignedIn

_VERBS = {
    "share": "moves this office to an empty PostgreSQL database; the program must be closed meanwhile",
    "invite": "writes the office's key, under a passphrase for this alone, to a file for another computer",
    "join": "makes this computer another station of an office that is on a server",
    "status": "where this office's database is, and which stations it has",
}
_SERVER = (
    "postgresql://USER@HOST/DATABASE; over a network with the server's certificate (sslmode=verify-full)"
)


def register(subparsers: Any) -> None:
    """Adds the command `office` with its verbs."""
    family = subparsers.add_parser("office", help="one database on a server for all stations of an office")
    commands = family.add_subparsers(dest="office_command", required=True, metavar="|".join(_VERBS))
    for name, told in _VERBS.items():
        verb = commands.add_parser(
            name, help=told, description=f"{told}. LAO_ID_PASSPHRASE_FILE names the passphrase's file."
        )
        if name != "status":
            verb.add_argument(
                "--operator", required=True, metavar="NAME", help="an administrator of the office"
            )
            _file(verb, "--password-file", "the file that holds the password")
        if name in ("share", "join"):
            verb.add_argument("--server", required=True, metavar="URL", help=_SERVER)
        if name in ("invite", "join"):
            _file(verb, "--invitation", "the file with the invitation")
            _file(verb, "--invitation-passphrase-file", "the file that holds the invitation's own passphrase")
        if name == "join":
            verb.add_argument(
                "--station-code", required=True, metavar="CODE", help="one that no station of the office has"
            )
        add_data(verb)
        verb.set_defaults(run=run)


def _file(parser: argparse.ArgumentParser, name: str, told: str) -> None:
    parser.add_argument(name, required=True, type=Path, metavar="FILE", help=told)


def run(args: argparse.Namespace) -> int:
    """0 when it was done; 1 with the sentence of the refusal."""
    from ui.messages import explain
    from workstation.domain.refused import Refused
    from workstation.startup import passphrase_from_file
    from workstation.workflow.keys.key_file import secret_from_file
    from workstation.workflow.keys.sharing import join, move_to_server

    if args.office_command == "status":
        return with_office(args, _tell)
    try:
        password = secret_from_file(args.password_file)
        passphrase = passphrase_from_file() or ""
        if args.office_command == "join":
            join(
                folder_of(args),
                args.server,
                args.invitation.read_bytes(),
                secret_from_file(args.invitation_passphrase_file),
                station_code=args.station_code,
                passphrase=passphrase,
                administrator=args.operator,
                password=password,
            )
            return with_office(args, _tell)
        own = secret_from_file(args.invitation_passphrase_file) if args.office_command == "invite" else ""
        code = with_office(args, lambda office: _signed_in(args, office, password, passphrase, own))
        if code == 0 and args.office_command == "share":
            rows = move_to_server(folder_of(args), passphrase, args.server)
            print(f"moved\t{rows}")
            return with_office(args, _tell)
        return code
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
    except Refused as refused:
        print(explain(refused).text, file=sys.stderr)
    return 1


def _signed_in(args: argparse.Namespace, office: Office, password: str, passphrase: str, own: str) -> int:
    from workstation.workflow.keys.sharing import begin_sharing, invite
    from workstation.workflow.sign_in import sign_in, sign_out

    who: SignedIn = sign_in(office, args.operator, password)
    if args.office_command == "share":
        begin_sharing(office, who, args.server)
    else:
        invite(office, who, passphrase, args.invitation, own)
    sign_out(office, who)
    return 0


def _tell(office: Office) -> int:
    from workstation.workflow.keys.sharing import protection, stations

    print(f"database\t{'server' if office.store.shared else 'file'}")
    for name, value in protection(office).items():
        print(f"{name}\t{value}")
    for station in stations(office):
        here = "here" if station.id == office.station.id else ""
        print(f"station\t{station.office_code}-{station.station_code}\t{here}")
    return 0
