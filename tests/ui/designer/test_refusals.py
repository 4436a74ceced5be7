"""Layouts that must not be used: each refused by name, in both languages, and what is in force stays."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from printing.artwork import art_from_file
from printing.errors import LayoutError
from printing.specification import built_in_layout
from tests.layouts import KEY_ID, NAME, PUBLIC, changed_layout, newer, signed
from tests.ui.stages.counter_office import PASSWORD, Counter
from ui.designer.artwork_file import with_artwork
from ui.language import set_language
from ui.messages import explain
from ui.words.layout_problems import problem_text
from workstation import clock
from workstation.database import Connection, feed
from workstation.domain.refused import Reason, Refused
from workstation.interchange.signed_layout import to_file
from workstation.workflow.layouts.drafts import propose_draft
from workstation.workflow.layouts.held import bring_in_layout, layout_at, layouts_of_office
from workstation.workflow.office import SignedIn
from workstation.workflow.sign_in import sign_in

CYCLE = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">
<g id="a"><use x:href="#a"/></g></svg>"""

HEAVY = CYCLE.split(b"<g")[0] + b"<title>" + b"x" * 900_000 + b"</title></svg>"


@pytest.fixture
def administrator(counter: Counter) -> SignedIn:
    def pin(tx: Connection) -> None:
        if KEY_ID not in feed.card_signer_keys(tx):
            feed.pin_card_signer(tx, KEY_ID, PUBLIC, at=clock.now())

    counter.office.store.write(pin)
    return sign_in(counter.office, "admin", PASSWORD)


@pytest.fixture(autouse=True)
def spoken() -> Iterator[None]:
    yield
    set_language("en")


def with_art(data: bytes) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        document["version"] = 50
        document["art"] = [
            {
                "name": "crest",
                "media_type": "image/svg+xml",
                "sha256": hashlib.sha256(data).hexdigest(),
                "data": base64.b64encode(data).decode(),
            }
        ]

    return change


def with_element(**values: Any) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        place = {"id": "crest", "x": 40.0, "y": 20.0, "width": 5.0, "height": 5.0, "layer": "text"}
        document["version"] = 50
        document["front"].append({"kind": "art", "art": "nothing", **place, **values})

    return change


GOOD = newer(50)
CASES = {
    "forged signature": ("forged-signature", to_file(signed(GOOD, key=Ed25519PrivateKey.generate()))),
    "changed after signing": ("forged-signature", to_file(replace(signed(GOOD), document=newer(51)))),
    "unknown signer": ("unknown-signer", to_file(replace(signed(GOOD), key_id=b"12345678"))),
    "a cycle": ("art-damaged", to_file(signed(changed_layout(with_art(CYCLE))))),
    "a reference": ("unknown-key", to_file(signed(changed_layout(with_element(ref="crest"))))),
    "missing art": ("missing-art", to_file(signed(changed_layout(with_element())))),
    "a newer format": ("format-too-new", to_file(signed(changed_layout(lambda d: d.update(format=2))))),
    "an older version": ("older-version", to_file(signed(newer(1, colour="#111111")))),
}


@pytest.mark.parametrize("case", CASES)
def test_refused_by_name(counter: Counter, administrator: SignedIn, case: str) -> None:
    code, content = CASES[case]
    before = layouts_of_office(counter.office)
    with pytest.raises(LayoutError) as caught:
        bring_in_layout(counter.office, administrator, content)
    assert layouts_of_office(counter.office) == before
    problem = next(one for one in caught.value.problems if one.code in (code, "same-version"))
    told = set()
    for language in ("en", "lo"):
        set_language(language)
        words = problem_text(problem)
        assert problem.code not in words
        assert "{" not in words
        told.add(words)
        text = explain(LayoutError((problem,))).text
        assert words in text
    assert len(told) == 2


def test_ten_megabytes_are_refused_before_they_are_parsed(counter: Counter, administrator: SignedIn) -> None:
    with pytest.raises(Refused) as caught:
        bring_in_layout(counter.office, administrator, b"[" * 10_000_001)
    assert caught.value.facts["place"] == "too-large"
    layout = replace(built_in_layout(NAME), fonts=())
    for number in range(3):
        layout, _name = with_artwork(layout, art_from_file("noise", HEAVY + b" " * number))
    with pytest.raises(LayoutError) as error:
        propose_draft(counter.office, administrator, layout, 1)
    assert [one.code for one in error.value.problems] == ["too-large"]


def test_a_layout_whose_day_has_not_come_prints_nothing(counter: Counter, administrator: SignedIn) -> None:
    office = counter.office
    day = clock.office_day(clock.now()) + timedelta(days=3)

    def future(data: dict[str, Any]) -> None:
        data.update(name="national-id-next", valid_from=day.isoformat())

    document = changed_layout(future)
    bring_in_layout(office, administrator, to_file(signed(document, name="national-id-next")))
    with pytest.raises(Refused) as caught:
        layout_at(office, "national-id-next")
    assert caught.value.reason is Reason.LAYOUT_NOT_YET
    assert f"{day:%d/%m/%Y}" in explain(caught.value).text
    assert layout_at(office, "national-id-next", clock.now() + timedelta(days=4)).valid_from == day
    back = clock.now() - timedelta(days=400)
    assert layout_at(office, NAME, back).version == 1, "a clock set back still finds the first"
