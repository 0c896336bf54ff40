"""A case with a story, and what every screen must keep to: it stands whole at every size."""

from __future__ import annotations

from typing import Any

from textual.containers import VerticalScroll
from textual.pilot import Pilot

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.kinds import kind_of
from dispatcher_tui.domain.words.terms import CallOutcome, Fact, FeedbackBy, Satisfaction
from dispatcher_tui.present.cells import width
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.lines import Lines
from tests.tui.support import NARROW, WIDE, Language, Night, Size, picture

EVERYWHERE: tuple[tuple[Size, Language], ...] = (
    (NARROW, "zh"),
    (NARROW, "en"),
    (WIDE, "zh"),
    (WIDE, "en"),
)
"""Every size and language a screen has to be whole in."""

LEAK = {
    "place": "3-2-1502",
    "caller": "王先生",
    "phone": "13900001111",
    "said": "漏水到楼下两户，天花板一直滴水，叫你们来过两次了没人管，再不来我就打市长热线了",
    "category": "leak",
    "facts": (Fact.NOW, Fact.GROUP),
}
REACHED = cmd.TryCall(
    person="zhangwei",
    name="张伟",
    role="implementer",
    phone="13900000120",
    outcome=CallOutcome.REACHED,
    read_back=True,
)
DONE = cmd.WriteOff(by=FeedbackBy.PHONE, source="张伟", satisfaction=Satisfaction.SATISFIED)


async def leak(night: Night, *commands: cmd.Command) -> str:
    """A grave leak, with whatever was done about it since; its id."""
    done = await night.open_case(**LEAK)
    for command in commands:
        await night.perform(done.case.id, command)
    return done.case.id


async def case_of(night: Night, case_id: str) -> Case:
    """The case as it stands on disk."""
    return await night.run_on_desk(lambda desk: desk.record(case_id).case)


async def kinds_of(night: Night, case_id: str) -> list[str]:
    """The kinds of the case's entries, in order."""
    entries = await night.run_on_desk(lambda desk: desk.store.entries(case_id))
    return [kind_of(type(entry.event)) for entry in entries]


def message(pilot: Pilot[Any]) -> str:
    """What the screen on top says to the operator."""
    return pilot.app.screen.query_one("#message", Lines).text


def on_top(pilot: Pilot[Any]) -> str:
    """The class of the screen on top."""
    return type(pilot.app.screen).__name__


def assert_whole(pilot: Pilot[Any], *texts: str, screen: type[DeskScreen] | None = None) -> None:
    """The screen stands whole: nothing to scroll, hint bar last, no line wider than the terminal.

    Args:
        pilot: of the running program.
        texts: what must be read on it.
        screen: the class it has to be.
    """
    top = pilot.app.screen
    if screen is not None:
        assert isinstance(top, screen)
    shown = picture(pilot)
    lines = shown.splitlines()
    assert len(lines) <= pilot.app.size.height
    assert max(width(line) for line in lines) <= pilot.app.size.width
    assert top.query_one("#body", VerticalScroll).max_scroll_y == 0, shown
    if not top.has_class("low"):  # where rows are few, F1 and the results say what the keys do
        assert "F1" in lines[-1] or "F9" in lines[-1]
    missing = [text for text in texts if text not in shown]
    assert not missing, f"{missing} not in\n{shown}"
