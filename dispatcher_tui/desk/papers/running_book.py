"""The running registers of a month, gathered from its cases."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.case_reports import case_report
from dispatcher_tui.desk.reviews.months import months
from dispatcher_tui.domain.papers.running_book import RunningBook
from dispatcher_tui.domain.printed_form import Form


def books_of(desk: Desk) -> tuple[Form, ...]:
    """The registers that the procedure in force names, with columns of their own."""
    forms = desk.rules.procedure.forms
    return tuple(form for form in forms if form.scope == "list" and form.printed)


def running_books(desk: Desk, month: str) -> tuple[RunningBook, ...]:
    """Every register of a month, with the cases that were opened in it under the procedure.

    Raises:
        Refusal: there is no such month, or it lies ahead.
    """
    forms, rules = books_of(desk), desk.rules
    begin, end = months(desk).period(month).span(rules.calendar)
    reports = tuple(
        report
        for report in (case_report(desk, each) for each in desk.store.opened_ids(begin, end))
        if report.rules.procedure.id == rules.procedure.id
    )
    zone, now, site = desk.site.calendar.tz, desk.clock.now(), desk.site.site.name
    valid = tuple(report for report in reports if report.case.valid)
    return tuple(
        RunningBook(site, zone, now, month, form, valid if form.valid else reports)
        for form in forms
    )
