"""Forms as data: the sections, fields, documents, consent and fee of one kind of application, and what applies when.

Conditions look at other answers and at the applicant's age, never run code. A field that is not shown has no
answer: conditions on it do not hold, whatever was typed there before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from workstation.domain.applicant import PartialDate

KINDS = ("first_issue", "renewal", "replacement", "correction", "change_of_residence")
YES = "yes"
SOURCE = "_source"
# Where a value came from; kept beside it as FIELD_source.
TYPED, PROPOSED, DOCUMENT, PRE_REGISTRATION = "typed", "proposed", "document", "pre_registration"


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a form specification: where (JSON path), a stable code, and the facts."""

    path: str
    code: str
    detail: str = ""


class FormDamaged(Exception):
    """A form specification that cannot be used; `problems` names everything wrong with it."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.path}: {p.code} {p.detail}".rstrip() for p in problems))
        self.problems = problems


@dataclass(frozen=True)
class Words:
    """One text in both languages."""

    lo: str
    en: str

    def spoken(self, language: str) -> str:
        """The text in "lo" or "en"."""
        return self.lo if language == "lo" else self.en


@dataclass(frozen=True)
class Always:
    """Holds, or never holds."""

    value: bool


@dataclass(frozen=True)
class FieldIs:
    """The answer of `field` is one of `values`."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class FieldFilled:
    """There is an answer to `field`."""

    field: str


@dataclass(frozen=True)
class AgeIs:
    """The certain age is at least `from_age` and under `below` (None: no upper end). Never while it is unknown."""

    from_age: int
    below: int | None


@dataclass(frozen=True)
class Every:
    """All of them hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Some:
    """At least one of them holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Inverse:
    """The part does not hold."""

    part: Condition


Condition: TypeAlias = Always | FieldIs | FieldFilled | AgeIs | Every | Some | Inverse


def fields_in(condition: Condition) -> Iterator[str]:
    """The fields that the condition looks at."""
    if isinstance(condition, FieldIs | FieldFilled):
        yield condition.field
    elif isinstance(condition, AgeIs):
        yield "birth_date"
    elif isinstance(condition, Every | Some):
        for part in condition.parts:
            yield from fields_in(part)
    elif isinstance(condition, Inverse):
        yield from fields_in(condition.part)


@dataclass(frozen=True)
class FormChoice:
    """One line of a list."""

    code: str
    name: Words


@dataclass(frozen=True)
class FormField:
    """One field. `span` is its width in sixths of its section; `choices_from` names a shipped list of codes.

    `kind` is what its text must be: text, birth_date, past_date, telephone, number; `script` lao, latin or any;
    `longest` in characters. `proposed_from` names the Lao field from which a Latin spelling is proposed.
    """

    name: str
    widget: str
    span: int
    label: Words
    hint: Words | None
    required: Condition
    visible: Condition
    kind: str
    script: str
    longest: int
    choices_from: str
    choices: tuple[FormChoice, ...]
    proposed_from: str
    default: str


@dataclass(frozen=True)
class FormSection:
    """Fields under one title; `side` is the place on the page: the left or right column, or a row at the foot."""

    name: str
    title: Words
    side: str
    visible: Condition
    fields: tuple[FormField, ...]


@dataclass(frozen=True)
class FormDocument:
    """A paper that may or must be shown."""

    code: str
    label: Words
    required: Condition
    visible: Condition


@dataclass(frozen=True)
class FormAgeStep:
    """From `from_age` full years on. What is captured then is the policy's, by the same ages."""

    from_age: int
    name: Words


@dataclass(frozen=True)
class Fee:
    """An amount in whole units of `currency`, where `when` holds."""

    amount: int
    when: Condition


@dataclass(frozen=True)
class Form:
    """One version of a form. `version` is its kind, number and the first 12 hex digits of its SHA-256."""

    kind: str
    version: str
    name: Words
    age_steps: tuple[FormAgeStep, ...]
    sections: tuple[FormSection, ...]
    documents: tuple[FormDocument, ...]
    consent_field: str
    fee_field: str
    currency: str
    fees: tuple[Fee, ...]

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Every field in reading order."""
        return tuple(field for section in self.sections for field in section.fields)

    def field(self, name: str) -> FormField | None:
        """The field of that name."""
        return next((field for field in self.fields if field.name == name), None)

    def defaults(self) -> dict[str, str]:
        """What stands in a new draft."""
        return {field.name: field.default for field in self.fields if field.default}

    def age_step(self, age: int | None) -> FormAgeStep | None:
        """The step of that age; None while the age is not known."""
        steps = [step for step in self.age_steps if age is not None and step.from_age <= age]
        return max(steps, key=lambda step: step.from_age) if steps else None


class Answers:
    """What applies in `form` for these answers on that day."""

    def __init__(self, form: Form, fields: Mapping[str, str], today: date) -> None:
        self._form = form
        self._fields = fields
        self.age = age_of(fields, today)
        self._conditions = {
            field.name: (section.visible, field.visible)
            for section in form.sections
            for field in section.fields
        }
        self._shown: dict[str, bool] = {}

    def shown(self, name: str) -> bool:
        """Whether that field of the form is on the page. A form without loops is checked before it is used."""
        if name not in self._shown:
            by_form = all(self.hold(condition) for condition in self._conditions.get(name, (Always(False),)))
            self._shown[name] = by_form and (name != self._form.fee_field or self.fee() > 0)
        return self._shown[name]

    def required(self, field: FormField) -> bool:
        """Whether a shown field needs an answer."""
        return field.name == self._form.fee_field or self.hold(field.required)

    def hold(self, condition: Condition) -> bool:
        """Whether the condition holds."""
        if isinstance(condition, Always):
            return condition.value
        if isinstance(condition, FieldIs):
            return self.shown(condition.field) and self._fields.get(condition.field, "") in condition.values
        if isinstance(condition, FieldFilled):
            return self.shown(condition.field) and bool(self._fields.get(condition.field, "").strip())
        if isinstance(condition, AgeIs):
            upper = condition.below if condition.below is not None else 1000
            return self.age is not None and condition.from_age <= self.age < upper
        if isinstance(condition, Every):
            return all(self.hold(part) for part in condition.parts)
        if isinstance(condition, Some):
            return any(self.hold(part) for part in condition.parts)
        return not self.hold(condition.part)

    def documents(self) -> tuple[FormDocument, ...]:
        """The papers that may be shown."""
        return tuple(document for document in self._form.documents if self.hold(document.visible))

    def documents_needed(self) -> tuple[FormDocument, ...]:
        """The papers that must be shown."""
        return tuple(document for document in self.documents() if self.hold(document.required))

    def fee(self) -> int:
        """What is to be paid: the first amount whose condition holds, else nothing."""
        return next((fee.amount for fee in self._form.fees if self.hold(fee.when)), 0)


def age_of(fields: Mapping[str, str], today: date) -> int | None:
    """Full years that are certain today; None without a date of birth or with one in the future."""
    try:
        born = PartialDate.parse(fields.get("birth_date", ""))
    except ValueError:
        return None
    return max(0, born.age_on(today)) if born.earliest() <= today else None
