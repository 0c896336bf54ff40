"""F9: the case at once, the call tree from the roster, and the way back from a mistake."""

from __future__ import annotations

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.suggest import people_in_role
from dispatcher_tui.domain import call_tree as tree
from dispatcher_tui.domain import commands as cmd
from dispatcher_tui.domain.case import Case, Entry
from dispatcher_tui.domain.decide import NO_PURPOSE
from dispatcher_tui.domain.duties import Rules
from dispatcher_tui.domain.people import Person
from dispatcher_tui.domain.procedure import Ladder
from dispatcher_tui.domain.refusal import Refusal
from dispatcher_tui.domain.terms import CallOutcome, Label
from dispatcher_tui.domain.triage import ladders, roles_to_tell
from dispatcher_tui.site.cards import Card


class Kind(msgspec.Struct, frozen=True):
    """A kind of emergency: the key that names it, what it is called, the rule it falls under."""

    id: str
    key: str
    title: Label
    rule: str


class Emergency(msgspec.Struct, frozen=True):
    """An emergency as it stands: the case, its story, whom to ring, the card of its kind."""

    case: Case
    entries: tuple[Entry, ...]
    rules: Rules
    ladder: Ladder | None
    targets: tuple[tree.Target, ...]
    card: Card | None

    @property
    def next_target(self) -> tree.Target | None:
        """Whom to ring now."""
        return tree.next_target(self.targets, self.case.calls)


def kinds(desk: Desk) -> tuple[Kind, ...]:
    """Every kind the site has a card for, in the order of their keys; from memory."""
    return tuple(Kind(card.id, card.digit, card.title, card.rule) for card in desk.site.cards)


def _outside(desk: Desk, card: Card | None) -> tuple[tree.Target | None, list[tree.Target]]:
    """The card's first number, and every outside number of the site; names are the site's keys."""
    numbers = desk.site.site.outside
    first = None
    if card is not None and card.first_number:
        number = numbers.get(card.first_number, card.first_number)
        first = tree.Target("", card.first_number, "", (number,), tree.FIRST)
    others = [tree.Target("", name, "", (n,), tree.OUTSIDE) for name, n in numbers.items()]
    return first, others


def read_emergency(desk: Desk, case_id: str) -> Emergency:
    """Everything the emergency's screen shows.

    Raises:
        Refusal: there is no such case.
    """
    case = desk.record(case_id).case
    rules = desk.rules_of(case)
    card = next((c for c in desk.site.cards if c.id == case.emergency_kind), None)
    ladder = next(iter(ladders(rules.procedure, case)), None)
    first, outside = _outside(desk, card)
    people, now = desk.store.people(), desk.clock.now()

    def in_role(role: str) -> list[Person]:
        return people_in_role(people, role, rules.calendar, now)

    roles = roles_to_tell(rules.procedure, case)
    away = {person.id for person in people if not person.on_duty(now, rules.calendar.tz)}
    found = tuple(
        msgspec.structs.replace(target, off_duty=target.person in away)
        for target in tree.targets(ladder, roles, in_role, first, outside)
    )
    entries = tuple(desk.store.entries(case.id))
    return Emergency(case, entries, rules, ladder, found, card)


def _purpose(emergency: Emergency, target: tree.Target, outcome: CallOutcome) -> str:
    """What a call is for; NO_PURPOSE where the procedure has no word for it."""
    procedure, ladder = emergency.rules.procedure, emergency.ladder
    if target.rung >= 0:
        return tree.rung_purpose(procedure, ladder, emergency.case)
    purpose = tree.group_purpose(procedure, ladder, emergency.case, outcome)
    if target.person or purpose != tree.NOTICE:
        return purpose
    # Nobody outside the estate becomes responsible for a case of it.
    step = ladder and next((s for s in procedure.steps if s.rule == ladder.group_rule), None)
    return step.id if step else NO_PURPOSE


def record_call(
    desk: Desk, case_id: str, target: tree.Target, name: str, phone: str, outcome: CallOutcome
) -> str:
    """Write down a try; what it was for comes back, empty where it told nobody of the estate.

    Args:
        desk: in its own thread.
        case_id: the emergency.
        target: who was rung.
        name: as it is to be written down.
        phone: the number that was rung.
        outcome: what came of it.
    """
    purpose = _purpose(read_emergency(desk, case_id), target, outcome)
    command = cmd.TryCall(
        person=target.person,
        name=name,
        role=target.role,
        phone=phone,
        outcome=outcome,
        purpose=purpose,
    )
    desk.perform(case_id, command)
    return purpose


def confirm_read_back(desk: Desk, case_id: str, target: tree.Target) -> str:
    """The one rung last has repeated the message; what the call was for comes back.

    Raises:
        Refusal: they were not the last one rung for that, or were not reached.
    """
    calls = desk.record(case_id).case.calls
    mine = next((call for call in reversed(calls) if tree.is_to(call, target)), None)
    if mine is None:
        raise Refusal("read_back_without_reach")
    last = next(call for call in reversed(calls) if call.purpose == mine.purpose)
    if last != mine:
        raise Refusal("rung_since", name=target.name)
    desk.perform(case_id, cmd.ConfirmReadBack(purpose=mine.purpose))
    return mine.purpose


def open_emergency(desk: Desk, kind: str = "", note: str = "") -> str:
    """The case, at once; ``note`` is what has to be known about how it was opened."""
    done = desk.open_emergency(kind)
    if note:
        desk.perform(done.case.id, cmd.AddNote(text=note))
    return done.case.id
