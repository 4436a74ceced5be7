"""How long a card is valid: a table for training. Nobody has published the rule for every age; replace the rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class ValidityRow:
    """From `from_age` full years on: years for the first card and for later ones; None is for life."""

    from_age: int
    first: int | None
    later: int | None


# Press reports of 2025: first adult card 10 years, later ones 20, from 60 for life. Under 15 is our guess.
TABLE: tuple[ValidityRow, ...] = (
    ValidityRow(0, 5, 5),
    ValidityRow(6, 5, 5),
    ValidityRow(15, 10, 20),
    ValidityRow(60, None, None),
)


def expiry(issued_on: date, age: int, *, first_card: bool) -> date | None:
    """The last day of validity of a card issued on `issued_on` to a person of `age` full years; None for life."""
    row = max((row for row in TABLE if row.from_age <= age), key=lambda row: row.from_age)
    years = row.first if first_card else row.later
    if years is None:
        return None
    year = issued_on.year + years
    try:
        anniversary = issued_on.replace(year=year)
    except ValueError:
        anniversary = date(year, 3, 1)
    return anniversary - timedelta(days=1)
