"""Whether a card is genuine, told offline from its signed code alone: signature, dates, whose portrait."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps

from workstation.travel_documents.card_signature import SignedCard, check_dates, read_code
from workstation.travel_documents.claims import CardSignatureError
from workstation.travel_documents.cose import IssuerKey

VALID = "valid"
_MOST_PIXELS = 60_000_000
_LONG_SIDE = 3000
_FORMATS = "QRCode"


class NoCode(ValueError):
    """A picture without a code that could be read. `code`: not-a-picture, too-large, no-code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Verdict:
    """`code` is "valid", or that of the CardSignatureError that says why not, with its `facts`. `card`: what the code
    says, wherever its signature holds (also when it has expired); `portrait`: whether the picture that was given is
    the one whose hash is signed, None when none was given or none is signed."""

    code: str
    card: SignedCard | None = None
    portrait: bool | None = None
    facts: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """Whether signature and dates hold, and the portrait, where one was given, is the signed one."""
        return self.code == VALID and self.portrait is not False


def verify_text(
    text: str,
    keys: Mapping[bytes, IssuerKey],
    now: datetime,
    *,
    decryption_key: bytes | None = None,
    portrait: bytes | None = None,
) -> Verdict:
    """What is to be said of the code `text` (Base45, as the QR holds it) at the moment `now`."""
    try:
        card = read_code(text, keys, decryption_key=decryption_key)
    except CardSignatureError as error:
        return Verdict(error.code, facts=error.facts)
    same = None
    if portrait is not None and card.claims.face_hash:
        same = hashlib.sha256(portrait).digest() == card.claims.face_hash
    try:
        check_dates(card, now)
    except CardSignatureError as error:
        return Verdict(error.code, card, same, error.facts)
    return Verdict(VALID, card, same)


def verify_codes(
    texts: tuple[str, ...], keys: Mapping[bytes, IssuerKey], now: datetime, **more: bytes | None
) -> Verdict:
    """Of several codes in one picture the one that is a card's; else what is wrong with the first."""
    verdicts = [verify_text(text, keys, now, **more) for text in texts]
    return next((verdict for verdict in verdicts if verdict.card is not None), verdicts[0])


def codes_in(data: bytes) -> tuple[str, ...]:
    """The texts of the QR codes in a picture file's bytes. Raises NoCode."""
    return _codes(_attempts(_grey(data)))


def codes_in_frame(frame: NDArray[np.uint8]) -> tuple[str, ...]:
    """The same of a camera's picture (h x w x 3, BGR); only as it is, because the next one follows at once."""
    return _codes(iter((Image.fromarray(np.ascontiguousarray(frame[:, :, ::-1])).convert("L"),)))


def _codes(attempts: Iterator[Image.Image]) -> tuple[str, ...]:
    for attempt in attempts:
        found = zxingcpp.read_barcodes(
            np.asarray(attempt), formats=zxingcpp.barcode_formats_from_str(_FORMATS)
        )
        texts = tuple(read.text for read in found if read.text)
        if texts:
            return texts
    raise NoCode("no-code")


def _attempts(grey: Image.Image) -> Iterator[Image.Image]:
    yield grey
    yield grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC)
    yield ImageOps.autocontrast(grey.filter(ImageFilter.UnsharpMask(4, 180, 0)), cutoff=2)
    yield grey.resize((grey.width // 2, grey.height // 2), Image.Resampling.BOX)


def _grey(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # Pillow warns of what is refused here by its size.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise NoCode("too-large")
                picture.draft("L", (_LONG_SIDE, _LONG_SIDE))
                grey = picture.convert("L")
    except NoCode:
        raise
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NoCode("not-a-picture") from error
    if min(grey.size) < 4:
        raise NoCode("no-code")
    if max(grey.size) > _LONG_SIDE:
        grey.thumbnail((_LONG_SIDE, _LONG_SIDE), Image.Resampling.BOX)
    return grey
