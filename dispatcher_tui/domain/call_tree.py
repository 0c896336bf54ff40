"""The call tree of an emergency: whom to ring, in which order, with one handset (E-02, E-03)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from dispatcher_tui.domain.case import Call, Case
from dispatcher_tui.domain.duties import fits_now
from dispatcher_tui.domain.people import Person
from dispatcher_tui.domain.procedure import Ladder, Procedure
from dispatcher_tui.domain.terms import CallOutcome

NOTICE = "notified"
"""The purpose of a call by which somebody becomes responsible for the case."""

FIRST, GROUP, OUTSIDE = -1, -2, -3
"""Where a target stands that is on no rung: rung before all others, with the group, if need be."""


class Target(msgspec.Struct, frozen=True):
    """Somebody to ring. ``rung`` counts from 0, or is FIRST, GROUP or OUTSIDE.

    ``person`` is the roster's id, empty for a number outside the estate; ``tries`` is how often a
    rung is tried before the next one takes its place; ``off_duty`` where the roster says so.
    """

    person: str
    name: str
    role: str
    phones: tuple[str, ...]
    rung: int
    title: str = ""
    tries: int = 0
    off_duty: bool = False


class Reach(msgspec.Struct, frozen=True):
    """How far the calls to one target have come."""

    tries: int = 0
    last: CallOutcome | None = None
    read_back: bool = False

    @property
    def told(self) -> bool:
        """They were spoken to, or what was relayed to them was read back."""
        return self.read_back or (self.last is not None and self.last.reached)


def _of(person: Person, rung: int, tries: int = 0) -> Target:
    return Target(person.id, person.name, person.role, person.phones, rung, person.title, tries)


def targets(
    ladder: Ladder | None,
    roles: Sequence[str],
    in_role: Callable[[str], Sequence[Person]],
    first: Target | None,
    outside: Sequence[Target],
) -> tuple[Target, ...]:
    """Everybody who may be rung, in the order of the screen; nobody stands there twice.

    Args:
        ladder: the procedure's, None where it has none for the case.
        roles: whom to tell where there is no ladder.
        in_role: the roster's people in a role, those on duty first.
        first: the number a card puts before all others.
        outside: numbers outside the estate.
    """
    found = [first] if first else []
    rungs = ladder.rungs if ladder else ()
    for place, rung in enumerate(rungs):
        found += [_of(person, place, rung.tries) for person in in_role(rung.role)]
    for role in ladder.group if ladder else roles:
        found += [_of(person, GROUP) for person in in_role(role)]
    found += [target for target in outside if first is None or target.phones != first.phones]
    unique: dict[tuple[str, ...], Target] = {}
    for target in found:
        unique.setdefault((target.person,) if target.person else target.phones, target)
    return tuple(unique.values())


def is_to(call: Call, target: Target) -> bool:
    """Whether a call was made to this target; a number outside is known by its digits."""
    if target.person or call.person:
        return call.person == target.person
    return call.phone in target.phones


def reach(target: Target, calls: Sequence[Call]) -> Reach:
    """What the calls to a target came to."""
    made = [call for call in calls if is_to(call, target)]
    if not made:
        return Reach()
    missed = sum(call.outcome.missed for call in made)
    back = any(call.read_back_at is not None for call in made)
    told = next((call.outcome for call in made if call.outcome.reached), made[-1].outcome)
    return Reach(missed, told, back)


def ladder_done(found: Sequence[Target], calls: Sequence[Call]) -> bool:
    """Whether somebody on the ladder was reached and has read it back: then it stops there."""
    return any(t.rung >= 0 and reach(t, calls).told and reach(t, calls).read_back for t in found)


def _rung(found: Sequence[Target], calls: Sequence[Call]) -> Target | None:
    """Who on the ladder is next: who is not reached within the set tries is skipped."""
    if ladder_done(found, calls):
        return None
    for target in found:
        far = reach(target, calls)
        if target.rung >= 0 and target.phones and (far.told or far.tries < target.tries):
            return target
    return None


def _group(found: Sequence[Target], calls: Sequence[Call]) -> Target | None:
    """Who of the group is next: the least tried one; busy ones come again by themselves."""
    waiting = [t for t in found if t.rung == GROUP and t.phones and not reach(t, calls).told]
    return min(waiting, key=lambda target: reach(target, calls).tries, default=None)


def next_target(found: Sequence[Target], calls: Sequence[Call]) -> Target | None:
    """Whom to ring now; None where everybody was told or there is nobody left to try.

    One handset: the card's first number, then the ladder, and while a rung rings out in vain a
    call to the group goes in between.
    """
    last = calls[-1] if calls else None
    first = next((t for t in found if t.rung == FIRST), None)
    again = first is not None and last is not None and is_to(last, first)
    if first is not None and not again and not reach(first, calls).told:
        return first
    rung, group = _rung(found, calls), _group(found, calls)
    vain = (
        last is not None
        and last.outcome.missed
        and any(t.rung >= 0 and is_to(last, t) for t in found)
    )
    if vain and group is not None:
        return group
    return rung or group


def rung_purpose(procedure: Procedure, ladder: Ladder | None, case: Case) -> str:
    """What a call to the ladder is for: the step by which its roles are told, else the notice.

    It is the step of a clock that runs from the opening of such a case.
    """
    roles = {rung.role for rung in ladder.rungs} if ladder else set()
    for clock in procedure.clocks:
        step = procedure.step(clock.do.removeprefix("step:"))
        runs = clock.starts == ("opened",) and fits_now(clock.when, case)
        if runs and step is not None and step.call and step.to in roles:
            return step.id
    return NOTICE


def group_purpose(
    procedure: Procedure, ladder: Ladder | None, case: Case, outcome: CallOutcome
) -> str:
    """What a call to the group is for: the first one reached becomes responsible (P0-02).

    The others are called by the step that goes with the group's rule; where the procedure has
    none, every call is a notice.
    """
    rule = ladder.group_rule if ladder else ""
    step = next((step for step in procedure.steps if rule and step.rule == rule), None)
    if step is None or (case.notified_at is None and not outcome.missed):
        return NOTICE
    return step.id
