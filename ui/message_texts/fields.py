"""Sentences under a field of a form: what is wrong with what was typed."""

from __future__ import annotations

FIELD_FAULTS: dict[str, str] = {
    "missing": "This field is required.",
    "not-lao": "Write this in Lao letters.",
    "not-latin": "Write this in Latin letters.",
    "mixed-script": "Lao and Latin letters are mixed.",
    "not-a-date": "Write the date as day/month/year; ? for what is not known.",
    "not-a-time": "Write the time as hours:minutes, as 14:05.",
    "in-the-future": "This date is in the future.",
    "too-old": "This date is too long ago.",
    "too-long": "This is too long.",
    "does-not-fit": "This has no room on the card, even in its smallest letters.",
    "no-glyph": "The card's letters lack a sign in this.",
    "too-short": "This is too short.",
    "control-characters": "There are invisible characters in it; type it again.",
    "unknown-choice": "Choose one from the list.",
    "not-a-telephone": "This is no telephone number.",
    "document-missing": "A required document was not presented.",
    "not-a-code": "Only capital letters and digits.",
    "not-an-address": "An address begins with http:// or https://.",
    "not-the-same": "The two are not the same.",
    "taken": "This user name is taken.",
    "not-new": "The new password is the old one.",
    "too-common": "This password is among those that are guessed first.",
    "wrong-code": "The one-time code is not right.",
}
