"""What the board shows of the case under its cursor, read in one go."""

from __future__ import annotations

import msgspec

from dispatcher_tui.desk.case.suggest import whom_to_ask, whom_to_tell
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.engaged import engaged
from dispatcher_tui.domain.duties.duties import Duty, Rules
from dispatcher_tui.domain.duties.pending import next_duty
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.domain.time.calendar import local_date
from dispatcher_tui.domain.words.people import Person


class Chosen(msgspec.Struct, frozen=True):
    """A case, what is owed on it, its entries; ``person`` is whom to ring for the nearest duty.

    ``phone``: the number of who is responsible, empty where they are on no list.
    """

    case: Case
    duties: tuple[Duty, ...]
    entries: list[Entry]
    rules: Rules
    person: Person | None = None
    phone: str = ""

    @property
    def duty(self) -> Duty | None:
        """The nearest duty."""
        return next_duty(self.duties)


def read_chosen(desk: Desk, case_id: str) -> Chosen:
    """The case with this id, as the board shows it.

    Raises:
        Refusal: there is none.
    """
    record = desk.record(case_id)
    case, rules = record.case, desk.rules_of(record.case)
    duty, people = next_duty(record.duties), _people(desk, rules)
    who = case.assignee
    known = next((p for p in people if who is not None and p.id == who.person), None)
    phone = known.phones[0] if known is not None and known.phones else ""
    person = _to_ring(desk, case, duty, rules, people)
    return Chosen(case, record.duties, desk.store.entries(case.id), rules, person, phone)


def _people(desk: Desk, rules: Rules) -> list[Person]:
    """Those of the roster who have not left."""
    today = local_date(rules.calendar, desk.clock.now())
    return [p for p in desk.lists.people() if p.valid_until is None or today <= p.valid_until]


def _to_ring(
    desk: Desk, case: Case, duty: Duty | None, rules: Rules, people: list[Person]
) -> Person | None:
    """Whom the form of a duty would put first; None for a duty that is no call."""
    now = desk.clock.now()
    procedure, calendar = rules.procedure, rules.calendar
    if duty is not None and duty.do == "notify":
        category = next((c for c in desk.site.categories if c.id == case.category), None)
        away = engaged(desk, case)
        found = whom_to_tell(procedure, calendar, case, category, people, now, away)
        return found[0].person if found else None
    step = procedure.step(duty.do.removeprefix("step:")) if duty is not None else None
    if step is None or not step.to:
        return None
    asked = whom_to_ask(procedure, calendar, case, step, people, now)
    return asked[0].person if asked and asked[0].fitting else None
