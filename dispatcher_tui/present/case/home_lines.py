"""Homes that are offered, and the flats above and below: a line each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from dispatcher_tui.domain.site.register import HomeFound, NextFlat, NextTo
from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _, labelled
from dispatcher_tui.present.line_texts import by_name


def flat_word(side: NextTo) -> str:
    """Where a home next to another one is."""
    return {NextTo.ABOVE: _("above"), NextTo.BELOW: _("below"), NextTo.BESIDE: _("beside")}[side]


def who_lives(household: Household) -> str:
    """The residents of a home, in one line."""
    return _(", ").join(household.residents)


def offered_line(found: HomeFound) -> str:
    """A home that is offered: where, who, by which number."""
    parts = (found.household.place, found.name, found.phone)
    return clean_text("  ".join(filter(None, parts)), multiline=False).text


def by_arrow_text(found: Sequence[HomeFound], taken: int, cells: int) -> str:
    """The homes that what was typed may mean, to be taken with the arrows, in one row.

    Args:
        found: the homes, at least one.
        taken: which of them stands in the field, from 1; 0 while none does.
        cells: as wide as the row is.
    """
    if taken:
        words = _("{n} of {all}: {home}. Enter writes it down; up, down: another")
        home = offered_line(found[taken - 1])
        return fit(words.format(n=taken, all=len(found), home=home), cells).rstrip()
    homes = _("; ").join(map(offered_line, found))
    return fit(_("Down takes a home: {homes}").format(homes=homes), cells).rstrip()


def next_flats_line(near: Iterable[NextFlat], called: Callable[[str], str]) -> str:
    """The same in one line, their numbers left out; that nothing is open is said too.

    Args:
        near: the flats above, below and beside.
        called: gives a class or a kind of emergency its name.
    """
    parts = []
    for flat in near:
        lines = (by_name(line, called) for line in flat.cases)
        cases = [f"{line.number} {line.content}".strip() for line in lines]
        where = f"{flat_word(flat.where)} {flat.household.place}"
        parts.append(labelled(where, _("; ").join(cases) or _("nothing open")))
    return "   ".join(parts)
