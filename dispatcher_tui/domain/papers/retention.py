"""How long the file of an ended case is kept (P4-18), and which files may then be destroyed.

Nothing is destroyed by the program: it says what is due, and people decide.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.time.calendar import Calendar, due_at
from dispatcher_tui.domain.time.due import Months
from dispatcher_tui.domain.words.terms import Label

EARLIEST = date(1970, 1, 1)
"""No case ended before this day; however long files are kept, no earlier one is asked for."""


class RetentionReason(StrEnum):
    """Why a file whose time is over is not destroyed with the others, but decided upon."""

    NONE = ""
    EMERGENCY = "emergency"
    CORRECTIVE = "corrective"
    TYPICAL = "typical"


class Expired(msgspec.Struct, frozen=True):
    """One case whose keeping time is over; times are aware UTC.

    ``binder`` and ``page`` say where its closing paper is; empty where it had none. ``kind`` is
    what an emergency is called that has no words of a caller.
    """

    line: CaseLine
    ended_at: datetime
    until: datetime
    paper: str = ""
    binder: str = ""
    page: str = ""
    keep: RetentionReason = RetentionReason.NONE
    kind: Label | None = None


def years_kept(site: int, procedure: int) -> int:
    """The longer of the site's time and the procedure's counts, in years."""
    return max(site, procedure)


def kept_until(calendar: Calendar, ended_at: datetime, years: int) -> datetime:
    """24:00 local of the same day so many years on; 29 February becomes the 28th."""
    return due_at(calendar, Months(12 * years), ended_at).at


def first_day_kept(today: date, years: int) -> date:
    """The first local day on which a case may have ended whose file is still kept on ``today``.

    What ended on any earlier day has been kept for its time.
    """
    if today.year - years < EARLIEST.year:
        return EARLIEST
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # 29 February in a year without one: 28 February has passed by now.
        return date(today.year - years, 3, 1)
