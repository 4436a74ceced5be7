"""Our names beside OSIA's (7.1, enrollment.yaml): biographic fields, fingers, reasons for a missing finger."""

from __future__ import annotations

# OSIA leaves BiographicData open. Where its examples have a name it is used; the rest are this country's.
BIOGRAPHIC_NAMES: dict[str, str] = {
    "given_name_latin": "firstName",
    "surname_latin": "lastName",
    "given_name_lo": "firstNameLao",
    "surname_lo": "lastNameLao",
    "honorific": "honorific",
    "sex": "gender",
    "birth_date": "dateOfBirth",
    "place_of_birth": "placeOfBirth",
    "telephone": "phoneNumber",
    "household_number": "householdNumber",
    "province_code": "provinceCode",
    "district_code": "districtCode",
    "village": "village",
    "house_number": "houseNumber",
    "unit": "unit",
    "origin": "origin",
    "nationality": "nationality",
    "ethnic_group": "ethnicGroup",
}

# ISO/IEC 19794-2:2005 table 2, finger position codes 1..10.
FINGER_NAMES: dict[int, str] = {
    1: "RIGHT_THUMB",
    2: "RIGHT_INDEX",
    3: "RIGHT_MIDDLE",
    4: "RIGHT_RING",
    5: "RIGHT_LITTLE",
    6: "LEFT_THUMB",
    7: "LEFT_INDEX",
    8: "LEFT_MIDDLE",
    9: "LEFT_RING",
    10: "LEFT_LITTLE",
}

# OSIA knows three kinds of presence; our own reason goes along as the comment.
PRESENCE_NAMES: dict[str, str] = {
    "amputated": "AMPUTATED",
    "bandaged": "BANDAGED",
    "damaged": "DAMAGED",
}

# OSIA cms.yaml, RequestData.requestType; every other kind is OTHER with requestTypeOther.
REQUEST_TYPES: dict[str, str] = {
    "first_issue": "FIRST_ISSUANCE",
    "renewal": "RENEWAL",
    "replacement": "REPLACEMENT",
}
CREDENTIAL_PROFILE = "LAO-ID-1"
