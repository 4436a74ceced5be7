"""The acts of the page as plain rows: what each asks for, who may, and the verb of the core that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ui.keyboard.other_layout import as_latin
from ui.language import _
from workstation.domain.permissions import Verb
from workstation.domain.stock import Place
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.stock import steps
from workstation.workflow.stock.steps import Delivery, Moved
from workstation.workflow.stock.witness import SecondPerson


@dataclass(frozen=True)
class Asked:
    """What was typed in the dialog."""

    first: str
    last: str
    box: str = ""
    short: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    reason: str = ""
    printer: str = ""
    station: str = ""
    photo: bytes | None = None
    second: SecondPerson = field(default_factory=lambda: SecondPerson("", ""))


@dataclass(frozen=True)
class StockAct:
    """One act. `source` is where its blanks lie, whose first serials are offered; `reason`: it is asked for one;
    `two`: it takes a second person."""

    name: str
    verb: Verb
    run: Callable[[Office, SignedIn, Asked], Moved]
    source: Place | None = None
    reason: bool = False
    two: bool = False


def serial_text(typed: str) -> str:
    """A serial as it was meant: a scanner that types while the Lao layout is on writes Lao letters."""
    return as_latin(typed) if not typed.isascii() else typed


def serials_in(typed: str) -> tuple[str, ...]:
    """Single serials, typed with spaces, commas or line ends between them."""
    return tuple(serial_text(word) for word in typed.replace(",", " ").split())


def _take_in(office: Office, who: SignedIn, asked: Asked) -> Moved:
    delivery = Delivery(asked.box, asked.first, asked.last, asked.short, asked.damaged)
    return steps.take_in(office, who, delivery, asked.second if asked.short else None)


def _give(office: Office, who: SignedIn, asked: Asked) -> Moved:
    return steps.give_to_station(office, who, asked.first, asked.last, station_id=asked.station)


def _take_back(office: Office, who: SignedIn, asked: Asked) -> Moved:
    return steps.take_back(office, who, asked.first, asked.last)


def _load(office: Office, who: SignedIn, asked: Asked) -> Moved:
    return steps.load(office, who, asked.first, asked.last, printer_id=asked.printer or None)


def _unload(office: Office, who: SignedIn, asked: Asked) -> Moved:
    return steps.unload(office, who, asked.first, asked.last)


def _spoil(office: Office, who: SignedIn, asked: Asked) -> Moved:
    return steps.spoil(office, who, asked.first, asked.last, reason=asked.reason, photo=asked.photo)


def _return(office: Office, who: SignedIn, asked: Asked) -> Moved:
    return steps.give_back(office, who, asked.first, asked.last, reason=asked.reason)


def _find(office: Office, who: SignedIn, asked: Asked) -> Moved:
    return steps.found_again(office, who, asked.first, asked.last, reason=asked.reason)


def _destroy(office: Office, who: SignedIn, asked: Asked) -> Moved:
    return steps.destroy(office, who, asked.first, asked.last, reason=asked.reason, second=asked.second)


def _miss(office: Office, who: SignedIn, asked: Asked) -> Moved:
    return steps.declare_missing(
        office, who, asked.first, asked.last, reason=asked.reason, second=asked.second
    )


TAKE_IN = StockAct("take_in", Verb.STOCK_RECEIVE, _take_in)
GIVE = StockAct("give", Verb.STOCK_GIVE, _give, Place.SAFE)
LOAD = StockAct("load", Verb.STOCK_LOAD, _load, Place.DRAWER)
SPOIL = StockAct("spoil", Verb.STOCK_SPOIL, _spoil, reason=True)
OTHERS = (
    StockAct("unload", Verb.STOCK_LOAD, _unload, Place.PRINTER),
    StockAct("take_back", Verb.STOCK_GIVE, _take_back, Place.DRAWER),
    StockAct("return", Verb.STOCK_RETURN, _return, reason=True),
    StockAct("find", Verb.STOCK_FIND, _find, reason=True),
    StockAct("miss", Verb.STOCK_MISS, _miss, reason=True, two=True),
    StockAct("destroy", Verb.STOCK_DESTROY, _destroy, reason=True, two=True),
)


def act_words(act: StockAct) -> tuple[str, str]:
    """The act's name, and what it means, in a sentence."""
    return {
        "take_in": (
            _("Take a box in"),
            _("From the producer into the safe. Scan the first and the last serial on the box."),
        ),
        "give": (_("Give to a station"), _("From the safe into the drawer of a station.")),
        "load": (
            _("Load the printer"),
            _("From the drawer into the printer. The cards printed next are made of these blanks."),
        ),
        "spoil": (
            _("Book as spoiled"),
            _("Blanks that no card was made of. What is a card already is made void where it is checked."),
        ),
        "unload": (_("Take out of the printer"), _("Out of the printer, back into the drawer.")),
        "take_back": (_("Back to the safe"), _("From the drawer into the safe.")),
        "return": (
            _("Return to the province"),
            _("From the safe, or spoiled and void ones. Name the parcel as the reason."),
        ),
        "find": (_("Found again"), _("Missing blanks lie again where they were missed.")),
        "miss": (
            _("Declare missing"),
            _("Two people declare that these blanks do not lie where the ledger says."),
        ),
        "destroy": (_("Destroy"), _("Two people have destroyed these spoiled blanks or void cards.")),
    }[act.name]
