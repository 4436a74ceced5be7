"""The commands on what is selected: by key while the canvas has the focus, and from the menus of the action bar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QMenu

from printing.elements import Art, Element
from printing.specification import CardLayout
from ui.designer import edits, layer_edits
from ui.designer.artwork_file import proportion, with_artwork
from ui.designer.canvas import Canvas
from ui.designer.edits import chosen
from ui.designer.history import History
from ui.designer.layer_list import LayerList
from ui.designer.new_elements import artwork_element, new_elements
from ui.designer.words import kind_name
from ui.language import _

_STEPS = (("", 0.1), ("Shift+", 1.0))
_WAYS = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}
_ALIGNMENTS = ("left", "centre", "right", "top", "middle", "bottom")


class Commands:
    """On `canvas`, each change one more in `history`; what was copied is kept from one layout to the next.

    `ask_artwork` asks for a file, which comes back to `add_artwork`.
    """

    def __init__(
        self, canvas: Canvas, history: History, layers: LayerList, ask_artwork: Callable[[], None]
    ) -> None:
        self._canvas = canvas
        self._history = history
        self._layers = layers
        self._ask_artwork = ask_artwork
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
            "PageDown": partial(canvas.go_round, 1),
            "PageUp": partial(canvas.go_round, -1),
            "Home": lambda: self._end(0),
            "End": lambda: self._end(-1),
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

    def _end(self, at: int) -> None:
        names = [element.id for element in self._canvas.touchable()]
        if names:
            self._canvas.select((names[at],))

    # Menus; whoever shows one deletes it

    def add_menu(self) -> QMenu:
        """A new element of each kind, artwork from a file, a new layer."""
        menu = QMenu(self._canvas)
        if self._history.layout is not None:
            for element in new_elements(self._history.layout):
                menu.addAction(kind_name(element), partial(self._add, element))
            menu.addSeparator()
            menu.addAction(_("Artwork from a file …"), self._ask_artwork)
            menu.addAction(_("Layer"), self._add_layer)
        return menu

    def _add(self, element: Element) -> None:
        layout, canvas = self._history.layout, self._canvas
        if layout is not None and canvas.editable:
            layer = self._layers.layer or element.layer
            made, ids = edits.added(layout, canvas.side, [replace(element, layer=layer)])
            self._history.make(made)
            canvas.select(ids)
            canvas.setFocus()

    def add_artwork(self, art: Art) -> None:
        """That artwork on the side that is seen. Raises LayoutError too-much-art."""
        layout, canvas = self._history.layout, self._canvas
        if layout is not None and canvas.editable:
            holding, name = with_artwork(layout, art)
            element = artwork_element(holding, name, proportion(art))
            made, ids = edits.added(holding, canvas.side, [element])
            self._history.make(made)
            canvas.select(ids)

    def _add_layer(self) -> None:
        layout, canvas = self._history.layout, self._canvas
        if layout is not None and canvas.editable:
            made, name = layer_edits.layer_added(layout, self._layers.layer)
            self._history.make(made)
            self._go_to_layer(name)

    def _go_to_layer(self, name: str) -> None:
        """Its line and its properties."""
        self._canvas.select(())
        self._layers.go_to(name)
        self._canvas.chosen.emit()
        self._layers.setFocus()

    def arrange_menu(self) -> QMenu:
        """Align and distribute what is selected, the order of elements, and of the layer that is gone to."""
        menu = QMenu(self._canvas)
        if self._canvas.selected:
            self._arrange_elements(menu)
        layer, layout = self._layers.layer, self._history.layout
        if layer is not None and layout is not None:
            menu.addSeparator()
            menu.addAction(_("Layer up"), lambda: self._restack_layer(layer, up=True))
            menu.addAction(_("Layer down"), lambda: self._restack_layer(layer, up=False))
            remove = menu.addAction(_("Remove the empty layer"), lambda: self._remove_layer(layer))
            remove.setEnabled(layer_edits.removable(layout, layer))
        return menu

    def _arrange_elements(self, menu: QMenu) -> None:
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

    def _align(self, how: str) -> None:
        self._edit(lambda layout, ids: edits.aligned(layout, ids, how))

    def _distribute(self, *, across: bool) -> None:
        self._edit(lambda layout, ids: edits.distributed(layout, ids, across=across))

    def _restack_layer(self, layer: str, *, up: bool) -> None:
        layout = self._history.layout
        if layout is not None and self._canvas.editable:
            self._history.make(layer_edits.layer_restacked(layout, layer, up=up))

    def _remove_layer(self, layer: str) -> None:
        layout = self._history.layout
        if layout is not None and self._canvas.editable:
            self._history.make(layer_edits.layer_removed(layout, layer))
