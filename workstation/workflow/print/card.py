"""What is printed on the card of one application, made from the record and the registry's decision."""

from __future__ import annotations

from datetime import date

from printing.content import CardContent
from printing.specification import CardLayout
from workstation.database import Connection
from workstation.database.applications import accepted_fields, application
from workstation.database.blobs import get_blob
from workstation.database.layouts import layout_in_force
from workstation.database.policies import policy_of
from workstation.database.portraits import portrait_of
from workstation.database.signatures import signature_of
from workstation.domain.applicant import PartialDate, identifiers
from workstation.domain.divisions import district, province
from workstation.domain.refused import Reason, Refused
from workstation.interchange.decision import LIFETIME
from workstation.lao.dates import format_date
from workstation.travel_documents.mrz import Td1
from workstation.workflow.office import Office
from workstation.workflow.signature.picture import ink_alone

LIFETIME_LO = "ຕະຫຼອດຊີບ"


def grouped(identity_number: str) -> str:
    """A 15-digit personal number as people read it: ddd dddd dddd dddd."""
    return " ".join([identity_number[:3], identity_number[3:7], identity_number[7:11], identity_number[11:]])


def sex_text(sex: str) -> str:
    """F or M as it is printed."""
    return {"F": "ຍິງ / F", "M": "ຊາຍ / M"}[sex]


def mrz_birth(text: str) -> str:
    """YYMMDD with `<<` for what is unknown (ICAO Doc 9303-3, 4.8)."""
    born = PartialDate.parse(text)
    month = "<<" if born.month is None else f"{born.month:02d}"
    day = "<<" if born.day is None else f"{born.day:02d}"
    return f"{born.year % 100:02d}{month}{day}"


def mrz_expiry(text: str) -> str:
    """YYMMDD, fillers for a card that does not expire."""
    return "<<<<<<" if text == LIFETIME else f"{date.fromisoformat(text):%y%m%d}"


def card_layout(connection: Connection, policy_version: str) -> CardLayout:
    """The layout in force now for applications made under that policy. Raises Refused NO_LAYOUT."""
    return layout_in_force(connection, policy_of(connection, policy_version).card_layout)


def card_content(connection: Connection, office: Office, application_id: str) -> CardContent:
    """The card's content. Raises Refused NO_DECISION (the registry has not accepted), NO_PORTRAIT; MrzError."""
    row = application(connection, application_id)
    fields = accepted_fields(connection, application_id)
    portrait = portrait_of(connection, application_id)
    signature = signature_of(connection, application_id)
    if portrait is None:
        raise Refused(Reason.NO_PORTRAIT)
    if not (
        row.identity_number
        and row.document_number
        and row.issue_date
        and row.expiry_date
        and row.card_signature
    ):
        raise Refused(Reason.NO_DECISION)
    primary, secondary = identifiers(fields)
    mrz = Td1(
        document_code="I<",
        issuer="LAO",
        document_number=row.document_number,
        optional_1=row.identity_number,
        birth=mrz_birth(fields["birth_date"]),
        sex=fields["sex"],
        expiry=mrz_expiry(row.expiry_date),
        nationality="LAO",
        optional_2="",
        primary=primary,
        secondary=secondary,
    )
    return CardContent(
        identity_number=grouped(row.identity_number),
        document_number=row.document_number,
        given_name_lo=fields["given_name_lo"],
        surname_lo=fields.get("surname_lo", ""),
        given_name_latin=fields["given_name_latin"],
        surname_latin=fields.get("surname_latin", ""),
        birth=format_date(fields["birth_date"]),
        sex=sex_text(fields["sex"]),
        nationality="ລາວ / LAO",
        village_lo=fields["village"],
        district_lo=district(fields["district_code"]).name_lo,
        province_lo=province(fields["province_code"]).name_lo,
        issue_date=format_date(row.issue_date),
        expiry_date=LIFETIME_LO if row.expiry_date == LIFETIME else format_date(row.expiry_date),
        office=office.station.office_name,
        application_number=row.number,
        portrait=get_blob(connection, portrait.printed),
        signature=b""
        if signature is None or signature.picture is None
        else ink_alone(get_blob(connection, signature.picture)),
        mrz=mrz.lines(),
        qr=row.card_signature,
        age=PartialDate.parse(fields["birth_date"]).age_on(date.fromisoformat(row.issue_date)),
        lifetime=row.expiry_date == LIFETIME,
        replacement=row.kind == "replacement",
    )
