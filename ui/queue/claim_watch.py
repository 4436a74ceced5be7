"""Watches over the claim of the open application: signs of life while it is ours, the other's end while it is not."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from ui.background import Job
from ui.stages.page import PageContext
from workstation.workflow import claims
from workstation.workflow.claims import Standing

# Well below the shortest silence that a policy can set.
BEAT_MILLISECONDS = 4000
LOOK_MILLISECONDS = 2000
# A lane of its own: a long reading of a finger must not look like a silent station.
LANE = "claims"


class ClaimWatch(QObject):
    """changed(Standing): the claim was lost, or the other's came to an end or to somebody else."""

    changed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        self.application_id = ""
        self.standing = Standing(False)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    def follow(self, application_id: str, standing: Standing) -> None:
        """That application from now on; one followed before is let go of."""
        if application_id != self.application_id:
            self.let_go()
        self._drop()
        self.application_id, self.standing = application_id, standing
        if standing.mine or standing.foreign:
            self._timer.start(BEAT_MILLISECONDS if standing.mine else LOOK_MILLISECONDS)

    def look(self) -> None:
        """Gives the sign of life, or looks whether the other still works on it."""
        if self._job is not None or not self.application_id:
            return
        office, who, application_id = self._context.office, self._context.who, self.application_id
        asked = claims.beat if self.standing.mine else claims.standing

        def seen(standing: Standing) -> None:
            self._job = None
            before, self.standing = self.standing, standing
            if before != standing:
                self.follow(application_id, standing)
                self.changed.emit(standing)

        def failed(_error: Exception) -> None:
            # The next sign of life says the same; the page's own verbs tell what is wrong with the database.
            self._job = None

        self._job = self._context.background.run(
            LANE, lambda: asked(office, who, application_id), done=seen, failed=failed
        )

    def let_go(self) -> None:
        """Follows nothing any more; what was claimed is free for others after the work that is under way."""
        application_id, mine = self.application_id, self.standing.mine
        self._drop()
        self.application_id, self.standing = "", Standing(False)
        if mine:
            office, who = self._context.office, self._context.who
            self._context.background.run("database", lambda: claims.release(office, who, application_id))

    def _drop(self) -> None:
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
