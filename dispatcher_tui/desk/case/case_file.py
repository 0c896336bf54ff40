"""Everything a form about one case needs, read in one go."""

from __future__ import annotations

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.differing import differing_at
from dispatcher_tui.desk.emergency.engaged import engaged
from dispatcher_tui.domain.duties.duties import Duty, Rules
from dispatcher_tui.domain.duties.fitting import fits_now
from dispatcher_tui.domain.procedure import Procedure, Step
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.domain.record.watch_events import RowDiffered
from dispatcher_tui.domain.time.calendar import local_date
from dispatcher_tui.domain.words.people import Category, Person


class Signer(msgspec.Struct, frozen=True):
    """Somebody who can sign: an operator that is not disabled."""

    name: str
    role: str


class Signatories(msgspec.Struct, frozen=True):
    """Who can sign, by PIN or by phone, and what the procedure calls their roles.

    ``initials`` are those of the ``people``'s names, by their ids.
    """

    procedure: Procedure
    signers: tuple[Signer, ...]
    people: tuple[Person, ...]
    initials: dict[str, tuple[str, ...]]


class CaseFile(msgspec.Struct, frozen=True):
    """A case as it stands, with the rules it is pinned to and the people around it.

    ``people`` are those of the roster who have not left; ``initials`` are those of their names,
    by their ids; ``elsewhere`` has the number of the emergency that some are on the way to;
    ``differing`` are the rows of people that are not as the site adopted them.
    """

    case: Case
    duties: tuple[Duty, ...]
    entries: tuple[Entry, ...]
    rules: Rules
    category: Category | None
    people: tuple[Person, ...]
    initials: dict[str, tuple[str, ...]]
    signers: tuple[Signer, ...]
    elsewhere: dict[str, str] = {}
    differing: tuple[RowDiffered, ...] = ()

    @property
    def procedure(self) -> Procedure:
        """The procedure the case is pinned to."""
        return self.rules.procedure

    @property
    def signatories(self) -> Signatories:
        """Who can sign on this case."""
        return Signatories(self.procedure, self.signers, self.people, self.initials)

    @property
    def steps_open(self) -> tuple[Step, ...]:
        """The acts of the procedure that are owed now, the nearest first.

        A paper that is being waited for can be asked for: that act is open too (P0-08).
        """
        clocks = {clock.key: clock for clock in self.procedure.clocks}
        found: dict[str, Step] = {}
        waiting = [(d.opens or d.due, d) for d in self.duties if d.pending and d.due is not None]
        for _, duty in sorted(waiting, key=lambda each: each[0] or self.case.opened_at):
            names = [duty.do.removeprefix("step:")] if duty.do.startswith("step:") else []
            if self.case.stage.handled and duty.clock in clocks:
                names += clocks[duty.clock].until
            for step in filter(None, map(self.procedure.step, names)):
                found.setdefault(step.id, step)
        return tuple(found.values())

    @property
    def steps_fitting(self) -> tuple[Step, ...]:
        """Every act of the procedure that fits the case, those owed now before the others."""
        owed = self.steps_open
        others = (s for s in self.procedure.steps if s not in owed and fits_now(s.when, self.case))
        return (*owed, *others)


def read_case(desk: Desk, key: str) -> CaseFile:
    """The file of the case with this number or id.

    Raises:
        Refusal: there is none.
    """
    record = desk.record(key)
    case = record.case
    category = next((c for c in desk.site.categories if c.id == case.category), None)
    rules = desk.rules_of(case)
    who = read_signatories(desk, rules)
    return CaseFile(
        case=case,
        duties=record.duties,
        entries=tuple(desk.store.entries(case.id)),
        rules=rules,
        category=category,
        people=who.people,
        initials=who.initials,
        signers=who.signers,
        elsewhere=engaged(desk, case),
        differing=differing_at(desk),
    )


def read_signatories(desk: Desk, rules: Rules) -> Signatories:
    """Everybody who can sign today, as the rules' procedure calls their roles."""
    signers = (Signer(o.name, o.role) for o in desk.store.operators() if not o.disabled)
    today = local_date(rules.calendar, desk.clock.now())
    there = (p for p in desk.lists.people() if p.valid_until is None or today <= p.valid_until)
    people = tuple(there)
    return Signatories(
        procedure=rules.procedure,
        signers=tuple(signers),
        people=people,
        initials={p.id: tuple(sorted(desk.initials(p.name))) for p in people},
    )
