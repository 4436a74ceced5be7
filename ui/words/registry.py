"""What the centre's codes mean: why it refused an application, why it refused a message, and what to do next."""

from __future__ import annotations

from ui.language import _


def refusal_words(code: str) -> tuple[str, str]:
    """(what the centre's reason means, what to do next) of a refused application; unknown codes keep their name."""
    known = {
        "captured-by-approver": (
            _("Who approved the application took part in its capture."),
            _("Begin a new application; another supervisor approves it."),
        ),
        "capturer-unknown": (
            _("The application does not say who captured it."),
            _("Begin a new application; tell the administrator: this station is not in order."),
        ),
        "role-not-allowed": (
            _("Somebody worked on the application whose role may not."),
            _("Begin a new application; tell the administrator: this station is not in order."),
        ),
        "biographic-data-incomplete": (
            _("The name, the date of birth or the sex is missing or impossible."),
            _("Begin a new application and fill the form in from the household book."),
        ),
        "no-portrait": (
            _("The application has no photo."),
            _("Begin a new application and take the photo."),
        ),
        "too-few-fingers": (
            _("The application has fewer fingerprints than the policy asks for."),
            _("Begin a new application; take each finger, or record why one is missing."),
        ),
    }
    return known.get(
        code,
        (
            _("The centre's reason is not known here ({code}).").format(code=code or "–"),
            _("Ask the centre what it means before a new application begins."),
        ),
    )


def answer_words(number: str) -> str:
    """What the registry's number for a refused message means; empty for a number that is not known."""
    return {
        "4000": _("A part of the message is not as the centre expects it."),
        "4001": _("A picture did not arrive as it was sent."),
        "4002": _("A picture was damaged on the way."),
        "4003": _("Pictures that belong to it did not arrive."),
        "4004": _("The centre has closed this application already."),
        "4005": _("The centre does not know this application."),
        "4006": _("The centre does not know a picture that belongs to it."),
        "4007": _("The centre does not know this request for a card."),
        "4008": _("The centre does not know this card."),
        "4009": _("The centre holds another message of this number."),
        "4010": _("The message is larger than the centre takes."),
        "4011": _("The centre has not decided on a card for this application."),
        "4012": _("The centre has recorded this card as handed over already."),
        "4013": _("The centre does not offer what this station asks for."),
        "4014": _("The centre does not know this pre-registration."),
        "4015": _("The role of who did this may not do it."),
        "4016": _("The centre did not carry the request that this answers."),
        "4017": _("The time for it was over."),
        "4030": _("The centre holds another audit trail of this station."),
        "4031": _("The signature under the audit trail is not this station's."),
        "4040": _("A picture was sealed to a key that is not the centre's, or it was changed on the way."),
    }.get(number, "")
