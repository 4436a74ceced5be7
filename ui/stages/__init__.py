"""One page for each stage of an application; a page is imported when it is first shown."""

from __future__ import annotations

from importlib import import_module

from ui.stages.page import StagePage
from workstation.domain.stages import ENDS, Stage

_PAGES: dict[Stage, str] = {
    Stage.INTAKE: "IntakePage",
    Stage.PHOTO: "PhotoPage",
    Stage.FINGERPRINTS: "FingerprintsPage",
    Stage.REVIEW: "ReviewPage",
    Stage.DECISION: "DecisionPage",
    Stage.PRINT: "PrintPage",
    Stage.CHECK: "CheckPage",
    Stage.HAND_OVER: "HandOverPage",
}


def page_class(stage: Stage) -> type[StagePage]:
    """The page on which that stage is worked; the ends share one that only shows. KeyError: switched-off stage."""
    if stage in ENDS:
        from ui.stages.closed.page import ClosedPage

        return ClosedPage
    module = import_module(f"ui.stages.{stage.value}.page")
    page: type[StagePage] = getattr(module, _PAGES[stage])
    return page
