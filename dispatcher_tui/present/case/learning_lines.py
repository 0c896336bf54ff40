"""What is learnt from cases, in lines: the corrective action, the case library."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.record.trend import Rise
from dispatcher_tui.domain.words.terms import Label, Stage
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _, labelled, localized
from dispatcher_tui.present.line_texts import short_time, stage_name
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.terms import follow_up_name

LESSONS = "lessons"
"""The line of a checklist whose words are what the case library takes over."""


def _checklist_words(entries: Iterable[Entry], names: Glossary) -> list[str]:
    """What the write-off's checklist says in words, the cause among it."""
    if names.procedure is None:
        return []
    texts = {item.id: item.label for item in names.procedure.write_off if item.kind == "text"}
    given = [entry.event.items for entry in entries if isinstance(entry.event, ev.WrittenOff)]
    return [
        _("{label}: {text}").format(label=localized(texts[item]), text=text)
        for item, text in (given[-1] if given else {}).items()
        if item in texts and text.strip()
    ]


def _done_words(entry: Entry, names: Glossary) -> str:
    """An entry that says in words what was done; empty for any other."""
    event = entry.event
    if isinstance(event, ev.FollowedUp) and event.note:
        return labelled(follow_up_name(event.outcome), event.note)
    if isinstance(event, ev.StepRecorded) and event.note:
        return _("{label}: {text}").format(label=names.item(event.step), text=event.note)
    return ""


def corrective_proposal(
    case: Case, entries: Iterable[Entry], names: Glossary, now: datetime, zone: tzinfo
) -> str:
    """What the record says about a complaint's cause, to be edited before the action is opened.

    Class and place, the words taken down, the cause as entered, what was done.
    """
    found = list(entries)
    what = "  ".join(p for p in (names.category(case.category), case.place) if p)
    at = short_time(case.received_at, now, zone)
    lines = [
        _("Complaint {number}, {time}: {what}").format(number=case.number, time=at, what=what),
        _("Words: {text}").format(text=" ".join(case.verbatim.split())) if case.verbatim else "",
        *_checklist_words(found, names),
        *(_done_words(entry, names) for entry in found),
    ]
    return "\n".join(line for line in lines if line)


def rise_proposal(rise: Rise, level: str) -> str:
    """The numbers that rose, to be edited before the action is opened (P2-10)."""
    figures = _(", ").join(f"{opened.month} {opened.n}" for opened in rise.months)
    return _("{level}: more complaints month after month: {figures}").format(
        level=level, figures=figures
    )


def lessons_proposal(case: Case, entries: Iterable[Entry]) -> str:
    """The lessons the library begins with: those it has, else those of the last write-off."""
    if case.lessons:
        return case.lessons
    given = [entry.event.items for entry in entries if isinstance(entry.event, ev.WrittenOff)]
    return given[-1].get(LESSONS, "") if given else ""


def tied_line(number: str, stage: Stage, next_label: Label) -> str:
    """A corrective action as the case it comes from names it."""
    parts = (number, stage_name(stage), "" if stage.ended else localized(next_label))
    return "  ".join(part for part in parts if part)


def example_row(line: CaseLine, lessons: str, category: str) -> str:
    """A case of the library as a row: number, class, the beginning of its lessons."""
    return f"{fit(line.number, 10)} {fit(category, 12)} {' '.join(lessons.split())}"


def example_lines(line: CaseLine, lessons: str, category: str) -> list[str]:
    """The chosen case of the library in full."""
    head = "  ".join(
        p for p in (line.number, localized(line.level_label), category, line.place) if p
    )
    return [head, _("Words: {text}").format(text=line.content), "", *lessons.splitlines()]


def example_hint(number: str, lessons: str) -> str:
    """One quiet line beside an intake of the same class."""
    return _("Typical case {number}: {lessons}").format(
        number=number, lessons=" ".join(lessons.split())
    )
