"""The sentences of the search: how something matched, and the answer to "is my card ready?"."""

from __future__ import annotations

from ui.language import _
from ui.words import stage_name
from ui.words.registry import refusal_words
from workstation import clock
from workstation.domain.stages import ENDS, Stage
from workstation.workflow.search.answer import Answer
from workstation.workflow.search.find import Hit
from workstation.workflow.search.judgement import How


def field_word(field: str) -> str:
    """A field of the index as people call it."""
    return {
        "number": _("Application number"),
        "identity_number": _("Identity number"),
        "household_number": _("Household book number"),
        "telephone": _("Phone number"),
        "birth_date": _("Date of birth"),
        "village": _("Village"),
        "name_lo": _("Name (Lao)"),
        "name_latin": _("Name (Latin)"),
        "sex": _("Sex"),
    }[field]


def how_word(how: How) -> str:
    """In what way it matched."""
    return {
        How.EXACT: _("exactly"),
        How.PREFIX: _("begins so"),
        How.SOUND: _("sounds alike"),
        How.PART: _("a part of it"),
        How.SPELLING: _("spelled otherwise"),
    }[how]


def matched_words(hit: Hit) -> str:
    """The weakest match in words: "Name (Lao): sounds alike"."""
    if not hit.matched:
        return ""
    weakest = max(hit.matched, key=lambda match: match.how)
    return f"{field_word(weakest.field)}: {how_word(weakest.how)}"


def ready_sentence(answer: Answer) -> str:
    """Where the card is, what is still to come; a day is promised by nobody here."""
    since = f"{clock.office_day(answer.since):%d/%m/%Y}"
    if answer.ready:
        return _("Yes, the card is ready: it can be handed over since {day}.").format(day=since)
    if answer.stage is Stage.CLOSED:
        return _("The card was handed over on {day}.").format(day=since)
    if answer.stage in ENDS:
        ended = _("No card comes from this application: {stage}, {day}.").format(
            stage=stage_name(answer.stage), day=since
        )
        refused = answer.stage is Stage.REFUSED_BY_REGISTRY
        return f"{ended} {refusal_words(answer.ending)[0] if refused else answer.ending}".strip()
    return _("Not yet: at {stage} since {day}. Still to come: {stages}. No day can be promised.").format(
        stage=stage_name(answer.stage),
        day=since,
        stages=", ".join(stage_name(stage) for stage in answer.to_come),
    )
