"""What happens to the numbered blank intakes that the desk falls back on when it is dark."""

from __future__ import annotations

from dispatcher_tui.domain.record.events import Event


class SpareSheetsPrinted(Event, frozen=True, kw_only=True):
    """A pad of blank intakes was printed, numbered from ``first`` to ``last``."""

    first: int
    last: int


class SpareSheetKeyed(Event, frozen=True, kw_only=True):
    """What stood on a sheet was keyed in: it ``became`` the case of that number; a line of the
    Work Log where there is none. It is no entry of that case: the number alone is the desk's."""

    number: int
    became: str = ""


class SpareSheetVoided(Event, frozen=True, kw_only=True):
    """A sheet was spoilt or lost: nothing will be keyed in from it."""

    number: int
    reason: str
