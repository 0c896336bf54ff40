"""F9: the case at once, the call tree from the roster, and the way back from a mistake."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from dispatcher_tui.desk.case.intake import Intake, cleaned
from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.emergency.differing import differing_at, note_differing, perform_call
from dispatcher_tui.desk.emergency.standing import standing_of
from dispatcher_tui.desk.site.noting import noted_homes, notes_at
from dispatcher_tui.domain.case.decide_handling import NO_PURPOSE
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import Rules
from dispatcher_tui.domain.duties.triage import emergency_level, ladders
from dispatcher_tui.domain.emergency import call_tree as tree
from dispatcher_tui.domain.emergency.call_progress import Progress, progress, ring_again
from dispatcher_tui.domain.emergency.card import Card
from dispatcher_tui.domain.emergency.next_call import (
    NextCall,
    Tree,
    WhyNext,
    next_call,
)
from dispatcher_tui.domain.emergency.post_held import POST, holds_post, spoken_to
from dispatcher_tui.domain.procedure import Ladder
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case, Entry, Grade
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.record.watch_events import RowDiffered
from dispatcher_tui.domain.site.household_notes import NotedHome, Notes
from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.domain.words.terms import CallOutcome, Label, Stage
from dispatcher_tui.store.tx import Tx

SECOND_PAGE = (*(f"0{n}" for n in range(1, 10)), "00")
"""The keys of the kinds that are rarer, in the order of their digits."""


SAME_WITHIN = timedelta(seconds=600)
"""How long after its opening an emergency may be meant once more; the end counts."""


class Kind(msgspec.Struct, frozen=True):
    """A kind of emergency: the keys that name it, what it is called, the rule it falls under.

    ``key`` is a digit, or 0 and a digit; empty where a kind is chosen from the list or by the
    branch of the card it lies ``within``.
    """

    id: str
    key: str
    title: Label
    rule: str
    within: str = ""


class Emergency(msgspec.Struct, frozen=True):
    """An emergency as it stands: the case, its story, whom to ring, the card of its kind.

    ``holds``: the post may not be left because of it (E-05); ``household`` is who is registered at
    its place; ``differing`` are the rows of people, and of that place, that are not as adopted.
    ``notes`` are those on the household, ``homes`` those on the estate that the card asks after.
    ``part``: the place is a building or a stairwell of homes that are registered.
    """

    case: Case
    entries: tuple[Entry, ...]
    rules: Rules
    ladder: Ladder | None
    standing: Tree
    card: Card | None
    holds: bool
    household: Household | None = None
    differing: tuple[RowDiffered, ...] = ()
    notes: Notes = ()
    homes: tuple[NotedHome, ...] = ()
    part: bool = False

    @property
    def targets(self) -> tuple[tree.Target, ...]:
        """Everybody who may be rung, in the order of the screen."""
        return self.standing.targets

    @property
    def next_call(self) -> NextCall | None:
        """Whom to ring now, by which number, and why."""
        return next_call(self.standing)

    @property
    def again(self) -> NextCall | None:
        """Where the order of calls is through: who was not reached and is rung once more."""
        return ring_again(self.standing) if self.next_call is None else None

    @property
    def progress(self) -> Progress:
        """How many of those who must be told were, and who was not."""
        return progress(self.standing)

    @property
    def enough(self) -> bool:
        """Everybody who must be told was; those at home are rung only if more are needed."""
        following = self.next_call
        spare = following is None or following.why is WhyNext.AT_HOME
        return spare and self.progress.complete

    def at(self, now: datetime) -> Emergency:
        """The same at another moment (UTC): who was told and has not set off becomes late."""
        return msgspec.structs.replace(
            self, standing=msgspec.structs.replace(self.standing, now=now)
        )

    def with_target(self, target: tree.Target) -> Emergency:
        """The same with somebody in it who is being rung and stands on no list any more."""
        if any(each.key == target.key for each in self.targets):
            return self
        kept = msgspec.structs.replace(target, slot=tree.REST, spare=True)
        found = (*self.targets, kept)
        return msgspec.structs.replace(
            self, standing=msgspec.structs.replace(self.standing, targets=found)
        )

    def phone_for(self, target: tree.Target) -> str:
        """The number to ring somebody by who is chosen by hand; empty where there is none."""
        return tree.phone_for(target, self.case.calls)


def kinds(desk: Desk) -> tuple[Kind, ...]:
    """Every kind the site has a card for, in the order of their keys; from memory.

    The letter of an older card is no key any more: it gets a place of the second page, while
    there is one.
    """
    cards = desk.site.cards
    taken = {card.digit for card in cards}
    free = iter([key for key in SECOND_PAGE if key not in taken])
    found = []
    for card in cards:
        key = card.digit
        if key and (key == "0" or not key.isdigit()):
            key = next(free, "")
        found.append(Kind(card.id, key, card.title, card.rule, card.within))
    return tuple(found)


def read_emergency(desk: Desk, case_id: str) -> Emergency:
    """Everything the emergency's screen shows.

    Raises:
        Refusal: there is no such case.
    """
    case = desk.record(case_id).case
    return _as_it_stands(desk, case, tuple(desk.store.entries(case.id)))


def unrecorded_emergency(desk: Desk, kind: str) -> Emergency:
    """An emergency of that kind as it would begin now, for whoever may write nothing down: it has
    no number and stands in no record."""
    rules, now = desk.rules, desk.clock.now()
    level = emergency_level(rules.procedure)
    case = Case(
        id="",
        number="",
        procedure=desk.procedure_ref,
        calendar=desk.calendar_ref,
        stage=Stage.OPEN,
        grades=(Grade(level.id, level.rule, now),),
        opened_at=now,
        received_at=now,
        emergency_kind=kind,
    )
    return _as_it_stands(desk, case, ())


def _as_it_stands(desk: Desk, case: Case, entries: tuple[Entry, ...]) -> Emergency:
    rules = desk.rules_of(case)
    card = desk.cards.card_of(desk.site, case, entries)
    ladder = next(iter(ladders(rules.procedure, case)), None)
    holds = holds_post(case, rules.procedure)
    standing = standing_of(desk, case, rules, card, ladder)
    household = desk.lists.household(case.place).household
    differing = differing_at(desk, case.place)
    notes, homes = notes_at(desk, case.place), noted_homes(desk, card.homes if card else ())
    part = household is None and bool(case.place and desk.store.unit_prefix(f"{case.place}-", 1))
    return Emergency(
        *(case, entries, rules, ladder, standing, card, holds),
        *(household, differing, notes, homes, part),
    )


def _purpose(emergency: Emergency, target: tree.Target, outcome: CallOutcome) -> str:
    """What a call is for; NO_PURPOSE for a number outside: nobody of the estate is told by it."""
    procedure, ladder = emergency.rules.procedure, emergency.ladder
    if not target.person or emergency.case.stage.handled:
        return NO_PURPOSE
    if target.rung >= 0:
        return tree.rung_purpose(procedure, ladder, emergency.case)
    return tree.group_purpose(procedure, ladder, emergency.case, outcome)


def likely_mover(emergency: Emergency, chosen: tree.Target | None) -> tree.Target | None:
    """Whose way to the scene is most likely meant where ``chosen`` stands there to be rung.

    Where the order of calls put somebody there whom nobody has spoken to, that is whoever of the
    estate was told last and has not reported back; who decides only where nobody was sent.
    """
    case, following = emergency.case, emergency.next_call or emergency.again
    if chosen is None or following is None or chosen.key != following.target.key:
        return chosen
    if spoken_to(case, chosen.person, chosen.name, chosen.phones):
        return chosen
    back = {each.person for each in case.called if each.reported_back_at is not None}
    told = (call for call in reversed(case.calls) if call.person and call.person not in back)
    found = (next((x for x in emergency.targets if tree.is_to(call, x)), None) for call in told)
    known = [x for x in found if x and spoken_to(case, x.person, x.name, x.phones)]
    sent = (target for target in known if target.rung < 0)
    return next(sent, None) or next(iter(known), chosen)


def record_call(
    desk: Desk,
    case_id: str,
    target: tree.Target,
    name: str,
    phone: str,
    outcome: CallOutcome,
    taken_by: str = "",
) -> tuple[int, ...]:
    """Write down a try; its entries come back, by their seqs.

    Args:
        desk: in its own thread.
        case_id: the emergency.
        target: who was rung.
        name: as it is to be written down.
        phone: the number that was rung.
        outcome: what came of it.
        taken_by: who took the message, where it was relayed; empty where that is not known.
    """
    purpose = _purpose(read_emergency(desk, case_id), target, outcome)
    command = cmd.TryCall(
        person=target.person,
        name=name,
        role=target.role,
        phone=phone,
        outcome=outcome,
        purpose=purpose,
        taken_by=taken_by,
    )
    return _seqs(perform_call(desk, case_id, command))


def _seqs(done: Done) -> tuple[int, ...]:
    return tuple(entry.seq for entry in done.entries)


def no_call_was_made(desk: Desk, case_id: str, of: tuple[int, ...]) -> Done:
    """What was written down as the result of a call was none: its entries ``of`` count no more,
    and stay readable."""
    return desk.perform(case_id, cmd.TakeBack(of=of))


def came_by_themselves(desk: Desk, case_id: str, name: str, report: cmd.ReportResponder) -> Done:
    """E-03: nobody reached them, they rang or came; that is one call, how far they are another.

    Args:
        desk: in its own thread.
        case_id: the emergency.
        name: as it is to be written down.
        report: what they say of themselves.
    """
    emergency = read_emergency(desk, case_id)
    person = next((p for p in desk.lists.people() if report.person and p.id == report.person), None)
    stranger = tree.Target(
        report.person, report.name, person.role if person else "", report.phones, tree.OUTSIDE
    )
    mine = (t for t in emergency.targets if (t.person, t.name) == (report.person, report.name))
    target = next(mine, stranger)
    call = cmd.TryCall(
        person=target.person,
        name=name,
        role=target.role,
        phone="" if target.person else next(iter(target.phones), ""),
        outcome=CallOutcome.REACHED,
        purpose=_purpose(emergency, target, CallOutcome.REACHED),
        incoming=True,
    )

    def job(tx: Tx) -> Done:
        desk.perform_in(tx, case_id, call)
        return desk.perform_in(tx, case_id, report)

    return desk.store.transact(job)


def confirm_read_back(desk: Desk, case_id: str, target: tree.Target) -> tuple[int, ...]:
    """The one rung last has repeated the message; its entries come back, by their seqs.

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
    return _seqs(desk.perform(case_id, cmd.ConfirmReadBack(purpose=mine.purpose)))


def open_emergency(
    desk: Desk,
    kind: str = "",
    note: str = "",
    place: str = "",
    received_at: datetime | None = None,
    told: Intake | None = None,
) -> str:
    """The case, at once.

    Args:
        desk: in its own thread.
        kind: empty where it is not known yet.
        note: what has to be known about how it was opened.
        place: as far as it is known; it is written down with the kind.
        received_at: when F9 was pressed (UTC); now if not given.
        told: the form F9 was pressed over: its caller, number and words are taken along.
    """
    form, _ = cleaned(told or Intake())
    done = desk.open_emergency(
        kind, place, received_at, caller=form.caller, phone=form.phone, verbatim=form.said
    )
    if note:
        desk.perform(done.case.id, cmd.AddNote(text=note))
    note_differing(desk, done.case.place)
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


def same_again(desk: Desk, held: Iterable[Holding], kind: str) -> Holding | None:
    """The youngest of those that run and may be meant where somebody names this kind: it is of
    the kind, of one that a branch of its card led to, or of none that was named yet, and was
    opened a short while ago."""
    now, cards = desk.clock.now(), desk.site.cards
    kin = {kind, "", *(card.id for card in cards if card.within == kind)}
    meant = [each for each in held if each.kind in kin and now - each.opened_at <= SAME_WITHIN]
    return max(meant, key=lambda each: each.opened_at, default=None)


def refuse_while_held(desk: Desk) -> bool:
    """E-05: nobody leaves, hands over or locks up while an emergency holds the post.

    A drill holds nobody. Relief by a successor's own PIN does not come by here.

    Raises:
        Refusal: one holds it.
    """
    held = () if desk.scratch else holding(desk)
    if held:
        raise Refusal("post_held", POST, number=", ".join(each.number for each in held))
    return True
