"""The one error of this room: a message that cannot be what it claims to be."""

from __future__ import annotations


class MessageDamaged(Exception):
    """A message is not what its kind requires.

    `code` is stable and kebab-case: not-json, wrong-version, field-missing, field-unknown, field-invalid,
    not-canonical, too-large. `field` names the place. The text never holds the personal data that was found there.
    """

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(f"{code}: {field}" if field else code)
        self.code = code
        self.field = field
