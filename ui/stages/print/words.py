"""The words for printers: what a state means, and what to do about each fault it reports."""

from __future__ import annotations

from dataclasses import dataclass

from ui.language import _


@dataclass(frozen=True)
class PrinterWords:
    """How a printer is: kind of badge, its word, and one sentence on what to do (empty: nothing)."""

    kind: str
    word: str
    advice: str


def _fault(reason: str) -> PrinterWords | None:
    """IPP `printer-state-reasons` (RFC 8011, 5.4.12) that a person has to mend."""
    return {
        "media-jam": PrinterWords(
            "stopped",
            _("Card jam"),
            _(
                "A card is stuck. Open the printer, take it out and close the printer. Printing goes on by itself."
            ),
        ),
        "media-empty": PrinterWords(
            "stopped",
            _("No blank cards"),
            _("Fill in blank cards. Printing goes on by itself."),
        ),
        "media-needed": PrinterWords(
            "stopped",
            _("No blank cards"),
            _("Fill in blank cards. Printing goes on by itself."),
        ),
        "marker-supply-empty": PrinterWords(
            "stopped",
            _("Ribbon is used up"),
            _("Put in a new ribbon. Printing goes on by itself."),
        ),
        "cover-open": PrinterWords(
            "stopped",
            _("Cover is open"),
            _("Close the cover of the printer. Printing goes on by itself."),
        ),
        "door-open": PrinterWords(
            "stopped",
            _("Cover is open"),
            _("Close the cover of the printer. Printing goes on by itself."),
        ),
        "paused": PrinterWords(
            "attention",
            _("Paused"),
            _("Take the printer out of pause on its own panel. Printing goes on by itself."),
        ),
        "unreachable": PrinterWords(
            "stopped",
            _("Printer does not answer"),
            _("Check that the printer is switched on and its cable is plugged in. Nothing is lost."),
        ),
        "no-answer": PrinterWords(
            "stopped",
            _("Printer does not answer"),
            _("Check that the printer is switched on and its cable is plugged in. Nothing is lost."),
        ),
        "not-set-up": PrinterWords(
            "attention",
            _("No printer is set up"),
            _("An administrator enters the printer's address in the settings."),
        ),
        "marker-supply-low": PrinterWords(
            "attention", _("Ribbon is nearly used up"), _("Have a new ribbon ready.")
        ),
        "media-low": PrinterWords("attention", _("Few blank cards left"), _("Have blank cards ready.")),
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
