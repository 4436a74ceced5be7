"""What analysis says of one finger image, and how analysis fails."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FingerprintRecord:
    """nfiq2: 0 to 100 (ISO/IEC 29794-4); wsq: the image compressed; template: ISO/IEC 19794-2:2005
    record; minutiae: how many the template holds."""

    nfiq2: int
    wsq: bytes
    template: bytes
    minutiae: int


class AnalysisError(Exception):
    """Analysis gave no result.

    code: "not-a-finger" (the picture shows no ridges, or not those of one finger), "bad-image" (its size
    or resolution cannot be analysed), "too-slow" and "crashed" (this job; the next is served),
    "engine-unavailable" (the engine does not start), "closed".
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
