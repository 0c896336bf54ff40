"""The calls of an emergency as they stand: who may be rung now, by which order and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.engaged import engaged
from dispatcher_tui.desk.emergency.reachability import numbers_known
from dispatcher_tui.domain.case.evolve_emergency import of_now
from dispatcher_tui.domain.duties.duties import Rules
from dispatcher_tui.domain.duties.triage import roles_to_tell
from dispatcher_tui.domain.emergency import call_order as order
from dispatcher_tui.domain.emergency import call_tree as tree
from dispatcher_tui.domain.emergency.card import Card, needed
from dispatcher_tui.domain.emergency.next_call import CallStage, Tree
from dispatcher_tui.domain.emergency.reachability import best_first
from dispatcher_tui.domain.procedure import Ladder, Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.time.due import Elapsed, parse_due
from dispatcher_tui.domain.words.people import Person


def _slots(
    desk: Desk, case: Case, card: Card | None, procedure: Procedure, *, alone: bool
) -> tuple[order.Slot, ...]:
    """The card's order of calls under a procedure, as the branch's answer has it; before the kind
    is known, our own people.

    ``alone``: nobody of ours can be rung. Then an outside number that the card keeps for the case
    that it comes to that is rung: nobody goes and looks whether it does.
    """
    scenes, outside = order.scenes_under(desk.site.layer, procedure), desk.site.site.outside
    given = [each.answer for each in case.branch_answers if card and each.kind == card.id]
    ring = card.order_after(given[-1] if given else None) if card is not None else ()
    if alone:
        ring = tuple(name if needed(name) not in outside else needed(name) for name in ring)
    return order.slots_of(ring, "", scenes, outside)


def _lengths(ladder: Ladder) -> Iterator[timedelta]:
    """How long somebody may be silent: told, on the way, on the scene."""
    for text in (ladder.act_within, ladder.scene_within, ladder.report_within):
        spec = parse_due(text)
        assert isinstance(spec, Elapsed)  # the check of the ladders refuses any other
        yield timedelta(seconds=spec.seconds)


def _by_themselves(
    case: Case, found: Sequence[tree.Target], people: Sequence[Person]
) -> Iterator[tree.Target]:
    """Those who reported and whom nobody had to ring; they can be rung like any other."""
    known = {target.person or target.name for target in found}
    for called in case.called:
        if (called.person or called.name) in known:
            continue
        person = next((p for p in people if p.id == called.person), None)
        role, title = (person.role, person.title) if person else ("", "")
        phones = person.phones if person else ()
        yield tree.Target(called.person, called.name, role, phones, tree.OUTSIDE, title)


def _as_on_roster(target: tree.Target, people: Sequence[Person]) -> tree.Target:
    """Somebody who was rung and stands in no order of calls, with what the roster knows of them."""
    person = next((p for p in people if target.person and p.id == target.person), None)
    if person is None:
        return target
    phones = tuple(dict.fromkeys((*person.phones, *target.phones)))
    return msgspec.structs.replace(target, phones=phones, title=person.title)


def _met(case: Case, found: Sequence[tree.Target], reported: str) -> frozenset[CallStage]:
    """The parts in which somebody was told who stands in none: rung by a list on paper."""
    strangers = [
        call
        for call in case.calls
        if (case.resumed_at is None or call.at >= case.resumed_at)
        and (call.outcome.reached or call.read_back_at)
        and call.purpose
        and not any(tree.is_to(call, target) for target in found)
    ]
    purposes = {call.purpose for call in strangers}
    recorded = {reported} & set(case.steps) - {tree.NOTICE} if case.resumed_at is None else None
    parts = {
        CallStage.LADDER: recorded or reported in purposes - {tree.NOTICE},
        CallStage.GROUP: tree.NOTICE in purposes,
    }
    return frozenset(part for part, told in parts.items() if told)


def standing_of(
    desk: Desk, case: Case, rules: Rules, card: Card | None, ladder: Ladder | None
) -> Tree:
    """Everybody who may be rung, and how far the calls have come."""
    now, zone = desk.clock.now(), rules.calendar.tz
    in_use = desk.lists.in_use()
    people = in_use.people
    roster = tree.Roster(people, now, zone, desk.post.holder, engaged(desk, case))
    roles = roles_to_tell(rules.procedure, case)
    outside = [
        tree.Target("", name, "", (number,), tree.OUTSIDE)
        for name, number in desk.site.site.outside.items()
    ]
    listed: tuple[tree.Target, ...] = ()
    for alone in (False, True):
        slots = _slots(desk, case, card, rules.procedure, alone=alone) if ladder else ()
        listed = order.targets(ladder, roles, roster, slots, outside)
        if any(target.person and target.phones for target in listed):
            break
    purpose = tree.rung_purpose(rules.procedure, ladder, case)
    before = order.rung_before(case.calls, listed, ladder, purpose)
    rung = (*listed, *(_as_on_roster(target, people) for target in before))
    known = numbers_known(desk, now)
    found = tuple(
        msgspec.structs.replace(
            target,
            phones=in_use.adopted_first(
                target.person,
                best_first(target.person or target.name, target.phones, known, now, zone),
            ),
        )
        for target in (*rung, *_by_themselves(case, rung, people))
    )
    group = ladder.group or any(slot.scene for slot in slots) if ladder else roles
    asked = frozenset(
        part
        for part, is_asked in ((CallStage.LADDER, ladder), (CallStage.GROUP, group))
        if is_asked
    )
    # One that flared up again is told anew: what was said before says nothing of it.
    calls = tuple(c for c in case.calls if case.resumed_at is None or c.at >= case.resumed_at)
    called = tuple(of_now(case, each) for each in case.called) if case.resumed_at else case.called
    standing = Tree(found, calls, called, now, asked=asked, purpose=purpose)
    standing = msgspec.structs.replace(standing, met=_met(case, listed, purpose))
    if ladder is None:
        return standing
    act, scene, report = _lengths(ladder)
    return msgspec.structs.replace(
        standing, act_within=act, scene_within=scene, report_within=report
    )
