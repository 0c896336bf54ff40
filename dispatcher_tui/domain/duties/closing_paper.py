"""Which paper closes a case: the procedure's, or the one that stands instead of it (a fire's)."""

from __future__ import annotations

from msgspec.structs import replace

from dispatcher_tui.domain.duties.fitting import fits
from dispatcher_tui.domain.procedure import ClosingPaper, FinalPaper, PaperInstead, Procedure
from dispatcher_tui.domain.record.case import Case


def _level(case: Case) -> str:
    """The level the paper goes by: the present one, or the one of when a number was given to it.

    A paper that is out or in hand stays what it is, however the case is graded afterwards.
    """
    since = case.slip.issued_at or case.slip.received_at
    held = [grade.level for grade in case.grades if since is None or grade.at <= since]
    return held[-1] if held else case.level


def _stands(paper: PaperInstead, case: Case) -> bool:
    levels = paper.when.levels
    return fits(paper.when, case) and (not levels or _level(case) in levels)


def paper_for(procedure: Procedure, case: Case) -> FinalPaper:
    """The paper that closes a case: of those that stand instead the first that fits it, else the
    procedure's own."""
    paper = procedure.closing_paper
    return next((each for each in paper.instead if _stands(each, case)), paper)


def closed_with(procedure: Procedure, paper: FinalPaper) -> Procedure:
    """The procedure as it judges cases that this one of its papers closes: no other is named in
    it, and the forms that are another closing paper are no forms of theirs."""
    known = procedure.closing_paper
    others = {each.form for each in (known, *known.instead)} - {paper.form}
    own = {name: getattr(paper, name) for name in FinalPaper.__struct_fields__}
    return replace(
        procedure,
        closing_paper=ClosingPaper(**own),
        forms=tuple(form for form in procedure.forms if form.id not in others),
    )
