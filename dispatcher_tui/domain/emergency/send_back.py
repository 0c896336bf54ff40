"""Whom somebody rings who knows that it is over before it is written down so (E-03)."""

from __future__ import annotations

from dispatcher_tui.domain.duties.called_out import OVER, under_way
from dispatcher_tui.domain.duties.duties import Duty, Rules
from dispatcher_tui.domain.procedure import UNDER_WAY
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.terms import Label


def to_send_back(case: Case, rules: Rules) -> tuple[Duty, ...]:
    """The calls that would be owed if it were over now: one to each who is under way.

    They have no due time: nothing is owed yet.
    """
    clocks = (c for c in rules.procedure.clocks if c.each == UNDER_WAY)
    clock = next((c for c in clocks if not set(OVER).isdisjoint(c.starts)), None)
    if clock is None:
        return ()
    zh, en = clock.label.zh, clock.label.en
    return tuple(
        Duty(
            key=f"{clock.key}@/{contact.who}",
            rule=clock.rule,
            label=Label(f"{zh}: {contact.name}", f"{en}: {contact.name}"),
            do=clock.do,
            clock=clock.key,
            who=contact.who,
            name=contact.name,
        )
        for contact in under_way(case, rules.procedure)
    )
