"""Where one can go to the lists of fees; see ``routes``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatcher_tui.domain.reviews.routine import subject_of
from dispatcher_tui.tui.routes import ScreenRoute

if TYPE_CHECKING:
    from dispatcher_tui.desk.desk import Desk
    from dispatcher_tui.domain.desk_routines import ListPlan
    from dispatcher_tui.domain.duties.duties import Duty
    from dispatcher_tui.domain.fees.fee_list import LineStand


class ToFees(ScreenRoute, frozen=True):
    """The lists of fees, one of them unfolded where it is named, with one of its areas."""

    list: str = ""
    month: str = ""
    area: str | None = None


class ToFeeImport(ScreenRoute, frozen=True):
    """A list, or what came back of it, out of a file."""

    plan: ListPlan
    month: str


class ToFeeLine(ScreenRoute, frozen=True):
    """What came of one line, or what is done about it singly."""

    plan: ListPlan
    month: str
    stand: LineStand


class ToKeeper(ScreenRoute, frozen=True):
    """Who takes an area of a list."""

    plan: ListPlan
    month: str
    area: str


def to_fees(desk: Desk, duty: Duty) -> ToFees:
    """The list that a duty of the desk is about, unfolded."""
    period = subject_of(duty)
    for procedure in desk.in_force.procedures:
        for routine in procedure.routines:
            named = {routine.id, f"{procedure.id}/{routine.id}"}
            if routine.list and duty.clock in named and period is not None:
                month = period.after() if routine.ahead else period
                return ToFees(routine.list, month.name)
    return ToFees()
