"""The sheets of the small parts: texts, buttons, fields, badges, cards, pictures, tables, progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ui import theme
from ui.gallery.samples import drawn_picture, long, short, wants_focus
from ui.widgets.badge import Badge
from ui.widgets.empty import Empty
from ui.widgets.facts import FactCard
from ui.widgets.field import Field
from ui.widgets.icons import Icon, icon_names
from ui.widgets.picture import Picture
from ui.widgets.progress import Progress
from ui.widgets.scored_picture import ScoredPicture
from ui.widgets.shortcut import Shortcut
from ui.widgets.table import EmptyTable, dress_table
from ui.widgets.text import ElidedText, Text

States = Iterator[tuple[str, QWidget]]


def _row(*widgets: QWidget) -> QWidget:
    room = QWidget()
    layout = QHBoxLayout(room)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(12)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return room


def texts() -> States:
    for role in ("body", "secondary", "label", "strong", "title", "name", "big", "error"):
        yield role, Text(short(), role)
    yield "wrapped", Text(long(), "body", wrap=True)
    elided = ElidedText(long(), "body")
    elided.setFixedWidth(320)
    yield "elided", elided


def _button(role: str, *, enabled: bool = True, checked: bool | None = None) -> QPushButton:
    button = QPushButton(short())
    if role:
        button.setProperty("role", role)
    button.setEnabled(enabled)
    if checked is not None:
        button.setCheckable(True)
        button.setChecked(checked)
    return button


def buttons() -> States:
    for role in ("primary", "", "quiet", "link"):
        name = role or "plain"
        yield name, _row(_button(role), _button(role, enabled=False))
        yield f"{name}, focus", wants_focus(_button(role))
    yield "segment", _row(_button("segment", checked=True), _button("segment", checked=False))
    yield "segment, focus", wants_focus(_button("segment", checked=False))
    yield "shortcut", _row(Shortcut("Ctrl+Return"), Shortcut("F8"), Shortcut("Alt+Left"))


def _field(value: str = "", hint: str = "", error: str | None = None) -> Field:
    editor = QLineEdit(value)
    editor.setFixedWidth(360)
    field = Field(short(), editor, hint)
    field.set_error(error)
    return field


def fields() -> States:
    yield "empty", _field()
    yield "value", _field(short())
    yield "hint", _field("", short())
    yield "focus", wants_focus(_field(short()))
    yield "error", _field("Somchai", "", long())
    yield "error, focus", wants_focus(_field("Somchai", "", short()))
    sourced = _field(short())
    sourced.set_source(short(), "action")
    yield "source", sourced
    shut = _field(short())
    shut.editor.setEnabled(False)
    yield "shut", shut
    note = QPlainTextEdit(long())
    note.setFixedWidth(480)
    yield "lines", Field(short(), note)


def choices() -> States:
    for kind in (QCheckBox, QRadioButton):
        on, off, shut = kind(short()), kind(short()), kind(short())
        on.setAutoExclusive(False)
        on.setChecked(True)
        shut.setEnabled(False)
        yield kind.__name__, _row(on, off, shut)
        held = kind(short())
        held.setChecked(True)
        yield f"{kind.__name__}, focus", wants_focus(held)
    box = QComboBox()
    box.addItems([short(), long()])
    box.setFixedWidth(360)
    yield "list", box
    again = QComboBox()
    again.addItem(short())
    again.setFixedWidth(360)
    yield "list, focus", wants_focus(again)


def badges() -> States:
    for kind in theme.STATES:
        yield kind, _row(Badge(kind, "", short()), Badge(kind, "returned", "12"))
    tight = Badge("attention", "", long())
    tight.setFixedWidth(260)
    yield "no room", tight


def facts() -> States:
    rows = [(short(), short()), (short(), ""), (short(), long())]
    yield "facts", FactCard(short(), rows)


def pictures() -> States:
    shown = Picture((120, 150), caption=short())
    shown.set_picture(drawn_picture())
    yield (
        "picture",
        _row(shown, Picture((120, 150), caption=short()), Picture((120, 150), placeholder=short())),
    )
    good, poor = ScoredPicture("good", (200, 200)), ScoredPicture("poor", (200, 200))
    for picture in (good, poor):
        picture.picture.set_picture(drawn_picture(200, 200))
    good.judge("good", "", short(), short())
    poor.judge("attention", "", short(), long())
    yield "with score", _row(good, poor)


def _table(rows: int) -> QTableWidget:
    table = QTableWidget(rows, 3)
    dress_table(table)
    table.setHorizontalHeaderLabels([short()] * 3)
    for row in range(rows):
        for column in range(3):
            table.setItem(row, column, QTableWidgetItem(short()))
    for column in range(3):
        table.setColumnWidth(column, 240)
    table.setFixedSize(760, 200)
    if rows:
        table.selectRow(0)
    return table


def tables() -> States:
    yield "chosen", _table(3)
    yield "chosen, focus", wants_focus(_table(5))
    empty = _table(0)
    EmptyTable(empty, short(), long())
    yield "empty", empty
    names = QListWidget()
    names.addItems([short()] * 3)
    names.setCurrentRow(1)
    names.setFixedSize(360, 150)
    yield "list, focus", wants_focus(names)


def empty() -> States:
    nothing = Empty(short(), long())
    nothing.setMinimumHeight(200)
    yield "empty", nothing


def progress() -> States:
    counting, unknown = Progress("gallery.counting"), Progress("gallery.unknown")
    for bar in (counting, unknown):
        bar.setFixedWidth(400)
        bar.begin()
    # As after two seconds, in which two of five parts came.
    counting._began -= 2.0
    unknown._began -= 3.0
    counting.advance(2, 5)
    unknown._tell()
    for bar in (counting, unknown):
        bar._timer.stop()
    yield "counted", counting
    yield "not counted", unknown


def icons() -> States:
    room = QWidget()
    grid = QGridLayout(room)
    grid.setContentsMargins(0, 0, 0, 0)
    for place, name in enumerate(icon_names()):
        cell = _row(Icon(name, theme.TEXT, 24), Text(name, "secondary"))
        grid.addWidget(cell, place // 4, place % 4)
    yield "icons", room


PART_SHEETS: dict[str, Callable[[], States]] = {
    "texts": texts,
    "buttons": buttons,
    "fields": fields,
    "choices": choices,
    "badges": badges,
    "facts": facts,
    "pictures": pictures,
    "table": tables,
    "empty": empty,
    "progress": progress,
    "icons": icons,
}
