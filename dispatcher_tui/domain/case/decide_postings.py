"""Deciding on the notices of a case: for which doors, hung, taken down; homes warned one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from dispatcher_tui.domain.case.naming import refuse_figure
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import Rules
from dispatcher_tui.domain.printed_form import Form
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import posting_commands as posting
from dispatcher_tui.domain.record import posting_events as pe
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.context import CommandContext
from dispatcher_tui.domain.record.posting import Posting
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.domain.words.text import clean_text

MOST_DOORS = 400
"""So many doors one notice is for."""


def notice_form(rules: Rules, form_id: str) -> Form:
    """The form of that id, which is hung.

    Raises:
        Refusal: the procedure has no such notice.
    """
    form = rules.procedure.form(form_id)
    if form is None or not form.up:
        known = ", ".join(each.id for each in rules.procedure.forms if each.up)
        raise Refusal("no_such_notice", name=form_id, known=known or "-")
    return form


def postings_of(case: Case, form: str) -> tuple[Posting, ...]:
    """Where a notice hangs, hung, or is meant for, in the order of the doors."""
    return tuple(each for each in case.postings if each.form == form and each.round == case.round)


def _facts_known(case: Case, form: Form, rules: Rules) -> None:
    """Refuse a notice whose facts nobody has written down yet."""
    if form.needs and form.needs not in case.steps:
        step = rules.procedure.step(form.needs)
        label = step.label if step is not None else Label(form.needs, form.needs)
        zh, en = label.zh, label.en or label.zh
        raise Refusal("notice_facts_missing", form.rule, step_zh=zh, step_en=en)


def _set(
    case: Case, c: posting.SetPostings, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    form = notice_form(rules, c.form)
    doors = tuple(dict.fromkeys(c.doors))
    if not doors:
        raise Refusal("notice_no_door", form.rule)
    if len(doors) > MOST_DOORS:
        raise Refusal("notice_many_doors", form.rule, n=str(MOST_DOORS))
    _facts_known(case, form, rules)
    hanging = [each.door for each in postings_of(case, c.form) if each.hangs]
    if left := [door for door in hanging if door not in doors]:
        raise Refusal("notice_hangs_there", form.rule, door=", ".join(left))
    found: list[ev.Event] = []
    if doors != tuple(each.door for each in postings_of(case, c.form) if not each.down_at):
        found.append(pe.PostingsSet(case=case.id, form=form.id, label=form.label, doors=doors))
    known = {each.home for each in case.homes if each.round == case.round}
    if homes := tuple(home for home in c.homes if home not in known):
        found.append(pe.HomesNamed(case=case.id, homes=homes))
    return tuple(found)


def _named(doors: Iterable[str]) -> str:
    return ", ".join(doors)


def _by(typed: str) -> str:
    name = clean_text(typed, multiline=False).text.strip()
    if name:
        refuse_figure(name)
    return name


def _step(case: Case, step: str, doors: Iterable[str]) -> tuple[ev.Event, ...]:
    """The act of the procedure that all of it amounts to."""
    return (ev.StepRecorded(case=case.id, step=step, note=_named(doors)),) if step else ()


def _hang(
    case: Case, c: posting.HangPostings, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """Hung at some of its doors; once it is at every one, the act of the procedure is done."""
    form = notice_form(rules, c.form)
    mine = [each for each in postings_of(case, c.form) if not each.down_at]
    if not mine:
        raise Refusal("notice_no_door", form.rule)
    to_hang = [each.door for each in mine if not each.hangs]
    doors = tuple(dict.fromkeys(c.doors)) or tuple(to_hang)
    for door in doors:
        if door not in {each.door for each in mine}:
            raise Refusal("notice_not_for", form.rule, door=door)
        if door not in to_hang:
            raise Refusal("notice_hangs_already", form.rule, door=door)
    if not doors:
        raise Refusal("notice_hangs_already", form.rule, door=_named(x.door for x in mine))
    by = _by(c.by)
    hung = tuple(
        pe.PostingHung(case=case.id, form=form.id, label=form.label, door=door, by=by)
        for door in doors
    )
    everywhere = set(to_hang) == set(doors)
    return (*hung, *(_step(case, form.up, (x.door for x in mine)) if everywhere else ()))


def _take_down(
    case: Case, c: posting.TakeDownPostings, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    form = notice_form(rules, c.form)
    mine = [each for each in postings_of(case, c.form) if not each.down_at]
    hanging = {each.door: each for each in mine if each.hangs}
    doors = tuple(dict.fromkeys(c.doors)) or tuple(hanging)
    if not doors:
        raise Refusal("notice_not_hung", form.rule, door=_named(x.door for x in mine) or "-")
    for door in doors:
        if door not in hanging:
            raise Refusal("notice_not_hung", form.rule, door=door)
        hung_at = hanging[door].hung_at
        if hung_at is not None and m.at < hung_at:
            at = f"{hung_at.astimezone(rules.calendar.tz):%m-%d %H:%M}"
            raise Refusal("notice_down_before", form.rule, door=door, at=at)
    by = _by(c.by)
    down = tuple(
        pe.PostingTakenDown(case=case.id, form=form.id, label=form.label, door=door, by=by)
        for door in doors
    )
    left = set(hanging) - set(doors) or any(not each.hangs for each in mine)
    return (*down, *(() if left else _step(case, form.down, doors)))


def _ring_home(
    case: Case, c: posting.RingHome, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    known = {each.home for each in case.homes if each.round == case.round}
    if c.home not in known:
        raise Refusal("home_not_named", home=c.home, known=_named(sorted(known)) or "-")
    note = clean_text(c.note).text.strip()
    rung = pe.HomeRung(
        case=case.id, home=c.home, phone=c.phone.strip(), outcome=c.outcome, note=note
    )
    return (rung,)


POSTINGS: dict[
    type[cmd.Command], Callable[[Case, Any, Rules, CommandContext], tuple[ev.Event, ...]]
] = {
    posting.SetPostings: _set,
    posting.HangPostings: _hang,
    posting.TakeDownPostings: _take_down,
    posting.RingHome: _ring_home,
}
"""Which function decides which command."""
