"""What the verifier does without widgets: reads the trust list, looks for a code in pictures, tells the verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QObject, QTimer, Signal

from devices.camera import Frame
from devices.camera.capture import Camera
from ui.background import Background
from ui.camera.stream import CameraStream
from workstation import clock
from workstation.card_reading.code_pictures import codes_in, codes_in_frame
from workstation.card_reading.errors import NoCode
from workstation.card_reading.verify import Verdict, verify_codes
from workstation.travel_documents.cose import IssuerKey
from workstation.travel_documents.trust_list import TrustListError, read_trust_list

_LOOK_MS = 400
_LANE = "verifier"
_MOST_BYTES = 64 * 1024 * 1024


class VerifierPresenter(QObject):
    """trust_changed(): another trust list, see `keys` and `fault`. told(Verdict, PNG bytes of the face or None).

    not_told(code): a file without a code (NoCode), or that cannot be opened ("no-file").
    """

    trust_changed = Signal()
    told = Signal(object, object)
    not_told = Signal(str)

    def __init__(self, background: Background, camera: Callable[[], Camera]) -> None:
        super().__init__()
        self._background = background
        self.stream = CameraStream(background, "verifier_camera", camera)
        self.folder: Path | None = None
        self.keys: Mapping[bytes, IssuerKey] = {}
        self.fault: TrustListError | None = None
        self._seen: tuple[str, ...] = ()
        self._looking = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def trust(self, folder: Path) -> None:
        """Reads the trust list in `folder`; `trust_changed` follows."""
        self.folder = folder

        def read(keys: Mapping[bytes, IssuerKey]) -> None:
            self.keys, self.fault, self._seen = keys, None, ()
            self.trust_changed.emit()

        def refused(error: Exception) -> None:
            if not isinstance(error, TrustListError):
                error = TrustListError("unreadable", str(folder))
            self.keys, self.fault, self._seen = {}, error, ()
            self.trust_changed.emit()

        self._background.run(_LANE, lambda: read_trust_list(folder), done=read, failed=refused)

    def look_at_camera(self) -> None:
        """From now on every code that the camera shows is told, each one once until another comes."""
        self.stream.start()
        self._timer.start()

    def stop(self) -> None:
        """Lets go of the camera."""
        self._timer.stop()
        self.stream.stop()

    def read_file(self, file: Path) -> None:
        """The code in a picture file."""

        def read() -> tuple[str, ...]:
            with file.open("rb") as opened:
                return codes_in(opened.read(_MOST_BYTES))

        self._judge(read)

    def read_text(self, text: str) -> None:
        """A code's own text."""
        self._judge(lambda: (text,))

    def _look(self) -> None:
        newest = self.stream.newest()
        if newest is None or self._looking:
            return
        self._looking = True
        frame: Frame = newest[0]

        def found(texts: tuple[str, ...]) -> None:
            self._looking = False
            if texts != self._seen:
                self._seen = texts
                self._judge(lambda: texts)

        def nothing(_error: Exception) -> None:
            self._looking = False

        self._background.run(_LANE, lambda: codes_in_frame(frame.image), done=found, failed=nothing)

    def _judge(self, texts: Callable[[], tuple[str, ...]]) -> None:
        keys, now = self.keys, clock.computer_clock()

        def judged() -> tuple[Verdict, bytes | None]:
            verdict = verify_codes(texts(), keys, now)
            return verdict, None if verdict.card is None else _face(verdict.card.claims.face)

        def failed(error: Exception) -> None:
            self.not_told.emit(error.code if isinstance(error, NoCode) else "no-file")

        self._background.run(_LANE, judged, done=lambda both: self.told.emit(*both), failed=failed)


def _face(data: bytes) -> bytes | None:
    """The embedded face as PNG; None when there is none, or none that can be shown."""
    if not data:
        return None
    out = BytesIO()
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG", "JPEG2000", "WEBP", "AVIF")) as picture:
            picture.convert("RGB").save(out, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return out.getvalue()
