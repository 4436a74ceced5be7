"""What the sentences of every room share: their three parts and the commonest middle one."""

from __future__ import annotations

# What happened, what is kept, what to do next.
Texts = tuple[str, str, str]

KEPT = "Nothing was lost."
