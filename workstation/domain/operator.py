"""Operators and their roles; what each role may do is the table in `workstation.domain.permissions`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who acts. REGISTRY is the centre, whose decisions arrive by synchronisation; it never signs in."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    PRINT_OPERATOR = "print_operator"
    STOCK_KEEPER = "stock_keeper"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    REGISTRY = "registry"


SIGN_IN_ROLES = (
    Role.CLERK,
    Role.SUPERVISOR,
    Role.PRINT_OPERATOR,
    Role.STOCK_KEEPER,
    Role.ADMINISTRATOR,
    Role.AUDITOR,
)


@dataclass(frozen=True)
class Operator:
    """One person who signs in at this office. `id` is a UUIDv7; names are as shown on slips."""

    id: str
    username: str
    display_name: str
    role: Role
    active: bool
