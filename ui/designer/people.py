"""Invented people on whom a layout is tried: the longest and the shortest names, stacked marks, one name, a child."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from math import sin

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image, ImageDraw, ImageFilter

from printing.content import CardContent
from ui.language import _
from workstation.domain.applicant import PartialDate, identifiers
from workstation.interchange.decision import LIFETIME
from workstation.lao.dates import format_date
from workstation.travel_documents.card_signature import sign_card
from workstation.travel_documents.claims import CardClaims
from workstation.travel_documents.mrz import Td1
from workstation.workflow.print.card import LIFETIME_LO, grouped, mrz_birth, mrz_expiry, sex_text

# Nobody trusts this key: a sample's code is as large as a real one and verifies nowhere.
_KEY = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"sample card, not valid").digest())
_ISSUED = date(2026, 11, 22)


@dataclass(frozen=True)
class SamplePerson:
    """`name` says what she is for, in the language spoken."""

    key: str
    name: Callable[[], str]
    content: Callable[[], CardContent]


def _content(
    given_lo: str,
    surname_lo: str,
    given: str,
    surname: str,
    *,
    birth: str = "1990-01-31",
    sex: str = "F",
    expiry: str = "2036-11-21",
    places: tuple[str, str, str] = ("ໂພນສະຫວ່າງ", "ຈັນທະບູລີ", "ນະຄອນຫຼວງວຽງຈັນ"),
    replacement: bool = False,
) -> CardContent:
    number, document = "010203041234567", "A12345678"
    primary, secondary = identifiers({"surname_latin": surname, "given_name_latin": given})
    zone = Td1(
        document_code="I<",
        issuer="LAO",
        document_number=document,
        optional_1=number,
        birth=mrz_birth(birth),
        sex=sex,
        expiry=mrz_expiry(expiry),
        nationality="LAO",
        optional_2="",
        primary=primary,
        secondary=secondary,
    )
    born = PartialDate.parse(birth)
    claims = CardClaims(
        id=number,
        full_name=f"{given} {surname}".strip(),
        secondary_full_name=f"{given_lo} {surname_lo}".strip(),
        date_of_birth=birth.replace("-", "") if born.day else f"{born.year:04d}0101",
        gender=2 if sex == "F" else 1,
        document_number=document,
        face_hash=hashlib.sha256(portrait()).digest(),
    )
    begin = datetime(_ISSUED.year, _ISSUED.month, _ISSUED.day, tzinfo=UTC)
    return CardContent(
        identity_number=grouped(number),
        document_number=document,
        given_name_lo=given_lo,
        surname_lo=surname_lo,
        given_name_latin=given,
        surname_latin=surname,
        birth=format_date(birth),
        sex=sex_text(sex),
        nationality="ລາວ / LAO",
        village_lo=places[0],
        district_lo=places[1],
        province_lo=places[2],
        issue_date=format_date(_ISSUED.isoformat()),
        expiry_date=LIFETIME_LO if expiry == LIFETIME else format_date(expiry),
        office="ປກສ ເມືອງຈັນທະບູລີ",
        application_number="0101-01-261122-001-7",
        portrait=portrait(),
        signature=signature(),
        mrz=zone.lines(),
        qr=sign_card(claims, _KEY, b"sample", "LA-MPS", begin, begin, begin.replace(year=begin.year + 10)),
        age=born.age_on(_ISSUED),
        lifetime=expiry == LIFETIME,
        replacement=replacement,
    )


@cache
def portrait() -> bytes:
    """A JPEG of nobody: head and shoulders without features."""
    picture = Image.new("RGB", (600, 768), "#DDE3EA")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((70, 520, 530, 1060), fill="#5E6F82")
    pen.rectangle((255, 450, 345, 590), fill="#B99F8C")
    pen.ellipse((180, 150, 420, 490), fill="#C9B09C")
    pen.chord((172, 130, 428, 470), 180, 360, fill="#3B342F")
    out = BytesIO()
    picture.filter(ImageFilter.GaussianBlur(2)).save(out, "JPEG", quality=90)
    return out.getvalue()


@cache
def signature() -> bytes:
    """A PNG of a pen's stroke."""
    picture = Image.new("RGBA", (480, 160), (0, 0, 0, 0))
    points = [(20 + step, 80 + 46 * sin(step / 23) * sin(step / 71 + 1)) for step in range(0, 440, 2)]
    ImageDraw.Draw(picture).line(points, fill=(20, 30, 70, 255), width=5, joint="curve")
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


PEOPLE = (
    SamplePerson(
        "ordinary",
        lambda: _("An ordinary name"),
        cache(lambda: _content("ຄຳຫຼ້າ", "ພົມວິຫານ", "Khamla", "Phomvihane")),
    ),
    SamplePerson(
        "longest",
        lambda: _("The longest name"),
        cache(
            lambda: _content(
                "ພອນສະຫວັນວັນນະລີ",
                "ພຣະຍາສີໂຄດຕະບອງວົງສາ",
                "Phonsavanh Vannaly",
                "Phrayasikhottabong-Vongsa",
                places=("ໂພນສະຫວັນໃຕ້ທົ່ງຂັນຄຳ", "ໄຊທານີ", "ນະຄອນຫຼວງວຽງຈັນ"),
            )
        ),
    ),
    SamplePerson(
        "shortest", lambda: _("The shortest name"), cache(lambda: _content("ຕາ", "ລີ", "Ta", "Ly", sex="M"))
    ),
    SamplePerson(
        "stacked",
        lambda: _("Lao with stacked marks"),
        cache(lambda: _content("ປິ່ນແກ້ວ", "ຫຼື້ມື້ຊື່ງຶ້ມຈຶ່ງ", "Pinkeo", "Leummeu")),
    ),
    SamplePerson(
        "single", lambda: _("A single name"), cache(lambda: _content("ບຸນມີ", "", "Bounmy", "", sex="M"))
    ),
    SamplePerson(
        "child",
        lambda: _("A child"),
        cache(lambda: _content("ນ້ອຍ", "ແກ້ວມະນີ", "Noy", "Keomany", birth="2018-05-04", expiry="2031-11-21")),
    ),
    SamplePerson(
        "lifetime",
        lambda: _("A card for life, issued again"),
        cache(
            lambda: _content(
                "ສົມພອນ",
                "ວົງສາ",
                "Somphone",
                "Vongsa",
                birth="1950",
                expiry=LIFETIME,
                sex="M",
                replacement=True,
            )
        ),
    ),
)
