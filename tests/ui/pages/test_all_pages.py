"""What holds on every page: whatever can be used has a name, and a change of language leaves no word behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.pages.walk import PAGES, shown
from tests.ui.stages.counter_office import APPLICANT, Counter, counter, room
from ui.language import LANGUAGES
from ui.sign_in.first_start import FirstStartPage
from ui.sign_in.page import SignInPage
from ui.sign_in.unlock import UnlockPage
from ui.window import Window

__all__ = ["counter", "room"]
USABLE = (
    QAbstractButton,
    QLineEdit,
    QComboBox,
    QHeaderView,
    QAbstractItemView,
    QAbstractSpinBox,
    QPlainTextEdit,
    QTextEdit,
)
# Parts that Qt makes inside a widget of ours, with a name of their own.
QTS_OWN = ("qt_", "qt_spinbox_lineedit")
# Words that stand in both languages: the other language's name, and what people typed.
# Keys have on the screen the names that stand on them.
KEYS = {"Space", "Enter", "Esc", "Tab"}
BOTH = {*KEYS, *LANGUAGES.values(), *APPLICANT.values(), "–", ""}


def visible(root: QWidget) -> Iterator[QWidget]:
    """Every widget that is shown now, the window's own included."""
    yield from (widget for widget in root.findChildren(QWidget) if widget.isVisibleTo(root))


def nameless(root: QWidget) -> list[str]:
    """Usable widgets without an accessible name; a button's own text counts as one."""
    found = []
    for widget in visible(root):
        # A header speaks through its table.
        if not isinstance(widget, USABLE) or isinstance(widget, QHeaderView | QScrollBar):
            continue
        if widget.objectName().startswith(QTS_OWN) or isinstance(widget.parent(), QComboBox | QLineEdit):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or text).strip():
            found.append(f"{type(widget).__name__} {widget.objectName()!r}")
    return found


def words(root: QWidget) -> Iterator[str]:
    """Everything that is written or said on the screen: texts, placeholders, tooltips, names, headers."""
    for widget in visible(root):
        if widget.property("typed"):
            continue
        said = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QAbstractButton):
            said.append(widget.text())
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            said.append(widget.placeholderText())
        if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
            for column in range(1 if isinstance(widget, QListView) else model.columnCount()):
                said.append(str(model.headerData(column, Qt.Orientation.Horizontal) or ""))
                said.extend(
                    str(model.index(row, column).data() or "") for row in range(min(20, model.rowCount()))
                )
        for text in said:
            plain = re.sub(r"<[^>]*>", "", text).replace("\u200b", "").strip()
            if plain not in BOTH:
                yield plain


def catalogue() -> dict[str, str]:
    texts: dict[str, str] = {}
    for part in (Path(str(files("resources"))) / "translations" / "lo").glob("*.po"):
        with part.open("rb") as file:
            texts |= {str(m.id): str(m.string) for m in read_po(file, locale="lo") if m.id}
    return {english: lao for english, lao in texts.items() if english != lao}


TEXTS = catalogue()


def pattern(texts: set[str]) -> re.Pattern[str]:
    """Matches any of the texts, with anything in the place of a named value (only where enough is fixed)."""
    told = []
    for text in sorted(texts):
        fixed = re.sub(r"\{[^}]*\}", "", text).strip()
        if "{" not in text:
            told.append(re.escape(text))
        elif len(fixed) >= 6:
            told.append(
                "".join(".+" if p.startswith("{") else re.escape(p) for p in re.split(r"(\{[^}]*\})", text))
            )
    return re.compile("|".join(told), re.DOTALL)


# A word that is the same in form and meaning in the other catalogue's column says nothing.
LEFT_BEHIND = {
    "lo": pattern(set(TEXTS) - set(TEXTS.values())),
    "en": pattern(set(TEXTS.values()) - set(TEXTS)),
}


def left_behind(root: QWidget, spoken: str) -> list[str]:
    return sorted({text for text in words(root) if LEFT_BEHIND[spoken].fullmatch(text)})


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = Window()
    qtbot.addWidget(made)
    made.show()
    yield made
    made.keys.close()


def check(window: Window, qtbot: QtBot) -> None:
    """Names, then Lao, English and Lao again, each time without a word of the other."""
    for code in ("lo", "en", "lo"):
        window.speak(code)
        # Some words come with the next look at a device or a measure.
        qtbot.wait(120)
        assert left_behind(window, code) == [], f"left behind in {code}"
        assert nameless(window) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page(page: str, counter: Counter, window: Window, qtbot: QtBot) -> None:
    with shown(page, counter, window, qtbot):
        check(window, qtbot)


def test_the_entry(counter: Counter, window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    sign_in_page = SignInPage(counter.office, counter.background)
    unlock = UnlockPage(lambda _passphrase: None, counter.background)
    first = FirstStartPage(tmp_path, counter.background)
    for screen in (sign_in_page, unlock, first):
        window.show_screen(screen)
        check(window, qtbot)
    first.open()
    first._forward()
    assert any(field.error for field in first._fields.values())
    check(window, qtbot)


def test_a_word_that_stays_is_seen(window: Window, qtbot: QtBot) -> None:
    stayed = QLabel("Wait a moment and try again.", window)
    stayed.show()
    window.speak("lo")
    assert left_behind(window, "lo") == ["Wait a moment and try again."]
    stayed.setText("ລອງໃໝ່")
    assert left_behind(window, "lo") == []
    assert left_behind(window, "en") == ["ລອງໃໝ່"]
