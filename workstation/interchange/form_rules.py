"""The rules of form specifications that a schema cannot say: names, loops, and the fields the program needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from workstation.domain.applicant import REQUIRED
from workstation.domain.form import SOURCE, Always, Condition, Form, FormField, Problem, fields_in

# What later stages read; the widget each must have where that is fixed.
_WIDGETS = {"birth_date": "date", "documents": "documents"}
_CHOICES = {"province_code": "provinces", "district_code": "districts", "sex": "sexes"}


def rule_problems(form: Form) -> Iterator[Problem]:
    """Everything wrong with a form that is right by its schema."""
    yield from _duplicates(form)
    yield from _unknown_fields(form)
    yield from _loops(form)
    yield from _needed(form)
    for place, field in _places(form):
        yield from _field_problems(form, place, field)


def _places(form: Form) -> Iterator[tuple[str, FormField]]:
    for s, section in enumerate(form.sections):
        for f, field in enumerate(section.fields):
            yield f"$.sections[{s}].fields[{f}]", field


def _twice(path: str, names: Iterable[str]) -> Iterator[Problem]:
    for name, count in Counter(names).items():
        if count > 1:
            yield Problem(path, "duplicate-name", name)


def _duplicates(form: Form) -> Iterator[Problem]:
    yield from _twice("$.sections", (section.name for section in form.sections))
    yield from _twice("$.sections[*].fields", (field.name for field in form.fields))
    yield from _twice("$.documents", (document.code for document in form.documents))
    yield from _twice("$.age_steps", (str(step.from_age) for step in form.age_steps))
    for place, field in _places(form):
        yield from _twice(f"{place}.choices", (choice.code for choice in field.choices))


def _conditions(form: Form) -> Iterator[tuple[str, Condition]]:
    for number, section in enumerate(form.sections):
        yield f"$.sections[{number}].visible", section.visible
    for place, field in _places(form):
        yield f"{place}.visible", field.visible
        yield f"{place}.required", field.required
    for number, document in enumerate(form.documents):
        yield f"$.documents[{number}].visible", document.visible
        yield f"$.documents[{number}].required", document.required
    for number, fee in enumerate(form.fees):
        yield f"$.fee.amounts[{number}].when", fee.when


def _unknown_fields(form: Form) -> Iterator[Problem]:
    known = {field.name for field in form.fields}
    for path, condition in _conditions(form):
        for name in fields_in(condition):
            if name not in known:
                yield Problem(path, "unknown-field", name)
    for path, name in (("$.consent.field", form.consent_field), ("$.fee.field", form.fee_field)):
        if name not in known:
            yield Problem(path, "unknown-field", name)


def _loops(form: Form) -> Iterator[Problem]:
    # The fee decides whether its field is shown; so what the fee looks at belongs to that field's conditions.
    paid = {name for fee in form.fees for name in fields_in(fee.when)}
    visible, required = {}, {}
    for section in form.sections:
        for field in section.fields:
            looked_at = {*fields_in(section.visible), *fields_in(field.visible)}
            visible[field.name] = looked_at | (paid if field.name == form.fee_field else set())
            required[field.name] = set(fields_in(field.required))
    for rule, edges in (("visible", visible), ("required", required)):
        for path, field in _places(form):
            if _comes_back(field.name, edges):
                yield Problem(f"{path}.{rule}", "loop", field.name)


def _comes_back(name: str, edges: Mapping[str, set[str]]) -> bool:
    seen: set[str] = set()
    ahead = set(edges.get(name, ()))
    while ahead:
        at = ahead.pop()
        if at == name:
            return True
        if at not in seen:
            seen.add(at)
            ahead |= edges.get(at, set())
    return False


def _needed(form: Form) -> Iterator[Problem]:
    shown_always = {
        field.name: field
        for section in form.sections
        for field in section.fields
        if section.visible == Always(True) and field.visible == Always(True)
    }
    for name in (*REQUIRED, form.consent_field):
        field = shown_always.get(name)
        if field is None or field.required != Always(True):
            yield Problem("$.sections", "needed-field", f"{name} must always be shown and required")
    if not any(step.from_age == 0 for step in form.age_steps):
        yield Problem("$.age_steps", "needed-field", "a step from age 0")


def _field_problems(form: Form, place: str, field: FormField) -> Iterator[Problem]:
    if field.name.endswith(SOURCE):
        yield Problem(f"{place}.name", "wrong-field", "the ending is kept for where a value came from")
    if field.name in _WIDGETS and field.widget != _WIDGETS[field.name]:
        yield Problem(f"{place}.widget", "wrong-field", f"must be {_WIDGETS[field.name]}")
    if field.widget == "documents" and field.name != "documents":
        yield Problem(f"{place}.widget", "wrong-field", "only the field documents shows them")
    if field.name in _CHOICES and field.choices_from != _CHOICES[field.name]:
        yield Problem(f"{place}.choices_from", "wrong-field", f"must be {_CHOICES[field.name]}")
    if (field.name == "birth_date") != (field.kind == "birth_date"):
        yield Problem(
            f"{place}.validation.kind", "wrong-field", "birth_date is the kind of the field birth_date"
        )
    if field.widget == "date" and field.kind not in ("birth_date", "past_date"):
        yield Problem(f"{place}.validation.kind", "wrong-field", "a date needs birth_date or past_date")
    if field.name in (form.consent_field, form.fee_field) and field.widget != "check":
        yield Problem(f"{place}.widget", "wrong-field", "consent and fee are check boxes")
    if field.choices and field.default and field.default not in {c.code for c in field.choices}:
        yield Problem(f"{place}.default", "wrong-default", field.default)
    if field.proposed_from:
        source = form.field(field.proposed_from)
        if source is None:
            yield Problem(f"{place}.proposed_from", "unknown-field", field.proposed_from)
        elif source.script != "lao" or field.script != "latin" or field.widget != "text":
            yield Problem(f"{place}.proposed_from", "wrong-field", "Latin text is proposed from Lao text")
