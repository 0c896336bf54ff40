"""What the papers about one case say of it, field by field, in the words of its procedure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.papers.report import CaseReport
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.present.case.case_lines import assignee_line, level_line
from dispatcher_tui.present.case.duty_lines import standing_name
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import as_reckoned
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.table import RecordColumn, RecordTable, value_text
from dispatcher_tui.present.terms import channel_name, fact_name

T = TypeVar("T")


def form_name(procedure: Procedure, form: str, otherwise: str) -> str:
    """A paper as the procedure calls it."""
    return next((localized(f.label) for f in procedure.forms if f.id == form), otherwise)


class CaseWords(msgspec.Struct, frozen=True):
    """A case's report, and what its values are said with."""

    report: CaseReport

    @property
    def case(self) -> Case:
        return self.report.case

    @property
    def procedure(self) -> Procedure:
        """The procedure that judges it."""
        return self.report.rules.procedure

    @property
    def zone(self) -> tzinfo:
        """The site's."""
        return self.report.rules.calendar.tz

    @property
    def names(self) -> Glossary:
        """The names of its ids."""
        entries = {entry.seq: entry for entry in self.report.entries}
        return Glossary(self.procedure, self.report.categories, self.report.kinds, entries)

    def time(self, at: datetime | None) -> str:
        """A moment with its year, to the minute; empty where it has not come."""
        return value_text(at.astimezone(self.zone), "moment") if at is not None else ""

    def moment(self, key: str, head: str, read: Callable[[T], datetime | None]) -> RecordColumn[T]:
        """A column of moments."""
        return RecordColumn(key, head, read, "moment", share=16, whole=True)

    def duties_table(self) -> RecordTable[Duty]:
        """What was or is owed, how it stands, and when it was done."""

        def duty(each: Duty) -> str:
            return as_reckoned(localized(each.label), confirmed=each.confirmed)

        return RecordTable[Duty](
            (
                RecordColumn("rule", _("Rule"), lambda d: d.rule, share=8, whole=True),
                RecordColumn("duty", _("Duty"), duty, share=24),
                replace(self.moment("due", _("Due"), lambda d: d.due), none=_("not started")),
                RecordColumn(
                    *("state", _("State")),
                    lambda d: standing_name(d, self.report.at),
                    share=10,
                    whole=True,
                ),
                self.moment("done_at", _("Done at"), lambda d: d.done_at or d.cancelled_at),
            ),
            self.zone,
            _("none"),
        )

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
        return assignee_line(self.case, self.report.at, self.zone)

    def responsible(self) -> str:
        """The name of who is; empty where nobody was told."""
        return self.case.assignee.name if self.case.assignee else ""

    def first_caller(self) -> tuple[str, str]:
        """The name and the call-back number of whoever called first."""
        first = self.case.caller
        return (first.name, first.phone) if first else ("", "")

    def foot(self) -> str:
        """What stands below every page of it."""
        return _("As of {time}").format(time=self.time(self.report.at))
