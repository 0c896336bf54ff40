"""In a drill every line of every screen says so, and the screens still hold what they must."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from textual.pilot import Pilot

from dispatcher_tui.desk.adoption import adopt_people
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.present.cells import width
from dispatcher_tui.present.i18n import use
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from dispatcher_tui.tui import app as tui_app
from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.heartbeat.chores import Chores
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from tests.tui.support import NARROW, WIDE, Language, Night, Size, desk, picture, press, settle

WORDS = {"zh": "演练", "en": "DRILL"}
SCREENS: dict[str, tuple[str, ...]] = {
    "board": (),
    "intake": ("f2", "1"),
    "notify": ("f4",),
    "follow_up": ("f5",),
    "close": ("f6",),
    "find": ("f3", "c", "z", "q"),
    "work_log": ("f7",),
    "records": ("f8",),
    "reachability": ("f8", "8"),
    "shift": ("f12",),
    "help": ("f1",),
    "menu": ("f11",),
    "palette": ("ctrl+p",),
    "kinds": ("f9",),
    "emergency": ("f9", "1"),
}


@asynccontextmanager
async def drilling(
    night: Night, size: Size = NARROW, lang: Language = "en"
) -> AsyncIterator[Pilot[int]]:
    """The program with the mark of a drill, its board up."""
    use(lang)
    try:
        with patch.object(tui_app, "REST_AFTER", 0.01):
            app = DispatcherApp(night.session, banner=WORDS[lang], mark=WORDS[lang])
            async with app.run_test(size=size) as pilot:
                await settle(pilot)
                await pilot.pause(0.02)  # the rest of the board is read after its first page
                await settle(pilot)
                yield pilot
                await settle(pilot)
    finally:
        use("en")


def assert_marked(text: str, lang: Language, size: Size) -> None:
    """The word runs down the left edge, once a line, and nothing is wider than the screen."""
    word, lines = WORDS[lang], text.split("\n")
    assert len(lines) == size[1]
    for number, line in enumerate(lines):
        assert line.startswith(word[number % len(word)]), f"line {number}: {line!r}"
        assert width(line) <= size[0]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(("size", "lang"), [(NARROW, "zh"), (NARROW, "en"), (WIDE, "zh")])
async def test_every_line_of_every_screen_is_marked(
    tmp_path: Path, screen: str, size: Size, lang: Language
) -> None:
    async with desk(tmp_path) as night:
        await night.open_case(place="3-2-1502", category="leak", said="漏水")
        async with drilling(night, size, lang) as pilot:
            await press(pilot, *SCREENS[screen])
            assert_marked(picture(pilot), lang, size)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("screen", ["board", "intake", "notify", "emergency"])
async def test_two_cells_less_cut_nothing(tmp_path: Path, screen: str, lang: Language) -> None:
    """What stands on the plain screen at 78 columns stands on the marked one at 80."""
    shown: list[list[str]] = []
    for size, marked in (((78, 24), False), (NARROW, True)):
        folder = tmp_path / str(marked)
        folder.mkdir()
        async with desk(folder) as night:
            await night.open_case(place="3-2-1502", category="leak", said="漏水")
            if marked:
                async with drilling(night, size, lang) as pilot:
                    await press(pilot, *SCREENS[screen])
                    text = picture(pilot)
            else:
                async with night.running(size, lang) as pilot:
                    await press(pilot, *SCREENS[screen])
                    text = picture(pilot)
        shown.append(
            [line[2 if lang == "en" else 1 :] if marked else line for line in text.split("\n")]
        )
    plain, drill = ([line.rstrip() for line in lines] for lines in shown)
    head = 1 if screen == "board" else 0  # the board's head names the drill besides
    assert drill[head:] == plain[head:]
    assert WORDS[lang] in drill[0] or not head


async def test_the_word_is_gone_outside_of_a_drill(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        assert not any(line.startswith("D") for line in picture(pilot).split("\n"))


async def test_who_cannot_be_rung_is_on_the_board_before_the_night(tmp_path: Path) -> None:
    def forget(it: object) -> None:
        roster = night.desk.store.current("roster")
        assert roster is not None
        lines = [line for line in roster.text.splitlines() if ",gm," not in line]
        text = "\n".join(lines)
        adopt_people(night.desk, parse_roster(text), text)

    async with desk(tmp_path) as night:
        await night.run_on_desk(forget)
        chores = Chores(night.session, None, "hello")
        async with night.running(begin=chores.begin) as pilot:
            await settle(pilot)
            shown = picture(pilot)
            assert "The emergency ladder has nobody to ring: General manager (nobody)" in shown
            assert "hello" in shown


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_once_the_roster_has_the_numbers_the_board_says_so_no_more(
    tmp_path: Path, lang: Language
) -> None:
    whole = read_text(data_dir() / "demo" / "roster.csv")
    lacking = "\n".join(row for row in whole.splitlines() if ",gm," not in row)
    assert lacking != whole
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda it: adopt_people(it, parse_roster(lacking), lacking))
        chores = Chores(night.session, None, "hello")
        async with night.running(lang=lang, begin=chores.begin) as pilot:
            await settle(pilot)
            app = pilot.app
            assert isinstance(app, DispatcherApp)
            told = app.screen.query_one("#message", Lines).text
            assert len(told.splitlines()) > 1
            await chores.gaps_again(app)
            assert app.screen.query_one("#message", Lines).text == told, "nothing has changed"
            gap = chores._gaps
            assert gap in told
            await night.run_on_desk(lambda it: adopt_people(it, parse_roster(whole), whole))
            await app.take_news()
            await chores.gaps_again(app)
            left = app.screen.query_one("#message", Lines).text
            assert gap not in left
            assert "hello" in left, "nothing else went with it"


async def test_a_dead_number_is_marked_in_the_phone_book_and_leads_the_list(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as night:
        case = (await night.open_case(place="3-2-1502", said="漏水")).case.id
        people = await night.run_on_desk(lambda it: it.store.people())
        chen, sun = people[0], people[1]
        for who, outcome in ((chen, CallOutcome.NO_ANSWER), (sun, CallOutcome.REACHED)):
            for _try in range(3):
                night.clock.forward(seconds=40)
                await night.perform(case, _rung(who.id, who.name, who.phones[0], outcome))
        async with night.running() as pilot:
            await press(pilot, "f3", *"czq")
            (line,) = (x for x in pilot.app.screen.query_one(PickLines).lines if "陈志强" in x)
            assert line.endswith("DEAD")
            assert "DEAD" in picture(pilot)
            await press(pilot, "escape", "escape", "f8", "8")
            rows = pilot.app.screen.query_one(PickLines).lines
            assert [row.split()[0] for row in rows] == ["陈志强", "孙明远"]
            assert rows[0].endswith("DEAD")
            assert "Dead this month: 1" in picture(pilot)


def _rung(person: str, name: str, phone: str, outcome: CallOutcome) -> cmd.TryCall:
    return cmd.TryCall(person=person, name=name, phone=phone, outcome=outcome, purpose="notified")
