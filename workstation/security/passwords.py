"""Operators' passwords (Argon2id, RFC 9106) and the one-time code of the first start."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# m=46 MiB, t=1, p=1: OWASP's first choice; 94 ms on a two-core office machine.
_HASHER = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)
_DECOY = _HASHER.hash(secrets.token_hex(16))
MINIMUM_LENGTH = 10
_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def hash_password(password: str) -> str:
    """The encoded Argon2id hash (PHC string) of `password`."""
    return _HASHER.hash(password)


def verify_password(encoded: str | None, password: str) -> bool:
    """Whether `password` belongs to `encoded`. None (no such operator) takes the same time and is False."""
    try:
        _HASHER.verify(encoded if encoded is not None else _DECOY, password)
    except (VerificationError, InvalidHashError):
        return False
    return encoded is not None


def needs_rehash(encoded: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(encoded)


def one_time_code() -> str:
    """Twelve letters in three groups, 58 bits, without letters that are mistaken for one another."""
    groups = ("".join(secrets.choice(_CODE_LETTERS) for _ in range(4)) for _ in range(3))
    return "-".join(groups)
