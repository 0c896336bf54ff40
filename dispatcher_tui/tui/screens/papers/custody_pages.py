"""The pages of where every paper is, as lines with what each is about."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.desk.papers.custody_book import Custody
from dispatcher_tui.desk.papers.forms_out import FormOut, FormRange
from dispatcher_tui.desk.papers.number_ranges import OwedOf
from dispatcher_tui.desk.papers.slips import Squad
from dispatcher_tui.domain.papers.slips import SlipRecord
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.papers.slip_lines import (
    ages_line,
    asked_words,
    gap_line,
    odd_line,
    out_line,
    owed_table,
    pads_table,
    range_line,
    squad_line,
)


class SlipRow(msgspec.Struct, frozen=True):
    """A line, and what it is about."""

    text: str
    case_id: str = ""
    number: str = ""
    squad: Squad | None = None
    paper: SlipRecord | None = None
    out: FormOut | None = None

    @property
    def form(self) -> str:
        """Which numbered form the line is about; empty where it is a closing paper, or none."""
        return self.paper.form if self.paper is not None else ""


def _apart() -> str:
    """What stands in the place of figures over all ranges: they are never added together."""
    return _("Each procedure numbers its own papers: they are counted apart.")


class SlipPage(msgspec.Struct, frozen=True):
    """A page: the figures over it, the heads of its columns, its lines."""

    sums: str
    head: str
    rows: list[SlipRow]


def owed_page(
    groups: Sequence[OwedOf], voids: Container[str], now: datetime, zone: tzinfo, *, apart: bool
) -> SlipPage:
    """The copies that are owed; ``apart``: counted by procedure, never over all of them."""
    papers = tuple(paper for of in groups for paper in of.papers)
    table, rows = owed_table(now, zone, voids), list[SlipRow]()
    for of in groups:
        if apart:
            name = localized(of.procedure.short)
            rows.append(SlipRow(f"{name}: {ages_line(of.papers, now)}"))
        _head, lines = table.shown(of.papers)
        rows += (
            SlipRow(line, paper.case_id, paper=paper)
            for line, paper in zip(lines, of.papers, strict=True)
        )
    head, _none = table.shown(papers)
    return SlipPage(_apart() if apart else ages_line(papers, now), f" {head}", rows)


def out_rows(ranges: Iterable[FormRange], now: datetime, zone: tzinfo) -> Iterator[SlipRow]:
    """The forms that are out, range by range."""
    for each in ranges:
        yield SlipRow(range_line(each.name, each.prefix, len(each.out)))
        for out in each.out:
            line, paper = out_line(out, now, zone), out.paper
            yield SlipRow(line, paper.case_id, paper.number, paper=paper, out=out)


def squad_rows(found: Iterable[Squad], now: datetime, zone: tzinfo) -> Iterator[SlipRow]:
    """Whom to ask, and for which papers."""
    table = owed_table(now, zone)
    for squad in found:
        line = squad_line(squad.name, squad.person, len(squad.papers), squad.short)
        yield SlipRow(line, squad=squad)
        for each in squad.papers:
            asked = asked_words(each.at, now, zone)
            text = f"  {fit(asked, 18)} {table.line(each.paper)}"
            yield SlipRow(text, each.paper.case_id, squad=squad, paper=each.paper)


def pads_page(found: Custody, zone: tzinfo) -> SlipPage:
    """The pads, range by range where there are several."""
    order = list(found.names)
    listed = sorted(
        found.pads,
        key=lambda each: order.index(p) if (p := found.range_of(each.pad.prefix)) else -1,
    )
    pads = [(each.pad, each.counts) for each in listed]
    head, lines = pads_table(zone).shown(pads)
    rows, before = list[SlipRow](), ""
    for pad, line in zip(pads, lines, strict=True):
        prefix = found.range_of(pad[0].prefix)
        if prefix and prefix != before:
            rows.append(SlipRow(localized(found.names[prefix])))
        before = prefix
        rows.append(SlipRow(line))
    sums = _apart() if found.apart else _("Pads: {n}").format(n=len(found.pads))
    return SlipPage(sums, f" {head}", rows)


def odd_page(found: Custody) -> SlipPage:
    """What is missing and what is odd."""
    sums, rows = "", list[SlipRow]()
    for prefix, part in (found.by_range() if found.apart else {"": found}).items():
        missing = sum(run.count for run in part.gaps)
        words = _("Missing {missing}  odd {odd}").format(missing=missing, odd=len(part.odd))
        sums = _apart() if found.apart else words
        if found.apart:
            rows.append(SlipRow(f"{localized(found.names[prefix])}: {words}"))
        rows += (SlipRow(gap_line(run), number=run.first) for run in part.gaps)
        for each in part.odd:
            case_id = each.paper.case_id if each.paper else ""
            rows.append(SlipRow(odd_line(each), case_id, each.number, paper=each.paper))
    return SlipPage(sums, "", rows)
