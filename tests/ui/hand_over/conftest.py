"""The office that the tests of this room work in."""

from tests.ui.stages.counter_office import counter, room

__all__ = ["counter", "room"]
