"""The look: colours, measures, fonts and the one stylesheet. Contrast figures stand beside the colours.

Lao ink takes up to 1.64 times the font size, so a line is 1.75 times the font size high and nothing is cut.
"""

from __future__ import annotations

from importlib.resources import files

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

GROUND = "#F4F6F8"
SURFACE = "#FFFFFF"
TEXT = "#17212B"  # 15.0:1 on ground
SECONDARY = "#4B5A69"  # 6.5:1 on ground
LINE = "#D5DCE3"
# A list keeps the width of its edge when the focus comes: Qt does not lay a header out anew for it.
EDGE = "#E8ECF0"
BORDER = "#7A8794"  # 3.7:1 on surface
ACTION = "#0B5CAD"  # white on it 6.7:1
ACTION_DOWN = "#084A8C"
SELECTION = "#DCEBFA"
TRAINING_GROUND, TRAINING_TEXT = "#FFC400", TEXT
# kind -> (ink, ground): 5.7, 6.1, 5.6, 6.8 and 6.2 to one
STATES: dict[str, tuple[str, str]] = {
    "good": ("#1B6B3A", "#E3F3E8"),
    "attention": ("#8A4B00", "#FFF1D6"),
    "stopped": ("#B3261E", "#FCE8E6"),
    "waiting": ("#5B3E99", "#EEE8F8"),
    "plain": (SECONDARY, "#E8ECF0"),
    "action": (ACTION, SELECTION),
}

BODY, SMALL, TITLE, NAME = 16, 14, 20, 22
FAMILY = "Noto Sans Lao"
# Noto Sans Lao has no Vietnamese letters; Noto Sans gives those.
FAMILIES = [FAMILY, "Noto Sans"]


def line_height(font_size: int) -> int:
    """Height in px of one line of Lao text of that size in px."""
    return -(-font_size * 7 // 4)


def font(size: int = BODY, *, strong: bool = False) -> QFont:
    """The interface font at `size` px, regular or semi-bold."""
    chosen = QFont(FAMILIES)
    chosen.setPixelSize(size)
    chosen.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return chosen


def load_fonts() -> None:
    """Registers the fonts that come with the program; nothing is taken from the system's."""
    for file in files("resources").joinpath("fonts").iterdir():
        if file.name.endswith(".ttf"):
            QFontDatabase.addApplicationFontFromData(file.read_bytes())


def apply_theme(application: QApplication) -> None:
    """Fonts, palette and stylesheet for the whole program."""
    load_fonts()
    application.setStyle("Fusion")
    application.setFont(font())
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, GROUND),
        (QPalette.ColorRole.WindowText, TEXT),
        (QPalette.ColorRole.Base, SURFACE),
        (QPalette.ColorRole.AlternateBase, GROUND),
        (QPalette.ColorRole.Text, TEXT),
        (QPalette.ColorRole.Button, SURFACE),
        (QPalette.ColorRole.ButtonText, TEXT),
        (QPalette.ColorRole.PlaceholderText, SECONDARY),
        (QPalette.ColorRole.Highlight, ACTION),
        (QPalette.ColorRole.HighlightedText, SURFACE),
        (QPalette.ColorRole.ToolTipBase, TEXT),
        (QPalette.ColorRole.ToolTipText, SURFACE),
    ):
        palette.setColor(role, QColor(colour))
    application.setPalette(palette)
    application.setStyleSheet(stylesheet())


def _badges() -> str:
    return "\n".join(
        f'*[kind="{kind}"] {{ color: {ink}; background: {ground}; }}'
        for kind, (ink, ground) in STATES.items()
    )


def _texts() -> str:
    sizes = {"body": BODY, "secondary": SMALL, "label": SMALL, "title": TITLE, "name": NAME, "big": 28}
    rules = [
        f'QLabel[role="{role}"] {{ font-size: {size}px; min-height: {line_height(size)}px; }}'
        for role, size in sizes.items()
    ]
    return "\n".join(rules)


def stylesheet() -> str:
    """The one stylesheet. Widgets say what they are by the properties `role`, `kind` and `surface`."""
    arrow = str(files("resources").joinpath("icons/chevron-down.svg"))
    tick = str(files("resources").joinpath("icons/tick.svg"))
    return f"""
QWidget {{ color: {TEXT}; font-size: {BODY}px; }}
QToolTip {{ color: {SURFACE}; background: {TEXT}; border: none; padding: 6px; font-size: {SMALL}px; }}
*[surface="ground"] {{ background: {GROUND}; }}
*[surface="card"] {{ background: {SURFACE}; border: 1px solid {LINE}; border-radius: 6px; }}
*[surface="bar"] {{ background: {SURFACE}; border: none; border-bottom: 1px solid {LINE}; }}
*[surface="foot"] {{ background: {SURFACE}; border: none; border-top: 1px solid {LINE}; }}
*[surface="side"] {{ background: {SURFACE}; border: none; border-right: 1px solid {LINE}; }}
*[surface="training"] {{ background: {TRAINING_GROUND}; border: none; }}
*[surface="training"] QLabel {{ color: {TRAINING_TEXT}; font-weight: 600; font-size: {SMALL}px; }}
{_texts()}
QLabel {{ background: transparent; border: none; }}
QLabel[role="title"], QLabel[role="name"], QLabel[role="big"] {{ font-weight: 600; }}
QLabel[role="secondary"], QLabel[role="label"] {{ color: {SECONDARY}; }}
QLabel[role="label"] {{ font-weight: 600; }}
QLabel[role="error"] {{ color: {STATES["stopped"][0]}; font-size: {SMALL}px; }}
QLabel[role="strong"] {{ font-weight: 600; }}
{_badges()}
QFrame[role="badge"] {{ border-radius: 6px; }}
QFrame#toast {{ border: 1px solid {STATES["good"][0]}; }}
QFrame[role="badge"] QLabel {{ font-size: {SMALL}px; font-weight: 600; background: transparent; }}

QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QSpinBox, QDateEdit {{
  background: {SURFACE}; border: 1px solid {BORDER}; border-radius: 6px; padding: 0 9px; min-height: 38px;
  selection-background-color: {ACTION}; selection-color: {SURFACE}; }}
QPlainTextEdit, QTextEdit {{ padding: 5px 9px; min-height: 60px; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDateEdit:focus {{
  border: 3px solid {ACTION}; padding: 0 7px; min-height: 34px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: 3px 7px; min-height: 56px; }}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled, QLineEdit:read-only {{
  background: {GROUND}; color: {SECONDARY}; border-color: {LINE}; }}
*[fault="true"] {{ border: 2px solid {STATES["stopped"][0]}; }}
*[fault="true"]:focus {{ border: 3px solid {STATES["stopped"][0]}; }}
QComboBox::drop-down {{ border: none; width: 28px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 16px; height: 16px; }}
QComboBox QAbstractItemView {{ background: {SURFACE}; border: 1px solid {BORDER}; outline: none;
  selection-background-color: {SELECTION}; selection-color: {TEXT}; }}
QComboBox QAbstractItemView::item {{ min-height: 36px; padding: 0 8px; }}

QPushButton {{ background: {SURFACE}; color: {TEXT}; border: 1px solid {BORDER}; border-radius: 6px;
  padding: 0 15px; min-height: 38px; font-weight: 600; }}
QPushButton:hover {{ background: {GROUND}; }}
QPushButton:pressed {{ background: {SELECTION}; }}
QPushButton:focus {{ border: 3px solid {ACTION}; padding: 0 13px; min-height: 34px; }}
QPushButton:disabled {{ color: {SECONDARY}; background: {GROUND}; border: 1px solid {LINE}; }}
QPushButton[role="primary"] {{ background: {ACTION}; color: {SURFACE}; border: 1px solid {ACTION}; }}
QPushButton[role="primary"]:hover {{ background: {ACTION_DOWN}; }}
QPushButton[role="primary"]:pressed {{ background: {ACTION_DOWN}; }}
QPushButton[role="primary"]:focus {{ border: 3px solid {TEXT}; }}
QPushButton[role="primary"]:disabled {{ background: #DDE3E9; color: {SECONDARY}; border: 1px solid #DDE3E9; }}
QPushButton[role="quiet"] {{ background: transparent; border: 1px solid transparent; }}
QPushButton[role="quiet"]:hover {{ background: {SELECTION}; }}
QPushButton[role="quiet"]:focus {{ border: 3px solid {ACTION}; }}
QPushButton[role="segment"] {{ font-weight: 400; }}
QPushButton[role="segment"]:checked {{ background: {SELECTION}; border: 2px solid {ACTION}; font-weight: 600; }}
QPushButton[role="segment"]:focus {{ border: 3px solid {ACTION}; }}
QPushButton > QLabel[role="key"] {{ color: {SECONDARY}; font-size: {SMALL}px; font-weight: 400; }}
QPushButton > QLabel[role="caption"] {{ font-weight: 600; }}
QPushButton[role="primary"] > QLabel[role="caption"], QPushButton[role="primary"] > QLabel[role="key"] {{
  color: {SURFACE}; }}
QPushButton > QLabel[role="caption"]:disabled, QPushButton > QLabel[role="key"]:disabled {{ color: {SECONDARY}; }}

QCheckBox, QRadioButton {{ spacing: 10px; min-height: 34px; background: transparent; }}
QCheckBox::indicator {{ width: 18px; height: 18px; border: 2px solid {BORDER}; border-radius: 4px;
  background: {SURFACE}; }}
QCheckBox::indicator:focus {{ border: 3px solid {ACTION}; width: 16px; height: 16px; }}
QCheckBox::indicator:checked {{ background: {ACTION}; border-color: {ACTION}; image: url("{tick}"); }}
QCheckBox:focus, QRadioButton:focus {{ color: {ACTION}; }}
QRadioButton::indicator {{ width: 16px; height: 16px; border: 2px solid {BORDER}; border-radius: 10px;
  background: {SURFACE}; }}
QRadioButton::indicator:focus {{ border: 3px solid {ACTION}; width: 14px; height: 14px; }}
QRadioButton::indicator:checked {{ background: {ACTION}; border: 5px solid {SURFACE}; outline: 2px solid {ACTION}; }}

QTableView, QListView, QTreeView {{ background: {SURFACE}; border: 3px solid {EDGE}; border-radius: 6px; outline: none;
  gridline-color: {LINE}; alternate-background-color: #FAFBFC;
  selection-background-color: {SELECTION}; selection-color: {TEXT}; }}
QTableView:focus, QListView:focus, QTreeView:focus {{ border: 3px solid {ACTION}; }}
QTableView::item {{ padding: 0 8px; border-bottom: 1px solid #EDF0F3; }}
QTableView::item:selected {{ background: {SELECTION}; color: {TEXT}; }}
QListView::item {{ min-height: 40px; padding: 0 8px; }}
QHeaderView {{ background: {SURFACE}; }}
QHeaderView::section {{ background: {GROUND}; color: {SECONDARY}; border: none; border-bottom: 1px solid {LINE};
  padding: 0 11px; min-height: 34px; font-size: {SMALL}px; font-weight: 600; }}
QProgressBar {{ background: {SELECTION}; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; }}
QProgressBar::chunk {{ background: {ACTION}; border-radius: 4px; }}
QScrollArea {{ border: none; background: {GROUND}; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: #B8C2CC; border-radius: 4px; min-height: 32px; min-width: 32px; }}
QScrollBar::handle:hover {{ background: {BORDER}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QDialog {{ background: {SURFACE}; }}
"""
