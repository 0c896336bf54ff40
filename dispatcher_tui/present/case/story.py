"""The selected case's story in the room beside the board: what was said, then the latest."""

from __future__ import annotations

from collections.abc import Sequence

from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.present.cells import wrap

_SAID_LINES = 4


def story(case: Case, timeline: Sequence[str], width: int, height: int) -> list[str]:
    """At most ``height`` lines of ``width`` cells: head, the caller's words, the newest entries.

    Where there is no room for all entries it is the oldest that are left out, and an ellipsis
    says so.
    """
    head = [f"{case.number}  {case.place}".strip()]
    said = wrap(case.verbatim, width)
    if len(said) > _SAID_LINES:
        said = [*said[: _SAID_LINES - 1], ".."]
    head += [*said, ""]
    told = [line for entry in timeline for line in wrap(entry, width)]
    room = max(1, height - len(head))
    if len(told) > room:
        told = ["..", *told[len(told) - room + 1 :]]
    return head + told
