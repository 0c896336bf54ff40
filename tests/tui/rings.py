"""A desk whose cards ring in an order that the tests know, whatever the shipped cards say."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from dispatcher_tui.desk.desk import Desk
from tests.tui import support
from tests.tui.support import START, Night

Rings = Mapping[str, tuple[str, ...]]

LADDER_FIRST: Rings = {"fire": ("fire", "head"), "lift_entrapment": ("lift_rescue", "head")}
"""One number outside, then the ladder; the group comes in between and after it."""

SCENES: Rings = {"fire": ("fire", "guard", "gate", "engineering", "head", "ambulance")}
"""The order of calls of a fire."""


def ring_by(desk: Desk, rings: Rings) -> None:
    """Let the cards of these kinds ring in this order."""
    cards = tuple(replace(c, ring=rings.get(c.id, c.ring)) for c in desk.site.cards)
    desk.site.__dict__["cards"] = cards


@asynccontextmanager
async def desk(
    folder: Path,
    *,
    at: datetime = START,
    procedure: str = "estate-dispatch",
    rings: Rings = LADDER_FIRST,
) -> AsyncIterator[Night]:
    """A desk as of ``support``, its cards ringing by ``rings``."""
    async with support.desk(folder, at=at, procedure=procedure) as night:
        ring_by(night.desk, rings)
        yield night
