"""The record for reading alone: what judges it is in it, so no site folder is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.desk.clock import Clock
from dispatcher_tui.desk.reviews.month_reading import MonthReader
from dispatcher_tui.desk.rulebook import Rulebook
from dispatcher_tui.desk.site.adopted_lists import ROTA, UNITS, read_list
from dispatcher_tui.desk.site.adopted_notes import NOTES
from dispatcher_tui.domain.case.as_of import held_by
from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import Duty, Rules, duties
from dispatcher_tui.domain.procedure import Level, Procedure
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case, Entry, LogLine
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.site.household_notes import parse_notes
from dispatcher_tui.domain.site.person_lists import PERSON_LISTS
from dispatcher_tui.domain.time.calendar import Calendar
from dispatcher_tui.domain.watch.handouts import HANDOUT
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.domain.words.text import fold as fold_text
from dispatcher_tui.site.layer import parse_adopted
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.lists.rota_form import parse_rota
from dispatcher_tui.site.lists.units import parse_units
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.site.recorded import CALENDAR, IN_FORCE, PROCEDURE
from dispatcher_tui.store.proof import SiteProof
from dispatcher_tui.store.record_types import (
    AdoptedText,
    CaseRecord,
    Operator,
    RecordProblem,
    Verdict,
)
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import named_besides, verify

FOUND = 50
"""Most cases that a search lists."""


class WholeCase(msgspec.Struct, frozen=True):
    """A case with everything that is known of it; ``entries`` is None where not asked for."""

    case: Case
    duties: tuple[Duty, ...]
    rules: Rules
    entries: tuple[Entry, ...] | None = None


def duties_by(rulebook: Rulebook) -> Callable[[Case], tuple[Duty, ...]]:
    """What is owed on a case, by the texts it is pinned to."""
    return lambda case: duties(case, rulebook.of(case))


def level_by(rulebook: Rulebook) -> Callable[[Case], Level]:
    """The level a case holds, by the texts it is pinned to."""
    return lambda case: rulebook.of(case).procedure.level(case.level)


def _rows_of(document: AdoptedText) -> int:
    """How many rows a list of persons has, as its text is read."""
    if document.what == ROTA:
        return len(parse_rota(document.text, document.name).lines)
    if document.what == NOTES:
        return len(parse_notes(document.text))
    if document.what == HANDOUT:
        return 1
    if document.what == UNITS:
        return len(parse_units(document.text, document.name))
    return len(parse_roster(document.text, document.name))


def _is_made_of(document: AdoptedText) -> bool:
    """Whether the record beside a text that judges no case by itself is the one made of it."""
    data = document.data
    if document.what in PERSON_LISTS:
        try:
            return data == b"%d" % _rows_of(document)
        except (SiteError, msgspec.DecodeError):  # An older version took more than this one does.
            return data.isdigit()
    if document.what == IN_FORCE:
        return data == msgspec.json.encode(
            [line.partition(" ")[0] for line in document.text.splitlines()]
        )
    return data == b"null"


def faithful(document: AdoptedText, proved: bool) -> bool:
    """Whether what was made of an adopted text is what the text says, read anew.

    ``proved``: by its hash it is what was made when the text was adopted, so that a list is not
    counted once more. A text that this version refuses to read is taken as an older one
    understood it.
    """
    try:
        if document.what == PROCEDURE:
            kept = msgspec.json.decode(document.data, type=Procedure)
            return kept == parse_adopted(document.text, document.name)
        if document.what == CALENDAR:
            return msgspec.json.decode(document.data, type=Calendar) == msgspec.json.decode(
                document.text, type=Calendar
            )
        return proved or _is_made_of(document)
    except SiteError:
        return True
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False


class Record:
    """Questions to a record that is open for reading."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self._rulebook = Rulebook(store)
        self._pinned: dict[str, str] = {}

    @property
    def calendar(self) -> Calendar:
        """The calendar in force.

        Raises:
            Refusal: none was ever adopted.
        """
        for name in self.store.adopted_names("calendar"):
            document = self.store.adopted("calendar", name)
            if document is not None:
                return self._rulebook.calendar(document.sha256)
        raise Refusal("nothing_adopted")

    @property
    def zone(self) -> tzinfo:
        """The site's time zone."""
        return self.calendar.tz

    def procedure(self, sha256: str) -> Procedure:
        """The adopted procedure of that hash; raises LookupError where the record has none."""
        return self._rulebook.procedure(sha256)

    @property
    def several(self) -> bool:
        """Whether more than one procedure is in force."""
        history = self._rulebook.history()
        return bool(history) and len(history[-1].refs) > 1

    def shorts(self) -> dict[str, Label]:
        """By the hash of a case's procedure, the short name it is told by beside others'."""
        history = self._rulebook.history()
        return self._rulebook.shorts(history[-1].refs) if history else {}

    def pinned_to(self, entry: Entry) -> str:
        """The hash of the procedure that judges an entry's case; empty where it is of no case."""
        event = entry.event
        if isinstance(event, ev.CaseOpened):
            self._pinned[event.case] = event.procedure
        elif isinstance(event, ev.Moved):
            self._pinned[event.case] = event.to
        if not isinstance(event, ev.CaseEvent):
            return ""
        if event.case not in self._pinned:
            found = self.store.case(event.case)
            self._pinned[event.case] = held_by(found.case, entry.occurred_at) if found else ""
        return self._pinned[event.case]

    def months(self) -> MonthReader:
        """The record's months as they stand now."""
        return MonthReader(self.store, self._rulebook, self.clock.now())

    def _told(self, found: CaseRecord, *, entries: bool) -> WholeCase:
        told = tuple(self.store.entries(found.case.id)) if entries else None
        return WholeCase(found.case, found.duties, self._rulebook.of(found.case), told)

    def case(self, key: str) -> WholeCase:
        """The case of that number or id, in whatever width it was typed, with its entries.

        Raises:
            Refusal: there is none.
        """
        found = self.store.case(fold_text(clean_text(key, multiline=False).text).strip())
        if found is None:
            raise Refusal("no_case", number=key)
        return self._told(found, entries=True)

    def cases(self, *, open_only: bool = False) -> Iterator[WholeCase]:
        """Every case in the order of opening, without its entries; or the open ones by due time."""
        if open_only:
            for line in self.store.board(Lane.ALL):
                yield from self._by_id(line.id)
            return
        for found in self.store.all_cases():
            yield self._told(found, entries=False)

    def _by_id(self, case_id: str) -> Iterator[WholeCase]:
        found = self.store.case(case_id)
        if found is not None:
            yield self._told(found, entries=False)

    def finds_more(self, text: str) -> bool:
        """Whether more cases have every word of a text than ``find`` gives."""
        return len(self.store.search(text, FOUND + 1)) > FOUND

    def find(self, text: str, limit: int = FOUND) -> Iterator[WholeCase]:
        """The newest cases with every word of a text, without their entries."""
        for line in self.store.search(text, limit):
            yield from self._by_id(line.id)

    def notes(self, text: str, limit: int = FOUND) -> list[Entry]:
        """The newest lines of the Work Log that belong to no case and have every word of a text,
        enquiries with their answers among them."""
        return self.store.notes(text, limit)

    def log(self, since: datetime | None, until: datetime | None) -> list[LogLine]:
        """The entries of a stretch of time, each with the number of its case."""
        return self.store.log(since, until)

    def operators(self) -> list[Operator]:
        """Everybody who can or could sign in."""
        return self.store.operators()

    def named_besides(self) -> tuple[RecordProblem, ...]:
        """What ``verify`` would name of a copy whose chain and cases were proved already."""
        site = SiteProof(level_by(self._rulebook), read_list)
        return named_besides(self.store, faithful=faithful, site=site)

    def verify(self, head: str | None) -> Verdict:
        """Chain, fold and file; with a ``head`` from paper, that nothing before it changed."""
        return verify(
            self.store,
            fold=fold,
            duties_of=duties_by(self._rulebook),
            head=head,
            faithful=faithful,
            site=SiteProof(level_by(self._rulebook), read_list),
        )
