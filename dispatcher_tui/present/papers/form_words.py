"""What the fields of a printed form are called that have no words of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from dispatcher_tui.domain.printed_form import Form, FormField
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _, localized

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
    named = (f"{localized(each.label)} -> {localized(each.to)}" for each in form.copies)
    return _("Copies: {list}").format(list=_("; ").join(named))


def form_row(form: Form, ready: bool, printed_at: datetime | None, zone: tzinfo) -> str:
    """A form in the list of those of a case: its number, whether it can be printed, when it was."""
    if printed_at is not None:
        state = _("printed {time}").format(time=f"{printed_at.astimezone(zone):%m-%d %H:%M}")
    else:
        state = "" if ready else _("later")
    parts = (fit(localized(form.label), 46), fit(state, 18), document_number(form))
    return " ".join(parts).rstrip()
