"""Unfinished forms on disk: what was typed outlives a crash, word for word."""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.desk.case.intake import Intake, IntakeDraft, cleaned
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.store.chain import entry_id

KIND = "intake"
"""The sort of form these drafts are, in the file's column ``kind``."""


def new_draft(now: datetime) -> IntakeDraft:
    """An empty form for a call that comes in ``now`` (UTC); it is not on disk yet."""
    return IntakeDraft(id=entry_id(now), opened_at=now, intake=Intake())


def save_draft(desk: Desk, draft: IntakeDraft) -> None:
    """Keep a form as typed so far; durable when it returns.

    Raises:
        Failure: the file could not be written.
    """
    intake, _ = cleaned(draft.intake)
    body = msgspec.json.encode(intake)
    desk.store.save_draft(draft.id, KIND, draft.opened_at, body, updated_at=desk.clock.now())


def _read(body: bytes) -> Intake:
    """A form as it was kept. One that another version wrote comes back as words alone."""
    try:
        return msgspec.json.decode(body, type=Intake)
    except msgspec.DecodeError:
        return Intake(said=body.decode("utf-8", "replace"))


def load_drafts(desk: Desk) -> list[IntakeDraft]:
    """Every unfinished form, the oldest first."""
    return [
        IntakeDraft(kept.id, kept.opened_at, _read(kept.body))
        for kept in desk.store.drafts()
        if kept.kind == KIND
    ]


def drop_draft(desk: Desk, draft_id: str) -> None:
    """Forget a form that came to nothing; none of that id is no error.

    Raises:
        Failure: the file could not be written.
    """
    desk.store.drop_draft(draft_id)
