"""A button that takes one finger from the sensor, beside the password that it stands for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QPushButton

from devices.fingerprint import FingerImage
from ui.background import Background
from ui.desk import Desk
from ui.language import _
from ui.lock.finger_wait import FingerWait
from workstation.workflow.office import Office
from workstation.workflow.sign_in_finger import finger_sign_in_allowed


class FingerEntry(QPushButton):
    """Hidden unless the office's policy allows fingers and this station has a sensor."""

    def __init__(self, name: str, background: Background, desk: Desk | None) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAutoDefault(False)
        self._background = background
        has_sensor = desk is not None and bool(desk.settings.fingerprint_port)
        self._wait = FingerWait(background, desk, self) if desk is not None and has_sensor else None
        if self._wait is not None:
            self._wait.changed.connect(self.retranslate)
        self.hide()
        self.retranslate()

    @property
    def waiting(self) -> bool:
        """Whether the sensor waits for a finger, or the finger is being looked at."""
        return self._wait is not None and self._wait.waiting

    def offer(self, office: Office) -> None:
        """Shows itself where it is of use; the policy is read anew."""
        self.cancel()
        if self._wait is None:
            return
        job = self._background.run(
            "database",
            lambda: finger_sign_in_allowed(office),
            done=self.setVisible,
            failed=lambda _error: self.hide(),
        )
        self.destroyed.connect(job.cancel)

    def take(
        self,
        work: Callable[[FingerImage], Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """As FingerWait."""
        if self._wait is not None:
            self._wait.take(work, done=done, failed=failed)

    def cancel(self) -> None:
        """As FingerWait."""
        if self._wait is not None:
            self._wait.cancel()

    def retranslate(self) -> None:
        """Its word again."""
        self.setText(_("Cancel") if self.waiting else _("Use fingerprint"))
        self.setAccessibleName(self.text())
