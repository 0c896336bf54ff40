"""A register of the handout book as it reads: what went out in a stretch of time, and how each
came back. Times are aware UTC."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, tzinfo

import msgspec

from dispatcher_tui.domain.papers.report import PaperMark, Report
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.handout_events import ThingCameBack, ThingHandedOut
from dispatcher_tui.domain.watch.handouts import HandoutRegister, HandoutText, ThingOut
from dispatcher_tui.domain.words.terms import Label

ReadText = Callable[[str], HandoutText | None]
"""A text by its hash; None where it was deleted."""


class HandoutRow(msgspec.Struct, frozen=True):
    """A thing that went out: with its texts, None where there is none any more.

    ``back_at`` is None while it is out; ``by`` and ``back_by`` wrote it down.
    """

    number: int
    register: str
    label: Label
    at: datetime
    by: str
    thing: Label | None = None
    due: datetime | None = None
    text: HandoutText | None = None
    back_at: datetime | None = None
    back_by: str = ""
    back_text: HandoutText | None = None

    def late(self, now: datetime) -> bool:
        """Whether it came back after its time, or is not back after it."""
        return self.due is not None and (self.back_at or now) > self.due


def row_of(out: ThingOut, text: HandoutText | None) -> HandoutRow:
    """A thing that is out, as a row."""
    thing = out.thing_label
    return HandoutRow(
        out.number, out.register, out.label, out.at, out.by, thing, out.due, text=text
    )


class HandoutBook(Report, frozen=True):
    """What went out of one register from the ``first`` to the ``last`` local day, after what went
    out before and is out still."""

    site: str
    zone: tzinfo
    at: datetime
    first: date
    last: date
    register: HandoutRegister
    rows: tuple[HandoutRow, ...]

    @property
    def mark(self) -> PaperMark:
        """From which day on."""
        return PaperMark(f"{self.first:%Y-%m-%d}")

    @property
    def stem(self) -> str:
        """By the register and the days."""
        return f"{self.register.id}-{self.first:%Y%m%d}-{self.last:%Y%m%d}"


def book_rows(
    register: str, entries: Iterable[Entry], until: datetime, read: ReadText
) -> tuple[HandoutRow, ...]:
    """Every thing of a register that these entries say went out before ``until``, in their order,
    with how it came back, whenever that was."""
    rows: dict[int, HandoutRow] = {}
    for entry in entries:
        event, at, by = entry.event, entry.occurred_at, entry.actor
        if isinstance(event, ThingHandedOut) and event.register == register and at < until:
            rows[event.number] = HandoutRow(
                event.number,
                register,
                event.label,
                at,
                by,
                event.thing_label,
                event.due,
                read(event.sha256),
            )
        elif isinstance(event, ThingCameBack) and event.number in rows:
            rows[event.number] = msgspec.structs.replace(
                rows[event.number],
                back_at=at,
                back_by=by,
                back_text=read(event.sha256) if event.sha256 else None,
            )
    return tuple(rows.values())
