"""What to say on the telephone: the case in one line, the procedure's prompts, what comes next."""

from __future__ import annotations

from datetime import datetime

from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.duties.fitting import fits_now
from dispatcher_tui.domain.duties.notice_clocks import notice_clock
from dispatcher_tui.domain.procedure import Procedure, Prompt
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.people import Category
from dispatcher_tui.present.cells import fit, width
from dispatcher_tui.present.countdown import remaining
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.places import said_place
from dispatcher_tui.present.spans import Span, sides

WHAT_CELLS = 56
"""How much of the caller's words is said to somebody else, in terminal cells."""


_ENDS = "。．.；;，,"
"""What does not stand before the next part of a sentence."""


def what_it_is(case: Case, category: Category | None) -> str:
    """The matter in a few words: the caller's own, or the class where there are none."""
    words = " ".join(case.verbatim.split())
    if not words and category is not None:
        words = localized(category.name)
    return fit(words, WHAT_CELLS).rstrip() if words else _("no words taken down")


def case_head(
    form: str, procedure: Procedure, case: Case, duty: Duty | None, now: datetime, cells: int
) -> str:
    """The head line of a form: what it is and where; at its right the case and its next duty."""
    level = localized(procedure.level(case.level).label)
    left = "  ".join(filter(None, (f" {form}", level, case.place)))
    right = f"{case.number} "
    if duty is not None and duty.due is not None:
        right = f"{case.number}   {localized(duty.label)} {remaining(duty.due, now)} "
    return f"{fit(left, max(0, cells - width(right) - 1), ellipsis='..')} {right}"


def matter_row(case: Case, category: Category | None, cells: int) -> list[Span]:
    """What it is about, and who waits."""
    caller = case.caller
    who = f"{caller.name} {caller.phone}".strip() if caller else ""
    right = [Span(f"{_('{who} is waiting').format(who=who)} ", "fg1")] if who else []
    return sides([Span(f" {what_it_is(case, category)}", "fg0")], right, cells)


def case_title(procedure: Procedure, case: Case, category: Category | None) -> str:
    """Number, level, place and matter in one line."""
    level = localized(procedure.level(case.level).label)
    parts = (case.number, level, case.place, what_it_is(case, category))
    return "  ".join(part for part in parts if part)


def message_line(case: Case, category: Category | None) -> str:
    """What is passed on, composed: where, what, and who is waiting."""
    place = said_place(case.place) or _("place not known yet")
    what = what_it_is(case, category).rstrip(_ENDS)
    line = _("{place}: {what}").format(place=place, what=what)
    caller = case.caller
    who = f"{caller.name} {caller.phone}".strip() if caller else ""
    return _("{line}; {who} is waiting").format(line=line, who=who) if who else line


def _prompt(procedure: Procedure, case: Case, at: str) -> Prompt | None:
    asked = (p for p in procedure.prompts if p.at == at and fits_now(p.when, case))
    return next(asked, None)


def prompt_line(procedure: Procedure, case: Case, at: str) -> str:
    """The procedure's first courtesy prompt for this moment; may be empty."""
    found = _prompt(procedure, case, at)
    return localized(found.text) if found else ""


def prompt_help(procedure: Procedure, case: Case, at: str) -> list[str]:
    """The same with its rule, for F1."""
    found = _prompt(procedure, case, at)
    return [f"{localized(found.text)} [{found.rule}]"] if found else []


def script_lines(procedure: Procedure, case: Case, category: Category | None) -> list[str]:
    """What is read out to the one who is told: where, what and who waits; what he is to do.

    He goes there at once, unless the procedure asks something else of him for such a case.
    """
    go = _("Please go now and ring me when you are there. Say back the place and the matter.")
    return [message_line(case, category), prompt_line(procedure, case, "say") or go]


def not_found_line(procedure: Procedure, case: Case) -> str:
    """What the procedure says where somebody is not found (P0-03); empty where it is silent."""
    clock = notice_clock(procedure, case, "not_found")
    if clock is None:
        return ""
    return _("Not found: {label} {quote}").format(label=localized(clock.label), quote=clock.quote)


def notify_rule(procedure: Procedure, case: Case) -> str:
    """The rule that asks for somebody to be told; empty where the procedure has none."""
    clock = notice_clock(procedure, case)
    return clock.rule if clock else ""
