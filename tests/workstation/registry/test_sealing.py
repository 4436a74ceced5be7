"""Images that come sealed: the registry opens them and keeps what is within; whatever does not open is refused."""

from __future__ import annotations

import base64
import hashlib

import httpx
import pytest

from tests.workstation.registry.conftest import FACE, IMAGES, Counter, full_record
from workstation.interchange.sealed_packet import (
    MEDIA_TYPE,
    SealingKey,
    from_document,
    new_registry_key,
    seal_part,
    sealing_key_of,
)
from workstation.registry.refusals import RefusalCode


@pytest.fixture
def key(counter: Counter) -> SealingKey:
    answer = counter.client.get("/v1/sealing-key")
    assert answer.status_code == 200
    return from_document(answer.json())


def send(counter: Counter, enrolment_id: str, sealed: bytes) -> httpx.Response:
    digest = base64.b64encode(hashlib.sha256(sealed).digest()).decode()
    return counter.call(
        "POST",
        f"/v1/enrollments/{enrolment_id}/buffer",
        content=sealed,
        headers={"Content-Type": MEDIA_TYPE, "Digest": f"SHA-256={digest}"},
    )


def test_a_sealed_image_is_kept_as_the_image_however_often_it_comes(
    counter: Counter, key: SealingKey
) -> None:
    whole = full_record()
    counter.create(whole)
    for _ in range(2):
        sealed = seal_part(key, whole.enrolment_id, IMAGES[FACE], "image/jpeg")
        answer = send(counter, whole.enrolment_id, sealed)
        assert (answer.status_code, answer.json()) == (201, {"bufferId": FACE})
    held = counter.call("GET", f"/v1/enrollments/{whole.enrolment_id}/buffer/{FACE}")
    assert (held.content, held.headers["Content-Type"]) == (IMAGES[FACE], "image/jpeg")


def test_what_does_not_open_is_refused_and_not_kept(counter: Counter, key: SealingKey) -> None:
    whole = full_record()
    counter.create(whole)
    good = seal_part(key, whole.enrolment_id, IMAGES[FACE], "image/jpeg")
    flipped = bytearray(good)
    flipped[len(good) // 2] ^= 1
    other_hash = good[:16] + hashlib.sha256(b"another").digest() + good[48:]
    strange = sealing_key_of(new_registry_key())
    for bad in (
        good[:-1],
        good[:47],
        good[:80],
        b"LAOSEAL2" + good[8:],
        bytes(flipped),
        other_hash,
        seal_part(key, "another-enrolment", IMAGES[FACE], "image/jpeg"),
        seal_part(strange, whole.enrolment_id, IMAGES[FACE], "image/jpeg"),
    ):
        answer = send(counter, whole.enrolment_id, bad)
        assert (answer.status_code, answer.json()["code"]) == (400, RefusalCode.SEAL_DOES_NOT_OPEN)
    for content, mime in ((b"", "image/jpeg"), (b"x", "text/html"), (b"x", "")):
        answer = send(counter, whole.enrolment_id, seal_part(key, whole.enrolment_id, content, mime))
        assert answer.json()["code"] == RefusalCode.MALFORMED
    assert counter.call("GET", f"/v1/enrollments/{whole.enrolment_id}/buffer/{FACE}").status_code == 404


def test_the_key_stays_the_same_key(counter: Counter, key: SealingKey) -> None:
    assert from_document(counter.client.get("/v1/sealing-key").json()) == key
