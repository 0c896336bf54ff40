"""What must not be forgotten over the emergency on the screen: the others, orders, who is out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dispatcher_tui.desk.emergency.orders import Order
from dispatcher_tui.desk.emergency.other_held import OtherEmergency
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.present.emergency.emergency_lines import beside_line
from dispatcher_tui.present.emergency.over_lines import call_back_line
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.tui.widgets.lines import Lines

LOW = 20
"""Rows below which only the calls, the place and the results keep their room."""

MOST, MOST_ON_LOW = 3, 1
"""Lines of other emergencies at most: the number to ring and the results keep their room, however
many emergencies run."""


class OtherEmergencies(Lines):
    """A line each, those whose next call waits longest first; the rest is counted."""

    DEFAULT_CSS = """
    OtherEmergencies {
        display: none; padding: 0; background: $desk-over; color: $desk-overf; text-style: bold;
    }
    """

    def tell(
        self,
        others: Sequence[OtherEmergency],
        untold: Sequence[Order],
        to_ring: Sequence[Duty],
        names: Glossary,
        now: datetime,
    ) -> None:
        """Show them as of ``now`` (UTC); ``untold`` orders wait for somebody to be told,
        ``to_ring`` are the duties to tell those who are under way."""
        most = MOST_ON_LOW if self.app.size.height < LOW else MOST
        waiting = sorted(others, key=lambda each: (each.waits_since or now, each.number))
        shown = [_beside(each, names, now) for each in waiting[:most]]
        if len(waiting) > most:
            shown[-1] += " " + _("(and {n} more)").format(n=len(waiting) - most)
        if untold:
            shown.append(_order(untold))
        if to_ring:
            what = localized(to_ring[0].general_label)
            back = call_back_line(dict.fromkeys(duty.name for duty in to_ring))
            shown.insert(0, f" F4 {what}  {back}")
        self.display = bool(shown)
        self.show("\n".join(shown))


def _beside(each: OtherEmergency, names: Glossary, now: datetime) -> str:
    waits = (now - each.waits_since).total_seconds() if each.waits_since else None
    kind = names.kind(each.kind)
    return " F9 " + beside_line(each.number, kind, each.place, waits, complete=each.complete)


def _order(untold: Sequence[Order]) -> str:
    first, more = untold[0], len(untold) - 1
    words = _("order {number}, nobody told: {text}").format(number=first.number, text=first.text)
    others = _("(and {n} more)").format(n=more) if more else ""
    return f" F4 {words} {others}".rstrip()
