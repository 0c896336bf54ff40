"""The first line of an emergency, and what of its calls is missing."""

from __future__ import annotations

from datetime import datetime, tzinfo

from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.present.cells import fit, width
from dispatcher_tui.present.emergency.emergency_lines import state_words
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.spans import Span, cells_of

_GAPS, _LEAST_KIND = 5, 6
"""Cells between the parts of the line, and before its end; of the kind at least."""


def clock_words(seconds: float) -> str:
    """``00:05:12``."""
    whole = max(0, int(seconds))
    return f"{whole // 3600:02d}:{whole % 3600 // 60:02d}:{whole % 60:02d}"


def head_sides(
    case: Case,
    kind: str,
    now: datetime,
    zone: tzinfo,
    cells: int,
    *,
    held: bool,
    low: bool = False,
    lacks_room: bool = False,
) -> tuple[list[Span], list[Span]]:
    """What stands at the left and at the right of it.

    Args:
        case: the emergency's.
        kind: in words.
        now: the moment (UTC).
        zone: the site's.
        cells: of the line; where it is too narrow, the number goes, then the words of the time,
            then the time; the kind is cut and the place is not.
        held: whether it still holds the post.
        low: few rows are there: the place comes first.
        lacks_room: whether something essential has no room.
    """
    left = [Span(f" {_('EMERGENCY')} ", "over")] if held else []
    if not held:
        left = [Span(f" {_('STOOD DOWN')} ", "cap")]
    if lacks_room:
        left.append(Span(f" {_('TOO FEW ROWS')} ", "warn"))
    passed = clock_words((now - case.opened_at).total_seconds())
    if held:
        words = _("post held {time}").format(time=passed)
        rights = [f"{case.number}   {words}", words, passed, ""]
    else:
        words = state_words(case, now, zone)
        rights = [f"{case.number}   {words}".rstrip(), words, ""]
    place = Span(case.place) if case.place else Span(f" {_('PLACE NOT KNOWN')} ", "warn")
    room = cells - cells_of([*left, place]) - _GAPS
    least = min(width(kind), _LEAST_KIND)
    said = next((each for each in rights if width(each) <= room - least), "")
    right, room = [Span(said)], room - width(said)
    kind = fit(kind, max(0, room)).rstrip() if width(kind) > room else kind
    parts = [each for each in ([place, Span(kind)] if low else [Span(kind), place]) if each.text]
    for part in parts:
        left += [Span(" " if part is parts[0] else "  "), part]
    return left, right


def missing_badge(*, loud: bool) -> Span:
    """Before those who were not told; ``loud``: nobody is left to ring by the order of calls."""
    return Span(f" {_('Not all there')} ", "over" if loud else "warn")
