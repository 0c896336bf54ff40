"""Which forms of its procedure a case can be printed on now."""

from __future__ import annotations

from dispatcher_tui.domain.printed_form import Form
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.terms import Stage


def asked_of(case: Case, procedure: Procedure) -> tuple[Form, ...]:
    """The forms that a case of its level can have, in the procedure's order."""
    return tuple(
        form
        for form in procedure.forms
        if form.printed
        and form.scope == "case"
        and (not form.levels or any(grade.level in form.levels for grade in case.grades))
    )


def offered(form: Form, case: Case, procedure: Procedure) -> bool:
    """Whether the case has come as far as the form is for; the closing paper has its number."""
    if form.id == procedure.closing_paper.form and not case.slip.number:
        return False
    return {
        "opened": True,
        "notified": case.notified_at is not None,
        "issued": bool(case.slip.number),
        "written_off": case.stage in (Stage.WRITTEN_OFF, Stage.FINAL),
        "invalid": case.stage is Stage.INVALID,
    }[form.stage]
