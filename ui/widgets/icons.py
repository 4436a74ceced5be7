"""Icons: the program's own line drawings, coloured when drawn."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QWidget


def has_icon(name: str) -> bool:
    """Whether resources/icons holds a drawing of that name."""
    return name.isidentifier() and files("resources").joinpath(f"icons/{name}.svg").is_file()


def icon_names() -> tuple[str, ...]:
    """Every drawing in resources/icons, by name."""
    names = (file.name.removesuffix(".svg") for file in files("resources").joinpath("icons").iterdir())
    return tuple(sorted(name for name in names if has_icon(name)))


@cache
def _drawing(name: str, colour: str) -> QByteArray:
    text = files("resources").joinpath(f"icons/{name}.svg").read_text()
    return QByteArray(text.replace("currentColor", colour).encode())


def pixmap(name: str, colour: str, size: int = 20, scale: float = 1.0) -> QPixmap:
    """The drawing at `size` logical px in `colour` ("#rrggbb"), sharp at the screen's `scale`."""
    # Every visible line of a table shows one at each painting.
    key = f"icon/{name}/{colour}/{size}/{scale}"
    held = QPixmap()
    if QPixmapCache.find(key, held):
        return held
    picture = QPixmap(round(size * scale), round(size * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(_drawing(name, colour)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    QPixmapCache.insert(key, picture)
    return picture


def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """The drawing as a button's icon."""
    result = QIcon(pixmap(name, colour, size))
    result.addPixmap(pixmap(name, colour, size, 2.0))
    return result


class Icon(QLabel):
    """One drawing in a layout."""

    def __init__(self, name: str, colour: str, size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.setFixedSize(size, size)
        self.set(name, colour)

    def set(self, name: str, colour: str) -> None:
        """Shows another drawing or colour."""
        self.setPixmap(pixmap(name, colour, self._size, self.devicePixelRatioF()))
