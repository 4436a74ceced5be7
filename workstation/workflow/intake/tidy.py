"""What was typed, as it is stored for good: one encoding, single spaces, and only answers to what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from workstation.domain.form import SOURCE, Answers, Form
from workstation.domain.policy import Policy
from workstation.lao.dates import ascii_digits
from workstation.lao.encode import encode
from workstation.workflow.intake.checks import faults, is_pasted_table


def tidied(form: Form, typed: Mapping[str, str]) -> dict[str, str]:
    """Every answer of the form in the one encoding, without spaces at its ends; what else was kept stays."""
    tidy = {}
    for name, text in typed.items():
        field = form.field(name)
        value = encode(text) if field is not None and field.widget in ("text", "date") else text
        if field is not None and field.kind in ("telephone", "number"):
            value = ascii_digits(value)
        value = " ".join(value.split())
        if value:
            tidy[name] = value
    return tidy


def judged(
    form: Form, typed: Mapping[str, str], policy: Policy, today: date
) -> tuple[dict[str, str], dict[str, str]]:
    """(the fields as they would be stored, their faults as `checks.faults` names them and pasted-table)."""
    fields = tidied(form, typed)
    found = faults(form, fields, policy, today)
    answers = Answers(form, fields, today)
    for field in form.fields:
        if (
            field.widget == "text"
            and answers.shown(field.name)
            and is_pasted_table(typed.get(field.name, ""))
        ):
            found[field.name] = "pasted-table"
    return fields, found


def answered(form: Form, fields: Mapping[str, str], today: date) -> dict[str, str]:
    """Only what the form asks of this person, each with where it came from: a hidden field has no answer."""
    answers = Answers(form, fields, today)
    papers = {document.code for document in answers.documents()}
    kept = {}
    for field in form.fields:
        text = fields.get(field.name, "")
        if field.widget == "documents":
            text = ",".join(code for code in text.split(",") if code in papers)
        if text and answers.shown(field.name):
            kept[field.name] = text
            if fields.get(field.name + SOURCE):
                kept[field.name + SOURCE] = fields[field.name + SOURCE]
    return kept
