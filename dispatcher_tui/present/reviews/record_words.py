"""What was done to the records, one sentence for every kind of entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dispatcher_tui.domain.papers.spare_sheets import sheet_number
from dispatcher_tui.domain.record import posting_events as posted
from dispatcher_tui.domain.record import record_events as rec
from dispatcher_tui.domain.record import spare_events as spare
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.record.events import Event
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.domain.words.terms import ReviewOutcome
from dispatcher_tui.present.case.act_words import act_fields
from dispatcher_tui.present.i18n import _, localized, ngettext
from dispatcher_tui.present.line_texts import period_name
from dispatcher_tui.present.names import Telling, joined
from dispatcher_tui.present.papers.posting_lines import door_name
from dispatcher_tui.present.papers.print_lines import why_not
from dispatcher_tui.present.terms import call_outcome_name


def standing_name(standing: ReviewOutcome) -> str:
    """How a case stands in a week's review."""
    names = {
        ReviewOutcome.PROGRESS: _("in progress"),
        ReviewOutcome.ARRANGED: _("arranged"),
        ReviewOutcome.CANNOT: _("cannot be handled"),
        ReviewOutcome.FINAL: _("final"),
        ReviewOutcome.INVALID: _("invalid"),
    }
    return names[standing]


def _routine_done(e: watch.RoutineDone, w: Telling) -> str:
    what = w.names.routine(e.routine) or _("desk duty")
    fields = act_fields(w.names.routine_fields(e.routine), e.values, w.at, w.zone)
    return joined(f"{what} {period_name(e.period)}", *fields, e.note)


def _reviewed(e: rec.Reviewed, w: Telling) -> str:
    words = _("Review of {week}: {standing}")
    return joined(
        words.format(week=period_name(e.week), standing=standing_name(e.standing)), e.text
    )


def _method_set(e: rec.MethodSet, w: Telling) -> str:
    words = _("{name} confirms: cannot be handled") if e.confirmed else _("{name} sets the method")
    return joined(words.format(name=e.name), e.text)


def _month_reported(e: rec.MonthReported, w: Telling) -> str:
    return joined(_("Monthly Summary of {month} drawn").format(month=e.month), e.text)


def _range(e: rec.SlipsIssued) -> str:
    return f"{e.prefix}{e.first:0{e.digits}d} - {e.prefix}{e.last:0{e.digits}d}"


def _slips_issued(e: rec.SlipsIssued, w: Telling) -> str:
    words = _("Numbers given out: {numbers}")
    return joined(words.format(numbers=_range(e)), e.to)


def _charges(e: rec.ChargesHandedOver, w: Telling) -> str:
    n = len(e.charges)
    words = ngettext(
        "Charges handed over: {n} paper, {yuan} yuan",
        "Charges handed over: {n} papers, {yuan} yuan",
        n,
    )
    text = words.format(n=n, yuan=format_fen(e.total_fen))
    return joined(f"{text} {e.period}", e.to)


def _charges_printed(e: rec.ChargesPrinted, w: Telling) -> str:
    words = _("Charges list saved: copy {n}") if e.copy else _("Charges list saved")
    return words.format(n=e.copy)


def _paper_printed(e: rec.PaperPrinted, w: Telling) -> str:
    words = _("Printed again: {title}") if e.of else _("Printed: {title}")
    went = _("to the printer") if e.to else _("file")
    proof = f"SHA-256 {e.sha256[:16]}"
    return joined(words.format(title=e.title), e.number or e.about, e.version, went, e.file, proof)


def _form_filled(e: rec.FormFilled, w: Telling) -> str:
    values = (" ".join(value.split()) for value in e.values.values())
    words = _("Filled in: {form}").format(form=w.names.form(e.form))
    return joined(words, *(value for value in values if value))


def _holidays_known(e: rec.HolidaysKnown, w: Telling) -> str:
    words = _("Holidays of {years} are known: due times set right")
    moved = (
        _("{duty}: {before} becomes {after}").format(
            duty=w.names.duty(each.duty),
            before=w.due(each.before),
            after=w.due(each.after),
        )
        for each in e.moved
    )
    return joined(words.format(years=", ".join(map(str, e.years))), *(m.strip() for m in moved))


def _postings_set(e: posted.PostingsSet, w: Telling) -> str:
    doors = _(", ").join(map(door_name, e.doors))
    return _("{notice} is for: {doors}").format(notice=localized(e.label), doors=doors)


RECORD_SENTENCES: dict[type[Event], Callable[[Any, Telling], str]] = {
    watch.RoutineDone: _routine_done,
    rec.Reviewed: _reviewed,
    rec.MethodSet: _method_set,
    rec.MonthReported: _month_reported,
    rec.SlipsIssued: _slips_issued,
    rec.SlipVoided: lambda e, w: joined(_("Void: {number}").format(number=e.number), e.reason),
    rec.ChargesHandedOver: _charges,
    rec.CorrectiveOpened: lambda e, w: _("Corrective action opened: {number}").format(
        number=e.number
    ),
    rec.RiseCorrected: lambda e, w: joined(
        _("Corrective action opened: {number}").format(number=e.number), e.about
    ),
    rec.ChargesPrinted: _charges_printed,
    rec.PaperPrinted: _paper_printed,
    rec.PrintFailed: lambda e, w: why_not(e),
    rec.FormFilled: _form_filled,
    rec.FormIssued: lambda e, w: joined(
        _("Out: {form}, no. {number}").format(form=w.names.form(e.form), number=e.number), e.to
    ),
    rec.FormReturned: lambda e, w: _("Back: no. {number}").format(number=e.number),
    rec.FormAsked: lambda e, w: joined(
        _("Asked for: no. {number}").format(number=e.number), e.name
    ),
    rec.FormVoided: lambda e, w: joined(_("Void: {number}").format(number=e.number), e.reason),
    rec.FormFiled: lambda e, w: _("Filed: no. {number}, binder {binder}, page {page}").format(
        number=e.number, binder=e.binder, page=e.page
    ),
    spare.SpareSheetsPrinted: lambda e, w: _("Blank intakes printed: {first}..{last}").format(
        first=sheet_number(e.first), last=sheet_number(e.last)
    ),
    spare.SpareSheetKeyed: lambda e, w: _("Sheet {number} keyed in: {case}").format(
        number=sheet_number(e.number), case=e.became or _("a line of the Work Log")
    ),
    spare.SpareSheetVoided: lambda e, w: joined(
        _("Void: {number}").format(number=sheet_number(e.number)), e.reason
    ),
    posted.PostingsSet: _postings_set,
    posted.PostingHung: lambda e, w: joined(
        _("{notice} hung: {door}").format(notice=localized(e.label), door=door_name(e.door)), e.by
    ),
    posted.PostingTakenDown: lambda e, w: joined(
        _("{notice} taken down: {door}").format(notice=localized(e.label), door=door_name(e.door)),
        e.by,
    ),
    posted.HomesNamed: lambda e, w: _("To be warned one by one: {homes}").format(
        homes=_(", ").join(e.homes)
    ),
    posted.HomeRung: lambda e, w: joined(
        _("{home} rung: {outcome}").format(home=e.home, outcome=call_outcome_name(e.outcome)),
        e.note,
    ),
    rec.HolidaysKnown: _holidays_known,
    rec.MarkedTypical: lambda e, w: joined(_("Into the case library"), e.lessons),
    rec.UnmarkedTypical: lambda e, w: joined(_("Out of the case library"), e.reason),
}
"""The sentence of every kind of entry about the records."""
