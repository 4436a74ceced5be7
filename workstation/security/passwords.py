"""Operators' passwords (Argon2id, RFC 9106), which of them are refused, and one-time codes.

A password is hashed in one form however it was typed: Unicode NFKC, so that a letter that keyboards make of one or of
two keys (ຳ) is the same, and Lao digits as the digits they are. Every character counts; nothing is cut off.
"""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from importlib.resources import files
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# m=46 MiB, t=1, p=1: OWASP's first choice; 94 ms on a two-core office machine.
_HASHER = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)
_DECOY = _HASHER.hash(secrets.token_hex(16))
MINIMUM_LENGTH = 10
MAXIMUM_LENGTH = 256
_FEWEST_KINDS = 4  # different characters
_BESIDE_NAME = 6  # characters beside the user name in it
_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LAO_DIGITS = {0x0ED0 + value: str(value) for value in range(10)}


def one_form(password: str) -> str:
    """The form of `password` that is hashed."""
    return unicodedata.normalize("NFKC", password).translate(_LAO_DIGITS)


def hash_password(password: str) -> str:
    """The encoded Argon2id hash (PHC string) of `password`."""
    return _HASHER.hash(one_form(password))


def verify_password(encoded: str | None, password: str) -> bool:
    """Whether `password` belongs to `encoded`. None (no such operator) takes the same time and is False."""
    known = encoded if encoded is not None else _DECOY
    right = _verify(known, one_form(password))
    if not right and one_form(password) != password:
        # Hashed by a version that took it as it was typed.
        right = _verify(known, password)
    return right and encoded is not None


def _verify(encoded: str, password: str) -> bool:
    try:
        return _HASHER.verify(encoded, password)
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(encoded: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(encoded)


@cache
def _commonest() -> frozenset[str]:
    text = files("resources").joinpath("passwords", "commonest.txt").read_text(encoding="utf-8")
    return frozenset(one_form(line) for line in text.splitlines() if line and not line.startswith("#"))


def is_common(password: str, username: str = "") -> bool:
    """Whether it is guessed first: a common one with or without digits and signs after it, digits alone, few different
    characters, letters in a row, or little more than the user name."""
    plain = one_form(password).casefold()
    if len(set(plain)) < _FEWEST_KINDS or _in_a_row(plain):
        return True
    bare = plain
    while bare and not bare[-1].isalpha() and unicodedata.category(bare[-1])[0] != "M":
        bare = bare[:-1]
    if not bare or plain in _commonest() or bare in _commonest() or "".join(bare.split()) in _commonest():
        return True
    name = one_form(username).casefold()
    return len(name) > 2 and name in plain and len(plain) - len(name) < _BESIDE_NAME


def _in_a_row(text: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return len(steps) == 1


def one_time_code() -> str:
    """Twelve letters in three groups, 58 bits, without letters that are mistaken for one another."""
    groups = ("".join(secrets.choice(_CODE_LETTERS) for _ in range(4)) for _ in range(3))
    return "-".join(groups)
