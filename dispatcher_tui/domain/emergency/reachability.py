"""Which numbers answer: every try to reach somebody, counted by number and hour of the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.words.terms import CallOutcome

BANDS = 4
"""The day in so many parts: who answers at noon may sleep at four."""

DEAD_AFTER = 3
"""A number that was rung so often in vain, and never answered, is dead."""


class Try(msgspec.Struct, frozen=True):
    """One try to reach somebody at a number; ``at`` is UTC."""

    person: str
    name: str
    phone: str
    outcome: CallOutcome
    at: datetime

    @property
    def key(self) -> tuple[str, str]:
        """Whose number, and which: the roster's id, or the name of somebody who is not on it."""
        return self.person or self.name, self.phone


class Band(msgspec.Struct, frozen=True):
    """How often a number was rung in one part of the day, and how often somebody answered."""

    made: int = 0
    answered: int = 0


class Number(msgspec.Struct, frozen=True):
    """What is known of one number of one person; moments are UTC.

    ``busy``: how often the line was engaged, which no dead number ever is.
    """

    person: str
    name: str
    phone: str
    bands: tuple[Band, ...] = (Band(),) * BANDS
    busy: int = 0
    last_rung: datetime | None = None
    last_answered: datetime | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Whose number, and which, as a try has it."""
        return self.person or self.name, self.phone

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
        """Rung often enough, and nobody ever answered nor was on the line."""
        return self.made - self.busy >= DEAD_AFTER and not self.answered


def band_of(at: datetime, zone: tzinfo) -> int:
    """Which part of the local day a moment lies in."""
    return at.astimezone(zone).hour * BANDS // 24


def _in_band(number: Number, made: Try, zone: tzinfo, by: int) -> tuple[Band, ...]:
    """A number's bands with a try counted or, where ``by`` is -1, left out again."""
    place = band_of(made.at, zone)
    band = number.bands[place]
    more = Band(band.made + by, band.answered + by * (not made.outcome.missed))
    return (*number.bands[:place], more, *number.bands[place + 1 :])


def tells(made: Try) -> bool:
    """Whether a try says anything of a number.

    Somebody who was told face to face was not rung, whatever number was on the screen.
    """
    return bool(made.phone) and made.outcome is not CallOutcome.IN_PERSON


def counted(number: Number | None, made: Try, zone: tzinfo) -> Number:
    """A number with one more try, in whatever order they come; None has none yet."""
    known = number or Number(made.person, made.name, made.phone)
    last = known.last_rung or made.at
    answered = known.last_answered
    if not made.outcome.missed:
        answered = max(answered or made.at, made.at)
    return msgspec.structs.replace(
        known,
        name=made.name if made.at >= last else known.name,
        bands=_in_band(known, made, zone, 1),
        busy=known.busy + (made.outcome is CallOutcome.BUSY),
        last_rung=max(last, made.at),
        last_answered=answered,
    )


def left_out(number: Number, made: Try, zone: tzinfo) -> Number | None:
    """A number without its oldest try; None where it was the only one."""
    bands = _in_band(number, made, zone, -1)
    fewer = msgspec.structs.replace(
        number, bands=bands, busy=number.busy - (made.outcome is CallOutcome.BUSY)
    )
    if not fewer.made:
        return None
    return fewer if fewer.answered else msgspec.structs.replace(fewer, last_answered=None)


def ledger(tries: Iterable[Try], zone: tzinfo) -> dict[tuple[str, str], Number]:
    """Every number that was rung, by its person and itself; a busy line has not answered."""
    found: dict[tuple[str, str], Number] = {}
    for made in filter(tells, tries):
        found[made.key] = counted(found.get(made.key), made, zone)
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


def in_order(numbers: dict[tuple[str, str], Number]) -> tuple[Number, ...]:
    """Every number that was rung, one person's together; whoever answers least comes first."""
    answers: dict[str, float] = {}
    for (who, _phone), number in numbers.items():
        share = number.answered / number.made
        answers[who] = max(answers.get(who, 0.0), share)
    keys = sorted(numbers, key=lambda key: (answers[key[0]], key))
    return tuple(numbers[key] for key in keys)


def dead_numbers(numbers: dict[tuple[str, str], Number]) -> tuple[Number, ...]:
    """The numbers that never answer, the most often rung first."""
    return tuple(
        sorted((n for n in numbers.values() if n.dead), key=lambda n: (-n.made, n.name, n.phone))
    )
