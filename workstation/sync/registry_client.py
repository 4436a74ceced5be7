"""The registry's operations, one method each: OSIA 7.1 (enrollment.yaml, cms.yaml 1.3.0) and the extensions.

Every method raises RegistryError. `transaction` is OSIA's transactionId: the outbox item's id, the same at each
repetition.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from workstation.interchange import audit_list, audit_segment
from workstation.interchange.approval_letter import Letter, to_body
from workstation.interchange.audit_checkpoint import Checkpoint, Submission, from_list, to_submission
from workstation.interchange.audit_list import Known
from workstation.interchange.audit_segment import Opening
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.sealed_packet import SealingKey, from_document
from workstation.interchange.station_position import ToldPosition, to_document
from workstation.sync.errors import RegistryError, RegistryFault
from workstation.sync.exchange import Answer, Exchange, Patience


@dataclass(frozen=True)
class FeedPage:
    """`events` in feed order, each with an integer `seq`; `last` is the highest seq the registry has."""

    events: tuple[dict[str, Any], ...]
    last: int


class RegistryClient:
    """Used by one thread; `abort` may come from another."""

    def __init__(self, base_url: str, patience: Patience | None = None) -> None:
        """`base_url` is http(s)://HOST[:PORT][/PATH]; ValueError otherwise."""
        self._exchange = Exchange(base_url, patience or Patience())

    def abort(self) -> None:
        """Ends a request under way (STOPPED) and refuses new ones."""
        self._exchange.abort()

    def close(self) -> None:
        self._exchange.close()

    def create_enrollment(self, enrolment_id: str, body: Mapping[str, Any], *, transaction: str) -> None:
        """EXISTS when the id is taken."""
        self._call("POST", _enrollment(enrolment_id), transaction, 204, json=body)

    def read_enrollment(self, enrolment_id: str, *, transaction: str) -> dict[str, Any]:
        return self._call("GET", _enrollment(enrolment_id), transaction, 200).json()

    def partial_update_enrollment(
        self, enrolment_id: str, patch: Mapping[str, Any], *, transaction: str
    ) -> None:
        """`patch` is a JSON Merge Patch (RFC 7396)."""
        self._call("PATCH", _enrollment(enrolment_id), transaction, 204, json=patch)

    def finalize_enrollment(self, enrolment_id: str, *, transaction: str) -> None:
        self._call("PUT", f"{_enrollment(enrolment_id)}/finalize", transaction, 204)

    def create_buffer(self, enrolment_id: str, content: bytes, mime: str, *, transaction: str) -> str:
        """The buffer's id."""
        digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
        answer = self._call(
            "POST",
            f"{_enrollment(enrolment_id)}/buffer",
            transaction,
            201,
            content=content,
            headers={"Content-Type": mime, "Digest": f"SHA-256={digest}"},
        )
        return _text(answer.json(), "bufferId")

    def buffer_address(self, enrolment_id: str, buffer_id: str) -> str:
        """The address under which an imageRef names the buffer."""
        return f"{self._exchange.base_url}{_enrollment(enrolment_id)}/buffer/{quote(buffer_id, safe='')}"

    def create_credential_request(
        self, request_id: str, body: Mapping[str, Any], *, transaction: str
    ) -> None:
        """EXISTS when the id is taken."""
        self._call(
            "POST", f"/v1/credentialRequests/{quote(request_id, safe='')}", transaction, 201, json=body
        )

    def read_credential_request(self, request_id: str, *, transaction: str) -> dict[str, Any]:
        return self._call(
            "GET", f"/v1/credentialRequests/{quote(request_id, safe='')}", transaction, 200
        ).json()

    def read_credential(self, credential_id: str, *, transaction: str) -> dict[str, Any]:
        return self._call("GET", _credential(credential_id), transaction, 200).json()

    def update_credential(self, credential_id: str, body: Mapping[str, Any], *, transaction: str) -> None:
        self._call("PUT", _credential(credential_id), transaction, 204, json=body)

    def set_credential_status(self, credential_id: str, body: Mapping[str, Any], *, transaction: str) -> None:
        self._call("POST", f"{_credential(credential_id)}/status", transaction, 204, json=body)

    def find_credentials(
        self, expressions: Sequence[Mapping[str, Any]], *, transaction: str
    ) -> tuple[str, ...]:
        """The ids of the cards that match."""
        found = self._call(
            "POST", "/v1/credentials", transaction, 200, json=[dict(one) for one in expressions]
        ).json()
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise RegistryError(RegistryFault.DAMAGED_ANSWER)
        return tuple(_text(one, "credentialId") for one in found)

    def suspend_credential(self, credential_id: str, body: Mapping[str, Any], *, transaction: str) -> None:
        self._call("POST", f"{_credential(credential_id)}/suspend", transaction, 204, json=body)

    def revoke_credential(self, credential_id: str, body: Mapping[str, Any], *, transaction: str) -> None:
        self._call("POST", f"{_credential(credential_id)}/revoke", transaction, 204, json=body)

    def read_feed(self, after: int, limit: int, office: str) -> FeedPage:
        """The events above `after`, everyone's and that office's (its code). DAMAGED_ANSWER unless their seq rise."""
        found = self._exchange.request(
            "GET", "/v1/feed", expected=(200,), parameters={"after": after, "limit": limit, "office": office}
        ).json()
        events, last = found.get("events"), found.get("last")
        if not isinstance(events, list) or not isinstance(last, int) or isinstance(last, bool):
            raise RegistryError(RegistryFault.DAMAGED_ANSWER)
        before = after
        for event in events:
            seq = event.get("seq") if isinstance(event, dict) else None
            if not isinstance(seq, int) or isinstance(seq, bool) or seq <= before:
                raise RegistryError(RegistryFault.DAMAGED_ANSWER)
            before = seq
        return FeedPage(tuple(events), last)

    def read_card_signers(self) -> dict[bytes, bytes]:
        """Key id -> Ed25519 public key (32 bytes)."""
        found = self._exchange.request("GET", "/v1/card-signers", expected=(200,)).json()
        try:
            keys = {
                bytes.fromhex(signer["kid"]): base64.b64decode(signer["publicKey"], validate=True)
                for signer in found["cardSigners"]
                if signer["alg"] == "EdDSA"
            }
        except (KeyError, TypeError, ValueError, binascii.Error) as fault:
            raise RegistryError(RegistryFault.DAMAGED_ANSWER) from fault
        if not keys or any(len(key) != 32 for key in keys.values()):
            raise RegistryError(RegistryFault.DAMAGED_ANSWER)
        return keys

    def read_sealing_key(self) -> SealingKey | None:
        """The key to which the registry wants images sealed; None from a registry that knows no such thing."""
        try:
            return from_document(self._exchange.request("GET", "/v1/sealing-key", expected=(200,)).json())
        except MessageDamaged as fault:
            raise RegistryError(RegistryFault.DAMAGED_ANSWER) from fault
        except RegistryError as fault:
            if fault.facts.get("status") == 404:
                return None
            raise

    def tell_position(self, told: ToldPosition) -> None:
        """The highest outbox sequence of a station. REFUSED when the registry knows another key of it."""
        path = f"/v1/station-positions/{quote(told.station, safe='')}"
        self._exchange.request("PUT", path, expected=(204,), json=to_document(told))

    def publish_layout(self, body: Mapping[str, str | bytes], *, transaction: str) -> None:
        """Has the registry sign a layout and put it into the feed; bytes travel in base64."""
        told = {
            name: value if isinstance(value, str) else base64.b64encode(value).decode("ascii")
            for name, value in body.items()
        }
        self._call("POST", "/v1/layouts", transaction, 201, json=told)

    def read_position(self, station: str) -> int:
        """The highest outbox sequence of that station that the registry was told; 0 when it knows none."""
        path = f"/v1/station-positions/{quote(station, safe='')}"
        found = self._exchange.request("GET", path, expected=(200,)).json().get("outbox")
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            raise RegistryError(RegistryFault.DAMAGED_ANSWER)
        return found

    def send_approval_letter(self, letter: Letter) -> None:
        """The same again is no fault; REFUSED or EXISTS when the registry would not carry it."""
        path = f"/v1/approval-letters/{quote(letter.id, safe='')}"
        self._call("PUT", path, letter.id, 204, json=to_body(letter))

    def read_registration(self, enrolment_id: str) -> dict[str, Any]:
        """Where the enrolment is: `status` and, once decided, the numbers. UNKNOWN when it never arrived."""
        found = self._exchange.request(
            "GET", f"/v1/registrations/{quote(enrolment_id, safe='')}", expected=(200,)
        ).json()
        _text(found, "status")
        return found

    def submit_checkpoints(
        self, station_id: str, sent: Submission, *, transaction: str
    ) -> tuple[Checkpoint, ...]:
        """The checkpoints of `sent`, each with the registry's countersignature, which nobody has checked yet.

        REFUSED when the registry holds another trail."""
        answer = self._call(
            "POST",
            f"/v1/audit-checkpoints/{quote(station_id, safe='')}",
            transaction,
            200,
            json=to_submission(sent),
        )
        answered = _checkpoints(answer)
        if tuple(replace(one, countersignature=None) for one in answered) != sent.checkpoints or any(
            one.countersignature is None for one in answered
        ):
            raise RegistryError(RegistryFault.DAMAGED_ANSWER)
        return answered

    def open_segment(self, opening: Opening, *, transaction: str) -> Opening:
        """The same with the registry's acceptance, which nobody has checked yet. REFUSED when it contradicts what the
        registry holds."""
        path = f"/v1/audit-segments/{quote(opening.station_id, safe='')}"
        answer = self._call("POST", path, transaction, 200, json=audit_segment.to_document(opening))
        try:
            answered = audit_segment.from_document(answer.json())
        except MessageDamaged as fault:
            raise RegistryError(RegistryFault.DAMAGED_ANSWER) from fault
        if answered.acceptance is None or replace(answered, acceptance=None) != opening:
            raise RegistryError(RegistryFault.DAMAGED_ANSWER)
        return answered

    def read_checkpoints(self, station_id: str) -> Known:
        """Everything that the registry countersigned and accepted for the station."""
        path = f"/v1/audit-checkpoints/{quote(station_id, safe='')}"
        try:
            return audit_list.from_document(self._exchange.request("GET", path, expected=(200,)).json())
        except MessageDamaged as fault:
            raise RegistryError(RegistryFault.DAMAGED_ANSWER) from fault

    def _call(self, method: str, path: str, transaction: str, status: int, **body: Any) -> Answer:
        return self._exchange.request(
            method, path, expected=(status,), parameters={"transactionId": transaction}, **body
        )


def _checkpoints(answer: Answer) -> tuple[Checkpoint, ...]:
    try:
        return from_list(answer.json(), "checkpoints")
    except MessageDamaged as fault:
        raise RegistryError(RegistryFault.DAMAGED_ANSWER) from fault


def _enrollment(enrolment_id: str) -> str:
    return f"/v1/enrollments/{quote(enrolment_id, safe='')}"


def _credential(credential_id: str) -> str:
    return f"/v1/credentials/{quote(credential_id, safe='')}"


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    if not isinstance(value, str) or not value:
        raise RegistryError(RegistryFault.DAMAGED_ANSWER)
    return value
