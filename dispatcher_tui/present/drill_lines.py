"""The report of a drill, and the line the record keeps of it: what took how long, who was silent.

Every line of the report says that it was a drill.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from typing import Any

from dispatcher_tui.domain import drill
from dispatcher_tui.domain.text import clean_text
from dispatcher_tui.domain.watch_events import DrillHeld
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.glossary import PLAIN, Glossary, Telling, joined
from dispatcher_tui.present.words import _

_STEPS: dict[str, Callable[[], str]] = {
    drill.KIND: lambda: _("kind named"),
    drill.FIRST_CALL: lambda: _("first call"),
    drill.LEADER: lambda: _("a leader reached"),
    drill.GROUP_FIRST: lambda: _("first of the group told"),
    drill.ALL_TOLD: lambda: _("everybody told"),
    drill.ON_SCENE: lambda: _("on the scene"),
    drill.STOOD_DOWN: lambda: _("stood down"),
}
_STEP_CELLS, _TIME_CELLS = 26, 12
_NOT = "--"


def step_name(step: str) -> str:
    """What a step of a drill is called; one this version does not know keeps its own name."""
    name = _STEPS.get(step)
    return name() if name else step


def _clock(seconds: int) -> str:
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"


def _difference(now: int | None, before: int | None) -> str:
    if now is None or before is None:
        return ""
    sign = "+" if now > before else "-" if now < before else "="
    return f"{sign}{_clock(abs(now - before))}" if now != before else sign


def _head(held: DrillHeld, zone: tzinfo, names: Glossary) -> Iterator[str]:
    at = held.at.astimezone(zone)
    kind = names.kind(held.kind) if held.kind else _("no kind named")
    yield _("Report of an emergency drill: {kind}").format(kind=kind)
    words = _("{time}, clock ×{speed}, held by {name}")
    yield words.format(time=f"{at:%Y-%m-%d %H:%M}", speed=f"{held.speed:g}", name=held.operator)


def _before(held: DrillHeld, last: DrillHeld | None, zone: tzinfo, names: Glossary) -> str:
    if last is None:
        return _("No drill was held before this one.")
    at = last.at.astimezone(zone)
    words = _("Last drill: {time}, {kind}, clock ×{speed}")
    text = words.format(
        time=f"{at:%Y-%m-%d %H:%M}", kind=names.kind(last.kind) or "-", speed=f"{last.speed:g}"
    )
    if last.speed != held.speed or last.kind != held.kind:
        text = joined(text, _("of another kind or speed: compare with care"))
    return text


def _table(held: DrillHeld, last: DrillHeld | None) -> Iterator[str]:
    heads = (_("this drill"), _("last"), _("difference"))
    yield _row(_("from F9 to"), heads if last else heads[:1])
    for step in drill.STEPS:
        now, before = held.steps.get(step), last.steps.get(step) if last else None
        shown = [_NOT if each is None else _clock(each) for each in (now, before)]
        cells = (*shown, _difference(now, before))
        yield _row(step_name(step), cells if last else cells[:1])


def _row(name: str, cells: tuple[str, ...]) -> str:
    return fit(name, _STEP_CELLS) + "".join(fit(cell, _TIME_CELLS, "right") for cell in cells)


def _silent(held: DrillHeld) -> Iterator[str]:
    words = _("Calls made: {n}. Numbers that did not answer: {silent}")
    yield words.format(n=held.calls, silent=len(held.silent) or _("none"))
    for who in held.silent:
        yield f"  {clean_text(who, multiline=False).text}"


def report_lines(
    held: DrillHeld, last: DrillHeld | None, zone: tzinfo, names: Glossary = PLAIN
) -> list[str]:
    """The report, the word for a drill in front of every line.

    Args:
        held: the drill.
        last: the one before it, to compare with.
        zone: the site's.
        names: what gives kinds of emergency their names.
    """
    mark = _("DRILL")
    lines = [
        *_head(held, zone, names),
        *_table(held, last),
        *_silent(held),
        _before(held, last, zone, names),
    ]
    return [f"{mark} {line}".rstrip() for line in lines]


def _object(held: DrillHeld, zone: tzinfo) -> dict[str, Any]:
    at: datetime = held.at.astimezone(zone)
    return {
        "at": at.isoformat(),
        "speed": held.speed,
        "operator": held.operator,
        "kind": held.kind or None,
        "steps": {step: held.steps.get(step) for step in drill.STEPS},
        "calls": held.calls,
        "silent": list(held.silent),
    }


def drill_object(held: DrillHeld, last: DrillHeld | None, zone: tzinfo) -> dict[str, Any]:
    """The same for programs; ``last`` is the drill before, null where there was none."""
    before = _object(last, zone) if last is not None else None
    return {"drill": True, **_object(held, zone), "last": before}


def drill_told(held: DrillHeld, w: Telling) -> str:
    """The line the record keeps of a drill."""
    text = _("Drill held: {kind}, by {name}").format(
        kind=w.names.kind(held.kind) or _("no kind named"), name=held.operator
    )
    done = [step for step in (drill.LEADER, drill.ALL_TOLD) if step in held.steps]
    times = (f"{step_name(step)} {_clock(held.steps[step])}" for step in done)
    silent = _("no answer: {names}").format(names=_(", ").join(held.silent)) if held.silent else ""
    return joined(text, f"×{held.speed:g}" if held.speed != 1 else "", *times, silent)
