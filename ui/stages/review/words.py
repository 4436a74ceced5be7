"""The sentence that is spoken of a point, in the language spoken now."""

from __future__ import annotations

from ui.language import _
from ui.stages.review.facts import label_of, value_of
from ui.words import stage_name
from ui.words.fingers import finger_name, missing_reason
from ui.words.requirements import requirement_name
from workstation import clock
from workstation.workflow.review.checks import Compared, Point, PointKind
from workstation.workflow.review.recall import NextReview
from workstation.workflow.review.view import ReviewView


def other_application(compared: Compared) -> str:
    """Number, stage and day of the application that is compared."""
    other = compared.other
    day = f"{clock.office_day(other.created_at):%d/%m/%Y}"
    return f"{other.number} · {stage_name(other.stage)} · {day}"


def _of_other(point: Point, view: ReviewView) -> str:
    if view.compared is None:
        return point.about
    told = other_application(view.compared)
    text = (
        _("Same identity or card number: {application}")
        if view.compared.same_number
        else _("Same name and birth date: {application}")
    ).format(application=told)
    if view.compared.count > 1:
        text = _("{text}, and {count} more").format(text=text, count=view.compared.count - 1)
    return text


def _of_field(point: Point, view: ReviewView) -> str:
    label = label_of(point.about, view.form)
    now = value_of(point.about, point.now) or "–"
    if point.kind is PointKind.DIFFERENCE:
        return _("{label} differs: now {now}, before {before}").format(
            label=label, now=now, before=value_of(point.about, point.before)
        )
    if point.kind is PointKind.CARRIED:
        return _("{label} was taken over from the household: {now}").format(label=label, now=now)
    return _("{label} was proposed by the program: {now}").format(label=label, now=now)


def _of_finger(point: Point, view: ReviewView) -> str:
    name = finger_name(int(point.about))
    if point.kind is PointKind.LOW_FINGER:
        return _("{finger}: quality {quality}, asked for {minimum}").format(
            finger=name, quality=point.now, minimum=view.fingerprints.minimum
        )
    return f"{name}: {missing_reason(point.now) if point.now else _('Not taken')}"


def point_text(point: Point, view: ReviewView) -> str:
    """What a person must know of that point, in one sentence."""
    if point.kind is PointKind.OTHER_APPLICATION:
        return _of_other(point, view)
    if point.kind in (PointKind.DIFFERENCE, PointKind.CARRIED, PointKind.PROPOSED):
        return _of_field(point, view)
    if point.kind is PointKind.FORCED_PORTRAIT:
        return _("Accepted in spite of it: {reason}").format(reason=point.now)
    if point.kind is PointKind.RED_REQUIREMENT:
        return _("Photo, not met: {requirement}").format(requirement=requirement_name(point.about))
    if point.kind is PointKind.AMBER_REQUIREMENT:
        return _("Photo, at its limit: {requirement}").format(requirement=requirement_name(point.about))
    if point.kind is PointKind.SIGNATURE:
        return _("The signature that the card will show")
    return _of_finger(point, view)


def none_left(found: NextReview) -> str:
    """Why there is no next application to review."""
    if found.held:
        return _("No other application is free: colleagues work on {count}").format(count=found.held)
    return _("No other application waits for review")
