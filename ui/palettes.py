"""The named colours of each appearance: light, dark, high contrast; a test holds the contrast of WCAG 2.1 (1.4.3)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Colours as "#rrggbb". `states`: kind -> (ink, ground); text on `ground`, `surface` and a state's ground."""

    ground: str
    surface: str
    text: str
    secondary: str
    line: str
    # A list keeps the width of its edge when the focus comes: Qt does not lay a header out anew for it.
    edge: str
    border: str
    action: str
    action_down: str
    on_action: str
    selection: str
    disabled: str
    striped: str
    thumb: str
    # Which drawings of tick and arrow are seen on these grounds.
    drawings: str
    states: dict[str, tuple[str, str]]


LIGHT = Palette(
    ground="#F4F6F8",
    surface="#FFFFFF",
    text="#17212B",
    secondary="#4B5A69",
    line="#D5DCE3",
    edge="#E8ECF0",
    border="#7A8794",
    action="#0B5CAD",
    action_down="#084A8C",
    on_action="#FFFFFF",
    selection="#DCEBFA",
    disabled="#DDE3E9",
    striped="#FAFBFC",
    thumb="#B8C2CC",
    drawings="",
    states={
        "good": ("#1B6B3A", "#E3F3E8"),
        "attention": ("#8A4B00", "#FFF1D6"),
        "stopped": ("#B3261E", "#FCE8E6"),
        "waiting": ("#5B3E99", "#EEE8F8"),
        "plain": ("#4B5A69", "#E8ECF0"),
        "action": ("#0B5CAD", "#DCEBFA"),
    },
)
DARK = Palette(
    ground="#14191F",
    surface="#1D242C",
    text="#E8EDF2",
    secondary="#A9B6C3",
    line="#323C47",
    edge="#2A333D",
    border="#75828F",
    action="#6FB1F5",
    action_down="#93C5F8",
    on_action="#10161C",
    selection="#203F5E",
    disabled="#2A333D",
    striped="#20272F",
    thumb="#4B5865",
    drawings="-dark",
    states={
        "good": ("#7FD69B", "#173524"),
        "attention": ("#FFC266", "#3D2A0B"),
        "stopped": ("#FF9C93", "#431A17"),
        "waiting": ("#C9B4F5", "#2C2342"),
        "plain": ("#A9B6C3", "#2A333D"),
        "action": ("#6FB1F5", "#203F5E"),
    },
)
CONTRAST = Palette(
    ground="#FFFFFF",
    surface="#FFFFFF",
    text="#000000",
    secondary="#1F1F1F",
    line="#000000",
    edge="#8C8C8C",
    border="#000000",
    action="#003A80",
    action_down="#00224D",
    on_action="#FFFFFF",
    selection="#FFE680",
    disabled="#E6E6E6",
    striped="#FFFFFF",
    thumb="#000000",
    drawings="",
    states={
        "good": ("#00401A", "#FFFFFF"),
        "attention": ("#5C2E00", "#FFFFFF"),
        "stopped": ("#8A0000", "#FFFFFF"),
        "waiting": ("#35147A", "#FFFFFF"),
        "plain": ("#000000", "#FFFFFF"),
        "action": ("#003A80", "#FFFFFF"),
    },
)
PALETTES: dict[str, Palette] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
