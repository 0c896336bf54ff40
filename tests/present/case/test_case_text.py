"""A case in one line of a list, for a person at the command line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.terms import CallOutcome, Label
from dispatcher_tui.present.case.case_text import case_line
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.names import Glossary
from tests.domain.support import P0, Story, bare_case


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    use("zh")
    yield
    use("en")


def _line(story: Story, case: Case | None = None) -> str:
    names = Glossary(
        categories={"smoke_fire": Label("冒烟起火", "Smoke, fire")},
        kinds={"fire_alarm": Label("火警信号", "Fire alarm")},
    )
    return case_line(case or story.case, (), story.rules, story.now, names=names)


def test_whoever_only_left_a_message_told_nobody() -> None:
    story = Story(P0, "2026-11-18 09:00").open().at("2026-11-18 09:05")
    assert "未通知" in _line(story)
    story.call(outcome=CallOutcome.RELAYED)
    named = story.case.assignee
    assert named is not None
    assert "未通知" in _line(story)
    assert named.name not in _line(story)
    story.do(cmd.ConfirmReadBack(purpose="notified"))
    assert "未通知" not in _line(story)
    assert named.name in _line(story)


@pytest.mark.parametrize(
    ("more", "said", "raw"),
    [
        ({"category": "smoke_fire"}, "冒烟起火", "smoke_fire"),
        ({"emergency_kind": "fire_alarm"}, "火警信号", "fire_alarm"),
        ({"category": "smoke_fire", "verbatim": "楼道冒烟"}, "楼道冒烟", "smoke_fire"),
    ],
)
def test_a_class_and_a_kind_stand_there_by_name(more: dict[str, str], said: str, raw: str) -> None:
    story = Story(P0, "2026-11-18 09:00").open()
    line = _line(story, bare_case(story.now, **more))
    assert said in line
    assert raw not in line
