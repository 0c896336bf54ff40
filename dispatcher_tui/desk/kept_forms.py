"""Half-typed forms about a case: what was typed outlives Esc, a crash and a lost terminal."""

from __future__ import annotations

import msgspec

from dispatcher_tui.desk.desk import Desk

KIND = "case_form"
"""The sort of form these drafts are, in the file's column ``kind``."""


def form_key(form: str, case_id: str) -> str:
    """The draft's id."""
    return f"{form}:{case_id}"


def keep_form(desk: Desk, form: str, case_id: str, values: dict[str, str]) -> None:
    """Keep the fields of a form by their ids; none at all forgets it. Durable when it returns.

    Raises:
        Failure: the file could not be written.
    """
    key, now = form_key(form, case_id), desk.clock.now()
    if values:
        desk.store.save_draft(key, KIND, now, msgspec.json.encode(values), updated_at=now)
    else:
        desk.store.drop_draft(key)


def kept_form(desk: Desk, form: str, case_id: str) -> dict[str, str]:
    """The fields as they were kept; empty where nothing was, or another version wrote it."""
    return kept_forms(desk, form).get(case_id, {})


def kept_forms(desk: Desk, form: str) -> dict[str, dict[str, str]]:
    """Every kept form of that name by what it is about; one of another version is left out."""
    start = form_key(form, "")
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
