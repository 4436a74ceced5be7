"""The look: colours, measures, fonts and the one stylesheet. Contrast figures stand beside the colours.

Lao ink takes up to 1.64 times the font size, so a line is 1.75 times the font size high and nothing is cut.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from ui.palettes import LIGHT, PALETTES, Palette

# The colours of the appearance shown now; `choose` sets them all again.
GROUND, SURFACE, TEXT, SECONDARY = LIGHT.ground, LIGHT.surface, LIGHT.text, LIGHT.secondary
LINE, EDGE, BORDER = LIGHT.line, LIGHT.edge, LIGHT.border
ACTION, ACTION_DOWN, ON_ACTION, SELECTION = LIGHT.action, LIGHT.action_down, LIGHT.on_action, LIGHT.selection
STATES: dict[str, tuple[str, str]] = dict(LIGHT.states)
# Training must look the same in every appearance: 10.0:1.
TRAINING_GROUND, TRAINING_TEXT = "#FFC400", "#17212B"

BODY, SMALL, TITLE, NAME = 16, 14, 20, 22
FAMILY = "Noto Sans Lao"
# Noto Sans Lao has no Vietnamese letters; Noto Sans gives those.
FAMILIES = [FAMILY, "Noto Sans"]


_palette: Palette = LIGHT


def appearance() -> str:
    """The name of the palette shown now: "light", "dark" or "contrast"."""
    return next(name for name, palette in PALETTES.items() if palette is _palette)


def choose(name: str) -> None:
    """Another palette from now on; `apply_theme` shows it, and windows retranslate themselves for their icons.

    KeyError for a name that is none of PALETTES.
    """
    global _palette, GROUND, SURFACE, TEXT, SECONDARY, LINE, EDGE, BORDER
    global ACTION, ACTION_DOWN, ON_ACTION, SELECTION
    _palette = chosen = PALETTES[name]
    GROUND, SURFACE, TEXT, SECONDARY = chosen.ground, chosen.surface, chosen.text, chosen.secondary
    LINE, EDGE, BORDER = chosen.line, chosen.edge, chosen.border
    ACTION, ACTION_DOWN, SELECTION = chosen.action, chosen.action_down, chosen.selection
    ON_ACTION = chosen.on_action
    STATES.update(chosen.states)


def line_height(font_size: int) -> int:
    """Height in px of one line of Lao text of that size in px."""
    return -(-font_size * 7 // 4)


def font(size: int = BODY, *, strong: bool = False) -> QFont:
    """The interface font at `size` px, regular or semi-bold."""
    chosen = QFont(FAMILIES)
    chosen.setPixelSize(size)
    chosen.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return chosen


@cache
def load_fonts() -> None:
    """Registers the fonts that come with the program; nothing is taken from the system's."""
    for file in files("resources").joinpath("fonts").iterdir():
        if file.name.endswith(".ttf"):
            QFontDatabase.addApplicationFontFromData(file.read_bytes())


def apply_theme(application: QApplication) -> None:
    """Fonts, palette and stylesheet for the whole program."""
    sheet = stylesheet()
    if application.styleSheet() == sheet:
        # Qt polishes every widget anew even for the same sheet.
        return
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
        (QPalette.ColorRole.HighlightedText, ON_ACTION),
        (QPalette.ColorRole.ToolTipBase, TEXT),
        (QPalette.ColorRole.ToolTipText, SURFACE),
    ):
        palette.setColor(role, QColor(colour))
    application.setPalette(palette)
    application.setStyleSheet(sheet)


def _badges() -> str:
    return "\n".join(
        f'*[kind="{kind}"] {{ color: {ink}; background: {ground}; }}'
        for kind, (ink, ground) in STATES.items()
    )


def _texts() -> str:
    sizes = {"body": BODY, "secondary": SMALL, "label": SMALL, "title": TITLE, "name": NAME, "big": 28}
    sizes |= {"compact": SMALL, "compact_strong": SMALL}
    rules = [
        f'QLabel[role="{role}"] {{ font-size: {size}px; min-height: {line_height(size)}px; }}'
        for role, size in sizes.items()
    ]
    return "\n".join(rules)


def stylesheet() -> str:
    """The one stylesheet. Widgets say what they are by the properties `role`, `kind` and `surface`."""
    arrow = str(files("resources").joinpath(f"icons/chevron-down{_palette.drawings}.svg"))
    tick = str(files("resources").joinpath(f"icons/tick{_palette.drawings}.svg"))
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
QLabel[role="remark"] {{ color: {STATES["attention"][0]}; font-size: {SMALL}px; font-weight: 600; }}
QLabel[role="strong"], QLabel[role="compact_strong"] {{ font-weight: 600; }}
{_badges()}
QFrame[role="badge"] {{ border-radius: 6px; }}
QFrame#toast {{ border: 1px solid {STATES["good"][0]}; }}
QFrame[role="badge"] QLabel {{ font-size: {SMALL}px; font-weight: 600; background: transparent; }}
QFrame[role="badge"] QLabel[role="body"] {{ min-height: {line_height(SMALL)}px; }}

QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QSpinBox, QDateEdit {{
  background: {SURFACE}; border: 1px solid {BORDER}; border-radius: 6px; padding: 0 9px; min-height: 38px;
  selection-background-color: {ACTION}; selection-color: {ON_ACTION}; }}
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
QPushButton[role="primary"] {{ background: {ACTION}; color: {ON_ACTION}; border: 1px solid {ACTION}; }}
QPushButton[role="primary"]:hover {{ background: {ACTION_DOWN}; }}
QPushButton[role="primary"]:pressed {{ background: {ACTION_DOWN}; }}
QPushButton[role="primary"]:focus {{ border: 3px solid {TEXT}; }}
QPushButton[role="primary"]:disabled {{ background: {_palette.disabled}; color: {SECONDARY};
  border: 1px solid {_palette.disabled}; }}
QPushButton[role="quiet"] {{ background: transparent; border: 1px solid transparent; }}
QPushButton[role="quiet"]:hover {{ background: {SELECTION}; }}
QPushButton[role="quiet"]:focus {{ border: 3px solid {ACTION}; }}
QPushButton[role="segment"] {{ font-weight: 400; }}
QPushButton[role="segment"]:checked {{ background: {SELECTION}; border: 2px solid {ACTION}; font-weight: 600; }}
QPushButton[role="segment"]:focus {{ border: 3px solid {ACTION}; }}
QPushButton > QLabel[role="key"] {{ color: {SECONDARY}; font-size: {SMALL}px; font-weight: 400; }}
QPushButton > QLabel[role="caption"] {{ font-weight: 600; }}
QPushButton[role="primary"] > QLabel[role="caption"], QPushButton[role="primary"] > QLabel[role="key"] {{
  color: {ON_ACTION}; }}
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
QRadioButton::indicator:checked {{ border-color: {ACTION}; background: qradialgradient(cx:0.5, cy:0.5, radius:0.5,
  fx:0.5, fy:0.5, stop:0 {ACTION}, stop:0.58 {ACTION}, stop:0.66 {SURFACE}, stop:1 {SURFACE}); }}

QTableView, QListView, QTreeView {{ background: {SURFACE}; border: 3px solid {EDGE}; border-radius: 6px; outline: none;
  gridline-color: {LINE}; alternate-background-color: {_palette.striped};
  selection-background-color: {SELECTION}; selection-color: {TEXT}; }}
QTableView:focus, QListView:focus, QTreeView:focus {{ border: 3px solid {ACTION}; }}
QTableView::item {{ padding: 0 8px; border-bottom: 1px solid {EDGE}; }}
QTableView::item:selected {{ background: {SELECTION}; color: {TEXT}; }}
QListView::item {{ min-height: 40px; padding: 0 8px; }}
QListView[dense="true"]::item {{ min-height: 27px; }}
QMenu {{ background: {SURFACE}; color: {TEXT}; border: 1px solid {BORDER}; padding: 4px 0; }}
QMenu::item {{ padding: 4px 24px 4px 16px; min-height: 27px; }}
QMenu::item:selected {{ background: {SELECTION}; color: {TEXT}; }}
QMenu::item:disabled {{ color: {SECONDARY}; }}
QMenu::separator {{ height: 1px; background: {LINE}; margin: 4px 8px; }}
QHeaderView {{ background: {SURFACE}; }}
QHeaderView::section {{ background: {GROUND}; color: {SECONDARY}; border: none; border-bottom: 1px solid {LINE};
  padding: 0 11px; min-height: 34px; font-size: {SMALL}px; font-weight: 600; }}
QProgressBar {{ background: {SELECTION}; border: none; border-radius: 4px; min-height: 8px; max-height: 8px; }}
QProgressBar::chunk {{ background: {ACTION}; border-radius: 4px; }}
QScrollArea {{ border: none; background: {GROUND}; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {_palette.thumb}; border-radius: 4px; min-height: 32px; min-width: 32px; }}
QScrollBar::handle:hover {{ background: {BORDER}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QDialog QScrollArea, QDialog QScrollArea > QWidget > QWidget {{ background: {SURFACE}; }}
QDialog {{ background: {SURFACE}; border: 1px solid {BORDER}; }}
QLabel[role="small"] {{ font-size: {SMALL}px; }}
QLabel[role="keycap"] {{ font-size: {SMALL}px; color: {SECONDARY}; background: {GROUND};
  border: 1px solid {BORDER}; border-radius: 4px; padding: 0 6px; min-height: 24px; }}
QLineEdit[role="search"] {{ min-height: 32px; font-size: {SMALL}px; }}
QLineEdit[role="search"]:focus {{ min-height: 28px; }}
QPushButton[role="link"] {{ background: transparent; border: 1px solid transparent; padding: 0 8px; min-height: 30px;
  font-size: {SMALL}px; color: {ACTION}; }}
QPushButton[role="link"]:hover {{ background: {SELECTION}; }}
QPushButton[role="link"]:focus {{ border: 3px solid {ACTION}; padding: 0 6px; min-height: 26px; }}
*[surface="side"] QToolButton {{ border: 2px solid transparent; border-radius: 6px; background: transparent;
  font-size: {SMALL}px; color: {SECONDARY}; padding: 2px 0; }}
*[surface="side"] QToolButton:hover {{ background: {GROUND}; }}
*[surface="side"] QToolButton:checked {{ background: {SELECTION}; color: {ACTION}; }}
*[surface="side"] QToolButton:focus {{ border: 3px solid {ACTION}; }}
"""
