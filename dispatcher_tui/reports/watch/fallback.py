"""Paper for when the desk is dark: the board, whom to ring, and blank intakes with numbers."""

from __future__ import annotations

from collections.abc import Iterator

from dispatcher_tui.domain.papers.spare_sheets import sheet_number
from dispatcher_tui.domain.watch.fallback_report import FallbackReport, RungPerson
from dispatcher_tui.domain.words.people import Nearness
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.table import RecordColumn, RecordTable
from dispatcher_tui.present.terms import outside_name
from dispatcher_tui.reports.compose import composed, table_of
from dispatcher_tui.reports.document import Block, Document, Facts, Heading, NewPage, Para
from dispatcher_tui.reports.registry import makes_document
from dispatcher_tui.reports.watch.sheet_parts import SheetWords, cases_part

_WORDS, _LINES = 10, 8
"""Lines for the caller's words, and for what was done."""


_ROOM = "\n"
"""Room for a line by hand."""

_RUNG = "_" * 20
"""Room for when somebody was rung, and what came of it."""


def _boxes(*words: str) -> str:
    return "   ".join(f"[  ] {each}" for each in words)


def _blank(report: FallbackReport, number: int) -> Iterator[Block]:
    """One intake to be filled in by hand, in the order in which it is asked."""
    yield Heading(f"{_('Blank intake')}  {sheet_number(number)}")
    kinds = _boxes(_("complaint"), _("repair"), _("enquiry"), _("other"), _("rang again"))
    yield Facts(((_("Date, time of the call"), _ROOM), (_("Taken down by"), _ROOM)), across=2)
    yield Facts(((_("Kind"), kinds),))
    yield Facts(((_("Place"), _ROOM), (_("Callback"), _ROOM)), across=2)
    yield Facts(((_("Caller"), _ROOM), (_("Class"), _ROOM)), across=2)
    yield Facts(((_("Said"), "\n" * (_WORDS - 1)),))
    facts = _boxes(_("now"), _("injury"), _("fire, smoke"), _("3 or more homes"))
    yield Facts(((_("Facts"), facts),))
    yield Facts(((_("Told whom, when, result"), "\n" * (_LINES - 1)),))
    yield Facts(((_("Promised for"), _ROOM), (_("Keyed in as"), _ROOM)), across=2)


def _near(person: RungPerson) -> str:
    names = {
        Nearness.ON_ESTATE: _("on the estate"),
        Nearness.ON_DUTY: _("on duty"),
        Nearness.TO_REACH: _("to reach"),
        Nearness.AT_HOME: _("at home"),
    }
    return names.get(Nearness(person.near), _("away"))


def _call_tree(report: FallbackReport) -> Iterator[Block]:
    """Whom to ring, in order, and the numbers outside."""

    def role(each: RungPerson) -> str:
        return each.person.title or role_name(report.procedure, each.person.role)

    people = RecordTable[RungPerson](
        (
            RecordColumn("name", _("Name"), lambda p: p.person.name, share=16, whole=True),
            RecordColumn("role", _("Role"), role, share=24),
            RecordColumn("near", _("Where now"), _near, share=14),
            RecordColumn("phones", _("Phone"), lambda p: "\n".join(p.person.phones), share=22),
            RecordColumn("rung", _("Rung at, result"), lambda _p: _RUNG, share=26, by_hand=True),
        ),
        report.zone,
        _("none"),
        number=_("No."),
    )
    yield Heading(_("Numbers outside"))
    yield Facts(tuple((outside_name(name), number) for name, number in report.outside), across=2)
    yield Heading(_("Whom to ring: the first who is reached and reads back ends the ladder"))
    yield table_of(people, report.people)


@makes_document(FallbackReport)
def fallback_document(report: FallbackReport) -> Document:
    """Board and call tree on the first pages, then the pad, a blank intake a page."""
    words = SheetWords(report.at, report.zone, Glossary(report.procedure))
    blocks: list[Block] = []
    how = _("Dark desk: write each call on a sheet of its own, then key them in by number.")
    blocks.append(Para(how))
    blocks += cases_part(1, _("Open cases"), report.sheet.cases, words)
    blocks.append(NewPage())
    blocks += _call_tree(report)
    for number in range(report.first, report.last + 1) if report.first else ():
        blocks.append(NewPage())
        blocks += _blank(report, number)
    return composed(
        report.site,
        _("Paper fallback"),
        tuple(blocks),
        under=words.day(report.at),
        head=words.time(report.at),
        at=report.at,
    )
