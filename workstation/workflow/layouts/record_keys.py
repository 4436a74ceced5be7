"""The keys of a record file, apart from its reader: a command's help needs no more than these."""

# Key, whether it must be there, what it is.
KEYS: tuple[tuple[str, bool, str], ...] = (
    ("identity_number", True, "15 digits, with or without spaces"),
    ("document_number", True, "up to 9 letters and digits"),
    ("given_name_lo", True, "given name in Lao"),
    ("surname_lo", False, "surname in Lao; absent for a single name"),
    ("given_name_latin", True, "given name in Latin letters"),
    ("surname_latin", False, "surname in Latin letters"),
    ("birth_date", True, "31/1/1990 or 1990-01-31; 1990 or 1/1990 when the rest is unknown"),
    ("sex", True, "F or M"),
    ("nationality", False, "as printed; ລາວ / LAO when absent"),
    ("village_lo", False, "village in Lao"),
    ("district_lo", False, "district in Lao"),
    ("province_lo", False, "province in Lao"),
    ("issue_date", True, "a whole date"),
    ("expiry_date", True, "a whole date, or lifetime"),
    ("office", False, "issuing office as printed"),
    ("application_number", False, "as printed"),
    ("portrait", True, "path of a JPEG or PNG beside the record, or the picture in base64"),
    ("signature", False, "path of a PNG or JPEG beside the record, or the picture in base64"),
    ("mrz", False, "three lines of 30; made from the other values when absent"),
    ("qr", False, "text of the signed code; no code is printed when absent"),
    ("replacement", False, "true when the card replaces a lost or spoiled one; false when absent"),
)
