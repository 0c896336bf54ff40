"""The hand-over sheet as lines for the screen, and its check questions in words.

Times are those of the moment the sheet was frozen at: nothing on it counts on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.record.sheet import (
    CheckAnswer,
    Sheet,
    SheetAct,
    SheetCall,
    SheetCase,
    SheetDuty,
    SheetPaper,
    SheetSignature,
)
from dispatcher_tui.domain.watch.check_questions import CheckQuestion, QuestionKind, overdue
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.cells import fit, width, wrap
from dispatcher_tui.present.emergency.panel_lines import planned_text
from dispatcher_tui.present.i18n import _, localized, ngettext
from dispatcher_tui.present.line_texts import as_reckoned, short_time
from dispatcher_tui.present.names import PLAIN, Glossary, Telling
from dispatcher_tui.present.terms import call_result
from dispatcher_tui.present.watch.act_lines import act_by, act_text, acts_title
from dispatcher_tui.present.watch.handout_lines import sheet_handout_lines, sheet_handouts_title
from dispatcher_tui.present.watch.people_lines import sheet_people_title, sheet_person
from dispatcher_tui.present.watch.round_lines import sheet_round_lines, sheet_rounds_title
from dispatcher_tui.present.watch.watch_lines import subject_name

WIDE = 110
"""From so many cells on, the caller's words stand beside a case."""

_TIME, _LEVEL, _NUMBER, _PLACE, _NAME, _STEP = 11, 9, 10, 12, 12, 24


class SheetSection(msgspec.Struct, frozen=True):
    """One part of the sheet: what it is and how much of it there is, then a line for each."""

    title: str
    lines: tuple[str, ...] = ()


def _row(cells: int, *columns: tuple[str, int], rest: str = "", mark: str = " ") -> str:
    """A line of columns, the last as wide as there is room, without spaces at its end."""
    lead = " ".join([mark, *(fit(text, size) for text, size in columns)])
    return fit(f"{lead} {rest}", cells).rstrip()


def _step(label: Label | None) -> str:
    """What is due in words; nothing where the record has none for it."""
    return localized(label) if label else ""


def _case(case: SheetCase, w: Telling, cells: int) -> str:
    late = case.due is not None and case.due < w.at
    step = as_reckoned(_step(case.label), confirmed=case.confirmed)
    columns = [
        (w.due(case.due) if case.due else "", _TIME),
        (localized(case.level), _LEVEL),
        (case.number, _NUMBER),
        (case.place, _PLACE),
        (case.assignee or _("nobody told"), _NAME),
    ]
    mark = "!" if late else " "
    if cells < WIDE:
        # What it is comes before the next step, which stands among the duties too.
        kind = localized(case.kind) if case.kind else ""
        both = _row(cells + _STEP, *columns, rest=f"{kind}  {step}".strip(), mark=mark)
        return both if width(both) <= cells else _row(cells, *columns, rest=kind or step, mark=mark)
    return _row(cells, *columns, (step, _STEP), rest=said(case), mark=mark)


def said(case: SheetCase) -> str:
    """What a case is about: an emergency's kind, and the caller's words."""
    kind = localized(case.kind) if case.kind else ""
    return "  ".join(part for part in (kind, case.content) if part)


def _duty(duty: SheetDuty, places: dict[str, str], w: Telling, cells: int) -> str:
    return _row(
        cells,
        (w.due(duty.due), _TIME),
        (duty.number or _("the desk"), _NUMBER),
        (places.get(duty.number, ""), _PLACE),
        rest=as_reckoned(_step(duty.label), confirmed=duty.confirmed),
        mark="!" if duty.due < w.at else " ",
    )


def _paper(paper: SheetPaper, w: Telling, cells: int) -> str:
    since = w.time(paper.written_off_at) if paper.written_off_at else ""
    written = _("written off {time}").format(time=since) if since else ""
    columns = ((paper.number, _NUMBER), (paper.place, _PLACE), (paper.slip, _NAME))
    return _row(cells, *columns, rest=written)


def _signature(owed: SheetSignature, w: Telling, cells: int) -> str:
    due = _("by {time}").format(time=w.due(owed.due)) if owed.due else ""
    who = f"{w.names.role(owed.role)} {owed.name}".strip()
    return _row(cells, (subject_name(owed.number), _STEP), (who, _STEP), rest=due)


def purpose_name(purpose: str, names: Glossary) -> str:
    """What somebody was rung for."""
    return _("Notify") if purpose in ("notified", "") else names.item(purpose)


def _call(call: SheetCall, w: Telling, cells: int) -> str:
    result = call_result(call.outcome, call.taken_by, stranger=call.stranger)
    if not call.outcome.missed:
        read_back = _("read back") if call.read_back else _("NOT read back")
        result = f"{result}{_(', ')}{read_back}"
    return _row(
        cells,
        (w.time(call.at), _TIME),
        (call.number, _NUMBER),
        (call.name, _NAME),
        (purpose_name(call.purpose, w.names), 20),
        rest=result,
    )


def _notices(sheet: Sheet, w: Telling, cells: int) -> Iterable[str]:
    """In full, however long: every shift is to know them."""
    for notice in sheet.notices:
        until = fit(_("until {time}").format(time=w.due(notice.until)), _TIME + 7)
        first, *more = wrap(notice.text, max(1, cells - width(until) - 3))
        yield f"  {until} {first}".rstrip()
        yield from (f"  {' ' * width(until)} {line}" for line in more)


def _act(act: SheetAct, w: Telling, cells: int) -> str:
    return _row(cells, (w.time(act.at), _TIME), rest=f"{act_text(act, w.names)}  {act_by(act)}")


def _section(title: str, count: int, lines: Iterable[str]) -> SheetSection:
    words = _("{title}: {n}").format(title=title, n=count)
    return SheetSection(words, tuple(lines))


def sections(sheet: Sheet, zone: tzinfo, cells: int, names: Glossary = PLAIN) -> list[SheetSection]:
    """The sheet part by part, what cannot wait first; a part with nothing in it says 0.

    That an alarm may be no case comes before all, on the nights on which it is so.

    Args:
        sheet: as it was frozen.
        zone: the site's.
        cells: the lines' greatest width; from ``WIDE`` on a case shows the caller's words too.
        names: what roles and acts are called; ids stand for themselves without it.
    """
    w = Telling(sheet.at, zone, names)
    alarms = [case for case in sheet.cases if case.emergency]
    others = [case for case in sheet.cases if not case.emergency]
    late = overdue(sheet)
    coming = [duty for duty in sheet.duties if duty not in late]
    places = {case.number: case.place for case in sheet.cases}
    falling = _("Due in the coming watch, until {time}").format(time=w.time(sheet.until))
    parts: tuple[tuple[str, int, Iterable[str]], ...] = (
        (_("Emergencies"), len(alarms), (_case(each, w, cells) for each in alarms)),
        (_("Overdue duties"), len(late), (_duty(each, places, w, cells) for each in late)),
        (falling, len(coming), (_duty(each, places, w, cells) for each in coming)),
        (
            _("Other open cases, by their next duty"),
            len(others),
            (_case(each, w, cells) for each in others),
        ),
        (_("Papers owed"), len(sheet.papers), (_paper(each, w, cells) for each in sheet.papers)),
        (_("Notices that hold"), len(sheet.notices), _notices(sheet, w, cells)),
        (
            _("Signatures owed"),
            len(sheet.signatures),
            (_signature(each, w, cells) for each in sheet.signatures),
        ),
        (
            _("Who was told in this watch"),
            len(sheet.calls),
            (_call(each, w, cells) for each in sheet.calls),
        ),
        (acts_title(), len(sheet.acts), (_act(each, w, cells) for each in sheet.acts)),
    )
    tests = [f"  {planned_text(each, sheet.at, zone)}" for each in sheet.tests]
    title = _("Planned tests of the fire system")
    under_test = [_section(title, len(tests), (fit(t, cells).rstrip() for t in tests))]
    people = [f"  {sheet_person(each, sheet.at, zone)}" for each in sheet.people]
    shown = (fit(line, cells).rstrip() for line in people)
    changed = [_section(sheet_people_title(), len(people), shown)]
    found = [_section(title, count, lines) for title, count, lines in parts]
    rounds = [fit(x, cells).rstrip() for x in sheet_round_lines(sheet.rounds, sheet.at, zone)]
    made = [_section(sheet_rounds_title(), len(sheet.rounds), rounds)]
    out = [fit(x, cells).rstrip() for x in sheet_handout_lines(sheet.handouts, sheet.at, zone)]
    return [
        *(under_test if tests else []),
        *(changed if people else []),
        *found[:3],
        *(made if rounds else []),
        *([_section(sheet_handouts_title(), len(out), out)] if out else []),
        *found[3:],
    ]


def frame(sheet: Sheet, zone: tzinfo, cells: int) -> list[str]:
    """The head of the sheet: whose watch it is, until when the coming one goes, the journal."""
    since = _("on watch since {time}").format(
        time=short_time(sheet.since, sheet.at, zone) if sheet.since else "-"
    )
    who = sheet.outgoing or _("nobody signed in")
    at = f"{sheet.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    until = short_time(sheet.until, sheet.at, zone)
    lines = (
        f"{_('Handing over: {who}').format(who=who)}  {since}",
        _("As of {at}  coming watch until {until}  entries {rows}").format(
            at=at, until=until, rows=sheet.rows
        ),
        f"{_('Head hash')} {sheet.head}",
    )
    return [fit(line, cells).rstrip() for line in lines]


def sheet_lines(
    sheet: Sheet,
    zone: tzinfo,
    cells: int,
    names: Glossary = PLAIN,
    arrived: Sequence[str] = (),
) -> list[str]:
    """The whole sheet in lines of at most ``cells``; ``arrived`` are the cases it carries."""
    lines = frame(sheet, zone, cells)
    if arrived:
        lines += wrap(arrived_line(arrived), cells)
    for part in sections(sheet, zone, cells, names):
        lines += [fit(part.title, cells).rstrip(), *part.lines]
    return lines


def arrived_line(numbers: Sequence[str]) -> str:
    """What came in or moved while the sheet is being signed: it is carried."""
    words = _("Arrived meanwhile, carried along: {numbers}")
    return words.format(numbers=_(", ").join(numbers))


def question_title(kind: str) -> str:
    """A check question in a few words, by the name it goes by in the record."""
    titles = {
        QuestionKind.GRAVEST.value: _("Where is the gravest case?"),
        QuestionKind.NEXT_CASE.value: _("Which case comes first?"),
        QuestionKind.RESPONSIBLE.value: _("Who is responsible for the case that comes first?"),
        QuestionKind.TOLD.value: _("Who was the last to be told?"),
        QuestionKind.NOTICE.value: _("Until when does the notice hold?"),
        QuestionKind.OVERDUE.value: _("How many duties are overdue?"),
        QuestionKind.PAPERS.value: _("How many papers are owed?"),
        QuestionKind.OPEN_CASES.value: _("How many cases are open?"),
    }
    return titles.get(kind, kind)


def question_text(question: CheckQuestion, names: Glossary = PLAIN) -> str:
    """A check question as it is asked."""
    if question.kind is QuestionKind.GRAVEST and question.emergency:
        return _("Where is the emergency?")
    if question.kind is QuestionKind.RESPONSIBLE:
        return _("Who is responsible for case {number}?").format(number=question.number)
    if question.kind is QuestionKind.TOLD:
        what = purpose_name(question.text, names)
        words = _("Who was the last to be told? ({what}, case {number})")
        return words.format(what=what, number=question.number)
    if question.kind is QuestionKind.NOTICE:
        return _("Until when does this notice hold: {text}").format(text=question.text)
    return question_title(question.kind.value)


def _shown(kind: str, value: str, at: datetime, zone: tzinfo) -> str:
    if kind == QuestionKind.NOTICE.value:
        return short_time(datetime.fromisoformat(value), at, zone)
    return value or _("nobody told")


def option_texts(question: CheckQuestion, at: datetime, zone: tzinfo) -> list[str]:
    """The options in the order of their digits; ``at`` is when the sheet was frozen."""
    return [_shown(question.kind.value, option, at, zone) for option in question.options]


def answer_text(answer: CheckAnswer, at: datetime, zone: tzinfo) -> str:
    """What was right, as it was shown; ``at`` is when the sheet was frozen."""
    return _shown(answer.kind, answer.answer, at, zone)


def unread(lines: int) -> str:
    """How many lines of the sheet were never in view."""
    return ngettext("{n} line unread", "{n} lines unread", lines).format(n=lines)
