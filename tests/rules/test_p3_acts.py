"""The service centre: the key points read back, and a great loss with its amount."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import Channel, Fact
from tests.domain.support import P3, Story, proves_boundary
from tests.rules.test_p3 import OPENED, opened, told


@pytest.mark.rule("P3-01", "what", "recorded")
@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.VISIT])
def test_the_key_points_are_repeated_within_a_quarter_of_an_hour(channel: Channel) -> None:
    story = Story(P3, OPENED).open(channel=channel).call()
    proves_boundary(story, "P3-01", "2026-11-18 09:15")
    bare = story.refused(cmd.RecordStep(step="points_repeated"))
    assert bare.missing == (MissingItem("points_repeated.points", "P3-01"),)
    before = story.states()
    story.step("points_repeated", points="3-2-1502 厨房，下午三点前回电")
    assert story.states() == {**before, "P3-01": "done_late"}
    assert "P3-01" not in Story(P3, OPENED).open(channel=Channel.LETTER).owed()


@pytest.mark.rule("P3-10", "what")
def test_a_great_loss_makes_it_major_and_its_amount_is_owed() -> None:
    story = opened(facts=(Fact.LOSS,)).call().step("leader_receives").step("told_company")
    assert (story.case.level, story.case.level_rule) == ("major", "P3-10")
    proves_boundary(story, "P3-10/loss", "2026-11-19 17:30")
    spoken = story.recording("great_loss", loss="三十万左右")
    assert story.refused(spoken).code == "fields_unfit"
    before = story.states()
    story.step("great_loss", loss="300000", fault="水泵未按期检修")
    assert story.states() == {**before, "P3-10/loss": "done_late"}
    assert {each.value for each in story.case.filled[-2:]} == {"300000.00", "水泵未按期检修"}


@pytest.mark.rule("P3-10", "what")
def test_a_great_loss_that_is_found_later_makes_it_major() -> None:
    story = told()
    assert "P3-10/loss" not in story.owed()
    story.step("great_loss", "钢琴泡坏", loss="80000")
    assert (story.case.level, story.case.level_rule) == ("major", "P3-10")
    assert story.states()["P3-10"] == "running"
