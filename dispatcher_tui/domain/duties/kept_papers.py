"""The papers of a case that was handed over: what is out stays what it is, by whoever issued it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from dispatcher_tui.domain.duties.closing_paper import closed_with, paper_for
from dispatcher_tui.domain.printed_form import Form
from dispatcher_tui.domain.procedure import FinalPaper, Procedure
from dispatcher_tui.domain.record.case import Case


def issued_under(case: Case) -> str:
    """The hash of the text that the case went by when its closing paper got its number; of that
    now where it has none."""
    since = case.slip.issued_at or case.slip.received_at
    moved = (move.before for move in case.moves if since is not None and since <= move.at)
    return next(moved, case.procedure)


def _known(
    procedure: Procedure, former: Procedure, forms: tuple[Form, ...], paper: FinalPaper
) -> Procedure:
    """The procedure with the names that papers of a former one are told and signed by."""
    signers = {each.role for form in forms for each in form.signers} | {paper.signer}
    roles = {role: label for role, label in former.roles.items() if role in signers}
    asking = {paper.rule, *(form.rule for form in forms)} - {rule.id for rule in procedure.rules}
    rules = tuple(rule for rule in former.rules if rule.id in asking)
    return replace(procedure, roles={**roles, **procedure.roles}, rules=(*procedure.rules, *rules))


def _out(case: Case, former: Mapping[str, Procedure]) -> Iterator[tuple[Procedure, Form]]:
    """The numbered forms that a former procedure issued and that are not void, each with it."""
    ids = {paper.form for paper in case.forms if paper.void_at is None}
    for procedure in former.values():
        yield from ((procedure, form) for form in procedure.forms if form.id in ids)


def with_kept_papers(
    procedure: Procedure, case: Case, former: Mapping[str, Procedure]
) -> Procedure:
    """The procedure as it judges a case: with the paper that closes this one, and whatever another
    procedure issued before it was handed over.

    Args:
        procedure: the one that has the case now, as adopted.
        case: as folded.
        former: by their hashes the texts that it was handed over from.
    """
    own = {form.id for form in procedure.forms}
    found = procedure
    for by, form in _out(case, former):
        if form.id not in own:
            known = _known(found, by, (form,), by.closing_paper)
            found = replace(known, forms=(*known.forms, form))
            own.add(form.id)
    by = former.get(issued_under(case), procedure)
    paper = paper_for(by, case)
    if by.id == procedure.id:
        return closed_with(found, paper_for(procedure, case))
    return _closed_by(found, by, paper)


def _closed_by(procedure: Procedure, former: Procedure, paper: FinalPaper) -> Procedure:
    """Closed by the paper that a former procedure issued: its form, its signer, its range."""
    form = former.form(paper.form)
    forms = (form,) if form is not None else ()
    known = closed_with(_known(procedure, former, forms, paper), replace(paper, sent=""))
    others = tuple(each for each in known.forms if each.id != paper.form)
    return replace(known, forms=(*others, *forms))
