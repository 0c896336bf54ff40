"""What a fold tells the clocks: something was done, what of it they start or end on, and in
which order, where the wall clock was set back in between."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from dispatcher_tui.domain.record.case import Case, Entry, Signal

SIGNALS = (
    "received",  # the call came in
    "opened",  # the case was opened, or reopened
    "notified",  # the person responsible was told
    "assigned",  # somebody else was named after one was told
    "not_found",  # the person responsible could not be found
    "followed_up",
    "feedback_received",
    "nothing_arranged",  # a follow-up found the matter neither handled nor arranged
    "stuck",  # it cannot be handled: the head must decide
    "on_the_way",  # somebody called out set off
    "on_scene",  # somebody called out arrived
    "reported_back",  # somebody called out reported to the desk
    "stood_down",  # the emergency is over; what follows is its aftermath
    "false_alarm",  # it was none
    "given_up",  # it was stood down although somebody was never reached or sent
    "over",  # it was stood down, or written off before that: its aftermath is followed from here
    "resumed",  # it flared up again
    "moved",  # the place turned out to be another one while people were under way
    "spoken_to",  # somebody who is told one by one was spoken to, for whatever it was
    "written_off",
    "paper_received",
    "paper_signed",
    "paper_filed",
    "forms_out",  # a numbered form went out, and none was out before
    "form_asked",  # whoever has one was asked for it
    "forms_back",  # none is out any more
    "final",
    "reopened",
    "invalid",
    "reviewed",  # its standing was taken down in a week's review
    "method_set",  # the head decided on what cannot be handled
    "homes_named",  # homes have to be warned one by one
    "home_warned",  # somebody in one of them was reached
    "corrective_opened",  # what is to be corrected for it has a case of its own
)
"""What the record itself can signal; a procedure's steps add their own ids."""


def touched(case: Case, at: datetime) -> Case:
    """Something was done at ``at``; a late entry does not set back what was done last."""
    return replace(case, last_at=max(case.last_at or at, at))


def signal(case: Case, at: datetime, *names: str) -> Case:
    """Something was done at ``at`` that clocks may start or end on."""
    new = tuple(Signal(name, at, case.round) for name in names)
    return touched(replace(case, signals=case.signals + new), at)


def noted(case: Case, at: datetime, name: str) -> Case:
    """The same, though it counts for no more than the clocks that start or end on it."""
    return replace(case, signals=(*case.signals, Signal(name, at, case.round)))


def in_order(before: Case, after: Case, entry: Entry) -> Case:
    """The case after an entry, with what the entry signals no earlier than what it follows.

    What was entered on the spot came after all that was on the case; where its time says
    otherwise, the clock was set back. The procedure's clocks take it for as late as the last
    thing before it, else it would end none of them. The entry keeps its own time, and so does a
    late entry, whose time was given by the operator.
    """
    last, old = before.last_at, len(before.signals)
    if last is None or entry.occurred_at != entry.recorded_at or entry.occurred_at >= last:
        return after
    held = tuple(replace(signal, at=max(signal.at, last)) for signal in after.signals[old:])
    return replace(after, signals=after.signals[:old] + held)
