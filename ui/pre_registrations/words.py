"""The sentences about a pre-registration: where it stands and what to do next."""

from __future__ import annotations

from ui.language import _
from ui.words.fields import field_label
from workstation.domain.applicant import FIELDS
from workstation.workflow.pre_registrations.view import FoundPreRegistration, State


def state_sentence(found: FoundPreRegistration, *, may_capture: bool) -> tuple[str, str]:
    """(kind of the strip, sentence)."""
    number = found.number
    if found.state is State.OPENED:
        text = _("Pre-registration {number} was opened already: application {application}. Enter shows it.")
        return "waiting", text.format(number=number, application=found.application_number)
    if found.state is State.WITHDRAWN:
        return "stopped", _("Pre-registration {number} was withdrawn by the person.").format(number=number)
    if found.state is State.EXPIRED:
        day = f"{found.expires:%d/%m/%Y}" if found.expires is not None else "–"
        text = _("Pre-registration {number} could be opened until {day} only.")
        return "stopped", text.format(number=number, day=day)
    if found.state is State.NOT_HERE:
        text = _(
            "Pre-registration {number} has not arrived here yet. Begin by hand: the number is kept with the "
            "application."
        )
        return "attention", text.format(number=number)
    if not may_capture:
        return "waiting", _("Pre-registration {number}").format(number=number)
    if found.likely:
        text = _("Somebody like this is in the office already. Look first; Ctrl+N begins all the same.")
        return "attention", text
    if found.from_slip:
        text = _("Read from the slip itself: nobody has checked it. Every value is confirmed after opening.")
        return "attention", text
    return "good", _("Enter begins the application with these values; each is confirmed after opening.")


def said_label(name: str) -> str:
    """What a field of a pre-registration is called."""
    if name in FIELDS:
        return field_label(name)
    return {
        "religious_name_lo": _("Religious name (Lao)"),
        "religious_name_latin": _("Religious name (Latin)"),
        "guardian_name_lo": _("Guardian: name"),
        "guardian_relation": _("Guardian: relation"),
        "guardian_identity_number": _("Guardian: identity number"),
        "guardian_telephone": _("Guardian: phone number"),
    }[name]
