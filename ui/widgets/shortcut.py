"""A key as it is printed on the keyboard, beside the words of what it does."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.words import key_name


class Shortcut(QLabel):
    """`key` as ui.keys writes chords ("Ctrl+Return", "F8")."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.setProperty("role", "keycap")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.set(key)

    def set(self, key: str) -> None:
        """Shows another key."""
        self.setText(key_name(key))
        self.setAccessibleName(key_name(key))
