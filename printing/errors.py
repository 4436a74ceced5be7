"""Why something cannot be printed: faults of a layout, of a card's content, of a printer; as codes."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class LayoutProblem:
    """One fault of a layout: a stable `code`, the element's id (empty: the layout itself) and its facts."""

    code: str
    element: str = ""
    facts: dict[str, str | float] = field(default_factory=dict, hash=False)


class LayoutError(ValueError):
    """A layout that must not be used; `problems` holds every fault found."""

    def __init__(self, problems: tuple[LayoutProblem, ...]) -> None:
        super().__init__("; ".join(f"{problem.element or 'layout'}: {problem.code}" for problem in problems))
        self.problems = problems


class ContentError(ValueError):
    """Content that a good layout cannot carry; `code` is stable, `facts` say where and what."""

    code = "content"

    def __init__(self, **facts: str | float) -> None:
        super().__init__(f"{self.code}: {facts}")
        self.facts = facts


class TextDoesNotFit(ContentError):
    """A text stays too large at its smallest allowed size. It is never cut."""

    code = "text-does-not-fit"


class MissingGlyph(ContentError):
    """No font of the face draws these characters."""

    code = "missing-glyph"


class SymbolDoesNotFit(ContentError):
    """A code needs more modules than its place can hold at the smallest module a reader takes."""

    code = "symbol-does-not-fit"


class PictureDamaged(ContentError):
    """A picture is not a whole JPEG (a signature: nor a PNG), or has too many pixels."""

    code = "picture-damaged"


class PictureMissing(ContentError):
    """There is no portrait."""

    code = "picture-missing"


class PrinterError(Exception):
    """A printer that did not do what was asked.

    `code`: unreachable (nobody there: nothing was sent), no-answer (the line broke or the deadline passed: what
    was sent may have arrived), busy (it takes no job now), refused (it said no; facts `status` or `http`),
    job-unknown (it has forgotten the job), damaged-answer (no valid IPP), bad-address, closed,
    no-card-page (a queue whose driver knows no page of a card's size: nothing was sent).
    """

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(f"{code}: {facts}" if facts else code)
        self.code = code
        self.facts = facts
