"""OSIA 7.1 buffers (enrollment.yaml 1.3.0): images sent apart, with a digest. An image's id is its SHA-256."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Response

from workstation.interchange.canonical import sha256_hex
from workstation.interchange.sealed_packet import MEDIA_TYPE
from workstation.registry.enrolment_api import EnrolmentId, Store, TransactionId
from workstation.registry.refusals import RefusalCode, RegistryRefusal
from workstation.registry.request_body import image
from workstation.registry.sealing_api import opened
from workstation.registry.store import enrolments
from workstation.registry.store.enrolments import Buffer

router = APIRouter(prefix="/v1/enrollments/{enrolment_id}/buffer")

# RFC 3230 section 4.1.1 and RFC 5843: the algorithms a Digest header may name.
_ALGORITHMS = {"sha-256": hashlib.sha256, "sha-512": hashlib.sha512, "sha": hashlib.sha1}


@router.post("", status_code=201)
def create_buffer(
    enrolment_id: EnrolmentId,
    transaction_id: TransactionId,
    content: Annotated[bytes, Depends(image)],
    store: Store,
    content_type: Annotated[str, Header(pattern=r"^(application|image)/[A-Za-z0-9.+-]{1,80}$")],
    digest: Annotated[str | None, Header()] = None,
) -> dict[str, str]:
    """createBuffer. The same bytes for the same enrolment give the same id, however often they come.

    What comes sealed to this registry is opened first: its id is that of the image within.
    """
    if not content:
        raise RegistryRefusal(RefusalCode.MALFORMED, "body empty")
    if digest is not None:
        _check_digest(digest, content)
    if content_type == MEDIA_TYPE:
        with store.read() as connection:
            content, content_type = opened(connection, enrolment_id, content)
    buffer = Buffer(sha256_hex(content), content_type, content)
    with store.write() as connection:
        held = enrolments.find(connection, enrolment_id)
        if held is None:
            raise RegistryRefusal(RefusalCode.UNKNOWN_ENROLMENT, "enrollmentId")
        if enrolments.find_buffer(connection, enrolment_id, buffer.id) is None:
            if held.status == "FINALIZED":
                raise RegistryRefusal(RefusalCode.FINALIZED_ALREADY, "status")
            enrolments.add_buffer(connection, enrolment_id, buffer)
    return {"bufferId": buffer.id}


@router.get("/{buffer_id}", response_class=Response)
def read_buffer(
    enrolment_id: EnrolmentId,
    buffer_id: Annotated[str, Path(max_length=64)],
    transaction_id: TransactionId,
    store: Store,
) -> Response:
    """readBuffer."""
    with store.read() as connection:
        buffer = enrolments.find_buffer(connection, enrolment_id, buffer_id)
    if buffer is None:
        raise RegistryRefusal(RefusalCode.UNKNOWN_BUFFER, "bufferId")
    digest = base64.b64encode(bytes.fromhex(buffer.id)).decode()
    return Response(buffer.content, media_type=buffer.mime, headers={"Digest": f"SHA-256={digest}"})


def _check_digest(header: str, content: bytes) -> None:
    """Every instance of the header must name a known algorithm and fit."""
    for instance in header.split(","):
        match = re.fullmatch(r"\s*([A-Za-z0-9-]+)=(\S+)\s*", instance)
        algorithm = _ALGORITHMS.get(match.group(1).lower()) if match else None
        if match is None or algorithm is None:
            raise RegistryRefusal(RefusalCode.MALFORMED, "Digest")
        try:
            stated = base64.b64decode(match.group(2), validate=True)
        except binascii.Error:
            raise RegistryRefusal(RefusalCode.MALFORMED, "Digest") from None
        if stated != algorithm(content).digest():
            raise RegistryRefusal(RefusalCode.DIGEST_DOES_NOT_FIT, "Digest")
