"""Somebody who was tried in vain is not shown as responsible, on the screen or in the object."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.present.case.case_lines import assignee_line
from tests.domain.support import P0, Story

SHANGHAI = ZoneInfo("Asia/Shanghai")


def line(story: Story) -> str:
    """What the case's screen says of who is responsible."""
    return assignee_line(story.case, story.now, SHANGHAI)


@pytest.mark.parametrize("missed", [CallOutcome.NO_ANSWER, CallOutcome.BUSY, CallOutcome.OFF])
def test_who_was_tried_in_vain_is_not_responsible(missed: CallOutcome) -> None:
    story = Story(P0, "2026-11-20 10:00").open().call(missed)
    assert not story.case.responsible
    assert line(story) == "nobody told (张伟 was tried in vain)"
    story.after(seconds=1).call()
    assert story.case.responsible == story.case.assignee
    assert line(story).startswith("张伟, told")


def test_who_is_named_and_was_not_rung_yet_is_not_told() -> None:
    story = Story(P0, "2026-11-20 10:00").open()
    assert story.case.responsible is None
    story.do(cmd.NameAssignee(person="zhangwei", name="张伟", role="implementer"))
    assert story.case.responsible is None
    assert line(story) == "张伟, not told yet"
