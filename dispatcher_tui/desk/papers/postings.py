"""The notices of a case: for which doors, hung, taken down; and the homes warned one by one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.papers.case_reports import case_report
from dispatcher_tui.desk.reviews.routines import done_in, ledger, owed_by_desk
from dispatcher_tui.desk.site.noting import noted_homes
from dispatcher_tui.domain.case.decide_postings import notice_form, postings_of
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.fitting import fits_now
from dispatcher_tui.domain.papers.offering import asked_of
from dispatcher_tui.domain.papers.report import CaseReport
from dispatcher_tui.domain.printed_form import Form
from dispatcher_tui.domain.procedure import HOMES
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import posting_commands as posting
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.posting import HomeToWarn, Posting
from dispatcher_tui.domain.time.when import parse_past
from dispatcher_tui.domain.words.doors import door_typed, doors_typed, every_door, places_typed
from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.domain.words.terms import CallOutcome, NoteKind
from dispatcher_tui.store.tx import Tx


class NoticeStanding(msgspec.Struct, frozen=True):
    """A notice of a case, and where it is meant for, hangs or hung."""

    form: Form
    postings: tuple[Posting, ...]


class CaseNotices(msgspec.Struct, frozen=True):
    """Every notice that a case can have, and the homes that are warned by themselves."""

    of: CaseReport
    notices: tuple[NoticeStanding, ...]
    homes: tuple[HomeToWarn, ...]

    def notice(self, form_id: str) -> NoticeStanding | None:
        """The one of that form."""
        return next((each for each in self.notices if each.form.id == form_id), None)


def read_notices(desk: Desk, case_id: str) -> CaseNotices:
    """The notices of a case as they stand.

    Raises:
        Refusal: there is no such case.
    """
    report = case_report(desk, case_id)
    case, procedure = report.case, report.rules.procedure
    notices = tuple(
        NoticeStanding(form, postings_of(case, form.id))
        for form in asked_of(case, procedure)
        if form.up
    )
    return CaseNotices(report, notices, tuple(h for h in case.homes if h.round == case.round))


def _doors_known(desk: Desk) -> tuple[str, ...]:
    return desk.lists.register(desk.initials).doors()


def doors_named(desk: Desk, typed: str) -> tuple[str, ...]:
    """The doors that are meant by buildings and doors as they are typed: ``3 5-1``, ``all``.

    Raises:
        Refusal: nothing is named, or the register has no such building.
    """
    known, found = _doors_known(desk), list[str]()
    for word in doors_typed(typed):
        if every_door(word) and known:
            return known
        place = door_typed(word)
        here = [each for each in known if each == place or each.startswith(f"{place}-")]
        if known and not here:
            buildings = ", ".join(dict.fromkeys(each.split("-")[0] for each in known))
            raise Refusal("notice_no_building", place=word, known=buildings)
        found += here or [place]
    if not found:
        raise Refusal("notice_no_door")
    return tuple(dict.fromkeys(found))


def _places_named(desk: Desk, form: Form, typed: str) -> tuple[str, ...]:
    """Where a notice hangs: doors, or for a sign whatever place is named."""
    if not form.anywhere:
        return doors_named(desk, typed)
    found = places_typed(typed)
    if not found:
        raise Refusal("notice_no_door")
    return found


def _homes_behind(desk: Desk, case: Case, doors: Iterable[str]) -> tuple[str, ...]:
    """The homes behind these doors where a machine keeps somebody alive, where the procedure
    warns them of such a case."""
    clocks = desk.rules_of(case).procedure.clocks
    if not any(clock.each == HOMES and fits_now(clock.when, case) for clock in clocks):
        return ()
    prefixes = tuple(f"{door}-" for door in doors)
    homes = noted_homes(desk, frozenset({NoteKind.LIFE_SUPPORT}))
    return tuple(
        dict.fromkeys(h.note.place for h in homes if f"{h.note.place}-".startswith(prefixes))
    )


def _case_in(tx: Tx, case_id: str) -> Case:
    record = tx.case(case_id)
    if record is None:
        raise Refusal("no_case", number=case_id)
    return record.case


def set_postings(desk: Desk, case_id: str, form_id: str, typed: str) -> Done:
    """Say for which doors a notice is; the homes behind them that have to be warned are named with
    it. A sign hangs at places of any name.

    Raises:
        Refusal: no such notice or building, or what it tells is not known yet.
    """

    def job(tx: Tx) -> Done:
        case = _case_in(tx, case_id)
        form = notice_form(desk.rules_of(case), form_id)
        doors = _places_named(desk, form, typed)
        homes = _homes_behind(desk, case, doors)
        return desk.perform_in(
            tx, case_id, posting.SetPostings(form=form_id, doors=doors, homes=homes)
        )

    return desk.store.transact(job)


def _moment(desk: Desk, at: str) -> datetime | None:
    """When it was done, as typed; None for now.

    Raises:
        WhenError: it is no time, or lies ahead.
    """
    return parse_past(at, desk.clock.now(), desk.rules.calendar.tz) if at.strip() else None


def _doors_of(desk: Desk, case: Case, form: Form, typed: str) -> tuple[str, ...]:
    """Which of its doors are meant; none named is all of them."""
    if not typed.strip():
        return ()
    mine = {each.door for each in postings_of(case, form.id) if not each.down_at}
    named = _places_named(desk, form, typed)
    # A building named stands for those of its doors that the notice is for.
    return tuple(door for door in named if door in mine) or named


def hang(
    desk: Desk, case_id: str, form_id: str, typed: str = "", at: str = "", by: str = ""
) -> Done:
    """Write down that a notice hangs, at the doors that are named or at all it is for. A duty of
    the desk that is done by it is ticked off in the same transaction.

    Raises:
        WhenError: ``at`` is no time, or lies ahead.
        Refusal: it cannot hang there.
    """
    occurred = _moment(desk, at)

    def job(tx: Tx) -> Done:
        case = _case_in(tx, case_id)
        form = notice_form(desk.rules_of(case), form_id)
        doors = _doors_of(desk, case, form, typed)
        command = posting.HangPostings(form=form_id, doors=doors, by=by)
        done = desk.perform_in(tx, case_id, command, occurred=occurred)
        _tick_off(desk, tx, done)
        return done

    return desk.store.transact(job)


def _tick_off(desk: Desk, tx: Tx, done: Done) -> None:
    """The duties of the desk that an act recorded on the case does as well."""
    steps = {each.event.step for each in done.entries if isinstance(each.event, ev.StepRecorded)}
    procedure = desk.rules_of(done.case).procedure
    routines = {each.id for each in procedure.routines if each.step in steps}
    for duty in ledger(owed_by_desk(desk), desk.clock.now()).open if routines else ():
        owner, _slash, name = duty.clock.rpartition("/")
        if name in routines and owner in ("", procedure.id):
            desk.note_in(tx, done_in(desk, duty, done.case.number))


def take_down(
    desk: Desk, case_id: str, form_id: str, typed: str = "", at: str = "", by: str = ""
) -> Done:
    """Write down that a notice came down, at the doors that are named or wherever it hangs.

    Raises:
        WhenError: ``at`` is no time, or lies ahead.
        Refusal: it does not hang there.
    """
    occurred = _moment(desk, at)

    def job(tx: Tx) -> Done:
        case = _case_in(tx, case_id)
        form = notice_form(desk.rules_of(case), form_id)
        doors = _doors_of(desk, case, form, typed)
        command = posting.TakeDownPostings(form=form_id, doors=doors, by=by)
        return desk.perform_in(tx, case_id, command, occurred=occurred)

    return desk.store.transact(job)


class HomeToRing(msgspec.Struct, frozen=True):
    """A home to warn with who lives there and how they are rung."""

    home: HomeToWarn
    household: Household


def homes_to_ring(desk: Desk, case: Case) -> tuple[HomeToRing, ...]:
    """The homes of a case that nobody has reached yet, those rung least first."""
    left = [h for h in case.homes if h.round == case.round and h.warned_at is None]
    return tuple(
        HomeToRing(home, desk.lists.household(home.home).household or Household(home.home))
        for home in sorted(left, key=lambda each: each.tries)
    )


def ring_home(
    desk: Desk, case_id: str, home: str, outcome: CallOutcome, phone: str = "", note: str = ""
) -> Done:
    """Write down a call to a home that has to be warned, whatever came of it.

    Raises:
        Refusal: it is none of those of the case.
    """
    place = normalise_place(home)
    known = desk.lists.household(place).household
    place = known.place if known is not None else place
    command = posting.RingHome(home=place, outcome=outcome, phone=phone, note=note)
    return desk.perform(case_id, command)
