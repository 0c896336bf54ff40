"""The names that stand for ids on the screens, from the desk's memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from dispatcher_tui.desk.case.last_action import LastAction
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.names_in_force import names_in_force
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.case.timeline import said
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.names import Glossary

_LONGEST = 140
"""Cells of what is named in a question: a caller's words may be pages."""


class _Labels(Mapping[str, Label]):
    """Labels read when the first one is asked for: the first frame needs none of them."""

    def __init__(self, read: Callable[[], dict[str, Label]]) -> None:
        self._read = read

    @cached_property
    def _labels(self) -> dict[str, Label]:
        return self._read()

    def __getitem__(self, key: str) -> Label:
        return self._labels[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def __len__(self) -> int:
        return len(self._labels)


def glossary(desk: Desk, procedure: Procedure | None = None) -> Glossary:
    """What gives a case's entries their names: those of ``procedure``, then those of the others in
    force and their companions."""
    site, alone = desk.site, procedure is not None and not desk.in_force.several
    return Glossary(
        procedure=procedure if alone else names_in_force(desk, procedure),
        categories=_Labels(lambda: {found.id: found.name for found in site.categories}),
        kinds=_Labels(lambda: {card.id: card.title for card in site.cards}),
    )


def _told(desk: Desk, entries: Sequence[Entry]) -> str:
    zone, names = desk.rules.calendar.tz, glossary(desk)
    text = _("; ").join(said(entry, zone, names) for entry in entries)
    return fit(text, _LONGEST).rstrip()


def last_action(desk: Desk, last: LastAction) -> str:
    """What somebody did last, and of which case, in the words it has in the story."""
    return f"{last.number} {_told(desk, last.entries)}".strip()


def taken_back(desk: Desk, entries: Sequence[Entry]) -> str:
    """What was taken back, in the words the entries have in the story."""
    what = _told(desk, entries)
    return _("Taken back: {what}. It stays readable.").format(what=what)
