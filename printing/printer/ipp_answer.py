"""An IPP answer (RFC 8010 §3) checked byte by byte before anything believes it."""

import struct
from typing import Any

from pyipp.parser import parse

from printing.errors import PrinterError

_END = 0x03
_FIRST_VALUE_TAG = 0x10
_BEGIN_COLLECTION, _END_COLLECTION = 0x34, 0x37
# Service unavailable, not accepting jobs, busy: the same job may be sent again later.
_BUSY = (0x0503, 0x0506, 0x0507)
_NOT_FOUND, _GONE = 0x0406, 0x0407
_LAST_SUCCESS = 0x01FF


def read_answer(message: bytes, *, about: int | None = None) -> dict[str, Any]:
    """Return the attribute groups of a successful answer, `jobs` and `printers` as lists of dictionaries.

    `about` is the job the question was about. Raises PrinterError damaged-answer, job-unknown, busy or refused
    (fact `status`).
    """
    if not _well_formed(message):
        raise PrinterError("damaged-answer", bytes=len(message))
    status = int.from_bytes(message[2:4])
    if status > _LAST_SUCCESS:
        if about is not None and status in (_NOT_FOUND, _GONE):
            raise PrinterError("job-unknown", job=about)
        raise PrinterError("busy" if status in _BUSY else "refused", status=status)
    try:
        groups: dict[str, Any] = parse(message)
    except (struct.error, LookupError, ValueError, TypeError, OverflowError) as fault:
        raise PrinterError("damaged-answer", bytes=len(message)) from fault
    return groups


def _well_formed(message: bytes) -> bool:
    """Tell whether every length stays inside the message and every collection closes.

    The parser behind this trusts lengths: a negative one would send it back over the same bytes for ever.
    """
    position, open_collections = 8, 0
    while position < len(message):
        tag = message[position]
        if tag == _END:
            return open_collections == 0
        position += 1
        if tag < _FIRST_VALUE_TAG:
            continue
        for _ in ("name", "value"):
            length = int.from_bytes(message[position : position + 2])
            position += 2 + length
            if length > 0x7FFF or position > len(message):
                return False
        open_collections += (tag == _BEGIN_COLLECTION) - (tag == _END_COLLECTION)
        if open_collections < 0:
            return False
    return False


def first_group(answer: dict[str, Any], group: str) -> dict[str, Any]:
    """Return the first of the groups named `group`; PrinterError damaged-answer when there is none."""
    groups = answer.get(group) or []
    if not groups or not isinstance(groups[0], dict):
        raise PrinterError("damaged-answer", group=group)
    first: dict[str, Any] = groups[0]
    return first


def integer(attributes: dict[str, Any], name: str) -> int:
    """Return the attribute `name` as a number; PrinterError damaged-answer when it is none."""
    value = attributes.get(name)
    if not isinstance(value, int):
        raise PrinterError("damaged-answer", attribute=name)
    return int(value)
