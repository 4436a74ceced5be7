"""WSQ: another maker's file bit for bit, our own round trip, and damaged files."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from devices.simulated.finger_ridges import finger
from workstation.biometrics.fingerprint.wsq_image import WsqError, decode_wsq, encode_wsq


def test_another_makers_file_decodes_to_their_pixels(samples: Path) -> None:
    pixels, width, height = decode_wsq((samples / "wsq" / "wsq-original.wsq").read_bytes())
    with Image.open(samples / "wsq" / "wsq-converted.png") as theirs:
        assert theirs.size == (width, height)
        assert theirs.convert("L").tobytes() == pixels


def test_there_and_back() -> None:
    print_ = finger(1)
    data = encode_wsq(print_.tobytes(), 272, 320)
    assert len(data) < 272 * 320 / 10
    pixels, width, height = decode_wsq(data)
    assert (width, height) == (272, 320)
    error = np.frombuffer(pixels, np.uint8).astype(float) - print_.ravel()
    assert np.sqrt((error**2).mean()) < 20


@pytest.mark.parametrize("share", [0.0, 0.001, 0.01, 0.3, 0.99])
def test_a_file_cut_short_is_refused(share: float) -> None:
    data = encode_wsq(finger(1).tobytes(), 272, 320)
    with pytest.raises(WsqError):
        decode_wsq(data[: int(len(data) * share)])


def test_other_files_are_refused() -> None:
    with pytest.raises(WsqError):
        decode_wsq(b"\x89PNG\r\n\x1a\n" + bytes(200))


def test_a_header_that_claims_too_much_is_refused() -> None:
    data = encode_wsq(finger(1).tobytes(), 272, 320)
    frame = data.index(b"\xff\xa2")
    assert data[frame + 6 : frame + 10] == bytes.fromhex("0140 0110")
    with pytest.raises(WsqError, match="size"):
        decode_wsq(data[: frame + 6] + b"\x10\x00\x10\x00" + data[frame + 10 :])


@pytest.mark.parametrize(("count", "width", "height"), [(4095, 64, 64), (63 * 64, 63, 64), (0, 0, 0)])
def test_pictures_it_cannot_hold(count: int, width: int, height: int) -> None:
    with pytest.raises(WsqError):
        encode_wsq(bytes(count), width, height)
