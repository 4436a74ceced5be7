"""The registry's sealing key (extensions.yaml), and opening what a station sealed to it."""

from __future__ import annotations

import re

from fastapi import APIRouter
from sqlalchemy import Connection

from workstation.interchange.errors import MessageDamaged
from workstation.interchange.sealed_packet import open_part, sealed_for, sealing_key_of, to_document
from workstation.registry.enrolment_api import Store
from workstation.registry.refusals import RefusalCode, RegistryRefusal
from workstation.registry.store import sealing_keys

router = APIRouter(prefix="/v1")
_IMAGE = re.compile(r"(application|image)/[A-Za-z0-9.+-]{1,80}")


@router.get("/sealing-key")
def read_sealing_key(store: Store) -> dict[str, str]:
    """The public key to which stations seal images."""
    with store.read() as connection:
        return to_document(sealing_key_of(sealing_keys.newest(connection)))


def opened(connection: Connection, enrolment_id: str, sealed: bytes) -> tuple[bytes, str]:
    """The image and its media type. Refuses (SEAL_DOES_NOT_OPEN) what is changed or sealed to somebody else."""
    try:
        private = sealing_keys.private_key(connection, sealed_for(sealed))
        if private is None:
            raise RegistryRefusal(RefusalCode.SEAL_DOES_NOT_OPEN, "key")
        content, mime = open_part(private, enrolment_id, sealed)
    except MessageDamaged as fault:
        raise RegistryRefusal(RefusalCode.SEAL_DOES_NOT_OPEN, "body") from fault
    if not content or not _IMAGE.fullmatch(mime):
        raise RegistryRefusal(RefusalCode.MALFORMED, "sealed")
    return content, mime
