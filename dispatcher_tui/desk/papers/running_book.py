"""The running registers of a month, gathered from its cases."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.case_reports import case_report
from dispatcher_tui.desk.reviews.months import months
from dispatcher_tui.domain.papers.running_book import RunningBook
from dispatcher_tui.domain.printed_form import Form


def books_of(desk: Desk) -> tuple[tuple[str, Form], ...]:
    """The registers with columns of their own that the procedures in force name, each after its
    procedure's id; from memory, so that any thread may ask."""
    return tuple(
        (procedure.id, form)
        for procedure in desk.in_force.procedures
        for form in procedure.forms
        if form.scope == "list" and form.printed
    )


def running_month(desk: Desk) -> str:
    """The month that is running, as it is named."""
    return f"{desk.clock.now().astimezone(desk.rules.calendar.tz):%Y-%m}"


def running_books(desk: Desk, month: str) -> tuple[RunningBook, ...]:
    """Every register of a month, with the cases that were opened in it under its procedure.

    Args:
        desk: where.
        month: ``2026-11``; with ``/PROCEDURE`` behind it those of that procedure alone.

    Raises:
        Refusal: there is no such month, it lies ahead, or its procedure is not in force.
    """
    name, _slash, own = month.partition("/")
    if own:
        desk.in_force.named(own)
    months(desk).period(name)
    forms = [(of, form) for of, form in books_of(desk) if own in ("", of)]
    return tuple(running_book(desk, name, of, form) for of, form in forms)


def running_book(desk: Desk, month: str, of: str, form: Form) -> RunningBook:
    """One register of a month, with the cases that were opened in it under the procedure ``of``.

    Raises:
        Refusal: there is no such month, or it lies ahead.
    """
    name, _slash, _own = month.partition("/")
    begin, end = months(desk).period(name).span(desk.rules.calendar)
    reports = (case_report(desk, each) for each in desk.store.opened_ids(begin, end))
    mine = tuple(each for each in reports if each.rules.procedure.id == of)
    valid = tuple(each for each in mine if each.case.valid)
    zone, now, site = desk.site.calendar.tz, desk.clock.now(), desk.site.site.name
    return RunningBook(site, zone, now, name, form, valid if form.valid else mine)
