"""What was said and promised the last time, and by how much that is over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import FollowUpOutcome
from dispatcher_tui.present.case.calling import case_head, matter_row, message_line, prompt_line
from dispatcher_tui.present.case.closing import written_off_rows
from dispatcher_tui.present.case.following import follows, last_row
from dispatcher_tui.present.cells import width
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.spans import cells_of, plain
from tests.domain.support import P0, SHANGHAI, Story

CELLS = 80


@pytest.fixture
def story() -> Story:
    """A case that was found in hand, with a promise of forty minutes."""
    use("en")
    story = Story(P0, "2026-11-18 09:00").open().at("2026-11-18 09:05").call()
    story.at("2026-11-18 10:00")
    due = story.now + timedelta(minutes=40)
    story.do(cmd.FollowUp(outcome=FollowUpOutcome.IN_PROGRESS, note="finds valve", promise=due))
    return story


@pytest.mark.parametrize(
    ("now", "right", "role"),
    [
        ("2026-11-18 10:39:59", "in 1 s", "fg2"),
        ("2026-11-18 10:40:00", "in 0 s", "fg2"),
        ("2026-11-18 10:40:01", "over by 1 s", "overt"),
        ("2026-11-18 11:22:00", "over by 42 min", "overt"),
    ],
)
def test_a_promise_is_over_a_second_after_its_time(
    story: Story, now: str, right: str, role: str
) -> None:
    story.at(now)
    row = last_row(story.entries, story.now, SHANGHAI, CELLS)
    assert plain(row).startswith(" last 10:00  In progress: finds valve   promised for 10:40")
    assert (row[-1].text.strip(), row[-1].role) == (right, role)
    assert cells_of(row) == CELLS


def test_before_the_first_follow_up_nothing_is_said() -> None:
    story = Story(P0, "2026-11-18 09:00").open()
    assert last_row(story.entries, story.now, SHANGHAI, CELLS) == []


def test_every_answer_says_what_comes_of_it() -> None:
    assert all(follows(outcome) for outcome in FollowUpOutcome)


@pytest.mark.parametrize("cells", [60, 80, 300])
def test_the_head_line_keeps_the_number_and_the_countdown(story: Story, cells: int) -> None:
    duty = next(iter(story.owed().values()))
    head = case_head("Follow up", story.rules.procedure, story.case, duty, story.now, cells)
    assert width(head) == cells
    assert story.case.number in head
    assert head.startswith(" Follow up")
    matter = matter_row(story.case, None, cells)
    assert cells_of(matter) <= cells


def test_what_is_said_has_one_mark_between_its_parts() -> None:
    use("zh")
    story = Story(P0, "2026-11-18 09:00").open(verbatim="水管裂了。")
    assert "。；" not in message_line(story.case, None)
    assert "[" not in prompt_line(story.rules.procedure, story.case, "notify")
    use("en")


def test_before_the_write_off_no_item_is_confirmed(story: Story) -> None:
    assert written_off_rows(story.rules.procedure, story.case, story.entries, CELLS) == []
