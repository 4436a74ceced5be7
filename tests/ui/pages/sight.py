"""What an eye would see of a window: cut words, parts that lie over one another, Lao marks that are lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import combinations

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QToolButton,
    QWidget,
)

from ui.widgets.text import ElidedText
from ui.widgets.toast import Toast
from workstation.lao.break_words import with_breaks

LEAST_FONT = 14
_STANDING = (QLabel, QAbstractButton, QLineEdit, QComboBox)


def visible(root: QWidget) -> Iterator[QWidget]:
    """Every widget that is shown now."""
    yield from (widget for widget in root.findChildren(QWidget) if widget.isVisibleTo(root))


def told(widget: QWidget) -> str:
    """Which widget it is, for the failure's message."""
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    name, within = widget.objectName(), widget.parentWidget()
    while not name and within is not None:
        name, within = f"in {within.objectName()}" if within.objectName() else "", within.parentWidget()
    return f"{type(widget).__name__} {name} {text[:60]!r}"


def cut_words(root: QWidget) -> list[str]:
    """Labels and buttons that are smaller than what is written on them."""
    found = []
    for widget in visible(root):
        if isinstance(widget, ElidedText) or not isinstance(widget, QLabel | QPushButton | QToolButton):
            continue
        if isinstance(widget, QLabel):
            if not widget.text() or not widget.pixmap().isNull():
                continue
            if widget.wordWrap():
                short = widget.heightForWidth(widget.width()) > widget.height() + 1
            else:
                short = widget.sizeHint().width() > widget.width() + 1
                short = short or widget.fontMetrics().height() > widget.height() + 1
        elif isinstance(widget, QToolButton):
            shown = widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextUnderIcon
            short = shown and widget.fontMetrics().horizontalAdvance(widget.text()) > widget.width() - 4
        else:
            short = widget.fontMetrics().horizontalAdvance(widget.text()) > widget.width() - 4
        if short:
            found.append(told(widget))
    return found


def out_of_bounds(root: QWidget) -> list[str]:
    """Words and entries that stick out of what holds them, where nothing scrolls."""
    found = []
    for widget in visible(root):
        if not isinstance(widget, _STANDING) or widget.size().isEmpty():
            continue
        within = widget.parentWidget()
        while within is not None and within is not root.parentWidget():
            if isinstance(within.parentWidget(), QAbstractScrollArea) or isinstance(within, QComboBox):
                break
            place = QRect(widget.mapTo(within, QPoint(0, 0)), widget.size())
            if not within.rect().adjusted(-1, -1, 1, 1).contains(place):
                found.append(f"{told(widget)} {place} out of {within.rect()}")
                break
            within = within.parentWidget()
    return found


def overlapping(root: QWidget) -> list[str]:
    """Parts of one parent that lie over one another."""
    found = []
    for parent in (root, *visible(root)):
        if isinstance(parent, QAbstractButton | QComboBox | QLineEdit):
            continue
        parts = [
            child
            for child in parent.children()
            if isinstance(child, QWidget)
            and child.isVisibleTo(root)
            and not child.isWindow()
            and not isinstance(child, Toast)
            and not child.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            and child.layout() is None
            and isinstance(child, _STANDING)
        ]
        for one, other in combinations(parts, 2):
            if one.geometry().adjusted(1, 1, -1, -1).intersects(other.geometry().adjusted(1, 1, -1, -1)):
                found.append(f"{told(one)} over {told(other)}")
    return found


def unbroken(root: QWidget) -> list[str]:
    """Lao labels of several lines that do not know where their words end: Qt would break anywhere, or nowhere."""
    found = []
    for widget in visible(root):
        if not isinstance(widget, QLabel) or not widget.wordWrap():
            continue
        plain = re.sub(r"<[^>]*>", "", widget.text())
        whole = unescape(plain).replace("\u200b", "")
        if unescape(plain) != with_breaks(whole):
            found.append(told(widget))
    return found


def tiny(root: QWidget) -> list[str]:
    """Words in type smaller than LEAST_FONT px."""
    return [
        told(widget)
        for widget in visible(root)
        if isinstance(widget, QLabel | QPushButton | QLineEdit | QCheckBox | QRadioButton)
        and not (isinstance(widget, QLabel) and not widget.text())
        and 0 < widget.fontInfo().pixelSize() < LEAST_FONT
    ]


def _ink(image: QImage) -> int:
    """Rows from the uppermost to the lowest one that something is drawn in; 0 for none."""
    plain = image.convertToFormat(QImage.Format.Format_ARGB32)
    pixels = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine() // 4, 4)
    pixels = pixels[:, : plain.width()].astype(np.int16)
    alpha, colours = pixels[..., 3], pixels[..., :3]
    # As QColor.lightness() has it.
    lightness = (colours.max(axis=2) + colours.min(axis=2)) // 2
    drawn = (abs(alpha - alpha[0, 0]) > 90) | ((abs(lightness - lightness[0, 0]) > 60) & (alpha > 90))
    rows = np.flatnonzero(drawn[:, 1:].any(axis=1))
    return int(rows[-1] - rows[0]) + 1 if rows.size else 0


def cut_marks(root: QWidget, most: int = 40) -> list[str]:
    """Lao labels of one line with less ink than the same text has where nothing cuts it."""
    found: list[str] = []
    seen: set[tuple[str, int, int]] = set()
    for widget in visible(root):
        if not isinstance(widget, QLabel) or isinstance(widget, ElidedText) or widget.wordWrap():
            continue
        text = widget.text()
        key = (text, widget.font().pixelSize(), widget.height())
        if key in seen or len(seen) >= most or not any("\u0eb1" <= letter <= "\u0ecd" for letter in text):
            continue
        seen.add(key)
        metrics = widget.fontMetrics()
        free = QImage(metrics.horizontalAdvance(text) + 40, 120, QImage.Format.Format_RGB32)
        free.fill(Qt.GlobalColor.white)
        painter = QPainter(free)
        painter.setFont(widget.font())
        painter.setPen(Qt.GlobalColor.black)
        painter.drawText(20, 70, text)
        painter.end()
        held = widget.grab().toImage()
        if _ink(held) < _ink(free) - 1:
            found.append(f"{told(widget)}: {_ink(held)} of {_ink(free)} rows")
    return found
