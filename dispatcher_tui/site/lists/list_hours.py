"""The duty hours of a roster's row: in two columns, or in one as 08:00-20:00."""

from __future__ import annotations

from dispatcher_tui.site.clock_times import parse_hours, parse_time
from dispatcher_tui.site.lists.list_heads import plain_head
from dispatcher_tui.site.problems import Findings

_ALWAYS = frozenset(map(plain_head, ("24小时", "24h", "全天", "全天候", "全日", "随时")))
"""Hours that are none: whoever has none is there at any time."""


def hours_apart(cells: dict[str, str], keys: dict[str, str], findings: Findings) -> dict[str, str]:
    """A row's cells with its hours in ``on_from`` and ``on_until``.

    ``keys`` say where the problems of a column are. One column of hours must be a span, and say the
    same as the two where a list has both; a span in the column of the beginning is one as well.
    """
    found = dict(cells)
    written = found.pop("hours", "")
    at = "hours"
    if not written and not found.get("on_until") and parse_hours(found.get("on_from", "")):
        written, at = found.pop("on_from"), "on_from"
    if not written or plain_head(written) in _ALWAYS:
        return found
    span = parse_hours(written)
    if span is None:
        findings.add(keys.get(at, at), "bad_hours", text=written)
        return found
    both = {name: f"{each:%H:%M}" for name, each in zip(("on_from", "on_until"), span, strict=True)}
    for name, text in both.items():
        said = found.get(name, "")
        if said and parse_time(said, sheet=True, midnight=True) != parse_time(text):
            findings.add(keys.get(at, at), "hours_disagree", text=written, name=said)
    return {**found, **both}
