"""Sentences of refusals about cards: layout, printing, blanks, printers, check, chip."""

from __future__ import annotations

from ui.message_texts.parts import KEPT, Texts
from workstation.domain.refused import Reason

CARD: dict[Reason, Texts] = {
    Reason.NAME_DOES_NOT_FIT: (
        "A name has no room on the card, even in its smallest letters.",
        "Everything typed is kept.",
        "Agree with the person on a shorter spelling that the papers allow.",
    ),
    Reason.NO_LAYOUT: (
        "The card layout {name} is not in this office.",
        KEPT,
        "Ask the administrator to bring in the layout.",
    ),
    Reason.LAYOUT_NOT_YET: (
        "The card layout {name} is in use from {day} only.",
        KEPT,
        "Ask the centre for a layout that is in use now.",
    ),
    Reason.DRAFT_CHANGED: (
        "This draft was changed or put away at another station meanwhile.",
        "Nothing of it was changed here.",
        "Open the draft again.",
    ),
    Reason.DRAFT_KEPT_BESIDE: (
        "Somebody else changed this draft or put it away meanwhile.",
        "That draft stays as it is; everything made here is kept as the draft {name}.",
        "Compare the two; elements are copied from one to the other with Ctrl+C and Ctrl+V.",
    ),
    Reason.LAYOUT_FILE_DAMAGED: (
        "This is no signed card layout: {place}.",
        "The layouts in force stay as they are.",
        "Copy the file again from the centre.",
    ),
    Reason.NOT_THE_CENTRE: (
        "Card layouts are published by the centre only.",
        "The draft is kept.",
        "Send the draft to the centre.",
    ),
    Reason.NO_SUCH_PUBLICATION: (
        "This layout does not wait for approval.",
        KEPT,
        "Look at the list again.",
    ),
    Reason.CARD_JOB_STATE: (
        "The card job is not in a state for this.",
        KEPT,
        "Look at the print page for what is open.",
    ),
    Reason.NO_BLANK_LOADED: (
        "No blank cards are loaded at this station.",
        "Nothing was printed; the job waits.",
        "Load blanks: Blank cards, F6. Without any in the drawer, ask the stock keeper.",
    ),
    Reason.NUMBERED_BLANKS_LOADED: (
        "{count} numbered blank cards lie in the printer {printer}.",
        "Nothing was printed and no blank was used.",
        "Take them out (Blank cards: Take out of the printer), put a plain white card in, print the test again.",
    ),
    Reason.BLANKS_ELSEWHERE: (
        "{count} blank cards do not lie there: {serials} ({places}).",
        "No blank was moved.",
        "Check the serials on the box.",
    ),
    Reason.SERIAL_UNREADABLE: (
        "“{serial}” is no serial of a blank card; they look like {example}.",
        "No blank was moved.",
        "Scan the box again, or type what is printed on it.",
    ),
    Reason.SERIALS_KNOWN: (
        "{count} of these blank cards are in the ledger already: {serials}.",
        "Nothing of this delivery was taken in.",
        "Check first and last serial against the delivery note.",
    ),
    Reason.SERIALS_NOT_IN_BOX: (
        "These serials are not of the box {box}, or named twice: {serials}.",
        "Nothing of this delivery was taken in.",
        "Check them against the delivery note.",
    ),
    Reason.RANGE_REVERSED: (
        "The last serial {last} comes before the first {first}.",
        "No blank was moved.",
        "Exchange the two.",
    ),
    Reason.RANGE_TOO_LONG: (
        "{count} blank cards in one entry are more than {most}.",
        "No blank was moved.",
        "Check first and last serial.",
    ),
    Reason.COUNT_SERIALS_NEEDED: (
        "The number counted differs from the ledger.",
        "The count is not closed yet.",
        "Scan the serials that lie there; the program then names those that differ.",
    ),
    Reason.COUNT_DIFFERS: (
        "The count does not balance: {serials}.",
        "The count is not closed yet.",
        "Look again; what remains is explained and signed by both.",
    ),
    Reason.NO_SUCH_PRINTER: (
        "This printer is not set up any more.",
        "The cards wait.",
        "Choose another printer.",
    ),
    Reason.PRINTER_ADDRESS_WRONG: (
        "“{address}” is no address of a printer.",
        "No printer was added.",
        "Type it as ipp://name/ipp/print, or the name of a queue of this computer.",
    ),
    Reason.NO_PRINTER_CHOSEN: (
        "No printer is chosen on this computer.",
        "The card waits.",
        "Choose one on the page of printing.",
    ),
    Reason.PRINTER_AWAITED: (
        "{count} cards wait for this printer.",
        "The printer was not removed.",
        "Let them wait for another printer first.",
    ),
    Reason.PRINTER_OCCUPIED: (
        "The printer has another card, or nobody has said what became of it.",
        "The card waits.",
        "Settle the other card first.",
    ),
    Reason.PRINTER_HAS_CARD: (
        "The printer still has this card and may print it.",
        "Nothing was decided.",
        "Wait for the card, or cancel it at the printer.",
    ),
    Reason.BLANK_OTHER: (
        "The card in your hand has the serial {found}; booked to this person is {booked}.",
        "Nothing was decided.",
        "Look whose card it is. If it is this person's, call a supervisor to count the blanks.",
    ),
    Reason.CARD_NOT_PRINTED: ("No card has been printed yet.", KEPT, "Print the card first."),
    Reason.CARD_MISMATCH: (
        "The card does not agree with the record. Do not hand it over.",
        "The record is unchanged, the card is held.",
        "Read it a second time; if it still differs, a supervisor orders a new print.",
    ),
    Reason.CARD_NOT_SEEN: (
        "No card was found in the picture.",
        KEPT,
        "Lay one card alone on a plain, dark ground and read it again.",
    ),
    Reason.CARDS_TOGETHER: (
        "More than one card is in the picture.",
        KEPT,
        "Leave only the card of this application before the camera.",
    ),
    Reason.CARD_PARTLY_OUTSIDE: (
        "A part of the card is outside the picture.",
        KEPT,
        "Move the card until all four corners are seen.",
    ),
    Reason.CARD_TOO_FAR: (
        "The card is too small in the picture.",
        KEPT,
        "Bring the card nearer to the camera.",
    ),
    Reason.CARD_PICTURE_DARK: (
        "The picture of the card is too dark.",
        KEPT,
        "Give it more light and read it again.",
    ),
    Reason.CARD_PICTURE_BLURRED: (
        "The picture of the card is blurred.",
        KEPT,
        "Keep card and camera still until the picture is sharp, and read it again.",
    ),
    Reason.CARD_PICTURE_GLARE: (
        "A reflection covers a part of the card.",
        KEPT,
        "Turn the lamp away or tilt the card a little, and read it again.",
    ),
    Reason.CARD_SIDE_UNKNOWN: (
        "What lies before the camera looks like neither side of this card.",
        KEPT,
        "Lay the card of this application before the camera, and read it again.",
    ),
    Reason.CARD_SIDES: (
        "Both pictures show the same side of the card.",
        KEPT,
        "Read the front and the back.",
    ),
    Reason.CARD_HELD: (
        "This card has failed two readings and is held.",
        "The card is not void; the record is unchanged.",
        "A supervisor reads it once more, or two people void it.",
    ),
    Reason.CHIP_NOT_READ: (
        "The chip has not been read yet.",
        KEPT,
        "Hold the card on the reader.",
    ),
    Reason.CHIP_SERIAL_RANDOM: (
        "This chip shows another serial number each time and cannot be bound to the card.",
        KEPT,
        "Check that the right card lies on the reader; tell the administrator.",
    ),
    Reason.CHIP_ALREADY_BOUND: (
        "This chip belongs to another card already.",
        KEPT,
        "Check that the right card lies on the reader.",
    ),
}
