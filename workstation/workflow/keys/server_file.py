"""Where the office's database is: a file in this folder, or a server that the folder names.

`server.json` (0600, for its address may hold a password) stands beside the key file once the office is shared; the key
stays this station's own affair, wrapped under its own passphrase or TPM.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from workstation.database.postgresql import Server
from workstation.domain.refused import Reason, Refused
from workstation.workflow.keys.key_file import DATABASE

SERVER = "server.json"


def place_of(data: Path) -> Path | Server:
    """The database file, or the server. Raises Refused DATABASE_DAMAGED (part "server")."""
    try:
        held = json.loads((data / SERVER).read_text(encoding="utf-8"))
        return Server(held["address"], held["station"])
    except FileNotFoundError:
        return data / DATABASE
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(Reason.DATABASE_DAMAGED, part="server") from error


def write_server(data: Path, server: Server) -> None:
    """From the next start on the office in this folder is on that server."""
    fresh = data / f"{SERVER}.new-{os.getpid()}"
    with os.fdopen(
        os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8"
    ) as file:
        json.dump({"address": server.address, "station": server.station_id}, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(data / SERVER)


def require_own_file(data: Path) -> None:
    """For what is done to the file itself: turning its key, copying it. Raises Refused NOT_ON_SERVER."""
    if (data / SERVER).exists():
        raise Refused(Reason.NOT_ON_SERVER)
