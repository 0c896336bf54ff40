"""The lists of persons as the site adopted them: what the tables of units and people must be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.sign_off import same_person
from dispatcher_tui.domain.record.watch_events import RowDiffered
from dispatcher_tui.domain.site.register import Initials, Register
from dispatcher_tui.domain.site.rota import NO_ROTA, Rota
from dispatcher_tui.domain.watch.on_duty import people_at
from dispatcher_tui.domain.words.people import Household, Person
from dispatcher_tui.domain.words.place import normalise_place, other_zeros
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.store.record_types import AdoptedText
from dispatcher_tui.store.store import Store

UNITS, ROSTER = "units", "roster"
"""The sorts of adopted text that the two tables are filled from."""

ROTA, STAND_INS = "rota", "stand_ins"
"""The sorts of adopted text that are read as they lie there."""

Moment = Callable[[], tuple[datetime, tzinfo]]
"""Now (UTC), and the site's zone."""


def read_list(document: AdoptedText) -> Sequence[Household] | Sequence[Person] | None:
    """The households or people of an adopted list; None where this version cannot read it.

    An older version may have taken a text that this one refuses.
    """
    try:
        if document.what == UNITS:
            from dispatcher_tui.site.lists.units import parse_units

            return parse_units(document.text, document.name)
        from dispatcher_tui.site.lists.roster import parse_roster

        return parse_roster(document.text, document.name)
    except SiteError:
        return None


class PeopleInUse(msgspec.Struct, frozen=True):
    """The people to be rung, and each row of theirs that is not as adopted."""

    people: tuple[Person, ...]
    differing: tuple[RowDiffered, ...] = ()

    def adopted_first(self, person: str, phones: tuple[str, ...]) -> tuple[str, ...]:
        """Somebody's numbers with those of the adopted list before those of a row that differs."""
        found = next((each for each in self.differing if each.row == person), None)
        if found is None:
            return phones
        return tuple(sorted(phones, key=lambda phone: phone not in found.adopted))


class HouseholdInUse(msgspec.Struct, frozen=True):
    """Who is registered at a place, and the row of theirs where it is not as adopted."""

    household: Household | None = None
    differing: RowDiffered | None = None


def household_in_use(adopted: Household | None, row: Household | None) -> HouseholdInUse:
    """The adopted household, with the numbers of a row that differs behind its own.

    Who stands in a row alone is nobody the site adopted: told as a difference, and not offered.
    """
    known = adopted or row
    if known is None or adopted == row:
        return HouseholdInUse(adopted)
    differing = RowDiffered(
        table="units",
        row=known.place,
        name=known.place,
        adopted=adopted.phones if adopted else (),
        found=row.phones if row else (),
    )
    if adopted is None:
        return HouseholdInUse(None, differing)
    # Numbers stand by their places beside the names: a strange one is nobody's.
    spare = ("",) * (len(adopted.residents) - len(adopted.phones))
    strange = tuple(phone for phone in differing.found if phone not in adopted.phones)
    phones = (*adopted.phones, *spare, *strange) if strange else adopted.phones
    return HouseholdInUse(msgspec.structs.replace(adopted, phones=phones), differing)


def _differs(row: str, adopted: Person | None, found: Person | None) -> RowDiffered:
    known = adopted or found
    return RowDiffered(
        table="people",
        row=row,
        name=known.name if known else row,
        adopted=adopted.phones if adopted else (),
        found=found.phones if found else (),
    )


def people_in_use(adopted: Sequence[Person], rows: Sequence[Person]) -> PeopleInUse:
    """The adopted people, each with the numbers of a row that differs behind their own.

    Who stands in a row alone is nobody the site adopted: told as a difference, put in no order.
    """
    by_id = {row.id: row for row in rows}
    people, differing = [], []
    for person in adopted:
        row = by_id.pop(person.id, None)
        if row != person:
            differing.append(_differs(person.id, person, row))
            phones = (*person.phones, *(row.phones if row else ()))
            person = msgspec.structs.replace(person, phones=tuple(dict.fromkeys(phones)))
        people.append(person)
    differing += [_differs(row.id, None, row) for row in by_id.values()]
    return PeopleInUse(tuple(people), tuple(differing))


class AdoptedLists:
    """The adopted lists beside their tables, read again where others were adopted.

    ``moment`` is what people are planned for; without it they are as the roster has them.
    """

    def __init__(self, store: Store, moment: Moment | None = None) -> None:
        self._store = store
        self._moment = moment
        self._rota_of = self._stand_ins_of = ""
        self._rota = NO_ROTA
        self._stand_ins: tuple[Person, ...] = ()
        self._of = ""
        self._adopted: tuple[Person, ...] | None = None
        self._units_of = ""
        self._units: dict[str, Household] | None = None
        self._homes: tuple[str, Register] = ("", Register((), lambda name: ()))

    def _register(self) -> dict[str, Household] | None:
        """The adopted households by place; None where none were, or they cannot be read."""
        current = self._store.current_hash(UNITS)
        if current != self._units_of:
            document = self._store.current(UNITS)
            found = read_list(document) if document is not None else None
            self._units = None
            if found is not None:
                self._units = {each.place: each for each in found if isinstance(each, Household)}
            self._units_of = current
        return self._units

    def register(self, initials: Initials) -> Register:
        """The adopted homes, to be found by whatever a caller gives; none where none can be read.

        Built once for each list: ``initials`` are those of the residents' names.
        """
        adopted = self._register() or {}
        if self._homes[0] != self._units_of:
            self._homes = (self._units_of, Register(tuple(adopted.values()), initials))
        return self._homes[1]

    def household(self, place: str) -> HouseholdInUse:
        """Who is registered at a place, however it is spelt, whatever became of the table."""
        adopted = self._register()
        wanted = normalise_place(place)
        try:
            row = self._store.unit(wanted) if wanted else None
        except msgspec.DecodeError:  # A row that is no household any more.
            row = None
        if adopted is None or not wanted:
            return HouseholdInUse(row)
        found = adopted.get(wanted)
        if found is None:
            alike = [adopted[spelt] for spelt in other_zeros(wanted) if spelt in adopted]
            found = alike[0] if len(alike) == 1 else None
        return household_in_use(found, row)

    def _roster(self) -> tuple[Person, ...] | None:
        """The people of the roster adopted last; None where none was, or it cannot be read."""
        current = self._store.current_hash(ROSTER)
        if current != self._of:
            document = self._store.current(ROSTER)
            found = read_list(document) if document is not None else None
            self._adopted = None
            if found is not None:
                self._adopted = tuple(each for each in found if isinstance(each, Person))
            self._of = current
        return self._adopted

    def rota(self) -> Rota:
        """The rota in force; an empty one where none was taken over, or it cannot be read."""
        current = self._store.current_hash(ROTA)
        if current != self._rota_of:
            self._rota_of, self._rota = current, NO_ROTA
            if (document := self._store.current(ROTA)) is not None:
                from dispatcher_tui.site.lists.rota_form import parse_rota

                with suppress(SiteError):
                    self._rota = parse_rota(document.text, document.name)
        return self._rota

    def stand_ins(self) -> tuple[Person, ...]:
        """Whoever stood in last from outside, for as long as the list of them is kept."""
        current = self._store.current_hash(STAND_INS)
        if current != self._stand_ins_of:
            self._stand_ins_of, self._stand_ins = current, ()
            if (document := self._store.current(STAND_INS)) is not None:
                from dispatcher_tui.site.lists.roster import parse_roster

                with suppress(SiteError):
                    self._stand_ins = tuple(parse_roster(document.text))
        return self._stand_ins

    def _planned(self, people: tuple[Person, ...]) -> tuple[Person, ...]:
        """The people of the roster as rota and changes have them now, and who stands in."""
        rota, changes = self.rota(), self._store.post().changes
        if self._moment is None or (not changes and rota.silent):
            return people
        stand_ins = self.stand_ins() if changes else ()
        return people_at(people, rota, changes, *self._moment(), stand_ins)

    def in_use(self) -> PeopleInUse:
        """Whom to ring, as they are planned for now."""
        found = self._listed()
        return msgspec.structs.replace(found, people=self._planned(found.people))

    def _listed(self) -> PeopleInUse:
        """Whom to ring, whatever became of the table: no call is refused because of a row."""
        adopted = self._roster()
        if adopted is None:
            return PeopleInUse(tuple(self._store.people()))
        try:
            rows = self._store.people()
        except msgspec.DecodeError:  # A row that is no person any more: the adopted list serves.
            rows = []
        return people_in_use(adopted, rows)

    def people(self) -> tuple[Person, ...]:
        """Everybody who can be rung, in the order of the roster, then who stands in."""
        return self.in_use().people

    def refuse_differing(self, name: str) -> None:
        """Refuse a signature that relies on a row which is not what was adopted.

        Raises:
            Refusal: there is such a row of that name; the message says what to do.
        """
        adopted = {person.id: person for person in self._roster() or ()}
        if not adopted:
            return
        for row in self._store.people():
            if same_person(row.name, name) and adopted.get(row.id) != row:
                raise Refusal("person_differs", name=name)
        # One whose row has another name now, or none, is still who the list says.
        there = {row.id: row for row in self._store.people()}
        for person in adopted.values():
            if same_person(person.name, name) and there.get(person.id) != person:
                raise Refusal("person_differs", name=name)
