"""The report of a drill, and the line the record keeps of it: what took how long, who was silent.

Every line of the report says that it was a drill.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from typing import Any

from dispatcher_tui.domain.emergency import drill
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.record.watch_events import DrillHeld
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.names import PLAIN, Glossary, Telling, joined

_STEPS: dict[str, Callable[[], str]] = {
    drill.KIND: lambda: _("first number on screen"),
    drill.FIRST_CALL: lambda: _("first call"),
    drill.FIRST_TOLD: lambda: _("first told"),
    drill.GOES_TOLD: lambda: _("first told who goes there"),
    drill.OURS_TOLD: lambda: _("first of ours told"),
    drill.GROUP_FIRST: lambda: _("first of the group told"),
    drill.LEADER: lambda: _("a leader reached"),
    drill.HEAD: lambda: _("head told"),
    drill.ALL_TOLD: lambda: _("everybody told"),
    drill.ON_THE_WAY: lambda: _("on the way"),
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


def _difference(seconds: int | None) -> str:
    if not seconds:
        return "" if seconds is None else "="
    return f"{'+' if seconds > 0 else '-'}{_clock(abs(seconds))}"


def faster(speed: float) -> str:
    """What is said of a drill's clock, after what else is; empty where it runs as time does."""
    return "" if speed == 1 else _(", clock {speed} times as fast").format(speed=f"{speed:g}")


def _head(held: DrillHeld, zone: tzinfo, names: Glossary) -> Iterator[str]:
    at = held.at.astimezone(zone)
    kind = names.kind(held.kind) if held.kind else _("no kind named")
    yield _("Report of an emergency drill: {kind}").format(kind=kind)
    words = _("{time}, by {name}")
    yield words.format(time=f"{at:%Y-%m-%d %H:%M}", name=held.operator) + faster(held.speed)
    if held.asked and held.asked != held.kind:
        words = _("To be drilled was {kind}: another kind was named.")
        yield words.format(kind=names.kind(held.asked))
    if held.broken_off:
        yield _("Broken off by a real call: what was not come to until then is no fault.")


def _before(held: DrillHeld, last: DrillHeld | None, zone: tzinfo) -> Iterator[str]:
    if last is None:
        yield _("No drill of this kind was held before this one.")
        return
    at = last.at.astimezone(zone)
    words = _("Last of this kind: {time}, by {name}")
    yield words.format(time=f"{at:%Y-%m-%d %H:%M}", name=last.operator) + faster(last.speed)
    if last.speed != held.speed:
        yield _("It ran at another speed: compare with care.")
    if last.broken_off:
        yield _("It was broken off by a real call.")


def _table(held: DrillHeld, last: DrillHeld | None) -> Iterator[str]:
    heads = (_("this drill"), _("last"), _("difference"))
    yield _row(_("from F9 to"), heads if last else heads[:1])
    for step in drill.STEPS:
        now, before = held.steps.get(step), last.steps.get(step) if last else None
        shown = [_NOT if each is None else _clock(each) for each in (now, before)]
        cells = (*shown, _difference(drill.difference(held, last, step)))
        yield _row(step_name(step), cells if last else cells[:1])


def _row(name: str, cells: tuple[str, ...]) -> str:
    return fit(name, _STEP_CELLS) + "".join(fit(cell, _TIME_CELLS, "right") for cell in cells)


def _mark(held: DrillHeld) -> str:
    """The drill against the mark: somebody who goes there is told in time."""
    mark = drill.mark_of(held)
    if not mark.judged:
        text = _("Mark of {mark} s: NOT judged, the clock ran {speed} times as fast (use 1).")
        return text.format(mark=drill.MARK_SECONDS, speed=f"{held.speed:g}")
    text = {
        True: _("Mark of {mark} s, somebody who goes there told: met, {seconds} s after F9."),
        False: _("Mark of {mark} s, somebody who goes there told: MISSED, {seconds} s after F9."),
        None: _("Mark of {mark} s, somebody who goes there told: broken off before."),
    }[mark.met]
    if mark.seconds is None and mark.met is False:
        text = _("Mark of {mark} s, somebody who goes there told: MISSED, nobody was told.")
    return text.format(mark=drill.MARK_SECONDS, seconds=mark.seconds)


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
        last: the one of the same kind before it, to compare with; None where there was none.
        zone: the site's.
        names: what gives kinds of emergency their names.
    """
    mark = _("DRILL")
    lines = [
        *_head(held, zone, names),
        *_table(held, last),
        _mark(held),
        *_silent(held),
        *_before(held, last, zone),
    ]
    return [f"{mark} {line}".rstrip() for line in lines]


def _object(held: DrillHeld, zone: tzinfo) -> dict[str, Any]:
    at: datetime = held.at.astimezone(zone)
    return {
        "at": at.isoformat(),
        "speed": held.speed,
        "operator": held.operator,
        "kind": held.kind or None,
        "asked": held.asked or None,
        "broken_off": held.broken_off,
        "steps": {step: held.steps.get(step) for step in drill.STEPS},
        "calls": held.calls,
        "silent": list(held.silent),
    }


def drill_object(held: DrillHeld, last: DrillHeld | None, zone: tzinfo) -> dict[str, Any]:
    """The same for programs; ``last`` is the drill of this kind before, null where there was none.

    ``mark``: ``met`` is null where a real call broke the drill off before anybody was told, and
    where the clock ran faster.
    ``difference``: seconds later than in the last drill, negative for earlier, by the steps.
    """
    before = _object(last, zone) if last is not None else None
    mark = drill.mark_of(held)
    return {
        "drill": True,
        **_object(held, zone),
        "mark": {"seconds": drill.MARK_SECONDS, "told": mark.seconds, "met": mark.met},
        "last": before,
        "difference": {step: drill.difference(held, last, step) for step in drill.STEPS},
    }


def drill_told(held: DrillHeld, w: Telling) -> str:
    """The line the record keeps of a drill."""
    text = _("Drill held: {kind}, by {name}").format(
        kind=w.names.kind(held.kind) or _("no kind named"), name=held.operator
    )
    done = [step for step in (drill.LEADER, drill.ALL_TOLD) if step in held.steps]
    times = (f"{step_name(step)} {_clock(held.steps[step])}" for step in done)
    silent = _("no answer: {names}").format(names=_(", ").join(held.silent)) if held.silent else ""
    broken_off = _("broken off by a real call") if held.broken_off else ""
    speed = f"x{held.speed:g}" if held.speed != 1 else ""
    return joined(text, broken_off, speed, *times, silent)


def shouted(
    case: CaseLine | None, count: int, names: Glossary, *, unanswered: bool, trouble: str = ""
) -> str:
    """What the head of a drill's screens shouts of the real desk; empty where nothing came in.

    Args:
        case: the real case that comes first, of ``count`` that came in.
        count: how many did.
        names: what gives kinds of emergency their names.
        unanswered: whether the operator has yet to say what is done about it.
        trouble: why the real record cannot be read, where it cannot.
    """
    if case is None:
        words = _("The real desk cannot be watched from this drill: {reason}")
        return " " + words.format(reason=_one_line(trouble)) if trouble else ""
    words = _("REAL EMERGENCY {number}") if case.emergency else _("REAL: case {number}")
    more = _("(and {n} more)").format(n=count - 1) if count > 1 else ""
    place, content = _one_line(case.place), _one_line(names.kind(case.content))
    parts = (words.format(number=case.number), more, place, content)
    first = " ".join(part for part in parts if part)
    if unanswered:
        keys = _("1 = LEAVE THE DRILL, to this case at the real desk   0 = go on with the drill")
    else:
        keys = _("F2 leads out of the drill.")
    return f" {first}\n {keys}"


def _one_line(text: str) -> str:
    return clean_text(text, multiline=False).text


def real_or_drill(at: datetime, number: str, *, call: bool) -> str:
    """The question of F2 and F9 in a drill, with its answers.

    Args:
        at: when the key was pressed, in the site's zone.
        number: of a real case that came in meanwhile; empty where none did.
        call: whether it is about a call (F2), or an emergency (F9).
    """
    if call:
        asked = _("Is this a REAL call, or part of the drill?")
        yes = _("1  REAL: the drill ends; the real form opens, the call is of {time}")
    else:
        asked = _("Is this a REAL emergency, or part of the drill?")
        yes = _("1  REAL: the drill ends; the real emergency opens, begun at {time}")
    lines = [asked, "", yes.format(time=f"{at:%H:%M:%S}")]
    if number:
        lines.append(
            _("2  REAL: the drill ends; the real case {number} opens").format(number=number)
        )
    return "\n".join([*lines, _("0  part of the drill: go on (Esc, Enter)")])
