"""The lists of the fee calendar: taken over from a file, handed to the area keepers, come back.

What each act comes to is one transaction: the list's entry, the routines that it completes, and
what the cases that its lines became are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from dispatcher_tui.desk.adoption import adopt_fees
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.reviews.routines import ledger, owed_by_desk
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.desk_routines import ListPlan, Routine
from dispatcher_tui.domain.fees.decide_fees import (
    fault_of,
    fee_change,
    handing,
    noting,
    taking,
)
from dispatcher_tui.domain.fees.fee_list import FeeList, evolve_list
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.fee_events import FeeCounts, LineOutcome, LineResult
from dispatcher_tui.domain.record.watch_events import RoutineDone
from dispatcher_tui.domain.reviews.routine import Standing, subject_of
from dispatcher_tui.domain.site.list_change import ListChange
from dispatcher_tui.domain.time.periods import Period, period_at, period_named
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.domain.words.terms import FollowUpOutcome, Stage
from dispatcher_tui.site.lists.fee_reading import (
    FeeAsked,
    FeeListError,
    FeeSheet,
    fee_names,
    fees_text,
    read_fees,
)
from dispatcher_tui.site.problems import SiteError, SiteProblem
from dispatcher_tui.store.tx import Tx

_GOING_ON = (Stage.OPEN, Stage.NOTIFIED, Stage.ARRANGED)

FeesRefused = SiteError
"""What keeps a list from being taken over."""


class FeePreview(msgspec.Struct, frozen=True):
    """A file that was read for a list, and what it does to the one that is there.

    ``change`` is None where the file says what became of the lines: ``outcomes`` are these then.
    """

    plan: ListPlan
    month: str
    sheet: FeeSheet
    change: ListChange | None = None
    outcomes: tuple[LineOutcome, ...] = ()


def fee_plans(desk: Desk) -> tuple[ListPlan, ...]:
    """Every list of the procedures in force, in their order."""
    return tuple(plan for procedure in desk.in_force.procedures for plan in procedure.lists)


def plan_named(desk: Desk, of: str) -> ListPlan:
    """The list in force with that id.

    Raises:
        Refusal: there is none; the detail names those that there are.
    """
    plans = fee_plans(desk)
    found = next((plan for plan in plans if plan.id == of), None)
    if found is None:
        known = ", ".join(plan.id for plan in plans)
        raise Refusal("fee_no_list" if known else "fee_no_lists", name=of, known=known)
    return found


def _routines(desk: Desk, of: str) -> Iterator[tuple[Routine, Standing]]:
    """The routines that own a list, each with how its procedure stands."""
    for known in desk.rulebook.known(desk.in_force.refs):
        for routine in known.procedure.routines:
            if routine.list == of:
                yield routine, known.standing


def month_now(desk: Desk, of: str) -> str:
    """The month that a list is of where none is named: that of its routine which is open and due
    first; the present one where none is open."""
    now = desk.clock.now()
    own = {standing.named(routine.id): routine for routine, standing in _routines(desk, of)}
    for duty in ledger(owed_by_desk(desk), now).open:
        period = subject_of(duty)
        if duty.clock in own and period is not None:
            return (period.after() if own[duty.clock].ahead else period).name
    return period_at("month", desk.rules.calendar, now).name


def month_given(desk: Desk, of: str, typed: str) -> str:
    """A month as it was typed, or the one that is due.

    Raises:
        Refusal: it is no month such as 2026-11.
    """
    if not typed.strip():
        return month_now(desk, of)
    try:
        period = period_named(typed.strip())
    except ValueError:
        period = None
    if period is None or len(period.name) != len("2026-11") or period.name[5] in "WQ":
        raise Refusal("fee_month", text=typed)
    return period.name


def lists_now(desk: Desk) -> list[FeeList]:
    """Every list that was taken over, the newest month first."""
    found = desk.fees.lists().values()
    return sorted(found, key=lambda each: (each.month, each.taken_at), reverse=True)


def list_of(desk: Desk, of: str, month: str) -> FeeList:
    """The list of a month.

    Raises:
        Refusal: none was taken over.
    """
    found = desk.fees.get(of, month)
    if found is None:
        raise Refusal("fee_not_taken", name=of, month=month)
    return found


def names_of(desk: Desk, fees: FeeList) -> dict[str, dict[str, str]]:
    """Who lives where and whose round it is, by the places of a list, out of its adopted text."""
    kept = desk.store.adopted("fees", _text_name(fees.list, fees.month))
    return fee_names(kept.text) if kept is not None else {}


def _text_name(of: str, month: str) -> str:
    return f"{of}-{month}.csv"


def asked_of(desk: Desk, plan: ListPlan, month: str) -> FeeAsked:
    """How a file is read for a list: a room has to be in the register, where there is one."""
    empty = not desk.store.unit_prefix("", 1)

    def spelt(place: str) -> str:
        if empty:
            return place
        home = desk.store.unit(place)
        return home.place if home is not None else ""

    return FeeAsked(month, plan.bill_day, spelt)


def _outcomes(fees: FeeList, plan: ListPlan, sheet: FeeSheet) -> tuple[LineOutcome, ...]:
    """What the rows say became of the lines, nothing paid being all that is owed.

    Raises:
        FeeListError: a row cannot stand, with its number and why.
    """
    found, problems = list[LineOutcome](), list[SiteProblem]()
    for each in sheet.outcomes:
        outcome = each.outcome
        stand = fees.stands.get(outcome.place)
        if outcome.result is LineResult.PAID and not outcome.paid and stand is not None:
            outcome = msgspec.structs.replace(outcome, paid=stand.left)
        fault = fault_of(fees.stands, plan, outcome)
        if fault is not None:
            problems.append(SiteProblem(sheet.file, each.column, fault[0], fault[1]))
        else:
            found.append(outcome)
    if not found and not problems:
        problems.append(SiteProblem(sheet.file, "", "fee_nothing_back"))
    if problems:
        raise FeeListError(problems, sheet)
    return tuple(found)


def preview_fees(desk: Desk, path: Path, of: str, month: str = "") -> FeePreview:
    """What a file would do to a list; nothing is written.

    Raises:
        Refusal: there is no such list or month.
        SiteError: the file cannot be used, or rows of it are refused; all of them are named.
    """
    plan = plan_named(desk, of)
    named = month_given(desk, of, month)
    return _compared(desk, plan, named, read_fees(path, asked_of(desk, plan, named)))


def _compared(desk: Desk, plan: ListPlan, month: str, sheet: FeeSheet) -> FeePreview:
    before = desk.fees.get(plan.id, month)
    if not sheet.back:
        change = fee_change(before, [row.line for row in sheet.lines])
        return FeePreview(plan, month, sheet, change)
    if before is None:
        raise SiteError([SiteProblem(sheet.file, "", "fee_back_first", {"month": month})])
    return FeePreview(plan, month, sheet, None, _outcomes(before, plan, sheet))


def rest_of_fees(error: SiteError) -> FeeSheet | None:
    """What the sound rows of a refused file say, to be shown."""
    return error.rest if isinstance(error, FeeListError) else None


def take_fees(desk: Desk, preview: FeePreview, *, replace: bool = False) -> Entry:
    """Take over what a file says: the list itself, or what became of its lines.

    Raises:
        Refusal: the list takes away so much that it has to be meant (``replace``), or a line cannot
            stand any more; nothing was written.
        SiteError: the list was changed meanwhile, and rows cannot stand any more.
    """

    def job(tx: Tx) -> Entry:
        current = _compared(desk, preview.plan, preview.month, preview.sheet)
        before = desk.fees.get(preview.plan.id, preview.month)
        if current.change is None:
            assert before is not None  # comparing asks for it
            return _noted(desk, tx, before, current.plan, current.outcomes, preview.sheet.sha256)
        if current.change.takes_away and before is not None and not replace:
            raise Refusal("list_takes_away")
        rows = preview.sheet.lines
        text = fees_text(rows)
        lines = [row.line for row in rows]
        event = taking(before, preview.plan, preview.month, lines, preview.sheet.sha256)
        adopt_fees(desk, _text_name(preview.plan.id, preview.month), len(rows), text)
        entry = desk.note_in(tx, event)[0]
        _complete(desk, tx, preview.plan.id, preview.month, event.counts)
        return entry

    return desk.store.transact(job)


def preview_or_refused(
    desk: Desk, path: Path, of: str, month: str
) -> tuple[FeePreview | None, tuple[SiteProblem, ...], FeeSheet | None]:
    """The same for a screen: the preview, or each problem and what the sound rows say."""
    try:
        return preview_fees(desk, path, of, month), (), None
    except SiteError as error:
        return None, tuple(error.problems), rest_of_fees(error)


def take_or_refuse(desk: Desk, preview: FeePreview, *, replace: bool) -> None:
    """Take over what was previewed.

    Raises:
        Refusal: as ``take_fees``, or the list was changed since it was previewed.
    """
    try:
        take_fees(desk, preview, replace=replace)
    except SiteError as error:
        raise Refusal("lists_changed") from error


def keepers_of(desk: Desk, of: str, month: str) -> tuple[str, ...]:
    """Who may take an area: those who have one of the list in hand, then the roster's keepers."""
    fees = list_of(desk, of, month)
    having = (each.keeper for each in fees.stands.values() if each.keeper)
    roles = {routine.role for routine, _standing in _routines(desk, of) if routine.role} or {
        "keeper"
    }
    people = (each.name for each in desk.store.people() if each.role in roles)
    return tuple(dict.fromkeys((*having, *people)))


def hand_out(desk: Desk, of: str, month: str, area: str, keeper: str) -> Entry:
    """Hand what is open of an area to its keeper.

    Raises:
        Refusal: it cannot be, see ``handing``; nothing was written.
    """

    def job(tx: Tx) -> Entry:
        fees = list_of(desk, of, month)
        event = handing(fees, area, keeper, desk.clock.now())
        entry = desk.note_in(tx, event)[0]
        _complete(desk, tx, of, month, event.counts)
        return entry

    return desk.store.transact(job)


def note_outcomes(desk: Desk, of: str, month: str, outcomes: Iterable[LineOutcome]) -> Entry:
    """Write down what became of lines, one by one; a payment of nothing is all that is owed.

    Raises:
        Refusal: one of them cannot stand; nothing was written.
    """

    def job(tx: Tx) -> Entry:
        fees, plan = list_of(desk, of, month), plan_named(desk, of)
        whole = [
            msgspec.structs.replace(each, paid=fees.stands[each.place].left)
            if each.result is LineResult.PAID and not each.paid and each.place in fees.stands
            else each
            for each in outcomes
        ]
        return _noted(desk, tx, fees, plan, whole)

    return desk.store.transact(job)


def _noted(
    desk: Desk,
    tx: Tx,
    fees: FeeList,
    plan: ListPlan,
    outcomes: Sequence[LineOutcome],
    sha256: str = "",
) -> Entry:
    event = noting(fees, plan, outcomes, desk.clock.now(), sha256)
    entry = desk.note_in(tx, event)[0]
    after = evolve_list(fees, entry)
    assert after is not None  # it was there before
    paid = [each for each in outcomes if each.result is LineResult.PAID]
    for outcome in paid:
        _tell_case(desk, tx, after, outcome)
    _complete(desk, tx, fees.list, fees.month, event.counts, payments=bool(paid))
    return entry


def _tell_case(desk: Desk, tx: Tx, fees: FeeList, outcome: LineOutcome) -> None:
    """A payment is written on the case that its line became; once all is paid nobody is asked."""
    stand = fees.stands[outcome.place]
    record = tx.case(stand.case) if stand.case else None
    if record is None or record.case.stage not in _GOING_ON:
        return
    words = f"{fees.label.zh} {fees.month}: {format_fen(outcome.paid)}"
    if stand.settled:
        done = cmd.FollowUp(outcome=FollowUpOutcome.COMPLETED, note=words)
        desk.perform_in(tx, stand.case, done)
    else:
        desk.perform_in(tx, stand.case, cmd.AddNote(text=words))


def _reached(routine: Routine, counts: FeeCounts, *, payments: bool) -> bool:
    """Whether what a routine asks of its list has come to be."""
    match routine.list_done:
        case "handed":
            return counts.handed >= counts.lines
        case "back":
            return counts.back >= counts.lines
        case "payments":
            return payments
    return True


def _complete(
    desk: Desk, tx: Tx, of: str, month: str, counts: FeeCounts, *, payments: bool = False
) -> None:
    """Write down the routines of a list's month that are done by what was written just now."""
    done, own = tx.post().done, period_named(month)
    for routine, standing in _routines(desk, of):
        period = own.before() if routine.ahead else own
        key = f"{routine.id}:{period.name}"
        if standing.done_at(done, key) is None and _reached(routine, counts, payments=payments):
            named = standing.named(routine.id)
            desk.note_in(tx, RoutineDone(routine=named, rule=routine.rule, period=period.name))


def owed_by_list(desk: Desk, of: str, month: str) -> list[tuple[Routine, Period, datetime | None]]:
    """The routines of a list's month, each with its period and when it was done."""
    own, done = period_named(month), desk.post.done
    found = []
    for routine, standing in _routines(desk, of):
        period = own.before() if routine.ahead else own
        found.append((routine, period, standing.done_at(done, f"{routine.id}:{period.name}")))
    return found
