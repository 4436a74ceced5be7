"""How many letters two words differ by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache


@lru_cache(maxsize=256)
def _places(word: str) -> Mapping[str, int]:
    """Where each letter stands in the word, one bit for each place."""
    places: dict[str, int] = {}
    for place, letter in enumerate(word):
        places[letter] = places.get(letter, 0) | 1 << place
    return places


@lru_cache(maxsize=4096)
def edit_distance(one: str, other: str, limit: int) -> int:
    """Letters added, dropped, changed, or neighbours swapped (optimal string alignment); limit + 1 when it is more.

    A whole column of the table of distances at once, as bits of an integer (H. Hyyrö, "A Bit-Vector Algorithm for
    Computing Levenshtein and Damerau Edit Distances", Nordic Journal of Computing 10, 2003).
    """
    if one == other:
        return 0
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    if not one:
        return len(other)
    places = _places(one)
    last = 1 << (len(one) - 1)
    everywhere = (last << 1) - 1
    # One more, or one less, than the cell above; the column before begins as 0, 1, 2, ...
    more, less, diagonal, before = everywhere, 0, 0, 0
    distance = len(one)
    for letter in other:
        match = places.get(letter, 0)
        swapped = (~diagonal & match) << 1 & before
        diagonal = (((match & more) + more) ^ more | match | less | swapped) & everywhere
        rises = less | (~(diagonal | more) & everywhere)
        falls = diagonal & more
        if rises & last:
            distance += 1
        elif falls & last:
            distance -= 1
        rises, falls = rises << 1 | 1, falls << 1
        more = (falls | ~(diagonal | rises)) & everywhere
        less = rises & diagonal
        before = match
    return min(distance, limit + 1)
