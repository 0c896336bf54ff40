"""What was corrected after it was passed on, in words: to say, to read in the story, to explain."""

from __future__ import annotations

import pytest

from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.present.case.case_json import case_object
from dispatcher_tui.present.case.explain import explain_duty
from dispatcher_tui.present.case.passing_on_lines import correction_words, owed_to
from dispatcher_tui.present.case.timeline import timeline
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.names import Glossary
from tests.domain.support import P0, SHANGHAI, Story

NOW = "2026-11-18 09:20"


@pytest.fixture
def story() -> Story:
    """A case whose place and call-back were corrected after somebody was told, its slip out."""
    use("zh")
    story = Story(P0, "2026-11-18 09:00").open().at("2026-11-18 09:05").call()
    story.do(cmd.IssueSlip(number="FW-000123"))
    story.at(NOW)
    for field, value in (("place", "3-2-1602"), ("phone", "")):
        story.do(cmd.Correct(field=field, value=value, reason="听错"))
    return story


def test_what_is_said_is_what_is_right_and_what_is_not(story: Story) -> None:
    owed = owed_to(story.case, "zhang")
    assert owed is not None
    said = correction_words(story.case, owed.was)
    assert said == (
        "调度台：261118-01 更正：位置是3栋2单元1602，不是3栋2单元1502；"
        "回电号码是不清楚，不是13800000000。请复述。"
    )
    assert owed_to(story.case, "liu") is None


def test_the_story_names_who_was_told_otherwise_and_the_paper(story: Story) -> None:
    story.at("2026-11-18 09:30").fire()
    story.call(purpose="correction_told")
    entries = {entry.seq: entry for entry in story.entries}
    names = Glossary(procedure=story.rules.procedure, entries=entries)
    told = "\n".join(timeline(story.entries, story.now, SHANGHAI, names))
    assert "3-2-1602  听错  之前告诉张伟的不同，须再告知  单据更正 第2版" in told
    assert "告知更正：张伟" in told
    assert told.endswith("为「告知更正」")


def test_the_clock_is_explained_by_the_notice(story: Story) -> None:
    duty = story.owed()["correction"]
    lines = "\n".join(explain_duty(duty, story.case, story.rules, story.now))
    for words in ("P0-02", "13800000000", "3栋2单元1502", "10分钟", "打给张伟", "09:30"):
        assert words in lines, (words, lines)


def test_programs_read_the_version(story: Story) -> None:
    told = case_object(story.case, story.owed().values(), story.rules, story.now)
    assert told["slip"]["version"] == 3
    assert [d["state"] for d in told["duties"] if "张伟" in d["label"]] == ["running"]
