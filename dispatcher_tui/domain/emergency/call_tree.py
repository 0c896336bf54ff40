"""Those who are rung in an emergency, and what the calls to each of them came to (E-02, E-03)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.duties.fitting import fits_now
from dispatcher_tui.domain.procedure import Ladder, Procedure
from dispatcher_tui.domain.record.case import Call, Case
from dispatcher_tui.domain.words.people import Nearness, Person
from dispatcher_tui.domain.words.terms import CallOutcome, Label

NOTICE = "notified"
"""The purpose of a call by which somebody becomes responsible for the case."""

FIRST, GROUP, OUTSIDE = -1, -2, -3
"""Where a target stands that is on no rung: a number outside that the card's order has, one of
those who go to the scene, or a number outside that is rung if need be."""

REST = -1
"""The slot of whoever is rung after all that the order of calls names."""


class Task(msgspec.Struct, frozen=True):
    """What those of a slot do, as somebody of another place may be sent for it.

    ``place`` is its slot, ``want`` how many are told; ``leaving``: what is said to them of the
    place that they leave for it.
    """

    place: int
    id: str
    scene: Label
    want: int = 1
    leaving: Label | None = None


class Target(msgspec.Struct, frozen=True):
    """Somebody to ring. ``rung`` counts from 0, or is FIRST, GROUP or OUTSIDE.

    ``person`` is the roster's id, empty for a number outside the estate; ``tries`` is how often it
    is tried before somebody else takes its place, ``seconds`` how long one try rings;
    ``near`` and ``post`` where they are, ``stands_for`` the name of whom a deputy replaces.
    ``slot`` is their place in the order of calls, of whose people ``want`` are told before the
    next; ``scene`` what that place is called, ``scene_id`` its id. ``spare``: at home, and enough
    others can be told. ``elsewhere``: the number of the emergency they are on the way to.
    ``then``: their slot after the first call, of one who is called once before all others;
    ``could``: the tasks of other slots that they can take, on the estate and free as they are;
    ``leaving``: what they are told of their own place when they are sent for another task.
    ``certified``: nobody but those of their place may do what is done there.
    """

    person: str
    name: str
    role: str
    phones: tuple[str, ...]
    rung: int
    title: str = ""
    tries: int = 0
    seconds: int = 25
    near: Nearness = Nearness.TO_REACH
    post: str = ""
    stands_for: str = ""
    slot: int = REST
    want: int = 1
    scene: Label | None = None
    scene_id: str = ""
    spare: bool = False
    elsewhere: str = ""
    then: int = REST
    could: tuple[Task, ...] = ()
    leaving: Label | None = None
    certified: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Who it is, whatever row they stand in: the roster's id, or the name outside of it."""
        return (self.person, "") if self.person else ("", self.name)

    @property
    def off_duty(self) -> bool:
        """Where roster and rota say so."""
        return self.near >= Nearness.AT_HOME

    @property
    def waits_at_home(self) -> bool:
        """At home, where whoever of ours is on duty comes before: one who goes to the scene for
        what others can do as well."""
        return self.rung == GROUP and self.off_duty and not self.certified

    @property
    def ready(self) -> bool:
        """Neither at home nor on the way to another emergency."""
        return not self.off_duty and not self.elsewhere

    @property
    def on_estate(self) -> bool:
        """At a post or on duty by the hours of the roster, and free."""
        return self.near <= Nearness.ON_DUTY and not self.elsewhere

    @property
    def far(self) -> int:
        """How far somebody is from being there, 0 on the estate: without hours, at home, and
        on the way to another emergency."""
        if self.elsewhere:
            return 3
        return max(0, self.near - Nearness.ON_DUTY)


class Reach(msgspec.Struct, frozen=True):
    """How far the calls to one target have come.

    ``tries`` counts the calls in vain, ``made`` all of them; ``last_at`` is when the last was
    made, ``told_at`` when they were first spoken to (UTC). ``since``: what came of the last call
    where that was in vain after they were told. ``taken_by``: who took what was relayed.
    """

    tries: int = 0
    last: CallOutcome | None = None
    read_back: bool = False
    made: int = 0
    last_at: datetime | None = None
    told_at: datetime | None = None
    since: CallOutcome | None = None
    taken_by: str = ""
    stranger: bool = False

    @property
    def told(self) -> bool:
        """They were spoken to, or what was relayed to them was read back."""
        return self.read_back or (self.last is not None and self.last.reached)


class Roster(msgspec.Struct, frozen=True):
    """The people of a site at one moment, in the order of its roster.

    ``watch`` is the name of whoever holds the desk: nobody rings the chair they sit in.
    ``elsewhere``: by their ids the numbers of the emergencies they are on the way to.
    """

    people: tuple[Person, ...]
    at: datetime
    zone: tzinfo
    watch: str = ""
    elsewhere: Mapping[str, str] = {}

    @property
    def there(self) -> list[Person]:
        """Everybody who has not left and can be rung from the desk.

        Of two who have the name of the one on watch neither is passed over.
        """
        found = [p for p in self.people if p.employed(self.at, self.zone)]
        named = [p for p in found if self.watch and p.name == self.watch]
        return [p for p in found if p not in named] if len(named) == 1 else found

    def in_role(self, role: str) -> list[Person]:
        """Everybody who holds a role and has not left: on duty first, who is away last."""
        holders = [p for p in self.there if p.role == role]
        return sorted(holders, key=lambda p: (not self.on_duty(p), self.away(p)))

    def on_duty(self, person: Person) -> bool:
        """Whether the roster has this person on duty now."""
        return person.on_duty(self.at, self.zone)

    def near(self, person: Person) -> Nearness:
        """Where the roster says that somebody is."""
        return person.nearness(self.at, self.zone)

    def away(self, person: Person) -> bool:
        """Whether somebody is neither on duty nor at home: on leave, ill, in training."""
        return self.near(person) is Nearness.AWAY

    def deputy(self, person: Person) -> Person | None:
        """Who stands in for somebody: the first on duty along the deputies, never in a circle."""
        by_id, seen = {p.id: p for p in self.there}, {person.id}
        found = by_id.get(person.deputy)
        while found is not None and found.id not in seen:
            if found.phones and self.on_duty(found):
                return found
            seen.add(found.id)
            found = by_id.get(found.deputy)
        return None


def is_to(call: Call, target: Target) -> bool:
    """Whether a call was made to this target; a number outside is known by its digits, and
    somebody of no list, who came by themselves, by the name."""
    if target.person or call.person:
        return call.person == target.person
    if call.phone or target.phones:
        return call.phone in target.phones
    return call.name == target.name


def reach(target: Target, calls: Sequence[Call]) -> Reach:
    """What the calls to a target came to."""
    made = [call for call in calls if is_to(call, target)]
    if not made:
        return Reach()
    told = next((call for call in made if call.outcome.reached), made[-1])
    back = next((call.read_back_at for call in made if call.read_back_at is not None), None)
    return Reach(
        tries=sum(call.outcome.missed for call in made),
        last=told.outcome,
        read_back=back is not None,
        made=len(made),
        last_at=made[-1].at,
        told_at=told.at if told.outcome.reached else back,
        since=made[-1].outcome if made[-1].outcome.missed and made[-1] is not told else None,
        taken_by=told.taken_by,
        stranger=any(call.stranger for call in made),
    )


def ladder_done(found: Sequence[Target], calls: Sequence[Call], purpose: str = "") -> bool:
    """Whether somebody on the ladder was reached and has read it back: then it stops there.

    The calls on record say so, by what they were for (``purpose``, where the ladder has one of its
    own), whoever stands on it today.
    """
    if purpose not in ("", NOTICE) and any(
        call.purpose == purpose and call.read_back_at is not None for call in calls
    ):
        return True
    return any(t.rung >= 0 and reach(t, calls).read_back for t in found)


def phone_for(target: Target, calls: Sequence[Call]) -> str:
    """The number to ring now: the one least often rung in vain, in the target's own order."""
    missed = Counter(call.phone for call in calls if is_to(call, target) and call.outcome.missed)
    return min(target.phones, key=lambda phone: missed[phone], default="")


def rung_purpose(procedure: Procedure, ladder: Ladder | None, case: Case) -> str:
    """What a call to the ladder is for: the step by which its roles are told, else the notice.

    It is the step of a clock that runs from the opening of such a case.
    """
    roles = {rung.role for rung in ladder.rungs} if ladder else set()
    for clock in procedure.clocks:
        if clock.starts != ("opened",) or not fits_now(clock.when, case):
            continue
        for step in filter(None, map(procedure.step, clock.until)):
            if step.by_call and step.to in roles:
                return step.id
    return NOTICE


def group_purpose(
    procedure: Procedure, ladder: Ladder | None, case: Case, outcome: CallOutcome
) -> str:
    """What a call to the group is for: the first one reached becomes responsible (P0-02).

    The others are called by the step that goes with the group's rule, to no role of its own and
    without words; where the procedure has none, every call is a notice.
    """
    rule = ladder.group_rule if ladder else ""
    of_rule = (step for step in procedure.steps if rule and step.rule == rule)
    step = next((step for step in of_rule if step.by_call and not step.to and not step.note), None)
    if step is None or (case.notified_at is None and not outcome.missed):
        return NOTICE
    return step.id
