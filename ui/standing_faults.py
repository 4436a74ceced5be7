"""The strip that stays as long as a fault does: a server that is away, a lost device, messages not taken, a form nobody
can use."""

from __future__ import annotations

from devices.errors import DeviceGone
from ui.background import Background
from ui.desk import CARD_READER, FINGERPRINT, GONE, PRINTER, READY, Desk
from ui.language import _
from ui.messages import device_name, explain, registry_fault
from ui.widgets.strip import Strip
from workstation.domain.refused import Reason, Refused
from workstation.sync.status import SyncStatus

# Cameras open themselves again, and the live picture tells about them.
TRIED_AGAIN = (FINGERPRINT, CARD_READER, PRINTER)


class StandingFaults(Strip):
    """One fault at a time, the server first, then devices, with one action: try the device again, or see
    details of the line.

    A device that was never there is no fault: its light says so, and work goes on without it. A fault that was put
    away comes back only when it is a new one.
    """

    def __init__(self, desk: Desk, background: Background, *, administrates: bool = False) -> None:
        """`administrates`: forms and layouts that nobody can use are this operator's to settle."""
        super().__init__("standing_fault")
        self._desk = desk
        self._background = background
        self._away = False
        self._lost: list[str] = []
        self._held = 0
        self._error: str | None = None
        self._detailed = False
        self._put_away_held = 0
        self._administrates = administrates
        self._forms: tuple[tuple[str, str], ...] = ()
        self._put_away_forms: tuple[tuple[str, str], ...] = ()
        self._layouts: tuple[tuple[str, str], ...] = ()
        self._put_away_layouts: tuple[tuple[str, str], ...] = ()
        self.put_away.connect(self._dismissed)
        desk.changed.connect(self._changed)

    def set_sync(self, status: SyncStatus | None) -> None:
        """How the line is now; None where there is none."""
        held = status.held if status is not None else 0
        error = status.last_error if status is not None else None
        if held < self._put_away_held:
            self._put_away_held = held
        forms = status.refused_forms if status is not None and self._administrates else ()
        layouts = status.refused_layouts if status is not None and self._administrates else ()
        if (held, error, forms, layouts) != (self._held, self._error, self._forms, self._layouts):
            self._held, self._error, self._forms, self._layouts = held, error, forms, layouts
            self._show()

    def set_server(self, away: bool) -> None:
        """Whether the office's server is away; it comes back by itself, and then nobody needs to do anything."""
        if away is not self._away:
            self._away = away
            self._show()

    def retranslate(self) -> None:
        """Says it again."""
        self._show()

    def _changed(self, name: str, state: str) -> None:
        if state == GONE and name in TRIED_AGAIN and name not in self._lost:
            self._lost.append(name)
        elif state == READY and name in self._lost:
            self._lost.remove(name)
        else:
            return
        self._show()

    def _show(self) -> None:
        if self._away:
            told = _(
                "What you type on an open form is kept on this computer; the work goes on when it is back."
            )
            self.say("stopped", f"{explain(Refused(Reason.SERVER_AWAY)).what} {told}")
        elif self._lost:
            name = self._lost[0]
            self.say(
                "stopped",
                explain(DeviceGone(name, "gone")).text,
                action=_("Try again"),
                run=lambda: self._try(name),
                close=_("Close"),
            )
        elif self._held > self._put_away_held:
            told = _("Messages not taken by the centre: {count}. They are kept here.").format(
                count=self._held
            )
            if self._detailed and self._error is not None:
                told = f"{told} {registry_fault(self._error)}"
            self.say(
                "attention",
                f"{told} {_('A supervisor must look at it.')}",
                action="" if self._detailed else _("Details"),
                run=self._tell_more,
                close=_("Close"),
            )
        elif self._forms and self._forms != self._put_away_forms:
            told = _("The centre sent a form that cannot be used: {forms}. The last good one stays in force.")
            self._say_unusable(told.format(forms=_listed(self._forms)))
        elif self._layouts and self._layouts != self._put_away_layouts:
            told = _(
                "The centre sent a card layout that cannot be used: {layouts}. The last good one stays in force."
            )
            self._say_unusable(told.format(layouts=_listed(self._layouts)))
        else:
            self.clear()

    def _say_unusable(self, told: str) -> None:
        self.say("attention", f"{told} {_('Ask the centre to send it again.')}", close=_("Close"))

    def _try(self, name: str) -> None:
        self.say("waiting", _("{device}: is being tried again.").format(device=device_name(name)))
        self._background.run(name, lambda: self._desk.look(name), done=lambda _none: self._show())

    def _tell_more(self) -> None:
        self._detailed = True
        self._show()

    def _dismissed(self) -> None:
        self._detailed = False
        if self._lost:
            self._lost.pop(0)
        elif self._held > self._put_away_held:
            self._put_away_held = self._held
        elif self._forms != self._put_away_forms:
            self._put_away_forms = self._forms
        else:
            self._put_away_layouts = self._layouts
        self._show()


def _listed(refused: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{name} ({code})" for name, code in refused)
