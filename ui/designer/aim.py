"""What the mouse means: which element or handle lies under a point, and which elements lie inside a rectangle; mm."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF

from printing.elements import Element
from printing.specification import CardLayout
from ui.designer.edits import Box, chosen
from ui.designer.marks import handle_points


def touchable(
    layout: CardLayout, side: str, hidden: Collection[str], locked: Collection[str]
) -> tuple[Element, ...]:
    """What can be taken hold of on that side, from the lowest to the highest."""
    elements = layout.back if side == "back" else layout.front
    return tuple(
        element
        for element in layout.in_drawing_order(elements, preview=True)
        if element.layer not in hidden and element.layer not in locked
    )


def is_free(layout: CardLayout, ids: Collection[str], locked: Collection[str]) -> bool:
    """Whether none of these lies in a locked layer."""
    return all(element.layer not in locked for element in chosen(layout, ids))


def element_at(elements: tuple[Element, ...], at: QPointF, grow: float) -> str | None:
    """The highest one under the point, or nearer to it than `grow`."""
    for element in reversed(elements):
        if _place(element).adjusted(-grow, -grow, grow, grow).contains(at):
            return element.id
    return None


def handle_at(box: Box, at: QPointF, grasp: float) -> str:
    """The handle of that box within `grasp`, or none (empty)."""
    for name, point in handle_points(box).items():
        if abs(point.x() - at.x()) <= grasp and abs(point.y() - at.y()) <= grasp:
            return name
    return ""


def within(elements: tuple[Element, ...], place: QRectF) -> tuple[str, ...]:
    """Those that lie inside as a whole."""
    return tuple(element.id for element in elements if place.contains(_place(element)))


def _place(element: Element) -> QRectF:
    return QRectF(element.x, element.y, element.width, element.height)
