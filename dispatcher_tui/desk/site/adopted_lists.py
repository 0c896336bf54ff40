"""The lists of persons as the site adopted them: what the tables of units and people must be."""

from __future__ import annotations

from collections.abc import Sequence

from dispatcher_tui.domain.words.people import Household, Person
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.site.roster import parse_roster
from dispatcher_tui.site.units import parse_units
from dispatcher_tui.store.record_types import AdoptedText

UNITS, ROSTER = "units", "roster"
"""The sorts of adopted text that the two tables are filled from."""


def read_list(document: AdoptedText) -> Sequence[Household] | Sequence[Person] | None:
    """The households or people of an adopted list; None where this version cannot read it.

    An older version may have taken a text that this one refuses.
    """
    try:
        if document.what == UNITS:
            return parse_units(document.text, document.name)
        return parse_roster(document.text, document.name)
    except SiteError:
        return None
