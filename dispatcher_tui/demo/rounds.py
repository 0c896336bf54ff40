"""The rounds of the demo's last day: made by whoever is on watch, one late, one not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from dispatcher_tui.demo.lived_month import StoryScene
from dispatcher_tui.domain.case.decide_rounds import RoundAsked
from dispatcher_tui.domain.time.calendar import Calendar
from dispatcher_tui.domain.watch.rounds import RoundPlan, RoundSlot, slots
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.site.load import SiteData, load
from dispatcher_tui.site.texts import ROUNDS

AGO = timedelta(hours=26)
"""How long before the end of the month the office begins with its rounds."""

_AFTER, _LATE_BY = timedelta(minutes=7), timedelta(minutes=9)
_LATE, _MISSED, _FAULT = 4, 7, 2
"""Which of the fire panel's records comes late, which is not made, which finds something."""

_SECOND_GROUP = "security"


def put_rounds_in_force(folder: Path) -> SiteData:
    """The demo's office makes rounds from now on, and a fire panel reports to it."""
    file = folder / ROUNDS
    text = file.read_text("utf-8")
    for key in ("in_force", "panel_linked"):
        text = text.replace(f"{key} = false", f"{key} = true", 1)
    file.write_text(text, encoding="utf-8", newline="\n")
    return load(folder, lazy=True)


def _made(plan: RoundPlan, number: int, slot: RoundSlot, second: str) -> StoryScene | None:
    """One round as it was made; None for the one that nobody made."""
    found = {part.id: 1 for part in plan.parts}
    if not plan.panel:
        at = slot.begin + _AFTER * len(plan.parts) * 2
        return StoryScene(at, -1, None, round=RoundAsked(plan.id, found))
    if number == _MISSED:
        return None
    asked = RoundAsked(plan.id, found, second=second)
    if number == _LATE:
        late = RoundAsked(plan.id, found, second=second, reason="电梯困人, 先去处理")
        return StoryScene(slot.due + _LATE_BY, -1, None, round=late)
    if number == _FAULT:
        found |= {plan.parts[0].id: 3}
        word = "9栋地下室烟感误报, 到场查看无火情, 已复位"
        asked = RoundAsked(plan.id, found, word=word, second=second)
    return StoryScene(slot.begin + _AFTER, -1, None, round=asked)


def round_scenes(
    plans: tuple[RoundPlan, ...], calendar: Calendar, people: list[Person], now: datetime
) -> Iterator[StoryScene]:
    """The rounds of the last day up to ``now``; what is not late yet waits for the operator."""
    second = next((each.name for each in people if each.group == _SECOND_GROUP), "")
    for plan in plans:
        for number, slot in enumerate(slots(plan, calendar, now - AGO, now)):
            scene = _made(plan, number, slot, second)
            if scene is not None and scene.at <= now and slot.due <= now:
                yield scene
