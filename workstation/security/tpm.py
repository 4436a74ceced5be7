"""A secret sealed in this computer's TPM 2.0 (TPM 2.0 Library, Part 1 clause 27 and Part 3 TPM2_Create, TPM2_Unseal).

The sealed object lies under the storage primary (owner hierarchy, ECC P-256, TCG's SRK template), which a TPM makes
anew from its own seed each time: the object opens in the TPM that made it, and no longer once that TPM was cleared.
Its policy allows one command, TPM2_Unseal, and its password is never used. What crosses the bus is encrypted by a
session salted to the primary. It is not bound to PCRs: an update of firmware or kernel does not lock an office out,
and so whoever takes the whole computer and starts it from another disk can ask the TPM too; a lock on the boot order
and on the case is the office's part.

tpm2-pytss is an optional extra and is imported here only.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tpm2_pytss import ESAPI
    from tpm2_pytss.constants import ESYS_TR

DEFAULT_TPM = "device:/dev/tpmrm0"
_LONGEST_SECRET = 128
_LAYER, _TRANSPORT_LAYER = 0xFF0000, 0x0A0000


class TpmGone(Exception):
    """No TPM answers there, or this installation has no driver for one."""


class TpmRefuses(Exception):
    """A TPM answers and does not open this object: another TPM, or it was cleared."""


@dataclass(frozen=True)
class SealedInTpm:
    """The two halves of a sealed object as the TPM marshals them (TPM2B_PUBLIC, TPM2B_PRIVATE)."""

    public: bytes
    private: bytes


@contextmanager
def _tpm(tcti: str) -> Iterator[ESAPI]:
    """`tcti` is tpm2-tss's name and configuration, as "device:/dev/tpmrm0" or "swtpm:port=2321"."""
    # The library tells each refusal on standard error by itself; ours are told by whoever asked.
    os.environ.setdefault("TSS2_LOG", "all+none")
    try:
        from tpm2_pytss import ESAPI, TSS2_Exception
    except ImportError as error:
        raise TpmGone("not-installed") from error
    try:
        esapi = ESAPI(tcti)
    except (TSS2_Exception, RuntimeError, ValueError) as error:
        raise TpmGone("no-answer") from error
    try:
        yield esapi
    except TSS2_Exception as error:
        # Bits 16 to 23 name the layer that speaks (TSS 2.0 Overview, clause 3.5).
        if error.rc & _LAYER == _TRANSPORT_LAYER:
            raise TpmGone("no-answer") from error
        raise TpmRefuses(f"{error.rc:#x}") from error
    finally:
        esapi.close()


def _storage_primary(esapi: ESAPI) -> ESYS_TR:
    from tpm2_pytss.constants import ESYS_TR
    from tpm2_pytss.types import TPM2B_PUBLIC, TPM2B_SENSITIVE_CREATE

    template = TPM2B_PUBLIC.parse(
        "ecc256:aes128cfb",
        objectAttributes="fixedtpm|fixedparent|sensitivedataorigin|userwithauth|noda|restricted|decrypt",
    )
    primary: ESYS_TR = esapi.create_primary(
        TPM2B_SENSITIVE_CREATE(), template, primary_handle=ESYS_TR.OWNER, session1=ESYS_TR.PASSWORD
    )[0]
    return primary


@contextmanager
def _session(esapi: ESAPI, primary: ESYS_TR, kind: str) -> Iterator[ESYS_TR]:
    """A session salted to `primary` that encrypts the first parameter both ways; `kind`: HMAC, POLICY or TRIAL."""
    from tpm2_pytss.constants import ESYS_TR, TPM2_ALG, TPM2_SE, TPMA_SESSION
    from tpm2_pytss.types import TPMT_SYM_DEF

    symmetric = TPMT_SYM_DEF(algorithm=TPM2_ALG.AES)
    symmetric.keyBits.sym = 128
    symmetric.mode.sym = TPM2_ALG.CFB
    session = esapi.start_auth_session(
        tpm_key=primary,
        bind=ESYS_TR.NONE,
        session_type=getattr(TPM2_SE, kind),
        symmetric=symmetric,
        auth_hash=TPM2_ALG.SHA256,
    )
    try:
        if kind != "TRIAL":
            esapi.trsess_set_attributes(
                session, TPMA_SESSION.CONTINUESESSION | TPMA_SESSION.DECRYPT | TPMA_SESSION.ENCRYPT
            )
        yield session
    finally:
        esapi.flush_context(session)


def _only_unseal(esapi: ESAPI, session: ESYS_TR) -> None:
    from tpm2_pytss.constants import TPM2_CC

    esapi.policy_command_code(session, TPM2_CC.Unseal)


def seal(tcti: str, secret: bytes) -> SealedInTpm:
    """Seals up to 128 bytes in the TPM at `tcti`. Raises TpmGone, TpmRefuses (its owner set a password)."""
    if len(secret) > _LONGEST_SECRET:
        raise ValueError("a TPM seals up to 128 bytes")
    with _tpm(tcti) as esapi:
        from tpm2_pytss.constants import ESYS_TR, TPM2_ALG
        from tpm2_pytss.types import TPM2B_PUBLIC, TPM2B_SENSITIVE_CREATE, TPMS_SENSITIVE_CREATE

        primary = _storage_primary(esapi)
        try:
            with _session(esapi, primary, "TRIAL") as trial:
                _only_unseal(esapi, trial)
                policy = esapi.policy_get_digest(trial)
            template = TPM2B_PUBLIC.parse("keyedhash", objectAttributes="fixedtpm|fixedparent|noda")
            template.publicArea.nameAlg = TPM2_ALG.SHA256
            template.publicArea.authPolicy = policy
            sensitive = TPM2B_SENSITIVE_CREATE(TPMS_SENSITIVE_CREATE(data=secret))
            with _session(esapi, primary, "HMAC") as session:
                private, public, *_ = esapi.create(
                    primary, sensitive, template, session1=ESYS_TR.PASSWORD, session2=session
                )
            return SealedInTpm(public.marshal(), private.marshal())
        finally:
            esapi.flush_context(primary)


def unseal(tcti: str, held: SealedInTpm) -> bytes:
    """The secret. Raises TpmGone, TpmRefuses (another TPM, a cleared one, or a damaged object)."""
    with _tpm(tcti) as esapi:
        from tpm2_pytss.types import TPM2B_PRIVATE, TPM2B_PUBLIC

        try:
            public, rest = TPM2B_PUBLIC.unmarshal(held.public)
            private, more = TPM2B_PRIVATE.unmarshal(held.private)
        except ValueError as error:
            raise TpmRefuses("not-an-object") from error
        if rest != len(held.public) or more != len(held.private):
            raise TpmRefuses("not-an-object")
        primary = _storage_primary(esapi)
        try:
            loaded = esapi.load(primary, private, public)
            try:
                with _session(esapi, primary, "POLICY") as session:
                    _only_unseal(esapi, session)
                    return bytes(esapi.unseal(loaded, session1=session))
            finally:
                esapi.flush_context(loaded)
        finally:
            esapi.flush_context(primary)


def answers(tcti: str) -> bool:
    """Whether a TPM answers at `tcti`."""
    try:
        with _tpm(tcti) as esapi:
            esapi.get_random(8)
    except (TpmGone, TpmRefuses):
        return False
    return True
