"""What an emergency means for the post (E-05)."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.domain.call_tree import OUTSIDE, Target, reach
from dispatcher_tui.domain.case import Case
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.triage import emergency_level

LADDER, RESPONDERS, POST, ORDERS = "E-02", "E-03", "E-05", "E-08"
"""The rules behind the ladder, those who come, the post that is held, the leaders' orders."""


def spoken_to(case: Case, person: str, name: str, phones: tuple[str, ...] = ()) -> bool:
    """Whether somebody was reached, came to the desk by themselves, or reported before (E-03).

    A word that was relayed counts once it was read back.
    """
    if any((c.person, c.name) == (person, name) for c in case.called):
        return True
    return reach(Target(person, name, "", phones, OUTSIDE), case.calls).told


def is_emergency(case: Case, procedure: Procedure) -> bool:
    """Whether the case counts as an emergency now: by its level, or where the procedure knows no
    such level, because F9 opened it (E-01)."""
    if emergency_level(procedure).emergency:
        return procedure.level(case.level).emergency
    return bool(case.emergency_kind)


def opened_by_f9(case: Case, procedure: Procedure) -> bool:
    """Whether it may be a mistaken F9: graded an emergency from its opening. Where the procedure
    knows no such level, its gravest one, and nothing that a caller said."""
    level = emergency_level(procedure)
    first = procedure.level(case.grades[0].level)
    return first.emergency or (not level.emergency and first == level and not case.verbatim)


def _raised_at(case: Case) -> datetime:
    """When it last became an emergency, or flared up again."""
    return max(case.grades[-1].at, case.resumed_at or case.grades[-1].at)


def holds_post(case: Case, procedure: Procedure) -> bool:
    """E-05: the post may not be left until the emergency is stood down, written off, or none.

    Graded an emergency once more after it was stood down, it holds the post anew. What is merely
    opened again, because a paper was wrong or somebody complained, does not.
    """
    if case.stage.handled or not is_emergency(case, procedure):
        return False
    raised = _raised_at(case)
    if case.round > 1:
        opened = next(s.at for s in case.signals if s.name == "opened" and s.round == case.round)
        if raised < opened:
            return False
    return case.stood_down_at is None or case.stood_down_at < raised
