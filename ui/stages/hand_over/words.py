"""What the hand-over page tells the clerk: what to do now, and after a comparison that failed what to try."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from ui.language import _
from ui.words.fingers import finger_name
from workstation.workflow.hand_over.view import HandOverView, MatchView


class Taking(Enum):
    """How far the taking of a finger is."""

    NO = auto()
    READING = auto()
    COMPARING = auto()


def guide_text(
    view: HandOverView,
    position: int | None,
    taking: Taking,
    match: MatchView | None,
    tries: Mapping[int, int],
) -> str:
    """What is to be done now, in one sentence; `tries` are those left by finger position."""
    if not view.editable:
        return _("The card was handed over.") if view.receipt is not None else ""
    if view.seal is not None:
        return _("The card is not here: it left in the parcel {seal}.").format(seal=view.seal)
    if view.may_give and (match is None or not match.matched):
        return _("It is settled who takes the card: Ctrl+Enter.")
    if position is None and view.child:
        return _("The child has no stored print: take the guardian's with F6.")
    if position is None:
        return _("No print of this person is stored: call the supervisor, F9.")
    finger = finger_name(position).lower()
    if taking is Taking.COMPARING:
        return _("The finger can be lifted. It is being compared with the record.")
    if taking is Taking.READING:
        return _("Place the {finger} on the reader and keep it still.").format(finger=finger)
    if match is not None and match.matched:
        return _("Give the card and close the application.")
    if not any(tries.values()):
        return _("Every try of today is used up. Call the supervisor; then it can be tried once more.")
    if not tries.get(position):
        return _("No try is left with this finger. Choose another one with the arrow keys.")
    return _("Press F5 and let the person place the {finger} on the reader.").format(finger=finger)


def advice_text(match: MatchView | None, tries: Mapping[int, int]) -> str:
    """What to try after a comparison that failed, and how often it can still be tried; empty otherwise."""
    if match is None or match.matched:
        return ""
    left = tries.get(match.position, 0)
    if not left:
        return _("Take another finger.") if any(tries.values()) else ""
    told = _("Wipe the finger and the reader, place it flat in the middle, or take another finger.")
    return f"{told} {_('Tries left with this finger: {count}').format(count=left)}"


def place_text(view: HandOverView) -> str:
    """Where the card is."""
    if view.seal is not None:
        return _("Gone in parcel {seal}").format(seal=view.seal)
    return view.place.text if view.place is not None else _("Not filed")
