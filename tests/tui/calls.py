"""What the tests of the intake look at: the form, its panel, the drafts and cases on file."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.pilot import Pilot

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.drafts import load_drafts
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.tui.screens.case.intake import IntakeScreen
from dispatcher_tui.tui.screens.system.autosave_form import PAUSE
from dispatcher_tui.tui.widgets.beside import Beside
from dispatcher_tui.tui.widgets.lines import Lines
from tests.tui.support import (
    Night,
    settle,
)


def form(pilot: Pilot[Any]) -> Intake:
    """The form on the screen."""
    screen = pilot.app.screen
    assert isinstance(screen, IntakeScreen)
    return screen.filled


def message(pilot: Pilot[Any]) -> str:
    """The line that tells the operator something."""
    return pilot.app.screen.query_one("#message", Lines).text


def part(pilot: Pilot[Any], name: str) -> str:
    """A part of the panel beside the form, unwrapped; empty while it says nothing."""
    return pilot.app.screen.query_one(Beside).part(name)


async def drafts(night: Night) -> list[Intake]:
    """The unfinished forms on disk."""
    return [draft.intake for draft in await night.run_on_desk(load_drafts)]


async def cases(night: Night) -> list[Case]:
    """Every case on file, the oldest first."""
    return [record.case for record in await night.run_on_desk(lambda d: list(d.store.all_cases()))]


async def pause(pilot: Pilot[Any]) -> None:
    """The pause in typing after which a draft is written."""
    await asyncio.sleep(PAUSE + 0.05)
    await settle(pilot)
