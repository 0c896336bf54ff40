"""Records: papers owed by age, what was handled today, the record proved beside the work."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_site
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import PendingEntry
from dispatcher_tui.domain.record.watch_events import RoutineDone
from dispatcher_tui.site.load import load
from dispatcher_tui.store.sqlite import connect
from dispatcher_tui.tui.screens.reviews.month import MonthScreen
from dispatcher_tui.tui.screens.reviews.records import RecordsScreen
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from tests.desk.several import SECOND, add_second, set_in_force
from tests.tui.on_watch import written
from tests.tui.story import DONE, EVERYWHERE, REACHED, assert_whole, leak, message, on_top
from tests.tui.support import Language, Size, desk, picture, press


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_the_longest_owed_paper_comes_first_with_its_age(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        old = await leak(night, REACHED, DONE)
        night.clock.forward(days=3, hours=4)
        await night.run_on_desk(lambda it: it.issue_slip(old))
        await leak(night, REACHED, DONE)
        async with night.running(size, lang) as pilot:
            await press(pilot, "f8")
            age = "3天4小时" if lang == "zh" else "3 d 4 h"
            assert_whole(pilot, "261121-01", "261125-01", age, screen=RecordsScreen)
            rows = pilot.app.screen.query_one(PickLines).lines
            own, papers = rows[:2], rows[2:]
            assert [".." in row for row in own] == [True, True]
            assert ["261121-01" in row for row in papers] == [True, False, False]
            assert "FW-000001" in papers[0]
            await press(pilot, "down", "down", "enter")
            assert on_top(pilot) == "CaseScreen"


async def test_f6_is_about_the_chosen_paper(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night, REACHED, DONE)
        async with night.running() as pilot:
            await press(pilot, "f8", "f6")
            assert on_top(pilot) == "CloseScreen"


async def test_nothing_owed_is_said(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f8")
        assert "No paper is owed, nothing was handled today." in picture(pilot)
        assert "No backup was made yet." in picture(pilot)


def copied(it: Desk) -> None:
    """Write down that a copy was made and proved."""
    now = it.clock.now()
    happening = PendingEntry(ev.BackupMade(file="copy.sqlite3", head="f" * 64), now)
    it.store.transact(lambda tx: tx.append([happening], actor="cli:x", recorded_at=now))


async def test_the_last_proved_backup_is_named(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(copied)
        night.clock.forward(hours=5)
        async with night.running() as pilot:
            await press(pilot, "f8")
            assert "Last backup 11-21 22:47 (5 h ago), proved whole: copy.sqlite3" in picture(pilot)


async def proved(pilot: object) -> str:
    """What the proof came to."""
    for _ in range(100):
        text = pilot.app.screen.query_one("#proof", Lines).text  # type: ignore[attr-defined]
        if not text.startswith("Proving"):
            return str(text)
        await asyncio.sleep(0.02)
    raise TimeoutError


async def test_the_record_is_proved_while_the_desk_goes_on(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        case_id = await leak(night, REACHED)
        async with night.running() as pilot:
            await press(pilot, "f8", "k")
            await night.perform(case_id, cmd.AddNote(text="x"))
            assert (await proved(pilot)).startswith("Proved: all ")


async def test_a_record_that_was_changed_is_called_unsound(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await leak(night, REACHED)
        raw = connect(night.store.path)
        raw.executescript(
            "DROP TRIGGER IF EXISTS journal_no_update;"
            + "".join(
                f"DROP TRIGGER {name};"
                for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type='trigger'")
            )
            + "UPDATE journal SET actor = 'x' WHERE seq = 6;"
        )
        raw.close()
        async with night.running() as pilot:
            await press(pilot, "f8", "k")
            assert (await proved(pilot)).startswith("NOT SOUND at entry 6")


async def test_a_duty_of_the_desk_is_on_the_board_a_day_before_and_is_noted_as_done(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        text = (tmp_path / "site" / "procedures" / "estate-dispatch.toml").read_text("utf-8")
        text = text.replace('do = "review"', 'do = "note"')
        file = tmp_path / "site" / "procedures" / "estate-dispatch.toml"
        file.write_text(text, encoding="utf-8", newline="\n")
        site = await asyncio.to_thread(load, tmp_path / "site")
        await night.run_on_desk(lambda it: adopt_site(it, site))
        night.clock.forward(days=1, hours=12)  # Monday, 10:47
        async with night.running() as pilot:
            assert "Monday's full follow-up 11-16..11-22, today by 24:00" in picture(pilot)
            await press(pilot, "f8", "enter", *"went")
            assert on_top(pilot) == "RoutineScreen"
            await press(pilot, "escape", "escape", "enter", *" round", "f10")
            assert on_top(pilot) == "RecordsScreen"
            rows = pilot.app.screen.query_one(PickLines).lines
            assert not [row for row in rows if "Monday's full follow-up" in row]
            await press(pilot, "escape")
            assert "Desk owes" not in picture(pilot)
        (done,) = [e for e in await written(night) if isinstance(e, RoutineDone)]
        assert (done.period, done.note) == ("2026-W47", "went round")


@pytest.mark.parametrize(("size", "lang"), EVERYWHERE)
async def test_a_duty_with_fields_asks_for_each_and_keeps_what_was_typed(
    tmp_path: Path, size: Size, lang: Language
) -> None:
    async with desk(tmp_path, procedure="owner-relations") as night:
        night.clock.forward(days=130)  # the last evening of March
        async with night.running(size, lang) as pilot:
            await press(pilot, "f8")
            rows = pilot.app.screen.query_one(PickLines).lines
            name = {"zh": "与业委会沟通", "en": "Meet the owners' committee"}[lang]
            assert any(name in row for row in rows), rows
            (place,) = [n for n, row in enumerate(rows) if name in row]
            await press(pilot, *["down"] * place, "enter")
            assert on_top(pilot) == "RoutineScreen"
            assert_whole(pilot, name)
            await press(pilot, "f10")
            assert {"zh": "*", "en": "Fill in what is marked *"}[lang] in message(pilot)
            await press(pilot, *"11-20", "enter", *"Zhao", "enter", *"lift", "escape", "escape")
            await press(pilot, "enter")
            shown = picture(pilot)
            assert "Zhao" in shown
            assert "lift" in shown, "kept"
            decided = pilot.app.screen.query_one("#act-decided")
            decided.focus()
            await pilot.pause()
            await press(pilot, *"agreed", "f10")
            assert on_top(pilot) == "RecordsScreen"
        (done,) = [e for e in await written(night) if isinstance(e, RoutineDone)]
        assert (done.values["attended"], done.values["decided"]) == ("Zhao", "agreed")


def _two(it: Desk) -> None:
    add_second(it, "EB-")
    set_in_force(it, "estate-dispatch", SECOND)


async def test_of_several_procedures_one_is_chosen_by_its_digit(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(_two)
        async with night.running() as pilot:
            for work, screen in (("1", "ReviewScreen"), ("2", "WeeklyCheckScreen")):
                await press(pilot, "f8", work)
                assert on_top(pilot) == "WhoseScreen"
                await press(pilot, "2")
                assert on_top(pilot) == screen
                await press(pilot, "escape", "escape", "escape")
            await press(pilot, "f8", "3", "down", "enter")
            assert isinstance(pilot.app.screen, MonthScreen)
            assert pilot.app.screen.month.endswith(f"/{SECOND}")


async def test_one_procedure_alone_is_not_asked_for(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f8", "1")
        assert on_top(pilot) == "ReviewScreen"
