"""What the papers of a case and of a watch are made from, as the record has it."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.names_in_force import names_in_force
from dispatcher_tui.desk.watch.watch import Turn, log_of_watch, referred_to
from dispatcher_tui.domain.case.decide_forms import form_out
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.report import CaseReport, FormReport, WatchReport
from dispatcher_tui.domain.printed_form import Form, plain_form
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.mentions import no_longer_counting
from dispatcher_tui.domain.record.record_events import FormFilled


def case_report(desk: Desk, key: str) -> CaseReport:
    """What the papers about the case with this number or id are made from.

    Raises:
        Refusal: there is none.
    """
    record = desk.record(key)
    return CaseReport(
        site=desk.site.site.name,
        at=desk.clock.now(),
        case=record.case,
        duties=record.duties,
        rules=desk.rules_of(record.case),
        entries=tuple(desk.store.entries(record.case.id)),
        categories={each.id: each.name for each in desk.site.categories},
        kinds={card.id: card.title for card in desk.site.cards},
    )


def watch_report(desk: Desk, turn: Turn) -> WatchReport:
    """What the work log of that watch is made from."""
    lines = tuple(log_of_watch(desk, turn))
    return WatchReport(
        site=desk.site.site.name,
        zone=desk.site.calendar.tz,
        at=desk.clock.now(),
        name=turn.name,
        shift=turn.shift,
        start=turn.start,
        end=turn.end,
        over=turn.over,
        lines=lines,
        others=referred_to(desk.store, (line.entry for line in lines)),
        procedure=names_in_force(desk),
        categories={each.id: each.name for each in desk.site.categories},
        kinds={card.id: card.title for card in desk.site.cards},
    )


def closing_form(procedure: Procedure) -> Form | None:
    """The form that is a procedure's closing paper, with that form's own fields; None where
    somebody else makes it, and the desk only takes it in."""
    paper = procedure.closing_paper
    if paper.outside:
        return None
    form = procedure.form(paper.form)
    return form or plain_form(paper.name, paper.signer, procedure.roles.get(paper.signer))


def slip_report(report: CaseReport) -> FormReport:
    """A case's closing paper, to be handed out.

    Raises:
        Refusal: it has no number, or the desk does not make it.
    """
    case, procedure = report.case, report.rules.procedure
    if not case.slip.number:
        raise Refusal("no_slip", number=case.number)
    form = closing_form(procedure)
    if form is None:
        raise Refusal("paper_from_outside", procedure.closing_paper.rule)
    return FormReport(report, form, case.slip.number, filled(report, form), closing=True)


def filled(report: CaseReport, form: Form) -> dict[str, str]:
    """What was last typed into a form of a case, by its fields."""
    void = no_longer_counting(report.entries)
    found: dict[str, str] = {}
    for entry in report.entries:
        event = entry.event
        if isinstance(event, FormFilled) and event.form == form.id and entry.seq not in void:
            found = dict(event.values)
    return found


def form_report(report: CaseReport, form_id: str) -> FormReport:
    """A form of the procedure that judges a case, to be printed.

    Raises:
        Refusal: there is no such form, or it is the closing paper and has no number.
    """
    procedure = report.rules.procedure
    if form_id == procedure.closing_paper.form:
        return slip_report(report)
    form = procedure.form(form_id)
    if form is None or not form.printed:
        raise Refusal("no_such_form")
    out = form_out(report.case, form.id)
    number = out.slip.number if out is not None else ""
    return FormReport(report, form, number, filled(report, form))
