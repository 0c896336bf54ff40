"""催单: a caller who asks about an open case, or reports the same matter; and what else that is."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec.structs import replace

from dispatcher_tui.desk.case.intake import Intake, IntakeDraft, IntakeKind, cleaned
from dispatcher_tui.desk.case.record_repeat import with_repeat
from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.triage import grade
from dispatcher_tui.domain.emergency.post_held import holds_post
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.domain.record.ringing_commands import AfterEnd, RingAfterEnd
from dispatcher_tui.domain.words.place import more_than_place
from dispatcher_tui.store.tx import Tx


class AfterEndAnswer(msgspec.Struct, frozen=True):
    """What was answered for a case whose handling is over; ``due``: to be called back by then."""

    after: AfterEnd
    due: datetime | None = None


def _rang(case: Case, intake: Intake, answer: AfterEndAnswer | None) -> cmd.Command:
    told = {"caller": intake.caller, "phone": intake.phone, "said": intake.said}
    if answer is None or not case.stage.handled:
        return cmd.RingAgain(**told)
    return RingAfterEnd(after=answer.after, due=answer.due, **told)


def call_again(
    desk: Desk,
    key: str,
    intake: Intake,
    *,
    draft: str = "",
    answer: AfterEndAnswer | None = None,
) -> Done:
    """Count the call on its case, with the caller's words; ``draft`` is dropped with it.

    A case whose handling is over takes an ``answer``: it is reopened, or the caller is called back.

    Facts that make the case graver than it was raise its level along with it. Where what is
    reported is an emergency, it is counted and opens one of its own besides, unless the case is
    one that goes on: a leak that burns by now, a fire that flares up after it was stood down,
    neither is merely a caller more. That emergency is what is given back then.

    Raises:
        Refusal: its handling is over, and nobody has answered what becomes of it.
    """
    intake, _ = cleaned(intake)

    def job(tx: Tx) -> Done:
        record = tx.case(key)
        if record is None:
            raise Refusal("no_case", number=key)
        case = record.case
        burns = case.stage.handled and _opens_emergency(desk, tx, case, intake) is not None
        after = AfterEndAnswer(AfterEnd.EMERGENCY) if burns else answer
        done = desk.perform_in(tx, key, _rang(case, intake, after))
        if more := more_than_place(intake.place):
            desk.perform_in(tx, key, cmd.AddNote(text=more))
        done = _emergency_told(desk, tx, done.case, intake) or _raised(desk, tx, done, intake)
        if draft:
            tx.drop_draft(draft)
        return done

    return desk.store.transact(job)


def _opens_emergency(desk: Desk, tx: Tx, case: Case, intake: Intake) -> Intake | None:
    """The emergency that a call about a case reports; None where it reports none, or that one."""
    if holds_post(case, desk.rules_of(case).procedure):
        return None
    kind = IntakeKind.COMPLAINT if intake.kind is IntakeKind.AGAIN else intake.kind
    told = replace(intake, kind=kind, case="", place=intake.place or case.place)
    now = desk.clock.now()
    asked = desk.asked(tx, told, received_at=now, occurred=now)
    procedure = desk.rulebook.procedure(asked.procedure)
    emergency = grade(procedure, asked.facts, asked.tags, asked.channel).emergency
    return told if emergency else None


def _emergency_told(desk: Desk, tx: Tx, case: Case, intake: Intake) -> Done | None:
    """The emergency that a call about a case opens; None where it reports none, or that one."""
    told, now = _opens_emergency(desk, tx, case, intake), desk.clock.now()
    if told is None:
        return None
    opened = desk.open_in(tx, told, received_at=now, occurred=now)
    for one, other in ((case, opened.case), (opened.case, case)):
        opened = desk.perform_in(tx, one.id, cmd.AddNote(text=f"-> {other.number}"))
    return opened


def _raised(desk: Desk, tx: Tx, done: Done, intake: Intake) -> Done:
    """The case at the level that the call's facts give it, where that is a graver one."""
    procedure = desk.rules_of(done.case).procedure
    level = grade(procedure, intake.facts, ())
    ranks = [each.id for each in procedure.levels]
    if done.case.stage.handled or ranks.index(level.id) >= ranks.index(done.case.level):
        return done
    reason = ", ".join(intake.facts)
    raised = desk.perform_in(tx, done.case.id, cmd.Regrade(level=level.id, reason=reason))
    return replace(raised, entries=done.entries + raised.entries)


def take_down(desk: Desk, form: Intake, draft: IntakeDraft) -> Done | Entry:
    """What the form comes to: a line of the Work Log, a call counted on a case, or a new case."""
    if form.kind is IntakeKind.ENQUIRY:
        return desk.note("", form, draft=draft.id)
    if form.case:
        return call_again(desk, form.case, form, draft=draft.id)
    # A clock that was set back meanwhile must not keep the case from being opened.
    received = min(draft.opened_at, desk.clock.now())

    def job(tx: Tx) -> Done:
        done = desk.open_case(form, received_at=received, draft=draft.id)
        return with_repeat(desk, tx, done) if form.repeated else done

    return desk.store.transact(job)
