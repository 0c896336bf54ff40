"""The digits that every screen answers, and where each of them is told to the operator.

Asked of the screens themselves, open on the demo: a digit that is made use of has to stand on the
screen at that moment and in its help. A page that a digit leads to is asked as well.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from textual.screen import Screen

from dispatcher_tui.tui.keys import key_for
from dispatcher_tui.tui.screens.base import DeskScreen
from tests.look.screens import Demo, Type, all_screens, demo_running, opened
from tests.tui.support import picture, settle

DIGITS = range(1, 10)
"""0 is the menu's, on every screen."""

_IN_HELP = re.compile(r"\b(\d)(?:-(\d))?\b")
_BEFORE_A_WORD = re.compile(
    r"(?:^[ >]*(\d)  |(?:^|[\s\[>(|+/])(\d)(?:[ *]|: )?)(?=[^\W\d_])", re.MULTILINE
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


async def _back_to(demo: Demo, screen: Screen[Any]) -> None:
    while demo.app.screen is not screen and screen in demo.app.screen_stack:
        opening: asyncio.Event = demo.app.screen_stack[-1]._mounted_event
        await opening.wait()  # what it reads as it opens is read
        demo.app.pop_screen()
        await settle(demo.pilot)


async def _anew(demo: Demo, kind: Type) -> DeskScreen:
    """The screen as it opens, over the board alone."""
    assert demo.app.board_screen is not None
    await _back_to(demo, demo.app.board_screen)
    screen = await opened(demo, kind)
    assert isinstance(screen, DeskScreen)
    return screen


async def _pressed(demo: Demo, screen: DeskScreen, number: int) -> Answer | None:
    """The digit's answer: it opened something, wrote, moved the focus, or drew anything else.

    A digit that is only kept from being a command elsewhere is none, and so is one that is off: it
    says why.
    """
    key = key_for(screen.own_keys(), str(number))
    if key is not None and key.off:
        return None

    def state() -> tuple[object, ...]:
        top = demo.app.screen
        return top, top.focused, demo.app.session.seen, picture(demo.pilot)

    before, told = state(), "\n".join(screen.help_lines())
    used = screen.press(str(number))
    await settle(demo.pilot)
    return Answer(number, str(before[-1]), told) if used and state() != before else None


async def _led_on(demo: Demo, screen: DeskScreen, known: set[int]) -> list[Answer]:
    """What the page that now stands answers besides."""
    found = []
    for number in reversed(DIGITS):  # The page's own come first: the lower ones turn pages.
        if number in known:
            continue
        answer = await _pressed(demo, screen, number)
        found += [answer] if answer else []
        await _back_to(demo, screen)
        if demo.app.screen is not screen:
            break
    return found


def has_digits(screen: DeskScreen) -> bool:
    """Whether a digit is among its keys as it stands now."""
    return any(key.key[0].isdigit() for key in screen.own_keys())


async def answers(demo: Demo, kind: Type) -> list[Answer]:
    """Every digit a screen answers when it opens, and on the pages that its digits lead to."""
    found: list[Answer] = []
    led: list[int] = []
    screen = await _anew(demo, kind)
    if not has_digits(screen):
        return []
    for number in DIGITS:
        answer = await _pressed(demo, screen, number)
        if answer is not None:
            found.append(answer)
            led += [number] if demo.app.screen is screen else []
            screen = await _anew(demo, kind)
    first = {answer.number for answer in found}
    for number in led if first != set(DIGITS) else ():
        screen = await _anew(demo, kind)
        if await _pressed(demo, screen, number) and demo.app.screen is screen:
            found += await _led_on(demo, screen, first)
    return found


async def answered(demo: Demo) -> dict[str, list[Answer]]:
    """By the screen's name; it is empty for one that answers no digit of its own."""
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
