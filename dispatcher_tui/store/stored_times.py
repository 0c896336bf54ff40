"""How moments are stored: text in the journal, microseconds in the projections."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


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
    """Read ``micros`` back."""
    return _EPOCH + timedelta(microseconds=stored)


def moment_or_none(stored: int | None) -> datetime | None:
    """Read ``micros_or_none`` back."""
    return None if stored is None else _EPOCH + timedelta(microseconds=stored)
