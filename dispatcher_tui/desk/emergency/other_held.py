"""The other emergencies that hold the post beside the one that is worked at."""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.emergency import holding, read_emergency
from dispatcher_tui.domain.emergency.next_call import WhyNext


class OtherEmergency(msgspec.Struct, frozen=True):
    """Another emergency that holds the post, as the one on the screen shows it.

    ``waits_since``: since when its next call waits to be made (UTC), None where the order of
    calls is through; ``complete``: then everybody was told.
    """

    number: str
    kind: str
    place: str
    waits_since: datetime | None
    complete: bool = False


def beside(desk: Desk, case_id: str) -> tuple[OtherEmergency, ...]:
    """The other emergencies that hold the post, the oldest first."""
    found = []
    for held in holding(desk):
        if held.case_id == case_id:
            continue
        other = read_emergency(desk, held.case_id)
        calls = other.case.calls
        since = max([call.at for call in calls], default=held.opened_at)
        following = other.next_call
        waits = since if following is not None and following.why is not WhyNext.AT_HOME else None
        complete = other.progress.complete
        found.append(OtherEmergency(held.number, held.kind, held.place, waits, complete))
    return tuple(found)
