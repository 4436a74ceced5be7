"""The station: one computer of one office, and what kind of work its database holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Work(StrEnum):
    """Real, training and demo work never share a database."""

    REAL = "real"
    TRAINING = "training"
    DEMO = "demo"


@dataclass(frozen=True)
class Station:
    """`id` is a UUIDv7; codes are upper-case letters and digits; divisions are codes of the shipped list."""

    id: str
    office_code: str
    station_code: str
    office_name: str
    province_code: str
    district_code: str
    work: Work
