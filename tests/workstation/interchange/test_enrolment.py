"""The enrolment record: its outbox bytes, its OSIA form, its integrity."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workstation.registry.conftest import FACE, LEFT, RIGHT, SIGNED, full_record
from tests.workstation.registry.referee import Referee
from workstation.domain.applicant import FIELDS
from workstation.interchange import enrolment, integrity, osia_enrolment
from workstation.interchange.canonical import canonical
from workstation.interchange.enrolment import Finger, Part, Signature
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.osia_names import BIOGRAPHIC_NAMES, FINGER_NAMES

WHOLE = full_record()
LACKING = replace(
    WHOLE,
    portrait=None,
    fingers=(Finger(2, missing="amputated"), Finger(3, missing="too worn"), WHOLE.fingers[1]),
    kind="change of residence",
)
SIGNING = replace(WHOLE, signature=Signature(SIGNED, 612, 170))


@pytest.mark.parametrize("whole", [WHOLE, LACKING, SIGNING])
def test_message_brings_the_same_record_back(whole: enrolment.EnrolmentRecord) -> None:
    message = enrolment.to_message(whole)
    assert enrolment.from_message(message) == whole
    assert enrolment.to_message(enrolment.from_message(message)) == message


def test_every_field_of_an_applicant_has_a_name_there() -> None:
    assert set(FIELDS) - {"documents"} == set(BIOGRAPHIC_NAMES)
    assert len(set(BIOGRAPHIC_NAMES.values())) == len(BIOGRAPHIC_NAMES)


def test_parts_are_portrait_then_fingers_each_once() -> None:
    assert enrolment.parts(WHOLE) == [
        Part(FACE, "image/jpeg"),
        Part(RIGHT, "image/x-wsq"),
        Part(LEFT, "image/x-wsq"),
    ]
    twice = replace(WHOLE, fingers=(WHOLE.fingers[0], replace(WHOLE.fingers[0], position=7)))
    assert len(enrolment.parts(twice)) == 2
    assert enrolment.parts(LACKING) == [Part(LEFT, "image/x-wsq")]


def test_a_signature_is_told_in_its_own_place_and_an_unsigned_message_is_as_it_was() -> None:
    assert "signature" not in json.loads(enrolment.to_message(WHOLE))
    assert enrolment.parts(SIGNING) == [*enrolment.parts(WHOLE), Part(SIGNED, "image/png")]
    unsigned, signed = (osia_enrolment.to_osia(one) for one in (WHOLE, SIGNING))
    assert signed["biometricData"][:-1] == unsigned["biometricData"]
    assert signed["biometricData"][-1] == {
        "biometricType": "SIGNATURE",
        "imageRef": f"sha256:{SIGNED}",
        "metadata": f"sha256:{SIGNED}",
        "mimeType": "image/png",
        "compression": "PNG",
        "width": 612,
        "height": 170,
    }
    assert integrity.stated_hash(signed) != integrity.stated_hash(unsigned)


@pytest.mark.parametrize(
    "signature",
    ["", [], {}, {"sha256": "ab", "width": 1, "height": 1}, {"sha256": SIGNED, "width": 0, "height": 9}],
)
def test_a_damaged_signature_is_damage(signature: object) -> None:
    message = json.loads(enrolment.to_message(SIGNING)) | {"signature": signature}
    with pytest.raises(MessageDamaged):
        enrolment.from_message(canonical(message))


@pytest.mark.parametrize("whole", [WHOLE, LACKING, SIGNING])
def test_osia_form_is_valid_and_fits_its_own_hash(whole: enrolment.EnrolmentRecord) -> None:
    document = osia_enrolment.to_osia(whole)
    (published, *_) = Referee().documents
    published.check({"$ref": "#/components/schemas/Enrollment"}, document, sent=True)
    assert integrity.fits(document)
    assert integrity.stated_hash(document) == document["integrity"][0]["hash"]


def test_missing_fingers_say_why() -> None:
    found = {entry["biometricSubType"]: entry for entry in osia_enrolment.to_osia(LACKING)["biometricData"]}
    assert found["RIGHT_INDEX"]["missing"] == [{"biometricSubType": "RIGHT_INDEX", "presence": "AMPUTATED"}]
    assert found["RIGHT_MIDDLE"]["missing"] == [{"biometricSubType": "RIGHT_MIDDLE"}]
    assert found["RIGHT_MIDDLE"]["comment"] == "too worn"
    assert set(FINGER_NAMES) == set(range(1, 11))


def test_addresses_replace_placeholders_and_leave_the_hash() -> None:
    document = osia_enrolment.to_osia(WHOLE)
    addresses = {sha: f"http://registry/{sha}" for sha in (FACE, RIGHT, LEFT)}
    referred = osia_enrolment.with_image_refs(document, addresses)
    assert [entry["imageRef"] for entry in referred["biometricData"]] == list(addresses.values())
    assert integrity.fits(referred)
    assert document == osia_enrolment.to_osia(WHOLE)
    with pytest.raises(MessageDamaged, match="imageRef"):
        osia_enrolment.with_image_refs(document, {FACE: "http://registry/x"})


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for name, inner in value.items() for leaf in leaves(inner, (*path, name))]
    if isinstance(value, list):
        return [leaf for index, inner in enumerate(value) for leaf in leaves(inner, (*path, index))]
    return [path]


def changed(document: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    twin = copy.deepcopy(document)
    place = twin
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return twin


def test_any_change_breaks_the_hash_except_an_image_address() -> None:
    document = osia_enrolment.to_osia(WHOLE)
    for path in leaves(document):
        harmless = path[-1] in ("imageRef", "id", "type")
        assert integrity.fits(changed(document, path, "other")) == harmless, path


@pytest.mark.parametrize("scope", ["$", "$..a", "biographicData", "$.a[0]", "$.a[*", "$.a['b']", "$.a b c"])
def test_scope_paths_that_are_not_understood(scope: str) -> None:
    with pytest.raises(MessageDamaged, match="scope"):
        integrity.scope_hash({"a": 1}, scope)


def test_scope_takes_only_what_it_names() -> None:
    document = {"a": {"b": 1, "c": 2}, "list": [{"x": 1, "y": 2}, {"y": 3}]}
    taken = {"a": {"b": 1}, "list": [{"x": 1}, {}]}
    expected = integrity.scope_hash(taken, "$.a $.list")
    assert integrity.scope_hash(document, "$.a.b $.list[*].x") == expected
    assert integrity.scope_hash(document, "$.a.b $.list[*].x $.nothing") == expected


MESSAGE = json.loads(enrolment.to_message(WHOLE))
HARM: list[tuple[tuple[Any, ...], Any, str]] = [
    (("version",), 2, "wrong-version"),
    (("enrolmentId",), "../../etc", "enrolmentId"),
    (("enrolmentId",), None, "enrolmentId"),
    (("approvedBy",), "", "approvedBy"),
    (("capturedBy",), "clerk", "capturedBy"),
    (("enrolledAt",), "2026-11-22T03:04:05", "enrolledAt"),
    (("enrolledAt",), "yesterday", "enrolledAt"),
    (("biographic",), [], "biographic"),
    (("biographic", "sex"), 1, "sex"),
    (("biographic", "village"), "a\0b", "village"),
    (("biographic", "shoe_size"), "44", "biographic.shoe_size"),
    (("fingersRequired",), 11, "fingersRequired"),
    (("fingersRequired",), True, "fingersRequired"),
    (("portrait", "sha256"), "A" * 64, "sha256"),
    (("portrait", "mime"), "text/html", "mime"),
    (("portrait", "width"), 0, "width"),
    (("fingers",), {}, "fingers"),
    (("fingers", 0, "position"), 11, "position"),
    (("fingers", 0, "position"), 7, "fingers"),
    (("fingers", 0, "template"), "%%%", "template"),
    (("fingers", 0, "nfiq2"), 101, "nfiq2"),
    (("fingers", 0, "missing"), "amputated", "fingers."),
    (("documents",), [1], "documents"),
]


@pytest.mark.parametrize(("path", "value", "named"), HARM)
def test_damage_is_named(path: tuple[Any, ...], value: Any, named: str) -> None:
    with pytest.raises(MessageDamaged, match=named.replace(".", r"\.")):
        enrolment.from_message(canonical(changed(MESSAGE, path, value)))


def test_every_field_is_missed() -> None:
    for name in MESSAGE:
        if name == "portrait":
            continue
        with pytest.raises(MessageDamaged):
            enrolment.from_message(canonical({k: v for k, v in MESSAGE.items() if k != name}))


def test_every_truncation_is_damage() -> None:
    message = enrolment.to_message(WHOLE)
    for length in range(0, len(message), 7):
        with pytest.raises(MessageDamaged):
            enrolment.from_message(message[:length])


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_damaged(message: bytes) -> None:
    with pytest.raises(MessageDamaged):
        enrolment.from_message(message)
