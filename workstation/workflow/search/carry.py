"""What was typed to find a person becomes the beginning of her application."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future

from workstation.lao.script import is_lao
from workstation.workflow.intake.steps import save_draft, start
from workstation.workflow.intake.view import view
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.search.query import understand

_TELEPHONE_DIGITS = range(8, 14)


def carried_fields(text: str) -> dict[str, str]:
    """A draft: the first Lao or Latin word is the given name, the rest the surname; one date, one telephone."""
    asked = understand(text)
    typed = list(dict.fromkeys(word.typed for word in asked.words))
    fields: dict[str, str] = {}
    for script, words in (
        ("lo", [word for word in typed if is_lao(word[:1])]),
        ("latin", [word[:1].upper() + word[1:] for word in typed if not is_lao(word[:1])]),
    ):
        if words:
            fields[f"given_name_{script}"] = words[0]
        if len(words) > 1:
            fields[f"surname_{script}"] = " ".join(words[1:])
    if len(asked.dates) == 1:
        fields["birth_date"] = asked.dates[0]
    telephones = [code.typed for code in asked.codes if len(code.telephone) in _TELEPHONE_DIGITS]
    if len(telephones) == 1:
        fields["telephone"] = telephones[0]
    return fields


def start_with(office: Office, who: SignedIn, fields: Mapping[str, str]) -> str:
    """Begins an application whose draft holds `fields`; returns its id. Raises what `start` raises."""
    application_id = start(office, who)
    if fields:
        kept: Future[None] = save_draft(
            office, who, application_id, {**view(office, application_id).fields, **fields}
        )
        kept.result()
    return application_id
