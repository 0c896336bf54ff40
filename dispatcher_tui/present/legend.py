"""What the colours and the badges of the desk mean, as they are drawn."""

from __future__ import annotations

from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.spans import Span, SpanLine, cells_of

_LEAD, _WORDS = 16, 22


def legend() -> list[SpanLine]:
    """A sample of each badge with what it means, two to a row."""
    found: list[tuple[list[Span], str]] = [
        ([Span(f" -00:21:36 {_('!!')} ", "over")], _("past its time")),
        (
            [Span(" 00:06:23 ", "warnt", bold=True), Span(f" {_('**')} ", "warn")],
            _("nobody was told yet"),
        ),
        ([Span(f" 00:13:23 {_('<')}", "warnt", bold=True)], _("due within 30 minutes")),
        ([Span(f" 02:47:07 {_('#')}", "fg2")], _("done; its paper is out")),
        ([Span(f" {_('EMERGENCY')} ", "over")], _("it holds the post")),
        ([Span(f" {_('Grave')} ", "grave")], _("a grave level")),
        ([Span(f"> {_('chosen')} ", "sel")], _("the keys go here")),
        ([Span(f"* {_('chosen')} ", "tint")], _("chosen; keys elsewhere")),
        ([Span("[x] ", "okt")], _("a person said so")),
        ([Span(f" {_('~')}", "fg2")], _("a form left half typed")),
    ]
    rows: list[SpanLine] = []
    for at in range(0, len(found), 2):
        row: list[Span] = []
        for runs, words in found[at : at + 2]:
            gap = Span(" " * max(1, _LEAD - cells_of(runs)))
            row += [Span(" "), *runs, gap, Span(fit(words, _WORDS), "fg1")]
        rows.append(row)
    return rows
