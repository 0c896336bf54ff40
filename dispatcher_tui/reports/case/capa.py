"""纠正与预防措施报告: source, cause, measures, check of the effect, signatures."""

from __future__ import annotations

from dispatcher_tui.domain.papers.report import CorrectiveReport
from dispatcher_tui.domain.procedure import Step
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.mentions import no_longer_counting
from dispatcher_tui.present.case.act_words import act_fields
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import stage_name
from dispatcher_tui.present.signing import proof_words
from dispatcher_tui.reports.case.case_words import CaseWords
from dispatcher_tui.reports.compose import composed, table_of
from dispatcher_tui.reports.document import Block, Document, Facts, Heading, Para, SignatureField
from dispatcher_tui.reports.registry import makes_document


def _recorded(w: CaseWords, step: Step) -> list[tuple[Entry, ev.StepRecorded]]:
    """Every time a step was recorded and stands."""
    void = no_longer_counting(w.report.entries)
    return [
        (entry, entry.event)
        for entry in w.report.entries
        if isinstance(entry.event, ev.StepRecorded)
        and entry.event.step == step.id
        and entry.seq not in void
    ]


def _top(w: CaseWords) -> Facts:
    case = w.case
    pairs = (
        (_("Estate"), w.report.site),
        (_("Number"), case.number),
        (_("Comes from"), case.tied_to),
        (_("Opened"), w.time(case.opened_at)),
        (_("Who is responsible"), w.responsible()),
        (_("Stage"), stage_name(case.stage)),
        (_("As of"), w.time(w.report.at)),
        (_("Report number"), case.slip.number),
    )
    return Facts(pairs, across=2)


def _acts(w: CaseWords) -> list[Block]:
    """Each act of the procedure with the words it was recorded with, in the procedure's order.

    One that is asked for and not recorded yet stands there with a dash.
    """
    blocks: list[Block] = []
    asked = {duty.do for duty in w.report.duties}

    def fields(entry: Entry, act: ev.StepRecorded) -> list[str]:
        step = w.procedure.step(act.step)
        return act_fields(step.fields if step else (), act.values, entry.occurred_at, w.zone)

    for step in w.procedure.steps:
        found = _recorded(w, step)
        if not found and f"step:{step.id}" not in asked:
            continue
        said = (
            Para(" ".join(filter(None, (w.time(e.occurred_at), a.person, *fields(e, a), a.note))))
            for e, a in found
        )
        blocks += [Heading(localized(step.label), 2), *(said if found else (Para("-"),))]
    return blocks


@makes_document(CorrectiveReport)
def capa_document(report: CorrectiveReport) -> Document:
    """The report of a corrective action, in the language in use; signed on paper or on the desk."""
    w = CaseWords(report.of)
    case, closing = w.case, w.procedure.closing_paper
    signed = ""
    if case.slip.signed_at:
        signed = proof_words(case.slip.ink, w.time(case.slip.signed_at))
    signer = role_name(w.procedure, closing.signer) if closing.signer else _("Signature")
    started = [duty for duty in w.report.duties if duty.start]
    return composed(
        w.report.site,
        localized(w.procedure.title),
        (
            _top(w),
            Heading(_("What is to be corrected")),
            Para(case.verbatim),
            Heading(_("Cause, measures, check of the effect")),
            *_acts(w),
            Heading(_("Duties")),
            table_of(w.duties_table(), started),
        ),
        under=case.number,
        foot=w.foot(),
        signatures=(
            SignatureField(_("Who is responsible"), w.responsible()),
            SignatureField(signer, case.slip.signed_by, signed),
            SignatureField(_("Filed by the quality department")),
        ),
        at=w.report.at,
    )
