"""What is printed on one card: texts ready to print, the portrait, the zone and the codes."""

from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class CardContent:
    """One card's content. Every text is printed as it stands; an empty one leaves its place empty.

    `portrait` is a JPEG, `signature` a JPEG or PNG or nothing; `mrz` three lines of thirty (ICAO Doc 9303-5); `qr`
    the text of the signed code. `age` in full years on the day of issue, None when it is unknown; `lifetime` and
    `replacement` are what layouts may ask about the card.
    """

    identity_number: str
    document_number: str
    given_name_lo: str
    surname_lo: str
    given_name_latin: str
    surname_latin: str
    birth: str
    sex: str
    nationality: str
    village_lo: str
    district_lo: str
    province_lo: str
    issue_date: str
    expiry_date: str
    office: str
    application_number: str
    portrait: bytes
    mrz: tuple[str, str, str]
    qr: str
    signature: bytes = b""
    age: int | None = None
    lifetime: bool = False
    replacement: bool = False

    def texts(self) -> Mapping[str, str]:
        """Return the texts by the names a layout's `field` uses, joined names among them."""
        texts = {name: getattr(self, name) for name in _PLAIN_TEXTS}
        texts["name_lo"] = " ".join(filter(None, (self.given_name_lo, self.surname_lo)))
        texts["name_latin"] = " ".join(filter(None, (self.given_name_latin, self.surname_latin)))
        texts["zone"] = "\n".join(self.mrz)
        return texts

    def pictures(self) -> Mapping[str, bytes]:
        """Return the pictures by the names a layout's `field` uses."""
        return {"portrait": self.portrait, "ghost": self.portrait, "signature": self.signature}


_PLAIN_TEXTS = tuple(f.name for f in fields(CardContent) if f.type in (str, "str"))
# `zone` is the machine readable zone as one text, for a code.
TEXT_FIELDS = frozenset((*_PLAIN_TEXTS, "name_lo", "name_latin", "zone"))
PICTURE_FIELDS = frozenset(("portrait", "ghost", "signature"))
# Printed as the portrait is: a card without it is none.
REQUIRED_PICTURES = frozenset(("portrait", "ghost"))
