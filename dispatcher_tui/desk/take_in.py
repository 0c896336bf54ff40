"""A case taken in from outside the terminal: an alarm panel's script, a colleague's command."""

from __future__ import annotations

import msgspec

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.intake import Intake
from dispatcher_tui.domain.text import clean_text
from dispatcher_tui.domain.when import parse_past

_TYPED = ("place", "phone", "caller", "said")


class Taken(msgspec.Struct, frozen=True):
    """The opened case, and what had to be done to the words it came in.

    ``removed``: characters taken out because they could steer a terminal or hide text; ``cut``:
    characters beyond the longest text a case keeps; ``unregistered``: the site has a register of
    units and the place is not in it.
    """

    done: Done
    removed: int
    cut: int
    unregistered: bool


def take_in(desk: Desk, form: Intake, at: str = "") -> Taken:
    """Open a case from a form; ``at`` is when it came in, as typed, now if empty.

    Raises:
        WhenError: ``at`` is no time, or ahead.
        Refusal: the form cannot be a case.
    """
    when = parse_past(at, desk.clock.now(), desk.rules.calendar.tz) if at else None
    cleaned = [clean_text(getattr(form, name), multiline=name == "said") for name in _TYPED]
    done = desk.open_case(form, received_at=when, occurred=when)
    place, registered = done.case.place, done.case.registered
    return Taken(
        done=done,
        removed=sum(each.removed for each in cleaned),
        cut=sum(each.cut for each in cleaned),
        unregistered=bool(place and not registered and desk.store.unit_prefix("", 1)),
    )
