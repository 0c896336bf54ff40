"""Half-typed forms on disk: what was typed outlives Esc, a crash and a lost terminal."""

from __future__ import annotations

import msgspec

from dispatcher_tui.desk.desk import Desk

KIND = "case_form"
"""The sort of form these drafts are, in the file's column ``kind``."""


def draft_id(form: str, about: str) -> str:
    """The draft's id: which form it is, and what it is about, a case for example."""
    return f"{form}:{about}"


def save_form(desk: Desk, form: str, about: str, values: dict[str, str]) -> None:
    """Save the fields of a form by their ids; none at all forgets it. Durable when it returns.

    Raises:
        Failure: the file could not be written.
    """
    key, now = draft_id(form, about), desk.clock.now()
    if values:
        desk.store.save_draft(key, KIND, now, msgspec.json.encode(values), updated_at=now)
    else:
        desk.store.drop_draft(key)


def saved_form(desk: Desk, form: str, about: str) -> dict[str, str]:
    """The fields as they were saved; empty where nothing was, or another version wrote it."""
    return saved_forms(desk, form).get(about, {})


def saved_forms(desk: Desk, form: str) -> dict[str, dict[str, str]]:
    """Every saved form of that name by what it is about; one of another version is left out."""
    start = draft_id(form, "")
    bodies = {
        draft.id.removeprefix(start): draft.body
        for draft in desk.store.drafts()
        if draft.kind == KIND and draft.id.startswith(start)
    }
    return {about: fields for about, body in bodies.items() if (fields := _fields(body))}


def _fields(body: bytes) -> dict[str, str]:
    try:
        return msgspec.json.decode(body, type=dict[str, str])
    except msgspec.DecodeError:
        return {}
