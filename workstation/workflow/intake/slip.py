"""The referral slip: which office to go to, with the household number and the application's number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from printing.slips import ReferralContent, SlipLine, render_referral_slip
from workstation import clock
from workstation.domain.applicant import full_name_latin, full_name_lo
from workstation.domain.divisions import district, province
from workstation.workflow.office import Office


def referral_slip(office: Office, fields: Mapping[str, str], number: str, at: datetime) -> bytes:
    """The slip as PDF; the household's province must be known, its district may not be."""
    places = [province(fields["province_code"])]
    if fields.get("district_code"):
        places.insert(0, district(fields["district_code"]))
    return render_referral_slip(
        ReferralContent(
            title_lo="ໃບແນະນຳ",
            title_en="Referral slip",
            office=office.station.office_name,
            date=f"{clock.office_day(at):%d/%m/%Y}",
            application_number=number,
            destination_lo="ປກສ " + ", ".join(place.name_lo for place in places),
            destination_en="Public security office, " + ", ".join(place.name_en for place in places),
            lines=(
                SlipLine("ຊື່ ແລະ ນາມສະກຸນ", "Name", full_name_lo(fields) or "-"),
                SlipLine("ຊື່ (ພາສາອັງກິດ)", "Name in Latin letters", full_name_latin(fields) or "-"),
                SlipLine("ເລກທີສຳມະໂນຄົວ", "Household book number", fields.get("household_number", "-")),
            ),
            note_lo="ກະລຸນາຍື່ນຄຳຮ້ອງຢູ່ຫ້ອງການທີ່ບັນທຶກສຳມະໂນຄົວ.",
            note_en="Please apply at the office where the household is registered.",
        )
    )
