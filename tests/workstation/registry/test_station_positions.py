"""How far a station has come is taken from the station alone: signed, with the key it was met with first."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi.testclient import TestClient

from workstation.interchange.station_position import signed_position, to_document
from workstation.registry.app import create_app
from workstation.registry.refusals import RefusalCode

STATION, PATH = "VTE-S1", "/v1/station-positions/VTE-S1"
OWN, FOREIGN = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in (1, 2))


def test_only_the_stations_own_key_moves_it(tmp_path: Path) -> None:
    with TestClient(create_app(f"sqlite:///{tmp_path / 'registry.db'}")) as client:

        def tell(number: int, key: Ed25519PrivateKey, **changed: object) -> int:
            document = to_document(signed_position(STATION, number, key)) | changed
            answer = client.put(PATH, json=document)
            return int(answer.json()["code"]) if answer.status_code != 204 else 204

        def held() -> int:
            return int(client.get(PATH).json()["outbox"])

        assert client.put(PATH, json={"outbox": 7}).json()["code"] == RefusalCode.MALFORMED
        assert (tell(5, OWN), held()) == (204, 5)
        assert (tell(2**31 - 1, FOREIGN), held()) == (RefusalCode.CHECKPOINT_UNSIGNED, 5)
        assert (tell(6, OWN, outbox=9), held()) == (RefusalCode.CHECKPOINT_UNSIGNED, 5)
        elsewhere = to_document(signed_position("VTE-S2", 9, OWN))
        assert client.put(PATH, json=elsewhere).json()["code"] == RefusalCode.CHECKPOINT_UNSIGNED
        assert (tell(3, OWN), held()) == (204, 5)
        assert (tell(8, OWN), held()) == (204, 8)


@pytest.mark.parametrize("damage", [{"stationKey": "AAAA"}, {"signature": "AAAA"}])
def test_a_damaged_signature_is_refused(tmp_path: Path, damage: dict[str, str]) -> None:
    with TestClient(create_app(f"sqlite:///{tmp_path / 'registry.db'}")) as client:
        answer = client.put(PATH, json=to_document(signed_position(STATION, 5, OWN)) | damage)
        assert answer.json()["code"] == RefusalCode.CHECKPOINT_UNSIGNED
        assert client.get(PATH).json()["outbox"] == 0
