"""What the papers about one case say of it, field by field, in the words of its procedure."""

from __future__ import annotations

from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.papers.report import CaseReport
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.present.case.case_lines import assignee_line, level_line
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.terms import channel_name, fact_name


def minute(at: datetime | None, zone: tzinfo) -> str:
    """A moment with its year, to the minute; empty where it has not come."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at is not None else ""


def form_name(procedure: Procedure, form: str, otherwise: str) -> str:
    """A paper as the procedure calls it."""
    return next((localized(f.label) for f in procedure.forms if f.id == form), otherwise)


class CaseWords(msgspec.Struct, frozen=True):
    """A case's paper, and what its values are said with."""

    paper: CaseReport

    @property
    def case(self) -> Case:
        """The case."""
        return self.paper.case

    @property
    def procedure(self) -> Procedure:
        """The procedure that judges it."""
        return self.paper.rules.procedure

    @property
    def zone(self) -> tzinfo:
        """The site's."""
        return self.paper.rules.calendar.tz

    @property
    def names(self) -> Glossary:
        """The names of its ids."""
        entries = {entry.seq: entry for entry in self.paper.entries}
        return Glossary(self.procedure, self.paper.categories, self.paper.kinds, entries)

    def time(self, at: datetime | None) -> str:
        """A moment of the case."""
        return minute(at, self.zone)

    def level(self) -> str:
        """Its level with the rule and the facts that gave it."""
        return level_line(self.procedure, self.case)

    def channel(self) -> str:
        """How it reached the desk."""
        return channel_name(self.case.channel)

    def category(self) -> str:
        """Its class."""
        return self.names.category(self.case.category)

    def facts(self) -> str:
        """What was ticked at the intake."""
        return _(", ").join(map(fact_name, self.case.facts))

    def assignee(self) -> str:
        """Who is responsible, and since when they know."""
        return assignee_line(self.case, self.paper.at, self.zone)

    def first_caller(self) -> tuple[str, str]:
        """The name and the call-back number of whoever called first."""
        first = self.case.caller
        return (first.name, first.phone) if first else ("", "")

    def foot(self) -> str:
        """What stands below every page of it."""
        return _("As of {time}").format(time=self.time(self.paper.at))
