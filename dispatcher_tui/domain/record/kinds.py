"""The journal's names for what can happen, and the bytes that are stored of it."""

from __future__ import annotations

import re
from functools import cache
from types import ModuleType
from typing import Any

import msgspec

from dispatcher_tui.domain.record import (
    emergency_events,
    events,
    fee_events,
    handout_events,
    out_alone_events,
    posting_events,
    record_events,
    round_events,
    spare_events,
    watch_events,
)
from dispatcher_tui.domain.record.events import CaseEvent, Event


def kind_of(event_type: type[Event]) -> str:
    """The journal's name for a type of event."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", event_type.__name__).lower()


_BASES = (Event, CaseEvent, watch_events.WatchEvent)


def _of(module: ModuleType) -> list[type[Event]]:
    """What a module says can happen."""
    own = (each for each in vars(module).values() if isinstance(each, type))
    return [
        each
        for each in own
        if issubclass(each, Event) and each not in _BASES and each.__module__ == module.__name__
    ]


_MODULES = (
    events,
    emergency_events,
    watch_events,
    record_events,
    fee_events,
    handout_events,
    out_alone_events,
    posting_events,
    round_events,
    spare_events,
)

KINDS: dict[str, type[Event]] = {kind_of(cls): cls for module in _MODULES for cls in _of(module)}
"""Every kind of entry this version writes."""

_ENCODER = msgspec.json.Encoder(order="deterministic")


class UnknownKindError(ValueError):
    """The journal holds a kind that this version does not know."""


def encode(event: Event) -> bytes:
    """The bytes that are stored and hashed."""
    return _ENCODER.encode(event)


@cache
def _decoder(kind: str) -> msgspec.json.Decoder[Any] | None:
    """What reads one kind, made when the first of it is read: a start reads few of them."""
    cls = KINDS.get(kind)
    return None if cls is None else msgspec.json.Decoder(cls)


def decode(kind: str, body: bytes | str) -> Event:
    """Read stored bytes back.

    Raises:
        UnknownKindError: another version wrote it.
        msgspec.DecodeError: the bytes are not what that kind looks like.
    """
    decoder = _decoder(kind)
    if decoder is None:
        raise UnknownKindError(kind)
    event: Event = decoder.decode(body)
    return event
