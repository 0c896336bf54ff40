"""投诉调度记录月总结表: the Monthly Summary as a document, figures, report, comment, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.month import Month
from dispatcher_tui.domain.reviews.summary import MonthReport
from dispatcher_tui.domain.words.people import person_of
from dispatcher_tui.present.case.case_json import log_object
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import stage_name
from dispatcher_tui.present.reviews.month_json import month_object
from dispatcher_tui.present.reviews.month_lines import (
    SummaryState,
    signature_line,
    standing_of,
    summary_title,
)
from dispatcher_tui.present.reviews.month_parts import differences, paper_parts
from dispatcher_tui.present.reviews.month_tables import FigureTable, MonthPart
from dispatcher_tui.present.reviews.month_words import (
    Wording,
    class_name,
    sorts,
    state_line,
    wording_of,
)
from dispatcher_tui.present.signing import proof_words
from dispatcher_tui.present.table import RecordColumn, RecordTable
from dispatcher_tui.reports.compose import composed, table_of
from dispatcher_tui.reports.document import (
    Block,
    Chart,
    ChartSeries,
    Document,
    Heading,
    NewPage,
    Para,
    SignatureField,
    SignHere,
)
from dispatcher_tui.reports.registry import Objects, makes_document, makes_object


def _table(grid: FigureTable) -> Iterator[Block]:
    """A table as it is printed; its bars are the shares beside them."""
    for sentence in grid.before:
        yield Para(sentence)
    yield table_of(grid.listing, grid.records)
    if grid.chart and len(grid.bars) > 1:
        names = tuple(row[0] for row in grid.rows)
        yield Chart(grid.chart, names, (ChartSeries("", grid.bars),))
    for sentence in grid.after:
        yield Para(sentence)


def _numbered(number: int, text: str) -> Heading:
    return Heading(_("{n}. {text}").format(n=number, text=text))


def _report(
    number: int, standing: SummaryState, words: Wording, beside: FigureTable
) -> Iterator[Block]:
    yield _numbered(number, _("Report"))
    yield Para(standing.text or _("none"))
    if standing.drawn:
        yield Para(standing.drawn)
    yield _numbered(number + 1, _("The head's comment on the dispatchers' service quality"))
    yield from _table(beside)
    sign_off = standing.sign_off
    yield Para(sign_off.remark if sign_off and sign_off.remark else " ")
    yield Para(signature_line(sign_off, words))


def _since(number: int, figures: Month, standing: SummaryState, words: Wording) -> Iterator[Block]:
    if not standing.after:
        return
    yield _numbered(number, _("Written about the month since it was drawn"))
    for sentence in standing.after:
        yield Para(sentence)
    if standing.now is not None:
        yield Para(_("The signed figures stand; beside them what they would be now:"))
        for grid in differences(figures, standing.now, words):
            yield from _table(grid)


def _part(number: int, part: MonthPart) -> Iterator[Block]:
    yield _numbered(number, part.title)
    for grid in part.grids:
        yield from _table(grid)


def _drawn(figures: Month, words: Wording) -> Iterator[Block]:
    """What cases are counted by as pictures, where there is more than one sort."""
    asked = sorts(words)
    for field in ("classes", "departments"):
        title, name = asked[field]
        counts = getattr(figures, field)
        if len(counts) > 1:
            names = tuple(name(each.key) for each in counts)
            values = tuple(float(each.n) for each in counts)
            yield Chart(title, names, (ChartSeries("", values),))


def _appendix(letter: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """What is looked up and not read: under a letter of its own."""
    for block in blocks:
        if isinstance(block, Heading):
            words = _("Appendix {letter}: {text}").format(letter=letter, text=block.text)
            yield Heading(words)
        else:
            yield block


def _late(part: MonthPart) -> Iterator[Block]:
    yield Heading(part.title)
    for grid in part.grids:
        yield from _table(grid)


def _cases(cases: Sequence[Case], words: Wording) -> Iterator[Block]:
    """Every valid complaint of the month and how it stood at its end (P4-17)."""
    yield Heading(_("Valid complaints of the month ({n})").format(n=len(cases)))

    def sort(case: Case) -> str:
        return words.category(case.category) if case.category else class_name(case.case_class)

    listing = RecordTable[Case](
        (
            RecordColumn("number", _("Number"), lambda c: c.number, share=10, whole=True),
            RecordColumn("place", _("Place"), lambda c: c.place, share=12),
            RecordColumn("class", _("Class"), sort, share=12),
            RecordColumn("content", _("Content"), lambda c: " ".join(c.verbatim.split()), share=30),
            RecordColumn(
                *("assignee", _("Assignee"), lambda c: c.responsible.name if c.responsible else ""),
                share=10,
            ),
            RecordColumn("stage", _("Stage"), lambda c: stage_name(c.stage.value), share=10),
        ),
        words.zone,
        _("none"),
    )
    yield table_of(listing, cases)


@makes_document(MonthReport)
def month_document(report: MonthReport) -> Document:
    """The Monthly Summary to print, in the language in use."""
    summary, words = report.summary, wording_of(report)
    figures, standing = summary.figures, standing_of(summary, words)
    parts = paper_parts(figures, words)
    blocks: list[Block] = [
        *_part(1, parts.first),
        *_report(2, standing, words, parts.dispatchers),
        SignHere(),
    ]
    number = 4
    blocks.append(NewPage())
    for part in parts.others:
        blocks += _part(number, part)
        number += 1
    blocks += _drawn(figures, words)
    blocks += _since(number, figures, standing, words)
    blocks += [NewPage(_("Appendix")), *_appendix("A", _cases(report.cases, words))]
    blocks += [*_appendix("B", _late(parts.late))]
    sign_off = standing.sign_off
    signed = sign_off is not None and not sign_off.owed
    head = words.long_time(sign_off.signed_at) if sign_off and signed else ""
    return composed(
        report.site,
        summary_title(summary),
        blocks,
        under=state_line(figures, words),
        foot=state_line(figures, words),
        signatures=(
            SignatureField(_("Dispatcher"), person_of(standing.drawn_by)),
            SignatureField(
                _("Head"),
                sign_off.name if sign_off else "",
                proof_words(sign_off.ink, head) if sign_off and head else "",
            ),
        ),
        at=figures.as_of,
    )


@makes_object(MonthReport)
def _object(report: MonthReport) -> Objects:
    summary, words = report.summary, wording_of(report)
    drawn = summary.drawn
    return month_object(
        summary.figures,
        words.zone,
        text=drawn.report.text if drawn else None,
        drawn_at=drawn.entry.occurred_at if drawn else None,
        drawn_by=drawn.entry.actor if drawn else None,
        sign_off=summary.sign_off,
        after=[log_object(x.entry, x.number, words.zone, words.names) for x in summary.after],
        now=summary.now,
        procedure=summary.procedure,
    )
