"""How moments are stored: text in the journal, microseconds in the projections."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FAR = timedelta(days=300 * 365) // _MICROSECOND
"""Further from 1970 no desk was or will be, and every zone can still tell the time."""


def iso(at: datetime) -> str:
    """ISO 8601 in UTC with microseconds, ``2026-11-21T14:47:12.000000Z``; always 27 characters.

    Raises:
        ValueError: the moment has no zone.
    """
    if at.tzinfo is None:
        raise ValueError("a moment without a zone cannot be recorded")
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def parse(text: str) -> datetime:
    """Read ``iso`` back."""
    return datetime.fromisoformat(text)


def micros(at: datetime) -> int:
    """Whole microseconds since 1970 in UTC."""
    return (at - _EPOCH) // _MICROSECOND


def micros_or_none(at: datetime | None) -> int | None:
    """The same for a moment that may not have come."""
    return None if at is None else (at - _EPOCH) // _MICROSECOND


def moment(stored: int) -> datetime:
    """Read ``micros`` back; 1970 where it is no time of this desk.

    Such a number was put there by hand: it is found by a proof, and keeps no desk from starting.
    """
    return _EPOCH + timedelta(microseconds=stored if -_FAR < stored < _FAR else 0)


def moment_or_none(stored: int | None) -> datetime | None:
    """Read ``micros_or_none`` back."""
    return None if stored is None else moment(stored)
