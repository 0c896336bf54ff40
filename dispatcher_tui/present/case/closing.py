"""What a closing still lacks, in the procedure's own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from dispatcher_tui.domain.duties.closing import NO, YES, MissingItem, write_off_items
from dispatcher_tui.domain.procedure import Item, Procedure
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.domain.record.events import WrittenOff
from dispatcher_tui.domain.step_field import StepField
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.domain.words.terms import Satisfaction
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.spans import Span, sides
from dispatcher_tui.present.terms import satisfaction_name

_ITEM_CELLS = 18
"""Cells of an item's name."""

FEEDBACK_HOW, FEEDBACK_WHO = "feedback:how", "feedback:who"
"""The halves of a checklist's feedback, where one of them is there already."""


def role_name(procedure: Procedure, role: str) -> str:
    """A role's name as the procedure calls it; the role itself where it has none."""
    label = procedure.roles.get(role)
    return localized(label) if label else role


def _fields(procedure: Procedure, step: str) -> tuple[StepField, ...]:
    found = procedure.step(step)
    return found.fields if found is not None else ()


def _missing_name(procedure: Procedure, item_id: str) -> str:
    paper = localized(procedure.closing_paper.name)
    names = {
        "written_off": _("write-off"),
        "paper_received": _("{paper} in hand").format(paper=paper),
        "paper_signed": _("{paper} signed").format(paper=paper),
        FEEDBACK_HOW: _("how it was confirmed"),
        FEEDBACK_WHO: _("who confirmed it"),
        "approver": _("the approver's signature"),
        "paper_filed": _("{paper} filed").format(paper=paper),
        "decide": _("the head's signature under the decision"),
    }
    item = next((item for item in procedure.write_off if item.id == item_id), None)
    deed = next((clock for clock in procedure.clocks if clock.do == item_id), None)
    step, _dot, field = item_id.partition(".")
    asked = next((each for each in _fields(procedure, step) if each.id == field), None)
    named = item or procedure.step(item_id) or deed or asked
    return localized(named.label) if named else names.get(item_id, item_id)


def missing_line(procedure: Procedure, missing: Iterable[MissingItem]) -> str:
    """Everything that is missing, in words."""
    return _(", ").join(_missing_name(procedure, m.item) for m in missing)


def filed_line(procedure: Procedure, case: Case) -> str:
    """Where the closing paper of a final case is."""
    slip = case.slip
    return _("{paper} {number}: signed by {name}, binder {binder}, page {page}").format(
        paper=localized(procedure.closing_paper.name),
        number=slip.number,
        name=slip.signed_by,
        binder=slip.binder,
        page=slip.page,
    )


def written_off_words(case: Case, now: datetime, zone: tzinfo) -> str:
    """Since when a case is written off; empty while it is not."""
    if case.written_off_at is None:
        return ""
    return _("written off {time}").format(time=short_time(case.written_off_at, now, zone))


def _value(item: Item, value: str) -> str:
    """What was confirmed, in words."""
    if item.kind == "satisfaction":
        return satisfaction_name(Satisfaction(value))
    if item.kind == "money":
        return _("{yuan} yuan").format(yuan=format_fen(int(value)))
    words = {YES: _("yes"), NO: _("no")} if item.kind == "question" else {"done": _("done")}
    return words.get(value, value)


def written_off_rows(
    procedure: Procedure, case: Case, entries: Sequence[Entry], cells: int
) -> list[list[Span]]:
    """The items of the write-off as they were confirmed, each with the rule that asks for it."""
    found = [e.event for e in entries if isinstance(e.event, WrittenOff)]
    if not found:
        return []
    rows = []
    for item in write_off_items(procedure, case):
        value = found[-1].items.get(item.id, "")
        if not value:
            continue
        label = f"{fit(localized(item.label), _ITEM_CELLS)} "
        left = [Span(" [x] ", "okt", True), Span(label, "fg2"), Span(_value(item, value), "fg1")]
        rows.append(sides(left, [Span(f"{item.rule} ", "fg2")], cells))
    return rows
