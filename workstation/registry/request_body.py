"""Reading a request's body with a limit and a deadline."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import Request

from workstation.interchange.canonical import read_json_object
from workstation.interchange.errors import MessageDamaged
from workstation.registry.refusals import RefusalCode, RegistryRefusal

MOST_JSON = 2_000_000
MOST_IMAGE = 8_000_000
# A line of 64 kbit/s carries an image of 1.5 MB in 190 s.
_SECONDS = 600


async def read_limited(request: Request, most: int) -> bytes:
    """The whole body; TOO_LARGE beyond `most` bytes, MALFORMED when it does not end in time."""
    body = bytearray()
    try:
        async with asyncio.timeout(_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    raise RegistryRefusal(RefusalCode.TOO_LARGE, f"most {most}")
    except TimeoutError:
        raise RegistryRefusal(RefusalCode.MALFORMED, "body too late") from None
    return bytes(body)


async def json_object(request: Request) -> dict[str, Any]:
    """The JSON object in the body (FastAPI dependency)."""
    try:
        return read_json_object(await read_limited(request, MOST_JSON))
    except MessageDamaged as fault:
        raise RegistryRefusal(RefusalCode.MALFORMED, str(fault)) from fault


async def json_list(request: Request) -> list[Any]:
    """The JSON list in the body (FastAPI dependency)."""
    try:
        found = read_json_object(b'{"list":' + await read_limited(request, MOST_JSON) + b"}")
    except MessageDamaged as fault:
        raise RegistryRefusal(RefusalCode.MALFORMED, str(fault)) from fault
    if set(found) != {"list"} or not isinstance(found["list"], list):
        raise RegistryRefusal(RefusalCode.MALFORMED, "no list")
    return found["list"]


async def image(request: Request) -> bytes:
    """The image in the body (FastAPI dependency)."""
    return await read_limited(request, MOST_IMAGE)
