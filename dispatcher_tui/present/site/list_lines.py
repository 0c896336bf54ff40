"""What a list does when it is taken over, in lines: before anything is written, and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dispatcher_tui.domain.site.list_change import ListChange
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.i18n import _, ngettext

_NAMED = 5


def _first(names: Sequence[str]) -> str:
    """The first names, and that there are more."""
    shown = [clean_text(name, multiline=False).text for name in names[:_NAMED]]
    text, more = _(", ").join(shown), len(names) - _NAMED
    return _("{names} and {n} more").format(names=text, n=more) if more > 0 else text


def change_lines(
    file: str, rows: int, change: ListChange, role_name: Callable[[str], str]
) -> Iterator[str]:
    """What a list brings and takes: counts, the first names of each, rungs that it leaves empty."""
    words = _("{file}: rows read: {rows}, in the list: {n}")
    yield words.format(file=clean_text(file, multiline=False).text, rows=rows, n=change.after)
    told = (
        (_("new: {n} ({names})"), change.new),
        (_("changed: {n} ({names})"), change.changed),
        (_("gone: {n} ({names})"), change.gone),
    )
    for words, names in told:
        if names:
            yield "  " + words.format(n=len(names), names=_first(names))
    if not change.new and not change.changed and not change.gone:
        yield "  " + _("nothing changes")
    if change.rungs:
        roles = _(", ").join(map(role_name, change.rungs))
        yield "  " + _("nobody with a number would hold: {roles}").format(roles=roles)


_REFUSED_NAMED = 50
"""So many rows that are refused are named; a column that is wrong is wrong in all of them."""


def refused_lines(problems: Sequence[str]) -> list[str]:
    """The first of what is refused, each by its row, and how many there are."""
    n = len(problems)
    words = ngettext(
        "Nothing was changed: {n} place has to be mended first.",
        "Nothing was changed: {n} places have to be mended first.",
        n,
    )
    lines, more = list(problems[:_REFUSED_NAMED]), n - _REFUSED_NAMED
    if more > 0:
        lines.append(_("and {n} more, not named here").format(n=more))
    return [*lines, words.format(n=n)]


def rest_line() -> str:
    """What the figures are of that stand below it."""
    return _("Without the rows that are refused it would be:")


def takes_away_question(changes: Sequence[ListChange]) -> str:
    """What is asked before a list is taken over that takes much away."""
    gone, before = sum(len(c.gone) for c in changes), sum(c.before for c in changes)
    words = _("{gone} of {before} would go, or a rung of the ladder would be empty. Is that meant?")
    return words.format(gone=gone, before=before)


def takes_away_line(changes: Sequence[ListChange]) -> str:
    """Why the lists are not taken over without a word more, and how they are."""
    gone, before = sum(len(c.gone) for c in changes), sum(c.before for c in changes)
    words = _(
        "Nothing was changed: {gone} of {before} would go, or a rung of the ladder would be empty. "
        "If that is meant, say --replace."
    )
    return words.format(gone=gone, before=before)
