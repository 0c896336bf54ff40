"""交接班记录: the hand-over sheet as a document, from the records it was signed as."""

from __future__ import annotations

from dispatcher_tui.domain.papers.report import HandOverReport
from dispatcher_tui.domain.record.kinds import kind_of
from dispatcher_tui.domain.record.sheet import CheckAnswer, Sheet
from dispatcher_tui.domain.record.watch_events import HandedOver
from dispatcher_tui.domain.watch.check_questions import overdue
from dispatcher_tui.present.case.case_json import local_time
from dispatcher_tui.present.emergency.panel_lines import planned_text
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.record_hash import SHOWN, grouped
from dispatcher_tui.present.table import RecordColumn, RecordTable
from dispatcher_tui.present.watch.handout_lines import sheet_handout_lines, sheet_handouts_title
from dispatcher_tui.present.watch.people_lines import sheet_people_title, sheet_person
from dispatcher_tui.present.watch.round_lines import sheet_round_lines, sheet_rounds_title
from dispatcher_tui.present.watch.sheet_lines import answer_text, question_title
from dispatcher_tui.reports.compose import composed
from dispatcher_tui.reports.document import (
    Block,
    Document,
    Facts,
    Heading,
    Para,
    SignatureField,
)
from dispatcher_tui.reports.plain_values import plain
from dispatcher_tui.reports.registry import Objects, makes_document, makes_object
from dispatcher_tui.reports.watch.sheet_parts import (
    SheetWords,
    acts_part,
    calls_part,
    cases_part,
    duties_part,
    notices_part,
    papers_part,
    part,
    signatures_part,
)

_BEGINNING = 8
"""So many digits of the head stand at the foot of every page."""


def _answers(number: int, event: HandedOver, w: SheetWords) -> list[Block]:
    listing = RecordTable[CheckAnswer](
        (
            RecordColumn("question", _("Question"), lambda a: question_title(a.kind), share=50),
            RecordColumn("answer", _("Answer"), lambda a: answer_text(a, w.at, w.zone), share=20),
            RecordColumn("tries", _("Tries"), lambda a: a.tries, "count", share=7, whole=True),
        ),
        w.zone,
        _("none"),
    )
    heading = _("Check questions to the one taking over")
    return part(number, heading, listing, event.answers)


def _closing(number: int, event: HandedOver) -> list[Block]:
    heard = {None: _("none made"), True: _("heard"), False: _("NOT heard")}
    pairs = (
        (_("Sound test"), heard[event.heard]),
        (_("Arrived while signing"), _(", ").join(event.carried) or _("none")),
        (_("Remarks"), event.remarks or _("none")),
    )
    heading = _("{n}. {text}").format(n=number, text=_("On handing over"))
    return [Heading(heading), Facts(pairs)]


def _journal(number: int, sheet: Sheet) -> list[Block]:
    heading = _("{n}. {text}").format(n=number, text=_("The journal at this moment"))
    pairs = [(_("Entries"), str(sheet.rows)), (_("Head hash"), grouped(sheet.head))]
    if sheet.record:
        pairs.append((_("Record"), grouped(sheet.record[:SHOWN])))
    if sheet.branch:
        pairs.append((_("Branch"), grouped(sheet.branch[:SHOWN])))
    proof = _("Proved by: dispatcher-tui verify --head, with these digits.")
    return [Heading(heading), Facts(tuple(pairs)), Para(proof)]


def _top(event: HandedOver, site: str, w: SheetWords) -> Facts:
    sheet = event.sheet
    role = w.names.role(event.role) if event.role else ""
    pairs = (
        (_("Estate"), site),
        (_("As of"), w.day(sheet.at)),
        (_("Handing over"), sheet.outgoing),
        (_("On watch since"), w.day(sheet.since) if sheet.since else ""),
        (_("Taking over"), f"{event.incoming} {role}".strip()),
        (_("Coming watch until"), w.day(sheet.until)),
    )
    return Facts(pairs, across=2)


def _figures(sheet: Sheet) -> Facts:
    late = len(overdue(sheet))
    emergencies = sum(case.emergency for case in sheet.cases)
    figures = (
        (_("Open cases"), len(sheet.cases)),
        (_("Emergencies"), emergencies),
        (_("Overdue"), late),
        (_("Due in the watch"), len(sheet.duties) - late),
        (_("Papers owed"), len(sheet.papers)),
        (_("Signatures owed"), len(sheet.signatures)),
    )
    return Facts(tuple((name, str(figure)) for name, figure in figures), across=3)


def _tests(sheet: Sheet, w: SheetWords) -> list[Block]:
    """Before everything, where an alarm is or will be counted instead of being a case."""
    if not sheet.tests:
        return []
    lines = [Para(planned_text(each, w.at, w.zone)) for each in sheet.tests]
    return [Heading(_("Planned tests of the fire system")), *lines]


def _people(sheet: Sheet, w: SheetWords) -> list[Block]:
    """Who of the coming watch is not there, and who is there instead."""
    if not sheet.people:
        return []
    lines = [Para(sheet_person(each, w.at, w.zone)) for each in sheet.people]
    return [Heading(sheet_people_title()), *lines]


def _rounds(sheet: Sheet, w: SheetWords) -> list[Block]:
    """How the rounds of the outgoing watch were made, and what has to be known of them."""
    if not sheet.rounds:
        return []
    lines = [Para(line.strip()) for line in sheet_round_lines(sheet.rounds, w.at, w.zone)]
    return [Heading(sheet_rounds_title()), *lines]


def _handouts(sheet: Sheet, w: SheetWords) -> list[Block]:
    """What is out of the handout book."""
    if not sheet.handouts:
        return []
    lines = [Para(x.strip()) for x in sheet_handout_lines(sheet.handouts, w.at, w.zone)]
    return [Heading(sheet_handouts_title()), *lines]


def _parts(event: HandedOver, w: SheetWords) -> list[Block]:
    """Everything below the figures, numbered: what cannot wait comes first."""
    sheet = event.sheet
    emergencies = [case for case in sheet.cases if case.emergency]
    others = [case for case in sheet.cases if not case.emergency]
    late = overdue(sheet)
    coming = [duty for duty in sheet.duties if duty not in late]
    falling = _("Due in the coming watch, until {time}").format(time=w.time(sheet.until))
    return [
        *cases_part(1, _("Emergencies"), emergencies, w),
        *duties_part(2, _("Overdue duties"), late, sheet, w, late=True),
        *duties_part(3, falling, coming, sheet, w, late=False),
        *cases_part(4, _("Other open cases, by their next duty"), others, w),
        *papers_part(5, sheet, w),
        *notices_part(6, sheet, w),
        *signatures_part(7, sheet, w),
        *calls_part(8, sheet, w),
        *acts_part(9, sheet, w),
        *_answers(10, event, w),
        *_closing(11, event),
        *_journal(12, sheet),
    ]


@makes_document(HandOverReport)
def hand_over_document(report: HandOverReport) -> Document:
    """The signed hand-over to print, in the language in use."""
    entry, event = report.entry, report.event
    sheet = event.sheet
    w = SheetWords(sheet.at, report.zone, Glossary(procedure=report.procedure))
    signed = w.day(entry.occurred_at)
    by_pin = _("Signed with their own PIN {time}").format(time=signed).strip()
    foot = _("As of {time}, journal head {head}..")
    return composed(
        report.site,
        _("Hand-over record"),
        (
            _top(event, report.site, w),
            _figures(sheet),
            *_tests(sheet, w),
            *_people(sheet, w),
            *_rounds(sheet, w),
            *_handouts(sheet, w),
            *_parts(event, w),
        ),
        under=signed,
        foot=foot.format(time=w.day(sheet.at), head=sheet.head[:_BEGINNING]),
        signatures=(
            SignatureField(_("Handing over"), sheet.outgoing, by_pin),
            SignatureField(_("Taking over"), event.incoming, by_pin),
        ),
        at=entry.occurred_at,
    )


@makes_object(HandOverReport)
def _object(report: HandOverReport) -> Objects:
    entry, zone = report.entry, report.zone
    return {
        "seq": entry.seq,
        "occurred_at": local_time(entry.occurred_at, zone),
        "recorded_at": local_time(entry.recorded_at, zone),
        "kind": kind_of(type(entry.event)),
        "actor": plain(entry.actor, zone),
        "cosigner": plain(entry.cosigner, zone),
        "site": plain(report.site, zone),
        **plain(entry.event, zone),
    }
