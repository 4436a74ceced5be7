"""Operators and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who acts. REGISTRY is the centre, whose decisions arrive by synchronisation; it never signs in."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    REGISTRY = "registry"


SIGN_IN_ROLES = (Role.CLERK, Role.SUPERVISOR, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Operator:
    """One person who signs in at this office. `id` is a UUIDv7; names are as shown on slips."""

    id: str
    username: str
    display_name: str
    role: Role
    active: bool
