"""Analysis through its child process: NIST's own figures, matching, and pictures that are none."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from devices.simulated.finger_ridges import finger
from workstation.biometrics.fingerprint.analysis import FingerprintAnalysis
from workstation.biometrics.fingerprint.positions import FingerPosition
from workstation.biometrics.fingerprint.record import AnalysisError, FingerprintRecord
from workstation.biometrics.fingerprint.template import Template, TemplateError, read_template, write_template
from workstation.biometrics.fingerprint.wsq_image import decode_wsq

SAME, OTHER = 40, 25


def analyse_file(analysis: FingerprintAnalysis, path: Path) -> FingerprintRecord:
    with Image.open(path) as picture:
        grey = picture.convert("L")
    return analysis.analyse(grey.tobytes(), *grey.size, 500)


def analyse_finger(analysis: FingerprintAnalysis, seed: int, impression: int = 0) -> FingerprintRecord:
    return analysis.analyse(finger(seed, impression).tobytes(), 272, 320, 500)


@pytest.mark.parametrize(("number", "score"), [(1, 54), (2, 45), (3, 53), (4, 52), (5, 57)])
def test_nfiq2_as_nist_scores_it(
    analysis: FingerprintAnalysis, samples: Path, number: int, score: int
) -> None:
    record = analyse_file(analysis, samples / "nfiq2" / f"SFinGe_Test0{number}.pgm")
    assert record.nfiq2 == score
    with Image.open(samples / "nfiq2" / f"SFinGe_Test0{number}.pgm") as picture:
        assert decode_wsq(record.wsq)[1:] == picture.size
    template = read_template(record.template)
    assert len(template.minutiae) == record.minutiae
    assert template.quality == score


def test_same_and_different_fingers(analysis: FingerprintAnalysis, samples: Path) -> None:
    names = [f"p{person}_{take}" for person in (1, 2) for take in (1, 2, 3)]
    templates = {n: analyse_file(analysis, samples / "nbis-rs" / f"{n}.png").template for n in names}
    for one in names:
        for two in names:
            score = analysis.match(templates[one], templates[two])
            assert (score >= SAME) if one[:2] == two[:2] else (score < OTHER), (one, two, score)


def test_two_placings_of_one_invented_finger(analysis: FingerprintAnalysis) -> None:
    seeds = range(40, 43)
    first = [analyse_finger(analysis, seed) for seed in seeds]
    second = [analyse_finger(analysis, seed, 1) for seed in seeds]
    assert min(record.nfiq2 for record in first + second) > 35
    for a, one in enumerate(first):
        for b, two in enumerate(second):
            score = analysis.match(one.template, two.template)
            assert (score >= 2 * SAME) if a == b else (score < SAME), (a, b, score)


def test_the_position_is_in_the_template(analysis: FingerprintAnalysis) -> None:
    record = analysis.analyse(finger(1).tobytes(), 272, 320, 500, FingerPosition.RIGHT_RING)
    assert read_template(record.template).position == FingerPosition.RIGHT_RING


def test_another_makers_template_is_matched(analysis: FingerprintAnalysis, samples: Path) -> None:
    theirs = (samples / "wsq" / "iso-probe.dat").read_bytes()
    assert analysis.match(theirs, theirs) > 100
    assert analysis.match(theirs, analyse_finger(analysis, 1).template) < SAME


@pytest.mark.parametrize("name", ["negative_face.jpeg", "negative_landscape.jpg"])
def test_not_a_finger(analysis: FingerprintAnalysis, samples: Path, name: str) -> None:
    with pytest.raises(AnalysisError) as fault:
        analyse_file(analysis, samples / "nbis-rs" / name)
    assert fault.value.code == "not-a-finger"


def test_stripes_are_not_a_finger(analysis: FingerprintAnalysis) -> None:
    stripes = np.tile((np.arange(272) // 4 % 2 * 255).astype(np.uint8), (320, 1))
    with pytest.raises(AnalysisError) as fault:
        analysis.analyse(stripes.tobytes(), 272, 320, 500)
    assert fault.value.code == "not-a-finger"


@pytest.mark.parametrize(
    ("pixels", "width", "height", "dpi"),
    [(b"", 0, 0, 500), (bytes(99), 10, 10, 500), (bytes(2500), 50, 50, 500), (bytes(4096), 64, 64, 250)],
)
def test_pictures_that_cannot_be_analysed(
    analysis: FingerprintAnalysis, pixels: bytes, width: int, height: int, dpi: int
) -> None:
    with pytest.raises(AnalysisError) as fault:
        analysis.analyse(pixels, width, height, dpi)
    assert fault.value.code == "bad-image"


def test_a_damaged_template_is_named(analysis: FingerprintAnalysis) -> None:
    template = analyse_finger(analysis, 1).template
    with pytest.raises(TemplateError):
        analysis.match(template, template[:-1])


def test_a_template_without_minutiae_matches_nothing(analysis: FingerprintAnalysis) -> None:
    empty = write_template(Template(272, 320, ()))
    assert analysis.match(empty, analyse_finger(analysis, 1).template) == 0
    assert analysis.match(empty, empty) == 0


def test_several_threads_at_once(analysis: FingerprintAnalysis) -> None:
    with ThreadPoolExecutor(4) as pool:
        records = list(pool.map(lambda seed: analyse_finger(analysis, seed), [1, 2, 1, 2]))
    assert records[0] != records[1]
    assert records[0::2] == [records[0]] * 2
    assert records[1::2] == [records[1]] * 2
