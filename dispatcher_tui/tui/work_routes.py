"""Where the work of a duty is done: the route to it, by what the duty asks to do."""

from __future__ import annotations

from collections.abc import Sequence

from dispatcher_tui.tui.paper_routes import ToPosting, ToWarnHomes
from dispatcher_tui.tui.routes import (
    OnCaseRoute,
    ScreenRoute,
    ToCallBack,
    ToCaseForms,
    ToClose,
    ToCorrective,
    ToDecide,
    ToEmergency,
    ToFollowUp,
    ToNote,
    ToNotify,
    ToStep,
    ToTypical,
)

STEP, CALL_BACK, POSTING = "step:", "call_back:", "posting:"

_WORKS: dict[str, type[OnCaseRoute]] = {
    "notify": ToNotify,
    "close": ToClose,
    "sign": ToClose,
    "decide": ToDecide,
    "forms": ToCaseForms,
    "note": ToNote,
    "corrective": ToCorrective,
    "typical": ToTypical,
    "homes": ToWarnHomes,
}


def to_work(do: str, case_id: str, then: Sequence[str] = ()) -> ScreenRoute:
    """Where the work of a duty is done, by its ``do``: notify, follow_up, close, sign, decide,
    forms, homes, emergency, corrective, ``step:ID``, ``call_back:ID`` or ``posting:FORM``; what has
    no screen is followed up.

    ``then`` lists what a step leads on to once it is recorded.
    """
    if do.startswith(STEP):
        return ToStep(case_id, do.removeprefix(STEP), tuple(then))
    if do.startswith(CALL_BACK):
        return ToCallBack(case_id)
    if do.startswith(POSTING):
        return ToPosting(case_id, do.removeprefix(POSTING))
    if do == "emergency":
        return ToEmergency(case_id)
    return _WORKS.get(do, ToFollowUp)(case_id)
