"""F9: the case at once, the call tree from the roster, and the way back from a mistake."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.reachability import numbers_known
from dispatcher_tui.domain import call_tree as tree
from dispatcher_tui.domain import commands as cmd
from dispatcher_tui.domain.case import Case, Entry
from dispatcher_tui.domain.decide import NO_PURPOSE
from dispatcher_tui.domain.due import Elapsed, parse_due
from dispatcher_tui.domain.duties import Rules
from dispatcher_tui.domain.emergency import holds_post
from dispatcher_tui.domain.lines import Lane
from dispatcher_tui.domain.next_call import NextCall, Tree, next_call
from dispatcher_tui.domain.procedure import Ladder
from dispatcher_tui.domain.reachability import best_first
from dispatcher_tui.domain.refusal import Refusal
from dispatcher_tui.domain.terms import CallOutcome, Label
from dispatcher_tui.domain.triage import ladders, roles_to_tell
from dispatcher_tui.site.cards import Card
from dispatcher_tui.store.tx import Tx

ACT_WITHIN = timedelta(minutes=3)
"""By when somebody who was told is to be on the way, where no ladder says otherwise."""


class Kind(msgspec.Struct, frozen=True):
    """A kind of emergency: the key that names it, what it is called, the rule it falls under."""

    id: str
    key: str
    title: Label
    rule: str


class Emergency(msgspec.Struct, frozen=True):
    """An emergency as it stands: the case, its story, whom to ring, the card of its kind.

    ``holds``: the post may not be left because of it (E-05).
    """

    case: Case
    entries: tuple[Entry, ...]
    rules: Rules
    ladder: Ladder | None
    standing: Tree
    card: Card | None
    holds: bool

    @property
    def targets(self) -> tuple[tree.Target, ...]:
        """Everybody who may be rung, in the order of the screen."""
        return self.standing.targets

    @property
    def next_call(self) -> NextCall | None:
        """Whom to ring now, by which number, and why."""
        return next_call(self.standing)


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
    now, zone = desk.clock.now(), rules.calendar.tz
    roster = tree.Roster(tuple(desk.store.people()), now, zone)
    roles = roles_to_tell(rules.procedure, case)
    known = numbers_known(desk, now)
    found = tuple(
        msgspec.structs.replace(
            target, phones=best_first(target.person or target.name, target.phones, known, now, zone)
        )
        for target in tree.targets(ladder, roles, roster, first, outside)
    )
    within = parse_due(ladder.act_within) if ladder else None
    wait = timedelta(seconds=within.seconds) if isinstance(within, Elapsed) else ACT_WITHIN
    standing = Tree(found, case.calls, case.called, now, wait)
    entries = tuple(desk.store.entries(case.id))
    return Emergency(
        case, entries, rules, ladder, standing, card, holds_post(case, rules.procedure)
    )


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


class Holding(msgspec.Struct, frozen=True):
    """An emergency that holds the post (E-05)."""

    case_id: str
    number: str
    kind: str
    place: str
    opened_at: datetime


def holding(desk: Desk) -> tuple[Holding, ...]:
    """Every emergency for which the post may not be left, the oldest first."""
    found = []
    for line in desk.store.board(Lane.EMERGENCY):
        case = desk.record(line.id).case
        if holds_post(case, desk.rules_of(case).procedure):
            kind = case.emergency_kind
            found.append(Holding(case.id, case.number, kind, case.place, case.opened_at))
    return tuple(sorted(found, key=lambda each: each.opened_at))


def issue_order(desk: Desk, case_id: str, by: str, text: str, place: str = "") -> Done:
    """E-08: a leader's order becomes a case of its own, tied to the emergency; together or not.

    Raises:
        Refusal: nobody gave it, or nothing was asked for.
    """

    def job(tx: Tx) -> Done:
        record = tx.case(case_id)
        if record is None:
            raise Refusal("no_case", number=case_id)
        emergency = record.case
        done = desk.open_order(tx, emergency, by=by, text=text, place=place or emergency.place)
        order = cmd.IssueOrder(order=done.case.id, number=done.case.number, by=by, text=text)
        desk.perform_in(tx, case_id, order)
        return done

    return desk.store.transact(job)
