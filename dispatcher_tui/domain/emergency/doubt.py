"""What speaks against somebody having come as far as is about to be written down (E-03)."""

from __future__ import annotations

from enum import StrEnum

from dispatcher_tui.domain.duties.called_out import SENT_BACK, asked_to_come
from dispatcher_tui.domain.emergency.call_tree import OUTSIDE, Target, is_to
from dispatcher_tui.domain.emergency.post_held import raised_at, spoken_to
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Call, Case
from dispatcher_tui.domain.record.commands import ReportResponder
from dispatcher_tui.domain.words.terms import Responder


class Doubt(StrEnum):
    """Why it is asked first: they were never reached, reached and never sent, told that they need
    not come, or neither set off nor arrived and report back all the same."""

    NEVER_REACHED = "never_reached"
    NEVER_SENT = "never_sent"
    SENT_BACK = "sent_back"
    NEVER_SET_OFF = "never_set_off"


def doubt(case: Case, procedure: Procedure, report: ReportResponder) -> Doubt | None:
    """What of the record does not fit to what somebody is said to have done; None where nothing.

    Who was told to come and stands there a minute later has rarely said that they set off: that
    much fits.
    """
    if not spoken_to(case, report.person, report.name, report.phones):
        return Doubt.NEVER_REACHED
    target = Target(report.person, report.name, "", report.phones, OUTSIDE)
    mine = [call for call in case.calls if is_to(call, target)]
    who = mine[-1].who if mine else report.person or report.name
    if not asked_to_come(case, procedure, who):
        return Doubt.SENT_BACK if _told_to_stay(mine) else Doubt.NEVER_SENT
    if report.stage is Responder.REPORTED_BACK and not _moved(case, report):
        return Doubt.NEVER_SET_OFF
    return None


def _told_to_stay(calls: list[Call]) -> bool:
    return any(call.purpose == SENT_BACK and call.told_at is not None for call in calls)


def _moved(case: Case, report: ReportResponder) -> bool:
    """Whether they set off or arrived since it became an emergency, or flared up again."""
    mine = (c for c in case.called if (c.person, c.name) == (report.person, report.name))
    stamps = (at for c in mine for at in (c.on_the_way_at, c.on_scene_at))
    return any(at is not None and at >= raised_at(case) for at in stamps)
