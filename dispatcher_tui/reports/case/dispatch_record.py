"""调度记录: everything the record knows of one case, to be read, signed and filed."""

from __future__ import annotations

from collections.abc import Iterator

from dispatcher_tui.domain.duties.duties import state
from dispatcher_tui.domain.papers.report import CaseReport
from dispatcher_tui.domain.record.mentions import no_longer_counting
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.domain.words.terms import Satisfaction
from dispatcher_tui.present.i18n import _, language, localized
from dispatcher_tui.present.line_texts import stage_name
from dispatcher_tui.present.signing import how_words, ink_words
from dispatcher_tui.present.terms import duty_state_name, level_name, satisfaction_name
from dispatcher_tui.present.watch.log_text import LogEntry, log_words
from dispatcher_tui.reports.case.case_words import CaseWords, form_name
from dispatcher_tui.reports.document import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Para,
    SignatureField,
    Table,
)


def _time(head: str) -> Column:
    return Column(head, 16, whole=True)


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


def _callers(w: CaseWords) -> Iterator[Block]:
    """Everybody who called, and what was said first."""
    columns = (Column(_("Name"), 20), Column(_("Phone"), 20, whole=True), _time(_("Called")))
    rows = tuple((c.name, c.phone, w.time(c.at)) for c in w.case.callers)
    yield Heading(_("Callers"))
    yield Table(columns, rows, _("none"))
    yield Heading(_("The caller's own words"))
    yield Para(w.case.verbatim or _("none"))


def _levels(w: CaseWords) -> Iterator[Block]:
    """The levels it held, where it held more than one."""
    if len(w.case.grades) < 2:
        return
    columns = (_time(_("Since")), Column(_("Level"), 20), Column(_("Rule"), 10, whole=True))
    rows = ((w.time(g.at), level_name(g.level, w.procedure), g.rule) for g in w.case.grades)
    yield Heading(_("Levels"))
    yield Table(columns, tuple(rows))


def _duties(w: CaseWords) -> Iterator[Block]:
    """Everything that was or is owed on it, with when it was done."""
    columns = (
        Column(_("Rule"), 8, whole=True),
        Column(_("Duty"), 24),
        _time(_("Due")),
        Column(_("State"), 10, whole=True),
        _time(_("Done at")),
    )
    rows = (
        (
            duty.rule,
            localized(duty.label),
            w.time(duty.due) or _("not started"),
            duty_state_name(state(duty, w.paper.at)),
            w.time(duty.done_at or duty.cancelled_at),
        )
        for duty in w.paper.duties
    )
    yield Heading(_("What was owed"))
    yield Table(columns, tuple(rows), _("none"))


def _story(w: CaseWords) -> Iterator[Block]:
    """Every entry with both its times."""
    columns = (
        _time(_("Happened")),
        _time(_("Written")),
        Column(_("What"), 50),
        Column(_("Who"), 12),
    )
    entries, names = w.paper.entries, w.names
    void = no_longer_counting(entries)
    rows = (
        (
            w.time(entry.occurred_at),
            w.time(entry.recorded_at),
            log_words(LogEntry(entry, "", names, entry.seq in void), w.zone),
            entry.actor,
        )
        for entry in entries
    )
    yield Heading(_("What happened"))
    yield Table(columns, tuple(rows))


def _paper(w: CaseWords) -> Iterator[Block]:
    """The closing paper, and where it is."""
    slip = w.case.slip
    name = localized(w.procedure.closing_paper.name)
    filed = _("binder {binder}, page {page}").format(binder=slip.binder, page=slip.page)
    charge = _("{yuan} yuan").format(yuan=format_fen(slip.charge_fen)) if slip.filed_at else ""
    signs = (slip.signed_by, w.time(slip.signed_at), ink_words(slip.ink))
    signed = "  ".join(filter(None, signs))
    pairs = (
        (_("Number"), slip.number or _("none")),
        (_("In hand"), w.time(slip.received_at)),
        (_("Signed by"), signed),
        (_("Filed"), f"{w.time(slip.filed_at)}  {filed}" if slip.filed_at else ""),
        (_("To charge"), charge),
    )
    yield Heading(_("Closing paper: {paper}").format(paper=name))
    yield Facts(pairs, across=2)


def _sign_offs(w: CaseWords) -> Iterator[Block]:
    """Signatures given and owed."""
    if not w.case.sign_offs:
        return
    columns = (
        Column(_("What for"), 20),
        Column(_("Rule"), 8, whole=True),
        Column(_("Name"), 16),
        Column(_("How"), 16),
        _time(_("Signed")),
    )
    rows = []
    for each in w.case.sign_offs:
        who = f"{each.name} {w.names.role(each.role)}".strip()
        when = w.time(each.signed_at) or (_("owed") if each.owed else "")
        rows.append((w.names.item(each.subject), each.rule, who, how_words(each), when))
    yield Heading(_("Signatures"))
    yield Table(columns, tuple(rows))


def dispatch_record_document(paper: CaseReport) -> Document:
    """The dispatch record of one case, in the language in use."""
    w = CaseWords(paper)
    case = w.case
    title = form_name(w.procedure, "dispatch_record", _("Dispatch Record"))
    writer = paper.entries[0].actor if paper.entries else ""
    return Document(
        title=title,
        subtitle=f"{paper.site}  {case.number}",
        head=f"{paper.site}  {title}  {case.number}",
        foot=w.foot(),
        blocks=(
            _facts(w),
            *_callers(w),
            *_levels(w),
            *_duties(w),
            *_story(w),
            *_paper(w),
            *_sign_offs(w),
        ),
        signatures=(
            SignatureField(_("Recorded by"), writer),
            SignatureField(_("Responsible"), case.assignee.name if case.assignee else ""),
            SignatureField(_("Head")),
        ),
        hand=_("Signature"),
        day=_("Date"),
        language=language(),
        at=paper.at,
    )
