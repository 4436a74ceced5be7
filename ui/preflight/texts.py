"""The sentences of the pre-flight: for each subject and code what is the matter and what to do; Qt-free."""

from __future__ import annotations

from collections.abc import Mapping

from ui.language import _
from ui.messages import device_name
from workstation.workflow.preflight.checks import DEVICES, Finding, Severity, Subject

Texts = tuple[str, str]

_NO_DEVICE_NEEDED = "The work can begin; what needs it can be done later."

TEXTS: Mapping[tuple[Subject, str], Texts] = {
    (Subject.OPERATOR, "inactive"): (
        "This user may no longer work here.",
        "Sign out; ask the administrator of the office.",
    ),
    (Subject.OPERATOR, "role"): (
        "This role does not take applications.",
        "A clerk or a supervisor must sign in.",
    ),
    (Subject.KEY, "unreadable"): (
        "The key of the database is missing or damaged: after the next start nothing could be opened any more.",
        "Do not switch off. Call the administrator to bring the key file back from the backup.",
    ),
    (Subject.DATABASE, "closed"): ("The database is closed.", "Close the program and open it again."),
    (Subject.DATABASE, "busy"): (
        "Another program holds the database.",
        "Wait for the end of a backup or import, then look again.",
    ),
    (Subject.DATABASE, "read-only"): (
        "The database can be read but not written.",
        "Call the administrator: the file's rights or the disk must be mended.",
    ),
    (Subject.DATABASE, "unreadable"): (
        "The database does not answer.",
        "Close the program and open it again; if it stays so, call the administrator.",
    ),
    (Subject.DATABASE, "away"): (
        "The office's server does not answer.",
        "Look at the network cable, then look again; what was typed is kept on this computer.",
    ),
    (Subject.DATABASE, "servers-disk"): (
        "Names and numbers are on the office's server; only that server's own disk encryption hides them there.",
        "The work can begin; whoever looks after the server must keep its disk encrypted and make its backups.",
    ),
    (Subject.DATABASE, "own-disk"): (
        "Names and numbers are in a database server on this computer; only its own disk encryption hides them.",
        "The work can begin; the administrator must keep the disk encrypted and make the server's backups.",
    ),
    (Subject.DISK, "full"): (
        "The disk is almost full: {free} MiB free, at least {needed} MiB are needed.",
        "Make room on the disk or call the administrator. Nothing that was saved is lost.",
    ),
    (Subject.DISK, "takes-no-more"): (
        "The disk takes nothing more.",
        "Make room on the disk or call the administrator. Nothing that was saved is lost.",
    ),
    (Subject.DISK, "read-only"): (
        "The data folder cannot be written to.",
        "Call the administrator: the folder's rights or the disk must be mended.",
    ),
    (Subject.DISK, "gone"): (
        "The data folder is gone.",
        "Connect the disk again, then close the program and open it again.",
    ),
    (Subject.DISK, "fault"): (
        "Writing to the disk failed.",
        "Make a backup and call the administrator: the disk may be damaged.",
    ),
    (Subject.DISK, "nearly-full"): (
        "The disk has little room left: {free} MiB.",
        "Make room before tomorrow; the work can begin.",
    ),
    (Subject.CLOCK, "before-build"): (
        "The computer's clock shows {shows}, but this program was made on {known}.",
        "Set the clock right here: two people confirm the date, one of them a supervisor.",
    ),
    (Subject.CLOCK, "before-trail"): (
        "The computer's clock shows {shows}, but work was recorded until {known}.",
        "Set the clock right here: two people confirm the date, one of them a supervisor.",
    ),
    (Subject.CLOCK, "zone-unknown"): (
        "The time zone of Laos is not known to this computer.",
        "Call the administrator: the program must be installed again.",
    ),
    (Subject.CLOCK, "declared"): (
        "The computer's clock is wrong; time is counted from what two people declared: {shows}.",
        "Have the clock's battery changed; at the next start it must be declared again.",
    ),
    (Subject.LINE, "none-set-up"): (
        "No registry is set up for this office.",
        "Everything is kept here; the administrator sets up the line.",
    ),
    (Subject.LINE, "offline"): (
        "There is no line to the centre.",
        "The work can begin; everything is sent when the line is back.",
    ),
    (Subject.LINE, "silent"): (
        "There has been no line to the centre for {days} days.",
        "The work can begin; tell the administrator.",
    ),
    (Subject.BACKUP, "no-key"): (
        "This office has no backup key yet.",
        "The work can begin; a supervisor makes the key with: workstation backup keys.",
    ),
    (Subject.BACKUP, "not-set-up"): (
        "No daily backup is set up.",
        "The work can begin; the administrator sets it up.",
    ),
    (Subject.BACKUP, "never"): (
        "There is no backup of this office yet.",
        "The work can begin; make one today.",
    ),
    (Subject.BACKUP, "overdue"): (
        "The last backup is {days} days old.",
        "The work can begin; connect the backup's disk, or tell the administrator.",
    ),
    (Subject.BLANKS, "count-open"): (
        "The count of {day} left {count} blank cards open: {serials}.",
        "The work can begin; look for them and count again: Blank cards, F12.",
    ),
    (Subject.POLICY, "old"): (
        "The policy of this office is {days} days old.",
        "The work can begin; ask the centre for the newest policy.",
    ),
    **{
        (device, "missing"): ("It does not answer.", "Check cable and power. " + _NO_DEVICE_NEEDED)
        for device in DEVICES
    },
    **{
        (device, "gone"): ("It was there and is gone.", "Check cable and power. " + _NO_DEVICE_NEEDED)
        for device in DEVICES
    },
    **{
        (device, "not-set-up"): (
            "None is set up at this desk.",
            "The administrator sets it up. " + _NO_DEVICE_NEEDED,
        )
        for device in DEVICES
    },
}


def subject_name(subject: Subject) -> str:
    """What was looked at, as people call it."""
    names = {
        Subject.OPERATOR: _("User"),
        Subject.KEY: _("Key of the database"),
        Subject.DATABASE: _("Database"),
        Subject.DISK: _("Disk"),
        Subject.CLOCK: _("Date and time"),
        Subject.LINE: _("Line to the centre"),
        Subject.POLICY: _("Policy"),
        Subject.BACKUP: _("Backup"),
        Subject.BLANKS: _("Blank cards"),
    }
    return names[subject] if subject in names else device_name(subject.value)


def severity_word(severity: Severity) -> tuple[str, str]:
    """(kind of state, word) of a badge."""
    return {
        Severity.STOPS: ("stopped", _("Must be mended")),
        Severity.WARNS: ("attention", _("Not ready")),
        Severity.GOOD: ("good", _("In order")),
    }[severity]


def told(finding: Finding) -> Texts:
    """What is the matter and what to do, in the language spoken now; both empty when all is well."""
    if finding.severity is Severity.GOOD:
        return "", ""
    what, then = TEXTS[finding.subject, finding.code]
    return _(what).format(**finding.facts), _(then).format(**finding.facts)
