"""Homes that are offered, and the flats above and below: a line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from dispatcher_tui.domain.site.register import HomeFound, NextFlat
from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.case.intake_lines import case_brief
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _


def flat_word(*, above: bool) -> str:
    """Where a home next to another one is."""
    return _("above") if above else _("below")


def who_lives(household: Household) -> str:
    """The residents of a home, in one line."""
    return _(", ").join(household.residents)


def offered_line(found: HomeFound) -> str:
    """A home that is offered: where, who, by which number."""
    parts = (found.household.place, found.name, found.phone)
    return clean_text("  ".join(filter(None, parts)), multiline=False).text


def offered_text(typed: str, found: Sequence[HomeFound], cells: int) -> str:
    """The homes that what was typed may mean; empty where there are none."""
    if not found:
        return ""
    head = _("{typed}: Enter, then the digit").format(typed=typed)
    lines = (f"{digit} {offered_line(each)}" for digit, each in enumerate(found, 1))
    return "\n".join(fit(line, cells).rstrip() for line in (head, *lines))


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


def next_flats_text(near: Iterable[NextFlat], now: datetime, zone: tzinfo, cells: int) -> str:
    """The flats above and below, each with its open cases: two leaks one floor apart."""
    lines = []
    for flat in near:
        home = flat.household
        first = next(filter(None, home.phones), "")
        who = next(iter(home.residents), "")
        lines.append("  ".join(filter(None, (flat_word(above=flat.above), home.place, who, first))))
        lines += [f"  ! {case_brief(line, now, zone)}" for line in flat.cases]
    return "\n".join(fit(line, cells).rstrip() for line in lines)


def next_flats_line(near: Iterable[NextFlat]) -> str:
    """The same in one line, their numbers left out; that nothing is open is said too."""
    parts = []
    for flat in near:
        cases = [f"{line.number} {line.content or line.category}".strip() for line in flat.cases]
        where = f"{flat_word(above=flat.above)} {flat.household.place}"
        parts.append(f"{where}: {_('; ').join(cases) or _('nothing open')}")
    return "   ".join(parts)
