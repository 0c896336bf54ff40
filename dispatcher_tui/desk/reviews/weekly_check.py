"""The head's weekly check: the week read in one go, and its mark, signed here or owed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.reviews.cases_then import case_then
from dispatcher_tui.desk.reviews.reviews import duty_for, missed_before, same_period
from dispatcher_tui.desk.reviews.routines import Work, done_in, is_of, owed_by_desk, work_of
from dispatcher_tui.desk.together import (
    Agreed,
    Signing,
    agreed,
    cosigner,
    sign,
    sign_owed_by_desk,
)
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.desk_routines import Routine
from dispatcher_tui.domain.duties.duties import SIGNATURE, Duty
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.sign_off import SignOff
from dispatcher_tui.domain.reviews.case_flow import CaseAtEnd, Stretch
from dispatcher_tui.domain.reviews.corrective import is_complaint
from dispatcher_tui.domain.reviews.weekly import (
    Figures,
    Week,
    WeekCase,
    figures,
    look_through,
    overdue_now,
)
from dispatcher_tui.domain.time.periods import Period
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.store.tx import Tx

DO = "check"
"""The desk's work that this is, as routines name it."""


class WeeklyCheck(msgspec.Struct, frozen=True):
    """A week's check as it stands. ``before`` are the figures of the week before.

    ``signed``: the head's mark, agreed by phone or given; None while there is none.
    ``missed``: the name of the week before, where nobody checked it.
    """

    week: Week
    before: Figures
    routine: Routine
    duty: Duty | None
    signed: SignOff | None = None
    missed: str = ""
    procedure: str = ""


def subject_of_check(work: Work) -> str:
    """What the mark under a week's check is for; where there are several procedures, under which
    one's."""
    bare = f"{DO}:{work.period.name}"
    return f"{bare}/{work.procedure}" if work.standing.several else bare


def _held(desk: Desk, work: Work, period: Period) -> list[WeekCase]:
    return [
        WeekCase(found.case, found.duties, desk.rules_of(found.case).procedure)
        for found in desk.store.opened_or_open(*period.span(desk.rules.calendar))
        if is_of(desk, found.case, work.procedure)
    ]


def _stretch(desk: Desk, period: Period) -> Stretch:
    """A week up to its end, or to now; what occurred at this very moment has occurred."""
    (begin, end), now = period.span(desk.rules.calendar), desk.clock.now()
    running = end > now
    return Stretch(
        period.name,
        begin,
        now + timedelta(microseconds=1) if running else end,
        now if running else end,
        not running,
    )


def _concerned(desk: Desk, work: Work, stretch: Stretch) -> list[CaseAtEnd]:
    """The complaints that were open in a week, as the month's summary has them."""
    held = list[CaseAtEnd]()
    for found in desk.store.month_cases(stretch.begin, stretch.end):
        then = case_then(desk.store, desk.rulebook, found, stretch)
        if then is None or not is_of(desk, then.case, work.procedure):
            continue
        procedure = desk.rules_of(then.case).procedure
        if is_complaint(procedure):
            level = procedure.level(then.case.level)
            emergency = bool(then.case.emergency_kind) or level.emergency
            held.append(CaseAtEnd(then.case, then.duties, then.before, emergency))
    return held


def _entries(
    desk: Desk, work: Work, period: Period, own: Iterable[str]
) -> tuple[list[Entry], dict[str, str]]:
    """What occurred in a week, and the numbers of the cases it happened to; beside other
    procedures only what happened to the cases with the ids ``own``, and to none."""
    lines = desk.store.log(*period.span(desk.rules.calendar))
    told = [(getattr(line.entry.event, "case", ""), line) for line in lines]
    if work.standing.several:
        known = {"", *own}
        told = [(case, line) for case, line in told if case in known]
    return [line.entry for _case, line in told], {c: line.number for c, line in told if c}


class _WeekRead(NamedTuple):
    """A week as it was read: what occurred, the numbers of its cases, its figures."""

    entries: list[Entry]
    numbers: dict[str, str]
    figures: Figures


def _read(desk: Desk, work: Work, period: Period, held: Sequence[WeekCase]) -> _WeekRead:
    stretch = _stretch(desk, period)
    cases, now = _concerned(desk, work, stretch), desk.clock.now()
    own = [*(each.case.id for each in held), *(each.case.id for each in cases)]
    entries, numbers = _entries(desk, work, period, own)
    return _WeekRead(entries, numbers, figures(entries, cases, stretch, overdue_now(held, now)))


def _mark(signed: Sequence[SignOff], work: Work) -> SignOff | None:
    """The mark under a week, also where it was given before others came beside the procedure."""
    subject, bare = subject_of_check(work), f"{DO}:{work.period.name}"
    return next(
        (
            each
            for each in reversed(signed)
            if each.subject in (subject, f"{bare}/{work.procedure}")
            or (each.subject == bare and work.standing.own(each.at))
        ),
        None,
    )


def read_check(desk: Desk, procedure: str = "") -> WeeklyCheck:
    """This week's check; only read. ``procedure`` is the id of the one in force that is meant,
    where that matters.

    Raises:
        Refusal: no procedure in force asks for one.
    """
    work = work_of(desk, DO, procedure)
    period, now = work.period, desk.clock.now()
    earlier, held = period.before(), _held(desk, work, period)
    entries, numbers, found = _read(desk, work, period, held)
    own = [
        duty
        for duty in owed_by_desk(desk)
        if not work.standing.several or duty.clock.startswith((f"{work.procedure}/", SIGNATURE))
    ]
    begin, _end = period.span(desk.rules.calendar)
    week = look_through(period, begin, entries, held, own, numbers, now, found)
    return WeeklyCheck(
        week=week,
        before=_read(desk, work, earlier, _held(desk, work, earlier)).figures,
        routine=work.routine,
        duty=duty_for(desk, work, period),
        signed=_mark(desk.post.sign_offs, work),
        missed=missed_before(desk, work),
        procedure=work.procedure,
    )


class HeadMark(msgspec.Struct, frozen=True):
    """The head's mark under a week: ``signing`` by PIN or ink, else ``name`` agreed by phone."""

    signing: Signing | None = None
    name: str = ""
    remark: str = ""


def _words(remark: str) -> str:
    return clean_text(remark).text.strip()


def sign_check(desk: Desk, mark: HeadMark, *, week: str = "", procedure: str = "") -> Entry:
    """The head has checked this week's records: the mark, and with it the duty done (P0-11).

    Raises:
        Refusal: it is marked already, nobody is named, the PIN is wrong, or another ``week`` has
            begun than the one that was looked through; nothing was written.
        Failure: the file could not be written; nothing was.
    """
    work = work_of(desk, DO, procedure)
    routine, period = work.routine, work.period
    same_period(routine, period, week)
    subject = subject_of_check(work)
    if _mark(desk.post.sign_offs, work) is not None:
        raise Refusal("already_agreed", routine.rule)
    if mark.signing is None:
        remark = _words(mark.remark)
        word = Agreed(subject, routine.rule, routine.role, mark.name, remark, work.procedure)
        event, by = agreed(desk, word), ""
    else:
        signer = sign(desk, msgspec.structs.replace(mark.signing, role=routine.role))
        event = signer.under(subject, routine.rule, remark=_words(mark.remark))
        by = cosigner(desk, signer)

    def job(tx: Tx) -> Entry:
        if _mark(tx.post().sign_offs, work) is not None:
            raise Refusal("already_agreed", routine.rule)
        entry = desk.note_in(tx, event, cosigner=by)[0]
        duty = duty_for(desk, work, period)
        if duty is not None and duty.pending:
            desk.note_in(tx, done_in(desk, duty), cosigner=by)
        return entry

    return desk.store.transact(job)


def owed_mark(desk: Desk) -> SignOff | None:
    """The oldest mark under a week that was agreed by phone and is still to be signed."""
    mine = (s for s in desk.post.sign_offs if s.subject.startswith(f"{DO}:") and s.owed)
    return next(mine, None)


def sign_owed_mark(desk: Desk, key: str, signing: Signing, remark: str = "") -> Entry:
    """The mark that was agreed by phone is signed now.

    Raises:
        Refusal: none is owed, or the PIN is wrong or another role's; nothing was written.
        Failure: the file could not be written; nothing was.
    """
    return sign_owed_by_desk(desk, key, signing, _words(remark))
