"""Drafts of an office on a server: first into the station's own file, then to the server, and there is no third way.

While the program runs, the open form and the pages that were left give their words to the server again by themselves
until it has them; those that a closed or crashed program left in the file are given when the office is opened again.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial

from workstation.database import Connection
from workstation.database.applications import application, keep_draft
from workstation.database.claims import Overtaken
from workstation.database.kept_drafts import KeptDraft, KeptDrafts, held_since, put_aside
from workstation.database.moves import keep_capturer
from workstation.database.store import Store
from workstation.database.transaction import StoreClosed
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage

# The words are kept aside by the store itself, or there is nothing left that they could belong to.
_ENDED = (Reason.CHANGED_BY_ANOTHER, Reason.NO_SUCH_APPLICATION)


def kept_first(
    store: Store, mine: KeptDrafts | None, draft: KeptDraft, verb: Callable[[Connection], None]
) -> Future[None]:
    """Submits `verb`, which gives the draft to the store; where there is an own file, the words are in it before."""
    if mine is None:
        return store.submit(verb)
    mine.keep(draft)
    future = store.submit(verb)

    def ended(future: Future[None]) -> None:
        error = None if future.cancelled() else future.exception()
        if future.cancelled() or not (error is None or isinstance(error, Overtaken)):
            return
        # The office may be closing: then the next opening finds that they arrived.
        with suppress(StoreClosed):
            mine.arrived(draft)

    future.add_done_callback(ended)
    return future


def give_kept_drafts(store: Store, kept: KeptDrafts) -> int:
    """How many reached the server, as draft or put aside. Raises Refused SERVER_AWAY; what is left stays kept."""
    given = 0
    for draft in kept.all():
        try:
            given += store.write(partial(_give, draft))
        except Refused as refused:
            if refused.reason not in _ENDED:
                raise
            given += 1
        kept.arrived(draft).result()
    return given


def _give(draft: KeptDraft, tx: Connection) -> int:
    if application(tx, draft.application_id).stage is not Stage.INTAKE:
        put_aside(tx, draft)
        return 1
    since = held_since(tx, draft.application_id)
    if since is not None and since >= draft.at:
        # It arrived, only the answer was lost; or newer words came from another station.
        return 0
    keep_draft(tx, draft.application_id, draft.fields, by=draft.operator_id, at=draft.at)
    keep_capturer(tx, draft.application_id, draft.operator_id)
    return 1
