"""One picture of a finished card, read: which side it shows, its codes, its zone, how alike its prints are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workstation.card_reading.errors import PictureFault
from workstation.card_reading.likeness import PORTRAIT, TEXT, Grain, likeness, structure
from workstation.card_reading.model import Picture, Place, SideModel
from workstation.card_reading.quality import Quality, quality
from workstation.card_reading.straighten import straighten
from workstation.card_reading.symbols import Symbol, read_at
from workstation.card_reading.zone import ZoneReading, read_zone


@dataclass(frozen=True, eq=False)
class SideReading:
    """`picture` (638, 1012, 3) BGR, straightened over `model`. `symbols` by the place's name, those that could be read;
    `portraits` and `texts` by name, -1 to 1; `fault`: what is wrong with the picture, or None."""

    model: SideModel
    picture: Picture
    dpi: float
    quality: Quality
    symbols: Mapping[str, Symbol] = field(default_factory=dict)
    zone: ZoneReading | None = None
    portraits: Mapping[str, float] = field(default_factory=dict)
    texts: Mapping[str, float] = field(default_factory=dict)

    @property
    def side(self) -> str:
        """front or back."""
        return self.model.side

    @property
    def fault(self) -> PictureFault | None:
        return self.quality.fault


def read_side(picture: Picture, models: tuple[SideModel, ...]) -> SideReading:
    """What `picture` (BGR, any size) shows of the card whose sides should look like `models`.

    Raises PictureUnusable no-card, two-cards, partly-outside, too-small, unknown-side.
    """
    laid = straighten(picture, models)
    card, model = laid.picture, laid.model
    zone = model.zone
    return SideReading(
        model,
        card,
        laid.dpi,
        quality(card, model.raster),
        read_at(card, model.symbols),
        None if zone is None else read_zone(card, zone.left, zone.baselines),
        _alike(card, model, model.portraits, PORTRAIT),
        _alike(card, model, model.texts, TEXT),
    )


def _alike(card: Picture, model: SideModel, places: tuple[Place, ...], grain: Grain) -> dict[str, float]:
    if not places:
        return {}
    seen, wanted = structure(card, grain), structure(model.raster, grain)
    return {place.name: likeness(seen, wanted, place, grain) for place in places}
