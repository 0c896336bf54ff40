"""The digits that every screen answers, and where each of them is told to the operator.

Asked of the screens themselves, open on the demo: a digit that is made use of has to stand on the
screen at that moment and in its help. A page that a digit leads to is asked as well.
"""

from __future__ import annotations

import asyncio
import gc
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from textual._compositor import Compositor
from textual.screen import Screen

from dispatcher_tui.tui.keys import key_for
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.lines import Lines
from tests.look.screens import Demo, Type, all_screens, demo_running, made, opened
from tests.tui.support import picture, settle

DIGITS = range(1, 10)
"""0 is the menu's, on every screen."""

_IN_HELP = re.compile(r"\b(\d)(?:-(\d))?\b")
_BEFORE_A_WORD = re.compile(
    r"(?:^[ >]*(\d)  |(?:^|[\s\[>*(|+/])(\d)(?:[ *]|: )?)(?=[^\W\d_])", re.MULTILINE
)
"""A key before its word; two spaces between them only in a list's line."""
_RANGE = re.compile(r"(?<![\w:.,-])(\d)-(\d)(?![\w.-])")


class Answer(NamedTuple):
    """A digit that a screen made use of, what stood there when it was pressed, and the help."""

    number: int
    shown: str
    told: str

    def missing(self) -> Iterator[str]:
        """Where the digit is not to be found."""
        if self.number not in on_screen(self.shown):
            yield "screen"
        if self.number not in in_help(self.told):
            yield "help"


def _ranges(found: Iterator[re.Match[str]]) -> set[int]:
    return {n for match in found for n in range(int(match[1]), int(match[2] or match[1]) + 1)}


def in_help(text: str) -> set[int]:
    """The digits a help text names, alone or in a range; those of times and numbers are none."""
    return _ranges(_IN_HELP.finditer(text))


def on_screen(text: str) -> set[int]:
    """The digits that stand before a word, as a key does, or in a range of keys."""
    keys = {int(match[1] or match[2]) for match in _BEFORE_A_WORD.finditer(text)}
    return keys | _ranges(_RANGE.finditer(text))


class Sight(NamedTuple):
    """What there is to be seen at one moment: equal for two moments that nothing tells apart."""

    top: Screen[Any]
    focused: object
    written: object
    text: str


def _sight(demo: Demo) -> Sight:
    top = demo.app.screen
    return Sight(top, top.focused, demo.app.session.seen, picture(demo.pilot))


def _said(screen: Screen[Any]) -> str:
    """What stands on its line for what it says."""
    return next((line.text for line in screen.query("#message").results(Lines)), "")


@contextmanager
def in_one_go() -> Iterator[None]:
    """Many screens in a row: no frame is drawn for the terminal that is not there (a picture is,
    when it is asked for), and what they leave behind is collected once, at the end."""

    def clean(compositor: Compositor, **_how: object) -> None:
        compositor._dirty_regions.clear()

    gc.disable()
    try:
        with patch.object(Compositor, "render_update", clean):
            yield
    finally:
        gc.enable()


async def _back_to(demo: Demo, screen: Screen[Any]) -> None:
    while demo.app.screen is not screen and screen in demo.app.screen_stack:
        opening: asyncio.Event = demo.app.screen_stack[-1]._mounted_event
        await opening.wait()  # what it reads as it opens is read
        demo.app.pop_screen()
        await settle(demo.pilot)


async def _opened(demo: Demo, kind: Type) -> DeskScreen:
    """The screen as it opens, over the board alone, in the place of the one that stood there."""
    board = demo.app.board_screen
    assert board is not None
    stack = demo.app.screen_stack
    above = stack[stack.index(board) + 1 :]
    if not above or isinstance(board, kind):
        await _back_to(demo, board)
        screen = await opened(demo, kind)
    else:
        await _back_to(demo, above[0])
        screen = await made(demo, kind)
        await demo.app.switch_screen(screen)
        await settle(demo.pilot)
    assert isinstance(screen, DeskScreen)
    return screen


async def _pressed(demo: Demo, before: Sight, number: int) -> Answer | None:
    """The digit's answer: it opened something, wrote, moved the focus, or drew anything else.

    A digit that is only kept from being a command elsewhere is none, and so is one that is off or
    is not counted: it says why.
    """
    screen = before.top
    assert isinstance(screen, DeskScreen)
    key = key_for(screen.own_keys(), str(number))
    if key is not None and key.off:
        return None
    told = "\n".join(screen.help_lines())
    if not screen.press(str(number)):
        return None
    await settle(demo.pilot)
    if _said(screen).startswith(f"{number} NOT counted"):
        return None
    return Answer(number, before.text, told) if _sight(demo) != before else None


def own_digits(screen: DeskScreen) -> set[int]:
    """The digits it may answer as it stands now: those among its keys, since ``press`` answers no
    other; any, where the screen has a ``press`` of its own."""
    keys = screen.own_keys()
    found = {number for number in DIGITS if key_for(keys, str(number)) is not None}
    return set(DIGITS) if found and type(screen).press is not DeskScreen.press else found


class Asked:
    """One kind of screen, asked for every digit as it opens and on the pages that digits lead to.

    It is opened anew where it no longer looks as it did: a screen that a digit opened is left, and
    a page that was turned is turned back, if the same picture comes of it.
    """

    def __init__(self, demo: Demo, kind: Type, first: Sight) -> None:
        self._demo, self._kind = demo, kind
        self._first = first
        self._said = _said(first.top)
        self._pages: dict[int, Sight] = {}
        """Where a digit led that left the screen standing, and what stood there then."""
        self._keys: dict[int, set[int]] = {}
        """The digits there was a key for on that page."""

    @property
    def _screen(self) -> DeskScreen:
        assert isinstance(self._first.top, DeskScreen)
        return self._first.top

    async def _as_it_opened(self) -> Sight:
        demo = self._demo
        await _back_to(demo, self._screen)
        if demo.app.screen is self._screen and await self._told_otherwise():
            self._screen.press(str(DIGITS[0]))
            await settle(demo.pilot)
        if _sight(demo) != self._first:
            await _opened(demo, self._kind)
            self._first = _sight(demo)
            self._said = _said(self._screen)
        return self._first

    async def _told_otherwise(self) -> bool:
        """Whether it looks otherwise, whatever it said to the digit before."""
        if _sight(self._demo) == self._first:
            return False
        self._screen.say(self._said)
        await settle(self._demo.pilot)
        return _sight(self._demo) != self._first

    async def _on_page(self, number: int) -> Sight | None:
        """What stands where that digit leads; None where it leads elsewhere now."""
        demo, was = self._demo, self._pages[number]
        await _back_to(demo, self._screen)
        if demo.app.screen is self._screen and self._screen.press(str(number)):
            await settle(demo.pilot)
        now = _sight(demo)
        if now.top is self._screen and now[1:] == was[1:]:
            return now
        answer = await _pressed(demo, await self._as_it_opened(), number)
        now = _sight(demo)
        return now if answer and now.top is self._screen else None

    async def as_it_opens(self) -> list[Answer]:
        """Every digit it answers then."""
        found = []
        for number in sorted(own_digits(self._screen)):
            answer = await _pressed(self._demo, self._first, number)
            if answer is not None:
                found.append(answer)
                if self._demo.app.screen is self._screen:
                    self._pages[number] = _sight(self._demo)
                    self._keys[number] = own_digits(self._screen)
                await self._as_it_opened()
        return found

    async def on_its_pages(self, known: set[int]) -> list[Answer]:
        """What they answer besides; a page without a key for it answers nothing more."""
        found = []
        for page, more in self._keys.items():
            now = await self._on_page(page) if more - known else None
            for number in sorted(more - known, reverse=True):  # The lower ones turn pages.
                if now is None:
                    break
                answer = await _pressed(self._demo, now, number)
                found += [answer] if answer else []
                await _back_to(self._demo, self._screen)
                now = _sight(self._demo) if self._demo.app.screen is self._screen else None
        return found


async def answers(demo: Demo, kind: Type) -> list[Answer]:
    """Every digit a screen answers when it opens, and on the pages that its digits lead to."""
    if not own_digits(await _opened(demo, kind)):
        return []
    asked = Asked(demo, kind, _sight(demo))
    found = await asked.as_it_opens()
    first = {answer.number for answer in found}
    return found + (await asked.on_its_pages(first) if first != set(DIGITS) else [])


async def answered(demo: Demo) -> dict[str, list[Answer]]:
    """By the screen's name; it is empty for one that answers no digit of its own."""
    with in_one_go():
        return {
            name: await answers(demo, kind)
            for name, kind in sorted(all_screens().items())
            if issubclass(kind, DeskScreen)
        }


def untold(found: dict[str, list[Answer]]) -> set[str]:
    """What is missing, as the list of exceptions writes it: screen, digit, where."""
    return {
        f"{name} {answer.number} {where}"
        for name, each in found.items()
        for answer in each
        for where in answer.missing()
    }


async def missing_digits() -> set[str]:
    """The same for a demo made for the purpose."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        async with demo_running(Path(folder) / "demo", lang="en") as demo:
            return untold(await answered(demo))
