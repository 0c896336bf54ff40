"""The Monthly Summary read from the record: drawn anew, or as it was signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from msgspec.structs import replace

from dispatcher_tui.desk.reviews.cases_then import case_then
from dispatcher_tui.desk.reviews.in_force_then import InForceThen
from dispatcher_tui.desk.reviews.trend_reading import TrendReader
from dispatcher_tui.desk.rulebook import Rulebook, all_duties
from dispatcher_tui.domain.case.as_of import case_at
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import Duty, Rules
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case, Entry, LogLine
from dispatcher_tui.domain.record.month import Month
from dispatcher_tui.domain.record.record_events import MonthReported
from dispatcher_tui.domain.record.sign_off import SignOff, with_signature
from dispatcher_tui.domain.record.trend import Trend
from dispatcher_tui.domain.record.watch_events import (
    DeskDutyFellDue,
    DeskSigned,
    DrillHeld,
    HandedOver,
    PostRelieved,
    RoundRecorded,
    RoutineDone,
    SignedIn,
)
from dispatcher_tui.domain.reviews.case_flow import CaseAtEnd, Stretch
from dispatcher_tui.domain.reviews.corrective import is_complaint
from dispatcher_tui.domain.reviews.matters import Attributed, Watches
from dispatcher_tui.domain.reviews.month_figures import CAUSE, month_of
from dispatcher_tui.domain.reviews.summary import DrawnSummary, Summary, name_of
from dispatcher_tui.domain.reviews.timeliness import DutyAtEnd
from dispatcher_tui.domain.time.periods import Period, period_at, period_named, period_of
from dispatcher_tui.domain.watch.kept_tallies import kept_tallies
from dispatcher_tui.domain.watch.post import VACANT, Post
from dispatcher_tui.domain.watch.round_sheet import tallies
from dispatcher_tui.domain.words.terms import Stage
from dispatcher_tui.store.month_reads import MonthCase
from dispatcher_tui.store.store import Store

_WATCH = timedelta(days=3)
"""So long before a month it is looked who was on watch when it began."""

_INSTANT = timedelta(microseconds=1)


def subject_of(month: str) -> str:
    """What the head's signature under a month's summary is for."""
    return f"month:{month}"


class _Said:
    """What the entries of a month say of who did what, heard in their order."""

    def __init__(self) -> None:
        self._opened: dict[str, str] = {}
        self._handed: list[str] = []
        self._taken: list[tuple[datetime, str]] = []

    def hear(self, entry: Entry, *, within: bool) -> None:
        """One entry more; ``within`` the month itself, else shortly before it."""
        event, at = entry.event, entry.occurred_at
        if isinstance(event, ev.CaseOpened) and within:
            # What came by an alarm panel or from a command has no dispatcher.
            self._opened[event.case] = "" if ":" in entry.actor else entry.actor
        elif isinstance(event, SignedIn):
            self._taken.append((at, event.name))
        elif isinstance(event, HandedOver | PostRelieved):
            self._taken.append((at, event.incoming))
            self._handed += [event.outgoing] if within and isinstance(event, HandedOver) else []

    def attributed(self) -> Attributed:
        """All of it."""
        return Attributed(self._opened, self._handed, Watches(self._taken))


class MovedOut(NamedTuple):
    """A case that another procedure has by the end, and what it owed under this one."""

    case: Case
    owed: tuple[Duty, ...]


def _texts(case: Case) -> tuple[str, ...]:
    """The hashes of the texts that judge a case, or did."""
    return (case.procedure, *(move.before for move in case.moves))


class MonthReader:
    """The months of a record as they stand at ``now`` (UTC).

    ``in_force``: the hashes of the procedures and the calendar in force; the last ones adopted
    where they are not given. A summary goes by its month, ``2026-11``; where several procedures
    were in force in it each has its own, ``2026-11/PROCEDURE``, also one that left the list in its
    course, and the default's is meant where none is named. What the desk does besides, such as
    drills, is counted in the default's. A month that is over is judged by those in force at its
    end, and what left before by its last text.
    """

    def __init__(
        self,
        store: Store,
        rulebook: Rulebook,
        now: datetime,
        in_force: tuple[tuple[str, ...], str] = ((), ""),
    ) -> None:
        self._store = store
        self._rulebook = rulebook
        self._now = now
        self._in_force = InForceThen(store, rulebook, in_force)
        self._of = ""
        self._ids: tuple[str, ...] = ()
        self._left: tuple[str, ...] = ()
        self._gone: list[MovedOut] = []

    def _rules(self, end: datetime | None = None) -> Rules:
        refs, calendar = self._in_force.before(end)
        known = (*refs, *self._left)
        own = (ref for ref in known if self._rulebook.procedure(ref).id == self._of)
        return self._rulebook.rules(next(own, refs[0]), calendar)

    def _complaints(self, procedure: str) -> bool:
        """Whether the cases under the procedure of that hash count in the month that is read; those
        of one that was in force no longer count in the default's."""
        found = self._rulebook.procedure(procedure)
        if not is_complaint(found):
            return False
        owner = found.id if found.id in self._ids else next(iter(self._ids), "")
        return not self._of or owner == self._of

    @property
    def _default(self) -> bool:
        """Whether the month that is read is that of the whole desk, or of its default."""
        return not self._of or self._of == self._ids[0]

    def _choose(self, name: str) -> Period:
        """Read the summary that goes by that name from here on.

        Raises:
            Refusal: there is no such month, or it lies ahead.
        """
        month, _slash, procedure = name.partition("/")
        self._of, self._ids, self._left = "", (), ()
        period = self.period(month)
        begin, end = period.span(self._rules().calendar)
        refs, _calendar = self._in_force.before(end if end <= self._now else None)
        left = self._in_force.left(begin, min(end, self._now + _INSTANT))
        ids = tuple(self._rulebook.procedure(ref).id for ref in (*refs, *left))
        if procedure and procedure not in ids:
            raise Refusal("procedure_not_in_force", name=procedure, known=", ".join(ids))
        whole = len(refs) == 1 and not procedure and self._drawn(period.name, None) is not None
        if len(ids) > 1 and not whole:  # One that was drawn for all of them together stays so.
            self._ids, self._of, self._left = ids, procedure or ids[0], left
        return period

    def running(self) -> Period:
        """The month that is running."""
        return period_at("month", self._rules().calendar, self._now)

    def period(self, name: str) -> Period:
        """The month of that name, if it has begun.

        Raises:
            Refusal: there is no such month, or it lies ahead.
        """
        try:
            period = period_named(name)
        except ValueError:
            raise Refusal("no_month", month=name) from None
        if period != period_of("month", period.first):
            raise Refusal("no_month", month=name)
        if period.first > self.running().first:
            raise Refusal("month_ahead", month=name)
        return period

    def _stretch(self, period: Period) -> Stretch:
        begin, end = period.span(self._rules().calendar)
        closed = end <= self._now
        if closed:
            return Stretch(period.name, begin, end, end, closed)
        # What occurred at this very moment has occurred.
        return Stretch(period.name, begin, self._now + _INSTANT, self._now, closed)

    def _held(self, found: MonthCase, stretch: Stretch, causes: dict[str, str]) -> CaseAtEnd | None:
        """A case as of the end; what did not change since is as the store has it."""
        if not any(map(self._complaints, _texts(found.record.case))):
            return None
        then = case_then(self._store, self._rulebook, found, stretch)
        if then is None:
            return None
        case, owed, before = then
        mine = tuple(duty for duty in owed if self._complaints(duty.before or case.procedure))
        if not self._complaints(case.procedure):
            self._gone.append(MovedOut(case, mine))
            return None
        level, owed = self._rulebook.procedure(case.procedure).level(case.level), mine
        emergency = bool(case.emergency_kind) or level.emergency
        at = case.written_off_at
        cause = causes.get(f"{case.id} {at.isoformat()}", "") if at else ""
        return CaseAtEnd(
            *(case, owed, before, emergency, cause),
            grave=level.urgent,
            department=self._department(case),
        )

    @cached_property
    def _groups(self) -> tuple[dict[str, str], dict[str, str]]:
        """The groups of the roster, by its persons and by their roles."""
        people = self._store.people()
        return {p.id: p.group for p in people}, {p.role: p.group for p in people if p.group}

    def _department(self, case: Case) -> str:
        """The group of whoever is responsible; of one who has left, that of the role."""
        if case.assignee is None:
            return ""
        persons, roles = self._groups
        return persons.get(case.assignee.person, "") or roles.get(case.assignee.role, "")

    def _desk_duties(self, stretch: Stretch) -> Iterator[DutyAtEnd]:
        """What the desk itself owed, as far as it was done by the end."""
        refs, calendar = self._in_force.before(stretch.end if stretch.closed else None)
        known = [
            each._replace(since={r: at for r, at in each.since.items() if at < stretch.end})
            for each in self._rulebook.known(refs, stretch.end if stretch.closed else None)
            if not self._of or each.procedure.id == self._of
        ]
        post, found = self._post(stretch.end), self._rulebook.calendar(calendar)
        for duty in all_duties(known, found, post, stretch.as_of):
            yield DutyAtEnd("", duty)

    def _post(self, end: datetime) -> Post:
        done: dict[str, datetime] = {}
        for line in self._store.book("routine_done"):
            event, at = line.entry.event, line.entry.occurred_at
            if isinstance(event, RoutineDone) and at < end:
                key = f"{event.routine}:{event.period}"
                done[key] = min(at, done.get(key, at))
        return replace(VACANT, done=done, sign_offs=self._sign_offs(end))

    def _sign_offs(self, end: datetime | None = None) -> tuple[SignOff, ...]:
        given: tuple[SignOff, ...] = ()
        for line in self._store.book("desk_signed"):
            event, at = line.entry.event, line.entry.occurred_at
            if isinstance(event, DeskSigned) and (end is None or at < end):
                given = with_signature(given, event, at, line.entry.actor, due=event.due)
        return given

    def _moved_out(self, stretch: Stretch) -> tuple[int, list[DutyAtEnd]]:
        """How many cases went over to another procedure in a stretch, and what all that ever did
        owed under this one."""
        count, owed = 0, list[DutyAtEnd]()
        for case, left in self._gone:
            moves = (m for m in case.moves if stretch.has(m.at) and self._complaints(m.before))
            count += any(moves)
            owed += (DutyAtEnd(case.number, duty, duty.key in case.fired) for duty in left)
        return count, owed

    def _figures(self, period: Period) -> Month:
        stretch = self._stretch(period)
        self._gone = []
        causes, drills = dict[str, str](), 0
        said, rounds, kept = _Said(), list[Entry](), list[Entry]()
        for entry in self._store.month_entries(stretch.begin - _WATCH, stretch.end):
            event = entry.event
            if self._default and isinstance(event, RoundRecorded | DeskDutyFellDue):
                rounds.append(entry)
            said.hear(entry, within=entry.occurred_at >= stretch.begin)
            if entry.occurred_at < stretch.begin:
                continue
            if isinstance(event, ev.WrittenOff):
                cause = event.items.get(CAUSE, "").strip()
                causes[f"{event.case} {entry.occurred_at.isoformat()}"] = cause
            drills += isinstance(event, DrillHeld) and self._default
            kept += [entry] * self._default
        cases = (
            self._held(found, stretch, causes)
            for found in self._store.month_cases(stretch.begin, stretch.end)
        )
        held = [each for each in cases if each is not None]
        moved_out, left = self._moved_out(stretch)
        figures = month_of(
            stretch,
            held,
            desk_duties=(*self._desk_duties(stretch), *left),
            moved_out=moved_out,
            drills=drills,
            trend=self.trend(period),
            said=said.attributed(),
        )
        made = tallies(rounds, stretch.begin, stretch.end)
        return replace(figures, rounds=made, kept=kept_tallies(kept))

    def trend(self, until: Period) -> Trend:
        """The cases opened month by month up to ``until``; see ``TrendReader``."""
        reader = TrendReader(self._store, self._rulebook, self._complaints, self._now)
        return reader.read(until, self._rules().calendar)

    def _drawn(self, month: str, before: int | None) -> DrawnSummary | None:
        """The last report of a month; ``before`` the entry of its signature."""
        found = None
        for line in self._store.book("month_reported"):
            event = line.entry.event
            assert isinstance(event, MonthReported)
            own = (event.month, event.procedure) == (month, self._of)
            if own and (before is None or line.entry.seq < before):
                found = DrawnSummary(line.entry, event)
        return found

    def _signing(self, month: str) -> tuple[int, SignOff] | None:
        """The signature under a month, given or agreed to, and the seq of its first entry."""
        subject = subject_of(name_of(month, self._of))
        for line in self._store.book("desk_signed"):
            event = line.entry.event
            if isinstance(event, DeskSigned) and event.subject == subject and not event.of:
                given = self._sign_offs()
                return line.entry.seq, next(each for each in given if each.subject == subject)
        return None

    def goes_by(self, name: str) -> str:
        """The whole name of the summary that is meant by a name.

        Raises:
            Refusal: there is no such month, or it lies ahead.
        """
        return name_of(self._choose(name).name, self._of)

    def file(self, name: str) -> Summary:
        """Everything there is of a month's summary.

        Raises:
            Refusal: there is no such month, or it lies ahead.
        """
        period = self._choose(name)
        stretch = self._stretch(period)
        signing = self._signing(period.name)
        drawn = self._drawn(period.name, signing[0] if signing else None)
        after: tuple[LogLine, ...] = ()
        if drawn is not None:
            lines = self._store.written_after(drawn.report.seq, stretch.begin, stretch.end)
            after = tuple(line for line in lines if not self._of or self._concerns(line.entry))
        stands = drawn is not None and signing is not None
        figures = drawn.report.figures if drawn is not None and stands else self._figures(period)
        return Summary(
            period=period,
            figures=figures,
            rules=self._rules(stretch.end if stretch.closed else None),
            drawn=drawn,
            sign_off=signing[1] if signing is not None and stands else None,
            after=after,
            now=self._figures(period) if after and stands else None,
            procedure=self._of,
            beside=tuple(name_of(period.name, each) for each in self._ids),
        )

    def _concerns(self, entry: Entry) -> bool:
        """Whether an entry is about the month that is read, of several the default's also where it
        is about no case."""
        record = self._store.case(getattr(entry.event, "case", ""))
        return any(map(self._complaints, _texts(record.case))) if record else self._default

    def valid_cases(self, name: str) -> Iterator[Case]:
        """Every valid complaint of a month as it stood at its end (P4-17), in order."""
        stretch = self._stretch(self._choose(name))
        for case_id in self._store.opened_ids(stretch.begin, stretch.end):
            then = case_at(self._store.entries(case_id), stretch.end)
            if then is None or then.stage is Stage.INVALID:
                continue
            if self._complaints(then.procedure):
                yield then
