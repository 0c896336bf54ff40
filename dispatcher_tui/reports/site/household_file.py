"""住户档案: one household's cases, notes and papers as one document (P4-18)."""

from __future__ import annotations

from collections.abc import Iterator

from dispatcher_tui.domain.papers.report import CaseReport
from dispatcher_tui.domain.papers.slips import SlipRecord
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.site.household_file import HouseholdFile
from dispatcher_tui.domain.site.household_notes import NotedHome
from dispatcher_tui.present.case.case_json import case_object
from dispatcher_tui.present.case.timeline import entry_text
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import stage_name
from dispatcher_tui.present.names import Glossary, actor_words
from dispatcher_tui.present.papers.charge_lines import binder_page
from dispatcher_tui.present.papers.slip_lines import where_name
from dispatcher_tui.present.site.note_lines import notes_table
from dispatcher_tui.present.table import RecordColumn, RecordTable, value_text
from dispatcher_tui.reports.case.case_words import CaseWords
from dispatcher_tui.reports.compose import composed, section, table_of
from dispatcher_tui.reports.document import Block, Document, Facts, Heading, Para
from dispatcher_tui.reports.registry import Objects, makes_document, makes_object


def _household(report: HouseholdFile) -> Facts:
    home = report.household
    unknown = _("not in the register")
    pairs = (
        (_("Place"), report.place),
        (_("Residents"), _(", ").join(home.residents) if home else unknown),
        (_("Phone"), "  ".join(home.phones) if home else ""),
        (_("Mind"), " ".join(filter(None, (home.warning, home.note))) if home else ""),
        (_("Cases"), str(len(report.cases))),
        (_("Notes that stand"), str(len(report.standing))),
    )
    return Facts(pairs, across=2)


def _cases(report: HouseholdFile) -> RecordTable[CaseReport]:
    def level(of: CaseReport) -> str:
        return localized(of.rules.procedure.level(of.case.level).label)

    return RecordTable[CaseReport](
        (
            RecordColumn("number", _("Case no."), lambda c: c.case.number, share=10, whole=True),
            RecordColumn("opened_at", _("Opened"), lambda c: c.case.opened_at, "moment", share=11),
            RecordColumn("class", _("Class"), lambda c: CaseWords(c).category(), share=9),
            RecordColumn("level", _("Level"), level, share=7),
            RecordColumn(
                "content", _("Content"), lambda c: " ".join(c.case.verbatim.split()), share=30
            ),
            RecordColumn("stage", _("Stage"), lambda c: stage_name(c.case.stage.value), share=9),
            RecordColumn(
                *("assignee", _("Assignee")),
                lambda c: c.case.assignee.name if c.case.assignee else "",
                share=9,
            ),
        ),
        report.zone,
        _("none"),
    )


def _papers(report: HouseholdFile) -> RecordTable[SlipRecord]:
    return RecordTable[SlipRecord](
        (
            RecordColumn("number", _("Paper"), lambda p: p.number, share=12, whole=True),
            RecordColumn("case", _("Case no."), lambda p: p.case, share=10, whole=True),
            RecordColumn("where", _("Where"), lambda p: where_name(p.where), share=10),
            RecordColumn("issued_at", _("Issued"), lambda p: p.issued_at, "moment", share=11),
            RecordColumn(
                "received_at", _("Copy back"), lambda p: p.received_at, "moment", share=11
            ),
            RecordColumn("signed_by", _("Signed by"), lambda p: p.signed_by, share=10),
            RecordColumn(
                "binder", _("Binder/page"), lambda p: binder_page(p.binder, p.page), share=10
            ),
        ),
        report.zone,
        _("none"),
    )


def _story(of: CaseReport, report: HouseholdFile) -> Iterator[Block]:
    """What was done on a case, entry by entry."""
    case = of.case
    names = Glossary(of.rules.procedure, of.categories, of.kinds)
    zone = report.zone
    yield Heading(_("Case {number}").format(number=case.number), 2)
    yield Para(case.verbatim or "-")
    listing = RecordTable[Entry](
        (
            RecordColumn("at", _("Time"), lambda e: e.occurred_at, "moment", share=11),
            RecordColumn("by", _("By"), lambda e: actor_words(e.actor), share=9),
            RecordColumn("what", _("What"), lambda e: entry_text(e, zone, names), share=60),
        ),
        zone,
    )
    yield table_of(listing, of.entries)


@makes_document(HouseholdFile)
def household_document(report: HouseholdFile) -> Document:
    """The file in the language in use: the household, its cases, notes, papers, what was done."""
    as_of = value_text(report.at.astimezone(report.zone), "moment")
    cases = table_of(_cases(report), report.cases)
    blocks: list[Block] = [_household(report), Heading(_("Cases")), cases]
    notes = notes_table(report.zone, report.at)
    gone = notes_table(report.zone, report.at, over=True)
    blocks += section(_("Notes that stand"), notes, report.standing)
    blocks += section(_("Notes that are over"), gone, report.over)
    blocks += section(_("Numbered papers"), _papers(report), report.papers)
    if report.cases:
        blocks.append(Heading(_("Course of the cases")))
    for each in report.cases:
        blocks += _story(each, report)
    return composed(
        report.site,
        _("Household file {place}").format(place=report.place),
        blocks,
        under=as_of,
        foot=_("As of {time}").format(time=as_of),
        data=cases,
        at=report.at,
    )


def _noted(homes: tuple[NotedHome, ...], report: HouseholdFile, *, over: bool) -> Objects:
    table = notes_table(report.zone, report.at, over=over)
    return [table.object(home) for home in homes]


@makes_object(HouseholdFile)
def _object(report: HouseholdFile) -> Objects:
    home = report.household
    table = _papers(report)
    return {
        "place": report.place,
        "residents": list(home.residents) if home else [],
        "phones": list(home.phones) if home else [],
        "cases": [
            case_object(
                *(each.case, each.duties, each.rules, report.at, each.entries),
                Glossary(categories=each.categories, kinds=each.kinds),
            )
            for each in report.cases
        ],
        "notes": _noted(report.standing, report, over=False),
        "notes_over": _noted(report.over, report, over=True),
        "papers": [
            {**table.object(each), "where": each.where.value, "form": each.form or None}
            for each in report.papers
        ],
    }
