"""Form specifications for tests: the shipped ones, changed and sealed again."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from workstation.interchange.form_specification import stated_hash


def shipped(kind: str = "first_issue") -> bytes:
    """The shipped specification of that kind."""
    return files("resources").joinpath("forms", f"{kind}.json").read_bytes()


def changed(
    change: Callable[[dict[str, Any]], object], kind: str = "first_issue", *, seal: bool = True
) -> bytes:
    """A shipped specification after `change`, with its hash made right unless `seal` is False."""
    document = json.loads(shipped(kind))
    change(document)
    if seal:
        document["sha256"] = stated_hash(document)
    return json.dumps(document, ensure_ascii=False).encode()


def with_occupation(document: dict[str, Any]) -> None:
    """A form that asks for one more thing, in the second version."""
    document["version"] = 2
    document["sections"][0]["fields"].append(
        {
            "name": "occupation",
            "widget": "choice",
            "span": 6,
            "label": {"lo": "ອາຊີບ", "en": "Occupation"},
            "required": True,
            "choices": [
                {"code": "farmer", "name": {"lo": "ຊາວນາ", "en": "Farmer"}},
                {"code": "teacher", "name": {"lo": "ຄູ", "en": "Teacher"}},
            ],
        }
    )
