"""Sentences of refusals about the office itself: opening, keys, backup, disk, database, server."""

from __future__ import annotations

from ui.message_texts.parts import KEPT, Texts
from workstation.domain.refused import Reason

OFFICE: dict[Reason, Texts] = {
    Reason.OFFICE_EXISTS: (
        "An office exists in this folder already.",
        "It is unchanged.",
        "Open it instead.",
    ),
    Reason.NOT_FOR_REAL_WORK: (
        "This is an office of real work: invented people are not put into it.",
        "Nothing was changed.",
        "Use a training office.",
    ),
    Reason.NO_OFFICE: ("There is no office in this folder yet.", KEPT, "Begin with the first start."),
    Reason.OTHER_KIND_OF_WORK: (
        "The office in this folder does another kind of work: real work and training are kept apart.",
        "Nothing was opened.",
        "Start the program with --training for the training office, without it for real work.",
    ),
    Reason.WRONG_PASSPHRASE: (
        "The passphrase is not right.",
        "The data is unchanged and stays locked.",
        "Type it again; mind capital letters and the keyboard layout.",
    ),
    Reason.PASSPHRASE_NEEDED: (
        "The passphrase of the office is needed.",
        "The data is unchanged and stays locked.",
        "The administrator types it.",
    ),
    Reason.PASSPHRASE_FILE_OPEN: (
        "Others can read the file that holds a secret: {path}.",
        "It was not used.",
        "Let its owner alone read it (mode 600), change the secret, then try again.",
    ),
    Reason.TPM_GONE: (
        "The TPM that opens this office does not answer.",
        "The data is unchanged and stays locked.",
        "Switch the TPM on in the firmware. If it is lost, the administrator runs “workstation keys recover”.",
    ),
    Reason.TPM_REFUSES: (
        "The TPM of this computer does not open this office: it is another one, or it was cleared.",
        "The data is unchanged and stays locked.",
        "Call the administrator: find out why before “workstation keys recover” is run.",
    ),
    Reason.NO_TPM_PROVISIONED: (
        "This office has no TPM; its passphrase opens it.",
        "Nothing was changed.",
        "Start the program and type the passphrase.",
    ),
    Reason.BACKUP_NO_KEY: (
        "This office has no backup key yet.",
        KEPT,
        "A supervisor makes it with: workstation backup keys.",
    ),
    Reason.BACKUP_KEY_DAMAGED: (
        "The backup key cannot be read.",
        KEPT,
        "Take the other copy of the key file, or type the printed recovery text.",
    ),
    Reason.BACKUP_NO_ROOM: (
        "There is no room for a backup: {free} MiB free, {needed} MiB are needed.",
        "The backups made before are kept.",
        "Make room or choose another disk, then do it again.",
    ),
    Reason.BACKUP_FOLDER_FAULT: (
        "The backup's folder takes nothing ({code}).",
        "The backups made before are kept.",
        "Check the disk, or choose another one.",
    ),
    Reason.BACKUP_NOT_ONE: (
        "This folder holds no whole backup.",
        KEPT,
        "Choose the folder that holds the file manifest.json.",
    ),
    Reason.BACKUP_DAMAGED: (
        "The backup is damaged: {file}.",
        "The office is as it was.",
        "Take another backup.",
    ),
    Reason.BACKUP_FOREIGN: (
        "The backup is of station {found}, not of {expected}.",
        "The office is as it was.",
        "Take a backup of this station.",
    ),
    Reason.BACKUP_WRONG_KEY: (
        "This key does not open this backup.",
        "The office is as it was.",
        "Take the key {key}, which the backup names.",
    ),
    Reason.BACKUP_TOO_NEW: (
        "The backup was made by a newer version of the program.",
        "The office is as it was.",
        "Install that version, then do it again.",
    ),
    Reason.BACKUP_OLDER: (
        "The backup is older than what is known of this station: it lacks {missing} messages.",
        "The office is as it was.",
        "Take a newer backup; if there is none, a supervisor confirms by name.",
    ),
    Reason.BACKUP_TRAIL_OLDER: (
        "The audit trail in the backup ends before the one that is known of this station: it lacks {entries} entries.",
        "The office is as it was.",
        "Take a newer backup; if there is none, a supervisor confirms by name, and the trail goes on in a new segment.",
    ),
    Reason.BACKUP_STATION_UNNAMED: (
        "The folder does not say of which station it is.",
        KEPT,
        "Name the station, as in --station VTE-S1.",
    ),
    Reason.BACKUP_RUNNING: (
        "A backup of this office is being made already.",
        KEPT,
        "Wait for its end.",
    ),
    Reason.OFFICE_OPEN: (
        "This office is open in another program.",
        "Nothing was changed.",
        "Close it there, then try again.",
    ),
    Reason.KEY_NOT_TURNED: (
        "The new key could not be put in place: the disk takes no more or has faults.",
        "The present key opens the office as before.",
        "Make room on the disk, then try again.",
    ),
    Reason.UNKNOWN_DIVISION: (
        "The province or district is not in the list.",
        "Everything typed is kept.",
        "Choose it from the list.",
    ),
    Reason.AUDIT_FILE_DAMAGED: (
        "The file is not a whole export of the audit trail: line {line}.",
        "Nothing was changed.",
        "Have the trail exported again.",
    ),
    Reason.FILE_NOT_WRITTEN: (
        "The file {file} could not be written.",
        "Nothing was changed.",
        "Check the place and its free space, then do it again.",
    ),
    Reason.DATABASE_TOO_NEW: (
        "The data was written by a newer version of this program.",
        "The data is unchanged.",
        "Install the newer version.",
    ),
    Reason.DRAFT_NOT_KEPT: (
        "What was typed for {number} is not in the database yet.",
        "It is kept here and tried again every few seconds.",
        "Do not close the program until it says that it is kept.",
    ),
    Reason.DATABASE_BUSY: (
        "Another program is writing the data of this office just now.",
        "Nothing was changed.",
        "Wait a moment and do it again.",
    ),
    Reason.NOTHING_TO_TELL: (
        "This application was not returned, so there is nothing to tell the applicant.",
        KEPT,
        "Choose a returned application.",
    ),
    Reason.DATABASE_DAMAGED: (
        "The data of this office is damaged and was not opened.",
        "Nothing was changed.",
        "Call the administrator; a backup can be restored.",
    ),
    Reason.DISK_FULL: (
        "The disk of this station is full.",
        "This step was not saved; what was saved before is kept.",
        "Make room on the disk, then do it again.",
    ),
    Reason.DISK_FAILING: (
        "The disk of this station could not be read or written.",
        "This step was not saved; what was saved before is kept.",
        "Do it again. If it stays so, stop the work here and call the administrator.",
    ),
    Reason.SERVER_AWAY: (
        "The office's server does not answer.",
        "This step was not saved. What you type on an open form is kept on this computer.",
        "Look at the network cable. When the server is back, the work goes on by itself; then do this step again.",
    ),
    Reason.SERVER_AWAY_AT_START: (
        "The office's server does not answer.",
        "Nothing was changed.",
        "Look at the network cable and whether the server is switched on, then try again.",
    ),
    Reason.OUTCOME_UNKNOWN: (
        "The office's server went away just as this step was being saved.",
        "Nobody can say yet whether it was saved.",
        "When the server is back, open the application again and look before you do the step a second time.",
    ),
    Reason.SERVER_WITHOUT_TLS: (
        "The office's server must prove who it is: sslmode=verify-full is needed, not {sslmode}.",
        "No connection was made.",
        "Put the server's certificate in place, then try again.",
    ),
    Reason.SERVER_UNPROVEN: (
        "The server that answered could not prove that it is the office's: its certificate does not fit.",
        "No connection was made.",
        "Tell the administrator: the name in the address, the server's certificate and sslrootcert must fit.",
    ),
    Reason.SERVER_UNSUITABLE: (
        "This server cannot hold the office's data: {what} {found}.",
        "Nothing was changed there.",
        "PostgreSQL 15 or later is needed, with encoding UTF8 and locale C.UTF-8.",
    ),
    Reason.SERVER_HOLDS_OFFICE: (
        "An office is on this server already.",
        "Nothing was changed, here or there.",
        "Use an empty database, or join that office: workstation office join.",
    ),
    Reason.SERVER_HOLDS_NONE: (
        "No office is on this server.",
        "Nothing was changed.",
        "At the first station: workstation office share.",
    ),
    Reason.NOT_ON_SERVER: (
        "This is done at the server itself: the office's database is there.",
        "Nothing was changed.",
        "Ask whoever looks after the server.",
    ),
    Reason.STATION_CODE_TAKEN: (
        "A station of this office has the code {code} already.",
        "Nothing was changed.",
        "Choose another code.",
    ),
}
