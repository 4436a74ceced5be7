"""The words of the backup page: what is due, and why one failed; Qt-free."""

from __future__ import annotations

from ui.language import _
from workstation.workflow.backup.view import BackupView


def standing_words(seen: BackupView) -> str:
    """What to say of the last backup; empty when all is well."""
    return _("The daily backup is overdue: is the disk connected?") if seen.standing == "overdue" else ""


def detail_words(code: str, moment: str) -> str:
    """Why the last attempt failed."""
    causes = {
        "takes-no-more": _("The disk is full."),
        "backup-no-room": _("There is not enough room."),
        "read-only": _("The folder cannot be written to."),
        "gone": _("The folder is gone: is the disk connected?"),
        "backup-no-key": _("There was no backup key."),
    }
    cause = causes.get(code, _("The disk has faults."))
    return _("The attempt of {moment} failed.").format(moment=moment) + " " + cause
