"""A case told over changes of watch: who holds the post decides what a shift's end means."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.context import CommandContext
from dispatcher_tui.domain.record.sheet import Sheet
from dispatcher_tui.domain.record.watch_events import HandedOver, PostRelieved, SignedIn, WatchEvent
from dispatcher_tui.domain.time.calendar import watch_at
from dispatcher_tui.domain.watch.handing_over import CaseToHandOver, Records, compile_sheet
from dispatcher_tui.domain.watch.post import VACANT, acting_end, evolve_post, newcomers_end
from tests.domain.support import P0, Story, calendar, local

HEAD = "5d91" * 16


class WatchStory(Story):
    """A story with a post; signing in, relief and hand-over go by the rules of the desk."""

    def __init__(self, start: str, procedure: str = P0) -> None:
        super().__init__(procedure, start)
        self.post = VACANT
        self._watch_seq = 0

    def moment(self, occurred: datetime | None) -> CommandContext:
        """Now, in the watch that was held when it happened."""
        end = acting_end(self.post, calendar(), occurred or self.now)
        return CommandContext(self.now, self.actor, occurred, end, self.known)

    def _happened(self, event: WatchEvent, who: str) -> None:
        self._watch_seq += 1
        entry = Entry(1000 + self._watch_seq, self.now, self.now, who, "", event)
        self.post, self.actor = evolve_post(self.post, entry), who

    def sign_in(self, name: str = "王芳", until: str = "") -> Self:
        """Take the vacant watch; ``until`` where another end is agreed than the plan's."""
        end = local(until) if until else newcomers_end(self.post, calendar(), self.now)
        self._happened(SignedIn(name=name, until=end), name)
        return self

    def hand_over(self, name: str = "李建国") -> Sheet:
        """The watch passes by its sheet, which is given back."""
        sheet = self.sheet()
        event = HandedOver(outgoing=self.actor, incoming=name, until=sheet.until, sheet=sheet)
        self._happened(event, name)
        return sheet

    def relieve(self, name: str = "周海涛") -> Self:
        """Somebody takes the post in the middle of the watch."""
        end = acting_end(self.post, calendar(), self.now)
        self._happened(PostRelieved(outgoing=self.actor, incoming=name, until=end), name)
        return self

    def records(self) -> Records:
        """What a sheet is made of now."""
        found: tuple[CaseToHandOver, ...] = ()
        if self._case is not None:
            level = self.rules.procedure.level(self.case.level)
            found = (CaseToHandOver(self.case, tuple(self.owed().values()), level),)
        return Records(found, self.post, HEAD, len(self.entries))

    def sheet(self) -> Sheet:
        """The hand-over sheet as it would be drawn now."""
        return compile_sheet(self.records(), calendar(), self.now)

    def planned_end(self) -> datetime:
        """What the shift plan alone would say."""
        return watch_at(calendar(), self.now).end


def named(sheet: Sheet) -> list[tuple[str, datetime]]:
    """The duties that stand on a sheet: each rule with its due time."""
    return [(duty.rule, duty.due) for duty in sheet.duties]
