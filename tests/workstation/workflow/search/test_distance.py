"""The distance of two words, against the table of distances that defines it."""

from __future__ import annotations

from itertools import product
from random import Random

from workstation.workflow.search.distance import edit_distance


def by_definition(one: str, other: str) -> int:
    """Optimal string alignment, cell by cell."""
    cells = {(row, 0): row for row in range(len(one) + 1)} | {
        (0, place): place for place in range(len(other) + 1)
    }
    for row, place in product(range(1, len(one) + 1), range(1, len(other) + 1)):
        cost = min(
            cells[row - 1, place] + 1,
            cells[row, place - 1] + 1,
            cells[row - 1, place - 1] + (one[row - 1] != other[place - 1]),
        )
        if row > 1 and place > 1 and one[row - 1] == other[place - 2] and one[row - 2] == other[place - 1]:
            cost = min(cost, cells[row - 2, place - 2] + 1)
        cells[row, place] = cost
    return cells[len(one), len(other)]


def test_every_word_of_few_letters_is_as_far_from_every_other_as_the_table_says() -> None:
    random = Random(7)
    words = {"".join(random.choices("ກຂຄab", k=random.randrange(8))) for _each in range(90)}
    for one, other in product(sorted(words), repeat=2):
        for limit in (0, 2, 9):
            assert edit_distance(one, other, limit) == min(by_definition(one, other), limit + 1), (one, other)
