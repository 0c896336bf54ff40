"""One case for the tests of the forms about a case: a leak reported by night, on the board."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from dispatcher_tui.desk.operators import add_operator
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.kinds import kind_of
from dispatcher_tui.domain.words.terms import CallOutcome, FollowUpOutcome
from tests.tui.support import NARROW, OPERATOR, START, Language, Night, Size, desk, picture

LEAK: dict[str, Any] = {
    "place": "3-2-1502",
    "said": "漏水到楼下两户",
    "category": "leak",
    "caller": "王先生",
    "phone": "13911112222",
}
PIN, HEAD, HEAD_PIN = "246813", "陈志强", "864257"


class Desk:
    """A desk with one open case, the board up and its cursor on the case."""

    def __init__(self, night: Night, pilot: Pilot[int], case_id: str) -> None:
        self.night = night
        self.pilot = pilot
        self.case_id = case_id

    async def case(self) -> Case:
        """The case as it stands in the file."""
        return (await self.night.run_on_desk(lambda d: d.record(self.case_id))).case

    def top(self) -> Screen[Any]:
        """The screen on top, asked anew each time."""
        return self.pilot.app.screen

    @property
    def shown(self) -> str:
        """The screen as text; spaces that do not break are spaces here."""
        return picture(self.pilot).replace("\u00a0", " ")

    @property
    def message(self) -> str:
        """The message line, which may be three lines, joined."""
        return " ".join(line.strip() for line in self.shown.splitlines()[-4:-1])

    async def kinds(self) -> list[str]:
        """The kinds of the case's entries, in order."""
        entries = await self.night.run_on_desk(lambda d: d.store.entries(self.case_id))
        return [kind_of(type(entry.event)) for entry in entries]


async def add_signers(night: Night) -> None:
    """The dispatcher on watch and the head may sign."""
    await night.run_on_desk(lambda d: add_operator(d, OPERATOR, "dispatcher", PIN))
    await night.run_on_desk(lambda d: add_operator(d, HEAD, "head", HEAD_PIN))


async def tell(night: Night, case_id: str) -> None:
    """Somebody is told, by telephone."""
    call = cmd.TryCall(
        person="zhangwei", name="张伟", outcome=CallOutcome.REACHED, phone="13900000121"
    )
    await night.perform(case_id, call)


async def complete(night: Night, case_id: str) -> None:
    """The responsible person says that it is done."""
    await night.perform(case_id, cmd.FollowUp(outcome=FollowUpOutcome.COMPLETED))


OVER = (cmd.StandDown(note="陈志强：已灭", why="没打通"),)
"""What comes between an emergency and its write-off."""


@asynccontextmanager
async def on_leak(
    folder: Path,
    *,
    told: bool = False,
    signers: bool = False,
    size: Size = NARROW,
    lang: Language = "en",
    procedure: str = "estate-dispatch",
    at: datetime = START,
    after: tuple[cmd.Command, ...] = (),
    **form: Any,
) -> AsyncIterator[Desk]:
    """The program on a desk with the leak open; ``after`` is carried out before it starts."""
    async with desk(folder, at=at, procedure=procedure) as night:
        if signers:
            await add_signers(night)
        case_id = (await night.open_case(**{**LEAK, **form})).case.id
        if told:
            await tell(night, case_id)
        for command in after:
            await night.perform(case_id, command)
        async with night.running(size, lang) as pilot:
            yield Desk(night, pilot, case_id)
