"""A process that keeps what it holds to itself: no core dumps, no debugger attached, files for its owner only.

Called first in every process of ours that sees a person's data. The memory of a process whose PR_SET_DUMPABLE is 0 is
not dumped, neither to a file nor to a collecting program, and cannot be attached to by others of the same user
(prctl(2), core(5)).
"""

from __future__ import annotations

import ctypes
import os
import sys

if sys.platform != "win32":
    import resource

_PR_SET_DUMPABLE = 4
_OWNER_ONLY = 0o077


def keep_silent() -> None:
    """From now on this process leaves no core dump, and what it creates is for its owner only (0600, 0700)."""
    os.umask(_OWNER_ONLY)
    if sys.platform == "win32":
        return
    # A hard limit: what this process starts cannot raise it again.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
