"""No Lao mark is cut: what a widget shows has as much ink as the same text drawn with room all around."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.queue.model import QueueModel
from ui.queue.table import QueueTable
from ui.widgets.badge import Badge
from ui.widgets.text import Text
from workstation import clock
from workstation.domain.queue import QueueFilter
from workstation.domain.stages import Stage
from workstation.workflow.queue import QueueRow, QueueSight

TALL = "ຫຼື້ ກຸ່ມ ນ້ຳ ປື້ມ ຢູ່ ຊື້ ຜູ້"


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> None:
    theme.apply_theme(qapp)


def ink_rows(image: QImage, area: QRect | None = None) -> int:
    """From the uppermost to the lowest row with dark pixels."""
    area = area or image.rect()
    rows = [
        y
        for y in range(area.top(), area.bottom() + 1)
        if any(QColor(image.pixel(x, y)).lightness() < 110 for x in range(area.left(), area.right() + 1))
    ]
    return rows[-1] - rows[0] + 1


def free_rows(size: int, *, strong: bool = False) -> int:
    """The height of the text's ink where nothing can cut it."""
    image = QImage(700, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setFont(theme.font(size, strong=strong))
    painter.drawText(QPoint(20, 100), TALL)
    painter.end()
    return ink_rows(image)


def shown(widget: QWidget, qtbot: QtBot) -> QImage:
    qtbot.addWidget(widget)
    widget.setStyleSheet("background: white; color: black;")
    widget.adjustSize()
    widget.resize(700, widget.sizeHint().height())
    widget.show()
    return widget.grab().toImage()


@pytest.mark.parametrize(
    ("role", "size", "strong"),
    [
        ("secondary", 14, False),
        ("body", 16, False),
        ("title", 20, True),
        ("name", 22, True),
        ("big", 28, True),
    ],
)
def test_labels(qtbot: QtBot, role: str, size: int, strong: bool) -> None:
    label = Text(TALL, role)
    assert ink_rows(shown(label, qtbot)) == pytest.approx(free_rows(size, strong=strong), abs=1)
    assert label.height() >= theme.line_height(size)


def test_inputs(qtbot: QtBot) -> None:
    field = QLineEdit(TALL)
    field.setFrame(False)
    qtbot.addWidget(field)
    field.setStyleSheet("border: none; color: black;")
    field.resize(700, 40)
    field.show()
    field.clearFocus()
    assert ink_rows(field.grab().toImage()) == pytest.approx(free_rows(16), abs=1)


def test_buttons_and_badges(qtbot: QtBot) -> None:
    button = QPushButton(TALL)
    button.setStyleSheet("border: none; color: black; background: white;")
    qtbot.addWidget(button)
    button.resize(700, 40)
    button.show()
    assert ink_rows(button.grab().toImage()) == pytest.approx(free_rows(16, strong=True), abs=1)
    badge = Badge("plain", "", TALL)
    qtbot.addWidget(badge)
    badge.show()
    word = badge.findChildren(QLabel)[-1]
    assert ink_rows(badge.grab().toImage(), word.geometry()) == pytest.approx(
        free_rows(14, strong=True), abs=1
    )


def test_table_rows(qtbot: QtBot) -> None:
    model = QueueModel()
    now = clock.now()
    row = QueueRow("id", "", TALL, "", "", "", Stage.PHOTO, now, False)
    model.show(QueueSight(QueueFilter(), {}, 1, {0: (row,)}), now, None)
    table = QueueTable(model)
    qtbot.addWidget(table)
    table.resize(1200, 200)
    table.setColumnWidth(1, 500)
    table.show()
    area = table.visualRect(model.index(0, 1))
    assert area.height() == 40
    image = table.viewport().grab(area.adjusted(2, 1, -2, -2)).toImage()
    assert ink_rows(image) == pytest.approx(free_rows(16), abs=1)
