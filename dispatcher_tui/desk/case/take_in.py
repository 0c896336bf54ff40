"""A case taken in from outside the terminal: an alarm panel's script, a colleague's command."""

from __future__ import annotations

import msgspec

from dispatcher_tui.desk.case.intake import Intake, cleaned_texts
from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.emergency.panel import take_alarm
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.time.when import parse_past


class TakenIn(msgspec.Struct, frozen=True):
    """The case, and what had to be done to the words it came in.

    ``test`` is there instead of ``done`` where the alarm fell in a planned test; ``repeated``: it
    was counted on a case that is open already; ``stood_down``: the number of an emergency that may
    have flared up. ``removed``: characters taken out because they
    could steer a terminal or hide text; ``cut``: characters beyond the longest text a case keeps;
    ``unregistered``: the site has a register of units and the place is not in it.
    """

    done: Done | None
    repeated: bool
    test: Entry | None
    stood_down: str
    removed: int
    cut: int
    unregistered: bool


def take_in(desk: Desk, form: Intake, at: str = "") -> TakenIn:
    """Take a form in: it opens a case, unless it is an alarm of a panel that one is open for, or
    that is under test. ``at`` is when it came in, as typed, now if empty.

    Raises:
        WhenError: ``at`` is no time, or ahead.
        Refusal: the form cannot be a case.
    """
    when = parse_past(at, desk.clock.now(), desk.rules.calendar.tz) if at else None
    texts = cleaned_texts(form).values()
    found = take_alarm(desk, form, when)
    case = found.done.case if found.done else None
    return TakenIn(
        done=found.done,
        repeated=found.repeated,
        test=found.test,
        stood_down=found.stood_down,
        removed=sum(each.removed for each in texts),
        cut=sum(each.cut for each in texts),
        unregistered=bool(
            case and case.place and not case.registered and desk.store.unit_prefix("", 1)
        ),
    )
