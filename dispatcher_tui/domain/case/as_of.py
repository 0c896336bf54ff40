"""A case as it stood at a moment: the fold of what had happened by then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dispatcher_tui.domain.case.evolve import FoldError, fold
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case, Entry


def _counted(entries: Sequence[Entry], at: datetime) -> list[Entry]:
    """What happened before ``at``, and every correction: a field is as it should have been."""
    corrected = {entry.seq for entry in entries if isinstance(entry.event, ev.Corrected)}
    return [
        entry
        for entry in entries
        if entry.occurred_at < at
        or entry.seq in corrected
        or (isinstance(entry.event, ev.TakenBack) and not corrected.isdisjoint(entry.event.of))
    ]


def _what_can_follow(entries: Sequence[Entry]) -> list[Entry]:
    """The entries without those that rest on something which is not among them."""
    kept: list[Entry] = []
    for entry in entries:
        try:
            fold([*kept, entry])
        except FoldError:
            continue
        kept.append(entry)
    return kept


def held_by(case: Case, at: datetime) -> str:
    """The hash of the text that judged a case just before a moment, as far as it was open by then;
    a case is handed over with the moment of the move."""
    return next((move.before for move in case.moves if move.at >= at), case.procedure)


def case_at(entries: Sequence[Entry], at: datetime) -> Case | None:
    """The case as it stood just before ``at``; None where it was not open yet.

    ``entries`` are all of the case's, in the order they were written. An entry of before that was
    made late may rest on one of after (a paper filed by yesterday's date, received only today):
    it does not count before that one does.
    """
    if not entries or entries[0].occurred_at >= at:
        return None
    counted = _counted(entries, at)
    try:
        return fold(counted)
    except FoldError:
        return fold(_what_can_follow(counted))
