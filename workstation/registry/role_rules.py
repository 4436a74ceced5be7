"""What the registry checks again of who did what: the office's table of permissions, asked of the roles in the message.

A station that let the wrong person act, or that was made to, is refused here. The roles are the station's word: the
registry sees who contradicts the table, not who lies about a role.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from workstation.domain.operator import Role
from workstation.domain.permissions import PERMISSIONS, Verb, may

_CAPTURES = (Verb.INTAKE_COMPLETE, Verb.PHOTO_COMPLETE, Verb.FINGERPRINTS_COMPLETE)


class RoleFault(StrEnum):
    """Why an enrolment is refused for the people in it (extensions.yaml, DecisionEvent)."""

    CAPTURED_BY_APPROVER = "captured-by-approver"
    CAPTURER_UNKNOWN = "capturer-unknown"
    ROLE_NOT_ALLOWED = "role-not-allowed"


def role_of(value: object) -> Role | None:
    """The role of that name; None for anything else, and for the registry's own, which no operator has."""
    try:
        role = Role(str(value))
    except ValueError:
        return None
    return None if role is Role.REGISTRY else role


def people_fault(context: Mapping[str, Any]) -> RoleFault | None:
    """What is wrong with the people in `contextualData` (capturedBy, approvedBy, roles: operator id -> role)."""
    captured_by, approver, roles = context.get("capturedBy"), context.get("approvedBy"), context.get("roles")
    if not isinstance(captured_by, list) or not captured_by or not all(captured_by):
        return RoleFault.CAPTURER_UNKNOWN
    if not approver or (approver in captured_by and PERMISSIONS[Verb.APPROVE].second_person):
        return RoleFault.CAPTURED_BY_APPROVER
    held = {who: role_of(role) for who, role in roles.items()} if isinstance(roles, dict) else {}
    for capturer in captured_by:
        role = held.get(str(capturer))
        if role is None or not any(may(role, verb) for verb in _CAPTURES):
            return RoleFault.ROLE_NOT_ALLOWED
    role = held.get(str(approver))
    return None if role is not None and may(role, Verb.APPROVE) else RoleFault.ROLE_NOT_ALLOWED


def may_hand_over(others: Mapping[str, Any]) -> bool:
    """Whether the role in a credential's `others` (handedOverRole) may give a card away."""
    role = role_of(others.get("handedOverRole"))
    return role is not None and may(role, Verb.HAND_OVER_COMPLETE)
