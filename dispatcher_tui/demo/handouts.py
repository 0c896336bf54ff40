"""What goes out of the demo's handout book in its last day, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from dispatcher_tui.demo.lived_month import StoryScene
from dispatcher_tui.domain.case.decide_handouts import BackAsked, HandOutAsked
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.site.texts import HANDOUTS

_GROUP = "maintenance"


def put_handouts_in_force(folder: Path) -> None:
    """The demo's office keeps a handout book from now on."""
    file = folder / HANDOUTS
    text = file.read_text("utf-8").replace("in_force = false", "in_force = true", 1)
    file.write_text(text, encoding="utf-8", newline="\n")


def handout_scenes(people: list[Person], now: datetime) -> Iterator[StoryScene]:
    """A key that came back, and a find, a loan and a key that are out."""
    fitter = next((each.name for each in people if each.group == _GROUP), people[0].name)
    find = {"where": "6栋大堂沙发", "kept": "值班室柜2"}
    loan = {"place": "3-1-0402", "phone": "13800004021"}
    why = {"why": "清理屋面排水口"}
    acts: tuple[tuple[timedelta, HandOutAsked | BackAsked], ...] = (
        (timedelta(hours=22), HandOutAsked("keys", "K4", who=fitter, fields=why)),
        (timedelta(hours=21), BackAsked(1, note="排水口已清, 门已锁")),
        (
            timedelta(hours=20),
            HandOutAsked("finds", what="黑色双肩包", who="保洁王姐", fields=find),
        ),
        (timedelta(hours=9), HandOutAsked("loans", what="手推车", who="周敏", fields=loan)),
        (
            timedelta(minutes=70),
            HandOutAsked("keys", "K2", who=fitter, fields={"why": "查看水泵异响"}),
        ),
    )
    for ago, act in acts:
        yield StoryScene(now - ago, -1, None, handout=act)
