"""What an emergency means for the post (E-05)."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.domain.duties.triage import emergency_level
from dispatcher_tui.domain.emergency.call_tree import OUTSIDE, Target, reach
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.terms import Channel

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
    """Whether it may be a mistaken F9: an emergency from its opening, and nobody reported it.

    What has a caller, words, facts, or a class before its kind was named is somebody's report, and
    what came from an alarm panel is the panel's. The caller whom F9 took along from the form it was
    pressed over reported what stands in that form, whatever it was; whoever rang since, this.
    """
    level = emergency_level(procedure)
    first = procedure.level(case.grades[0].level)
    if not (first.emergency or (not level.emergency and first == level)):
        return False
    since = case.callers[1:] if case.by_f9 else case.callers
    words = "" if case.by_f9 else case.verbatim
    called_in = any(each.name or each.phone for each in since) or case.rings or words
    classed = bool(case.category) and not case.emergency_kind
    panel = case.panel or case.channel is Channel.PANEL or case.alarms
    return not (called_in or classed or panel or case.facts)


def raised_at(case: Case) -> datetime:
    """When it last became an emergency, or flared up again."""
    return max(case.grades[-1].at, case.resumed_at or case.grades[-1].at)


def holds_post(case: Case, procedure: Procedure) -> bool:
    """E-05: the post may not be left until the emergency is stood down, written off, or none.

    Graded an emergency once more after it was stood down, it holds the post anew. What is merely
    opened again, because a paper was wrong or somebody complained, does not.
    """
    return is_emergency(case, procedure) and _goes_on(case)


def _opened_at(case: Case) -> datetime:
    """When the round that counts now began."""
    return next(s.at for s in case.signals if s.name == "opened" and s.round == case.round)


def _goes_on(case: Case) -> bool:
    """Whether an emergency is neither handled nor stood down."""
    if case.stage.handled:
        return False
    raised = raised_at(case)
    if case.round > 1 and raised < _opened_at(case):
        return False
    return case.stood_down_at is None or case.stood_down_at < raised


def unheard(case: Case) -> bool:
    """Whether no call of an emergency has reached anybody, ours or outside, and nobody came.

    Of one that was opened again, or flared up again, nobody has heard before somebody is told of
    that.
    """
    since = case.resumed_at or case.opened_at
    since = max(since, _opened_at(case)) if case.round > 1 else since
    first = case.round == 1 and case.resumed_at is None
    told = (call.told_at for call in case.calls)
    came = (at for c in case.called for at in (c.on_the_way_at, c.on_scene_at, c.reported_back_at))
    return not any(at is not None and (first or at >= since) for at in (*told, *came))


def untold(case: Case) -> bool:
    """Whether nobody knows of an emergency that goes on: it stands above everything (E-02)."""
    return _goes_on(case) and unheard(case)
