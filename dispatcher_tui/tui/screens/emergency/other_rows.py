"""The other emergencies above the kinds: in which order Enter finds them, and their words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, tzinfo

from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import short_time


def for_enter(
    lines: Iterable[CaseLine],
    unseen: Sequence[str],
    running: Collection[str],
    under: str,
    current: str,
) -> list[CaseLine]:
    """What nobody has seen in its own order, then what still runs, then what is over.

    Args:
        lines: the other emergencies.
        unseen: the ids of those that came in and nobody has seen, the oldest first.
        running: the ids of those that hold the post.
        under: the id of the one on the screen below.
        current: the id of the one the board stands on.
    """
    places = {case_id: place for place, case_id in enumerate(unseen)}
    return sorted(
        lines,
        key=lambda line: (
            places.get(line.id, len(places)),
            line.id not in running,
            line.id == under,
            line.id != current,
        ),
    )


def going_on_line(
    row: int,
    line: CaseLine,
    called: str,
    *,
    unseen: bool,
    running: bool,
    now: datetime,
    zone: tzinfo,
) -> str:
    """Another emergency, with the keys that lead from the first row to it.

    Args:
        row: how many rows below the first it stands.
        line: the emergency.
        called: its kind in words, empty while that is not known.
        unseen: whether nobody has seen it yet.
        running: whether it holds the post.
        now: the moment (UTC).
        zone: the site's.
    """
    words = _("{keys}: go on with {case}, open since {time}")
    if unseen:
        words = _("{keys}: NEW, nobody was told: {case}, since {time}")
    elif not running:
        words = _("{keys}: {case}, stood down; has it flared up?")
    return words.format(
        keys=_("{n} x down, Enter").format(n=row) if row else "Enter",
        case=" ".join(part for part in (line.number, line.place, called) if part),
        time=short_time(line.opened_at, now, zone),
    )
