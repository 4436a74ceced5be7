"""The registry asks the office's own table of permissions: every pair of roles, against what the table says."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from workstation.domain.operator import Role
from workstation.domain.permissions import PERMISSIONS, Verb
from workstation.registry.role_rules import RoleFault, may_hand_over, people_fault


def _context(capturer: object, approver: object, **changes: Any) -> dict[str, Any]:
    return {"capturedBy": ["a"], "approvedBy": "b", "roles": {"a": capturer, "b": approver}} | changes


@pytest.mark.parametrize(("capturer", "approver"), list(itertools.product(Role, Role)))
def test_every_pair_of_roles(capturer: Role, approver: Role) -> None:
    right = capturer in PERMISSIONS[Verb.PHOTO_COMPLETE].roles and approver in PERMISSIONS[Verb.APPROVE].roles
    expected = None if right else RoleFault.ROLE_NOT_ALLOWED
    assert people_fault(_context(capturer.value, approver.value)) is expected


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"approvedBy": "a"}, RoleFault.CAPTURED_BY_APPROVER),
        ({"approvedBy": ""}, RoleFault.CAPTURED_BY_APPROVER),
        ({"approvedBy": None}, RoleFault.CAPTURED_BY_APPROVER),
        ({"capturedBy": ["a", "b"]}, RoleFault.CAPTURED_BY_APPROVER),
        ({"capturedBy": []}, RoleFault.CAPTURER_UNKNOWN),
        ({"capturedBy": "a"}, RoleFault.CAPTURER_UNKNOWN),
        ({"capturedBy": [""]}, RoleFault.CAPTURER_UNKNOWN),
        ({"capturedBy": [["a"]]}, RoleFault.ROLE_NOT_ALLOWED),
        ({"roles": None}, RoleFault.ROLE_NOT_ALLOWED),
        ({"roles": ["clerk", "supervisor"]}, RoleFault.ROLE_NOT_ALLOWED),
        ({"roles": {"a": ["clerk"], "b": {"x": 1}}}, RoleFault.ROLE_NOT_ALLOWED),
    ],
)
def test_people_that_do_not_fit(changes: dict[str, Any], fault: RoleFault) -> None:
    assert people_fault(_context("clerk", "supervisor", **changes)) is fault


@pytest.mark.parametrize("role", Role)
def test_who_gives_the_card(role: Role) -> None:
    allowed = role in PERMISSIONS[Verb.HAND_OVER_COMPLETE].roles
    assert may_hand_over({"handedOverRole": role.value}) is allowed
