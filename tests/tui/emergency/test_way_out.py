"""A real call wins over a drill: one key leads out of it, and what comes in is shouted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from textual.events import Key
from textual.pilot import Pilot

from dispatcher_tui.desk.case.intake import Intake, IntakeKind
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.drill import Lead, RealRecord, Way
from dispatcher_tui.desk.emergency.emergency import open_emergency
from dispatcher_tui.desk.session import Session
from dispatcher_tui.desk.watch.watchkeeping import lock
from dispatcher_tui.domain.duties.alarm import Tone
from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.present.cells import width
from dispatcher_tui.store.errors import DiskProblem
from dispatcher_tui.store.owner import OwnerThread
from dispatcher_tui.store.store import Store
from dispatcher_tui.tui import app as tui_app
from dispatcher_tui.tui import way_out
from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.lead_in import DEAF
from dispatcher_tui.tui.screens.case.intake import IntakeScreen
from dispatcher_tui.tui.screens.emergency import real_call
from dispatcher_tui.tui.typeahead import moment
from tests.tui.crew import staff
from tests.tui.support import NARROW, OPERATOR, START, Night, burst, desk, picture, press, settle

EARLIER = START - timedelta(hours=3)
"""The drill's own clock shows another time than the wall."""


class Both:
    """A drill on its copy, and the real desk's record behind it."""

    def __init__(self, drill: Night, real: Night, reading: Session, pilot: Pilot[int]) -> None:
        self.drill, self.real, self.reading, self.pilot = drill, real, reading, pilot
        self.sounds: list[Tone] = []

    @property
    def app(self) -> DispatcherApp:
        assert isinstance(self.pilot.app, DispatcherApp)
        return self.pilot.app

    @property
    def out(self) -> way_out.WayOut:
        assert self.app.way_out is not None
        return self.app.way_out

    @property
    def top(self) -> str:
        return type(self.app.screen).__name__

    async def beat(self) -> str:
        """A heartbeat, and what it left on the screen."""
        self.out.beat()
        await settle(self.pilot)
        return picture(self.pilot)

    async def fire(self) -> str:
        """A fire is opened in the real record; its case's id."""
        return await self.real.run_on_desk(lambda it: open_emergency(it, "fire", place="3-2-1502"))


@asynccontextmanager
async def drilling(folder: Path, *, read_at_once: bool = True) -> AsyncIterator[Both]:
    """A drill, its board up; ``read_at_once``: what is shown may be answered with the next key."""
    for name in ("drill", "real"):
        (folder / name).mkdir()
    within = 0.0 if read_at_once else 1e6
    async with desk(folder / "drill", at=EARLIER) as drill, desk(folder / "real") as real:
        store = Store.open(real.store.path, read_only=True)
        reading = Session(Desk(store, real.clock, real.desk.site, OPERATOR), OwnerThread(store))
        record = RealRecord(reading, await real.run_on_desk(lambda it: it.store.last_seq()))
        app = DispatcherApp(drill.session, banner="DRILL", mark="DRILL", real=record)
        with (
            patch.object(tui_app, "REST_AFTER", 0.01),
            patch.object(way_out, "READ_WITHIN", within),
            patch.object(real_call, "READ_WITHIN", within),
        ):
            async with app.run_test(size=NARROW) as pilot:
                await settle(pilot)
                await pilot.pause(0.02)
                both = Both(drill, real, reading, pilot)

                def sound(tone: Tone) -> bool:
                    both.sounds.append(tone)
                    return True

                with patch.object(app.alarm, "sound", sound):
                    yield both
        reading.close()


async def left_by(both: Both, key: str) -> Lead | None:
    """Press the key that ends the drill; what it leads to."""
    await both.pilot.press(key)
    await both.pilot.pause()
    assert both.app._exit
    return both.app.leads_to


async def test_f2_asks_and_1_leads_out_with_the_time_of_f2(tmp_path: Path) -> None:
    async with drilling(tmp_path) as both:
        await press(both.pilot, "f2")
        assert both.top == "RealCallScreen"
        shown = picture(both.pilot)
        assert "Is this a REAL call, or part of the drill?" in shown
        assert all(line[0] in "DRILL" for line in shown.split("\n"))
        both.real.clock.forward(seconds=9)
        assert await left_by(both, "1") == Lead(Way.CALL, START)


@pytest.mark.parametrize("key", ["0", "escape", "enter", "０"])
async def test_no_is_the_form_of_the_drill(tmp_path: Path, key: str) -> None:
    async with drilling(tmp_path) as both:
        await press(both.pilot, "f2")
        await burst(both.pilot, key)
        assert both.top == "IntakeScreen"
        assert both.app.leads_to is None
        assert [type(s).__name__ for s in both.app.desk_screens] == ["BoardScreen", "IntakeScreen"]


async def test_a_digit_that_came_with_f2_is_no_answer(tmp_path: Path) -> None:
    async with drilling(tmp_path, read_at_once=False) as both:
        await burst(both.pilot, "f2", "1")
        await press(both.pilot, "1", "3", "f4", "f12", "n", "x")
        assert both.top == "RealCallScreen"
        assert both.app.leads_to is None
        await press(both.pilot, "escape")
        assert both.top == "IntakeScreen"


async def test_no_other_key_covers_the_question(tmp_path: Path) -> None:
    async with drilling(tmp_path) as both:
        await press(both.pilot, "f2")
        for key in (*(f"f{n}" for n in range(1, 13) if n != 9), "ctrl+s", "ctrl+p", "=", "3"):
            await press(both.pilot, key)
            assert both.top == "RealCallScreen", key
        assert await left_by(both, "1") == Lead(Way.CALL, START)


@pytest.mark.parametrize("way", [("n",), ("f11", "1"), ("0", "1"), ("f2", "escape", "f2")])
async def test_every_way_to_an_intake_asks(tmp_path: Path, way: tuple[str, ...]) -> None:
    async with drilling(tmp_path) as both:
        await press(both.pilot, *way)
        assert both.top == "RealCallScreen"


async def test_the_first_f9_is_the_drills_and_the_second_asks(tmp_path: Path) -> None:
    async with drilling(tmp_path) as both:
        await press(both.pilot, "f9", "1")
        assert both.top == "EmergencyScreen"
        await press(both.pilot, "f9")
        assert "Is this a REAL emergency, or part of the drill?" in picture(both.pilot)
        await press(both.pilot, "0")
        assert both.top == "EmergencyScreen"
        await press(both.pilot, "f9")
        at = both.real.clock.now()
        both.real.clock.forward(seconds=2)
        assert await left_by(both, "1") == Lead(Way.EMERGENCY, at)


async def test_f9_over_the_question_of_a_call_asks_about_an_emergency(tmp_path: Path) -> None:
    async with drilling(tmp_path) as both:
        await press(both.pilot, "f2")
        at = both.real.clock.forward(seconds=4)
        await press(both.pilot, "f9")
        both.real.clock.forward(seconds=4)
        await press(both.pilot, "f9", "f2")
        assert "REAL emergency" in picture(both.pilot)
        assert await left_by(both, "1") == Lead(Way.EMERGENCY, at)


async def test_what_comes_in_is_shouted_on_every_screen_and_1_leads_to_it(tmp_path: Path) -> None:
    async with drilling(tmp_path) as both:
        await press(both.pilot, "f9", "1", "escape", "f2", "0", *"11-1-0101")
        assert both.top == "IntakeScreen"
        assert "REAL" not in await both.beat()
        case = await both.fire()
        shown = (await both.beat()).split("\n")
        number = (await both.real.run_on_desk(lambda it: it.record(case))).case.number
        assert f"REAL EMERGENCY {number} 3-2-1502 Fire" in shown[0]
        assert "1 = LEAVE THE DRILL" in shown[1]
        assert both.sounds == [Tone.EMERGENCY]
        for key in ("f1", "f7", "f8", "f12", "f3"):
            await press(both.pilot, key)
            assert picture(both.pilot).split("\n")[:2] == shown[:2]
        lead = await left_by(both, "1")
        assert lead == Lead(Way.CASE, START, case, emergency=True)


async def test_an_ordinary_case_sounds_as_one_nobody_was_told_of(tmp_path: Path) -> None:
    async with drilling(tmp_path) as both:
        first = await both.real.open_case(place="3-2-1502", said="漏水")
        assert f"REAL: case {first.case.number} 3-2-1502 漏水" in await both.beat()
        assert both.sounds == [Tone.UNTOLD]
        fire = await both.fire()
        assert "(and 1 more)" in await both.beat()
        assert both.sounds == [Tone.UNTOLD, Tone.EMERGENCY]
        assert await left_by(both, "1") == Lead(Way.CASE, START, fire, emergency=True)


async def test_long_words_never_cover_the_key(tmp_path: Path) -> None:
    async with drilling(tmp_path) as both:
        await both.real.open_case(place="地下车库B区" * 20, said="灯不亮\n主卧暖气又不热" * 99)
        shown = (await both.beat()).split("\n")
        assert "REAL: case " in shown[0]
        assert shown[1].startswith("R   1 = LEAVE THE DRILL, to this case at the real desk")
        assert len(shown) == NARROW[1]
        assert max(map(width, shown)) <= NARROW[0]


async def test_a_case_of_the_drill_is_not_shouted(tmp_path: Path) -> None:
    async with drilling(tmp_path) as both:
        await both.drill.open_case(place="3-2-1502", said="漏水")
        await both.drill.run_on_desk(lambda it: open_emergency(it, "fire"))
        assert "REAL" not in await both.beat()
        assert both.sounds == []


async def test_0_stays_in_the_drill_and_the_question_of_f2_leads_to_the_case(
    tmp_path: Path,
) -> None:
    async with drilling(tmp_path) as both:
        case = await both.fire()
        await both.beat()
        await press(both.pilot, "0")
        assert both.top == "BoardScreen"
        assert "F2 leads out of the drill." in picture(both.pilot)
        await press(both.pilot, "1")
        assert both.app.leads_to is None
        with patch.object(way_out, "SOUND_AGAIN", 0.0):
            await both.beat()
        assert both.sounds == [Tone.EMERGENCY]
        await press(both.pilot, "f2")
        assert "2  REAL: the drill ends; the real case " in picture(both.pilot)
        lead = await left_by(both, "2")
        assert lead == Lead(Way.CASE, START, case, emergency=True)


async def test_2_is_no_answer_where_nothing_came_in(tmp_path: Path) -> None:
    async with drilling(tmp_path) as both:
        await press(both.pilot, "f2", "2")
        assert both.top == "RealCallScreen"
        assert both.app.leads_to is None


async def test_a_digit_on_its_way_when_it_is_shouted_is_the_drills(tmp_path: Path) -> None:
    async with drilling(tmp_path) as both:
        await both.fire()
        await both.beat()
        shouted = both.out._shouted_at
        with patch.object(way_out, "READ_WITHIN", 1.0):
            for after, answered in ((0.0, False), (0.999, False), (1.0, True)):
                key = Key("1", "1")
                key.time = shouted + after
                assert both.out.answered(key) is answered, after
        assert both.app.leads_to is not None


@pytest.mark.parametrize(("after", "sounds"), [(9.9, 1), (10.1, 2)])
async def test_it_sounds_again_while_it_has_no_answer(
    tmp_path: Path, after: float, sounds: int
) -> None:
    async with drilling(tmp_path) as both:
        await both.fire()
        await both.beat()
        assert both.sounds == [Tone.EMERGENCY]
        assert both.out._sounded_at is not None
        both.out._sounded_at = moment() - after
        both.out._sound()
        assert len(both.sounds) == sounds


async def test_a_record_that_cannot_be_watched_says_so_until_it_can(tmp_path: Path) -> None:
    async with drilling(tmp_path) as both:

        def broken(*_given: object) -> int:
            raise DiskProblem("no disk")

        with patch.object(both.reading.desk.store, "data_version", broken):
            assert "The real desk cannot be watched from this drill" in await both.beat()
        assert "cannot be watched" not in await both.beat()


@asynccontextmanager
async def led_in(night: Night, lead: Lead) -> AsyncIterator[Pilot[int]]:
    """The real desk as it opens after a drill."""
    with patch.object(tui_app, "REST_AFTER", 0.01):
        async with DispatcherApp(night.session, lead=lead).run_test(size=NARROW) as pilot:
            await settle(pilot)
            await pilot.pause(0.02)
            await settle(pilot)
            yield pilot
            await settle(pilot)


async def test_what_is_still_typed_for_the_drill_never_lands_in_the_real_desk(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night, led_in(night, Lead(Way.CALL, START)) as pilot:
        app, form = pilot.app, pilot.app.screen
        assert isinstance(app, DispatcherApp)
        assert isinstance(form, IntakeScreen)
        assert 0 < app.deaf_until <= moment() + DEAF
        for name, after, dropped in (
            ("2", -0.001, True),
            ("2", 0.0, False),
            ("enter", -0.001, True),
            ("f9", -0.001, False),
        ):
            key = Key(name, "\r" if name == "enter" else name if len(name) == 1 else None)
            key.time = app.deaf_until + after
            assert app.noticed(key) is dropped, (name, after)
        app.deaf_until = moment() + 60
        await press(pilot, "2", *"11-1-0101")
        assert form.filled == Intake()
        app.deaf_until = moment()
        await press(pilot, "2", *"11-1-0101")
        assert form.filled == Intake(kind=IntakeKind.REPAIR, place="11-1-0101")


async def test_the_real_desk_opens_with_the_form_and_the_time_of_the_call(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        at = night.clock.now()
        night.clock.forward(seconds=3)
        async with led_in(night, Lead(Way.CALL, at)) as pilot:
            shown = picture(pilot)
            head = shown.splitlines()[0]
            assert "New case" in head
            assert "call of 22:47:12" in head
            assert "This is the REAL desk: the drill has ended. The call counts from 22:47" in shown
            assert [d.opened_at for d in night.session.drafts.values()] == [at]
            await pilot.pause(DEAF)
            await press(pilot, "1", *"3-2-1502", "f10")
            (case,) = await night.run_on_desk(lambda it: it.store.board(Lane.ALL))
            record = await night.run_on_desk(lambda it: it.record(case.id))
            assert (record.case.received_at, record.case.place) == (at, "3-2-1502")


async def test_the_real_emergency_exists_from_the_press_of_f9(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        at = night.clock.now()
        night.clock.forward(seconds=2)
        async with led_in(night, Lead(Way.EMERGENCY, at)) as pilot:
            (line,) = await night.run_on_desk(lambda it: it.store.board(Lane.EMERGENCY))
            record = await night.run_on_desk(lambda it: it.record(line.id))
            assert record.case.received_at == at
            assert "What kind?" in picture(pilot)


@pytest.mark.parametrize("emergency", [True, False])
async def test_the_real_case_is_on_the_screen_once(tmp_path: Path, emergency: bool) -> None:
    async with desk(tmp_path) as night:
        if emergency:
            case = await night.run_on_desk(lambda it: open_emergency(it, "fire", place="3-2-1502"))
        else:
            case = (await night.open_case(place="3-2-1502", said="漏水")).case.id
        async with led_in(night, Lead(Way.CASE, START, case, emergency=emergency)) as pilot:
            app = pilot.app
            assert isinstance(app, DispatcherApp)
            wanted = "EmergencyScreen" if emergency else "CaseScreen"
            assert [type(s).__name__ for s in app.desk_screens] == ["BoardScreen", wanted]
            assert "This is the REAL desk: the drill has ended." in picture(pilot)
            await app.heart.begin(app, None)
            assert app.heart._held == ""
            assert [type(s).__name__ for s in app.desk_screens] == ["BoardScreen", wanted]


@pytest.mark.parametrize(
    ("way", "order"),
    [
        (Way.CALL, ["BoardScreen", "IntakeScreen", "LockScreen"]),
        (Way.EMERGENCY, ["BoardScreen", "LockScreen", "EmergencyScreen"]),
    ],
)
async def test_a_locked_desk_lets_an_emergency_through_and_keeps_a_calls_time(
    tmp_path: Path, way: Way, order: list[str]
) -> None:
    async with desk(tmp_path) as night:
        await staff(night)
        await night.run_on_desk(lock)
        async with led_in(night, Lead(way, START)) as pilot:
            app = pilot.app
            assert isinstance(app, DispatcherApp)
            assert [type(s).__name__ for s in app.desk_screens] == order
