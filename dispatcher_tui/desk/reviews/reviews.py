"""Monday's review: what is walked, each case's line at once in the record, done with the last."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.form_drafts import draft_id, saved_forms
from dispatcher_tui.desk.reviews.routines import Work, done_in, is_of, owed_by_desk, work_of
from dispatcher_tui.desk.together import Signing, cosigner, refuse_stranger, sign
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.desk_routines import Routine
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.sign_off import how_signed
from dispatcher_tui.domain.reviews.corrective import is_complaint
from dispatcher_tui.domain.reviews.review import (
    ReviewReport,
    SuggestedOutcome,
    Walk,
    ended_as,
    suggest,
    walk,
)
from dispatcher_tui.domain.time.periods import Period
from dispatcher_tui.domain.words.terms import ReviewOutcome, SignedBy
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx

DO = "review"
"""The desk's work that this is, as routines name it."""


class WeekReview(msgspec.Struct, frozen=True):
    """A review as it stands. ``duty`` is the one it does, None where none is owed (yet).

    ``missed``: the name of the period before, where its review was never finished.
    ``suggestions``: by the ids of the cases without a line, what the record says of them; and
    ``drafts``, by the ids of cases, what was half typed. ``procedure`` is the id of the one in
    force whose cases are walked.
    """

    walk: Walk
    routine: Routine
    duty: Duty | None
    missed: str = ""
    suggestions: dict[str, SuggestedOutcome] = {}
    drafts: dict[str, dict[str, str]] = {}
    procedure: str = ""

    @property
    def form(self) -> str:
        """The name its half-typed lines are kept under."""
        return f"{DO}-{self.walk.period.name}"


def duty_for(desk: Desk, work: Work, period: Period) -> Duty | None:
    """The desk's duty to do that for a period, done or not; None where it is not owed."""
    return next((d for d in owed_by_desk(desk) if d.key == work.key(period)), None)


def missed_before(desk: Desk, work: Work) -> str:
    """The name of the period before, where the routine lapsed for it; else empty."""
    before = duty_for(desk, work, work.period.before())
    lapsed = before is not None and before.done_at is None and before.cancelled_at is not None
    return work.period.before().name if lapsed else ""


def _review(desk: Desk, reads: Store | Tx, procedure: str) -> WeekReview:
    work, calendar = work_of(desk, DO, procedure), desk.rules.calendar
    period = work.period
    found = [
        (each.case, each.duties, desk.rules_of(each.case).procedure)
        for each in reads.opened_or_open(*period.span(calendar))
        if is_of(desk, each.case, work.procedure)
    ]
    cases = [each for each in found if is_complaint(each[2])]
    return WeekReview(
        walk=walk(cases, period, calendar),
        routine=work.routine,
        duty=duty_for(desk, work, period),
        missed=missed_before(desk, work),
        procedure=work.procedure,
    )


def read_review(desk: Desk, procedure: str = "") -> WeekReview:
    """The review of the period that is to be reviewed now; only read. ``procedure`` is the id of
    the one in force whose review is meant, where that matters.

    Raises:
        Refusal: no procedure in force asks for one.
    """
    review = _review(desk, desk.store, procedure)
    suggestions = {
        each.case.id: suggest(each.case, desk.store.entries(each.case.id), each.undecided)
        for each in review.walk.missing
    }
    drafts = saved_forms(desk, review.form)
    return msgspec.structs.replace(review, suggestions=suggestions, drafts=drafts)


def _settle(desk: Desk, tx: Tx, procedure: str) -> WeekReview:
    """The review after what was just written; with its last line it is done (P0-09)."""
    review = _review(desk, tx, procedure)
    if review.duty is None or not review.duty.pending or not review.walk.complete:
        return review
    desk.note_in(tx, done_in(desk, review.duty))
    return _review(desk, tx, procedure)


def same_period(routine: Routine, period: Period, name: str) -> None:
    """Refuse what was meant for a period that is over since it was shown; any where empty.

    Raises:
        Refusal: another one has begun meanwhile.
    """
    if name and name != period.name:
        raise Refusal("period_over", routine.rule, period=name)


def _walked(review: WeekReview, case_id: str) -> None:
    if all(each.case.id != case_id for each in review.walk.cases):
        raise Refusal("not_in_review", review.routine.rule)


def put_line(
    desk: Desk,
    case_id: str,
    standing: ReviewOutcome,
    text: str,
    *,
    week: str = "",
    procedure: str = "",
) -> WeekReview:
    """Write a case's line; another one for the same ``week`` corrects it.

    Raises:
        Refusal: the case is not in this review, has ended meanwhile, or the words are missing; or
            another week has begun than the one that was shown.
        Failure: the file could not be written; nothing was.
    """
    words = clean_text(text, multiline=False).text.strip()

    def job(tx: Tx) -> WeekReview:
        review = _review(desk, tx, procedure)
        same_period(review.routine, review.walk.period, week)
        _walked(review, case_id)
        name = review.walk.period.name
        desk.perform_in(tx, case_id, cmd.Review(week=name, standing=standing, text=words))
        tx.drop_draft(draft_id(review.form, case_id))
        return _settle(desk, tx, review.procedure)

    return desk.store.transact(job)


def confirm_ended(desk: Desk, *, week: str = "", procedure: str = "") -> WeekReview:
    """Confirm together every final and invalid case that has no line yet.

    Raises:
        Refusal: another ``week`` has begun than the one that was shown.
        Failure: the file could not be written; none was confirmed.
    """

    def job(tx: Tx) -> WeekReview:
        review = _review(desk, tx, procedure)
        same_period(review.routine, review.walk.period, week)
        name = review.walk.period.name
        for each in review.walk.unconfirmed:
            standing = ended_as(each.case)
            assert standing is not None
            desk.perform_in(tx, each.case.id, cmd.Review(week=name, standing=standing))
        return _settle(desk, tx, review.procedure)

    return desk.store.transact(job)


def finish(desk: Desk, *, week: str = "", procedure: str = "") -> WeekReview:
    """Confirm what has ended, and be done where every open case has its line.

    Raises:
        Refusal: open cases are without a line; the detail says how many. Nothing was written.
        Failure: the file could not be written; nothing was.
    """
    review = _review(desk, desk.store, procedure)
    same_period(review.routine, review.walk.period, week)
    if review.walk.missing:
        left = str(len(review.walk.missing))
        raise Refusal("review_incomplete", review.routine.rule, left=left)
    return confirm_ended(desk, week=week, procedure=review.procedure)


class Decision(msgspec.Struct, frozen=True):
    """What the head says to a case that cannot be handled.

    ``signing`` is the PIN or the ink for it; else ``name`` agreed by phone and signs later.
    """

    text: str = ""
    confirmed: bool = False
    signing: Signing | None = None
    name: str = ""
    remark: str = ""


def deciding(in_force: Iterable[Procedure], own: str) -> str:
    """The id of the procedure in force by whose review the head decides on a case: its own, where
    that has one; else the first that has. Empty where none has."""
    ids = [each.id for each in in_force if each.routine(DO) is not None]
    return own if own in ids else next(iter(ids), "")


def decide_on(desk: Desk, case_id: str, decision: Decision) -> Done:
    """Write the head's decision, signed here or agreed by phone and owed (P0-09).

    Raises:
        Refusal: nothing waits for it, the method or the name is missing, or the PIN is wrong.
        Failure: the file could not be written; nothing was.
    """
    own = desk.rules_of(desk.record(case_id).case).procedure
    work = work_of(desk, DO, deciding(desk.in_force.procedures, own.id))
    routine, period = work.routine, work.period
    given, how = None, SignedBy.PHONE
    name = clean_text(decision.name, multiline=False).text.strip()
    if decision.signing is not None:
        given = sign(desk, msgspec.structs.replace(decision.signing, role=routine.decides))
        name, how = given.name, how_signed(given.ink)
    elif name:
        refuse_stranger(desk, name, routine.decides, routine.rule)
    command = cmd.SetMethod(
        week=period.name,
        name=name,
        role=routine.decides,
        rule=routine.rule,
        text=clean_text(decision.text, multiline=False).text.strip(),
        confirmed=decision.confirmed,
        how=how,
        remark=clean_text(decision.remark, multiline=False).text.strip(),
        ink=given.ink if given is not None else None,
    )
    by = cosigner(desk, given) if given is not None else ""
    return desk.perform(case_id, command, cosigner=by)


def _of(desk: Desk, procedure: str) -> Procedure:
    """The procedure in force with that id as the site has it; the default where there is none."""
    found = (each for each in desk.site.in_force if each.id == procedure)
    return next(found, desk.site.procedure)


def review_report(desk: Desk, review: WeekReview) -> ReviewReport:
    """What the sheet of a review is made from, as it stands; asks nothing of the record."""
    return ReviewReport(
        site=desk.site.site.name,
        zone=desk.site.calendar.tz,
        walk=review.walk,
        procedure=_of(desk, review.procedure),
        routine=review.routine,
        at=desk.clock.now(),
        by=desk.actor,
        done_at=review.duty.done_at if review.duty is not None else None,
        missed=review.missed,
    )
