"""The verifier's window: no office, no sign-in; a picture, a text or the camera, and what it says of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from PIL import Image
from pytestqt.qtbot import QtBot

from devices.simulated.camera import SimulatedCamera
from ui.language import set_language
from ui.verifier.window import VerifierWindow
from ui.widgets.text import Text
from workstation import clock
from workstation.travel_documents.card_signature import sign_card
from workstation.travel_documents.claims import CardClaims

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOW = clock.computer_clock()
WAIT = 20_000


def face() -> bytes:
    out = BytesIO()
    Image.new("RGB", (48, 60), (180, 140, 120)).save(out, "WEBP", quality=20)
    return out.getvalue()


def text(days: int = 30, **more: object) -> str:
    claims = CardClaims(id="010203041234567", full_name="Khamla Phomvihane", face_hash=bytes(32), **more)  # type: ignore[arg-type]  # texts and bytes
    begin = NOW - timedelta(days=90)
    return sign_card(claims, KEY, b"lao-1", "LAO-CMGD", begin, begin, NOW + timedelta(days=days))


def picture(code: str) -> np.typing.NDArray[np.uint8]:
    symbol = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.QRCode)
    grey = np.asarray(zxingcpp.write_barcode_to_image(symbol, scale=4), np.uint8)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    folder = tmp_path / "keys"
    folder.mkdir()
    pem = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (folder / "lao-1.pem").write_bytes(pem)
    return folder


@pytest.fixture
def window(qtbot: QtBot, keys: Path) -> Iterator[VerifierWindow]:
    set_language("en")
    shown = VerifierWindow(keys, "")
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: bool(shown.presenter.keys), timeout=WAIT)
    yield shown
    shown.end()
    set_language("en")


def says(window: VerifierWindow, qtbot: QtBot, kind: str, words: str) -> None:
    qtbot.waitUntil(lambda: window.banner.kind == kind and words in window.banner.text, timeout=WAIT)


def test_a_picture_a_text_and_what_is_none(window: VerifierWindow, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "code.png"
    cv2.imwrite(str(file), picture(text(face=face(), face_type="webp")))
    window.presenter.read_file(file)
    says(window, qtbot, "good", "genuine and in force")
    assert not window.facts.isHidden()
    assert window.face.shows
    window.text.setText(text(days=-1))
    window.text.returnPressed.emit()
    says(window, qtbot, "stopped", "expired")
    assert not window.face.shows
    window.text.setText("no code")
    window.text.returnPressed.emit()
    says(window, qtbot, "stopped", "Base45")
    assert window.facts.isHidden()
    file.write_bytes(b"no picture")
    window.presenter.read_file(file)
    says(window, qtbot, "attention", "no picture")
    window.presenter.read_file(tmp_path / "absent.png")
    says(window, qtbot, "attention", "could not be opened")


@pytest.mark.parametrize(
    ("language", "label"), [("lao", "Name (Lao)"), ("ara", "Name in another language (ara)")]
)
def test_the_second_name_is_named_by_its_language(
    window: VerifierWindow, qtbot: QtBot, language: str, label: str
) -> None:
    window.presenter.read_text(text(secondary_full_name="ຄຳຫຼ້າ ພົມວິຫານ", secondary_language=language))
    says(window, qtbot, "good", "genuine and in force")
    shown = [part.accessibleName() for part in window.facts.findChildren(Text)]
    assert shown[shown.index(label) + 1] == "ຄຳຫຼ້າ ພົມວິຫານ"


def test_without_a_trust_list_nothing_is_believed(
    window: VerifierWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    window.presenter.trust(empty)
    qtbot.waitUntil(lambda: "no keys" in window._trust.accessibleName(), timeout=WAIT)
    window.presenter.read_text(text())
    says(window, qtbot, "stopped", "not in the trust list")
    window.commands()[0].run()
    assert window.windowTitle() == "ກວດສອບບັດ"


def test_the_camera_tells_each_code_once_it_sees_it(keys: Path, qtbot: QtBot) -> None:
    set_language("en")
    table = np.full((720, 1280, 3), 120, np.uint8)
    with SimulatedCamera(table, rate=10) as camera:
        window = VerifierWindow(keys, camera.url)
        try:
            qtbot.addWidget(window)
            window.show()
            says(window, qtbot, "plain", "Show the card")
            for days, kind in ((30, "good"), (-2, "stopped")):
                code = picture(text(days=days))
                shown = table.copy()
                shown[40 : 40 + code.shape[0], 200 : 200 + code.shape[1]] = code
                camera.show(shown)
                qtbot.waitUntil(lambda wanted=kind: window.banner.kind == wanted, timeout=WAIT)  # type: ignore[misc]  # bound at once
        finally:
            window.end()
