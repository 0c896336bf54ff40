"""From an action, or what a duty asks to be done, to the screen where it is done.

A screen is imported when it is first opened, not before the first frame.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from dispatcher_tui.tui.screens.base import DeskScreen

STEP, CALL_BACK = "step:", "call_back:"

SCREENS = {
    "new_case": ("case.intake", "IntakeScreen"),
    "find": ("case.find", "FindScreen"),
    "notify": ("case.notify", "NotifyScreen"),
    "follow_up": ("case.follow_up", "FollowUpScreen"),
    "close": ("case.close", "CloseScreen"),
    "work_log": ("watch.work_log", "WorkLogScreen"),
    "records": ("reviews.records", "RecordsScreen"),
    "emergency": ("emergency.emergency", "EmergencyScreen"),
    "emergency_reading": ("emergency.emergency_reading", "EmergencyReadingScreen"),
    "note": ("case.note", "NoteScreen"),
    "record_step": ("case.steps", "StepsScreen"),
    "ring_again": ("case.ring_again", "RingAgainScreen"),
    "regrade": ("case.regrade", "RegradeScreen"),
    "correct": ("case.correct", "CorrectScreen"),
    "corrective": ("case.corrective", "CorrectiveScreen"),
    "typical": ("case.typical", "TypicalScreen"),
    "shift": ("watch.shift", "ShiftScreen"),
}
"""Which screen an action opens: its module and its class."""

WORKS = SCREENS | {"decide": ("case.head_decision", "DecideScreen"), "sign": SCREENS["close"]}
"""Which screen the work of a duty is done on; what is not here is asked by following up."""


def load_screen(module: str, name: str) -> Callable[..., DeskScreen]:
    """A screen's class, imported now."""
    found: Callable[..., DeskScreen] = getattr(
        import_module(f"dispatcher_tui.tui.screens.{module}"), name
    )
    return found


def screen_for(do: str, case_id: str, then: Sequence[str] = ()) -> DeskScreen:
    """The screen for a duty's ``do``: notify, follow_up, close, sign, decide, emergency,
    corrective, ``step:ID`` or ``call_back:ID``.

    ``then`` lists what a step leads on to once it is recorded.
    """
    if do.startswith(STEP):
        return load_screen("case.step", "StepScreen")(case_id, do.removeprefix(STEP), then=then)
    if do.startswith(CALL_BACK):
        return load_screen("emergency.call_back", "CallBackScreen")(case_id)
    return load_screen(*WORKS.get(do, SCREENS["follow_up"]))(case_id)
