"""A form of a case on paper: its own fields, its signers, its copies, by its procedure's data."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from dispatcher_tui.domain.case.decide_postings import postings_of
from dispatcher_tui.domain.law import on_form
from dispatcher_tui.domain.papers.letter_text import filled_in
from dispatcher_tui.domain.papers.report import FormReport
from dispatcher_tui.domain.printed_form import Form, place_subject
from dispatcher_tui.present.case.act_words import law_lines
from dispatcher_tui.present.case.passing_on_lines import version_mark
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.papers.form_words import copies_line, document_number, field_label
from dispatcher_tui.present.papers.posting_lines import door_name
from dispatcher_tui.reports.case.form_values import FormValues
from dispatcher_tui.reports.compose import composed
from dispatcher_tui.reports.document import (
    Block,
    Document,
    Facts,
    Heading,
    Para,
    SignatureField,
    Tear,
)
from dispatcher_tui.reports.registry import makes_document

_BLANK = "________"
"""What is left for the pen in a paragraph."""

_HAND = "\n"
"""Room for a signature by hand in a cell."""


def _fields(form: Form, values: FormValues) -> Iterator[Block]:
    """The fields in their order: short ones two by two, long ones each in a row of its own."""
    for wide, fields in groupby(form.fields, lambda field: field.wide):
        pairs = tuple((field_label(each), values.value(each)) for each in fields)
        alone = len(pairs) if wide else len(pairs) % 2
        beside = pairs[: len(pairs) - alone]
        if beside:
            yield Facts(beside, across=2)
        if alone:
            yield Facts(pairs[-alone:])


def _signatures(form: Form, values: FormValues) -> list[SignatureField]:
    """Who signs, with what the record has of it; a place for the seal until it was seen there."""
    found = []
    for number, signer in enumerate(form.signers, 1):
        name, how = values.signed(signer, place_subject(form.id, number))
        seal = _("(seal)") if signer.seal and not name else ""
        said = "  ".join(filter(None, (how, seal)))
        found.append(SignatureField(localized(signer.label), name, said))
    return found


def _signed_cells(form: Form, values: FormValues) -> Iterator[Block]:
    """The signers as cells, where two copies share a sheet."""
    fields = _signatures(form, values)
    if fields:
        cells = (
            (each.part, "\n".join(filter(None, (each.name, each.signed))) or _HAND)
            for each in fields
        )
        yield Facts(tuple(cells), across=2)


def _mark(report: FormReport) -> str:
    """Which print says what is right, once something on it was corrected."""
    return version_mark(report.of.case.slip.version) if report.closing else ""


def _outdated(report: FormReport) -> Iterator[Block]:
    mark = _mark(report)
    if mark:
        yield Para(_("This print is {mark}: older prints are void.").format(mark=mark))


def _halves(report: FormReport, values: FormValues) -> Iterator[Block]:
    """Every copy of a form that is torn, one below the other."""
    form = report.form
    for number, copy in enumerate(form.copies):
        if number:
            yield Tear()
        name = localized(form.label)
        which = f"[{localized(copy.label)}]"
        yield Heading("  ".join(filter(None, (name, report.number, _mark(report), which))))
        yield from _outdated(report)
        yield from _fields(form, values)
        yield from _signed_cells(form, values)
    rule = f"[{form.rule}]" if form.rule else ""
    yield Para("  ".join(filter(None, (copies_line(form), rule))))


def _sheet(report: FormReport, values: FormValues) -> Iterator[Block]:
    """The form; where there are several copies of it, which ones is said below."""
    form = report.form
    yield from _outdated(report)
    if form.text:
        for paragraph in form.text:
            said = filled_in(localized(paragraph), values.in_text, _BLANK)
            yield Para(said, large=True)
    else:
        yield from _fields(form, values)
    for line in law_lines(on_form(values.w.procedure.laws, form.id)):
        yield Para(line)
    copies = copies_line(form)
    if copies:
        yield Para(copies)


def _foot(report: FormReport, values: FormValues) -> str:
    """As of when, where it is filed, how long it is kept."""
    form = report.form
    years = form.retention_years or values.w.procedure.retention_years
    filed = localized(form.filed) if form.filed else ""
    kept = _("years kept: {years}").format(years=years)
    return "  ".join(filter(None, (values.w.foot(), filed, kept)))


@makes_document(FormReport)
def form_document(report: FormReport) -> Document:
    """A form of a case in the language in use, as its procedure has it."""
    form = report.form
    values = FormValues(report.of, report.number, report.values, report.closing)
    title, torn = localized(form.label), form.torn and len(form.copies) > 1
    case = report.of.case.number if form.text else ""  # among its fields on any other form
    numbers = "  ".join(filter(None, (document_number(form), report.number, case, _mark(report))))
    signatures = [] if torn else _signatures(form, values)
    if form.letter:
        signatures.append(SignatureField(report.of.site, "", _("(seal)")))
    made = composed(
        report.of.site,
        title,
        tuple(_halves(report, values) if torn else _sheet(report, values)),
        under=numbers,
        head=numbers,
        foot=_foot(report, values),
        signatures=signatures,
        at=report.of.at,
    )
    copies = tuple((localized(each.label), localized(each.to)) for each in form.copies)
    doors = [each.door for each in postings_of(report.of.case, form.id) if not each.down_at]
    if doors:  # one for each door, with its name on it
        words = _("for the door {door}")
        copies = tuple((words.format(door=door_name(each)), "") for each in doors)
    return replace(
        made,
        page="A5" if form.page == "A5" else "A4",
        copies=copies if (doors or len(copies) > 1) and not torn else (),
    )
