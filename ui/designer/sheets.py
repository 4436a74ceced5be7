"""The pictures on the canvas: each side as it is printed, and while something is dragged it alone over the rest."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsScene

from printing.specification import CARD_HEIGHT, CARD_WIDTH
from ui.designer.edits import SIDES, Box
from ui.designer.picture import Pixels

_BETWEEN = 8.0
_ROOM = 3.0


class Sheets:
    """The scene's pictures, in mm; `both` sides beside one another, or one alone."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self.both = False
        self.lifted = False
        self._items = {side: scene.addPixmap(QPixmap()) for side in SIDES}
        self._over = scene.addPixmap(QPixmap())
        self._smooth(True)
        self._whole: dict[str, QPixmap] = {}
        self._apart: tuple[QPixmap, QPixmap] | None = None

    def origin(self, side: str) -> QPointF:
        """Where the side's top left corner lies."""
        return QPointF(CARD_WIDTH + _BETWEEN if self.both and side == "back" else 0.0, 0.0)

    def side_at(self, at: QPointF) -> str:
        """The side under that point, when both are seen."""
        return "back" if at.x() > CARD_WIDTH + _BETWEEN / 2 else "front"

    def lay_out(self, seen: str) -> QRectF:
        """Puts the sides at their places; the room they take, with a little around them."""
        for side, item in self._items.items():
            item.setPos(self.origin(side))
            item.setVisible(self.both or side == seen)
        right = self.origin("back").x() + CARD_WIDTH
        return QRectF(0, 0, right, CARD_HEIGHT).adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM)

    def show(self, pictures: dict[str, Pixels]) -> None:
        """The sides as they are printed; what was lifted is a part of them again."""
        for side, pixels in pictures.items():
            self._whole[side] = as_pixmap(pixels)
        self.settle()

    def keep_apart(self, under: Pixels, alone: Pixels) -> None:
        """The side without the selection, and the selection alone."""
        self._apart = as_pixmap(under), as_pixmap(alone)

    def forget_apart(self) -> None:
        """The selection or the layout is another one."""
        self._apart = None

    def lift(self, side: str, start: Box, now: Box) -> None:
        """The selection's own picture, taken from `start` to `now`, over the side without it, once both are there."""
        if self._apart is None:
            return
        under, alone = self._apart
        if not self.lifted:
            # The pictures are as fine as the screen: smoothing them at every step shows nothing more.
            self._smooth(False)
        self.lifted = True
        self._put(self._items[side], under)
        across = now.width / start.width if start.width else 1.0
        down = now.height / start.height if start.height else 1.0
        scale = CARD_WIDTH / alone.width()
        if self._over.pixmap().cacheKey() != alone.cacheKey():
            self._over.setPixmap(alone)
        self._over.setTransform(QTransform.fromScale(scale * across, scale * down))
        self._over.setPos(self.origin(side) + QPointF(now.x - start.x * across, now.y - start.y * down))
        self._over.show()

    def settle(self) -> None:
        """Each side whole again."""
        self.lifted = False
        self._smooth(True)
        self._over.hide()
        for side, picture in self._whole.items():
            self._put(self._items[side], picture)

    def _smooth(self, smooth: bool) -> None:
        modes = Qt.TransformationMode
        for item in (*self._items.values(), self._over):
            item.setTransformationMode(modes.SmoothTransformation if smooth else modes.FastTransformation)

    @staticmethod
    def _put(item: QGraphicsPixmapItem, picture: QPixmap) -> None:
        if item.pixmap().cacheKey() != picture.cacheKey():
            item.setPixmap(picture)
            item.setScale(CARD_WIDTH / max(1, picture.width()))


def as_pixmap(pixels: Pixels) -> QPixmap:
    """RGB or RGBA pixels as Qt draws them."""
    height, width, channels = pixels.shape
    kind = QImage.Format.Format_RGBA8888 if channels == 4 else QImage.Format.Format_RGB888
    return QPixmap.fromImage(QImage(pixels.tobytes(), width, height, channels * width, kind))
