"""`workstation backup` and `workstation restore`: sealed copies of the running office, and the way back."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.commands.office import add_data, with_office

if TYPE_CHECKING:
    from workstation.security.backup_sealing import BackupKey
    from workstation.workflow.backup.position import Position
    from workstation.workflow.office import Office

_NOT_ASKED = "The registry cannot be asked; what the old folder says is all that is known of this station."
_WORDS = ("DIR", "keys", "test DIR")


def register(subparsers: Any) -> None:
    """Adds the commands `backup` and `restore`."""
    backup = subparsers.add_parser(
        "backup",
        help="make a sealed backup of the running office, its key, or a tested restore",
        description="`backup DIR` makes one in a new folder inside DIR; `backup keys` makes the key of the supervisor;"
        " `backup test DIR` restores the backup in DIR into a folder that is removed again.",
    )
    backup.add_argument("words", nargs="+", metavar="|".join(_WORDS))
    backup.add_argument(
        "--operator", metavar="NAME", help="keys: the supervisor or administrator who makes it"
    )
    backup.add_argument("--password-file", type=Path, metavar="FILE", help="keys: the file with the password")
    backup.add_argument("--out", type=Path, metavar="FILE", help="keys: the new key file, for the supervisor")
    _add_key(backup)
    backup.add_argument("--json", action="store_true", help="one JSON object")
    add_data(backup)
    backup.set_defaults(run=run_backup, usage_error=backup.error)

    restore = subparsers.add_parser(
        "restore",
        help="put a backup in the place of the office, whole and checked or not at all",
        description="The office opens with the passphrase in the file that LAO_ID_PASSPHRASE_FILE names from then on.",
    )
    restore.add_argument("folder", type=Path, metavar="DIR", help="the folder that holds manifest.json")
    restore.add_argument(
        "--into",
        type=Path,
        required=True,
        metavar="DATA",
        help="the folder of the office; what is there is put aside",
    )
    restore.add_argument(
        "--station", metavar="OFFICE-STATION", help="whose office it is, where DATA is empty"
    )
    restore.add_argument("--confirmed-by", metavar="NAME", help="the supervisor who takes an older backup")
    restore.add_argument(
        "--password-file", type=Path, metavar="FILE", help="the file with that supervisor's password"
    )
    _add_key(restore)
    restore.add_argument("--json", action="store_true", help="one JSON object")
    restore.set_defaults(run=run_restore, usage_error=restore.error)


def _add_key(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--key", type=Path, metavar="FILE", help="the supervisor's key file")
    parser.add_argument(
        "--key-passphrase-file", type=Path, metavar="FILE", help="the file with the key's passphrase"
    )
    parser.add_argument(
        "--recovery-text-file",
        type=Path,
        metavar="FILE",
        help="the printed recovery text instead of the key file",
    )


def run_backup(args: argparse.Namespace) -> int:
    """0 with where it lies, 1 with the sentence of the refusal, 2 for wrong usage."""
    match args.words:
        case ["keys"]:
            if not (args.operator and args.password_file and args.out and args.key_passphrase_file):
                args.usage_error(
                    "keys: --operator, --password-file, --out and --key-passphrase-file are needed"
                )
            return _answered(lambda: _make_key(args))
        case ["test", folder]:
            return _answered(lambda: _test(args, Path(folder)))
        case [folder]:
            return _answered(lambda: _make(args, Path(folder)))
        case _:
            args.usage_error("backup DIR, backup keys, or backup test DIR")
            return 2


def _answered(work: Callable[[], int]) -> int:
    from ui.messages import explain
    from workstation.domain.refused import Refused

    try:
        return work()
    except Refused as refused:
        print(explain(refused).text, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
    return 1


def _say(args: argparse.Namespace, facts: dict[str, object]) -> None:
    if args.json:
        print(json.dumps({"accepted": True, **facts}, indent=1))
        return
    for name, value in facts.items():
        print(f"{name}\t{value}")


def _key(args: argparse.Namespace) -> BackupKey:
    from workstation.workflow.backup.keys import backup_key_from_file, backup_key_from_text
    from workstation.workflow.keys.key_file import secret_from_file

    if args.recovery_text_file is not None:
        return backup_key_from_text(secret_from_file(args.recovery_text_file))
    if args.key is None or args.key_passphrase_file is None:
        args.usage_error("--key with --key-passphrase-file, or --recovery-text-file, is needed")
    return backup_key_from_file(args.key, secret_from_file(args.key_passphrase_file))


def _make(args: argparse.Namespace, folder: Path) -> int:
    def work(office: Office) -> int:
        from workstation.workflow.backup.make import make_backup

        made = make_backup(office, folder.absolute(), actor=office.station.id)
        facts = {"folder": str(made.folder), "backup": made.id, "bytes": made.size}
        _say(args, {**facts, "made_at": made.made_at.isoformat(), "applications": made.figures.applications})
        return 0

    return with_office(args, work)


def _make_key(args: argparse.Namespace) -> int:
    from workstation.workflow.keys.key_file import secret_from_file

    password, passphrase = (secret_from_file(file) for file in (args.password_file, args.key_passphrase_file))

    def work(office: Office) -> int:
        from workstation.workflow.backup.keys import make_backup_key
        from workstation.workflow.sign_in import sign_in, sign_out

        who = sign_in(office, args.operator, password)
        try:
            made = make_backup_key(office, who, args.out, passphrase)
        finally:
            sign_out(office, who)
        _say(args, {"key": made.id, "file": str(made.file), "recovery_text": made.recovery_text})
        return 0

    return with_office(args, work)


def _test(args: argparse.Namespace, folder: Path) -> int:
    key = _key(args)

    def work(office: Office) -> int:
        from workstation.workflow.backup.rehearsal import rehearse

        tested = rehearse(office, folder.absolute(), key, actor=office.station.id)
        found = tested.manifest.figures
        facts = {
            "backup": tested.manifest.id,
            "made_at": tested.manifest.made_at,
            "tested_at": tested.at.isoformat(),
        }
        _say(args, {**facts, "applications": found.applications, "audit_entries": found.audit})
        return 0

    return with_office(args, work)


def run_restore(args: argparse.Namespace) -> int:
    """0 with what was restored, 1 with the sentence of the refusal, 2 for wrong usage."""
    if bool(args.confirmed_by) != bool(args.password_file):
        args.usage_error("--confirmed-by and --password-file belong together")
    return _answered(lambda: _restore(args))


def _ask_registry(url: str, station: str) -> Position | None:
    from workstation.sync.position_exchange import position_known
    from workstation.workflow.backup.position import Position

    known = position_known(url, station)
    if known is None:
        print(_NOT_ASKED, file=sys.stderr)
        return None
    return Position(station, known)


def _restore(args: argparse.Namespace) -> int:
    from workstation.domain.refused import Reason, Refused
    from workstation.startup import passphrase_from_file
    from workstation.sync.checkpoint_exchange import trail_known
    from workstation.workflow.backup.restore import Confirmation, restore
    from workstation.workflow.keys.key_file import secret_from_file

    passphrase = passphrase_from_file()
    if not passphrase:
        raise Refused(Reason.PASSPHRASE_NEEDED)
    confirmed = (
        Confirmation(args.confirmed_by, secret_from_file(args.password_file)) if args.confirmed_by else None
    )
    restored = restore(
        args.folder.absolute(),
        args.into.absolute(),
        _key(args),
        passphrase,
        station=args.station,
        ask=_ask_registry,
        ask_trail=trail_known,
        confirmed=confirmed,
    )
    facts = {"backup": restored.manifest.id, "made_at": restored.manifest.made_at, "lost": restored.lost}
    _say(args, {**facts, "before": str(restored.before or "")})
    return 0
