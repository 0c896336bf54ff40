"""What gives the ids in an entry their names, and what a line of the record is written with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.desk_routines import Routine
from dispatcher_tui.domain.duties.duties import CORRECTION, Rules
from dispatcher_tui.domain.duties.tenures import unmarked
from dispatcher_tui.domain.printed_form import place_of
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.events import CallTried
from dispatcher_tui.domain.record.passing_on import CORRECTION_TOLD
from dispatcher_tui.domain.record.sign_off import is_method
from dispatcher_tui.domain.reviews.corrective import naming
from dispatcher_tui.domain.step_field import StepField
from dispatcher_tui.domain.words.people import NOBODY, person_of
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.i18n import _, labelled, localized
from dispatcher_tui.present.line_texts import due_time, period_name, short_time
from dispatcher_tui.present.terms import signal_name


def names_of(rules: Rules, beside: Procedure | None = None) -> Procedure:
    """The names that a case's story needs: its procedure's, with those of the procedures that it
    was handed over from; last ``beside``, which has those of the others at the desk. No rules to
    judge it by."""
    others = (*rules.former.values(), *((beside,) if beside is not None else ()))
    return naming(rules.procedure, *others) if others else rules.procedure


def actor_words(actor: str) -> str:
    """By whom an entry was written: a person's name, or that it was no person."""
    if person := person_of(actor):
        return person
    return _("the desk") if actor == NOBODY else _("command line")


class Glossary(msgspec.Struct, frozen=True):
    """What gives ids their names: the case's procedure, and the site's categories and cards.

    ``categories`` and ``kinds`` map ids to labels; an id without one is shown as it is.
    ``entries`` are those that others refer to, by their seqs.
    """

    procedure: Procedure | None = None
    categories: Mapping[str, Label] = {}
    kinds: Mapping[str, Label] = {}
    entries: Mapping[int, Entry] = {}

    def category(self, category: str) -> str:
        """A class of cases by its name."""
        label = self.categories.get(category) if category else None
        return localized(label) if label else category

    def kind(self, kind: str) -> str:
        """A kind of emergency by its name."""
        label = self.kinds.get(kind)
        return localized(label) if label else kind

    def role(self, role: str) -> str:
        """A role as the procedure calls it."""
        label = self.procedure.roles.get(role) if self.procedure else None
        return localized(label) if label else role

    def item(self, item: str) -> str:
        """A line of the checklist, else an act of the procedure."""
        known = self.procedure.write_off if self.procedure else ()
        label = next((found.label for found in known if found.id == item), None)
        if label is not None:
            return localized(label)
        place = place_of(self.procedure.forms if self.procedure else (), item)
        if place is not None:
            form, signer = place
            return f"{localized(form.label)}, {localized(signer.label)}"
        if is_method(item):
            return _("the head's decision")
        return _("compensation") if item == "compensation" else signal_name(item, self.procedure)

    def form(self, form: str) -> str:
        """A paper as the procedure calls it."""
        known = self.procedure.forms if self.procedure else ()
        return next((localized(found.label) for found in known if found.id == form), _("a form"))

    def _routine(self, routine: str) -> Routine | None:
        known = self.procedure.routines if self.procedure else ()
        return next((found for found in known if found.id == routine), None)

    def routine(self, routine: str) -> str:
        """A routine of the desk by its label; empty where the procedure has none of that id."""
        found = self._routine(routine)
        return localized(found.label) if found else ""

    def routine_fields(self, routine: str) -> tuple[StepField, ...]:
        """What a routine is written down with; nothing where the procedure has none of that id."""
        found = self._routine(routine)
        return found.fields if found else ()

    def duty(self, key: str) -> str:
        """A duty by its clock's label; empty where the procedure has no such clock."""
        if self.procedure is None:
            return ""
        key = unmarked(key)
        routine, colon, period = key.partition(":")
        if colon and self.routine(routine):
            return f"{self.routine(routine)} {period_name(period)}"
        name = key.partition("@")[0]
        if name == CORRECTION:
            who = self._name_of(key.partition("/")[2])
            return labelled(signal_name(CORRECTION_TOLD), who)
        clock = next((c for c in self.procedure.clocks if c.key == name), None)
        if clock is None:
            procedure = self.procedure
            named = {
                "keep": procedure.keep,
                "promise": procedure.promise,
                "signature": procedure.signature,
            }
            found = named.get(name)
            return localized(found.label) if found else ""
        if key.endswith("/tell") and clock.late:
            return signal_name(clock.late.step, self.procedure)
        who = self._name_of(key.partition("@")[2].partition("/")[2]) if clock.each else ""
        return labelled(localized(clock.label), who)

    def _name_of(self, who: str) -> str:
        """The name of somebody as the calls know them; who it is where no call says."""
        calls = (e.event for e in self.entries.values() if isinstance(e.event, CallTried))
        return next((c.name for c in calls if who in (c.person, c.phone, c.name)), who)


PLAIN = Glossary()
"""Nothing known: ids stand for themselves."""


class Telling(msgspec.Struct, frozen=True):
    """What a line is written with: when it happened, the zone, the names."""

    at: datetime
    zone: tzinfo
    names: Glossary

    def time(self, moment: datetime) -> str:
        """A moment as short as the entry's own day allows."""
        return short_time(moment, self.at, self.zone)

    def due(self, moment: datetime) -> str:
        """The same for what is to be done by then: midnight is the end of the day before."""
        return due_time(moment, self.at, self.zone)


def joined(text: str, *rest: str) -> str:
    """The text and whatever else is there, separated."""
    return "  ".join(part for part in (text, *rest) if part)
