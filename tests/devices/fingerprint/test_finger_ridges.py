"""Invented prints: the same numbers give the same pixels, other numbers another finger."""

import numpy as np
import pytest

from devices.simulated.finger_ridges import HEIGHT, WIDTH, finger


def test_shape_and_greys() -> None:
    print_ = finger(7)
    assert print_.shape == (HEIGHT, WIDTH)
    assert print_.dtype == np.uint8
    assert print_[:4, :4].mean() > 230
    assert np.percentile(print_[100:220, 80:190], 10) < 80


def test_repeatable() -> None:
    assert np.array_equal(finger(7, 3), finger(7, 3))


@pytest.mark.parametrize("other", [(8, 0), (7, 1)])
def test_fingers_and_placings_differ(other: tuple[int, int]) -> None:
    assert np.abs(finger(7).astype(int) - finger(*other)).mean() > 20
