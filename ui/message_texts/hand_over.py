"""Sentences of refusals at the hand-over: who may take it, boxes, old cards, parcels, recalls."""

from __future__ import annotations

from ui.message_texts.parts import KEPT, Texts
from workstation.domain.refused import Reason

HAND_OVER: dict[Reason, Texts] = {
    Reason.FINGERPRINT_NO_MATCH: (
        "The finger does not match the stored print.",
        "The card stays here.",
        "Try again or take another finger. Do not hand the card over.",
    ),
    Reason.BOX_PLACE_UNKNOWN: (
        "There is no place {place} in the boxes.",
        KEPT,
        "Write box, row and place as 1-03-12; the last place of a box is {last}.",
    ),
    Reason.BOX_PLACE_TAKEN: (
        "Another card lies at {place} already.",
        KEPT,
        "Take the place that is proposed.",
    ),
    Reason.COLLECTOR_NOT_ALLOWED: (
        "Nobody else may come for this card: the holder is {age} or older.",
        "The card stays here.",
        "Ask the holder to come.",
    ),
    Reason.COLLECTOR_UNNAMED: (
        "Who takes the card is not named yet.",
        KEPT,
        "Enter name, identity number, and how she is related or authorised.",
    ),
    Reason.GUARDIAN_PRINT_MISSING: (
        "The guardian's print is missing.",
        "The card stays here.",
        "Take a print of the guardian with F6.",
    ),
    Reason.SIGNATURE_MISSING: (
        "The receipt is not signed yet.",
        KEPT,
        "Let the person sign on the pad, or say why she cannot.",
    ),
    Reason.OLD_CARD_MISSING: (
        "The old card is not in your hand yet.",
        "The new card stays here.",
        "Take the old card, or say why it is not there.",
    ),
    Reason.OLD_CARDS_COUNT: (
        "{counted} cards were counted, {listed} are on the list.",
        "Nothing was written.",
        "Count again, card by card.",
    ),
    Reason.CARD_NOT_HERE: (
        "This card is not here: it left in the parcel {seal}.",
        KEPT,
        "Ask the province, or have a new card printed.",
    ),
    Reason.CARD_OF_ANOTHER: (
        "This is another person's card: it belongs to the application {number}.",
        "The card stays here.",
        "Put it back and take the card of this person.",
    ),
    Reason.CARD_UNKNOWN: (
        "No card of this office bears what was scanned.",
        KEPT,
        "Scan it once more, or look for the person by name with F3.",
    ),
    Reason.CARD_NOT_DUE: (
        "{count} of these cards do not wait long enough, or are gone.",
        "Nothing was written.",
        "Read the list again and choose anew.",
    ),
    Reason.SEAL_MISSING: (
        "The number of the seal is missing.",
        "Nothing was written.",
        "Enter the number on the parcel's seal.",
    ),
    Reason.SEAL_USED: (
        "The seal {seal} closed another parcel.",
        "Nothing was written.",
        "Read the number on the seal again.",
    ),
    Reason.NOTHING_CHOSEN: (
        "No card is chosen.",
        "Nothing was written.",
        "Choose cards with Space.",
    ),
    Reason.CARD_RECALLED_ALREADY: (
        "This card was recalled already.",
        KEPT,
        "The correction is under the recalled cards.",
    ),
}
