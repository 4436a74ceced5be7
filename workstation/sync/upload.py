"""Sending one outbox item, step by step; every step may be repeated without harm.

    enrolment    created -> parts -> referred -> finalized (sent)
    card_issued  requested -> updated -> status set (sent)
    card_withdrawn  found -> suspended or revoked (sent)

`created`    POST the enrolment with "sha256:HEX" in place of image addresses. The id is taken: read what is held
             and compare hashes; the same is success, anything else is CONFLICT for a person.
`parts`      POST each image that has no buffer yet, one by one, sealed to the registry's pinned key.
`referred`   PATCH the image addresses.
`finalized`  PUT finalize. Received is not done: only this answer (or reading FINALIZED with our hash) ends the item.
             The registry misses images: forget the parts and send them again.

After each step the progress goes into the outbox row, so a killed program goes on where it was; a step whose answer was
lost is simply repeated. The registry no longer knows the enrolment: all progress is forgotten and the error is
REGISTRY_LOST_IT, to begin anew after the back-off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from workstation.interchange import card_issue, card_withdrawal, enrolment, osia_enrolment
from workstation.interchange.canonical import canonical_sha256, sha256_hex
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.integrity import stated_hash
from workstation.interchange.sealed_packet import MEDIA_TYPE, SealingKey, seal_part
from workstation.sync.errors import RegistryError, RegistryFault
from workstation.sync.registry_client import RegistryClient

# The reference registry's Error.code (extensions.yaml of the registry) that a step answers by itself.
_IMAGES_MISSING = 4003
_FINALIZED_ALREADY = 4004
_CARD_ISSUED_ALREADY = 4012


class Upload(Protocol):
    """What sending an item needs of its surroundings."""

    def image(self, sha256: str) -> bytes:
        """The bytes with that SHA-256 (hex). KeyError when they are not held."""

    def sealing_key(self, client: RegistryClient) -> SealingKey | None:
        """The pinned key of the registry, pinned now if this is the first contact; None when it has none and the
        policy does not insist. Raises RegistryError."""

    def sealed(self, sha256: str) -> bytes | None:
        """The image as it was sealed when it was approved, or None."""

    def keep_progress(self, progress: Mapping[str, Any]) -> None:
        """Makes the progress survive a power cut before it returns."""


def send_enrolment(
    client: RegistryClient, message: bytes, progress: Mapping[str, Any], upload: Upload, *, transaction: str
) -> None:
    """Brings the registry to hold the finalized enrolment. Raises RegistryError."""
    try:
        record = enrolment.from_message(message)
        document = osia_enrolment.to_osia(record)
    except MessageDamaged as fault:
        raise RegistryError(RegistryFault.MESSAGE_DAMAGED, field=fault.field) from fault
    identifier = record.enrolment_id
    done = dict(progress)

    def step(name: str, work: Callable[[], object]) -> None:
        if name not in done:
            done[name] = work() or True
            upload.keep_progress(done)

    try:
        step("created", lambda: _create(client, identifier, document, transaction))
        if done["created"] != "finalized":
            buffers: dict[str, str] = dict(done.get("buffers", {}))
            key = upload.sealing_key(client)
            for part in enrolment.parts(record):
                if part.sha256 not in buffers:
                    content, mime = _sealed(upload, key, identifier, part)
                    buffers[part.sha256] = client.create_buffer(
                        identifier, content, mime, transaction=transaction
                    )
                    done["buffers"] = dict(buffers)
                    upload.keep_progress(done)
            addresses = {sha: client.buffer_address(identifier, key) for sha, key in buffers.items()}
            patch = {"biometricData": osia_enrolment.with_image_refs(document, addresses)["biometricData"]}
            step(
                "referred",
                lambda: client.partial_update_enrollment(identifier, patch, transaction=transaction),
            )
            client.finalize_enrollment(identifier, transaction=transaction)
    except RegistryError as fault:
        if fault.code is RegistryFault.UNKNOWN:
            upload.keep_progress({})
            raise RegistryError(RegistryFault.REGISTRY_LOST_IT) from fault
        number = fault.facts.get("number")
        if number == _IMAGES_MISSING:
            upload.keep_progress({"created": True})
            raise RegistryError(RegistryFault.REGISTRY_LOST_IT) from fault
        if number == _FINALIZED_ALREADY and _held(client, identifier, document, transaction) == "finalized":
            return
        raise


def send_card_issued(
    client: RegistryClient, message: bytes, progress: Mapping[str, Any], upload: Upload, *, transaction: str
) -> None:
    """Brings the registry to hold the card as handed over. Raises RegistryError."""
    try:
        issued = card_issue.from_message(message)
    except MessageDamaged as fault:
        raise RegistryError(RegistryFault.MESSAGE_DAMAGED, field=fault.field) from fault
    request_id = issued.application_id
    update = card_issue.credential_update(issued)
    done = dict(progress)
    try:
        if "credential" not in done:
            done["credential"] = _request(
                client, request_id, card_issue.credential_request(issued), transaction
            )
            upload.keep_progress(done)
        credential_id = str(done["credential"])
        try:
            client.update_credential(credential_id, update, transaction=transaction)
        except RegistryError as fault:
            if fault.facts.get("number") != _CARD_ISSUED_ALREADY:
                raise
            raise RegistryError(RegistryFault.CONFLICT) from fault
        client.set_credential_status(
            credential_id, card_issue.credential_status(issued), transaction=transaction
        )
    except RegistryError as fault:
        if fault.code is RegistryFault.UNKNOWN:
            upload.keep_progress({})
            raise RegistryError(RegistryFault.REGISTRY_LOST_IT) from fault
        raise


def send_card_withdrawn(
    client: RegistryClient, message: bytes, progress: Mapping[str, Any], upload: Upload, *, transaction: str
) -> None:
    """Brings the registry to hold every card of that number as suspended or revoked. Raises RegistryError.

    A number that it does not know is of a card from before the registry: there is nothing to withdraw, and the
    hand-over of the new card has told it what became of the old one.
    """
    try:
        withdrawn = card_withdrawal.from_message(message)
    except MessageDamaged as fault:
        raise RegistryError(RegistryFault.MESSAGE_DAMAGED, field=fault.field) from fault
    body = card_withdrawal.withdrawal_body(withdrawn)
    withdraw = {
        card_withdrawal.Withdrawal.SUSPENDED: client.suspend_credential,
        card_withdrawal.Withdrawal.REVOKED: client.revoke_credential,
    }[withdrawn.withdrawal]
    for credential_id in client.find_credentials(
        card_withdrawal.credential_search(withdrawn), transaction=transaction
    ):
        withdraw(credential_id, body, transaction=transaction)


def _create(
    client: RegistryClient, identifier: str, document: Mapping[str, Any], transaction: str
) -> str | None:
    try:
        client.create_enrollment(identifier, document, transaction=transaction)
    except RegistryError as fault:
        if fault.code is not RegistryFault.EXISTS:
            raise
        return _held(client, identifier, document, transaction)
    return None


def _held(
    client: RegistryClient, identifier: str, document: Mapping[str, Any], transaction: str
) -> str | None:
    """ "finalized" when the registry holds exactly this enrolment, finalized; None when it holds it unfinished;
    CONFLICT when it holds another under the same id. One that an earlier version began without the roles of its people
    is this one, and gets them."""
    held = client.read_enrollment(identifier, transaction=transaction)
    finalized = held.get("status") == "FINALIZED"
    if stated_hash(held) != stated_hash(document):
        if stated_hash(held) != stated_hash(osia_enrolment.without_roles(document)):
            raise RegistryError(RegistryFault.CONFLICT)
        if not finalized:
            patch = {name: document[name] for name in ("contextualData", "integrity")}
            client.partial_update_enrollment(identifier, patch, transaction=transaction)
    return "finalized" if finalized else None


def _request(client: RegistryClient, request_id: str, body: Mapping[str, Any], transaction: str) -> str:
    """The id of the credential that the registry made for the request."""
    exists = False
    try:
        client.create_credential_request(request_id, body, transaction=transaction)
    except RegistryError as fault:
        if fault.code is not RegistryFault.EXISTS:
            raise
        exists = True
    held = client.read_credential_request(request_id, transaction=transaction)
    if exists and canonical_sha256({name: held.get(name) for name in body}) != canonical_sha256(dict(body)):
        raise RegistryError(RegistryFault.CONFLICT)
    found = held.get("credentialIds")
    if not isinstance(found, list) or len(found) != 1 or not isinstance(found[0], str):
        raise RegistryError(RegistryFault.DAMAGED_ANSWER)
    return found[0]


def _sealed(
    upload: Upload, key: SealingKey | None, identifier: str, part: enrolment.Part
) -> tuple[bytes, str]:
    """What goes on the line for an image, and its media type."""
    waiting = upload.sealed(part.sha256) if key is not None else None
    if waiting is not None:
        return waiting, MEDIA_TYPE
    image = _image(upload, part.sha256)
    if key is None:
        return image, part.mime
    return seal_part(key, identifier, image, part.mime), MEDIA_TYPE


def _image(upload: Upload, sha256: str) -> bytes:
    try:
        content = upload.image(sha256)
    except KeyError as fault:
        raise RegistryError(RegistryFault.IMAGE_LOST) from fault
    if sha256_hex(content) != sha256:
        raise RegistryError(RegistryFault.IMAGE_LOST)
    return content
