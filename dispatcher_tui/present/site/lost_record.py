"""What is said of a record that goes, was taken away or is replaced: what in it is still open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.i18n import _, localized, ngettext
from dispatcher_tui.present.places import said_place

Called = Callable[[str], str]
"""The name of a class or a kind of emergency by its id; any other words are themselves."""


def case_named(line: CaseLine, called: Called) -> str:
    """One case by its number, its class or else its level, and its place."""
    what = called(line.category) if line.category else localized(line.level_label)
    place = said_place(line.place) if line.place else _("place not known yet")
    return clean_text(f"{line.number} {what} {place}", multiline=False).text


def open_lines(lines: Sequence[CaseLine], called: Called, most: int) -> list[str]:
    """How many emergencies and other cases are open, the emergencies first; the first are named."""
    emergencies = [line for line in lines if line.emergency]
    others = [line for line in lines if not line.emergency]
    one, several = len(emergencies), len(others)
    found = []
    for these, words in (
        (emergencies, ngettext("{n} open EMERGENCY: {list}", "{n} open EMERGENCIES: {list}", one)),
        (others, ngettext("{n} open case: {list}", "{n} open cases: {list}", several)),
    ):
        named = [case_named(line, called) for line in these[:most]]
        if len(these) > most:
            named.append(_("(and {n} more)").format(n=len(these) - most))
        if these:
            found.append(words.format(n=len(these), list=_("; ").join(named)))
    return found


def other_record_lines(
    path: str, lines: Sequence[CaseLine], fault: str, called: Called, most: int = 3
) -> list[str]:
    """What lies in the place of the record at this desk, and what is to be done about it."""
    head = _("ANOTHER RECORD lies at {path} now.").format(path=path)
    if fault:
        unread = _("It cannot be read ({code}).").format(code=fault)
        return [f"{head} {unread}"]
    if not lines:
        return [f"{head} " + _("Nothing is open in it that this desk does not know.")]
    unseen = open_lines(lines, called, most)
    what = _(
        "Nobody at this desk has seen it: call for it NOW, write on paper what is on the "
        "screen, then leave with Ctrl+Q and start the desk again: it opens that record."
    )
    return [head, *unseen, what]
