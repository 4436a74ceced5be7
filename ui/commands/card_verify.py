"""`workstation card verify`: whether a card's code is genuine, offline, and why not; `card verifier`: its window."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workstation.card_reading.verify import Verdict

_MOST_BYTES = 64 * 1024 * 1024
_KEYS_HELP = (
    "the trust list: a folder of issuers' public keys, Ed25519 or P-256, as PEM, JWK, JWK Set, COSE_Key or"
    " COSE_KeySet. The key id of a PEM is its file's name without the ending, in hexadecimal or as text."
)


def register(subparsers: Any) -> None:
    """Adds the commands `card verify` and `card verifier`."""
    verify = subparsers.add_parser(
        "verify",
        help="checks a card's signed code offline: signature, validity, issuer, photo",
        description="Reads the QR code in IMAGE, or takes its text, and tells whether it is genuine and in force."
        " Whether a card was reported lost is not known offline.",
    )
    verify.add_argument("image", metavar="IMAGE", type=Path, nargs="?", help="a picture of the card's code")
    verify.add_argument("--qr", metavar="TEXT", help="the code's text; - reads it from standard input")
    verify.add_argument("--keys", metavar="DIR", type=Path, required=True, help=_KEYS_HELP)
    verify.add_argument(
        "--decryption-key",
        metavar="FILE",
        type=Path,
        help="32 bytes, or 64 hexadecimal digits, for a sealed code",
    )
    verify.add_argument(
        "--portrait", metavar="FILE", type=Path, help="the photo whose hash is to be compared"
    )
    verify.add_argument("--face", metavar="FILE", type=Path, help="writes the face that is inside the code")
    verify.add_argument("--json", action="store_true", help="the answer as one JSON object")
    verify.set_defaults(run=run_verify, usage_error=verify.error)
    window = subparsers.add_parser("verifier", help="opens the verifier's window; no office, no sign-in")
    window.add_argument("--keys", metavar="DIR", type=Path, help=_KEYS_HELP)
    window.add_argument(
        "--camera", metavar="SOURCE", default="", help="a camera, as in the office's settings"
    )
    window.set_defaults(run=run_window)


def run_verify(args: argparse.Namespace) -> int:
    """0 genuine and in force; 1 not, with the reason; 2 wrong usage."""
    from workstation.card_reading.errors import NoCode
    from workstation.travel_documents.trust_list import TrustListError

    if (args.image is None) == (args.qr is None):
        args.usage_error("either IMAGE or --qr TEXT")
    try:
        verdict = _verdict(args)
    except TrustListError as error:
        return _refuse(args, error.code, {"file": error.file})
    except NoCode as error:
        return _refuse(args, error.code, {})
    except OSError as error:
        return _refuse(args, "file", {"file": str(error.filename), "detail": error.strerror or ""})
    if args.face is not None and verdict.card is not None and verdict.card.claims.face:
        args.face.write_bytes(verdict.card.claims.face)
    return _answer(args, verdict)


def _verdict(args: argparse.Namespace) -> Verdict:
    from workstation import clock
    from workstation.card_reading.verify import verify_codes
    from workstation.travel_documents.trust_list import read_trust_list

    keys = read_trust_list(args.keys)
    opener = None if args.decryption_key is None else _key_bytes(args.decryption_key)
    portrait = None if args.portrait is None else _bytes(args.portrait)
    if args.qr is None:
        from workstation.card_reading.code_pictures import codes_in

        texts = codes_in(_bytes(args.image))
    else:
        typed = sys.stdin.read(_MOST_BYTES) if args.qr == "-" else args.qr
        texts = (typed.strip("\r\n"),)
    return verify_codes(texts, keys, clock.computer_clock(), decryption_key=opener, portrait=portrait)


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES)


def _key_bytes(path: Path) -> bytes:
    data = _bytes(path)
    try:
        return data if len(data) == 32 else bytes.fromhex(data.decode("ascii").strip())
    except ValueError:
        # It opens nothing, and that is what is said.
        return b""


def _refuse(args: argparse.Namespace, code: str, facts: dict[str, str | int]) -> int:
    from ui.verifier.words import reason

    if args.json:
        print(json.dumps({"valid": False, "reason": code, **facts}, ensure_ascii=False))
    told = f"{facts['file']}: {facts['detail']}" if code == "file" else reason(code, facts)
    print(told, file=sys.stderr)
    return 1


def _answer(args: argparse.Namespace, verdict: Verdict) -> int:
    from ui.verifier.words import said, sentence

    if args.json:
        print(json.dumps(as_data(verdict), ensure_ascii=False))
    else:
        print(sentence(verdict))
        for label, value in said(verdict.card) if verdict.card is not None else ():
            print(f"{label}\t{value}")
    if not verdict.valid and args.json:
        print(sentence(verdict), file=sys.stderr)
    return 0 if verdict.valid else 1


def as_data(verdict: Verdict) -> dict[str, Any]:
    """The verdict as JSON values; what the code says only where its signature holds."""
    data: dict[str, Any] = {
        "valid": verdict.valid,
        "reason": None if verdict.valid else verdict.code if verdict.code != "valid" else "other-portrait",
        "signature": verdict.card is not None,
        "portrait": verdict.portrait,
        "revocation": "not-known-offline",
        **verdict.facts,
    }
    card = verdict.card
    if card is None:
        return data
    claims = card.claims
    moments = {"issued_at": card.issued_at, "not_before": card.not_before, "expires_at": card.expires_at}
    return data | {
        "key_id": card.key_id.hex(),
        "algorithm": card.algorithm,
        "issuer": card.issuer,
        **{name: None if moment is None else moment.isoformat() for name, moment in moments.items()},
        "holder": {
            "id": claims.id,
            "document_number": claims.document_number,
            "full_name": claims.full_name,
            "secondary_full_name": claims.secondary_full_name,
            "secondary_language": claims.secondary_language,
            "date_of_birth": claims.date_of_birth,
            "gender": claims.gender,
            "nationality": claims.nationality,
        },
        "portrait_sha256": claims.face_hash.hex() or None,
        "face": {"type": claims.face_type, "bytes": len(claims.face)} if claims.face else None,
    }


def run_window(args: argparse.Namespace) -> int:
    """Opens the verifier."""
    from ui.verifier.window import run

    return run(args.keys, args.camera)
