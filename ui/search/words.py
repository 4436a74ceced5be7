"""The sentences of the search: how something matched, and the answer to "is my card ready?"."""

from __future__ import annotations

from datetime import date

from ui.language import _, language
from ui.words import stage_name
from ui.words.registry import refusal_words
from workstation import clock
from workstation.domain.stages import ENDS, Stage
from workstation.lao.dates import format_date_in_words
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
    """Where the card lies, what is still to come, and when the person was told to come back."""
    since = f"{clock.office_day(answer.since):%d/%m/%Y}"
    if answer.ready:
        ready = _("Yes, the card is ready: it can be handed over since {day}.").format(day=since)
        lies = _("It lies at {place}.").format(place=answer.place) if answer.place else ""
        return f"{ready} {lies or _('It is not filed in a box yet.')}"
    if answer.seal:
        return _("The card is not here: it left in the parcel {seal}.").format(seal=answer.seal)
    if answer.stage is Stage.CLOSED:
        return _("The card was handed over on {day}.").format(day=since)
    if answer.stage in ENDS:
        ended = _("No card comes from this application: {stage}, {day}.").format(
            stage=stage_name(answer.stage), day=since
        )
        refused = answer.stage is Stage.REFUSED_BY_REGISTRY
        return f"{ended} {refusal_words(answer.ending)[0] if refused else answer.ending}".strip()
    waiting = _("Not yet: at {stage} since {day}. Still to come: {stages}.").format(
        stage=stage_name(answer.stage),
        day=since,
        stages=", ".join(stage_name(stage) for stage in answer.to_come),
    )
    return f"{waiting} {_promise(answer.come_back)}"


def _promise(come_back: date | None) -> str:
    if come_back is None:
        return _("No day can be promised.")
    day = day_in_words(come_back)
    if come_back < clock.office_day(clock.now()):
        return _("It was promised for {day}, and that day has passed.").format(day=day)
    return _("The person was told to come back on {day}.").format(day=day)


def day_in_words(day: date) -> str:
    """A day with the name of its month, in the language spoken now."""
    return format_date_in_words(day.isoformat(), "lo" if language() == "lo" else "en")
