"""What the sync light and its panel show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SyncStatus:
    """`online` is None before the first contact was tried. `waiting` counts unsent messages and `oldest_since` is when
    the oldest was written; `held` counts those a person must look at. `last_error` is a code of RegistryFault (or
    "internal-error"), None once all is well; `last_contact` is the last good answer. `refused_forms` are the forms that
    the registry sent and nobody can use: kind of application, code of the problem; `refused_layouts` the same of card
    layouts, by name. Times are aware, UTC."""

    online: bool | None
    paused: bool
    waiting: int
    oldest_since: datetime | None
    held: int
    last_error: str | None
    last_contact: datetime | None
    refused_forms: tuple[tuple[str, str], ...] = ()
    refused_layouts: tuple[tuple[str, str], ...] = ()
