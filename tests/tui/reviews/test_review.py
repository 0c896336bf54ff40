"""Monday's review on the screen: interrupted and resumed, decided by the head, finished."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.reviews.reviews import read_review
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.record_events import MethodSet, Reviewed
from dispatcher_tui.domain.record.watch_events import DeskSigned, RoutineDone
from dispatcher_tui.domain.words.terms import FollowUpOutcome, ReviewOutcome
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.reviews.review import ReviewScreen
from dispatcher_tui.tui.screens.reviews.weekly_check import WeeklyCheckScreen
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.review_form import ReviewForm
from tests.domain.support import local
from tests.tui.leak import HEAD, HEAD_PIN, add_signers
from tests.tui.on_watch import written
from tests.tui.story import DONE, EVERYWHERE, REACHED, assert_whole, case_of, message, on_top
from tests.tui.support import Language, Night, Size, desk, press, type_text

WORDS = ("厨房漏水", "门禁失灵", "路灯不亮")


def chosen(pilot: Pilot[int]) -> str:
    """The case that the screen on top is about."""
    screen = pilot.app.screen
    assert isinstance(screen, DeskScreen)
    return screen.case_id


async def last_week(night: Night) -> list[str]:
    """Three cases of last week: one followed up, one written off, one nobody looked after."""
    await add_signers(night)
    found = []
    for day, said in zip(("17", "18", "19"), WORDS, strict=True):
        night.clock.at = local(f"2026-11-{day} 09:00")
        done = await night.run_on_desk(
            lambda it, said=said: it.open_case(Intake(place="3-2-1502", said=said))  # type: ignore[misc]
        )
        found.append(done.case.id)
    await night.perform(found[0], REACHED)
    promised = local("2026-11-25 16:00")
    outcome = FollowUpOutcome.ARRANGED
    await night.perform(found[0], cmd.FollowUp(outcome=outcome, note="周三换泵", promise=promised))
    await night.perform(found[1], DONE)
    night.clock.at = local("2026-11-23 09:00")
    return found


async def test_interrupted_and_resumed_no_case_is_asked_twice_and_none_forgotten(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path, at=local("2026-11-10 08:00")) as night:
        first, second, third = await last_week(night)
        async with night.running() as pilot:
            await press(pilot, "f8", "1")
            assert isinstance(pilot.app.screen, ReviewScreen)
            form = pilot.app.screen.query_one(ReviewForm)
            assert form.standing is ReviewOutcome.ARRANGED
            assert "周三换泵" in form.text
            assert form.text.endswith("promised for 11-25 16:00")
            await press(pilot, "enter", "ctrl+z", "1")  # taken as it stands, and taken back
            assert chosen(pilot) == first
            assert (await case_of(night, first)).review is None
            await press(pilot, "enter")
            assert chosen(pilot) == second
            await press(pilot, "down", "2")
            await type_text(pilot, "改天再")
            await press(pilot, "f9")  # a call comes in between: the half-typed line is kept
            await press(pilot, "escape")
        case = await case_of(night, first)
        assert case.review is not None
        assert case.review.standing is ReviewOutcome.ARRANGED
        async with night.running() as pilot:
            await press(pilot, "f8", "1")
            assert chosen(pilot) == second
            await press(pilot, "enter")
            assert chosen(pilot) == third
            form = pilot.app.screen.query_one(ReviewForm)
            assert (form.standing, form.text) == (ReviewOutcome.ARRANGED, "改天再")
            await press(pilot, "enter")
            assert message(pilot).startswith("The review is finished")
        done = [e for e in await written(night) if isinstance(e, RoutineDone)]
        assert [(e.routine, e.period) for e in done] == [("review", "2026-W47")]
        reviewed = await night.run_on_desk(lambda it: [*it.store.book("reviewed")])
        cases = [line.entry.event for line in reviewed if isinstance(line.entry.event, Reviewed)]
        assert [event.case for event in cases] == [first, first, second, third]


async def test_what_cannot_be_handled_goes_to_the_head_by_phone_and_is_signed_later(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path, at=local("2026-11-10 08:00")) as night:
        case_id = (await last_week(night))[0]
        async with night.running() as pilot:
            await press(pilot, "f8", "1", "3", "enter")
            assert message(pilot) == "Write in a few words how it stands."
            await type_text(pilot, "泵停产")
            await press(pilot, "enter")
            assert on_top(pilot) == "DecideScreen"
            await press(pilot, "f10")
            assert message(pilot) == "Choose 1 or 2 first."
            await press(pilot, "1")
            await type_text(pilot, "请厂家")
            await press(pilot, "enter", "tab", "2", "f10")
            assert on_top(pilot) == "ReviewScreen"
            row = pilot.app.screen.query_one(PickLines).lines[0]
            assert row.rstrip().endswith(f"unsigned: {HEAD}")
            await press(pilot, "up", "6", *HEAD_PIN, "f10")
            assert message(pilot) == f"{HEAD} has signed."
        case = await case_of(night, case_id)
        assert [method.text for method in case.methods] == ["请厂家"]
        assert not [each for each in case.sign_offs if each.owed]
        assert not case.stuck
        entries = await night.run_on_desk(lambda it: it.store.entries(case_id))
        assert sum(isinstance(entry.event, MethodSet) for entry in entries) == 1


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_both_screens_stand_whole(tmp_path: Path, size: Size, lang: Language) -> None:
    async with desk(tmp_path, at=local("2026-11-10 08:00")) as night:
        await last_week(night)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f8", "1")
            assert_whole(pilot, "2026-W47", *WORDS, screen=ReviewScreen)
            await press(pilot, "escape", "2")
            assert_whole(pilot, "2026-W48", screen=WeeklyCheckScreen)


@pytest.mark.rule("P0-11", "what")
async def test_the_head_looks_through_the_week_notes_something_and_signs(tmp_path: Path) -> None:
    async with desk(tmp_path, at=local("2026-11-10 08:00")) as night:
        case_id = (await last_week(night))[2]
        await night.perform(case_id, cmd.FollowUp(outcome=FollowUpOutcome.CANNOT))
        night.clock.forward(hours=1)
        async with night.running() as pilot:
            await press(pilot, "f8", "2")
            assert chosen(pilot) == case_id
            await press(pilot, "1")
            assert on_top(pilot) == "NoteScreen"
            await press(pilot, *"ask", "f10")
            assert on_top(pilot) == "WeeklyCheckScreen"
            await press(pilot, "3")
            await type_text(pilot, "抓紧")
            await press(pilot, "escape", "escape", "2", "3", "enter", *HEAD_PIN, "f10")
            assert message(pilot) == "The week is checked and signed."
        signed = [e for e in await written(night) if isinstance(e, DeskSigned)]
        assert [(e.subject, e.name, e.remark) for e in signed] == [("check:2026-W48", HEAD, "抓紧")]
        assert len((await night.run_on_desk(read_review)).walk.missing) == 3
