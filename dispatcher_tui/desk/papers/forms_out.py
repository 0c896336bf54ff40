"""The numbered forms that are out: of which range, with whom, since when, by when they are due."""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.papers.number_ranges import paper_names
from dispatcher_tui.desk.papers.pads import read_voids
from dispatcher_tui.domain.papers.slips import SlipRecord
from dispatcher_tui.domain.printed_form import Form
from dispatcher_tui.domain.record.case import FormPaper
from dispatcher_tui.domain.record.form_commands import AskForm
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.site.problems import SiteError


class FormOut(msgspec.Struct, frozen=True):
    """A paper of a form that is out: ``due`` by its procedure's setting, when it was last asked
    for, None where it never was; ``void``: it will not come in."""

    paper: SlipRecord
    due: datetime | None = None
    asked_at: datetime | None = None
    void: bool = False


class FormRange(msgspec.Struct, frozen=True):
    """A range of a form's own numbers, and which of its papers are out, the longest out first.

    ``name``: None for papers of a form that no procedure has any more.
    """

    prefix: str
    name: Label | None
    out: tuple[FormOut, ...]


def numbered_forms(desk: Desk) -> dict[str, Form]:
    """By what its numbers begin with, every form that has a range of its own."""
    try:
        known = [*desk.in_force.procedures, *desk.site.procedures.values()]
    except SiteError:  # another procedure's file is broken today: its ranges go without a name
        known = [*desk.in_force.procedures]
    forms = (form for procedure in reversed(known) for form in procedure.forms)
    return {form.prefix: form for form in forms if form.prefix}


def range_names(desk: Desk) -> dict[str, Label]:
    """What has a range of its own is called, by what its numbers begin with: closing papers where
    several procedures are in force, then forms."""
    forms = {prefix: form.label for prefix, form in numbered_forms(desk).items()}
    return paper_names(desk) | forms


def _standing(desk: Desk, paper: SlipRecord, void: bool) -> FormOut:
    """A paper that is out, with what its case says of it."""
    record = desk.store.case(paper.case_id)
    if record is None:
        return FormOut(paper, void=void)
    clocks = [c for c in desk.rules_of(record.case).procedure.clocks if "forms_out" in c.starts]
    keys = {clock.key for clock in clocks}
    due = next((d.due for d in record.duties if d.clock in keys and d.pending), None)
    found: FormPaper | None = next(
        (each for each in reversed(record.case.forms) if each.slip.number == paper.number), None
    )
    return FormOut(paper, due, found.asked_at if found else None, void)


def out_by_range(desk: Desk) -> tuple[FormRange, ...]:
    """Every range of which a paper is out, in the order of their prefixes."""
    known, found = numbered_forms(desk), dict[str, list[FormOut]]()
    voids = read_voids(desk.store)
    for paper in desk.store.forms_out():
        fits = (prefix for prefix in known if paper.number.startswith(prefix))
        prefix = next(fits, "")
        one = _standing(desk, paper, bool(prefix) and paper.number in voids)
        found.setdefault(prefix, []).append(one)
    return tuple(
        FormRange(prefix, known[prefix].label if prefix in known else None, tuple(papers))
        for prefix, papers in sorted(found.items())
    )


def ask_form(desk: Desk, out: FormOut) -> Done:
    """Write down that whoever has a form was asked for it; the clock of its return begins anew.

    Raises:
        Refusal: it is not out any more.
    """
    name = out.paper.issued_to or out.paper.assignee
    return desk.perform(out.paper.case_id, AskForm(number=out.paper.number, name=name))
