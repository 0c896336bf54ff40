"""From an action, or what a duty asks to be done, to the screen where it is done.

A screen is imported when it is first opened, not before the first frame.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from dispatcher_tui.tui.screens.base import DeskScreen

STEP, CALL_BACK = "step:", "call_back:"

SCREENS = {
    "new_case": ("intake", "IntakeScreen"),
    "find": ("find", "FindScreen"),
    "notify": ("notify", "NotifyScreen"),
    "follow_up": ("follow_up", "FollowUpScreen"),
    "close": ("close", "CloseScreen"),
    "work_log": ("work_log", "WorkLogScreen"),
    "records": ("records", "RecordsScreen"),
    "emergency": ("emergency", "EmergencyScreen"),
    "emergency_reading": ("emergency_reading", "EmergencyReadingScreen"),
    "note": ("note", "NoteScreen"),
    "record_step": ("steps", "StepsScreen"),
    "ring_again": ("ring_again", "RingAgainScreen"),
    "regrade": ("regrade", "RegradeScreen"),
    "correct": ("correct", "CorrectScreen"),
    "corrective": ("corrective", "CorrectiveScreen"),
    "typical": ("typical", "TypicalScreen"),
    "shift": ("shift", "ShiftScreen"),
}
"""Which screen an action opens: its module and its class."""

WORKS = SCREENS | {"decide": ("decide", "DecideScreen"), "sign": SCREENS["close"]}
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
        return load_screen("step", "StepScreen")(case_id, do.removeprefix(STEP), then=then)
    if do.startswith(CALL_BACK):
        return load_screen("call_back", "CallBackScreen")(case_id)
    return load_screen(*WORKS.get(do, SCREENS["follow_up"]))(case_id)
