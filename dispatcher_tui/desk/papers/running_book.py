"""The running registers of a month, gathered from its cases."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.case_reports import case_report
from dispatcher_tui.desk.reviews.months import months
from dispatcher_tui.domain.papers.running_book import RunningBook
from dispatcher_tui.domain.printed_form import Form
from dispatcher_tui.domain.procedure import Procedure


def books_of(procedure: Procedure) -> tuple[Form, ...]:
    """The registers that a procedure names, with columns of their own."""
    return tuple(form for form in procedure.forms if form.scope == "list" and form.printed)


def running_books(desk: Desk, name: str) -> tuple[RunningBook, ...]:
    """Every register of a month, with the cases that were opened in it under its procedure.

    ``name``: as a summary goes by it; without a procedure the default's is meant.

    Raises:
        Refusal: there is no such month, it lies ahead, or its procedure is not in force.
    """
    month, _slash, own = name.partition("/")
    procedure = desk.in_force.named(own)
    forms = books_of(procedure)
    begin, end = months(desk).period(month).span(desk.rules.calendar)
    reports = tuple(
        report
        for report in (case_report(desk, each) for each in desk.store.opened_ids(begin, end))
        if report.rules.procedure.id == procedure.id
    )
    zone, now, site = desk.site.calendar.tz, desk.clock.now(), desk.site.site.name
    valid = tuple(report for report in reports if report.case.valid)
    return tuple(
        RunningBook(site, zone, now, month, form, valid if form.valid else reports)
        for form in forms
    )
