"""What ends an emergency, on the screen: who is called back, who was left out, what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.emergency.emergency import holding
from dispatcher_tui.domain.duties.called_out import under_way
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import emergency_events as em
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.words.terms import CallOutcome, Responder
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from tests.tui.story import EVERYWHERE, assert_whole, case_of, message, on_top
from tests.tui.support import NARROW, Language, Night, Size, desk, paste, picture, press

NUMBER = "261121-01"


async def fire(night: Night) -> str:
    """A fire that the head knows of; 119 and two of ours are under way to it."""
    done = await night.run_on_desk(lambda it: it.open_emergency("fire", "3-2-1502"))
    case_id = done.case.id
    people = {p.name: p for p in await night.run_on_desk(lambda it: it.store.people())}
    calls = (
        ("", "119", "119", ""),
        (people["陈志强"].id, "陈志强", "", "reported"),
        (people["马国栋"].id, "马国栋", people["马国栋"].phones[0], "notified"),
        (people["高磊"].id, "高磊", people["高磊"].phones[0], "called_out"),
    )
    for person, name, phone, purpose in calls:
        call = cmd.TryCall(
            person=person,
            name=name,
            phone=phone,
            outcome=CallOutcome.REACHED,
            purpose=purpose,
            read_back=bool(person),
        )
        await night.perform(case_id, call)
        night.clock.forward(seconds=20)
    return case_id


async def told(night: Night, case_id: str) -> list[str]:
    """Who still has to be told, by name."""
    record = await night.run_on_desk(lambda it: it.record(case_id))
    return [d.name for d in record.duties if d.pending and d.do.startswith("call_back:")]


async def stand_down(pilot: Pilot[Any]) -> None:
    """The words, and the word why for whoever was left out."""
    await press(pilot, "0", "6", "enter")
    await paste(pilot, "陈志强：已灭")
    await press(pilot, "enter")
    await paste(pilot, "没轮到")
    await press(pilot, "enter", "1")


@pytest.mark.rule("E-05")
@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_it_names_who_is_called_back_and_who_was_never_reached(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await fire(night)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f9", "enter", "0", "6")
            back = "回电告知：119、马国栋、高磊" if lang == "zh" else "Call back: 119, 马国栋, 高磊"
            assert_whole(pilot, back)
            never = "没联系上或没派出" if lang == "zh" else "Never reached or sent"
            assert never in picture(pilot)
            await press(pilot, "escape")
            await press(pilot, "escape")
            await press(pilot, "f9", "enter")
            await stand_down(pilot)
            assert not await night.run_on_desk(holding)
            case = await case_of(night, NUMBER)
            entry = next(
                e.event
                for e in await night.run_on_desk(lambda it: it.store.entries(case.id))
                if isinstance(e.event, em.StoodDown)
            )
            assert entry.why == "没轮到"
            assert "马国栋" not in entry.unreached
            assert entry.unreached
            missing = "负责人签字" if lang == "zh" else "The head's signature"
            aftermath = "善后完毕" if lang == "zh" else "Aftermath over"
            assert_whole(pilot, missing, aftermath)


@pytest.mark.rule("E-05")
async def test_what_is_owed_counts_on_while_it_is_read(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await fire(night)
        async with night.running() as pilot:
            await press(pilot, "f9", "enter")
            await stand_down(pilot)
            before = picture(pilot)
            pilot.app.screen.tick(night.clock.forward(minutes=3))  # type: ignore[attr-defined]
            await press(pilot)
            assert picture(pilot) != before


@pytest.mark.rule("E-03")
async def test_whoever_is_under_way_is_rung_one_by_one_and_then_it_is_over(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await fire(night)
        async with night.running() as pilot:
            await press(pilot, "f9", "enter")
            await stand_down(pilot)
            assert await told(night, case_id) == ["119", "马国栋", "高磊"]
            await press(pilot, "f4")
            assert on_top(pilot) == "CallBackScreen"
            seen = " ".join(picture(pilot).split())
            assert "Say to 119: " in seen
            assert seen.count("over at building 3, unit 2, room 1502") == 1, "what 119 hears alone"
            assert "It is over at building 3, unit 2, room 1502: you need not come." in seen
            await press(pilot, "2")
            assert await told(night, case_id) == ["119", "马国栋", "高磊"], "nobody answered"
            await press(pilot, "1")
            assert await told(night, case_id) == ["马国栋", "高磊"]
            seen = " ".join(picture(pilot).split())
            assert "Dispatch: it is over at building 3, unit 2, room 1502" in seen
            assert "Say to 119: " not in seen
            await press(pilot, "5", *"Chen", "enter", "0")
            assert await told(night, case_id) == ["马国栋", "高磊"], "relayed, and not read back"
            night.clock.forward(seconds=3)
            await press(pilot, "5", "escape", "1")
            assert await told(night, case_id) == ["高磊"]
            await press(pilot, "1")
            assert await told(night, case_id) == []
            assert on_top(pilot) == "StandDownScreen"
            assert "Everybody who was under way was told." in message(pilot)
            case = await case_of(night, NUMBER)
            assert next(c.phone for c in case.calls if c.purpose == "sent_back") == "119"
            assert not [c.name for c in case.calls if c.stranger], "119 is no stranger"
            relayed = [c.taken_by for c in case.calls if c.outcome is CallOutcome.RELAYED]
            assert relayed == ["Chen"], "Esc at who took it wrote no call"


@pytest.mark.rule("E-03")
async def test_before_it_is_stood_down_f4_tells_each_who_is_listed_that_it_is_over(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        case_id = await fire(night)
        await night.perform(case_id, cmd.NameEmergency(kind="fire", place="5-1"))
        moved = cmd.TryCall(
            person="",
            name="119",
            phone="119",
            outcome=CallOutcome.REACHED,
            purpose="place_told",
        )
        await night.perform(case_id, moved)
        async with night.running() as pilot:
            await press(pilot, "f9", "enter", "0", "6")
            assert_whole(pilot, "Call back: 119, 马国栋, 高磊")
            await press(pilot, "f4")
            assert on_top(pilot) == "CallBackScreen"
            seen = " ".join(picture(pilot).split())
            assert "Tell them it is over: 3 to be told" in seen
            assert "It is over at 5-1: you need not come." in seen
            assert "The place is now" not in seen
            night.clock.forward(seconds=5)
            await press(pilot, "1")
            assert "Next: 马国栋" in message(pilot)
            await press(pilot, "2", "escape")
            assert on_top(pilot) == "StandDownScreen"
            assert_whole(pilot, "Call back: 马国栋, 高磊")
            case = await case_of(night, NUMBER)
            assert [c.name for c in case.calls if c.purpose == "sent_back"] == ["119", "马国栋"]
            assert case.stood_down_at is None, "that is another matter"


@pytest.mark.rule("E-03")
@pytest.mark.parametrize("between", [("tab",), ("7",), ("9",)])
async def test_of_a_relayed_word_the_read_back_is_asked_until_it_is_answered(
    tmp_path: Path, between: tuple[str, ...]
) -> None:
    async with desk(tmp_path) as night:
        case_id = await fire(night)
        async with night.running() as pilot:
            await press(pilot, "f9", "enter")
            await stand_down(pilot)
            await press(pilot, "f4", "5", "enter")
            calls = len((await case_of(night, NUMBER)).calls)
            await press(pilot, *between, "1")
            assert len((await case_of(night, NUMBER)).calls) == calls
            assert await told(night, case_id) == ["马国栋", "高磊"]


@pytest.mark.rule("E-03")
async def test_from_there_somebody_else_can_be_told_too(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await fire(night)
        why = cmd.StandDown(note="陈志强：已灭", why="没轮到")
        await night.perform(case_id, why)
        async with night.running() as pilot:
            await press(pilot, "f4")
            assert on_top(pilot) == "CallBackScreen"
            await press(pilot, "7")
            assert on_top(pilot) == "NotifyScreen"


@pytest.mark.rule("E-03")
async def test_another_place_is_told_to_each_who_is_under_way(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await fire(night)
        report = cmd.ReportResponder(
            person="", name="fire", stage=Responder.ON_SCENE, phones=("119",)
        )
        await night.perform(case_id, report)
        async with night.running() as pilot:
            await press(pilot, "f9", "enter", "8")
            await press(pilot, *["backspace"] * 12)
            await paste(pilot, "5-1")
            await press(pilot, "enter", "8")
            assert "The place has changed. Call back: 马国栋, 高磊" in message(pilot)
            assert await told(night, case_id) == ["马国栋", "高磊"]
            assert "F4 Tell the new place" in picture(pilot)
            await press(pilot, "f4")
            assert on_top(pilot) == "CallBackScreen"
            assert "the place is now 5-1" in picture(pilot)


@pytest.mark.rule("E-05")
async def test_while_another_one_holds_the_post_it_is_not_asked_whether_it_is_free(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        await fire(night)
        await night.run_on_desk(lambda it: it.open_emergency("fire", "5-1"))
        async with night.running() as pilot:
            await press(pilot, "f9", "enter", "0", "6", "enter")
            await paste(pilot, "陈志强：已灭")
            await press(pilot, "enter")
            await paste(pilot, "没轮到")
            await press(pilot, "enter")
            assert "Is the post free?" not in picture(pilot)
            assert "still holds the post." in " ".join(picture(pilot).split())


@pytest.mark.rule("E-02")
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_behind_twenty_overdue_complaints_the_fire_nobody_knows_of_stands_first(
    tmp_path: Path, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        for nth in range(1, 21):
            await night.open_case(place=f"3-2-{100 + nth}", said="漏水")
        night.clock.forward(minutes=45)
        alarm = await night.run_on_desk(lambda it: it.open_emergency("fire", "5-1"))
        async with night.running(NARROW, lang) as pilot:
            screen = pilot.app.screen
            assert isinstance(screen, BoardScreen)
            first = next(line for line in picture(pilot).splitlines() if "261121-" in line)
            assert alarm.case.number in first
            now = night.clock.now()
            for lane in (Lane.ALL, Lane.EMERGENCY):
                lines = pilot.app.board.lane(lane, now, now)  # type: ignore[attr-defined]
                assert lines[0].id == alarm.case.id
            assert len(lines) == 1
            stored = await night.run_on_desk(lambda it: it.store.board(Lane.ALL))
            assert stored[0].id == alarm.case.id
            call = cmd.TryCall(
                person="", name="119", phone="119", outcome=CallOutcome.REACHED, purpose=""
            )
            await night.perform(alarm.case.id, call)
            stored = await night.run_on_desk(lambda it: it.store.board(Lane.ALL))
            assert stored[-1].id == alarm.case.id, "by its duty, once somebody knows"


@pytest.mark.rule("E-08")
async def test_a_leader_is_of_the_roster_or_a_stranger_and_never_a_sentence(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await fire(night)
        async with night.running() as pilot:
            await press(pilot, "f9", "enter", "0", "5")
            await paste(pilot, "孙副总说,封闭一单元,并且贴告示。")
            await press(pilot, "tab")
            await paste(pilot, "封闭一单元")
            await press(pilot, "f10")
            assert message(pilot).startswith("That is no name")
            by = pilot.app.screen.query_one("#by", Field)
            by.value = "街道刘主任"
            await press(pilot, "f10")
            assert "街道刘主任 is not on the roster. Write it down so?" in picture(pilot)
            await press(pilot, "enter")
            assert on_top(pilot) == "OrderScreen", "no is the default"
            await press(pilot, "f10", "1")
            assert on_top(pilot) == "EmergencyScreen"
            order = await case_of(night, "261121-02")
            assert order.callers[0].name == "街道刘主任"
            story = pilot.app.screen.query_one("#story", Lines).text
            assert "街道刘主任 (not on the roster)" in story
            await press(pilot, "0", "5")
            await paste(pilot, "陈志强")
            await press(pilot, "tab", "a", "tab", *"5-1", "f10")
            assert on_top(pilot) == "EmergencyScreen"
            case = await case_of(night, NUMBER)
            entries = await night.run_on_desk(lambda it: it.store.entries(case.id))
            given = [e.event for e in entries if isinstance(e.event, em.OrderIssued)]
            assert [(g.by, bool(g.person), g.stranger) for g in given] == [
                ("街道刘主任", False, True), ("陈志强", True, False),
            ]  # fmt: skip
            assert (await case_of(night, "261121-03")).place == "5-1", "replaced, not added to"


@pytest.mark.rule("E-05")
@pytest.mark.parametrize(
    ("typed", "keys", "by", "stranger"),
    [
        ("处理完", ("1",), "处理完", True),
        ("陈志刚：灭了", ("1",), "陈志强", False),
        ("陈志强：灭了", (), "陈志强", False),
    ],
)
async def test_who_says_so_is_of_the_roster_or_a_stranger_who_was_asked_about(
    tmp_path: Path, typed: str, keys: tuple[str, ...], by: str, stranger: bool
) -> None:
    async with desk(tmp_path) as night:
        case_id = await fire(night)
        async with night.running() as pilot:
            await press(pilot, "f9", "enter", "0", "6", "enter")
            await paste(pilot, typed)
            await press(pilot, "enter")
            await paste(pilot, "没轮到")
            await press(pilot, "enter")
            if keys:
                assert "is not on the roster. Who is meant?" in picture(pilot)
                await press(pilot, "enter")
                assert "Who is meant?" not in picture(pilot), "no is the default"
                await press(pilot, "f10", *keys)
            assert "Is the post free?" in " ".join(picture(pilot).split())
            await press(pilot, "escape", "f10", "1")
            entries = await night.run_on_desk(lambda it: it.store.entries(case_id))
            (down,) = [e.event for e in entries if isinstance(e.event, em.StoodDown)]
            assert (down.by, bool(down.person), down.stranger) == (by, not stranger, stranger)


@pytest.mark.rule("E-03")
async def test_who_need_not_come_is_rung_and_a_slip_is_mended_by_another_call(
    tmp_path: Path,
) -> None:
    async def stop(name: str) -> None:
        tree = pilot.app.screen.query_one(CallTree)
        await press(pilot, *["up"] * 20)
        for _press in range(20):
            if tree.target is not None and tree.target.name == name:
                break
            await press(pilot, "down")
        await press(pilot, "0", "9")

    async def going() -> list[str]:
        case = await case_of(night, NUMBER)
        found = under_way(case, night.desk.rules_of(case).procedure)
        return [each.name if each.person else each.who for each in found]

    async with desk(tmp_path) as night:
        case_id = await fire(night)
        async with night.running() as pilot:
            await press(pilot, "f9", "enter")
            await stop("fire")
            assert on_top(pilot) == "CallBackScreen"
            assert_whole(pilot, "119", "you need not come any more. Please repeat.")
            assert "over at" not in picture(pilot)
            await press(pilot, "2")
            assert await going() == ["119", "马国栋", "高磊"], "nobody answered: nobody is marked"
            await press(pilot, "1")
            assert on_top(pilot) == "EmergencyScreen"
            assert "A slip? Ring again: 1 sends anew." in message(pilot)
            assert await going() == ["马国栋", "高磊"]
            assert "need not come 22:" in " ".join(picture(pilot).split())
            await press(pilot, "ctrl+z")
            said = " ".join(message(pilot).split())
            assert "Ring again and log what is so now" in said
            await press(pilot, "1")
            assert "twice within 2 seconds is one call" in message(pilot)
            night.clock.forward(seconds=5)
            await press(pilot, "1")
            assert await going() == ["119", "马国栋", "高磊"]
            assert "need not come 22:" not in " ".join(picture(pilot).split())
            await stop("马国栋")
            await press(pilot, "1")
            record = await night.run_on_desk(lambda it: it.record(case_id))
            owed = [d.name for d in record.duties if d.pending and d.clock == "E-03/report"]
            assert owed == ["高磊"]
            await stop("马国栋")
            assert message(pilot) == "马国栋 is not under way: there is nobody to stop."
            await press(pilot, "0", "6")
            assert "Call back: Fire brigade, 高磊" in picture(pilot)
