"""The use cases: take a command, run it in one transaction, return what changed.

A ``Desk`` is synchronous and belongs to the thread that owns the connection.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from dispatcher_tui.desk.case.intake import Intake, IntakeKind, cleaned, filled, line_of
from dispatcher_tui.desk.clock import Clock
from dispatcher_tui.desk.emergency.call_history import CallHistory
from dispatcher_tui.desk.emergency.card_history import CardHistory
from dispatcher_tui.desk.emergency.emergency_kinds import kind_asked, with_class
from dispatcher_tui.desk.fees.fee_book import FeeBook
from dispatcher_tui.desk.in_force import InForce
from dispatcher_tui.desk.papers.pads import Numbers, Offer
from dispatcher_tui.desk.rulebook import Rulebook
from dispatcher_tui.desk.site.adopted_lists import AdoptedLists
from dispatcher_tui.desk.site.adopted_notes import AdoptedNotes
from dispatcher_tui.domain.case.decide import decide
from dispatcher_tui.domain.case.evolve import evolve, fold
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.case.take_back import last_action
from dispatcher_tui.domain.duties.duties import Duty, Rules, duties
from dispatcher_tui.domain.duties.triage import emergency_level
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case, Entry, PendingEntry
from dispatcher_tui.domain.record.context import CommandContext
from dispatcher_tui.domain.reviews.corrective import is_complaint
from dispatcher_tui.domain.time.calendar import local_date
from dispatcher_tui.domain.watch.post import Post, acting_end
from dispatcher_tui.domain.words.place import more_than_place, normalise_place
from dispatcher_tui.site.load import SiteData
from dispatcher_tui.site.pinyin import PinyinTable, load_pinyin, shipped_pinyin
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.site.renewal import Renewal
from dispatcher_tui.store.chain import entry_id
from dispatcher_tui.store.record_types import CaseRecord
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx

if TYPE_CHECKING:
    from dispatcher_tui.desk.printer import Printer


class Done(msgspec.Struct, frozen=True):
    """What a command came to: the case as it stands now and the entries it added."""

    case: Case
    duties: tuple[Duty, ...]
    entries: tuple[Entry, ...]


class Desk:
    """One desk on one file: who acts, by which clock, under which rules.

    ``actor`` is written into every entry; ``site`` is the last good data of the site, ``printer``
    the port that sheets go out through. ``scratch``: the file is the copy of a drill.
    ``renewal``: what became of the site's copies of shipped files when the desk was opened.
    """

    def __init__(self, store: Store, clock: Clock, site: SiteData, actor: str) -> None:
        self.store = store
        self.clock = clock
        self.site = site
        self.actor = actor
        self.rulebook = Rulebook(store)
        self.calls, self.cards = CallHistory(store), CardHistory(store)
        self.lists = AdoptedLists(store, self._moment)
        self.household_notes, self.fees = AdoptedNotes(store), FeeBook(store)
        self.printer: Printer | None = None
        self.scratch = False
        self.renewal = Renewal()
        self._pinyin: PinyinTable | None = None
        self.in_force = InForce(self.rulebook)
        self.calendar_ref = ""

    def _moment(self) -> tuple[datetime, tzinfo]:
        return self.clock.now(), self.rules.calendar.tz

    @property
    def post(self) -> Post:
        """Who is on watch, and what the desk itself owes."""
        return self.store.post()

    @property
    def procedure_ref(self) -> str:
        """The hash of the procedure that counts where nothing says otherwise."""
        return self.in_force.default

    @property
    def rules(self) -> Rules:
        """The rules that count where nothing says otherwise: the default's."""
        return self.rulebook.rules(self.procedure_ref, self.calendar_ref)

    def rules_of(self, case: Case) -> Rules:
        """The rules a case is pinned to."""
        return self.rulebook.of(case)

    def initials(self, text: str) -> frozenset[str]:
        """The pinyin initials that find a text; the shipped table stands in for a broken one."""
        if self._pinyin is None:
            try:
                self._pinyin = load_pinyin(self.site.folder)
            except SiteError:
                self._pinyin = shipped_pinyin()
        return self._pinyin.initials(text)

    def _write(
        self, tx: Tx, pending: Sequence[PendingEntry], now: datetime, cosigner: str
    ) -> list[Entry]:
        return tx.append(pending, actor=self.actor, cosigner=cosigner, recorded_at=now)

    def _context(self, tx: Tx, now: datetime, occurred: datetime | None) -> CommandContext:
        """Now, by whom, and in whose watch: its planned end is what a shift's end means (P0-06)."""
        end = acting_end(tx.post(), self.rules.calendar, occurred or now)
        return CommandContext(now, self.actor, occurred, end, (), self.site.site.stoppable)

    def _search_words(self, case: Case) -> tuple[str, ...]:
        """What finds a case besides its own words: the names of its class."""
        if not case.category:  # Such a case needs no list of classes, broken or not.
            return ()
        category = next((c for c in self.site.categories if c.id == case.category), None)
        return (category.name.zh, category.name.en) if category else ()

    def _project(self, tx: Tx, case: Case, rules: Rules) -> tuple[Duty, ...]:
        owed = duties(case, rules)
        level = rules.procedure.level(case.level)
        tx.project(case, owed, level, self.initials, self._search_words(case))
        return owed

    def perform(
        self,
        key: str,
        command: cmd.Command,
        *,
        cosigner: str = "",
        occurred: datetime | None = None,
    ) -> Done:
        """Carry out a command on the case with this number or id.

        Raises:
            Refusal: the record cannot take it; nothing was written.
            StoreError: the file could not be written; nothing was written.
        """
        return self.store.transact(
            lambda tx: self.perform_in(tx, key, command, cosigner=cosigner, occurred=occurred)
        )

    def perform_in(
        self,
        tx: Tx,
        key: str,
        command: cmd.Command,
        *,
        cosigner: str = "",
        occurred: datetime | None = None,
    ) -> Done:
        """The same inside a transaction that is already open."""
        now = self.clock.now()
        record = tx.case(key)
        if record is None:
            raise Refusal("no_case", number=key)
        rules, typed = self.rules_of(record.case), ""
        if isinstance(command, cmd.NameEmergency):
            command, typed = with_class(self.site, record.case, command), command.place
            _place, known = self.in_register(tx, typed)  # its place stays as it was said
            command = replace(command, place=normalise_place(typed), registered=known)
        elif isinstance(command, cmd.Correct) and command.field == "place":
            typed, (place, known) = command.value, self.in_register(tx, command.value)
            command = replace(command, value=place, registered=known)
        context = self._context(tx, now, occurred)
        if getattr(command, "ink", None):  # Only whoever signs in ink is judged by their role.
            context = replace(context, roles=tx.roles_held())
        pending = decide(record.case, command, rules, context)
        if more := more_than_place(typed):  # Who is there is kept beside the place.
            pending = (*pending, *decide(record.case, cmd.AddNote(text=more), rules, context))
        entries = self._write(tx, pending, now, cosigner)
        case = record.case
        if isinstance(command, cmd.TakeBack):
            case = fold(tx.entries(case.id))
        else:
            for entry in entries:
                case = evolve(case, entry)
        owed = self._project(tx, case, self.rules_of(case)) if entries else record.duties
        return Done(case, owed, tuple(entries))

    def in_register(self, tx: Tx, place: str) -> tuple[str, bool]:
        """A place as the register spells it, and whether it is in there; no place is in none."""
        wanted = normalise_place(place)
        try:
            home = tx.unit(wanted) if wanted else None
        except msgspec.DecodeError:  # A row that is no household any more is a row.
            return wanted, True
        return (wanted, False) if home is None else (normalise_place(home.place), True)

    def take_back(self, key: str) -> Done:
        """Ctrl+Z: take back the case's last action if it was one's own within 60 s."""

        def job(tx: Tx) -> Done:
            record = tx.case(key)
            if record is None:
                raise Refusal("no_case", number=key)
            procedure = self.rules_of(record.case).procedure
            entries = tx.entries(record.case.id)
            of = last_action(entries, procedure, self.actor, self.clock.now())
            return self.perform_in(tx, key, cmd.TakeBack(of=of))

        return self.store.transact(job)

    def opening(self, tx: Tx, command: cmd.OpenCase, occurred: datetime) -> Done:
        """Open a case inside a transaction that is already open; ``command`` is from ``blank``."""
        now = self.clock.now()
        context = self._context(tx, now, occurred)
        rules = self.rulebook.rules(command.procedure, command.calendar)
        pending = decide(None, command, rules, context)
        entries = self._write(tx, pending, now, "")
        case = evolve(None, entries[0])
        return Done(case, self._project(tx, case, rules), tuple(entries))

    def blank(self, tx: Tx, received_at: datetime, occurred: datetime) -> cmd.OpenCase:
        """A case with its id and number, under the rules in force, and nothing said yet."""
        now = self.clock.now()
        if received_at > now or occurred > now:
            raise Refusal("future")
        return cmd.OpenCase(
            id=entry_id(now),
            number=tx.next_number(local_date(self.rules.calendar, occurred)),
            procedure=self.procedure_ref,
            calendar=self.calendar_ref,
            received_at=received_at,
        )

    def open_case(
        self,
        intake: Intake,
        *,
        received_at: datetime | None = None,
        occurred: datetime | None = None,
        draft: str = "",
    ) -> Done:
        """立项 from a form (P0-01); the draft it was kept in goes with the same transaction.

        Args:
            intake: the form; control characters are taken out here, the rest is kept.
            received_at: when the call came in (UTC); the opening's time if not given.
            occurred: when the case was opened (UTC), never in the future; now if not given.
            draft: id of the draft to drop.

        Raises:
            Refusal: there is nothing in the form, or the time lies ahead.
        """
        intake, _ = cleaned(intake)

        def job(tx: Tx) -> Done:
            at = occurred or self.clock.now()
            done = self.open_in(tx, intake, received_at=received_at or at, occurred=at)
            if draft:
                tx.drop_draft(draft)
            return done

        return self.store.transact(job)

    def open_in(self, tx: Tx, intake: Intake, *, received_at: datetime, occurred: datetime) -> Done:
        """The same, for a cleaned form, inside a transaction that is already open."""
        command = self.asked(tx, intake, received_at=received_at, occurred=occurred)
        done = self.opening(tx, command, occurred)
        if more := more_than_place(intake.place):
            self.perform_in(tx, done.case.id, cmd.AddNote(text=more), occurred=occurred)
        if not self.rules_of(done.case).procedure.level(done.case.level).emergency:
            return done
        # Its class says what it is: the first number to ring stands there without a further key.
        kind = kind_asked(self.site, command)
        if not kind:
            return done
        named = cmd.NameEmergency(kind=kind, place=command.place)
        return self.perform_in(tx, done.case.id, named, occurred=occurred)

    def asked(
        self, tx: Tx, intake: Intake, *, received_at: datetime, occurred: datetime
    ) -> cmd.OpenCase:
        """What a cleaned form asks for, with the number that the case would have.

        Raises:
            Refusal: there is nothing in the form, or the time lies ahead.
        """
        blank = self.blank(tx, received_at, occurred)
        known = partial(self.in_register, tx)
        return filled(blank, intake, self.site, known, self.in_force.pin)

    def open_emergency(
        self, kind: str = "", place: str = "", received_at: datetime | None = None, **along: str
    ) -> Done:
        """F9: an emergency at once (E-02, E-04), ``along`` what its form has told of the caller."""
        level = emergency_level(self.rules.procedure)

        def job(tx: Tx) -> Done:
            now = self.clock.now()
            blank = self.blank(tx, received_at or now, now)
            done = self.opening(tx, replace(blank, level=level.id, by_f9=True, **along), now)
            if kind:
                named = cmd.NameEmergency(kind=kind, place=place)
                return self.perform_in(tx, done.case.id, named)
            return done

        return self.store.transact(job)

    def note(self, text: str, intake: Intake | None = None, *, draft: str = "") -> Entry:
        """A line of the Work Log without a case: a remark, or an enquiry's form."""
        event = line_of(intake or Intake(kind=IntakeKind.ENQUIRY, said=text))

        def job(tx: Tx) -> Entry:
            entries = self.note_in(tx, event)
            if draft:
                tx.drop_draft(draft)
            return entries[0]

        return self.store.transact(job)

    def note_in(
        self, tx: Tx, *events: ev.Event, actor: str = "", cosigner: str = ""
    ) -> list[Entry]:
        """Write entries that belong to no case, inside a transaction that is already open."""
        now = self.clock.now()
        return tx.append(
            [PendingEntry(event, now) for event in events],
            actor=actor or self.actor,
            cosigner=cosigner,
            recorded_at=now,
            initials=self.initials,
        )

    def issue_slip(self, key: str, typed: str = "") -> Done:
        """Hand out a paper: with the number that was ``typed``, else with the next one. One that
        no complaint asks for goes by its case's own number and leaves no gap in a pad.

        Raises:
            Refusal: one is out already, that number cannot be, or others make the paper.
        """

        def job(tx: Tx) -> Done:
            record, numbers = tx.case(key), Numbers(tx, self.site.site, self.in_force.procedures)
            if record is None:
                raise Refusal("no_case", number=key)
            case, rules, now = record.case, self.rules_of(record.case), self.clock.now()
            if rules.procedure.closing_paper.outside:
                raise Refusal("paper_from_outside", rules.procedure.closing_paper.rule)
            instead = numbers.replaced(case)
            if case.slip.number and not instead:
                raise Refusal("slip_already_issued", number=case.slip.number)
            if typed.strip():
                number = numbers.typed(typed, case, rules, now)
            elif not is_complaint(rules.procedure):
                number = case.number
            else:
                number = numbers.draw(tx, case, rules, now)
            return self.perform_in(tx, key, cmd.IssueSlip(number=number, instead_of=instead))

        return self.store.transact(job)

    def offer_slip(self, key: str) -> Offer | None:
        """The next paper of a pad for a case; None where the desk numbers it itself."""
        case = self.record(key).case
        numbers = Numbers(self.store, self.site.site, self.in_force.procedures)
        if case.slip.number and not numbers.replaced(case):
            raise Refusal("slip_already_issued", number=case.slip.number)
        return numbers.offer(case, self.rules_of(case), self.clock.now())

    def fire(self) -> list[Done]:
        """Write down every duty that has fallen due and was not written down before."""
        found = []
        for case_id in self.store.firing(self.clock.now()):
            done = self.perform(case_id, cmd.FireDuties())
            if done.entries:
                found.append(done)
        return found

    def record(self, key: str) -> CaseRecord:
        """The case with this number or id.

        Raises:
            Refusal: there is none.
        """
        found = self.store.case(key)
        if found is None:
            raise Refusal("no_case", number=key)
        return found
