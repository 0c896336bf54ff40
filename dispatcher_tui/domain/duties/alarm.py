"""When the desk makes a sound, and which: few for what can wait, none held back for what cannot.

Ordinary duties are grouped, so that the bell keeps its meaning (at most six sounds an hour);
an emergency and a case nobody was told of sound at once, whatever is silenced.
Times are aware UTC.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec.structs import replace

APART = timedelta(minutes=10)
"""From one ordinary sound to the next; what falls due in between joins it."""

LONGEST_SILENCE = timedelta(minutes=10)
UNTOLD_EVERY = timedelta(minutes=1)
EMERGENCY_EVERY = timedelta(seconds=20)


class Tone(StrEnum):
    """What a sound means, the graver the later."""

    ORDINARY = "ordinary"
    UNTOLD = "untold"
    EMERGENCY = "emergency"

    @property
    def weight(self) -> int:
        """How grave it is: the graver tone takes precedence."""
        return tuple(Tone).index(self)


class Sounded(msgspec.Struct, frozen=True):
    """When each tone last sounded; None where it has not yet."""

    ordinary: datetime | None = None
    untold: datetime | None = None
    emergency: datetime | None = None


class Wanted(msgspec.Struct, frozen=True):
    """What asks for a sound now.

    ``ordinary`` is since when the oldest ordinary duty has waited for its sound. ``untold``: a
    case nobody was told of is overdue. ``unreached``: an emergency in which nobody was reached
    yet, or an operator who does not answer. ``at_once``: a duty of an emergency fell due just now.
    """

    ordinary: datetime | None = None
    untold: bool = False
    unreached: bool = False
    at_once: bool = False


def _over(since: datetime | None, length: timedelta, now: datetime) -> bool:
    """Whether so much time has passed; a moment still to come is a clock that was set back."""
    return since is None or since > now or now - since >= length


def silent_at(silenced_until: datetime | None, now: datetime) -> bool:
    """Whether ordinary sounds are silenced; one that reaches too far is of a clock set back."""
    return silenced_until is not None and now < silenced_until <= now + LONGEST_SILENCE


def silence_end(now: datetime, minutes: float, silenced_until: datetime | None) -> datetime:
    """Until when a silence asked for now lasts: ten minutes at most.

    One that is on is not made longer by asking again: what it held back is heard in between.
    """
    if silenced_until is not None and silent_at(silenced_until, now):
        return silenced_until
    return now + min(timedelta(minutes=max(0.0, minutes)), LONGEST_SILENCE)


def tone_at(
    wanted: Wanted, sounded: Sounded, silenced_until: datetime | None, now: datetime
) -> Tone | None:
    """The tone to sound now, None where nothing is to be heard.

    What it leaves out is not forgotten: it is wanted again a second later.
    """
    if wanted.at_once:
        return Tone.EMERGENCY
    if wanted.unreached and _over(sounded.emergency, EMERGENCY_EVERY, now):
        return Tone.EMERGENCY
    if wanted.untold and _over(sounded.untold, UNTOLD_EVERY, now):
        return Tone.UNTOLD
    waiting = wanted.ordinary
    if waiting is None or not _over(sounded.ordinary, APART, now):
        return None
    # Silence asked for again and again holds nothing back for longer than once.
    silent = silent_at(silenced_until, now) and not _over(waiting, LONGEST_SILENCE, now)
    return None if silent else Tone.ORDINARY


def after(sounded: Sounded, tone: Tone, now: datetime) -> Sounded:
    """What has sounded, once this tone has too."""
    match tone:
        case Tone.ORDINARY:
            return replace(sounded, ordinary=now)
        case Tone.UNTOLD:
            return replace(sounded, untold=now)
        case Tone.EMERGENCY:
            return replace(sounded, emergency=now)
