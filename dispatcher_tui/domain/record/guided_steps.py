"""A guided first night: which of its steps a hand has come to, judged from the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from dispatcher_tui.domain.record.case import LogLine
from dispatcher_tui.domain.record.events import (
    CalledOff,
    CaseOpened,
    Event,
    JudgedInvalid,
    TakenBack,
)
from dispatcher_tui.domain.record.kinds import kind_of
from dispatcher_tui.domain.words.terms import Label

ANYTHING = "+"
"""What stands in a condition for any value but an empty one."""

EMERGENCY = "emergency"
"""The level that an emergency has under every procedure."""


class GuideMark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry that shows that a step was done: its kind, about a case or an emergency, and what
    its fields have to hold."""

    kind: str
    of: Literal["case", "emergency"]
    where: Mapping[str, tuple[str, ...]] = {}

    def met_by(self, event: Event) -> bool:
        """Whether an entry's event is such a one."""
        return kind_of(type(event)) == self.kind and all(
            _holds(str(getattr(event, field, "")), wanted) for field, wanted in self.where.items()
        )


class GuideStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step: on which screens, which keys it waits for, and by what it is done.

    ``keys`` are digits, or ids of actions. ``shown``: the screen whose coming up does it, where
    no entry says so. ``way`` says how to come to it from another screen.
    """

    screens: tuple[str, ...]
    keys: tuple[str, ...]
    do: Label
    why: Label
    way: Label
    shown: str = ""
    done: tuple[GuideMark, ...] = ()


class Guide(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The steps in their order."""

    step: tuple[GuideStep, ...]


class GuidedNight(msgspec.Struct, frozen=True):
    """A night that is led through by steps since it began (UTC).

    ``pins``, by name, are no secret: a desk that was left is locked, and nobody knows them yet.
    """

    steps: tuple[GuideStep, ...]
    began: datetime
    pins: Mapping[str, str] = {}


def _holds(value: str, wanted: Sequence[str]) -> bool:
    return value in wanted or (ANYTHING in wanted and bool(value))


def _counting(lines: Sequence[LogLine]) -> Iterable[tuple[str, Event]]:
    """What counts of the cases opened in these lines: whether each is about a case or an emergency,
    with the event. What was taken back, called off or judged invalid is as if it had not been."""
    void = {
        seq
        for line in lines
        if isinstance(line.entry.event, TakenBack)
        for seq in line.entry.event.of
    }
    gone = {
        line.number
        for line in lines
        if isinstance(line.entry.event, CalledOff | JudgedInvalid) and line.entry.seq not in void
    }
    about: dict[str, str] = {}
    for line in lines:
        event = line.entry.event
        if isinstance(event, CaseOpened):
            about[line.number] = "emergency" if event.level == EMERGENCY else "case"
        if line.number in about and line.number not in gone and line.entry.seq not in void:
            yield about[line.number], event


def step_now(steps: Sequence[GuideStep], lines: Sequence[LogLine], screen: str) -> int:
    """The place of the first step that is not done yet, as many as there are once all are.

    Args:
        steps: the guide's, in order.
        lines: every entry since the night began, in the order of the journal.
        screen: the class of the screen on top.
    """
    counting = tuple(_counting(lines))

    def done(nth: int) -> bool:
        if nth == len(steps):
            return False
        step = steps[nth]
        if step.shown:
            return screen == step.shown or done(nth + 1)
        return any(
            of == mark.of and mark.met_by(event) for of, event in counting for mark in step.done
        )

    return next((nth for nth in range(len(steps)) if not done(nth)), len(steps))
