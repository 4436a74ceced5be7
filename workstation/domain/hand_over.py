"""The hand-over of a card: places in the boxes, who may come for it, what the policy says, why a card is recalled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import pairwise
from math import hypot

from workstation.domain.defects import DEFECTS, LONGEST_NOTE, OTHER
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage

LARGEST_BOX = 9999
# Field -> smallest and largest value that is no slip of the hand.
_BOUNDS = {
    "box_rows": (1, 99),
    "box_positions": (1, 500),
    "uncollected_days": (1, 3650),
    "guardian_below_age": (0, 30),
}
PAPERS = ("a5", "roll80")


class CollectedBy(StrEnum):
    """Who takes the card; the names are kept and told to the registry."""

    HOLDER = "holder"
    GUARDIAN = "guardian"
    PROXY = "proxy"


class OldCardState(StrEnum):
    """An old card: not brought (with a reason), taken in the moment the new one was in the hand, cut by two people."""

    ABSENT = "absent"
    TAKEN = "taken"
    CUT = "cut"


class RecallState(StrEnum):
    """A recalled card: with its holder, taken at the exchange, destroyed."""

    OPEN = "open"
    TAKEN = "taken"
    DESTROYED = "destroyed"


@dataclass(frozen=True, order=True)
class BoxPlace:
    """Where a finished card is filed; all count from 1."""

    box: int
    row: int
    position: int

    @property
    def text(self) -> str:
        """As on the box's label and in every list: "1-03-12"."""
        return f"{self.row_text}-{self.position:02d}"

    @property
    def row_text(self) -> str:
        """As on the label of its row: "1-03"."""
        return f"{self.box}-{self.row:02d}"


@dataclass(frozen=True)
class HandOverRules:
    """`box_rows`, `box_positions`: how a box is divided. A card is uncollected after `uncollected_days`. Somebody
    else may come for an adult only with `adult_proxy`; a guardian for who is younger than `guardian_below_age`.
    `paper`: "a5" or "roll80" (mm), what slips and receipts are printed on. All assumptions: nothing is published."""

    box_rows: int = 10
    box_positions: int = 40
    uncollected_days: int = 90
    guardian_below_age: int = 18
    adult_proxy: bool = False
    signature_required: bool = False
    paper: str = "a5"

    def next_place(self, after: BoxPlace | None) -> BoxPlace:
        """The place that follows `after` in the boxes; None: the first of all."""
        if after is None:
            return BoxPlace(1, 1, 1)
        if after.position < self.box_positions:
            return BoxPlace(after.box, after.row, after.position + 1)
        if after.row < self.box_rows:
            return BoxPlace(after.box, after.row + 1, 1)
        return BoxPlace(after.box + 1, 1, 1)

    def read_place(self, text: str) -> BoxPlace:
        """A place as typed or scanned. Raises Refused BOX_PLACE_UNKNOWN."""
        parts = text.strip().split("-")
        if len(parts) == 3 and all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
            place = BoxPlace(*(int(part) for part in parts))
            if (
                1 <= place.box <= LARGEST_BOX
                and 1 <= place.row <= self.box_rows
                and 1 <= place.position <= self.box_positions
            ):
                return place
        raise Refused(
            Reason.BOX_PLACE_UNKNOWN,
            place=text.strip()[:20],
            last=BoxPlace(1, self.box_rows, self.box_positions).text,
        )


def read_hand_over_rules(data: Mapping[str, object]) -> HandOverRules:
    """The `hand_over` of a policy document; what it does not name is as above. ValueError with the key at fault."""
    known = {field.name: field.default for field in fields(HandOverRules)}
    for name, value in data.items():
        if name not in known or type(value) is not type(known[name]):
            raise ValueError(f"hand_over.{name}: not a rule, or of another kind")
        low, high = _BOUNDS.get(name, (0, 0))
        if isinstance(value, int) and not isinstance(value, bool) and not low <= value <= high:
            raise ValueError(f"hand_over.{name}: outside {low} to {high}")
    rules = HandOverRules(**data)  # type: ignore[arg-type]  # each was compared with its field's kind above
    if rules.paper not in PAPERS:
        raise ValueError("hand_over.paper: neither a5 nor roll80")
    return rules


@dataclass(frozen=True)
class Collector:
    """Who takes the card. A guardian or proxy is named, with the number of her own identity card; `authorisation` says
    what a proxy was authorised with (number and day of the paper) or how a guardian is related."""

    kind: CollectedBy = CollectedBy.HOLDER
    name: str = ""
    identity: str = ""
    authorisation: str = ""


Strokes = tuple[tuple[tuple[float, float], ...], ...]
# In widths of the pad.
SHORTEST_SIGNATURE = 0.05


def drawn_length(strokes: Strokes) -> float:
    """How long all strokes together are, in widths (or heights) of the pad."""
    return sum(hypot(x - u, y - v) for stroke in strokes for (u, v), (x, y) in pairwise(stroke))


@dataclass(frozen=True)
class Signature:
    """`strokes` are lines of points, 0 to 1 from the left and from the top of the pad; `png` its picture."""

    strokes: Strokes
    png: bytes

    @property
    def blank(self) -> bool:
        """Nothing that could be a name: no stroke, or no more than a pen that was set down."""
        return drawn_length(self.strokes) < SHORTEST_SIGNATURE


def check_collector(who: Collector, age: int, rules: HandOverRules) -> None:
    """Whether that one may take the card of a person of `age` full years.

    Raises Refused COLLECTOR_NOT_ALLOWED, COLLECTOR_UNNAMED.
    """
    if who.kind is CollectedBy.HOLDER:
        return
    child = age < rules.guardian_below_age
    if not (child or (who.kind is CollectedBy.PROXY and rules.adult_proxy)):
        raise Refused(Reason.COLLECTOR_NOT_ALLOWED, collector=who.kind.value, age=rules.guardian_below_age)
    if not all(text.strip() for text in (who.name, who.identity, who.authorisation)):
        raise Refused(Reason.COLLECTOR_UNNAMED, collector=who.kind.value)


# What can be wrong with a card that was given away, and the stage whose work it was.
RECALL_DEFECTS: Mapping[Stage, tuple[str, ...]] = {
    **DEFECTS,
    Stage.PRINT: ("print-faulty", "wrong-layout", OTHER),
    Stage.CHECK: ("chip-faulty", "overlooked", OTHER),
    Stage.HAND_OVER: ("wrong-person", OTHER),
}


def check_recall(stage: Stage, code: str, note: str) -> None:
    """Raises Refused DEFECT_MISSING: no such defect of that stage, or "other" without a word about it."""
    known = code in RECALL_DEFECTS.get(stage, ())
    if not known or len(note) > LONGEST_NOTE or (code == OTHER and not note.strip()):
        raise Refused(Reason.DEFECT_MISSING, stage=stage.value)
