"""The sheet of a week's review: every case with its line, what the head decided, who signs."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from dispatcher_tui.domain.reviews.review import ReviewReport, Walked
from dispatcher_tui.domain.words.terms import ReviewOutcome
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import stage_name
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.reviews.record_words import standing_name
from dispatcher_tui.present.reviews.review_lines import paper_words, period_line
from dispatcher_tui.present.signing import proof_words
from dispatcher_tui.present.table import RecordColumn, RecordTable
from dispatcher_tui.reports.compose import composed
from dispatcher_tui.reports.document import (
    Block,
    Document,
    Facts,
    Para,
    SignatureField,
)
from dispatcher_tui.reports.registry import makes_document
from dispatcher_tui.reports.watch.sheet_parts import SheetWords, part


def _matter(each: Walked, w: SheetWords) -> str:
    case = each.case
    words = " ".join(case.verbatim.split()) or w.names.category(case.category)
    words = words or w.names.kind(case.emergency_kind)
    return f"{case.place}\n{words}" if case.place else words


def _who(each: Walked) -> str:
    case = each.case
    who = case.responsible.name if case.responsible else _("nobody told")
    return f"{who}\n{stage_name(case.stage)}"


def _line(each: Walked, report: ReviewReport, w: SheetWords) -> str:
    """The line as it counts, and where the closing paper is; that there is none stands out."""
    if each.line is None:
        words = _("NO LINE YET")
    else:
        words = standing_name(each.line.standing)
        if each.line.text:
            words = _("{label}: {text}").format(label=words, text=each.line.text)
    where = paper_words(each, report.procedure, report.at, w.zone)
    return f"{words}\n{where}" if where else words


def _number() -> RecordColumn[Walked]:
    return RecordColumn("number", _("Number"), lambda e: e.case.number, share=10, whole=True)


def _opened(w: SheetWords) -> RecordColumn[Walked]:
    return w.moment("opened_at", _("Opened"), lambda e: e.case.opened_at)


def _open(report: ReviewReport, w: SheetWords) -> list[Block]:
    listing = RecordTable[Walked](
        (
            _number(),
            _opened(w),
            RecordColumn("matter", _("Place and matter"), lambda e: _matter(e, w), share=26),
            RecordColumn("assignee", _("Assignee"), _who, share=12),
            RecordColumn("line", _("It stands"), lambda e: _line(e, report, w), share=36),
        ),
        w.zone,
        _("none"),
    )
    return part(1, _("Open cases"), listing, report.walk.open)


def _decided(each: Walked, w: SheetWords) -> str:
    method = each.method
    if method is None or each.undecided:
        return _("NOT DECIDED YET")
    words = _("confirmed: cannot be handled") if method.confirmed else method.text
    return _("{name} {time}: {what}").format(name=method.name, time=w.time(method.at), what=words)


def _signed(each: Walked, w: SheetWords) -> str:
    if each.unsigned:
        return _("SIGNATURE OWED")
    method = each.method
    given = (s for s in each.case.sign_offs if method and s.subject == method.subject)
    signed = next((s for s in given if s.signed_at is not None), None)
    return proof_words(signed.ink, w.time(signed.signed_at)) if signed is not None else ""


def _cannot(cases: Iterable[Walked], w: SheetWords) -> list[Block]:
    listing = RecordTable[Walked](
        (
            _number(),
            RecordColumn("why", _("Why not"), lambda e: e.line.text if e.line else "", share=30),
            RecordColumn("decided", _("The head's word"), lambda e: _decided(e, w), share=36),
            RecordColumn("signed", _("Signature"), lambda e: _signed(e, w), share=20),
        ),
        w.zone,
        _("none"),
    )
    asked = (
        each
        for each in cases
        if each.undecided
        or each.method is not None
        or (each.line is not None and each.line.standing is ReviewOutcome.CANNOT)
    )
    return part(2, _("What cannot be handled"), listing, asked)


def _ended(report: ReviewReport, w: SheetWords) -> list[Block]:
    confirmed: RecordColumn[Walked] = w.moment(
        "confirmed_at", _("Confirmed"), lambda e: e.line.at if e.line else None
    )
    listing = RecordTable[Walked](
        (
            _number(),
            _opened(w),
            RecordColumn("matter", _("Place and matter"), lambda e: _matter(e, w), share=40),
            RecordColumn("stage", _("Stage"), lambda e: stage_name(e.case.stage), share=10),
            replace(confirmed, none=_("not yet")),
        ),
        w.zone,
        _("none"),
    )
    return part(3, _("Final and invalid"), listing, report.walk.ended)


def _top(report: ReviewReport, w: SheetWords) -> list[Block]:
    walk = report.walk
    done = w.day(report.done_at) if report.done_at else _("not finished")
    pairs = (
        (_("Estate"), report.site),
        (_("As of"), w.day(report.at)),
        (_("Week"), period_line(walk.period)),
        (_("Review finished"), done),
        (_("Rule"), report.routine.rule),
        (_("Without a line"), str(len(walk.missing) + len(walk.unconfirmed))),
    )
    blocks: list[Block] = [Facts(pairs, across=2)]
    if report.routine.quote:
        blocks.append(Para(report.routine.quote))
    if report.missed:
        words = _("The review of {week} was missed; what is still open of it is walked here.")
        blocks.append(Para(words.format(week=report.missed)))
    return blocks


def _hands(report: ReviewReport) -> tuple[SignatureField, ...]:
    """Who reviewed, and whoever decides on what cannot be handled; signed by hand."""
    decides = report.procedure.roles.get(report.routine.decides)
    reviewed = SignatureField(_("Reviewed by"), report.by)
    return (reviewed, SignatureField(localized(decides))) if decides else (reviewed,)


@makes_document(ReviewReport)
def review_document(report: ReviewReport) -> Document:
    """A review to print as it stood, in the language in use."""
    w = SheetWords(report.at, report.zone, Glossary(procedure=report.procedure))
    return composed(
        report.site,
        localized(report.routine.label),
        (
            *_top(report, w),
            *_open(report, w),
            *_cannot(report.walk.cases, w),
            *_ended(report, w),
        ),
        under=period_line(report.walk.period),
        head=report.walk.period.name,
        foot=_("As of {time}").format(time=w.day(report.at)),
        signatures=_hands(report),
    )
