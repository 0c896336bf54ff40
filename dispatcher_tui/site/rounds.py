"""Reads ``rounds.toml``: what whoever is on watch looks at again and again."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dispatcher_tui.domain.time import due
from dispatcher_tui.domain.time.calendar import Calendar, Shift
from dispatcher_tui.domain.watch.rounds import DAY, DAY_HOURS, SHIFT, RoundPlan
from dispatcher_tui.site.problems import Findings, SiteProblem
from dispatcher_tui.site.shape import Reader
from dispatcher_tui.site.texts import ROUNDS
from dispatcher_tui.site.toml_text import once_a_text, parse_toml

MOST_CHOICES = 9
"""So many a digit can choose from."""

MOST_PARTS = 9
"""So many stand on a screen of 24 rows."""

_NAMED = (SHIFT, DAY, "week", "month")

SHIFT_HOURS, RECORD_HOURS, PERSONS = 8, 2, 2
"""GB 25201: the longest shift of a fire control room, how often its record is written, how many
are there."""


class RoundsFile(msgspec.Struct, frozen=True):
    """The file as it is written; ``panel_linked``: a fire panel reports to this desk."""

    in_force: bool
    panel_linked: bool = False
    rounds: tuple[RoundPlan, ...] = msgspec.field(name="round", default=())


def _judge_due(findings: Findings, plan: RoundPlan, key: str) -> None:
    """A round is late after so many minutes or hours, or at the shift's end."""
    try:
        spec = due.parse_due(plan.due) if plan.due else due.ShiftEnd()
    except due.DueSpecError:
        findings.add(f"{key}.due", "bad_due", text=plan.due)
        return
    if not isinstance(spec, due.Elapsed | due.ShiftEnd):
        findings.add(f"{key}.due", "round_due", text=plan.due)


def _judge(findings: Findings, plan: RoundPlan) -> None:
    key = f"round[{plan.id}]"
    hours = plan.hours
    if plan.every not in _NAMED and not (hours and DAY_HOURS % hours == 0):
        findings.add(f"{key}.every", "round_every", text=plan.every)
    _judge_due(findings, plan, key)
    if not 1 <= plan.persons <= PERSONS:
        findings.add(
            f"{key}.persons", "too_large" if plan.persons > 1 else "too_small", most=2, least=1
        )
    if not plan.parts:
        findings.add(f"{key}.part", "empty_list")
    if len(plan.parts) > MOST_PARTS:
        findings.add(f"{key}.part", "too_large", most=MOST_PARTS)
    findings.add_twice(f"{key}.part", (part.id for part in plan.parts))
    for part in plan.parts:
        if not 2 <= len(part.choices) <= MOST_CHOICES:
            findings.add(f"{key}.part[{part.id}].choices", "round_choices", most=MOST_CHOICES)


@once_a_text
def parse_rounds(text: str, file: str = ROUNDS) -> RoundsFile:
    """The rounds in the file's order.

    Raises:
        SiteError: with every problem of the file.
    """
    findings = Findings(file)
    read = Reader(findings).record(parse_toml(text, file), RoundsFile)
    for plan in read.rounds if read else ():
        _judge(findings, plan)
        if not plan.id.replace("_", "").isalnum() or not plan.id.isascii():
            findings.add("round.id", "round_id", name=plan.id)
    findings.add_twice("round", (plan.id for plan in (read.rounds if read else ())))
    findings.raise_any()
    assert read is not None  # no record without a finding
    return read


def _hours(shift: Shift) -> float:
    minutes = (shift.end.hour - shift.start.hour) * 60 + shift.end.minute - shift.start.minute
    return (minutes if minutes > 0 else minutes + DAY_HOURS * 60) / 60


def _asked(file: RoundsFile, calendar: Calendar) -> Iterator[tuple[str, dict[str, str]]]:
    for shift in calendar.shifts:
        if _hours(shift) > SHIFT_HOURS:
            name = {"name_zh": shift.name.zh, "name_en": shift.name.en or shift.name.zh}
            yield "panel_shift_long", {**name, "n": f"{_hours(shift):g}"}
    record = [plan for plan in file.rounds if plan.panel] if file.in_force else []
    if not record:
        yield "panel_no_record", {"n": str(RECORD_HOURS)}
    for plan in record:
        if not 0 < plan.hours <= RECORD_HOURS:
            yield "panel_record_seldom", {"n": str(RECORD_HOURS), "every": plan.every}
        if plan.persons < PERSONS:
            yield "panel_alone", {"n": str(PERSONS)}


def judge_panel(file: RoundsFile, calendar: Calendar) -> list[SiteProblem]:
    """What GB 25201 asks of a desk that a fire panel reports to and that this one has not."""
    if not file.panel_linked:
        return []
    return [SiteProblem(ROUNDS, "", code, detail) for code, detail in _asked(file, calendar)]


def plans_of(file: RoundsFile) -> tuple[RoundPlan, ...]:
    """The rounds that are in force by it."""
    return file.rounds if file.in_force else ()
