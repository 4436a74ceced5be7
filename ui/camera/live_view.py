"""The live picture of one camera on a page: the stream shown, or why there is no picture, in either language."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Signal

from devices.camera import Frame
from ui.camera.live_picture import LivePicture
from ui.camera.stream import CameraStream
from ui.language import _
from ui.messages import explain

# A shot is the best of the last few pictures on the screen, none older than this.
_RECENT, _RECENT_SECONDS = 3, 0.4


class LiveView(QObject):
    """open() when the page shows an application, leave() when it goes.

    live_changed(): pictures came or stopped, see `live`. interrupted(): the camera has told why it gives none.
    """

    live_changed = Signal()
    interrupted = Signal()

    def __init__(self, stream: CameraStream, picture: LivePicture) -> None:
        super().__init__()
        self.stream = stream
        self.picture = picture
        self.live = False
        # Why there is no live picture, to say it again in another language.
        self._error: Exception | None = None
        self._recent: deque[Frame] = deque(maxlen=_RECENT)
        stream.fresh.connect(self._fresh)
        stream.interrupted.connect(self._interrupted)
        picture.resized.connect(stream.fit_into)

    def open(self) -> None:
        """An empty picture that says it is being opened, until the first one comes."""
        self._forget()
        self._error = None
        self._tell()
        self.stream.fit_into(self.picture.picture_room())

    def leave(self) -> None:
        """Nothing of the last picture stays on the screen."""
        self._forget()

    def retranslate(self) -> None:
        if self.picture.notice:
            self._tell()

    def recent(self) -> tuple[Frame, ...]:
        """The last few pictures that were on the screen, the newest last; none of another visit's."""
        if not self.live or not self._recent:
            return ()
        since = self._recent[-1].taken_at - _RECENT_SECONDS
        return tuple(frame for frame in self._recent if frame.taken_at >= since)

    def _forget(self) -> None:
        self.live = False
        self._recent.clear()
        self.picture.clear()

    def _fresh(self) -> None:
        newest = self.stream.newest()
        if newest is not None:
            self._recent.append(newest[0])
            self.picture.show_picture(newest[1])
            self._set_live(True)

    def _interrupted(self, error: Exception) -> None:
        self._error = error
        self._recent.clear()
        self._tell()
        self._set_live(False)
        self.interrupted.emit()

    def _set_live(self, live: bool) -> None:
        """A shot is offered only while there is a picture to take."""
        if live != self.live:
            self.live = live
            self.live_changed.emit()

    def _tell(self) -> None:
        if self._error is None:
            self.picture.show_notice(_("The camera is being opened."), _("Please wait"), "waiting")
        else:
            message = explain(self._error)
            self.picture.show_notice(message.what, message.next_step, "stopped")
