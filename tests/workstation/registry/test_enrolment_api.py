"""OSIA enrolment and buffers: the whole life of an enrolment, and everything that is refused."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest

from tests.workstation.registry.conftest import FACE, IMAGES, SIGNED, Counter, full_record
from workstation.interchange import osia_enrolment
from workstation.interchange.enrolment import Signature
from workstation.registry.refusals import RefusalCode


def test_whole_life(counter: Counter) -> None:
    whole = full_record()
    path = f"/v1/enrollments/{whole.enrolment_id}"
    document = counter.create(whole)
    held = counter.call("GET", path).json()
    assert held == document | {"enrollmentId": whole.enrolment_id, "status": "IN_PROGRESS"}
    assert counter.registration(whole)["status"] == "IN_PROGRESS"
    addresses = counter.send_images(whole)
    counter.refer(whole, addresses)
    assert counter.finalize(whole).status_code == 204
    assert counter.call("GET", path).json()["status"] == "FINALIZED"
    assert counter.registration(whole)["status"] == "ACCEPTED"
    image = counter.call("GET", f"{path}/buffer/{FACE}")
    assert (image.content, image.headers["Content-Type"]) == (IMAGES[FACE], "image/jpeg")
    digest = base64.b64encode(hashlib.sha256(IMAGES[FACE]).digest()).decode()
    assert image.headers["Digest"] == f"SHA-256={digest}"


def test_a_signature_is_held_as_one_and_missed_by_its_name(counter: Counter) -> None:
    whole = full_record(signature=Signature(SIGNED, 612, 170))
    path = f"/v1/enrollments/{whole.enrolment_id}"
    counter.create(whole)
    addresses = counter.send_images(whole)
    counter.refer(whole, {**addresses, SIGNED: addresses[FACE]})
    wrong = counter.finalize(whole)
    assert (wrong.status_code, wrong.json()["code"]) == (400, RefusalCode.INTEGRITY_DOES_NOT_FIT)
    assert "SIGNATURE" in wrong.json()["message"]
    counter.refer(whole, addresses)
    assert counter.finalize(whole).status_code == 204
    assert counter.registration(whole)["status"] == "ACCEPTED"
    (held,) = (
        entry
        for entry in counter.call("GET", path).json()["biometricData"]
        if entry["biometricType"] == "SIGNATURE"
    )
    assert (held["width"], held["height"], held["mimeType"]) == (612, 170, "image/png")
    image = counter.call("GET", f"{path}/buffer/{SIGNED}")
    assert (image.content, image.headers["Content-Type"]) == (IMAGES[SIGNED], "image/png")


def test_second_create_is_409_whatever_it_holds(counter: Counter) -> None:
    whole = full_record()
    document = counter.create(whole)
    for body in (document, {}):
        answer = counter.call("POST", f"/v1/enrollments/{whole.enrolment_id}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (409, RefusalCode.EXISTS_ALREADY)


def test_the_same_bytes_give_the_same_buffer(counter: Counter) -> None:
    whole = full_record()
    counter.create(whole)
    first, second = counter.send_images(whole), counter.send_images(whole)
    assert first == second
    counter.refer(whole, first)
    counter.finalize(whole)
    assert counter.send_images(whole) == first
    path = f"/v1/enrollments/{whole.enrolment_id}/buffer"
    late = counter.call("POST", path, content=b"another", headers={"Content-Type": "image/jpeg"})
    assert (late.status_code, late.json()["code"]) == (403, RefusalCode.FINALIZED_ALREADY)


@pytest.mark.parametrize(
    ("digest", "status"),
    [
        ("SHA-256=" + base64.b64encode(hashlib.sha256(b"x").digest()).decode(), 201),
        ("sha-512=" + base64.b64encode(hashlib.sha512(b"x").digest()).decode(), 201),
        ("SHA=" + base64.b64encode(hashlib.sha1(b"x").digest()).decode(), 201),
        ("SHA-256=" + base64.b64encode(hashlib.sha256(b"y").digest()).decode(), 400),
        ("MD5=1B2M2Y8AsgTpgAmY7PhCfg==", 400),
        ("SHA-256=!", 400),
        ("", 400),
    ],
)
def test_digest_header(counter: Counter, digest: str, status: int) -> None:
    whole = full_record()
    counter.create(whole)
    answer = counter.call(
        "POST",
        f"/v1/enrollments/{whole.enrolment_id}/buffer",
        content=b"x",
        headers={"Content-Type": "image/jpeg", "Digest": digest},
    )
    assert answer.status_code == status


def test_finalize_waits_for_every_image(counter: Counter) -> None:
    whole = full_record()
    counter.create(whole)
    assert counter.finalize(whole).json()["code"] == RefusalCode.IMAGES_MISSING
    addresses = counter.send_images(whole)
    assert counter.finalize(whole).status_code == 403
    elsewhere = {sha: address.replace(whole.enrolment_id, "other") for sha, address in addresses.items()}
    counter.refer(whole, elsewhere)
    assert counter.finalize(whole).json()["code"] == RefusalCode.IMAGES_MISSING
    counter.refer(whole, addresses | {FACE: addresses[FACE].replace(FACE, "0" * 64)})
    assert counter.finalize(whole).json()["code"] == RefusalCode.IMAGES_MISSING
    swapped = dict(zip(addresses, reversed(addresses.values()), strict=True))
    counter.refer(whole, swapped)
    assert counter.finalize(whole).json()["code"] == RefusalCode.INTEGRITY_DOES_NOT_FIT
    assert counter.registration(whole)["status"] == "IN_PROGRESS"
    counter.refer(whole, addresses)
    assert [counter.finalize(whole).status_code for _ in range(2)] == [204, 204]


@pytest.mark.parametrize(
    "change",
    [
        {"biographicData": {"lastName": "Other"}},
        {"biographicData": {"gender": None}},
        {"contextualData": {"approvedBy": "someone"}},
        {"requestData": {"requestType": "RENEWAL"}},
        {"integrity": []},
        {"integrity": [{"scope": "$.requestData", "alg": "SHA256", "hash": "00"}]},
    ],
)
def test_finalize_refuses_what_was_changed_on_the_way(counter: Counter, change: dict[str, Any]) -> None:
    whole = full_record()
    counter.create(whole)
    counter.refer(whole, counter.send_images(whole))
    counter.call("PATCH", f"/v1/enrollments/{whole.enrolment_id}", json=change)
    answer = counter.finalize(whole)
    assert (answer.status_code, answer.json()["code"]) == (400, RefusalCode.INTEGRITY_DOES_NOT_FIT)


def test_create_and_finalize_in_one_call_leaves_nothing_when_refused(counter: Counter) -> None:
    whole = full_record()
    path = f"/v1/enrollments/{whole.enrolment_id}"
    body = osia_enrolment.to_osia(whole)
    answer = counter.client.post(f"{path}?transactionId=t&finalize=true", json=body)
    assert answer.status_code == 403
    assert counter.call("GET", path).status_code == 404


def test_update_and_delete_end_with_finalize(counter: Counter) -> None:
    whole = full_record()
    path = f"/v1/enrollments/{whole.enrolment_id}"
    counter.create(whole)
    changed = osia_enrolment.to_osia(replace(whole, kind="correction"))
    assert counter.call("PUT", path, json=changed).status_code == 204
    counter.send_images(whole)
    assert counter.call("DELETE", path).status_code == 204
    assert counter.call("GET", path).status_code == 404
    counter.enrol(whole)
    for method, body in (("PUT", changed), ("PATCH", {"enrollmentType": "x"}), ("DELETE", None)):
        answer = counter.call(method, path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, RefusalCode.FINALIZED_ALREADY)


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_unknown_enrolment(counter: Counter, method: str) -> None:
    answer = counter.call(method, "/v1/enrollments/nobody", json={} if method in ("PUT", "PATCH") else None)
    assert (answer.status_code, answer.json()["code"]) == (404, RefusalCode.UNKNOWN_ENROLMENT)
    assert counter.call("PUT", "/v1/enrollments/nobody/finalize").status_code == 404
    assert counter.call("GET", "/v1/enrollments/nobody/buffer/0").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"a": NaN}',
        b'{"enrollmentType": "x", "enrollmentType": "y"}',
        b"\xff\xfe",
        b"[" * 100_000,
        json.dumps({"unknown": 1}).encode(),
        json.dumps({"enrollmentType": 1}).encode(),
        json.dumps({"status": "DONE"}).encode(),
        json.dumps({"biometricData": [{}]}).encode(),
        json.dumps({"biometricData": [{"biometricType": "TOE"}]}).encode(),
        json.dumps({"biometricData": [{"biometricType": "FACE", "width": "600"}]}).encode(),
        json.dumps({"biometricData": [{"biometricType": "FACE", "captureDate": "today"}]}).encode(),
        json.dumps({"documentData": [{"documentType": "FORM", "parts": []}]}).encode(),
        json.dumps({"integrity": [{"alg": "SHA256"}]}).encode(),
        b'{"biographicData": {"a": "' + b"x" * 2_000_000 + b'"}}',
    ],
)
def test_malformed_bodies_are_400_with_osias_error(counter: Counter, body: bytes) -> None:
    for method in ("POST", "PUT"):
        answer = counter.call(method, "/v1/enrollments/e", content=body)
        assert answer.status_code == 400
        assert set(answer.json()) == {"code", "message"}
    assert counter.call("GET", "/v1/enrollments/e").status_code == 404


def test_transaction_id_is_required(counter: Counter) -> None:
    answer = counter.client.post("/v1/enrollments/e", json={})
    assert (answer.status_code, answer.json()["code"]) == (400, RefusalCode.MALFORMED)


def test_merge_patch_as_rfc_7396(counter: Counter) -> None:
    counter.call("POST", "/v1/enrollments/e", json={"biographicData": {"firstName": "A", "gender": "F"}})
    patch = {"biographicData": {"gender": None, "nationality": "LAO"}, "enrollmentType": "citizen"}
    counter.call("PATCH", "/v1/enrollments/e", json=patch)
    held = counter.call("GET", "/v1/enrollments/e").json()
    assert held["biographicData"] == {"firstName": "A", "nationality": "LAO"}
    narrowed = counter.client.get("/v1/enrollments/e?transactionId=t&attributes=firstName").json()
    assert narrowed["biographicData"] == {"firstName": "A"}
    assert counter.call("PATCH", "/v1/enrollments/e", json={"status": None, "x": 1}).status_code == 400


@pytest.mark.parametrize(
    ("expressions", "found"),
    [
        ([], ["a", "b", "c"]),
        ([("firstName", "=", "Noy")], ["a", "b"]),
        ([("firstName", "!=", "Noy")], ["c"]),
        ([("dateOfBirth", "<", "1991")], ["a"]),
        ([("dateOfBirth", ">=", "1991"), ("firstName", "=", "Noy")], ["b"]),
        ([("children", ">", 1)], ["b"]),
        ([("resident", "=", True)], ["c"]),
        ([("status", "=", "FINALIZED")], []),
        ([("enrollmentId", "=", "b")], ["b"]),
        ([("nothing", "=", "x")], []),
    ],
)
def test_find(counter: Counter, expressions: list[tuple[str, str, Any]], found: list[str]) -> None:
    people: dict[str, dict[str, Any]] = {
        "a": {"firstName": "Noy", "dateOfBirth": "1990-02-03"},
        "b": {"firstName": "Noy", "dateOfBirth": "1992", "children": 3},
        "c": {"firstName": "Keo", "dateOfBirth": "1993-01", "children": 1, "resident": True},
    }
    for identifier, person in people.items():
        counter.call("POST", f"/v1/enrollments/{identifier}", json={"biographicData": person})
    body = [{"attributeName": n, "operator": o, "value": v} for n, o, v in expressions]
    answer = counter.call("POST", "/v1/enrollments", json=body)
    assert [held["enrollmentId"] for held in answer.json()] == found
    page = counter.client.post("/v1/enrollments?transactionId=t&offset=1&limit=1", json=body).json()
    assert [held["enrollmentId"] for held in page] == found[1:2]


@pytest.mark.parametrize(
    "body", [{}, [1], [{"attributeName": "a"}], [{"attributeName": 'a"', "operator": "=", "value": 1}]]
)
def test_find_refuses_what_is_no_expression(counter: Counter, body: Any) -> None:
    assert counter.call("POST", "/v1/enrollments", json=body).status_code == 400
