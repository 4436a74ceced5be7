"""A dialog as high as what it asks, in the middle of its window and never beyond the window's edge."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

# Margins, spacing and the row of buttons.
_BESIDE, _AROUND = 48, 104


def fit_dialog(dialog: QDialog, asked: QWidget, width: int) -> None:
    """`asked` is what scrolls in it where the window is lower; its layout must be made."""
    parent, layout = dialog.parentWidget(), asked.layout()
    assert isinstance(parent, QWidget)
    assert layout is not None
    layout.invalidate()
    # The layouts in it, too: what was hidden before the dialog is shown counts in them until they are asked anew.
    layout.activate()
    wide = min(width, max(480, parent.width() - 80))
    needed = max(layout.sizeHint().height(), layout.totalHeightForWidth(wide - _BESIDE)) + _AROUND
    high = min(needed, parent.height() - 24)
    dialog.setFixedWidth(wide)
    dialog.resize(wide, high)
    middle = parent.mapToGlobal(parent.rect().center())
    dialog.move(middle.x() - wide // 2, middle.y() - high // 2)
