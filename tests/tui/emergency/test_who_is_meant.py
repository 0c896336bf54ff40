"""F4 in an emergency: a name of no list is asked about before it is written down (E-03)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.tui.screens.case.notify import NotifyScreen
from dispatcher_tui.tui.screens.emergency.responder import ResponderScreen
from dispatcher_tui.tui.widgets.form import Choice, Field
from dispatcher_tui.tui.widgets.picker import Picker
from dispatcher_tui.tui.widgets.question import Question
from tests.tui.support import desk, paste, picture, press, settle

PHONE = "13812345678"


async def typed(pilot: Pilot[Any]) -> None:
    """Somebody else, by a name and a number that are on no list; they were reached."""
    await settle(pilot)
    await press(pilot, "7")
    await paste(pilot, "高雷")
    await press(pilot, "enter", *PHONE, "enter", "1")


@pytest.mark.rule("E-03")
@pytest.mark.parametrize(("key", "person", "name"), [("1", "gaolei", "高磊"), ("0", "", "高雷")])
async def test_it_may_be_one_of_those_whom_nobody_reached(
    tmp_path: Path, key: str, person: str, name: str
) -> None:
    async with desk(tmp_path) as night:
        done = await night.run_on_desk(lambda it: it.open_emergency("fire", "3-2-1502"))
        case_id = done.case.id
        async with night.running() as pilot:
            await pilot.app.push_screen(NotifyScreen(case_id, anybody=True))
            await typed(pilot)
            assert "高雷 is not on the roster. Who is meant?" in picture(pilot)
            assert "1 高磊" in picture(pilot)
            record = await night.run_on_desk(lambda it: it.record(case_id))
            assert record.case.calls == (), "nothing is written before it is answered"
            await press(pilot, key)
            (call,) = (await night.run_on_desk(lambda it: it.record(case_id))).case.calls
            assert (call.person, call.name, call.phone) == (person, name, PHONE)
            assert call.stranger == (not person)


async def test_elsewhere_a_typed_name_is_taken_as_it_is(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        done = await night.open_case(place="3-2-1502", said="漏水")
        async with night.running() as pilot:
            await pilot.app.push_screen(NotifyScreen(done.case.id))
            await typed(pilot)
            assert "Who is meant?" not in picture(pilot)
            (call,) = (await night.run_on_desk(lambda it: it.record(done.case.id))).case.calls
            assert (call.person, call.name) == ("", "高雷")


async def came(pilot: Pilot[Any], case_id: str) -> ResponderScreen:
    """A name of no list is on the scene, in his words; F10."""
    screen = ResponderScreen(case_id)
    await pilot.app.push_screen(screen)
    await settle(pilot)
    screen.query_one("#who").focus()
    await paste(pilot, "高雷")
    await press(pilot, "enter", "2")
    screen.query_one("#note").focus()
    await paste(pilot, "五楼有烟")
    await press(pilot, "f10")
    assert "高雷 is not on the roster. Who is meant?" in picture(pilot)
    return screen


@pytest.mark.rule("E-03")
@pytest.mark.parametrize("key", ["escape", "enter"])
async def test_whoever_goes_back_from_the_question_writes_nothing_and_loses_nothing(
    tmp_path: Path, key: str
) -> None:
    async with desk(tmp_path) as night:
        case_id = (await night.run_on_desk(lambda it: it.open_emergency("fire", "5-1"))).case.id
        async with night.running() as pilot:
            screen = await came(pilot, case_id)
            before = await night.run_on_desk(lambda it: it.store.last_seq())
            await press(pilot, key)
            assert await night.run_on_desk(lambda it: it.store.last_seq()) == before
            assert pilot.app.screen is screen
            assert not screen.query_one(Question).asked
            assert screen.query_one("#who", Picker).value == "高雷"
            assert screen.query_one("#stage", Choice).value == "on_scene"
            assert screen.query_one("#note", Field).value == "五楼有烟"
            assert screen.query_one("#who").has_focus
            assert "NOT written down" in picture(pilot)
            await press(pilot, "f10", "0")
            record = (await night.run_on_desk(lambda it: it.record(case_id))).case
            (there,) = record.called
            assert (there.person, there.name, there.on_scene_at is not None) == ("", "高雷", True)


@pytest.mark.rule("E-03")
@pytest.mark.parametrize("key", ["escape", "enter"])
async def test_a_call_to_a_name_of_no_list_is_not_written_down_by_going_back(
    tmp_path: Path, key: str
) -> None:
    async with desk(tmp_path) as night:
        case_id = (await night.run_on_desk(lambda it: it.open_emergency("fire", "5-1"))).case.id
        async with night.running() as pilot:
            await pilot.app.push_screen(NotifyScreen(case_id, anybody=True))
            await typed(pilot)
            await press(pilot, key)
            record = await night.run_on_desk(lambda it: it.record(case_id))
            assert record.case.calls == ()
            assert "NOT written down" in picture(pilot)
            assert "高雷" in picture(pilot)
            assert PHONE in picture(pilot)
            await press(pilot, "1")
            assert "Who is meant?" in picture(pilot), "the result is asked for once more"
            await press(pilot, "1")
            (call,) = (await night.run_on_desk(lambda it: it.record(case_id))).case.calls
            assert call.person == "gaolei"


@pytest.mark.rule("E-03")
async def test_who_was_told_stands_first_among_those_who_may_have_come(tmp_path: Path) -> None:
    told = ("caoyang", "handong", "gaolei")
    async with desk(tmp_path) as night:
        case_id = (await night.run_on_desk(lambda it: it.open_emergency("fire", "5-1"))).case.id

        def ring(it: Desk) -> None:
            for person in (one for who in told for one in it.store.people() if one.id == who):
                call = cmd.TryCall(
                    person=person.id,
                    name=person.name,
                    role=person.role,
                    outcome=CallOutcome.REACHED,
                )
                it.perform(case_id, call)

        await night.run_on_desk(ring)
        async with night.running() as pilot:
            screen = ResponderScreen(case_id)
            await pilot.app.push_screen(screen)
            await settle(pilot)
            picker = screen.query_one("#who", Picker)
            assert tuple(option.value for option in picker.matching[:3]) == told
            await press(pilot, "2")
            assert picker.picked == "handong"
