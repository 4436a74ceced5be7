"""The words for printers: what a state means, what to do about each fault it reports, and what to open for it."""

from __future__ import annotations

from dataclasses import dataclass

from printing.printer import Supply
from ui.language import _


@dataclass(frozen=True)
class PrinterWords:
    """How a printer is: kind of badge, its word, one sentence on what to do (empty: nothing), and the drawing in
    resources/icons that shows where (empty: none)."""

    kind: str
    word: str
    advice: str
    picture: str = ""


def _fault(reason: str) -> PrinterWords | None:
    """IPP `printer-state-reasons` (RFC 8011, 5.4.12) that a person has to mend, and ways not to reach a printer."""
    no_blanks = PrinterWords(
        "stopped", _("No blank cards"), _("Fill in blank cards. Printing goes on by itself."), "fault_hopper"
    )
    cover = PrinterWords(
        "stopped",
        _("Cover is open"),
        _("Close the cover of the printer. Printing goes on by itself."),
        "fault_cover",
    )
    silent = PrinterWords(
        "stopped",
        _("Printer does not answer"),
        _("Check that the printer is switched on and its cable is plugged in. Nothing is lost."),
        "fault_power",
    )
    return {
        "media-jam": PrinterWords(
            "stopped",
            _("Card jam"),
            _(
                "A card is stuck. Open the printer, take it out and close the printer. Printing goes on by itself."
            ),
            "fault_jam",
        ),
        "media-empty": no_blanks,
        "media-needed": no_blanks,
        "wrong-media": PrinterWords(
            "stopped",
            _("Wrong cards in the printer"),
            _("The printer reports another size than an identity card. Put blank cards in."),
            "fault_size",
        ),
        "no-card-page": PrinterWords(
            "stopped",
            _("No page of a card's size"),
            _("An administrator chooses the size CR80 in this computer's printer settings."),
            "fault_size",
        ),
        "one-sided": PrinterWords(
            "attention",
            _("Prints one side only"),
            _("A card's back may come on a second card. Set the printer up for two sides."),
        ),
        "marker-supply-empty": PrinterWords(
            "stopped",
            _("Ribbon is used up"),
            _("Put in a new ribbon. Printing goes on by itself."),
            "fault_ribbon",
        ),
        "cover-open": cover,
        "door-open": cover,
        "interlock-open": cover,
        "paused": PrinterWords(
            "attention",
            _("Paused"),
            _("Take the printer out of pause on its own panel. Printing goes on by itself."),
            "fault_paused",
        ),
        "offline": silent,
        "shutdown": silent,
        "connecting-to-device": silent,
        "timed-out": silent,
        "unreachable": silent,
        "no-answer": silent,
        "not-set-up": PrinterWords(
            "attention",
            _("No printer is set up"),
            _("An administrator adds the printer by its address: Printing, F9."),
        ),
        "marker-supply-low": PrinterWords(
            "attention", _("Ribbon is nearly used up"), _("Have a new ribbon ready."), "fault_ribbon"
        ),
        "media-low": PrinterWords(
            "attention", _("Few blank cards left"), _("Have blank cards ready."), "fault_hopper"
        ),
    }.get(reason)


def printer_words(state: str, reasons: tuple[str, ...]) -> PrinterWords:
    """The printer in words. The gravest reason speaks; unknown ones are named as the printer names them."""
    known = [fault for fault in map(_fault, reasons) if fault is not None]
    known.sort(key=lambda fault: fault.kind != "stopped")
    if known:
        return known[0]
    told = [reason for reason in reasons if reason != "none"]
    if state == "stopped":
        return PrinterWords(
            "stopped",
            _("Printer has stopped"),
            _("Look at the printer's own panel. It reports: {reasons}").format(
                reasons=", ".join(told) or "–"
            ),
        )
    if state == "processing":
        return PrinterWords("action", _("Working"), "")
    if state == "idle":
        return PrinterWords("good", _("Ready"), "")
    return _fault(state) or PrinterWords("attention", state, "")


def another_words(attempt: int, reason: str) -> str:
    """Which card it is for this person and why there had to be another; empty for the first one."""
    if attempt == 1:
        return ""
    counted = _("Card number {attempt} for this person").format(attempt=attempt)
    given_up = _("the printer gave the one before up")
    told = {
        "aborted": given_up,
        "canceled": given_up,
        "refused": given_up,
        "failed": given_up,
        "no-good-card": _("the one before was not good"),
    }.get(reason, reason)
    return f"{counted}: {told}" if told else counted


def supply_words(supplies: tuple[Supply, ...], left: int | None, waiting: int) -> PrinterWords | None:
    """What is said of the supplies before they end; None while they last. `left`: for how many cards the ribbon lasts,
    None where nobody knows; `waiting`: how many cards wait."""
    if left is not None and left < waiting:
        return PrinterWords(
            "attention",
            _("Ribbon for {left} cards, {waiting} wait").format(left=left, waiting=waiting),
            _("Have a new ribbon ready."),
            "fault_ribbon",
        )
    if any(supply.level is not None and supply.level <= supply.low for supply in supplies):
        return _fault("marker-supply-low")
    return None
