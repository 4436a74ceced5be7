"""The sentences of refusals and field faults, behind ui.messages: what happened, what is kept, what to do next."""

from __future__ import annotations

from ui.message_texts.application import APPLICATION
from ui.message_texts.card import CARD
from ui.message_texts.fields import FIELD_FAULTS
from ui.message_texts.hand_over import HAND_OVER
from ui.message_texts.office import OFFICE
from ui.message_texts.parts import Texts
from ui.message_texts.people import PEOPLE
from workstation.domain.refused import Reason

REFUSALS: dict[Reason, Texts] = {**PEOPLE, **APPLICATION, **CARD, **HAND_OVER, **OFFICE}

__all__ = ["FIELD_FAULTS", "REFUSALS", "Texts"]
