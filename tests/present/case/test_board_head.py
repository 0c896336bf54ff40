"""What stands above the board: every line whole at its width, what is abnormal set off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dispatcher_tui.domain.record.case_line import Counts, Lane
from dispatcher_tui.domain.watch.post import HeldWatch, Post
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.case.board_head import (
    HeldNow,
    figures_line,
    head_line,
    held_line,
    lane_at,
    lane_labels,
    lanes_line,
    owed_line,
    rang_line,
    window_title,
)
from dispatcher_tui.present.i18n import Language, use
from dispatcher_tui.present.spans import Span, SpanLine, cells_of, plain
from dispatcher_tui.present.watch.post_lines import overrun
from tests.domain.support import case_line

NOW = datetime(2026, 11, 29, 20, 12, 52, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
MANY = Counts(overdue=13, soon=11, open=1015, paper=124, emergency=2, stuck=1, untold=12)


def roles(line: SpanLine) -> dict[str, str]:
    """The role of each run that says something, by its words."""
    return {span.text.strip(): span.role for span in line if span.text.strip()}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("cells", [60, 78, 80, 120, 300])
def test_every_line_is_as_wide_as_the_screen(lang: Language, cells: int) -> None:
    held = [HeldNow("261130-09", "电梯困人", "5-1", NOW - timedelta(seconds=312))] * 2
    use(lang)
    try:
        who = "李建国 值班   07:00 交班 余 02:47"
        for line in (
            head_line("翠湖花园", NOW, ZONE, who, cells),
            head_line("翠湖花园" * 9, NOW, ZONE, who, cells, "演练 x60"),
            figures_line(MANY, cells, 3, "静音至 22:57", ("overdue",), 1),
            held_line(held, NOW, cells),
            owed_line([[Span("周一全面跟进" * 9)], [Span("x")]], cells),
        ):
            assert cells_of(line) == cells, plain(line)
    finally:
        use("en")


def test_the_head_line_gives_up_the_date_before_the_site() -> None:
    who = "On watch 李建国   07:00 hand-over in 02:47"
    assert "04:12:52 Mon 11-30" in plain(head_line("翠湖花园", NOW, ZONE, who, 120))
    short = plain(head_line("翠湖花园", NOW, ZONE, who, 80))
    assert short.startswith(" 翠湖花园   04:12:52 Mon ")
    assert short.endswith(f"{who} ")


def test_a_figure_is_set_off_where_there_is_something_to_count() -> None:
    some = roles(figures_line(MANY, 120))
    assert (some["Overdue 13"], some["Nobody told 12"]) == ("over", "warn")
    assert (some["In 30 min 11"], some["Open 1015"]) == ("warnt", "")
    assert some["EMERG. 2"] == "", "they do not hold the post"
    assert roles(figures_line(MANY, 120, held=1))["EMERG. 2"] == "over"
    none = roles(figures_line(Counts(), 120))
    assert (none["Overdue 0"], none["Nobody told 0"], none["EMERG. 0"]) == ("fg2",) * 3
    grown = roles(figures_line(MANY, 120, grown=("untold",)))
    assert (grown["Overdue 13"], grown["Nobody told 12"]) == ("over", "warn-up")


def test_the_lanes_answer_where_they_stand() -> None:
    counts = {lane: n for n, lane in enumerate(Lane)}
    labels = lane_labels(counts, Lane.DUE)
    text = plain(lanes_line(labels, Lane.DUE))
    assert text.startswith(" 1 open 0  [2 due 1]  3 paper 2 ")
    for lane, words in labels:
        start = text.index(words)
        assert lane_at(labels, start) is lane
        assert lane_at(labels, start + len(words) - 1) is lane
    assert lane_at(labels, text.index("[2") - 1) is None
    assert lane_at(labels, len(text)) is None
    assert lane_labels({}, Lane.ALL)[5] == (Lane.DONE, " 6 today ")


def test_the_emergency_that_holds_the_post_says_for_how_long() -> None:
    held = HeldNow("261130-09", "Lift", "5-1", NOW - timedelta(seconds=312))
    text = plain(held_line([held], NOW, 80))
    assert text.startswith(" Emergency 261130-09 Lift  5-1 ")
    assert text.endswith("post held 00:05:12   F9 back to it ")
    assert {span.role for span in held_line([held], NOW, 80)} == {"emgh"}
    assert "(and 1 more)" in plain(held_line([held, held], NOW, 80))


def test_the_title_of_the_window_steers_no_terminal() -> None:
    hostile = "翠\x1b]2;x\x07湖\n花园\x9b31m"
    title = window_title(hostile, MANY)
    assert title == f"!!13 **12 {clean_text(hostile, multiline=False).text}"
    assert title.isprintable()
    assert window_title("翠湖花园", Counts()) == "翠湖花园"


def test_what_rang_is_named_by_its_step_and_number() -> None:
    line = case_line("a", number="261130-01", next_zh="承诺到期", next_en="Promised time")
    assert rang_line([line], NOW, ZONE) == "04:12 rang: Promise due 261130-01"
    assert rang_line([line] * 3, NOW, ZONE).endswith("261130-01 (and 2 more)")
    assert rang_line([], NOW, ZONE) == "04:12 rang: a desk duty"


@pytest.mark.parametrize(
    ("seconds", "past"), [(-1, ""), (0, "00:00"), (59, "00:00"), (60, "00:01")]
)
def test_a_hand_over_is_past_in_whole_minutes(seconds: int, past: str) -> None:
    until = NOW - timedelta(seconds=seconds)
    post = Post(spans=(HeldWatch("李建国", NOW - timedelta(hours=9), until),))
    assert overrun(post, NOW) == past
