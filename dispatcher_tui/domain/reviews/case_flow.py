"""What became of the cases of a stretch of time: the one count for the month and for the week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

import msgspec

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.month import CaseFlow
from dispatcher_tui.domain.words.terms import Stage


class Stretch(msgspec.Struct, frozen=True):
    """What is summed up: the name of the month or week, and from when up to but without when (UTC).

    ``as_of``: the moment it is summed up as of; where it is ``closed``, its own end.
    """

    month: str
    begin: datetime
    end: datetime
    as_of: datetime
    closed: bool

    def has(self, at: datetime | None) -> bool:
        """Whether a moment lies in it."""
        return at is not None and self.begin <= at < self.end


class CaseAtEnd(msgspec.Struct, frozen=True):
    """A case as it stood at the end of the stretch, with its duties as of then.

    ``before``: as it stood when the stretch began, None where it was not open yet. ``emergency``:
    whether its level was one, ``grave`` whether it was urgent; ``cause``: what its last write-off
    gives as the cause; ``department``: the group of whoever was responsible.
    """

    case: Case
    duties: tuple[Duty, ...]
    before: Case | None
    emergency: bool = False
    cause: str = ""
    grave: bool = False
    department: str = ""

    @property
    def reopened(self) -> bool:
        """Whether it had ended before and came back, if only to end anew."""
        was, case = self.before, self.case
        return was is not None and was.stage.ended and _ending(was) != _ending(case)

    @property
    def concerned(self) -> bool:
        """Whether it was open at all within the stretch."""
        return self.before is None or not self.before.stage.ended or self.reopened


def _ending(case: Case) -> tuple[object, ...]:
    return case.stage, case.round, case.final_at


def signalled(case: Case, name: str, stretch: Stretch) -> Iterator[tuple[int, datetime]]:
    """The rounds and times of a signal in the stretch."""
    for signal in case.signals:
        if signal.name == name and stretch.has(signal.at):
            yield signal.round, signal.at


class Counted(NamedTuple):
    """The cases of a stretch as they are counted: ``held`` were open in it, ``opened`` began in
    it, ``written_off`` stand as written off in it, ``emergencies`` are those of the opened that
    were one, ``came_back`` were reopened in it."""

    held: list[CaseAtEnd]
    opened: list[CaseAtEnd]
    written_off: list[CaseAtEnd]
    emergencies: list[CaseAtEnd]
    came_back: list[CaseAtEnd]
    flow: CaseFlow


def counted(cases: Iterable[CaseAtEnd], stretch: Stretch, *, moved_out: int = 0) -> Counted:
    """How the cases went through a stretch; every one came in by one of two ways and stands in
    one of three.

    Args:
        cases: every case that was open within it, as of its end; more do no harm.
        stretch: the time that is counted over.
        moved_out: how many cases were handed over to another procedure in it.
    """
    held = [each for each in cases if each.concerned]
    opened = [each for each in held if each.before is None]
    stages = Counter(each.case.stage for each in held)
    void = sum(each.case.stage is Stage.INVALID for each in opened)
    flow = CaseFlow(
        opened=len(opened),
        carried_in=len(held) - len(opened),
        reopened=sum(each.reopened for each in held),
        written_off=sum(any(signalled(e.case, "written_off", stretch)) for e in held),
        final=stages[Stage.FINAL],
        invalid=stages[Stage.INVALID],
        carried_over=sum(not each.case.stage.ended for each in held),
        valid=len(opened) - void,
        papers_owed=stages[Stage.WRITTEN_OFF],
        moved_out=moved_out,
    )
    return Counted(
        held,
        opened,
        written_off=[each for each in held if stretch.has(each.case.written_off_at)],
        emergencies=[each for each in opened if each.emergency],
        came_back=[each for each in held if any(signalled(each.case, "reopened", stretch))],
        flow=flow,
    )
