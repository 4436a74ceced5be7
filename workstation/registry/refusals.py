"""What the registry answers when it will not: HTTP status and OSIA's Error body {code, message}."""

from __future__ import annotations

from enum import IntEnum


class RefusalCode(IntEnum):
    """Stable numbers of OSIA's Error.code (listed in extensions.yaml); the station acts on them."""

    MALFORMED = 4000
    INTEGRITY_DOES_NOT_FIT = 4001
    DIGEST_DOES_NOT_FIT = 4002
    IMAGES_MISSING = 4003
    FINALIZED_ALREADY = 4004
    UNKNOWN_ENROLMENT = 4005
    UNKNOWN_BUFFER = 4006
    UNKNOWN_CREDENTIAL_REQUEST = 4007
    UNKNOWN_CREDENTIAL = 4008
    EXISTS_ALREADY = 4009
    TOO_LARGE = 4010
    NO_SUCH_CARD = 4011
    CARD_ISSUED_ALREADY = 4012
    NO_SUCH_OPERATION = 4013
    UNKNOWN_PRE_REGISTRATION = 4014
    ROLE_NOT_ALLOWED = 4015
    UNKNOWN_APPROVAL_REQUEST = 4016
    APPROVAL_TOO_LATE = 4017
    AUDIT_TRAIL_DIFFERS = 4030
    CHECKPOINT_UNSIGNED = 4031
    SEAL_DOES_NOT_OPEN = 4040


_STATUS = {
    RefusalCode.IMAGES_MISSING: 403,
    RefusalCode.FINALIZED_ALREADY: 403,
    RefusalCode.UNKNOWN_ENROLMENT: 404,
    RefusalCode.UNKNOWN_BUFFER: 404,
    RefusalCode.UNKNOWN_CREDENTIAL_REQUEST: 404,
    RefusalCode.UNKNOWN_CREDENTIAL: 404,
    RefusalCode.UNKNOWN_PRE_REGISTRATION: 404,
    RefusalCode.EXISTS_ALREADY: 409,
    RefusalCode.NO_SUCH_CARD: 403,
    RefusalCode.CARD_ISSUED_ALREADY: 403,
    RefusalCode.AUDIT_TRAIL_DIFFERS: 403,
    RefusalCode.CHECKPOINT_UNSIGNED: 403,
    RefusalCode.ROLE_NOT_ALLOWED: 403,
    RefusalCode.UNKNOWN_APPROVAL_REQUEST: 404,
    RefusalCode.APPROVAL_TOO_LATE: 403,
}


class RegistryRefusal(Exception):
    """The request cannot be served as it stands. `detail` names fields, never their content."""

    def __init__(self, code: RefusalCode, detail: str = "") -> None:
        super().__init__(code.name)
        self.code = code
        self.detail = detail

    @property
    def status(self) -> int:
        """The HTTP status; 400 unless the table says otherwise."""
        return _STATUS.get(self.code, 400)

    def body(self) -> dict[str, int | str]:
        """OSIA's Error."""
        name = self.code.name.lower().replace("_", "-")
        return {"code": int(self.code), "message": f"{name}: {self.detail}" if self.detail else name}
