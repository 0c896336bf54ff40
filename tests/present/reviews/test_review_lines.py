"""The review and the weekly check in lines: what the record says, cut to the cell."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatcher_tui.domain.duties.duties import duties
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.sign_off import SignOff
from dispatcher_tui.domain.reviews.review import Walked, suggest
from dispatcher_tui.domain.reviews.weekly import Figures, Look, WhyLook
from dispatcher_tui.domain.words.terms import FollowUpOutcome, ReviewOutcome, SignedBy
from dispatcher_tui.present.cells import width
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.names import Glossary
from dispatcher_tui.present.reviews.review_lines import (
    detail_lines,
    row,
    suggested_words,
    sums_line,
)
from dispatcher_tui.present.reviews.weekly_lines import (
    figure_cells,
    figure_lines,
    look_lines,
    mark_line,
)
from tests.domain.reviewing import HEAD, line, method, opened, stuck, walked
from tests.domain.support import SHANGHAI, Story, local

MONDAY = local("2026-11-23 09:00")
NASTY = "漏水\x1b[2J\u202e[b]x[/]\n第二行" * 20


def only(story: Story) -> Walked:
    (each,) = walked(story).cases
    return each


def words(story: Story) -> str:
    """The line that the record suggests for the only case."""
    found = suggest(story.case, story.entries, only(story).undecided)
    names = Glossary(procedure=story.rules.procedure)
    return suggested_words(found, only(story), names, MONDAY, SHANGHAI)


def test_the_suggestion_says_what_was_found_when_and_what_was_promised() -> None:
    story = opened()
    assert words(story) == "张伟, told 11-18 09:00, NOT read back"
    story.do(
        cmd.FollowUp(
            outcome=FollowUpOutcome.ARRANGED, note="周三换泵", promise=local("2026-11-25 16:00")
        )
    )
    assert words(story) == ("11-18 09:00 Followed up: Arranged  周三换泵  promised for 11-25 16:00")


def test_of_a_written_off_case_it_says_where_the_paper_is() -> None:
    story = opened()
    story.do(cmd.IssueSlip(number="FW-000012"))
    story.write_off()
    assert words(story) == "written off 11-18 09:00, service-slip copy: FW-000012, out"
    story.do(cmd.ReceivePaper(number="FW-000012"))
    assert words(story).endswith("FW-000012, in hand")


def test_of_a_case_nobody_was_told_of_nothing_is_said() -> None:
    assert words(Story("estate-dispatch", "2026-11-18 09:00").open()) == ""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("cells", [79, 119])
def test_every_line_keeps_its_width_whatever_was_said(lang: str, cells: int) -> None:
    use("zh" if lang == "zh" else "en")
    try:
        for story in (stuck(), opened(), opened().write_off()):
            story.do(cmd.Correct(field="verbatim", value=NASTY, reason="x"))
            each = only(story)
            found = suggest(story.case, story.entries, each.undecided)
            names = Glossary(procedure=story.rules.procedure)
            lines = detail_lines(each, found, names, MONDAY, SHANGHAI, cells)
            assert len(lines) == 6
            shown = row(each, cells)
            assert width(shown) == cells
            assert all(width(text) <= cells for text in lines)
            assert not any(bad in "".join([shown, *lines]) for bad in "\x1b\u202e\n")
    finally:
        use("en")


def test_a_row_says_what_is_to_be_done_next() -> None:
    story = opened()
    assert row(only(story), 79)[0] == " "
    assert row(only(story), 79, typed=True)[0] == "~"
    story.at(MONDAY).do(line(ReviewOutcome.CANNOT, "停产"))
    assert row(only(story), 79).rstrip().endswith("head decides")
    story.do(method(how=SignedBy.PHONE))
    assert row(only(story), 79).rstrip().endswith(f"unsigned: {HEAD}")
    (owed,) = only(story).unsigned
    story.do(cmd.SignOwed(key=owed.key, name=HEAD, role="head"))
    assert row(only(story), 79).rstrip().endswith(f"{HEAD}: 请厂家来")
    assert sums_line(walked(story)) == "open 1, without a line 0  ended 0, not confirmed 0"


def test_the_figures_stand_beside_the_week_before() -> None:
    week, before = Figures(opened=12, overdue=3, late=2), Figures(opened=17, overdue=99)
    cells = figure_cells(week, before)
    assert cells[0] == "opened 12 (17)"
    assert "overdue now 3" in cells
    assert "late entries 2 (0)" in cells
    assert all(width(each) <= 80 for each in figure_lines(week, before, 80))


def test_a_look_says_why_which_case_and_since_when() -> None:
    story = opened()
    overdue = next(d for d in duties(story.case, story.rules) if d.clock == "P0-05")
    look = Look(
        WhyLook.OVERDUE, MONDAY - timedelta(hours=2), "c", "261118-01", 3, "3-2-1502", overdue
    )
    names = Glossary(procedure=story.rules.procedure)
    (text,) = look_lines([look], names, MONDAY, SHANGHAI, 119)
    assert text.split() == [
        *("overdue", "x3", "261118-01", "07:00", "2", "h", "First", "follow-up"),
        "3-2-1502",
    ]


def test_the_mark_says_whether_the_signature_is_owed() -> None:
    owed = SignOff("k", "check:2026-W48", "P0-11", "head", HEAD, SignedBy.PHONE, MONDAY, "抓紧")
    assert mark_line(None, MONDAY, SHANGHAI) == "not checked yet"
    assert "owed" in mark_line(owed, MONDAY, SHANGHAI)
    assert mark_line(owed, MONDAY, SHANGHAI).endswith("抓紧")
