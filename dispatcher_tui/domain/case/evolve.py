"""The fold: entries in, case out. Nothing else may change a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from dispatcher_tui.domain.case import evolve_emergency as emergency
from dispatcher_tui.domain.case import evolve_papers as papers
from dispatcher_tui.domain.case import evolve_records as records
from dispatcher_tui.domain.case.evolve_postings import POSTINGS
from dispatcher_tui.domain.record import emergency_events as em
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import passing_on
from dispatcher_tui.domain.record import record_events as rec
from dispatcher_tui.domain.record.case import (
    Assignee,
    Call,
    Caller,
    Case,
    Entry,
    FilledField,
    Grade,
    Move,
    Promise,
)
from dispatcher_tui.domain.record.opening import CORRECTED, Opening, carried
from dispatcher_tui.domain.record.sign_off import cancelled, with_signature
from dispatcher_tui.domain.record.signals import in_order, signal, touched
from dispatcher_tui.domain.words.terms import CallOutcome, FollowUpOutcome, Satisfaction, Stage


class FoldError(ValueError):
    """The entries are not those of one case in order."""


def _opened(entry: Entry, event: ev.CaseOpened) -> Case:
    at = entry.occurred_at
    case = Case(
        id=event.case,
        number=event.number,
        procedure=event.procedure,
        calendar=event.calendar,
        stage=Stage.OPEN,
        grades=(Grade(event.level, event.level_rule, event.received_at),),
        opened_at=at,
        received_at=event.received_at,
        callers=(Caller(event.caller, event.phone, event.received_at),),
        by_f9=event.by_f9,
        **carried(event, Opening),
    )
    return signal(signal(case, event.received_at, "received"), at, "opened")


def _level_changed(case: Case, entry: Entry, event: ev.LevelChanged) -> Case:
    at, end, last = entry.occurred_at, event.shift_end, case.grades[-1]
    if at < last.at:  # A late entry does not undo the order in which levels were given.
        at, end = last.at, last.shift_end
    return replace(case, grades=(*case.grades, Grade(event.level, event.rule, at, end)))


def _moved(case: Case, entry: Entry, event: ev.Moved) -> Case:
    """Another procedure has it; when it was opened, its promises and its papers stay."""
    at = max(entry.occurred_at, case.last_at or entry.occurred_at)
    move = Move(case.procedure, at, len(case.grades), len(case.signals), case.round)
    return touched(replace(case, procedure=event.to, moves=(*case.moves, move)), at)


def _caller_rang(case: Case, entry: Entry, event: ev.CallerRang) -> Case:
    caller = Caller(event.caller, event.phone, entry.occurred_at)
    return replace(case, callers=(*case.callers, caller), rings=case.rings + 1)


def _assignee_named(case: Case, entry: Entry, event: ev.AssigneeNamed) -> Case:
    told = case.notified_at is not None
    named = replace(case, assignee=Assignee(event.person, event.name, event.role))
    return signal(named, entry.occurred_at, "assigned") if told else named


def _notified(case: Case, at: datetime) -> Case:
    """The responsible person was told: the earliest time in a round is kept (P0-05)."""
    if case.assignee is None:
        raise FoldError("told before anybody was named")
    stage = Stage.NOTIFIED if case.stage is Stage.OPEN else case.stage
    told = replace(
        case,
        stage=stage,
        assignee=replace(case.assignee, notified_at=at),
        notified_at=min(case.notified_at or at, at),
    )
    return signal(told, at, "notified")


def _call_tried(case: Case, entry: Entry, event: ev.CallTried) -> Case:
    at = entry.occurred_at
    call = Call(
        person=event.person,
        name=event.name,
        role=event.role,
        phone=event.phone,
        outcome=event.outcome,
        purpose=event.purpose,
        at=at,
        incoming=event.incoming,
        stranger=event.stranger,
        taken_by=event.taken_by,
    )
    case = touched(replace(case, calls=(*case.calls, call)), at)
    if event.outcome.reached:
        case = passing_on.heard(case, call.who, event.purpose, at)
    if event.purpose != "notified":
        counts = event.purpose and event.outcome.reached
        return signal(case, at, event.purpose) if counts else case
    if event.outcome.reached:
        return _notified(case, at)
    return signal(case, at, "not_found") if event.outcome.missed else case


def _read_back(case: Case, entry: Entry, event: ev.ReadBack) -> Case:
    """A read-back completes the last call for that purpose; a relayed word becomes notice."""
    at = entry.occurred_at
    calls = list(case.calls)
    for index in range(len(calls) - 1, -1, -1):
        call = calls[index]
        if (call.person, call.name, call.purpose) == (event.person, event.name, event.purpose):
            calls[index] = replace(call, read_back_at=at)
            case = touched(replace(case, calls=tuple(calls)), at)
            if not event.purpose or call.outcome is not CallOutcome.RELAYED or call.read_back_at:
                return case
            case = passing_on.read_back(case, call, event, at, entry.seq)
            return (
                _notified(case, at)
                if event.purpose == "notified"
                else signal(case, at, event.purpose)
            )
    raise FoldError("read back without a call")


def _followed_up(case: Case, entry: Entry, event: ev.FollowedUp) -> Case:
    at = entry.occurred_at
    outcome = event.outcome
    promises = tuple(
        p if p.kept_at or p.cancelled else replace(p, kept_at=at) for p in case.promises
    )
    in_hand = outcome in (FollowUpOutcome.ARRANGED, FollowUpOutcome.IN_PROGRESS)
    stage = Stage.ARRANGED if in_hand and not case.stage.handled else case.stage
    stuck = outcome is FollowUpOutcome.CANNOT or (case.stuck and not outcome.in_hand)
    case = replace(case, promises=promises, stage=stage, stuck=stuck)
    names = ["followed_up"]
    if outcome is FollowUpOutcome.CANNOT:
        names.append("stuck")
    if outcome is FollowUpOutcome.UNREACHABLE:
        names.append("not_found")
    followed = sum(s.name == "followed_up" and s.round == case.round for s in case.signals)
    if followed >= 1 and not outcome.in_hand and case.stage is not Stage.ARRANGED:
        names.append("nothing_arranged")
    return signal(case, at, *names)


def _promise_made(case: Case, entry: Entry, event: ev.PromiseMade) -> Case:
    at = entry.occurred_at
    key = f"promise@{entry.seq}"
    promise = Promise(key, at, event.due, event.to, event.note)
    return touched(replace(case, promises=(*case.promises, promise)), at)


def _step_recorded(case: Case, entry: Entry, event: ev.StepRecorded) -> Case:
    at = entry.occurred_at
    # By their names: the journal keeps them in that order, whatever they were typed in.
    named = sorted(event.values.items())
    fields = (FilledField(event.step, f, v, at, case.round) for f, v in named)
    case = replace(
        case,
        steps=(*case.steps, event.step),
        stuck=case.stuck and event.step != "head_decided",
        filled=(*case.filled, *fields),
    )
    return signal(case, at, event.step)


def _feedback_received(case: Case, entry: Entry, event: ev.FeedbackReceived) -> Case:
    return signal(case, entry.occurred_at, "feedback_received")


def _end_promises(case: Case) -> Case:
    promises = tuple(
        p if p.kept_at or p.cancelled else replace(p, cancelled=True) for p in case.promises
    )
    return replace(case, promises=promises, stuck=False)


def _void(case: Case, at: datetime) -> Case:
    """The case is none: promises and signatures that were owed on it are owed no more."""
    case = passing_on.pointless(_end_promises(case), at)
    ended = replace(case, stage=Stage.INVALID, sign_offs=cancelled(case.sign_offs, at))
    return signal(ended, at, "invalid")


def _written_off(case: Case, entry: Entry, event: ev.WrittenOff) -> Case:
    case = replace(
        passing_on.pointless(_end_promises(case), entry.occurred_at),
        stage=Stage.WRITTEN_OFF,
        written_off_at=entry.occurred_at,
        satisfaction=event.satisfaction,
    )
    return signal(case, entry.occurred_at, *(("over",) * event.held), "written_off")


def _closed_final(case: Case, entry: Entry, event: ev.ClosedFinal) -> Case:
    if not case.slip.complete:
        raise FoldError("final without its closing paper")
    at = entry.occurred_at
    return signal(replace(case, stage=Stage.FINAL, final_at=at), at, "final")


def _judged_valid(case: Case, entry: Entry, event: ev.JudgedValid) -> Case:
    return touched(replace(case, valid=True), entry.occurred_at)


def _judged_invalid(case: Case, entry: Entry, event: ev.JudgedInvalid) -> Case:
    return _void(replace(case, valid=False), entry.occurred_at)


def _called_off(case: Case, entry: Entry, event: ev.CalledOff) -> Case:
    return _void(case, entry.occurred_at)


def _reopened(case: Case, entry: Entry, event: ev.Reopened) -> Case:
    """A new round: told, written off and the paper start from nothing; the number stays."""
    named = case.assignee
    case = replace(
        papers.set_aside(case),
        stage=Stage.OPEN,
        round=case.round + 1,
        assignee=replace(named, notified_at=None) if named else None,
        notified_at=None,
        written_off_at=None,
        final_at=None,
        satisfaction=Satisfaction.NOT_ASKED,
        valid=None,
        steps=(),
    )
    return signal(case, entry.occurred_at, "reopened", "received", "opened")


def _note_added(case: Case, entry: Entry, event: ev.NoteAdded) -> Case:
    return touched(case, entry.occurred_at)


def _corrected(case: Case, entry: Entry, event: ev.Corrected) -> Case:
    after = papers.outdated(_field_corrected(case, entry, event), event)
    return passing_on.corrected(case, after, event, entry.occurred_at, entry.seq)


def _field_corrected(case: Case, entry: Entry, event: ev.Corrected) -> Case:
    if event.field in ("caller", "phone"):
        first = case.callers[0]
        name = event.value if event.field == "caller" else first.name
        phone = event.value if event.field == "phone" else first.phone
        return replace(case, callers=(Caller(name, phone, first.at), *case.callers[1:]))
    if event.field in CORRECTED:
        corrected = replace(case, **{event.field: event.value})
        if event.registered is not None:
            corrected = replace(corrected, registered=event.registered)
        return signal(corrected, entry.occurred_at, "moved") if event.moved else corrected
    if event.field == papers.CHARGE:
        return papers.charge_corrected(case, event.value)
    if event.field == papers.PAPER_NUMBER:
        return papers.number_corrected(case, event)
    raise FoldError(f"no such field: {event.field}")


def _duty_fell_due(case: Case, entry: Entry, event: ev.DutyFellDue) -> Case:
    return replace(case, fired=case.fired | {event.duty})


def _signed(case: Case, entry: Entry, event: ev.Signed) -> Case:
    at = entry.occurred_at
    given = with_signature(case.sign_offs, event, at, entry.actor, round_=case.round)
    return touched(replace(case, sign_offs=given), at)


_STEPS: dict[type[ev.Event], Callable[[Case, Entry, Any], Case]] = {
    ev.LevelChanged: _level_changed,
    ev.Moved: _moved,
    ev.CallerRang: _caller_rang,
    ev.AssigneeNamed: _assignee_named,
    ev.CallTried: _call_tried,
    ev.ReadBack: _read_back,
    ev.SlipIssued: papers.slip_issued,
    ev.FollowedUp: _followed_up,
    ev.PromiseMade: _promise_made,
    ev.StepRecorded: _step_recorded,
    ev.FeedbackReceived: _feedback_received,
    ev.WrittenOff: _written_off,
    ev.PaperReceived: papers.paper_received,
    ev.PaperSigned: papers.paper_signed,
    ev.PaperFiled: papers.paper_filed,
    ev.ClosedFinal: _closed_final,
    ev.JudgedValid: _judged_valid,
    ev.JudgedInvalid: _judged_invalid,
    ev.CalledOff: _called_off,
    ev.Reopened: _reopened,
    ev.NoteAdded: _note_added,
    em.EmergencyNamed: emergency.emergency_named,
    em.ResponderReported: emergency.responder_reported,
    em.StoodDown: emergency.stood_down,
    em.EmergencyResumed: emergency.resumed,
    em.OrderIssued: emergency.order_issued,
    em.AlarmRepeated: emergency.alarm_repeated,
    em.CardStepDone: emergency.card_step_done,
    em.BranchAnswered: emergency.branch_answered,
    ev.Corrected: _corrected,
    ev.DutyFellDue: _duty_fell_due,
    ev.Signed: _signed,
    rec.Reviewed: records.reviewed,
    rec.MethodSet: records.method_set,
    rec.CorrectiveOpened: records.corrective_opened,
    rec.HolidaysKnown: records.holidays_known,
    rec.MarkedTypical: records.marked_typical,
    rec.UnmarkedTypical: records.unmarked_typical,
    rec.FormFilled: records.form_filled,
    rec.FormIssued: papers.form_issued,
    rec.FormReturned: papers.form_returned,
    rec.FormFiled: papers.form_filed,
    rec.FormAsked: papers.form_asked,
    rec.FormVoided: papers.form_voided,
    **POSTINGS,
}


def _in_watch(case: Case, old: int, at: datetime, shift_end: datetime | None) -> Case:
    """Every signal given at ``at``, after the first ``old`` ones, was in a watch with that end
    (P0-06); when a call came in may lie in the watch before."""
    if shift_end is None or len(case.signals) == old:
        return case
    new = tuple(
        replace(each, shift_end=shift_end) if each.at == at else each for each in case.signals[old:]
    )
    return replace(case, signals=case.signals[:old] + new)


def evolve(case: Case | None, entry: Entry) -> Case:
    """The case after one more entry; ``None`` is the case before its opening.

    A ``taken_back`` cannot be applied to a folded case: use :func:`fold`.

    Raises:
        FoldError: the entry cannot follow.
    """
    event = entry.event
    if isinstance(event, ev.CaseOpened):
        if case is not None:
            raise FoldError("opened twice")
        opened = replace(_opened(entry, event), last_shift_end=event.shift_end)
        return _in_watch(opened, 0, entry.occurred_at, event.shift_end)
    step = _STEPS.get(type(event))
    if case is None or step is None:
        raise FoldError(f"{type(event).__name__} cannot follow")
    assert isinstance(event, ev.CaseEvent)
    after = in_order(case, step(case, entry, event), entry)
    if after.last_at != case.last_at:
        after = replace(after, last_shift_end=event.shift_end)
    return _in_watch(after, len(case.signals), entry.occurred_at, event.shift_end)


def taken_back(entries: Iterable[Entry]) -> frozenset[int]:
    """The seqs of all entries that were taken back."""
    return frozenset(
        seq for entry in entries if isinstance(entry.event, ev.TakenBack) for seq in entry.event.of
    )


def fold(entries: Iterable[Entry]) -> Case:
    """The case that all its entries, in order, amount to.

    A case whose opening itself was taken back ends as invalid: its number stays used.

    Raises:
        FoldError: they are not the entries of one case.
    """
    found = list(entries)
    void = taken_back(found)
    case: Case | None = None
    for entry in found:
        if isinstance(entry.event, ev.TakenBack):
            if case is not None and any(
                e.seq in entry.event.of and isinstance(e.event, ev.CaseOpened) for e in found
            ):
                case = _void(case, entry.occurred_at)
            continue
        if entry.seq not in void or isinstance(entry.event, ev.CaseOpened):
            case = evolve(case, entry)
    if case is None:
        raise FoldError("no entries")
    return case
