"""投诉调度记录月总结表: the Monthly Summary as a document, figures, report, comment, signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.month import Month
from dispatcher_tui.domain.time.periods import Period
from dispatcher_tui.present.i18n import _, language
from dispatcher_tui.present.line_texts import stage_name
from dispatcher_tui.present.reviews.month_lines import SummaryState, month_title, signature_line
from dispatcher_tui.present.reviews.month_parts import FigureTable, differences, month_parts
from dispatcher_tui.present.reviews.month_words import Wording, class_name, state_line
from dispatcher_tui.present.signing import proof_words
from dispatcher_tui.reports.document import (
    Block,
    Chart,
    ChartSeries,
    Column,
    Document,
    Heading,
    Para,
    SignatureField,
    Table,
)


def _table(grid: FigureTable) -> Iterator[Block]:
    """A table as it is printed; its bars are the shares beside them."""
    for sentence in grid.before:
        yield Para(sentence)
    if grid.heads:
        columns = tuple(
            Column(
                head,
                40 if at == 0 else 15,
                whole=at > 0,
                align="right" if at in grid.right else "left",
                numeric=at in grid.right,
            )
            for at, head in enumerate(grid.heads)
        )
        yield Table(columns, grid.rows, grid.empty)
    if grid.chart and len(grid.bars) > 1:
        names = tuple(row[0] for row in grid.rows)
        yield Chart(grid.chart, names, (ChartSeries("", grid.bars),))
    for sentence in grid.after:
        yield Para(sentence)


def _numbered(number: int, text: str) -> Heading:
    return Heading(_("{n}. {text}").format(n=number, text=text))


def _report(number: int, standing: SummaryState, words: Wording) -> Iterator[Block]:
    yield _numbered(number, _("Report"))
    yield Para(standing.text or _("none"))
    if standing.drawn:
        yield Para(standing.drawn)
    yield _numbered(number + 1, _("The head's comment on the dispatchers' service quality"))
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


def _cases(number: int, cases: Sequence[Case], words: Wording) -> Iterator[Block]:
    """Every valid complaint of the month and how it stood at its end (P4-17)."""
    yield _numbered(number, _("Valid complaints of the month ({n})").format(n=len(cases)))
    columns = (
        Column(_("Number"), 10, whole=True),
        Column(_("Place"), 12),
        Column(_("Class"), 12),
        Column(_("Content"), 30),
        Column(_("Assignee"), 10),
        Column(_("Stage"), 10),
    )
    rows = tuple(
        (
            case.number,
            case.place,
            words.category(case.category) if case.category else class_name(case.case_class),
            " ".join(case.verbatim.split()),
            case.assignee.name if case.assignee else "",
            stage_name(case.stage.value),
        )
        for case in cases
    )
    yield Table(columns, rows, _("none"))


def month_document(
    period: Period,
    figures: Month,
    standing: SummaryState,
    words: Wording,
    site: str,
    *,
    cases: Sequence[Case] = (),
) -> Document:
    """The Monthly Summary to print, in the language in use.

    Args:
        period: the month.
        figures: those that stand.
        standing: report, comment, signature, what was written since.
        words: names and zone.
        site: the site's name.
        cases: every valid complaint of the month as it stood at its end.
    """
    blocks: list[Block] = [Para(state_line(figures, words))]
    parts = month_parts(figures, words)
    for number, part in enumerate(parts, 1):
        blocks.append(_numbered(number, part.title))
        for grid in part.grids:
            blocks += _table(grid)
    number = len(parts) + 1
    blocks += _report(number, standing, words)
    blocks += _since(number + 2, figures, standing, words)
    blocks += _cases(number + 2 + bool(standing.after), cases, words)
    sign_off, title = standing.sign_off, month_title(period)
    signed = sign_off is not None and not sign_off.owed
    head = words.long_time(sign_off.signed_at) if sign_off and signed else ""
    return Document(
        title=title,
        subtitle=f"{site}  {state_line(figures, words)}",
        head=f"{site}  {title}",
        foot=state_line(figures, words),
        blocks=tuple(blocks),
        signatures=(
            SignatureField(_("Dispatcher"), standing.drawn_by),
            SignatureField(
                _("Head"),
                sign_off.name if sign_off else "",
                proof_words(sign_off.ink, head) if sign_off and head else "",
            ),
        ),
        hand=_("Signature"),
        day=_("Date"),
        language=language(),
        at=figures.as_of,
    )
