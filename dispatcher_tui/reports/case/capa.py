"""纠正与预防措施报告: source, cause, measures, check of the effect, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.procedure import Procedure, Step
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.i18n import _, language, localized
from dispatcher_tui.present.line_texts import stage_name
from dispatcher_tui.present.signing import proof_words
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


class CapaSource:
    """What one report is written from."""

    def __init__(
        self,
        case: Case,
        entries: Sequence[Entry],
        duties: Sequence[Duty],
        procedure: Procedure,
        zone: tzinfo,
    ) -> None:
        self.case = case
        self.entries = entries
        self.duties = duties
        self.procedure = procedure
        self.zone = zone

    def time(self, at: datetime | None) -> str:
        """A moment with its day, empty where there is none."""
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M}" if at else ""

    def recorded(self, step: Step) -> list[tuple[Entry, ev.StepRecorded]]:
        """Every time a step was recorded and stands."""
        void = {
            seq for e in self.entries if isinstance(e.event, ev.TakenBack) for seq in e.event.of
        }
        return [
            (entry, entry.event)
            for entry in self.entries
            if isinstance(entry.event, ev.StepRecorded)
            and entry.event.step == step.id
            and entry.seq not in void
        ]


def _top(paper: CapaSource, site: str, as_of: datetime) -> Facts:
    case = paper.case
    who = case.assignee.name if case.assignee else ""
    pairs = (
        (_("Estate"), site),
        (_("Number"), case.number),
        (_("Comes from"), case.tied_to),
        (_("Opened"), paper.time(case.opened_at)),
        (_("Who is responsible"), who),
        (_("Stage"), stage_name(case.stage)),
        (_("As of"), paper.time(as_of)),
        (_("Report number"), case.slip.number),
    )
    return Facts(pairs, across=2)


def _acts(paper: CapaSource) -> list[Block]:
    """Each act of the procedure with the words it was recorded with, in the procedure's order.

    One that is asked for and not recorded yet stands there with a dash.
    """
    blocks: list[Block] = []
    asked = {duty.do for duty in paper.duties}
    for step in paper.procedure.steps:
        found = paper.recorded(step)
        if not found and f"step:{step.id}" not in asked:
            continue
        said = (
            Para(" ".join(p for p in (paper.time(e.occurred_at), a.person, a.note) if p))
            for e, a in found
        )
        blocks += [Heading(localized(step.label), 2), *(said if found else (Para("-"),))]
    return blocks


def _deadlines(paper: CapaSource) -> Table:
    """When each duty was due and when it was done."""
    columns = (
        Column(_("Duty"), 40),
        Column(_("Rule"), 10, whole=True),
        Column(_("Due"), 18, whole=True),
        Column(_("Done"), 18, whole=True),
    )
    started = [duty for duty in paper.duties if duty.start]
    rows = tuple(
        (localized(d.label), d.rule, paper.time(d.due), paper.time(d.done_at) or "-")
        for d in started
    )
    return Table(columns, rows, empty=_("none"))


def capa_document(paper: CapaSource, site: str, as_of: datetime) -> Document:
    """The report of a corrective action, in the language in use; signed on paper or on the desk.

    Args:
        paper: the case with its entries, duties and procedure.
        site: the site's name.
        as_of: the moment it is drawn at (UTC).
    """
    case, closing = paper.case, paper.procedure.closing_paper
    title = localized(paper.procedure.title)
    signed = ""
    if case.slip.signed_at:
        signed = proof_words(case.slip.ink, paper.time(case.slip.signed_at))
    signer = role_name(paper.procedure, closing.signer) if closing.signer else _("Signature")
    responsible = case.assignee.name if case.assignee else ""
    return Document(
        title=title,
        subtitle=f"{site}  {case.number}",
        head=f"{site}  {title}",
        foot=_("As of {time}").format(time=paper.time(as_of)),
        blocks=(
            _top(paper, site, as_of),
            Heading(_("What is to be corrected")),
            Para(case.verbatim),
            Heading(_("Cause, measures, check of the effect")),
            *_acts(paper),
            Heading(_("Duties")),
            _deadlines(paper),
        ),
        signatures=(
            SignatureField(_("Who is responsible"), responsible),
            SignatureField(signer, case.slip.signed_by, signed),
            SignatureField(_("Filed by the quality department")),
        ),
        hand=_("Signature"),
        day=_("Date"),
        language=language(),
    )
