"""调度记录: everything the record knows of one case, to be read, signed and filed."""

from __future__ import annotations

from msgspec.structs import replace

from dispatcher_tui.domain.papers.report import CaseReport
from dispatcher_tui.domain.record.case import Caller, Entry, Grade
from dispatcher_tui.domain.record.mentions import no_longer_counting
from dispatcher_tui.domain.record.sign_off import SignOff
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.domain.words.people import person_of
from dispatcher_tui.domain.words.terms import Satisfaction
from dispatcher_tui.present.case.case_json import case_object
from dispatcher_tui.present.case.passing_on_lines import version_mark
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import stage_name
from dispatcher_tui.present.names import Glossary, actor_words
from dispatcher_tui.present.signing import how_words, ink_words
from dispatcher_tui.present.table import RecordColumn, RecordTable
from dispatcher_tui.present.terms import level_name, satisfaction_name
from dispatcher_tui.present.watch.log_text import LogEntry, log_words
from dispatcher_tui.reports.case.case_words import CaseWords, form_name
from dispatcher_tui.reports.compose import composed, section
from dispatcher_tui.reports.document import Block, Document, Facts, Heading, Para, SignatureField
from dispatcher_tui.reports.registry import Objects, makes_document, makes_object


def _facts(w: CaseWords) -> Facts:
    """Its fields; what a case need not have is left out where it has none."""
    case = w.case
    kind = w.names.kind(case.emergency_kind) if case.emergency_kind else ""
    valid = {None: "", True: _("valid"), False: _("invalid")}[case.valid]
    asked = case.satisfaction is not Satisfaction.NOT_ASKED
    always = (
        (_("Case number"), case.number),
        (_("Stage"), stage_name(case.stage.value)),
        (_("Level"), w.level()),
        (_("Class"), w.category()),
        (_("Place"), case.place),
        (_("Channel"), w.channel()),
        (_("Came in"), w.time(case.received_at)),
        (_("Opened"), w.time(case.opened_at)),
        (_("Facts"), w.facts()),
        (_("Assignee"), w.assignee()),
    )
    sometimes = (
        (_("Kind of emergency"), kind),
        (_("Stood down"), w.time(case.stood_down_at)),
        (_("Tied to"), case.tied_to),
        (_("Orders"), _(", ").join(case.orders)),
        (_("Judged"), valid),
        (_("Satisfaction"), satisfaction_name(case.satisfaction) if asked else ""),
        (_("Written off"), w.time(case.written_off_at)),
        (_("Made final"), w.time(case.final_at)),
        (_("Lessons"), case.lessons),
    )
    return Facts((*always, *(pair for pair in sometimes if pair[1])), across=2)


def _callers(w: CaseWords) -> list[Block]:
    """Everybody who called, and what was said first."""
    listing = RecordTable[Caller](
        (
            RecordColumn("name", _("Name"), lambda c: c.name, share=20),
            RecordColumn("phone", _("Phone"), lambda c: c.phone, share=20, whole=True),
            w.moment("called", _("Called"), lambda c: c.at),
        ),
        w.zone,
        _("none"),
    )
    return [
        *section(_("Callers"), listing, w.case.callers),
        Heading(_("The caller's own words")),
        Para(w.case.verbatim or _("none")),
    ]


def _levels(w: CaseWords) -> list[Block]:
    """The levels it held, where it held more than one."""
    if len(w.case.grades) < 2:
        return []
    listing = RecordTable[Grade](
        (
            w.moment("since", _("Since"), lambda g: g.at),
            RecordColumn("level", _("Level"), lambda g: level_name(g.level, w.procedure), share=20),
            RecordColumn("rule", _("Rule"), lambda g: g.rule, share=10, whole=True),
        ),
        w.zone,
    )
    return section(_("Levels"), listing, w.case.grades)


def _story(w: CaseWords) -> list[Block]:
    """Every entry with both its times."""
    entries, names = w.report.entries, w.names
    void = no_longer_counting(entries)
    listing = RecordTable[Entry](
        (
            w.moment("happened", _("Happened"), lambda e: e.occurred_at),
            w.moment("written", _("Written"), lambda e: e.recorded_at),
            RecordColumn(
                *("what", _("What")),
                lambda e: log_words(LogEntry(e, "", names, e.seq in void), w.zone),
                share=50,
            ),
            RecordColumn("who", _("Who"), lambda e: actor_words(e.actor), share=12),
        ),
        w.zone,
    )
    return section(_("What happened"), listing, entries)


def _paper(w: CaseWords) -> list[Block]:
    """The closing paper, and where it is."""
    slip = w.case.slip
    name = localized(w.procedure.closing_paper.name)
    filed = _("binder {binder}, page {page}").format(binder=slip.binder, page=slip.page)
    charge = _("{yuan} yuan").format(yuan=format_fen(slip.charge_fen)) if slip.filed_at else ""
    signs = (slip.signed_by, w.time(slip.signed_at), ink_words(slip.ink))
    signed = "  ".join(filter(None, signs))
    pairs = (
        (_("Number"), f"{slip.number or _('none')}  {version_mark(slip.version)}".rstrip()),
        (_("In hand"), w.time(slip.received_at)),
        (_("Signed by"), signed),
        (_("Filed"), f"{w.time(slip.filed_at)}  {filed}" if slip.filed_at else ""),
        (_("To charge"), charge),
    )
    return [Heading(_("Closing paper: {paper}").format(paper=name)), Facts(pairs, across=2)]


def _signed_when(w: CaseWords, each: SignOff) -> str:
    return w.time(each.signed_at) or (_("owed") if each.owed else "")


def _sign_offs(w: CaseWords) -> list[Block]:
    """Signatures given and owed."""
    if not w.case.sign_offs:
        return []
    signed: RecordColumn[SignOff] = w.moment("signed_at", _("Signed"), lambda s: s.signed_at)
    listing = RecordTable[SignOff](
        (
            RecordColumn("subject", _("What for"), lambda s: w.names.item(s.subject), share=20),
            RecordColumn("rule", _("Rule"), lambda s: s.rule, share=8, whole=True),
            RecordColumn(
                *("name", _("Name"), lambda s: f"{s.name} {w.names.role(s.role)}".strip()),
                share=16,
            ),
            RecordColumn("how", _("Way"), how_words, share=16),
            replace(signed, words=lambda s: _signed_when(w, s)),
        ),
        w.zone,
    )
    return section(_("Signatures"), listing, w.case.sign_offs)


@makes_document(CaseReport)
def dispatch_record_document(report: CaseReport) -> Document:
    """The dispatch record of one case, in the language in use."""
    w = CaseWords(report)
    number, entries = report.case.number, report.entries
    return composed(
        report.site,
        form_name(w.procedure, "dispatch_record", _("Dispatch Record")),
        (
            _facts(w),
            *_callers(w),
            *_levels(w),
            *section(_("What was owed"), w.duties_table(), report.duties),
            *_story(w),
            *_paper(w),
            *_sign_offs(w),
        ),
        under=number,
        head=number,
        foot=w.foot(),
        signatures=(
            SignatureField(_("Recorded by"), person_of(entries[0].actor) if entries else ""),
            SignatureField(_("Responsible"), w.responsible()),
            SignatureField(_("Head")),
        ),
        at=report.at,
    )


@makes_object(CaseReport)
def _object(report: CaseReport) -> Objects:
    names = Glossary(categories=report.categories, kinds=report.kinds)
    return case_object(report.case, report.duties, report.rules, report.at, report.entries, names)
