"""Why a supervisor takes an application from who holds it: closed, so that the trail needs no typed words."""

from __future__ import annotations

from enum import StrEnum


class TakeOverReason(StrEnum):
    """Stable names; OTHER needs a note beside it."""

    STATION_SILENT = "station-silent"
    HOLDER_AWAY = "holder-away"
    HOLDER_ASKED = "holder-asked"
    APPLICANT_WAITS = "applicant-waits"
    OTHER = "other"
