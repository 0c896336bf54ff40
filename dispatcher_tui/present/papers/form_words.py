"""What the fields of a printed form are called that have no words of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo
from typing import Protocol

from dispatcher_tui.domain.papers.slips import HERE, Where
from dispatcher_tui.domain.printed_form import Form, FormField, FormSigner
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Slip
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _, labelled, localized
from dispatcher_tui.present.papers.slip_lines import where_name

_NAMES: dict[str, Callable[[], str]] = {
    "case.number": lambda: _("Case number"),
    "case.opened": lambda: _("Opened"),
    "case.received": lambda: _("Received at"),
    "case.taken_by": lambda: _("Taken down by"),
    "case.place": lambda: _("Place"),
    "case.caller": lambda: _("Caller"),
    "case.phone": lambda: _("Phone"),
    "case.content": lambda: _("Content"),
    "case.category": lambda: _("Class"),
    "case.level": lambda: _("Level"),
    "case.channel": lambda: _("Source"),
    "case.facts": lambda: _("Facts"),
    "case.rings": lambda: _("Rang again"),
    "case.assignee": lambda: _("Assignee"),
    "case.assignee_role": lambda: _("Post"),
    "case.told": lambda: _("Told"),
    "case.follow_ups": lambda: _("Follow-ups"),
    "case.promise": lambda: _("Promised for"),
    "case.feedback": lambda: _("Confirmed by"),
    "case.feedback_by": lambda: _("Confirmed how"),
    "case.satisfaction": lambda: _("Satisfaction"),
    "case.compensation": lambda: _("Compensation (yuan)"),
    "case.valid": lambda: _("Does it stand"),
    "case.reason": lambda: _("Reason"),
    "case.method": lambda: _("Head's decision"),
    "case.written_off": lambda: _("Written off"),
    "case.lessons": lambda: _("Lessons"),
    "case.tied_to": lambda: _("Comes from"),
    "paper.number": lambda: _("Paper number"),
    "paper.received": lambda: _("Back at"),
    "paper.signed_by": lambda: _("Signed by"),
    "paper.filed": lambda: _("Filed"),
    "paper.charge": lambda: _("Charge (yuan)"),
    "": lambda: _("Result"),
}
"""By the path of what they ask for."""

SOURCES = frozenset(_NAMES)
"""Every path that has a name of its own."""


def field_label(field: FormField) -> str:
    """What stands beside a field."""
    if field.label is not None:
        return localized(field.label)
    return _NAMES[field.source if field.source in _NAMES else ""]()


def document_number(form: Form) -> str:
    """The document's own number and issue; empty where the procedure names none."""
    return "  ".join(filter(None, (form.number, form.version)))


def copies_line(form: Form) -> str:
    """Which copies there are, and to whom each goes; empty where there is one."""
    if len(form.copies) < 2:
        return ""
    named = (labelled(localized(each.label), localized(each.to)) for each in form.copies)
    return _("Copies. {list}").format(list=_("; ").join(named))


def places_line(left: Iterable[tuple[Form, tuple[FormSigner, ...]]], key: str) -> str:
    """Who has to sign the papers of a case still, paper by paper, and the key that leads there."""
    papers = (
        labelled(localized(form.label), _(", ").join(localized(each.label) for each in signers))
        for form, signers in left
    )
    named = _("; ").join(papers)
    return _("Not signed yet ({key}): {papers}").format(key=key, papers=named) if named else ""


class FormStanding(Protocol):
    """A form of a case as the list of its forms has it."""

    @property
    def form(self) -> Form: ...
    @property
    def ready(self) -> bool: ...
    @property
    def printed_at(self) -> datetime | None: ...
    @property
    def paper(self) -> Slip | None: ...
    @property
    def where(self) -> Where | None: ...
    @property
    def void(self) -> str: ...
    @property
    def lacks(self) -> tuple[FormSigner, ...]: ...


def signers_line(lacks: Iterable[FormSigner]) -> str:
    """Who has to sign a paper still; empty where everybody has."""
    names = _(", ").join(localized(each.label) for each in lacks)
    return _("not signed by: {names}").format(names=names) if names else ""


def paper_state(standing: FormStanding) -> str:
    """The number of a form that went out, and where it is; empty where none did."""
    if standing.paper is None or standing.where is None:
        return ""
    here = standing.where in HERE
    where = where_name(Where.VOID if standing.void and not here else standing.where)
    return f"{standing.paper.number} {where}"


def comes_after(form: Form, procedure: Procedure) -> str:
    """What has to be done with a case before the form is printed; empty where nothing has."""
    paper = procedure.closing_paper
    if form.id == paper.form or form.stage == "issued":
        return localized(paper.issue) if paper.issue else _("Hand out the paper")
    names: dict[str, Callable[[], str]] = {
        "notified": lambda: _("Notify"),
        "written_off": lambda: _("Write off"),
        "invalid": lambda: _("Found invalid"),
    }
    return names[form.stage]() if form.stage in names else ""


def form_row(standing: FormStanding, procedure: Procedure, zone: tzinfo) -> str:
    """A form in the list of those of a case: its number, whether it can be printed or after which
    step, when it was, or who has not signed what is back, and where its paper is."""
    form, ready, printed_at = standing.form, standing.ready, standing.printed_at
    here = standing.where in HERE
    if here and standing.lacks:
        state = signers_line(standing.lacks)
    elif printed_at is not None:
        state = _("printed {time}").format(time=f"{printed_at.astimezone(zone):%m-%d %H:%M}")
    else:
        state = "" if ready else _("after: {step}").format(step=comes_after(form, procedure))
    numbers = "  ".join(filter(None, (paper_state(standing), document_number(form))))
    parts = (fit(localized(form.label), 30), fit(state, 22), numbers)
    return " ".join(parts).rstrip()
