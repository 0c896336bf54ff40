"""The names of everything in force, for lists and papers that hold cases of any procedure."""

from __future__ import annotations

from contextlib import suppress

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.reviews.corrective import naming
from dispatcher_tui.site.problems import SiteError


def names_in_force(desk: Desk, first: Procedure | None = None) -> Procedure:
    """The procedures in force with their companions' names beside their own; from memory alone.

    ``first``: the one whose names go before all of theirs. A case that was with another one for a
    while, and was taken back, has lines of that one in its story.
    """
    companions = tuple[Procedure, ...]()
    if desk.in_force.companions:
        # A desk that only reads may stand on a folder whose companion is broken by now.
        with suppress(SiteError):
            companions = tuple(desk.site.companions.values())
    before = (first,) if first is not None else ()
    return naming(*before, *desk.in_force.procedures, *companions)
