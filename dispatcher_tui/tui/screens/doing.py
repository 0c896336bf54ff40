"""From what a duty asks to be done to the screen where it is done."""

from __future__ import annotations

from collections.abc import Sequence

from dispatcher_tui.tui.screens.base import DeskScreen

STEP = "step:"


def screen_for(do: str, case_id: str, then: Sequence[str] = ()) -> DeskScreen:
    """The screen for a duty's ``do``: notify, follow_up, close, sign, decide, emergency,
    corrective or ``step:ID``.

    ``then`` lists what a step leads on to once it is recorded.
    """
    if do.startswith(STEP):
        from dispatcher_tui.tui.screens.step import StepScreen

        return StepScreen(case_id, do.removeprefix(STEP), then=then)
    if do == "notify":
        from dispatcher_tui.tui.screens.notify import NotifyScreen

        return NotifyScreen(case_id)
    if do == "decide":
        from dispatcher_tui.tui.screens.decide import DecideScreen

        return DecideScreen(case_id)
    if do == "emergency":
        from dispatcher_tui.tui.screens.emergency import EmergencyScreen

        return EmergencyScreen(case_id)
    if do == "corrective":
        from dispatcher_tui.tui.screens.corrective import CorrectiveScreen

        return CorrectiveScreen(case_id)
    if do in ("close", "sign"):
        from dispatcher_tui.tui.screens.close import CloseScreen

        return CloseScreen(case_id)
    from dispatcher_tui.tui.screens.follow_up import FollowUpScreen

    return FollowUpScreen(case_id)
