"""The forms of one case: which there are, which can be printed now, what was typed and printed."""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.papers.case_reports import case_report, filled
from dispatcher_tui.desk.papers.print_book import read_prints
from dispatcher_tui.domain.papers.offering import asked_of, offered
from dispatcher_tui.domain.papers.report import CaseReport
from dispatcher_tui.domain.printed_form import Form
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.text import clean_text


class CaseForm(msgspec.Struct, frozen=True):
    """A form of a case: whether it is ``ready`` to be printed, and when it last was (UTC)."""

    form: Form
    ready: bool
    values: dict[str, str]
    printed_at: datetime | None = None


class CaseForms(msgspec.Struct, frozen=True):
    """The case with every form it can have."""

    of: CaseReport
    forms: tuple[CaseForm, ...]

    def form(self, form_id: str) -> CaseForm | None:
        """The one of that id, if the case can have it."""
        return next((each for each in self.forms if each.form.id == form_id), None)


def read_forms(desk: Desk, case_id: str) -> CaseForms:
    """The forms of a case by the procedure that judges it.

    Raises:
        Refusal: there is no such case.
    """
    report = case_report(desk, case_id)
    case, procedure = report.case, report.rules.procedure
    last: dict[str, datetime] = {}
    for each in read_prints(desk):
        if each.event.about == case.number and each.event.form:
            last.setdefault(each.event.form, each.entry.occurred_at)
    forms = (
        CaseForm(form, offered(form, case, procedure), filled(report, form), last.get(form.id))
        for form in asked_of(case, procedure)
    )
    return CaseForms(report, tuple(forms))


def fill_form(desk: Desk, case_id: str, form: str, values: dict[str, str]) -> Done:
    """Write down what was typed into a form; control characters are taken out.

    Raises:
        Refusal: the form does not ask for one of them.
    """
    cleaned = {name: clean_text(text).text for name, text in values.items()}
    return desk.perform(case_id, cmd.FillForm(form=form, values=cleaned))
