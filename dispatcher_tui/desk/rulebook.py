"""The adopted texts that judge cases, by their hash; a case keeps the version it began under."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from dispatcher_tui.domain.duties.closing_paper import closed_with, paper_for
from dispatcher_tui.domain.duties.duties import Duty, Rules
from dispatcher_tui.domain.duties.kept_papers import with_kept_papers
from dispatcher_tui.domain.procedure import FinalPaper, Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.events import Adopted
from dispatcher_tui.domain.reviews.corrective import is_complaint
from dispatcher_tui.domain.reviews.routine import Standing, desk_duties
from dispatcher_tui.domain.time.calendar import Calendar
from dispatcher_tui.domain.time.holidays import completed
from dispatcher_tui.domain.watch.handouts import HandoutRegister
from dispatcher_tui.domain.watch.post import Post
from dispatcher_tui.domain.watch.rounds import RoundPlan
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.site.handouts import parse_handouts, registers_of
from dispatcher_tui.site.recorded import (
    HANDOUT_REGISTERS,
    IN_FORCE,
    PROCEDURE,
    ROUND_PLANS,
    calendar_made,
    procedure_made,
)
from dispatcher_tui.site.rounds import parse_rounds, plans_of
from dispatcher_tui.site.texts import HANDOUTS, ROUNDS
from dispatcher_tui.store.record_types import AdoptedText
from dispatcher_tui.store.store import Store


class InForceSince(NamedTuple):
    """What was in force from a moment on (UTC): hashes of procedures, the default first."""

    at: datetime
    refs: tuple[str, ...]


class Known(NamedTuple):
    """A procedure in force with how its routines stand, and from when on each of them is owed."""

    procedure: Procedure
    standing: Standing
    since: dict[str, datetime]


class RoundsKnown(NamedTuple):
    """The rounds in force, and by their ids from when on each of them is owed (UTC)."""

    plans: tuple[RoundPlan, ...]
    since: dict[str, datetime]


NO_ROUNDS = RoundsKnown((), {})


def all_duties(
    known: Sequence[Known], calendar: Calendar, post: Post, now: datetime
) -> tuple[Duty, ...]:
    """Every duty of the desk itself, of all the procedures in force together; a signature is owed
    once, by the words of the first that knows of such."""
    found: list[Duty] = []
    signing = next((k.procedure.id for k in known if k.procedure.signature is not None), "")
    for procedure, standing, since in known:
        signs = procedure.id == signing
        found += desk_duties(procedure, calendar, post, since, now, standing, signatures=signs)
    return tuple(found)


class Rulebook:
    """Typed procedures and calendars read from the record, each once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._procedures: dict[str, Procedure] = {}
        self._closed_with: dict[tuple[str, str, str], Procedure] = {}
        self._calendars: dict[str, Calendar] = {}
        self._since: dict[str, dict[str, datetime]] = {}
        self._rounds: tuple[str, RoundsKnown] | None = None
        self._known: dict[tuple[tuple[str, ...], datetime | None], tuple[Known, ...]] = {}

    def _text(self, sha256: str) -> AdoptedText:
        document = self._store.document(sha256)
        if document is None:
            raise LookupError(f"no adopted text {sha256}")
        return document

    def procedure(self, sha256: str) -> Procedure:
        """The adopted procedure of that hash; raises LookupError where the record has none."""
        if sha256 not in self._procedures:
            found = self._text(sha256)
            made = procedure_made(found.data, found.text, found.name)
            self._procedures[sha256] = made
        return self._procedures[sha256]

    def calendar(self, sha256: str) -> Calendar:
        """The adopted calendar of that hash; raises LookupError where the record has none."""
        if sha256 not in self._calendars:
            found = self._text(sha256)
            self._calendars[sha256] = calendar_made(found.data, found.text)
        return self._calendars[sha256]

    def routines_since(self, procedure: str) -> dict[str, datetime]:
        """By routine id, when a procedure that has it was first adopted here (UTC).

        ``procedure``: the hash of the one in force; another one was adopted since it is another.
        """
        if procedure not in self._since:
            found: dict[str, datetime] = {}
            for line in self._store.book("adopted"):
                event = line.entry.event
                if isinstance(event, Adopted) and event.what == "procedure":
                    for routine in self.procedure(event.sha256).routines:
                        found.setdefault(routine.id, line.entry.occurred_at)
            self._since[procedure] = found
        return self._since[procedure]

    def shorts(self, refs: tuple[str, ...]) -> dict[str, Label]:
        """By the hash of every text that was ever adopted, the short name that its cases are told
        by beside others': none of the default's own, so that where only ever one was in force
        none has any, and a case of one that left the list is told by it."""
        if not refs:
            return {}
        default = self.procedure(refs[0]).id
        events = (line.entry.event for line in self._store.book("adopted"))
        texts = {e.sha256 for e in events if isinstance(e, Adopted) and e.what == PROCEDURE}
        found = {ref: self.procedure(ref) for ref in texts}
        return {ref: p.short for ref, p in found.items() if p.id != default and is_complaint(p)}

    def history(self) -> list[InForceSince]:
        """What was in force since when, the oldest first.

        A record that never had several in force does not say so: there the procedure adopted last
        counts, as it did then.
        """
        found: list[InForceSince] = []
        listed = False
        for line in self._store.book("adopted"):
            event, at = line.entry.event, line.entry.occurred_at
            assert isinstance(event, Adopted)
            if event.what == IN_FORCE:
                listed = True
                refs = tuple(each.partition(" ")[2] for each in event.text.splitlines())
                found.append(InForceSince(at, refs))
                continue
            own = event.what == PROCEDURE and not listed
            if own and is_complaint(self.procedure(event.sha256)):
                found.append(InForceSince(at, (event.sha256,)))
        return found

    def _stretches(
        self, procedure: str, until: datetime | None
    ) -> tuple[datetime | None, Standing]:
        """Since when the procedure of that id is in force without a break, None where it is not;
        and when it alone was. As the record stood before ``until``."""
        since: datetime | None = None
        alone: list[tuple[datetime, datetime | None]] = []
        history = [each for each in self.history() if until is None or each.at < until]
        for number, (at, refs) in enumerate(history):
            ids = [self.procedure(ref).id for ref in refs]
            since = (since or at) if procedure in ids else None
            if ids == [procedure]:
                end = history[number + 1].at if number + 1 < len(history) else None
                alone.append((at, end))
        return since, Standing(procedure, several=True, alone=tuple(alone))

    def known(self, refs: tuple[str, ...], until: datetime | None = None) -> tuple[Known, ...]:
        """The procedures of those hashes, which are in force together, with how their routines
        stand, as the record stood before ``until`` (UTC); read once for each such list."""
        key = (refs, until)
        if key not in self._known:
            if len(refs) > 1:
                self._known[key] = tuple(self._beside_others(ref, until) for ref in refs)
            else:
                alone = (self.procedure(ref) for ref in refs)
                since = self.routines_since(refs[0]) if refs else {}
                self._known[key] = tuple(Known(p, Standing(p.id), since) for p in alone)
        return self._known[key]

    def _beside_others(self, ref: str, until: datetime | None) -> Known:
        procedure = self.procedure(ref)
        begun, standing = self._stretches(procedure.id, until)
        since: dict[str, datetime] = {}
        for line in self._store.book("adopted"):
            event, at = line.entry.event, line.entry.occurred_at
            if isinstance(event, Adopted) and event.what == PROCEDURE:
                adopted = self.procedure(event.sha256)
                for routine in adopted.routines if adopted.id == procedure.id else ():
                    since.setdefault(routine.id, max(at, begun or at))
        return Known(procedure, standing, since)

    def rounds(self) -> RoundsKnown:
        """The rounds that the text adopted last puts in force, and since when without a break each
        of them is; none in a record that has no such text."""
        last = self._store.adopted(ROUND_PLANS, ROUNDS)
        if last is None:
            return NO_ROUNDS
        if self._rounds is None or self._rounds[0] != last.sha256:
            self._rounds = last.sha256, self._read_rounds()
        return self._rounds[1]

    def handouts(self) -> tuple[HandoutRegister, ...]:
        """The registers of the handout book that the text adopted last puts in force."""
        last = self._store.adopted(HANDOUT_REGISTERS, HANDOUTS)
        return registers_of(parse_handouts(last.text)) if last is not None else ()

    def _read_rounds(self) -> RoundsKnown:
        plans: tuple[RoundPlan, ...] = ()
        since: dict[str, datetime] = {}
        for line in self._store.book("adopted"):
            event, at = line.entry.event, line.entry.occurred_at
            if isinstance(event, Adopted) and event.what == ROUND_PLANS:
                plans = plans_of(parse_rounds(event.text))
                since = {plan.id: since.get(plan.id, at) for plan in plans}
        return RoundsKnown(plans, since)

    def rules(self, procedure: str, calendar: str) -> Rules:
        """Both, by their hashes."""
        return Rules(self.procedure(procedure), self.calendar(calendar))

    def of(self, case: Case) -> Rules:
        """The rules a case is pinned to, with the paper that closes this one; those it was handed
        over from, with what they issued; years that its calendar lacked are as they came later."""
        procedure, calendar = self.procedure(case.procedure), self.calendar(case.calendar)
        former = {move.before: self.procedure(move.before) for move in case.moves}
        if former:
            procedure = with_kept_papers(procedure, case, former)
        elif procedure.closing_paper.instead:
            procedure = self._closing(case.procedure, paper_for(procedure, case))
        for later in case.completed_by:
            calendar = completed(calendar, self.calendar(later))
        return Rules(procedure, calendar, former)

    def _closing(self, sha256: str, paper: FinalPaper) -> Procedure:
        key = (sha256, paper.form, paper.name.en)
        if key not in self._closed_with:
            self._closed_with[key] = closed_with(self.procedure(sha256), paper)
        return self._closed_with[key]
