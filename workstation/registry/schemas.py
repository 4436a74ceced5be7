"""The shapes of OSIA 7.1's request bodies (enrollment.yaml and cms.yaml 1.3.0): used to check, never to store.

What is stored and hashed is the JSON as it arrived. Read-only properties are accepted and ignored, as OSIA's PUT of a
whole object needs it.
"""

from __future__ import annotations

from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from workstation.registry.refusals import RefusalCode, RegistryRefusal
from workstation.registry.vocabulary import (
    BiometricSubType,
    BiometricType,
    CompressionType,
    DocumentType,
    EnrollmentStatus,
    ExpressionOperator,
    ImpressionType,
    Presence,
    RequestType,
)


class _Closed(BaseModel):
    """additionalProperties: false, and no silent conversion of types."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Encryption(_Closed):
    type: str = Field(pattern="^(JWE|PKCS7)$")
    scope: str


class Integrity(_Closed):
    id: str | None = None
    type: str = Field(default="NONE", pattern="^(NONE|JWS|PKCS7)$")
    scope: str
    alg: str
    encrypted: bool = False
    followRef: bool = False
    hash: str
    signature: str | None = None
    signatureRef: str | None = None


class Missing(_Closed):
    biometricSubType: BiometricSubType | None = None
    presence: Presence | None = None


class Biometric(_Closed):
    biometricType: BiometricType
    biometricSubType: BiometricSubType | None = None
    instance: str | None = None
    encounterId: str | None = None
    image: str | None = None
    imageRef: str | None = None
    captureDate: AwareDatetime | None = Field(default=None, strict=False)
    captureDevice: str | None = None
    impressionType: ImpressionType | None = None
    width: int | None = None
    height: int | None = None
    bitdepth: int | None = None
    mimeType: str | None = None
    resolution: int | None = None
    compression: CompressionType | None = None
    missing: list[Missing] | None = None
    metadata: str | None = None
    comment: str | None = None
    template: str | None = None
    templateRef: str | None = None
    templateFormat: str | None = None
    quality: int | None = None
    qualityFormat: str | None = None
    algorithm: str | None = None
    vendor: str | None = None
    encryption: Encryption | None = None
    integrity: list[Integrity] | None = None


class DocumentPart(_Closed):
    pages: list[int] | None = Field(default=None, min_length=1)
    data: str | None = None
    dataRef: str | None = None
    width: int | None = None
    height: int | None = None
    mimeType: str | None = None
    captureDate: AwareDatetime | None = Field(default=None, strict=False)
    captureDevice: str | None = None
    encryption: Encryption | None = None
    integrity: list[Integrity] | None = None


class Document(_Closed):
    documentType: DocumentType
    documentTypeOther: str | None = None
    instance: str | None = None
    parts: list[DocumentPart] = Field(min_length=1)
    integrity: list[Integrity] | None = None


class Enrollment(_Closed):
    enrollmentId: str | None = None
    status: EnrollmentStatus | None = None
    enrollmentType: str | None = None
    enrollmentFlags: dict[str, Any] | None = None
    requestData: dict[str, Any] | None = None
    contextualData: dict[str, Any] | None = None
    biographicData: dict[str, Any] | None = None
    biometricData: list[Biometric] | None = None
    documentData: list[Document] | None = None
    encryption: Encryption | None = None
    integrity: list[Integrity] | None = None


class Expression(_Closed):
    attributeName: str = Field(pattern="^[A-Za-z_][A-Za-z0-9_]{0,63}$")
    operator: ExpressionOperator
    value: str | int | float | bool


class Address(_Closed):
    address1: str | None = None
    address2: str | None = None
    city: str | None = None
    state: str | None = None
    postalCode: str | None = None
    country: str | None = None
    others: dict[str, Any] | None = None


class CredentialRequestData(_Closed):
    priority: int
    credentialProfileId: str
    credentialProfileVersion: str | None = None
    credentialProfileSubtype: str | None = None
    numberOfPages: int | None = None
    requestType: RequestType
    requestTypeOther: str | None = None
    validFromDate: AwareDatetime | None = Field(default=None, strict=False)
    validToDate: AwareDatetime | None = Field(default=None, strict=False)
    credentialNumber: str | None = None
    issuingAuthority: str | None = None
    deliveryOffice: str | None = None
    deliveryAddress: Address | None = None
    parentCredentialId: str | None = None
    others: dict[str, Any] | None = None


class CredentialRequest(_Closed):
    credentialRequestId: str | None = None
    status: str | None = Field(default=None, pattern="^(PENDING|ISSUED|CANCELLED|FAILED)$")
    requestData: CredentialRequestData
    personId: str
    biographicData: dict[str, Any]
    biometricData: list[Biometric] | None = None
    credentialIds: list[str] | None = None
    encryption: Encryption | None = None
    integrity: list[Integrity] | None = None


class Credential(_Closed):
    credentialId: str | None = None
    status: str | None = Field(default=None, pattern="^(NEW|ACTIVE|SUSPENDED|REVOKED|OTHER)$")
    statusOther: str | None = None
    credentialNumber: str | None = None
    personId: str | None = None
    credentialProfileId: str | None = None
    credentialProfileVersion: str | None = None
    credentialProfileSubtype: str | None = None
    numberOfPages: int | None = None
    issuedDate: str | None = None
    expiryDate: str | None = None
    serialNumber: str | None = None
    issuingAuthority: str | None = None
    issuingPlace: str | None = None
    others: dict[str, Any] | None = None


class StatusChange(_Closed):
    status: str
    reason: str | None = None
    requester: str | None = None
    comment: str | None = None


class Withdrawn(_Closed):
    reason: str | None = None


def check_shape(shape: type[BaseModel], value: object) -> None:
    """Refuses (MALFORMED, naming the first place at fault) a value that does not have the shape."""
    try:
        shape.model_validate(value)
    except ValidationError as fault:
        first = fault.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise RegistryRefusal(RefusalCode.MALFORMED, f"{place} {first['type']}") from None
