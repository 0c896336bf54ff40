"""Who is out there alone, and when it is time to ask whether he is safe.

Whoever was sent out alone is asked every quarter of an hour (setting; sooner at a fire). An answer
begins the next stretch. Where he does not answer somebody has to be sent after him; that is due
in two minutes, and until he is back or was heard of it stays so. Times are aware UTC.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.out_alone_events import CameBackSafe, SafetyAsked, SentAlone
from dispatcher_tui.domain.words.terms import Label

DO = "out_alone"
"""What the duty to ask whether somebody is safe asks to do."""

MARK = "alone:"
"""How the key of such a duty begins."""

SECOND_WITHIN = timedelta(minutes=2)
"""How soon somebody goes after one who does not answer."""


class OutAlone(msgspec.Struct, frozen=True):
    """Somebody who is out alone: since when, where, for which case by its number.

    ``asked`` is when he was heard of last, or went; ``silent``: he did not answer then. ``second``
    is who was sent after him.
    """

    number: int
    name: str
    since: datetime
    minutes: int
    asked: datetime
    person: str = ""
    place: str = ""
    about: str = ""
    silent: bool = False
    second: str = ""

    @property
    def due(self) -> datetime:
        """When he has to be asked, or somebody has to be on the way to him."""
        waiting = SECOND_WITHIN if self.silent else timedelta(minutes=self.minutes)
        return self.asked + waiting

    def late(self, now: datetime) -> bool:
        """Whether it is time, and nobody has asked."""
        return now >= self.due


class AloneRow(msgspec.Struct, frozen=True):
    """Somebody out alone, his numbers, and who could go after him, with his numbers."""

    out: OutAlone
    phones: tuple[str, ...] = ()
    next: str = ""
    next_phones: tuple[str, ...] = ()


def alone_key(out: OutAlone) -> str:
    """The key of the duty to ask, one for each stretch."""
    return f"{MARK}{out.number}@{out.asked:%Y%m%dT%H%M%S.%f}{'!' if out.silent else ''}"


def is_alone(key: str) -> bool:
    """Whether that is the key of such a duty."""
    return key.startswith(MARK)


def alone_number(key: str) -> int:
    """The number that such a key is about."""
    return int(key.removeprefix(MARK).partition("@")[0])


def out_after(out: tuple[OutAlone, ...], entry: Entry) -> tuple[OutAlone, ...]:
    """Who is out alone after one more entry about them.

    One who was sent after somebody is on the way to him, and both are asked for from then.
    """
    at, event = entry.occurred_at, entry.event
    if isinstance(event, SentAlone):
        sent = OutAlone(
            number=event.number,
            name=event.name,
            since=at,
            minutes=event.minutes,
            asked=at,
            person=event.person,
            place=event.place,
            about=event.about,
        )
        return (*out, sent)
    if isinstance(event, CameBackSafe):
        return tuple(each for each in out if each.number != event.number)
    if isinstance(event, SafetyAsked):
        silent = not (event.safe or event.second)
        return tuple(
            replace(each, asked=at, silent=silent, second=event.second or each.second)
            if each.number == event.number
            else each
            for each in out
        )
    return out


def alone_duties(out: Iterable[OutAlone]) -> tuple[Duty, ...]:
    """One duty for each who is out alone: to ask by then, or to send somebody after him."""
    return tuple(
        Duty(
            key=alone_key(each),
            rule="",
            label=Label(
                f"{each.name} 不应答，派人去" if each.silent else f"{each.name} 平安否",
                f"{each.name} does not answer: send somebody"
                if each.silent
                else f"Is {each.name} safe?",
            ),
            do=DO,
            start=each.asked,
            due=each.due,
            opens=each.asked if each.silent else each.due,
            done_at=None,
            cancelled_at=None,
            clock=f"{MARK}{'second' if each.silent else 'safe'}",
        )
        for each in out
    )


def anybody_late(out: Iterable[OutAlone], now: datetime) -> bool:
    """Whether somebody out alone should have been heard of by now, or does not answer."""
    return any(each.silent or each.late(now) for each in out)


def in_order(out: Iterable[OutAlone]) -> list[OutAlone]:
    """Who is out alone, by when he has to be asked."""
    return sorted(out, key=lambda each: (each.due, each.number))
