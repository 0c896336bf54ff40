"""Which numbers answer: every try to reach somebody, counted by number and hour of the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.terms import CallOutcome

BANDS = 4
"""The day in so many parts: who answers at noon may sleep at four."""

DEAD_AFTER = 3
"""A number that was rung so often and never answered is dead."""


class Try(msgspec.Struct, frozen=True):
    """One try to reach somebody at a number; ``at`` is UTC."""

    person: str
    name: str
    phone: str
    outcome: CallOutcome
    at: datetime


class Band(msgspec.Struct, frozen=True):
    """How often a number was rung in one part of the day, and how often somebody answered."""

    made: int = 0
    answered: int = 0


class Number(msgspec.Struct, frozen=True):
    """What is known of one number of one person; ``last_answered`` is UTC."""

    person: str
    name: str
    phone: str
    bands: tuple[Band, ...] = (Band(),) * BANDS
    last_answered: datetime | None = None

    @property
    def made(self) -> int:
        """How often it was rung."""
        return sum(band.made for band in self.bands)

    @property
    def answered(self) -> int:
        """How often somebody answered."""
        return sum(band.answered for band in self.bands)

    @property
    def dead(self) -> bool:
        """Rung often enough, and nobody ever answered."""
        return self.made >= DEAD_AFTER and not self.answered


def band_of(at: datetime, zone: tzinfo) -> int:
    """Which part of the local day a moment lies in."""
    return at.astimezone(zone).hour * BANDS // 24


def _counted(number: Number, made: Try, zone: tzinfo) -> Number:
    answered = not made.outcome.missed
    place = band_of(made.at, zone)
    band = number.bands[place]
    more = Band(band.made + 1, band.answered + answered)
    bands = (*number.bands[:place], more, *number.bands[place + 1 :])
    last = max(number.last_answered or made.at, made.at) if answered else number.last_answered
    return msgspec.structs.replace(number, name=made.name, bands=bands, last_answered=last)


def ledger(tries: Iterable[Try], zone: tzinfo) -> dict[tuple[str, str], Number]:
    """Every number that was rung, by its person and itself; a busy line has not answered."""
    found: dict[tuple[str, str], Number] = {}
    for made in tries:
        if not made.phone:
            continue
        key = (made.person or made.name, made.phone)
        number = found.get(key) or Number(made.person, made.name, made.phone)
        found[key] = _counted(number, made, zone)
    return found


def _chance(number: Number | None, band: int) -> float:
    """How likely somebody answers: what is known of the hour counts more than the rest.

    A number that was never rung stands between one that answers and one that does not.
    """
    if number is None:
        return 0.5
    here = number.bands[band]
    overall = (number.answered + 1) / (number.made + 2)
    return (here.answered + 2 * overall) / (here.made + 2)


def best_first(
    who: str,
    phones: Sequence[str],
    numbers: dict[tuple[str, str], Number],
    at: datetime,
    zone: tzinfo,
) -> tuple[str, ...]:
    """Somebody's numbers in the order to ring them now; the roster's order where nothing tells.

    ``who`` is the roster's id, or the name of a number outside.
    """
    band = band_of(at, zone)
    return tuple(sorted(phones, key=lambda phone: -_chance(numbers.get((who, phone)), band)))


def dead_numbers(numbers: dict[tuple[str, str], Number]) -> tuple[Number, ...]:
    """The numbers that never answer, the most often rung first."""
    return tuple(sorted((n for n in numbers.values() if n.dead), key=lambda n: (-n.made, n.name)))
