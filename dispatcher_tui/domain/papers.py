"""What a paper is made from: the records it shows, with whatever names the ids in them.

The desk fills these in and hands them to whoever prints; neither has to know the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.calendar import Shift
from dispatcher_tui.domain.case import Case, Entry
from dispatcher_tui.domain.duties import Duty, Rules
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.terms import Label

FORMS = ("xlsx", "pdf", "md", "json", "csv", "txt")
"""What every paper can be written as, by the ends of files' names."""

Labels = Mapping[str, Label]


class CasePaper(msgspec.Struct, frozen=True):
    """One case at a moment (UTC), with everything that was written down about it."""

    site: str
    at: datetime
    case: Case
    duties: tuple[Duty, ...]
    rules: Rules
    entries: tuple[Entry, ...] = ()
    categories: Labels = {}
    kinds: Labels = {}


class WatchPaper(msgspec.Struct, frozen=True):
    """One watch as it was held, and what was written down in it; all moments are UTC.

    ``name`` is who held it, empty where nobody had signed in; ``over`` whether it has ended.
    ``lines`` are its entries, each with its case's number; ``others`` those they refer to.
    """

    site: str
    zone: tzinfo
    at: datetime
    name: str
    shift: Shift
    start: datetime
    end: datetime
    over: bool
    lines: tuple[tuple[Entry, str], ...]
    others: Mapping[int, Entry] = {}
    procedure: Procedure | None = None
    categories: Labels = {}
    kinds: Labels = {}
