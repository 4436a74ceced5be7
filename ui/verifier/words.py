"""The verifier's words: what is to be said of a code, in one sentence, and what the code says. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from ui.language import _
from workstation.card_reading.verify import VALID, Verdict
from workstation.clock import OFFICE_ZONE
from workstation.travel_documents.card_signature import SignedCard

# ISO 639-3, and the two letters of ISO 639-1 that some writers use.
_LAO = ("lao", "lo")


def sentence(verdict: Verdict) -> str:
    """What is to be said of the card."""
    if verdict.code == VALID and verdict.portrait is False:
        return _("The code is genuine, but the photo is not the one it was made for.")
    return reason(verdict.code, verdict.facts)


def reason(code: str, facts: Mapping[str, str | int]) -> str:
    """The sentence for a verdict's code; an unknown one is named."""
    told = {
        VALID: _("The code is genuine and in force."),
        "bad-base45": _("This is no card's code: it is not written in Base45."),
        "bad-zlib": _("This is no card's code, or it is damaged: it cannot be unpacked."),
        "too-long": _("This is no card's code: it is larger than any card's."),
        "not-cose": _("This is no card's code, or it is damaged: it is no COSE message."),
        "encrypted": _("The code is encrypted, and no key to open it was given."),
        "bad-decryption": _("The code is encrypted, and the key that was given does not open it."),
        "not-signed": _("The code is not signed: anybody may have written it."),
        "unknown-critical": _("The code demands something that this program does not know ({label})."),
        "wrong-algorithm": _("The code is signed by a method that is not accepted ({algorithm})."),
        "unknown-key": _("The code is signed by a key that is not in the trust list ({key_id})."),
        "bad-signature": _("The signature does not hold: the code was changed or forged."),
        "not-cwt": _("The signature holds, but what was signed is no card's token."),
        "missing-169": _("The signature holds, but no identity (claim 169) is in it."),
        "bad-claims": _(
            "The signature holds, but the identity in it is not written as it must be ({claim})."
        ),
        "expired": _("The signature holds, but the card has expired ({until})."),
        "not-yet-valid": _("The signature holds, but the card is not valid yet (from {since})."),
        "not-a-picture": _("This file is no picture that can be read."),
        "too-large": _("This picture is too large."),
        "no-code": _("No QR code could be read in this picture."),
        "no-folder": _("The trust list is no folder ({file})."),
        "no-keys": _("There are no keys in the trust list ({file})."),
        "unreadable": _("A key of the trust list cannot be read ({file})."),
        "bad-key": _("A file of the trust list is no public key ({file})."),
        "private-key": _("A private key lies in the trust list ({file}). Take it away at once."),
        "key-type": _("A key of the trust list is of a kind that is not accepted ({file})."),
        "two-keys": _("Two keys of the trust list have the same key id ({file})."),
    }.get(code)
    if told is None:
        return _("The code cannot be believed ({code}).").format(code=code)
    known = {
        "label": "–",
        "algorithm": "–",
        "claim": "–",
        "key_id": "–",
        "file": "–",
        "until": _day(facts.get("expires_at"), last=True),
        "since": _day(facts.get("not_before")),
        **{name: value or "–" for name, value in facts.items()},
    }
    return told.format_map(known)


def said(card: SignedCard) -> tuple[tuple[str, str], ...]:
    """What the code says, as label and value; what it does not say is left out."""
    claims = card.claims
    sexes = {1: _("Male"), 2: _("Female")}
    pairs = (
        (_second_name(claims.secondary_language), claims.secondary_full_name),
        (_("Name (Latin)"), claims.full_name),
        (_("Identity number"), _grouped(claims.id)),
        (_("Document number"), claims.document_number),
        (_("Date of birth"), _birth(claims.date_of_birth)),
        (_("Sex"), sexes.get(claims.gender, "")),
        (_("Nationality"), claims.nationality),
        (_("Valid from"), _moment_day(card.not_before)),
        (_("Valid until"), _moment_day(card.expires_at, last=True) or _("no end")),
        (_("Issuer"), card.issuer),
        (_("Issuer's key"), key_id(card.key_id)),
        (_("Photo's digest (SHA-256)"), claims.face_hash.hex(" ", 8)),
    )
    return tuple((label, value) for label, value in pairs if value)


def _grouped(number: str) -> str:
    """A number of fifteen digits as it stands on the card."""
    if len(number) != 15 or not number.isdecimal():
        return number
    return " ".join((number[:3], number[3:7], number[7:11], number[11:]))


def _second_name(language: str) -> str:
    """What the second name is (Claim 169 v1.2, 20: an ISO 639-3 code)."""
    if language.lower() in _LAO:
        return _("Name (Lao)")
    return _("Name in another language ({code})").format(code=language or "–")


def key_id(key: bytes) -> str:
    """A key id as text where it is text, with its bytes in hexadecimal."""
    text = key.decode("ascii", "ignore")
    return f"{text} ({key.hex()})" if text.isprintable() and len(text) == len(key) and text else key.hex()


def _birth(date: str) -> str:
    parts = (date[:4], date[4:6], date[6:8])
    return "/".join(part.lstrip("0") for part in reversed(parts) if part)


def _day(moment: object, *, last: bool = False) -> str:
    return _moment_day(datetime.fromisoformat(moment), last=last) if isinstance(moment, str) else "–"


def _moment_day(moment: datetime | None, *, last: bool = False) -> str:
    """The day in the office's zone; an end is the last day that still counts."""
    if moment is None:
        return ""
    day = (moment - timedelta(seconds=1) if last else moment).astimezone(OFFICE_ZONE)
    return f"{day.day}/{day.month}/{day.year}"
