"""The case library: typical cases with what is to be learnt from them (P4-17)."""

from __future__ import annotations

import msgspec

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.record.record_events import MarkedTypical


class Example(msgspec.Struct, frozen=True):
    """A case of the library as it is listed, with its lessons in full."""

    line: CaseLine
    lessons: str


def _marked(desk: Desk) -> dict[str, Case]:
    """Every case that is in the library now, by its id; the book is short, the cases are many."""
    ids = {
        line.entry.event.case: None
        for line in desk.store.book("marked_typical")
        if isinstance(line.entry.event, MarkedTypical)
    }
    found = (desk.store.case(case_id) for case_id in ids)
    return {each.case.id: each.case for each in found if each is not None and each.case.typical}


def typical_ids(desk: Desk) -> frozenset[str]:
    """The ids of the cases in the library."""
    return frozenset(_marked(desk))


def read_library(desk: Desk, text: str = "") -> tuple[Example, ...]:
    """The library, newest first: by class, words, lessons, initials; all of it without a text."""
    marked = _marked(desk)
    lines = desk.store.lines_among(marked, text)
    return tuple(Example(line, marked[line.id].lessons) for line in lines)


def examples_by_class(desk: Desk) -> dict[str, Example]:
    """The newest typical case of each class, by its id, for whoever takes the next one."""
    found: dict[str, Example] = {}
    for each in read_library(desk):
        if each.line.category:
            found.setdefault(each.line.category, each)
    return found


def mark_typical(desk: Desk, case_id: str, lessons: str) -> Done:
    """Take a case into the library, or give it other lessons.

    Raises:
        Refusal: there is nothing to be learnt from it.
    """
    return desk.perform(case_id, cmd.MarkTypical(lessons=lessons))


def unmark_typical(desk: Desk, case_id: str, reason: str) -> Done:
    """Take a case out of the library.

    Raises:
        Refusal: it is not in it, or no reason was given.
    """
    return desk.perform(case_id, cmd.UnmarkTypical(reason=reason))
