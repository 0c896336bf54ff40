"""What every test of a screen needs: a desk on a throwaway file, a clock to set, keys, the picture.

async with desk(tmp_path) as night, night.running() as pilot:
    await press(pilot, "f2", "1", *"3-2-1502", "enter")
    assert "3-2-1502" in picture(pilot)
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from difflib import unified_diff
from functools import cache, partial
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, TypeVar
from unittest.mock import patch

from rich.cells import cell_len
from textual.app import App
from textual.color import Color
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from dispatcher_tui.desk.adoption import adopt_people, adopt_site, adopt_units, recorded
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.session import Session
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.guided_steps import GuidedNight
from dispatcher_tui.domain.time.clocks import ClockReading
from dispatcher_tui.paths import DATABASE
from dispatcher_tui.present.big_digits import big
from dispatcher_tui.present.i18n import use
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.lists.units import parse_units
from dispatcher_tui.site.load import SiteData, load
from dispatcher_tui.site.scaffold import scaffold
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from dispatcher_tui.store.owner import OwnerThread
from dispatcher_tui.store.store import Store
from dispatcher_tui.tui import app as tui_app
from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.guided import GuidedApp
from dispatcher_tui.tui.look import PALETTES
from tests.tui.waits import LOOK_EVERY, all_run, counted

T = TypeVar("T")
Language = Literal["zh", "en"]
Size = tuple[int, int]

NARROW, WIDE = (80, 24), (120, 36)
START = datetime(2026, 11, 21, 14, 47, 12, tzinfo=UTC)
"""Saturday 22:47:12 at the demo estate: the night shift is on watch."""
OPERATOR = "李建国"
GOLDENS = Path(__file__).parent / "goldens"

# Whom the tests know: a household with one number, one with two, one with a warning.
PLACE, PLACE_OF_TWO, PLACE_WITH_WARNING = "3-2-1502", "3-2-1404", "3-2-1501"


class SetClock:
    """A clock that stands until it is moved.

    Time passes here in leaps, and no heartbeat is missed by it; a test that asks what the desk
    makes of missed heartbeats or of a clock that was set gives it the ``pace`` of real time.
    """

    def __init__(self, at: datetime = START) -> None:
        self.at = at
        self.apart = 0.0
        self.slept = 0.0
        self.pace = 1e6

    def now(self) -> datetime:
        return self.at

    def boot(self) -> float:
        return self.at.timestamp() - self.apart

    def beat(self) -> ClockReading:
        return ClockReading(self.now(), self.boot(), self.boot() - self.slept, self.pace)

    def forward(self, **length: float) -> datetime:
        """Let time pass: ``forward(minutes=10)``."""
        self.at += timedelta(**length)
        return self.at

    def set_by(self, **length: float) -> datetime:
        """Somebody sets the clock, forward or back, and no time passes: ``set_by(hours=-2)``."""
        self.apart += timedelta(**length).total_seconds()
        return self.forward(**length)

    def sleep(self, **length: float) -> datetime:
        """The workstation sleeps so long."""
        self.slept += timedelta(**length).total_seconds()
        return self.forward(**length)


class Night:
    """A desk on a file of its own, and the means to look at it from outside the program."""

    def __init__(self, folder: Path, store: Store, site: SiteData, clock: SetClock) -> None:
        self.folder = folder
        self.clock = clock
        self.store = store
        self.owner = OwnerThread(store)
        self.desk = Desk(store, clock, site, OPERATOR)
        self.session = Session(self.desk, self.owner)

    async def run_on_desk(self, question: Callable[[Desk], T]) -> T:
        """Ask the desk as another program beside the screen would."""
        return await self.session.run_on_desk(question)

    async def open_case(self, **form: Any) -> Done:
        """A case opened beside the screen; keywords are those of the form."""
        return await self.run_on_desk(lambda desk: desk.open_case(Intake(**form)))

    async def perform(self, key: str, command: cmd.Command) -> Done:
        """A command carried out beside the screen."""
        return await self.run_on_desk(lambda desk: desk.perform(key, command))

    @asynccontextmanager
    async def running(
        self,
        size: Size = NARROW,
        lang: Language = "en",
        begin: Callable[[DispatcherApp], None] | None = None,
        guided: GuidedNight | None = None,
    ) -> AsyncIterator[Pilot[int]]:
        """The program on this desk, its board up; ``begin`` is what it does by itself from then,
        ``guided`` the steps that lead through it."""
        use(lang)
        try:
            with counted(), patch.object(tui_app, "REST_AFTER", 0.01):
                app = (
                    GuidedApp(guided, self.session, begin=begin)
                    if guided is not None
                    else DispatcherApp(self.session, begin=begin)
                )
                async with app.run_test(size=size) as pilot:
                    await settle(pilot)
                    await pilot.pause(0.02)  # The rest of the board is read after its first page.
                    await settle(pilot)
                    yield pilot
                    await settle(pilot)
                    if app.screen_stack:
                        picture(pilot)  # what stands there in the end can be drawn
        finally:
            use("en")


def small_site(folder: Path, procedure: str = "estate-dispatch") -> SiteData:
    """The demo estate's settings with the shipped procedures, laid out in ``folder``."""
    if not (folder / "site.toml").exists():
        scaffold(folder, name="翠湖花园", procedure=procedure, zone="Asia/Shanghai")
        _never_hide(folder / "site.toml")
    return load(folder, lazy=True)


def layer_with(folder: Path, before: str, after: str) -> None:
    """A site in a night's folder whose emergency layer has other words in one place."""
    small_site(folder / "site")
    path = folder / "site" / "emergency.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def _never_hide(settings: Path) -> None:
    """Hours pass in a leap here, without a key: the veil is for the tests that ask for it."""
    text = read_text(settings)
    assert "hide_minutes = 10" in text
    text = text.replace("hide_minutes = 10", "hide_minutes = 0")
    settings.write_text(text, encoding="utf-8", newline="\n")


def _few_units() -> str:
    """The header of the demo's register and the fifteenth floor's neighbourhood of 3-2."""
    lines = read_text(data_dir() / "demo" / "units.csv").splitlines()
    return "\n".join([lines[0], *(line for line in lines if line.startswith("3-2-1"))])


def _adopt(desk: Desk) -> None:
    adopt_site(desk, desk.site)
    units, roster = _few_units(), read_text(data_dir() / "demo" / "roster.csv")
    adopt_units(desk, parse_units(units), units)
    adopt_people(desk, parse_roster(roster), roster)


def _come_up(desk: Desk, *, adopted: bool) -> None:
    """Adopt what is not ``adopted`` yet; the rules are read here, so that screens find them."""
    if adopted:
        adopt_site(desk, desk.site)
    else:
        _adopt(desk)
    assert desk.rules


@cache
def _first_night(procedure: str) -> tuple[TemporaryDirectory[str], Path]:
    """A site and the record of a desk that adopted it as the night begins, laid out once a run:
    every desk that begins so is a copy of it, which takes a third of the time."""
    made = TemporaryDirectory(prefix="first-night-")
    folder = Path(made.name)
    site = small_site(folder / "site", procedure)
    store = Store.create(folder / DATABASE, site=site.site.name, desk=site.site.desk, ballast=0)
    with closing(store):
        _adopt(Desk(store, SetClock(), site, OPERATOR))
    return made, folder


@asynccontextmanager
async def desk(
    folder: Path, *, at: datetime = START, procedure: str = "estate-dispatch"
) -> AsyncIterator[Night]:
    """A desk on ``folder``/desk.sqlite3; the file is made on first use and found again later."""
    path = folder / DATABASE
    alike = at == START and not path.exists() and not (folder / "site").exists()
    if alike:
        shutil.copytree(_first_night(procedure)[1], folder, dirs_exist_ok=True)
        store = Store.open(path, ballast=0)
        site = load(folder / "site", lazy=True, record=recorded(store))  # as any start does
    else:
        site = small_site(folder / "site", procedure)
        store = (
            Store.open(path, ballast=0)
            if path.exists()
            else Store.create(path, site=site.site.name, desk=site.site.desk, ballast=0)
        )
    night = Night(folder, store, site, SetClock(at))
    try:
        await night.run_on_desk(partial(_come_up, adopted=alike))
        yield night
    finally:
        night.session.close()


_DRAWN_AT_MOST = 5
"""Pictures in a row; what asks for more each time is no rest to wait for."""


async def _rest(app: DispatcherApp) -> None:
    """Let the program come to rest, and draw what it has put off until the next picture.

    Textual's own pause sends a message to every widget and waits for each, several times a key:
    a third of what a test took.
    """
    await all_run()
    await app.animator.wait_for_idle()
    await asyncio.sleep(LOOK_EVERY)
    await all_run()
    for _ in range(_DRAWN_AT_MOST):
        screen = app.screen
        screen._on_timer_update()
        await all_run()
        # What is to be done after a picture (a list scrolls) may ask for another one.
        if not (screen._callbacks or screen._layout_required or screen._scroll_required):
            return


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until workers, the owner thread and the screen have nothing left to do."""
    app = pilot.app
    assert isinstance(app, DispatcherApp)
    for _ in range(50):
        await _rest(app)
        busy = [worker for worker in app.workers if not worker.is_finished]
        if busy:
            waiting = [asyncio.ensure_future(worker.wait()) for worker in busy]
            _done, stuck = await asyncio.wait(waiting, timeout=5)
            assert not stuck, f"workers that do not end: {busy}"
        await app.session.run_on_desk(lambda _desk: None)
        await _rest(app)
        if app._exception is not None:
            raise app._exception
        if not busy:
            return
    raise TimeoutError("the screen does not come to rest")


def _writes_on(app: App[Any], key: str) -> Input | None:
    """The field that takes a key as a character of its text."""
    focused = app.screen.focused
    return focused if len(key) == 1 and isinstance(focused, Input) else None


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, each when what the one before set off is done. ``*"3-2-1502"`` types a text.

    Within a text nothing is drawn: it is typed faster than that.
    """
    app = pilot.app
    for key, following in zip_longest(keys, keys[1:], fillvalue=""):
        field = _writes_on(app, key)
        await app._press_keys([key])
        if field is None or field is not _writes_on(app, following):
            await settle(pilot)
    if not keys:
        await settle(pilot)


async def type_text(pilot: Pilot[Any], text: str) -> None:
    """Type a text of any script: ``press`` loses punctuation that is not ASCII."""
    for character in text:
        pilot.app.post_message(Key(character, character))
        await pilot.pause()
    await settle(pilot)


async def burst(pilot: Pilot[Any], *keys: str) -> None:
    """Send keys as a slow line does: all in one packet, none waiting for the one before."""
    named = {"enter": "\r", "escape": "\x1b", "tab": "\t", "backspace": "\x7f"}
    for key in keys:
        character = key if len(key) == 1 else named.get(key)
        pilot.app.post_message(Key(key, character))
    await settle(pilot)


async def paste(pilot: Pilot[Any], text: str) -> None:
    """Paste a text where the focus is, as a terminal hands it over: all at once."""
    target = pilot.app.screen.focused or pilot.app.screen
    target.post_message(Paste(text))
    await settle(pilot)


def picture(pilot: Pilot[Any], screen: Screen[Any] | None = None) -> str:
    """The screen as text, one line each, without spaces at the ends."""
    strips = (screen or pilot.app.screen)._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


def big_on_screen(pilot: Pilot[Any], number: str) -> bool:
    """Whether a number stands on the screen in filled cells, drawn once or twice across."""
    filled = Color.parse(PALETTES[pilot.app.theme]["digit"]).rich_color
    shown = []
    for strip in pilot.app.screen._compositor.render_strips():
        row = ""
        for text, style, _control in strip:
            row += ("#" if style and style.bgcolor == filled else " ") * cell_len(text)
        shown.append(row)
    for cells in (200, 51):
        rows = [
            "".join(("#" if span.role == "digit" else " ") * len(span.text) for span in row)
            for row in big(number, cells)
        ]
        for top in range(len(shown) - len(rows) + 1):
            at = shown[top].find(rows[0])
            while at >= 0:
                found = zip(rows, shown[top:], strict=False)
                if all(line[at : at + len(row)] == row for row, line in found):
                    return True
                at = shown[top].find(rows[0], at + 1)
    return False


def compare_golden(name: str, text: str) -> None:
    """Compare with ``goldens/name.txt``; with UPDATE_GOLDENS=1 in the environment, write it."""
    path = GOLDENS / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDENS") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
    assert path.exists(), f"no golden {name}: UPDATE_GOLDENS=1 writes it"
    kept = path.read_text(encoding="utf-8").splitlines()
    changed = "\n".join(unified_diff(kept, text.splitlines(), "golden", "screen", lineterm=""))
    assert not changed, f"{name} looks otherwise (UPDATE_GOLDENS=1 accepts):\n{changed}"
