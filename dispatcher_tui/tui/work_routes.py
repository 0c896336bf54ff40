"""Where the work of a duty is done: the route to it, by what the duty asks to do."""

from __future__ import annotations

from collections.abc import Sequence

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

STEP, CALL_BACK = "step:", "call_back:"

_WORKS: dict[str, type[OnCaseRoute]] = {
    "notify": ToNotify,
    "close": ToClose,
    "sign": ToClose,
    "decide": ToDecide,
    "forms": ToCaseForms,
    "note": ToNote,
    "corrective": ToCorrective,
    "typical": ToTypical,
}


def to_work(do: str, case_id: str, then: Sequence[str] = ()) -> ScreenRoute:
    """Where the work of a duty is done, by its ``do``: notify, follow_up, close, sign, decide,
    forms, emergency, corrective, ``step:ID`` or ``call_back:ID``; what has no screen is followed
    up.

    ``then`` lists what a step leads on to once it is recorded.
    """
    if do.startswith(STEP):
        return ToStep(case_id, do.removeprefix(STEP), tuple(then))
    if do.startswith(CALL_BACK):
        return ToCallBack(case_id)
    if do == "emergency":
        return ToEmergency(case_id)
    return _WORKS.get(do, ToFollowUp)(case_id)
