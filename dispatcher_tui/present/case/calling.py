"""What to say on the telephone: the case in one line, the procedure's prompts, what comes next."""

from __future__ import annotations

from dispatcher_tui.domain.duties.duties import fits_now, notice_clock
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.people import Category
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.places import said_place

WHAT_CELLS = 56
"""How much of the caller's words is said to somebody else, in terminal cells."""


def what_it_is(case: Case, category: Category | None) -> str:
    """The matter in a few words: the caller's own, or the class where there are none."""
    words = " ".join(case.verbatim.split())
    if not words and category is not None:
        words = localized(category.name)
    return fit(words, WHAT_CELLS).rstrip() if words else _("no words taken down")


def case_title(procedure: Procedure, case: Case, category: Category | None) -> str:
    """Number, level, place and matter in one line."""
    level = localized(procedure.level(case.level).label)
    parts = (case.number, level, case.place, what_it_is(case, category))
    return "  ".join(part for part in parts if part)


def message_line(case: Case, category: Category | None) -> str:
    """What is passed on, composed: where, what, and who is waiting."""
    place = said_place(case.place) or _("place not known yet")
    line = _("{place}: {what}").format(place=place, what=what_it_is(case, category))
    caller = case.caller
    who = f"{caller.name} {caller.phone}".strip() if caller else ""
    return _("{line}; {who} is waiting").format(line=line, who=who) if who else line


def prompt_line(procedure: Procedure, case: Case, at: str) -> str:
    """The procedure's first courtesy prompt for this moment, with its rule; may be empty."""
    for prompt in procedure.prompts:
        if prompt.at == at and fits_now(prompt.when, case):
            return f"{localized(prompt.text)} [{prompt.rule}]"
    return ""


def not_found_line(procedure: Procedure, case: Case) -> str:
    """What the procedure says where somebody is not found (P0-03); empty where it is silent."""
    clock = notice_clock(procedure, case, "not_found")
    if clock is None:
        return ""
    return _("Not found: {label} [{rule}] {quote}").format(
        label=localized(clock.label), rule=clock.rule, quote=clock.quote
    )


def notify_rule(procedure: Procedure, case: Case) -> str:
    """The rule that asks for somebody to be told; empty where the procedure has none."""
    clock = notice_clock(procedure, case)
    return clock.rule if clock else ""
