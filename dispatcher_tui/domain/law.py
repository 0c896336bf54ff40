"""A note of what the law says: shown before an act, and printed with its paper."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dispatcher_tui.domain.words.terms import Label


class Law(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What holds, where it is written, and since when (``2021-01-01``).

    ``steps``: the acts it is shown before; ``forms``: the papers it is printed on.
    """

    text: Label
    source: Label
    date: str
    steps: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


def before_step(laws: Iterable[Law], step: str) -> tuple[Law, ...]:
    """What the law says to whoever is about to do that act."""
    return tuple(law for law in laws if step in law.steps)


def on_form(laws: Iterable[Law], form: str) -> tuple[Law, ...]:
    """What the law says on that paper."""
    return tuple(law for law in laws if form in law.forms)
