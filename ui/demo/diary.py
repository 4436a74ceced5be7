"""What the person at the window did so far: stages with their seconds and the hands' work, pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ui.demo.person import Person


@dataclass(frozen=True)
class Hands:
    """What was pressed: keys beside the letters of names and free texts, those letters, clicks of the mouse."""

    keys: int
    letters: int
    clicks: int

    def since(self, before: Hands) -> Hands:
        return Hands(self.keys - before.keys, self.letters - before.letters, self.clicks - before.clicks)


@dataclass
class Diary:
    """What was done so far: stages with their seconds and the hands' work, pictures in `folder` when there is one."""

    folder: Path | None = None
    stages: list[tuple[str, float]] = field(default_factory=list)
    hands: list[tuple[str, Hands]] = field(default_factory=list)
    told: Callable[[str, float], None] = lambda _stage, _seconds: None

    def picture(self, person: Person, name: str) -> None:
        if self.folder is not None:
            number = len(list(self.folder.glob("[0-9][0-9]-*.png"))) + 1
            person.picture(self.folder / f"{number:02d}-{name}.png")

    def note(self, stage: str, seconds: float, hands: Hands) -> None:
        self.stages.append((stage, seconds))
        self.hands.append((stage, hands))
        self.told(stage, seconds)
