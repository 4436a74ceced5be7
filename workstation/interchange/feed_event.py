"""What an event of the registry's feed is: a decision, a pre-registration, its withdrawal, a form, a layout, or a
letter about an approval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from workstation.interchange import (
    approval_letter,
    decision,
    form_event,
    pre_registration_event,
    signed_layout,
)
from workstation.interchange.approval_letter import LetterArrived
from workstation.interchange.decision import Decision
from workstation.interchange.form_event import FormSent
from workstation.interchange.pre_registration_event import PreRegistrationArrived, PreRegistrationWithdrawn
from workstation.interchange.signed_layout import LayoutSent

FeedEvent: TypeAlias = (
    Decision | PreRegistrationArrived | PreRegistrationWithdrawn | FormSent | LayoutSent | LetterArrived
)


def from_event(event: Mapping[str, Any]) -> FeedEvent:
    """Reads it by its type, strictly; raises MessageDamaged, also for a type that is none of these."""
    kind = event.get("type")
    if kind in (pre_registration_event.ARRIVED, pre_registration_event.WITHDRAWN):
        return pre_registration_event.from_event(event)
    if kind == form_event.KIND:
        return form_event.from_event(event)
    if kind == approval_letter.TYPE:
        return approval_letter.from_event(event)
    if kind == signed_layout.KIND:
        return signed_layout.from_event(event)
    return decision.from_event(event)
