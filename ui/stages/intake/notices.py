"""The strips above the form: sent back by a reviewer, another office's household, an address that is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ui.language import _, language
from ui.widgets.strip import Strip
from ui.words.defects import defect_told
from workstation.domain.divisions import district, province
from workstation.workflow.header import Defect
from workstation.workflow.intake.view import IntakeView


class Notices:
    """`strips` stand one below the other; each is hidden while it has nothing to say."""

    def __init__(self) -> None:
        self._returned = Strip("intake.returned")
        self.seat = Strip("intake.other_office")
        self._household = Strip("intake.household")
        self.strips = (self._returned, self.seat, self._household)

    def say_returned(self, defects: Sequence[Defect]) -> None:
        """Who sent it back, and why."""
        lines = [
            _("Returned by {name}: {defect}").format(
                name=d.raised_by_name, defect=defect_told(d.stage, d.code, d.place, d.note)
            )
            for d in defects
        ]
        if lines:
            self._returned.say("attention", "\n".join(lines))
        else:
            self._returned.clear()

    def say_seat(self, province_code: str, district_code: str, refer: Callable[[], None]) -> None:
        """The household is another office's; `refer` makes the slip that leads there."""
        seat = province(province_code)
        unit = district(district_code) if district_code else None
        lao = language() == "lo"
        names = [(u.name_lo if lao else u.name_en) for u in (unit, seat) if u is not None]
        text = _("This household is recorded in {place}. The card is applied for there.")
        self.seat.say(
            "stopped", text.format(place=", ".join(names)), action=_("Referral slip") + "  F7", run=refer
        )

    def say_household(
        self, address: Mapping[str, str], carry: Callable[[], None] | None, view: IntakeView | None
    ) -> None:
        """An address of a known household, or what was carried and waits for a word of the applicant."""
        if carry is None or view is None:
            self._household.clear()
        elif view.pre_registered:
            self._household.say(
                "attention",
                _("Taken over from the pre-registration. Ask the applicant value by value, then confirm."),
                action=_("Confirm all") + "  F6",
                run=carry,
            )
        elif view.carried:
            self._household.say(
                "attention",
                _("Taken over from the household. Ask the applicant, then confirm."),
                action=_("Confirm household") + "  F6",
                run=carry,
            )
        else:
            text = _("This household is known: {address}").format(address=", ".join(address.values()))
            self._household.say("waiting", text, action=_("Take over the address") + "  F6", run=carry)
