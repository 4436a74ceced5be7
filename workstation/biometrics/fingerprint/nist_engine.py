"""NIST's engines through nbis: MINDTCT minutiae, NFIQ 2 quality and the bozorth3 match score.

Native code that can be slow or crash on odd pictures: run it in the analysis process only. nbis's own
template reading and writing is not ISO/IEC 19794-2 (no resolution, 26-byte header); the form below is
used for nothing but handing minutiae to bozorth3.
"""

from __future__ import annotations

import io
import struct

import nbis
import numpy as np
from PIL import Image

from workstation.biometrics.fingerprint.record import AnalysisError, FingerprintRecord
from workstation.biometrics.fingerprint.ridges import shows_ridges
from workstation.biometrics.fingerprint.template import (
    Minutia,
    MinutiaKind,
    Template,
    read_template,
    write_template,
)
from workstation.biometrics.fingerprint.wsq_image import SMALLEST_SIDE, encode_wsq

# NFIQ 2 is trained on, and WSQ defined for, 500 dpi; NIST's own tools accept 1 % of difference.
DPI = 500
_DPI_TOLERANCE = 5
_LARGEST_SIDE = 2000
_RESOLUTION = 197
# bozorth3 looks at no more (MAX_BOZORTH_MINUTIAE of NBIS 5.0, default of its command).
_MATCHED_MINUTIAE = 150
_MATCH_HEADER = struct.Struct(">8sI2xHHBBB4xB")
_MATCH_MINUTIA = struct.Struct(">HHBB")
_KINDS = {
    nbis.MinutiaKind.RIDGE_ENDING: MinutiaKind.RIDGE_ENDING,
    nbis.MinutiaKind.BIFURCATION: MinutiaKind.BIFURCATION,
}


class NistEngine:
    """One loaded set of engines (1.4 s to load)."""

    def __init__(self) -> None:
        settings = nbis.NbisExtractorSettings(
            min_quality=0.0,
            get_center=False,
            # nbis's own finger test (SIVV) refuses good prints, SFinGe's fourth among them.
            check_fingerprint=False,
            compute_nfiq2=True,
            ppi=float(DPI),
        )
        self._extractor = nbis.new_nbis_extractor(settings)

    def analyse(self, pixels: bytes, width: int, height: int, dpi: int, position: int) -> FingerprintRecord:
        """Quality, WSQ and template of one 8-bit image; AnalysisError "bad-image", "not-a-finger"."""
        fits = min(width, height) >= SMALLEST_SIDE and max(width, height) <= _LARGEST_SIDE
        if not fits or len(pixels) != width * height or abs(dpi - DPI) > _DPI_TOLERANCE:
            raise AnalysisError("bad-image")
        image = np.frombuffer(pixels, np.uint8).reshape(height, width)
        if not shows_ridges(image):
            raise AnalysisError("not-a-finger")
        encoded = io.BytesIO()
        Image.fromarray(image).save(encoded, format="PNG", compress_level=1)
        try:
            found = self._extractor.extract_minutiae(encoded.getvalue())
        except nbis.NbisError as fault:
            # NFIQ 2 cannot be computed where no ridge ends or forks, nor of many fingers in one picture.
            raise AnalysisError("not-a-finger") from fault
        minutiae = tuple(
            Minutia(m.x(), m.y(), m.angle(), _KINDS[m.kind()], max(1, min(100, round(m.reliability() * 100))))
            for m in found.get()
        )
        nfiq2 = min(100, found.quality().score)
        template = Template(width, height, minutiae, _RESOLUTION, position, nfiq2)
        record = write_template(template)
        return FingerprintRecord(
            nfiq2=nfiq2,
            wsq=encode_wsq(pixels, width, height),
            template=record,
            minutiae=len(read_template(record).minutiae),
        )

    def match(self, probe: Template, reference: Template) -> int:
        """The bozorth3 score of two templates; 40 and more is the same finger."""
        if not probe.minutiae or not reference.minutiae:
            return 0
        loaded = [self._extractor.load_iso_19794_2_2005(_for_bozorth(each)) for each in (probe, reference)]
        return int(loaded[0].compare(loaded[1]))


def _for_bozorth(template: Template) -> bytes:
    """The minutiae in the form nbis loads, at 500 dpi, the best of them if there are too many."""
    scale = _RESOLUTION / template.resolution
    kept = sorted(template.minutiae, key=lambda m: -m.quality)[:_MATCHED_MINUTIAE]
    # bozorth3 expects columns from the left, upward (NBIS bz_load, sort_x_y), and scores less without.
    kept.sort(key=lambda m: (m.x, -m.y))
    length = _MATCH_HEADER.size + _MATCH_MINUTIA.size * len(kept)
    width, height = round(template.width * scale), round(template.height * scale)
    header = _MATCH_HEADER.pack(b"FMR\0 20\0", length, width, height, 0, 0, 0, len(kept))
    return header + b"".join(
        _MATCH_MINUTIA.pack(
            (2 if m.kind is MinutiaKind.BIFURCATION else 1) << 14 | round(m.x * scale),
            round(m.y * scale),
            round(m.angle * 256 / 360) & 0xFF,
            m.quality * 63 // 100,
        )
        for m in kept
    )
