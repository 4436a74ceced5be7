"""The commands on what is selected: by key while the canvas has the focus, and from the menus of the action bar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu

from printing.elements import Element
from printing.specification import CardLayout
from ui.designer import edits
from ui.designer.canvas import Canvas
from ui.designer.edits import chosen
from ui.designer.history import History
from ui.designer.lists import LayerList
from ui.designer.new_elements import new_elements
from ui.designer.words import kind_name
from ui.language import _

_STEPS = (("", 0.1), ("Shift+", 1.0))
_WAYS = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}
_ALIGNMENTS = ("left", "centre", "right", "top", "middle", "bottom")


class Commands:
    """On `canvas`, each change one more in `history`; what was copied is kept from one layout to the next."""

    def __init__(self, canvas: Canvas, history: History, layers: LayerList) -> None:
        self._canvas = canvas
        self._history = history
        self._layers = layers
        self._clipboard: tuple[Element, ...] = ()

    def by_key(self) -> dict[str, Callable[[], None]]:
        """What each key does while the canvas has the focus, as ui.keys writes chords."""
        canvas, stack = self._canvas, self._history.stack
        commands: dict[str, Callable[[], None]] = {
            "Delete": self._remove,
            "Ctrl+A": lambda: canvas.select([e.id for e in canvas.touchable()]),
            "Ctrl+C": self._copy,
            "Ctrl+X": self._cut,
            "Ctrl+V": self._paste,
            "Ctrl+D": self._duplicate,
            "Ctrl+Z": stack.undo,
            "Ctrl+Y": stack.redo,
            "Ctrl+Shift+Z": stack.redo,
            "Ctrl+0": canvas.fit,
            "Ctrl+Up": lambda: self._restack(up=True),
            "Ctrl+Down": lambda: self._restack(up=False),
            "PageDown": lambda: self._step(1),
            "PageUp": lambda: self._step(-1),
            "Ctrl+PageUp": lambda: canvas.zoom_by(1.25),
            "Ctrl+PageDown": lambda: canvas.zoom_by(0.8),
        }
        for modifier, step in _STEPS:
            for key, (x, y) in _WAYS.items():
                commands[modifier + key] = self._nudge(x * step, y * step)
        return commands

    def _edit(self, made: Callable[[CardLayout, tuple[str, ...]], CardLayout], merge: str = "") -> None:
        layout, canvas = self._history.layout, self._canvas
        if layout is not None and canvas.editable and canvas.selected:
            taken = [e for e in chosen(layout, canvas.selected) if e.layer not in canvas.locked]
            self._history.make(made(layout, tuple(e.id for e in taken)), merge)

    def _nudge(self, x: float, y: float) -> Callable[[], None]:
        return lambda: self._edit(
            lambda layout, ids: edits.moved(layout, ids, x, y), f"nudge:{','.join(self._canvas.selected)}"
        )

    def _remove(self) -> None:
        self._edit(edits.removed)

    def _copy(self) -> None:
        if self._history.layout is not None and self._canvas.selected:
            self._clipboard = chosen(self._history.layout, self._canvas.selected)

    def _cut(self) -> None:
        self._copy()
        self._remove()

    def _paste(self) -> None:
        layout, canvas = self._history.layout, self._canvas
        if layout is not None and canvas.editable and self._clipboard:
            made, ids = edits.copied(layout, canvas.side, self._clipboard)
            self._history.make(made)
            canvas.select(ids)

    def _duplicate(self) -> None:
        held = self._clipboard
        self._copy()
        self._paste()
        self._clipboard = held

    def _restack(self, *, up: bool) -> None:
        self._edit(lambda layout, ids: edits.restacked(layout, ids[0], up=up) if ids else layout)

    def _step(self, way: int) -> None:
        """From one element to the next, as they lie."""
        names = [element.id for element in self._canvas.touchable()]
        if names:
            held = self._canvas.selected[:1]
            at = names.index(held[0]) + way if held and held[0] in names else 0
            self._canvas.select((names[at % len(names)],))

    def add_menu(self) -> QMenu:
        """A new element of each kind; whoever shows it deletes it."""
        menu = QMenu(self._canvas)
        if self._history.layout is not None:
            for element in new_elements(self._history.layout):
                menu.addAction(kind_name(element), partial(self._add, element))
        return menu

    def _add(self, element: Element) -> None:
        layout, canvas = self._history.layout, self._canvas
        if layout is not None and canvas.editable:
            made, ids = edits.added(layout, canvas.side, [element])
            self._history.make(made)
            canvas.select(ids)
            canvas.setFocus()

    def arrange_menu(self) -> QMenu:
        """Align, distribute, and the order of elements and layers; whoever shows it deletes it."""
        menu = QMenu(self._canvas)
        words = {
            "left": _("Align left"),
            "centre": _("Align centres"),
            "right": _("Align right"),
            "top": _("Align top"),
            "middle": _("Align middles"),
            "bottom": _("Align bottom"),
        }
        for how in _ALIGNMENTS:
            menu.addAction(words[how], partial(self._align, how))
        menu.addSeparator()
        menu.addAction(_("Equal gaps across"), partial(self._distribute, across=True))
        menu.addAction(_("Equal gaps down"), partial(self._distribute, across=False))
        menu.addSeparator()
        menu.addAction(_("Element forward"), lambda: self._restack(up=True))
        menu.addAction(_("Element backward"), lambda: self._restack(up=False))
        layer = self._layers.layer
        if layer is not None:
            menu.addAction(_("Layer up"), lambda: self._restack_layer(layer, up=True))
            menu.addAction(_("Layer down"), lambda: self._restack_layer(layer, up=False))
        return menu

    def _align(self, how: str) -> None:
        self._edit(lambda layout, ids: edits.aligned(layout, ids, how))

    def _distribute(self, *, across: bool) -> None:
        self._edit(lambda layout, ids: edits.distributed(layout, ids, across=across))

    def _restack_layer(self, layer: str, *, up: bool) -> None:
        layout = self._history.layout
        if layout is not None and self._canvas.editable:
            self._history.make(edits.layer_restacked(layout, layer, up=up))
