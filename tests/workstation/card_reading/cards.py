"""Cards of people who do not exist, rendered as they are printed, and what each should look like."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from printing.content import CardContent
from printing.preview import rasterise
from printing.render import render_card
from printing.specification import built_in_layout
from tests.printing.sample_card import card, code
from tests.workstation.card_reading.faces import face
from workstation.card_reading.model import SideModel
from workstation.workflow.check.models import card_models

Picture = NDArray[np.uint8]
LAYOUT = built_in_layout("national-id-1")
CODE = code()
NUMBER = "A12345678"


def content(seed: int = 1, **changes: object) -> CardContent:
    """The sample person with the face of `seed`."""
    return card(**{"portrait": face(seed), "surname_latin": "Phomvihane", **changes})


def models(seed: int = 1) -> tuple[SideModel, ...]:
    return card_models(LAYOUT, content(seed))


@cache
def sides(seed: int = 1, *, on_blank: bool = True, dpi: int = 300) -> tuple[Picture, Picture]:
    """Front and back in BGR, of the sample person with that face."""
    return rendered(content(seed), on_blank=on_blank, dpi=dpi)


def rendered(of: CardContent, *, on_blank: bool = True, dpi: int = 300) -> tuple[Picture, Picture]:
    pdf = render_card(LAYOUT, of, preview=on_blank)
    front, back = (np.ascontiguousarray(rasterise(pdf, page, dpi)[:, :, ::-1]) for page in (0, 1))
    return front, back
