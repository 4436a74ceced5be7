"""What was tried and how it ended, counted and printed: the table that a campaign leaves (`pytest -s` shows it)."""

from __future__ import annotations

from collections import Counter


class OutcomeTable:
    """Counts (fault, outcome); `show` prints it in the order in which faults were first tried."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, fault: str, outcome: str) -> None:
        self._counts[fault, outcome] += 1

    def count(self, outcome: str) -> int:
        return sum(number for (_fault, said), number in self._counts.items() if said.startswith(outcome))

    def show(self) -> None:
        print(f"\n{self._title}\n{'fault':<44} {'outcome':<40} times")  # noqa: T201 - the table is the campaign's result
        for (fault, outcome), number in self._counts.items():
            print(f"{fault:<44} {outcome:<40} {number:>5}")  # noqa: T201 - as above
