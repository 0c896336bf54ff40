"""The figures beside the lanes: each counts what it shows, at any moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dispatcher_tui.desk.case.board import Board
from dispatcher_tui.domain.record.case_line import Counts, Lane
from dispatcher_tui.domain.words.terms import Stage
from tests.domain.support import case_line

AT = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
LINES = (
    case_line("late", next_due=AT - SECOND, stuck=True, shout=True),
    case_line("now", next_due=AT, shout=True),
    case_line("soon", next_due=AT + 5 * MINUTE),
    case_line("fire", next_due=AT + MINUTE, emergency=True),
    case_line("paper", next_due=AT + 61 * MINUTE, stage=Stage.WRITTEN_OFF, done_at=AT),
    case_line("over", stage=Stage.FINAL, open=False, next_due=None, done_at=AT + MINUTE),
)


def test_every_lane_is_counted_as_it_is_shown() -> None:
    board = Board(LINES)
    assert board.counts(AT).untold == 2
    for at in (AT - SECOND, AT, AT + SECOND, AT + 5 * MINUTE, AT + 61 * MINUTE):
        for today in (AT - SECOND, AT, AT + SECOND, AT + MINUTE, AT + MINUTE + SECOND):
            shown = {lane: len(board.lane(lane, at, today)) for lane in Lane}
            assert board.lane_counts(at, today) == shown


def test_before_all_lines_are_here_nothing_is_said_that_is_not_known() -> None:
    board = Board(LINES[:1])
    board.stand_for(Counts(open=5, paper=1, emergency=1, stuck=1, untold=2))
    assert board.lane_counts(AT, AT) == {
        Lane.ALL: 5,
        Lane.PAPER: 1,
        Lane.EMERGENCY: 1,
        Lane.STUCK: 1,
    }
