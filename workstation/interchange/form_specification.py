"""Form specifications as documents: JSON checked by schema, by its stated hash and by rules a schema cannot say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator, ValidationError  # type: ignore[import-untyped]  # ships no types

from workstation.domain import form as forms
from workstation.domain.form import (
    Always,
    Condition,
    Form,
    FormAgeStep,
    FormChoice,
    FormDamaged,
    FormDocument,
    FormField,
    FormSection,
    Problem,
    Words,
)
from workstation.interchange.canonical import canonical_sha256, read_json_object
from workstation.interchange.errors import MessageDamaged
from workstation.interchange.form_rules import rule_problems

LARGEST = 1_000_000  # bytes; the longest shipped form has 20,000
_LONGEST_TEXT = 120  # the longest of 8,940 village names has 36 letters; what is longer is a paste gone wrong


@cache
def _validator() -> Draft202012Validator:
    text = (files("resources") / "forms" / "schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def stated_hash(document: Mapping[str, Any]) -> str:
    """What the member `sha256` must say: SHA-256 of the canonical bytes (RFC 8785) of all other members."""
    return canonical_sha256({name: value for name, value in document.items() if name != "sha256"})


def read_form(document: bytes) -> Form:
    """The form in `document` (UTF-8 JSON). Raises FormDamaged naming every problem.

    Codes: too-large, not-json, too-deep, schema, unknown-widget, language-missing, wrong-hash, and the rules' codes
    duplicate-name, unknown-field, loop, needed-field, wrong-field, wrong-default.
    """
    if len(document) > LARGEST:
        raise FormDamaged(Problem("$", "too-large", f"{len(document)} bytes, at most {LARGEST}"))
    try:
        data = read_json_object(document)
    except MessageDamaged as fault:
        raise FormDamaged(Problem("$", "not-json")) from fault
    try:
        problems = [_schema_problem(error) for error in _errors(data)]
        if not problems:
            found = _form(data)
            problems = list(rule_problems(found))
        problems += _hash_problems(data)
    except RecursionError as fault:
        raise FormDamaged(Problem("$", "too-deep")) from fault
    if problems:
        raise FormDamaged(*problems)
    return found


def _hash_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    try:
        true = stated_hash(data)
    except MessageDamaged as fault:
        yield Problem("$", "not-json", fault.code)
        return
    if isinstance(data.get("sha256"), str) and data["sha256"] != true:
        yield Problem("$.sha256", "wrong-hash", f"the content has {true}")


def _errors(data: Mapping[str, Any]) -> list[ValidationError]:
    return sorted(_validator().iter_errors(data), key=lambda error: error.json_path)


def _schema_problem(error: ValidationError) -> Problem:
    code = "schema"
    if error.validator == "enum" and error.path and error.path[-1] == "widget":
        code = "unknown-widget"
    elif error.validator == "required" and set(error.validator_value) == {"lo", "en"}:
        code = "language-missing"
    return Problem(error.json_path, code, error.message[:200])


def _words(data: Mapping[str, str]) -> Words:
    return Words(data["lo"], data["en"])


def _condition(data: Any) -> Condition:
    if isinstance(data, bool):
        return Always(data)
    if "field" in data:
        return forms.FieldIs(data["field"], tuple(data["is"]))
    if "filled" in data:
        return forms.FieldFilled(data["filled"])
    if "age" in data:
        return forms.AgeIs(data["age"].get("from", 0), data["age"].get("below"))
    if "all" in data:
        return forms.Every(tuple(_condition(part) for part in data["all"]))
    if "any" in data:
        return forms.Some(tuple(_condition(part) for part in data["any"]))
    return forms.Inverse(_condition(data["not"]))


def _field(data: Mapping[str, Any]) -> FormField:
    validation = data.get("validation", {})
    return FormField(
        name=data["name"],
        widget=data["widget"],
        span=data.get("span", 6),
        label=_words(data["label"]),
        hint=_words(data["hint"]) if "hint" in data else None,
        required=_condition(data.get("required", False)),
        visible=_condition(data.get("visible", True)),
        kind=validation.get("kind", "text"),
        script=validation.get("script", "any"),
        longest=validation.get("longest", _LONGEST_TEXT),
        choices_from=data.get("choices_from", ""),
        choices=tuple(FormChoice(c["code"], _words(c["name"])) for c in data.get("choices", ())),
        proposed_from=data.get("proposed_from", ""),
        default=data.get("default", ""),
    )


def _form(data: Mapping[str, Any]) -> Form:
    return Form(
        kind=data["form"],
        version=f"{data['form']}-{data['version']}+{stated_hash(data)[:12]}",
        name=_words(data["name"]),
        age_steps=tuple(FormAgeStep(step["from_age"], _words(step["name"])) for step in data["age_steps"]),
        sections=tuple(
            FormSection(
                section["name"],
                _words(section["title"]),
                section["side"],
                _condition(section.get("visible", True)),
                tuple(_field(field) for field in section["fields"]),
            )
            for section in data["sections"]
        ),
        documents=tuple(
            FormDocument(
                document["code"],
                _words(document["label"]),
                _condition(document.get("required", False)),
                _condition(document.get("visible", True)),
            )
            for document in data["documents"]
        ),
        consent_field=data["consent"]["field"],
        fee_field=data["fee"]["field"],
        currency=data["fee"]["currency"],
        fees=tuple(
            forms.Fee(fee["amount"], _condition(fee.get("when", True))) for fee in data["fee"]["amounts"]
        ),
    )
