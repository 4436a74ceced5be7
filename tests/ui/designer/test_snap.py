"""Where dragged boxes come to rest."""

from __future__ import annotations

import pytest

from printing.specification import CARD_WIDTH
from ui.designer.edits import Box
from ui.designer.snap import GRID, MARGIN, Line, rest


def test_an_edge_rests_on_another_ones_edge_and_the_line_is_told() -> None:
    found = rest(Box(20.3, 30.2, 5, 5), [Box(20, 40, 9, 3)], reach=0.5)
    assert found.dx == pytest.approx(-0.3)
    assert Line(True, 20.0) in found.lines


def test_centres_rest_on_the_cards_centre() -> None:
    found = rest(Box(CARD_WIDTH / 2 - 5.2, 11.1, 10, 4.4), [], reach=0.5)
    assert found.dx == pytest.approx(0.2)
    assert Line(True, CARD_WIDTH / 2) in found.lines


def test_the_nearer_line_wins() -> None:
    found = rest(Box(10.1, 20, 3, 3), [Box(9.7, 40, 1.05, 1), Box(10.0, 44, 1, 1)], reach=0.6)
    assert found.dx == pytest.approx(-0.1)


def test_without_a_line_the_grid_holds_it() -> None:
    found = rest(Box(20.2, 30.4, 1.03, 1.03), [], reach=0.2)
    assert (20.2 + found.dx) / GRID == pytest.approx(round((20.2 + found.dx) / GRID))
    assert found.lines == ()


def test_only_the_edges_that_move_may_rest() -> None:
    found = rest(Box(MARGIN + 0.2, 20, 30.05, 3), [], reach=0.5, edges_x=("right",), edges_y=("bottom",))
    assert Line(True, MARGIN) not in found.lines
