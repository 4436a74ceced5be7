"""From an error to three short sentences: what happened, what is kept, what to do next; in the language spoken now."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Message:
    """Sentences for a person; `kept` and `next_step` may be empty."""

    what: str
    kept: str
    next_step: str


def explain(error: Exception) -> Message:
    """The message of an error; for what is not one of the program's named errors it says so, without values."""
    return Message(type(error).__name__, "", "")
