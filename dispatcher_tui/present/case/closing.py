"""What a closing still lacks, in the procedure's own words."""

from __future__ import annotations

from collections.abc import Iterable

from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.present.i18n import _, localized

FEEDBACK_HOW, FEEDBACK_WHO = "feedback:how", "feedback:who"
"""The halves of a checklist's feedback, where one of them is there already."""


def role_name(procedure: Procedure, role: str) -> str:
    """A role's name as the procedure calls it; the role itself where it has none."""
    label = procedure.roles.get(role)
    return localized(label) if label else role


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
    named = item or procedure.step(item_id) or deed
    return localized(named.label) if named else names.get(item_id, item_id)


def missing_line(procedure: Procedure, missing: Iterable[MissingItem]) -> str:
    """Everything that is missing, each with the rule that asks for it."""
    return _(", ").join(f"{_missing_name(procedure, m.item)} [{m.rule}]" for m in missing)
