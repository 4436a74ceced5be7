"""The office that the designer's tests work in."""

from tests.ui.stages.counter_office import counter, room

__all__ = ["counter", "room"]
