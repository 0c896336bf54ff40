"""The case under the board's cursor, in runs: in two lines below it, or in a panel beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.present.case.board_rows import Urgency, badge
from dispatcher_tui.present.case.duty_lines import in_order
from dispatcher_tui.present.case.next_step import NextStep
from dispatcher_tui.present.case.short_names import step_name
from dispatcher_tui.present.cells import fit, wrap
from dispatcher_tui.present.cells import width as cell_width
from dispatcher_tui.present.countdown import COUNTDOWN_CELLS, remaining
from dispatcher_tui.present.i18n import _, labelled
from dispatcher_tui.present.spans import Span, SpanLine, sides
from dispatcher_tui.present.terms import level_name

_SAID_ROWS = 3
_OTHERS = 6
_LABEL_CELLS = 10
_LOUD = {Urgency.OVERDUE: "over", Urgency.UNTOLD: "warn"}

Told = tuple[str, str]
"""An entry: when, and what."""


def last_line(number: str, told: Told | None, cells: int) -> list[Span]:
    """The case's number and the last thing that is written down about it."""
    text = f"  {' '.join(told)}" if told else ""
    return sides([Span(f" {number}", "fg2"), Span(text)], [], cells)


def next_line(step: NextStep, key: str, label: str, cells: int) -> list[Span]:
    """The sentence, and at the right end the key that does it with its label; where the sentence
    would not stand whole beside both, the key alone."""
    name = Span(f" {fit(_('Next'), _LABEL_CELLS)} ", "next")
    caps = [f" {key} {label} ", f" {key} "] if key else [""]
    room = cells - cell_width(name.text) - cell_width(step.text) - 1
    cap = next((each for each in caps if cell_width(each) <= room), caps[-1])
    return sides([name, Span(step.text, "fg0")], [Span(cap, "tint")] * bool(cap), cells)


def _title(text: str, cells: int, right: str = "") -> list[Span]:
    end = [Span(f"{right} ", "strip2")] if right else []
    row = sides([Span(f" {text}", "strip")], end, cells)
    return [span if span.role else span._replace(role="strip") for span in row]


def _wrapped(text: str, cells: int, role: str = "", most: int = 99) -> list[SpanLine]:
    """A text in rows, one blank cell before each; what has no room is cut."""
    rows = wrap(text, max(2, cells - 2))
    if len(rows) > most:
        rows = [*rows[: most - 1], fit(rows[most - 1] + "..", cells - 2).rstrip()]
    return [[Span(f" {row}", role)] for row in rows]


def head_rows(case: Case, procedure: Procedure, phone: str, cells: int) -> list[SpanLine]:
    """What the case is: its number, place and level; the words; who called; who is responsible.

    Args:
        case: as it stands.
        procedure: the one it is pinned to.
        phone: the number of who is responsible; empty where it is not known.
        cells: the width of the panel.
    """
    title = f"{case.number}  {case.place}".strip()
    rows: list[SpanLine] = [_title(title, cells, level_name(case.level, procedure)), []]
    rows += _wrapped(" ".join(case.verbatim.split()), cells, "fg0", _SAID_ROWS)
    caller = f"{case.caller.name}  {case.caller.phone}".strip() if case.caller else ""
    if caller:
        rows += _wrapped(caller, cells, most=1)
    if case.notified_at is None and not case.stage.handled:
        return [*rows, [Span(f" {_('Assignee')} "), Span(f" {_('nobody told')} ", "warn")]]
    who = case.assignee.name if case.assignee else _("nobody")
    words = f"{_('Assignee')} {who}  {phone}".rstrip()
    return [*rows, *_wrapped(words, cells, most=1)]


def next_rows(
    step: NextStep, urgent: Urgency | None, now: datetime, press: str, cells: int
) -> list[SpanLine]:
    """The next step as a block: what is left, the sentence, the key to ``press``."""
    mark = badge(urgent) if urgent is not None else ""
    left = f" {remaining(step.due, now)} {mark}".rstrip() + " " if step.due is not None else ""
    role = "tint"
    if urgent in _LOUD:
        role = _LOUD[urgent]
    end = [Span(left, role), Span(" ", "tint")] if left else []
    rows: list[SpanLine] = [sides([Span(f" {_('Next')}", "tint")], end, cells)]
    texts = [*wrap(step.text, max(2, cells - 2)), *[press] * bool(press)]
    rows += [[Span(f" {text}", "tint")] for text in texts]
    return [_filled(row, cells, "tint") for row in rows]


def _filled(row: SpanLine, cells: int, role: str) -> list[Span]:
    """A row with a ground of its own to the right edge."""
    known = [span if span.role else span._replace(role=role) for span in row]
    left = cells - sum(cell_width(span.text) for span in known)
    return [*known, *[Span(" " * left, role)] * (left > 0)]


@lru_cache(maxsize=8)
def story_rows(told: tuple[Told, ...], cells: int, room: int) -> list[SpanLine]:
    """What was written down, under its title, in at most ``room`` rows: the oldest are left out."""
    rows: list[SpanLine] = []
    for at, text in told:
        lead = f" {at} "
        width = cell_width(lead)
        first, *more = wrap(text, max(8, cells - width - 1)) or [""]
        rows.append([Span(lead, "fg2"), Span(first)])
        rows += [[Span(" " * width), Span(each)] for each in more]
    if len(rows) > room - 1:
        rows = [[Span(" ..", "fg2")], *rows[len(rows) - max(0, room - 2) :]]
    return [_title(_("Story"), cells), *rows] if room > 1 else []


def other_rows(
    duties: Iterable[Duty], nearest: Duty | None, now: datetime, cells: int
) -> list[SpanLine]:
    """What else is owed: what is left of it, and what it is; nothing where there is nothing."""
    others = [
        each
        for each in in_order(duties)
        if each.pending and (nearest is None or each.key != nearest.key)
    ]
    if not others:
        return []
    rows: list[SpanLine] = [_title(_("Other times"), cells)]
    for each in others[:_OTHERS]:
        left = fit(remaining(each.due, now), COUNTDOWN_CELLS, align="right")
        late = each.due is not None and each.due < now
        name = step_name(each.label)
        if each.name:
            name = labelled(name, each.name)
        if each.due is None:
            name = _("{what}, not begun").format(what=name)
        rows.append([Span(left, "overt" if late else "fg2"), Span(f"  {name}")])
    if more := len(others[_OTHERS:]):
        rows.append([Span(f" {_('(and {n} more)').format(n=more)}", "fg2")])
    return rows


def panel_rows(
    head: Sequence[SpanLine],
    nearest: Sequence[SpanLine],
    told: tuple[Told, ...],
    others: Sequence[SpanLine],
    cells: int,
    height: int,
) -> list[SpanLine]:
    """The panel from top to bottom in at most ``height`` rows; the story takes what is left."""
    gap: list[SpanLine] = [[]]
    below = [*gap, *others] if others else []
    room = height - len(head) - len(nearest) - len(below) - 2
    story = story_rows(told, cells, room)
    rows = [*head, *gap, *nearest, *gap, *story, *below]
    return rows[: max(0, height)]


def draft_rows(place: str, said: str, cells: int) -> list[SpanLine]:
    """An unfinished form: where, and what is typed so far."""
    return [_title(f"{_('draft')}  {place}", cells), [], *_wrapped(said, cells, "fg0", _SAID_ROWS)]
