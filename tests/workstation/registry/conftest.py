"""The registry in this process, every exchange judged where the published interfaces are at hand."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from uuid6 import uuid7

from tests.faults.station import record
from tests.workstation.registry.referee import SHARED, Referee
from workstation.interchange import enrolment, osia_enrolment
from workstation.interchange.canonical import sha256_hex
from workstation.interchange.enrolment import EnrolmentRecord, Finger, Portrait
from workstation.registry.app import create_app
from workstation.registry.store.database import RegistryStore

with warnings.catch_warnings():
    # Starlette prefers the successor of the httpx that the product is built on.
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

IMAGES = {
    sha256_hex(content): content
    for content in (b"JPEG of a face", b"WSQ of a right index", b"WSQ of a left one", b"PNG of a signature")
}
FACE, RIGHT, LEFT, SIGNED = IMAGES


def full_record(**changes: Any) -> EnrolmentRecord:
    """A complete enrolment of an invented person with a face and two fingers of the images above."""
    complete = replace(
        record(str(uuid7())),
        portrait=Portrait(FACE, "image/jpeg", 600, 768),
        fingers=(
            Finger(2, RIGHT, 272, 320, 500, 61, b"FMR\0 20\0"),
            Finger(7, LEFT, 272, 320, 500, 58, b"FMR\0 20\0"),
        ),
    )
    return replace(complete, **changes)


@dataclass
class Counter:
    """What a station says to the registry, step by step."""

    client: httpx.Client

    def call(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        return self.client.request(method, f"{path}?transactionId=t", **arguments)

    def create(self, whole: EnrolmentRecord) -> dict[str, Any]:
        document = osia_enrolment.to_osia(whole)
        assert self.call("POST", f"/v1/enrollments/{whole.enrolment_id}", json=document).status_code == 204
        return document

    def send_images(self, whole: EnrolmentRecord) -> dict[str, str]:
        """SHA-256 -> address."""
        base = f"/v1/enrollments/{whole.enrolment_id}/buffer"
        addresses = {}
        for part in enrolment.parts(whole):
            answer = self.call("POST", base, content=IMAGES[part.sha256], headers={"Content-Type": part.mime})
            assert answer.status_code == 201
            addresses[part.sha256] = f"http://registry.example{base}/{answer.json()['bufferId']}"
        return addresses

    def refer(self, whole: EnrolmentRecord, addresses: dict[str, str]) -> None:
        document = osia_enrolment.with_image_refs(osia_enrolment.to_osia(whole), addresses)
        patch = {"biometricData": document["biometricData"]}
        assert self.call("PATCH", f"/v1/enrollments/{whole.enrolment_id}", json=patch).status_code == 204

    def finalize(self, whole: EnrolmentRecord) -> httpx.Response:
        return self.call("PUT", f"/v1/enrollments/{whole.enrolment_id}/finalize")

    def enrol(self, whole: EnrolmentRecord) -> dict[str, Any]:
        """Everything up to the decision; the registration."""
        self.create(whole)
        self.refer(whole, self.send_images(whole))
        assert self.finalize(whole).status_code == 204
        return self.registration(whole)

    def registration(self, whole: EnrolmentRecord) -> dict[str, Any]:
        return dict(self.client.get(f"/v1/registrations/{whole.enrolment_id}").json())


@pytest.fixture(scope="session")
def fresh_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry's database after its migrations, without a signer: copied, because migrating takes longer than most
    tests."""
    path = tmp_path_factory.mktemp("fresh") / "registry.db"
    RegistryStore(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def counter(tmp_path: Path, fresh_database: Path) -> Iterator[Counter]:
    database = shutil.copy(fresh_database, tmp_path / "registry.db")
    with TestClient(create_app(f"sqlite:///{database}")) as client:
        if SHARED.is_dir():
            client.event_hooks = {"response": [Referee().judge]}
        yield Counter(client)
