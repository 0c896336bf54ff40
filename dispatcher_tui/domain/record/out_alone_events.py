"""What can happen to somebody who was sent out alone: sent, asked whether safe, back."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.domain.record.watch_events import WatchEvent


class SentAlone(WatchEvent, frozen=True, kw_only=True):
    """Somebody went out alone, to be asked every so many ``minutes`` whether he is safe.

    ``number``: what it goes by, counted through all who ever went. ``person`` is the roster's id,
    empty for somebody who is not on it. ``about`` is the number of the case that he was sent for,
    empty where there is none, as on a patrol.
    """

    number: int
    name: str
    person: str = ""
    place: str = ""
    about: str = ""
    minutes: int


class SafetyAsked(WatchEvent, frozen=True, kw_only=True):
    """The one out alone under ``number`` was rung: he is ``safe``, or does not answer.

    ``second``: who was sent after him, empty where nobody was. ``due`` is when he had to be asked
    by (UTC).
    """

    number: int
    name: str
    safe: bool
    second: str = ""
    due: datetime | None = None


class CameBackSafe(WatchEvent, frozen=True, kw_only=True):
    """The one who was out alone under ``number`` is back, or is not alone any more."""

    number: int
    name: str
    note: str = ""
