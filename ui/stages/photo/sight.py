"""The page's state shown on the board: every word and picture, in the language spoken now."""

from __future__ import annotations

from PySide6.QtGui import QImage

from ui.language import _
from ui.stages.photo.attempts import Thumb
from ui.stages.photo.board import Board
from ui.stages.photo.requirements import KINDS
from ui.stages.photo.state import Mode, State
from ui.stages.photo.words import most_useful, verdict_word
from ui.words.requirements import requirement_advice, requirement_name
from workstation.biometrics.portrait.examine import Requirement, Verdict


def show(board: Board, state: State) -> None:
    """All of it; the live requirements and the outline are drawn as they come."""
    show_advice(board, state)
    board.say_armed(state.armed, state.automatic and state.mode is Mode.LIVE)
    shot = state.looked_at
    looked_at = shot.id if shot is not None and state.mode is Mode.KEPT else ""
    board.attempts.show_attempts(_thumbs(state), looked_at)
    if state.mode is Mode.PROPOSED:
        _show_proposed(board, state)
    elif state.mode is Mode.KEPT or state.before is Mode.KEPT:
        _show_kept(board, state)
    if state.mode is Mode.LIVE:
        board.title_measures(_("What the camera sees now"))
        held = state.report.requirements if state.report is not None else ()
        board.requirements.show_requirements(held)


def show_advice(board: Board, state: State) -> None:
    """The one sentence: what went wrong, else the most useful next step."""
    board.advice.say(*_advice(state))


def _advice(state: State) -> tuple[str, str]:
    if state.note:
        return "attention", state.note
    if not state.live or state.mode not in (Mode.LIVE, Mode.EXCEPTION):
        return "waiting", ""
    if state.mode is Mode.EXCEPTION:
        return "waiting", _("Both hands and the face must be in the picture. Space takes it.")
    if state.report is None:
        return "waiting", _("The face is being looked for.")
    worst = most_useful(state.report.requirements)
    if worst is not None:
        return KINDS[worst.verdict], requirement_advice(worst.sentence)
    if state.report.verdict is not Verdict.GREEN:
        return "attention", _("What is grey was not measured. Look at it yourself; Space takes the photo.")
    if state.armed:
        return "good", _("Good. Keep still: the photo is proposed in a moment.")
    return "good", _("Good. Press Space to take the photo.")


def _show_proposed(board: Board, state: State) -> None:
    report = state.proposal.report if state.proposal is not None else None
    board.title_measures(_("Measured in the proposed photo"))
    board.requirements.show_requirements(report.requirements if report is not None else ())
    board.shot.show_shot(
        state.proposed_picture,
        _("Is this the person, and a good photo?"),
        None,
        _("Nothing is kept yet."),
        _("Enter keeps it, Esc goes back to the camera."),
    )


def _show_kept(board: Board, state: State) -> None:
    shot = state.looked_at
    if shot is None or state.photo is None:
        return
    board.title_measures(_("Measured in this photo"))
    board.requirements.show_requirements(shot.requirements)
    view = state.photo.view
    lines = [_not_met(shot.requirements)]
    if view.attempts:
        number = _("Photos taken: {number} of {allowed}")
        lines.append(number.format(number=view.attempts, allowed=view.attempts_allowed))
    if len(state.shots) > 1:
        lines.append(_("The arrow keys show the other photos."))
    if not shot.chosen:
        step = _("Enter uses this photo.")
    elif shot.verdict is Verdict.RED:
        step = _("F5 goes back to the camera.")
    else:
        step = _("Ctrl+Enter goes on, F5 goes back to the camera.")
    title = _("The photo") if shot.chosen else _("An earlier try")
    word = (shot.verdict, verdict_word(shot.verdict))
    board.shot.show_shot(state.large_picture, title, word, "\n".join(filter(None, lines)), step)


def _not_met(requirements: tuple[Requirement, ...]) -> str:
    names = [requirement_name(r.name) for r in requirements if r.verdict in (Verdict.RED, Verdict.AMBER)]
    return _("Not met: {names}").format(names=", ".join(names)) if names else ""


def _thumbs(state: State) -> tuple[Thumb, ...]:
    small: tuple[QImage, ...] = state.photo.small if state.photo is not None else ()
    return tuple(
        Thumb(
            shot.id,
            picture,
            KINDS[shot.verdict],
            shot.chosen,
            f"{shot.number}: {verdict_word(shot.verdict)}",
        )
        for shot, picture in zip(state.shots, small, strict=True)
    )
