"""The rules of review, pure: what the reviewer must have looked at.

Point ids are stable; words are the window's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from workstation.biometrics.portrait.examine import Requirement, Verdict
from workstation.database.captures import StoredFinger
from workstation.database.reviews import OtherApplication
from workstation.domain.applicant import LAO_FIELDS, LATIN_FIELDS, full_name_latin, full_name_lo
from workstation.domain.form import SOURCE
from workstation.domain.policy import Policy
from workstation.domain.refused import Reason, Refused
from workstation.lao.canonical import canonical
from workstation.workflow.fingerprints.checks import is_good

# What describes the person or the household. A new telephone or house number is no contradiction.
COMPARED = (
    "given_name_lo",
    "surname_lo",
    "given_name_latin",
    "surname_latin",
    "sex",
    "birth_date",
    "place_of_birth",
    "origin",
    "nationality",
    "ethnic_group",
    "household_number",
    "province_code",
    "district_code",
    "village",
)


class PointKind(StrEnum):
    """In the order in which a reviewer meets them: contradictions first."""

    OTHER_APPLICATION = "other-application"
    DIFFERENCE = "difference"
    CARRIED = "carried"
    PROPOSED = "proposed"
    FORCED_PORTRAIT = "forced-portrait"
    RED_REQUIREMENT = "red-requirement"
    AMBER_REQUIREMENT = "amber-requirement"
    MISSING_FINGER = "missing-finger"
    LOW_FINGER = "low-finger"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Point:
    """One thing to look at. `about` is a field, a requirement, a finger position (1..10) or an application's number;
    `now` and `before` are stored values: before is that of the other application."""

    id: str
    kind: PointKind
    about: str
    now: str = ""
    before: str = ""


@dataclass(frozen=True)
class Compared:
    """The application that is compared, and how many others there are of the same person in all; `same_number`: it
    has the same identity or card number, not only the same name and date of birth."""

    other: OtherApplication
    count: int
    same_number: bool


def identity_number_of(fields: Mapping[str, str]) -> str:
    """The identity number that the applicant has already, digits only; empty for a first issue."""
    return "".join(filter(str.isdecimal, fields.get("identity_number", "")))


def old_card_of(fields: Mapping[str, str]) -> str:
    """The number of the applicant's present card without spaces and hyphens; empty where none is named."""
    return "".join(filter(str.isalnum, fields.get("old_document_number", ""))).upper()


def same_person(fields: Mapping[str, str], others: Sequence[OtherApplication]) -> Compared | None:
    """Which of `others` (newest first) to compare with: the same number comes before the same name."""
    number, card = identity_number_of(fields), old_card_of(fields)
    numbered = [
        other
        for other in others
        if (number and number in (other.identity_number, identity_number_of(other.fields)))
        or (card and card in (other.document_number, old_card_of(other.fields)))
    ]
    named = [other for other in others if other not in numbered and _same_name(fields, other.fields)]
    alike = (*numbered, *named)
    return Compared(alike[0], len(alike), bool(numbered)) if alike else None


def _same_name(fields: Mapping[str, str], other: Mapping[str, str]) -> bool:
    if not fields.get("birth_date") or fields["birth_date"] != other.get("birth_date"):
        return False
    lao, latin = full_name_lo(fields), full_name_latin(fields)
    return bool(
        (lao and canonical(lao) == canonical(full_name_lo(other)))
        or (latin and latin.casefold() == full_name_latin(other).casefold())
    )


def _compares(name: str, text: str) -> str:
    if name in LAO_FIELDS:
        return canonical(text)
    return text.casefold() if name in LATIN_FIELDS else text


def differences(fields: Mapping[str, str], before: Mapping[str, str]) -> tuple[str, ...]:
    """The fields of which the earlier application held something else. What it left empty is no contradiction."""
    return tuple(
        name
        for name in COMPARED
        if before.get(name) and _compares(name, before[name]) != _compares(name, fields.get(name, ""))
    )


def points(
    fields: Mapping[str, str],
    compared: Compared | None,
    carried: Set[str],
    requirements: Sequence[Requirement],
    forced_reason: str | None,
    required: Sequence[int],
    fingers: Mapping[int, StoredFinger],
    policy: Policy,
    *,
    signed: bool = False,
) -> tuple[Point, ...]:
    """Everything that must have been visited before an approval, contradictions first.

    `carried` are fields taken over from another application; `requirements` those of the accepted portrait,
    `required` the finger positions (ISO/IEC 19794-2) that the policy asks for; `signed`: the card shows a signature.
    """
    found: list[Point] = []
    if compared is not None:
        other = compared.other
        found.append(Point(f"other:{other.id}:{compared.count}", PointKind.OTHER_APPLICATION, other.number))
        found += [
            Point(
                f"difference:{other.id}:{name}",
                PointKind.DIFFERENCE,
                name,
                fields.get(name, ""),
                other.fields[name],
            )
            for name in differences(fields, other.fields)
        ]
    for kind in (PointKind.CARRIED, PointKind.PROPOSED):
        named = {name.removesuffix(SOURCE) for name, text in fields.items() if _tells(name, text, kind)}
        if kind is PointKind.CARRIED:
            named |= carried
        found += [Point(f"{kind}:{name}", kind, name, fields.get(name, "")) for name in sorted(named)]
    if forced_reason is not None:
        found.append(Point("forced-portrait", PointKind.FORCED_PORTRAIT, "", forced_reason))
    for verdict, kind in (
        (Verdict.RED, PointKind.RED_REQUIREMENT),
        (Verdict.AMBER, PointKind.AMBER_REQUIREMENT),
    ):
        found += [
            Point(f"requirement:{item.name}", kind, item.name)
            for item in requirements
            if item.verdict is verdict
        ]
    for position in sorted({*required, *fingers}):
        finger = fingers.get(position)
        if finger is None or finger.wsq is None:
            reason = "" if finger is None else finger.missing_reason or ""
            found.append(Point(f"missing-finger:{position}", PointKind.MISSING_FINGER, str(position), reason))
        elif not is_good(finger, policy):
            score = str(finger.nfiq2 or 0)
            found.append(Point(f"low-finger:{position}", PointKind.LOW_FINGER, str(position), score))
    if signed:
        found.append(Point("signature", PointKind.SIGNATURE, ""))
    return tuple(found)


def _tells(name: str, text: str, kind: PointKind) -> bool:
    return name.endswith(SOURCE) and text == kind.value


def check_visited(asked: Sequence[Point], visited: Set[str]) -> None:
    """Raises Refused POINTS_NOT_VISITED with how many are open."""
    count = sum(point.id not in visited for point in asked)
    if count:
        raise Refused(Reason.POINTS_NOT_VISITED, count=count)
