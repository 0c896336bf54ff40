"""What stands above the board, in runs: head line, figures, what the desk owes, the lanes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.record.case_line import CaseLine, Counts, Lane
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.case.board_rows import Urgency, badge
from dispatcher_tui.present.case.short_names import step_name
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.cells import width as cell_width
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import weekday_name
from dispatcher_tui.present.spans import Span, SpanLine, cells_of, cut, sides

_APART = 3
"""Cells between two figures; fewer where the line has no room."""

GROWN = {"overdue": "over-up", "untold": "warn-up"}
"""The figures that stand out for a moment when they grow, with the role they then have."""


def head_line(
    site: str, at: datetime, zone: tzinfo, who: str, cells: int, banner: str = ""
) -> list[Span]:
    """Site, clock, day, and at the right end ``who`` is on watch; what can be spared goes first.

    Args:
        site: the site's name.
        at: the present moment (UTC).
        zone: the site's.
        who: in words; empty where it is not to be seen.
        cells: the width of the line.
        banner: what a drill says before everything else.
    """
    local = at.astimezone(zone)
    clock, day = f"{local:%H:%M:%S}", weekday_name(local.weekday())
    right = [Span(f"{who} ")] if who else []
    for name, date in (
        (f"{site} {_('Dispatch desk')}", f"{day} {local:%m-%d}"),
        (f"{site} {_('Dispatch desk')}", day),
        (site, day),
        (site, ""),
    ):
        left = [Span(f" {banner}")] * bool(banner) + [Span(f" {name}", "bar0"), Span("   ")]
        left += [Span(clock, "bar0"), Span(f" {date}")]
        if cells_of(left) + cells_of(right) < cells:
            return sides(left, right, cells)
    short = [Span(f" {fit(site, 8).rstrip()} ", "bar0"), Span(clock, "bar0"), Span(" ")]
    return sides(short, right, cells)


class Figure(msgspec.Struct, frozen=True):
    """One of the figures: what it is called, how many, and the role it has where there are any."""

    text: str
    count: int
    role: str = ""
    key: str = ""


def _figures(counts: Counts, notices: int) -> list[Figure]:
    found = [
        Figure(_("Overdue {n}").format(n=counts.overdue), counts.overdue, "over", "overdue"),
        Figure(_("Nobody told {n}").format(n=counts.untold), counts.untold, "warn", "untold"),
        Figure(_("In 30 min {n}").format(n=counts.soon), counts.soon, "warnt"),
        Figure(_("Open {n}").format(n=counts.open), counts.open),
        Figure(_("Paper {n}").format(n=counts.paper), counts.paper),
    ]
    return [*found, *[Figure(_("Notices {n}").format(n=notices), notices)] * bool(notices)]


def figures_line(
    counts: Counts,
    cells: int,
    notices: int = 0,
    marks: str = "",
    grown: Collection[str] = (),
    held: int = 0,
) -> list[Span]:
    """How many cases stand how, emergencies at the right end.

    Args:
        counts: what holds now.
        cells: the width of the line.
        notices: how many hold; shown where there are any.
        marks: what is not as on any other night.
        grown: the figures that have just grown, by their keys.
        held: for how many emergencies the post may not be left.
    """
    emergency = _("EMERG. {n}").format(n=counts.emergency)
    right = [Span(f"{marks}  ", "warnt")] * bool(marks)
    if held:
        right.append(Span(f" {emergency} ", "over"))
    else:
        right.append(Span(f"{emergency} ", "" if counts.emergency else "fg2"))
    parts = [_figure(each, each.key in grown) for each in _figures(counts, notices)]
    for apart in range(_APART, 0, -1):
        left = _apart(parts, apart)
        if cells_of(left) + cells_of(right) < cells:
            return sides(left, right, cells)
    while len(parts) > 1 and cells_of(_apart(parts, 1)) + cells_of(right) >= cells:
        parts.pop()
    return sides(_apart(parts, 1), right, cells)


def _figure(figure: Figure, grown: bool) -> Span:
    if not figure.role:
        return Span(figure.text)
    if not figure.count:
        return Span(figure.text, "fg2")
    if figure.role == "warnt":
        return Span(figure.text, "warnt", bold=True)
    return Span(f" {figure.text} ", GROWN[figure.key] if grown else figure.role)


def _apart(parts: Sequence[Span], cells: int) -> list[Span]:
    """The figures side by side; the blanks of a badge count as part of what is between them."""
    row = [Span(" ")]
    for before, part in zip([None, *parts], parts, strict=False):
        own = sum(each is not None and each.text.startswith(" ") for each in (before, part))
        if before is not None:
            row.append(Span(" " * max(1, cells - own)))
        elif not part.text.startswith(" "):
            row.append(Span(" "))
        row.append(part)
    return row


def _lane_texts() -> dict[Lane, tuple[str, str]]:
    """Every lane by what it is called with its figure, and without."""
    return {
        Lane.ALL: (_("open {n}"), _("all open")),
        Lane.DUE: (_("due {n}"), _("due")),
        Lane.PAPER: (_("paper {n}"), _("paper")),
        Lane.EMERGENCY: (_("emerg. {n}"), _("emergency")),
        Lane.STUCK: (_("stuck {n}"), _("stuck")),
        Lane.DONE: (_("today {n}"), _("today")),
    }


def lane_labels(counts: Mapping[Lane, int], chosen: Lane) -> list[tuple[Lane, str]]:
    """The lanes by their digits, each with how many stand in it as far as that is known."""
    found = []
    for digit, (lane, (with_figure, bare)) in enumerate(_lane_texts().items(), 1):
        count = counts.get(lane)
        name = bare if count is None else with_figure.format(n=count)
        found.append((lane, f"[{digit} {name}]" if lane is chosen else f" {digit} {name} "))
    return found


def lane_at(labels: Sequence[tuple[Lane, str]], cell: int) -> Lane | None:
    """The lane whose label stands at a cell of the line; None between two of them."""
    end = 0
    for lane, text in labels:
        wide = cell_width(text)
        if end <= cell < end + wide:
            return lane
        end += wide + 1
    return None


def lanes_line(labels: Sequence[tuple[Lane, str]], chosen: Lane) -> list[Span]:
    """The same as a line: the chosen one set off."""
    row: list[Span] = []
    for lane, text in labels:
        row += [Span(" ")] * bool(row)
        row.append(Span(text, "tint" if lane is chosen else "fg2"))
    return row


class HeldNow(msgspec.Struct, frozen=True):
    """An emergency for which the post may not be left; ``kind`` in words."""

    number: str
    kind: str
    place: str
    opened_at: datetime


def held_line(held: Sequence[HeldNow], now: datetime, cells: int) -> list[Span]:
    """The emergency that holds the post, for how long, and the key that leads back to it."""
    first = held[0]
    seconds = max(0, int((now - first.opened_at).total_seconds()))
    lasts = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    what = "  ".join(part for part in (first.kind, first.place) if part)
    left = _("Emergency {number} {what}").format(number=first.number, what=what)
    if len(held) > 1:
        left = f"{left} {_('(and {n} more)').format(n=len(held) - 1)}"
    right = _("post held {time}   F9 back to it").format(time=lasts)
    row = sides([Span(f" {left}")], [Span(f"{right} ")], cells)
    return [span._replace(role="emgh") for span in row]


def owed_line(told: Sequence[SpanLine], cells: int) -> list[Span]:
    """What the desk itself owes, each in runs of its own, and the key that leads to it."""
    row = [Span(f" {_('Desk owes')}  ", "fg2")]
    for n, each in enumerate(told):
        row += [Span("   ")] * bool(n)
        row += each
    return sides(cut(row, max(0, cells - 4)), [Span("F8 ", "fg0")], cells)


def window_title(site: str, counts: Counts) -> str:
    """What stands in the title of the terminal's window, without anything that could steer it."""
    parts = [
        f"{badge(Urgency.OVERDUE)}{counts.overdue}" if counts.overdue else "",
        f"{badge(Urgency.UNTOLD)}{counts.untold}" if counts.untold else "",
        clean_text(site, multiline=False).text,
    ]
    return " ".join(part for part in parts if part)


def rang_line(lines: Sequence[CaseLine], at: datetime, zone: tzinfo) -> str:
    """What rang and when: the next step and the number of the first case, and how many more; what
    is no case's is the desk's own."""
    time = f"{at.astimezone(zone):%H:%M}"
    if not lines:
        return _("{time} rang: a desk duty").format(time=time)
    first = lines[0]
    words = _("{time} rang: {step} {number}")
    text = words.format(time=time, step=step_name(first.next_label), number=first.number)
    more = len(lines) - 1
    return f"{text} {_('(and {n} more)').format(n=more)}" if more else text
