"""Keys that come faster than they are handled are handled in their order, each where it belongs.

Textual hands a key to the widget that has the focus at that moment. Where several arrive at once
(a slow line sends them in one packet, an input method commits a word and Enter), Enter would move
the focus only after the next field's text went into this one, and F10 would read a field before
its last letters are in it.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import TypeVar
from weakref import ref

from textual import events
from textual.dom import DOMNode
from textual.message import Message
from textual.widget import Widget
from textual.worker import Worker

from dispatcher_tui.domain.words.looks import NIGHT
from dispatcher_tui.tui.garbage import Garbage
from dispatcher_tui.tui.keys import KEY_WORK
from dispatcher_tui.tui.look import LookApp
from dispatcher_tui.tui.textual_parts import filter_pastes
from dispatcher_tui.tui.twice import Presses

T = TypeVar("T")

AT_ONCE = 0.002
"""Seconds: keys nearer to each other came together."""
FOR_GOOD = 2
"""Screens that are never left: Textual's own, and the board on it."""
PATIENCE = 0.5
"""Most seconds a key waits at one widget for the one before it."""
SIGNS_OF_LIFE = (events.Key, events.Paste, events.MouseDown)
"""What only somebody who is there can do."""


def moment() -> float:
    """Now, by the clock that keys are stamped with, in seconds."""
    return Message().time


def _text(event: events.Event) -> bool:
    """Whether a key, or a paste, is text: a digit, a letter, what an input method commits."""
    return isinstance(event, events.Paste) or (isinstance(event, events.Key) and event.is_printable)


async def _turn(node: DOMNode) -> None:
    """Wait until a node has handled all it was sent so far; a closed one handles nothing more."""
    done = asyncio.Event()
    if node.call_later(done.set):
        try:
            await asyncio.wait_for(done.wait(), PATIENCE)
        except TimeoutError:
            return  # It is busy or on its way out: the next key must not wait for ever.


class TypeAhead(LookApp[T]):
    """An application that lets typed keys wait for one another."""

    def __init__(self, wish: str = NIGHT) -> None:
        super().__init__(wish)
        filter_pastes()
        self.presses = Presses()
        self.garbage = Garbage(
            self.set_timer,
            lambda: moment() - self._before_at,
            lambda: len(self.screen_stack) <= FOR_GOOD,
        )
        self._typed: deque[events.Key | events.Paste] = deque()
        self._feeding = False
        self._before: ref[DOMNode] | None = None
        self._before_at = 0.0

    def noticed(self, event: events.Event) -> bool:
        """Somebody pressed a key, pasted or clicked; True where nothing more is to come of it."""
        return False

    async def on_event(self, event: events.Event) -> None:
        """Pass on at once what comes alone; line up what comes together."""
        if isinstance(event, SIGNS_OF_LIFE) and not event.is_forwarded:
            if self.noticed(event):
                return
            self.presses.note(event)
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._feeding:
            self._typed.append(event)
        elif self._crowded(event):
            self._typed.append(event)
            self._feeding = True
            self.run_worker(self._feed(), group="typed")
        else:
            await self._pass_on(event)

    def _crowded(self, event: events.Event) -> bool:
        """Whether the key before this one may still be on its way."""
        if event.time - self._before_at < AT_ONCE:
            return True
        if _text(event) and self._key_work():
            return True
        return any(node.message_queue_size for node in self._way())

    def _way(self) -> Iterator[DOMNode]:
        """Where the key before this one went, up to the screen."""
        before = self._before() if self._before is not None else None
        for node in before.ancestors_with_self if before is not None else ():
            if node is not self:
                yield node

    async def _pass_on(self, event: events.Key | events.Paste) -> None:
        # Not held: the key may have closed the screen, and nothing else keeps that in memory.
        self._before = ref(self.focused or self.screen)
        self._before_at = event.time
        await super().on_event(event)

    async def _feed(self) -> None:
        try:
            while self._typed:
                await self._settled(self._typed[0])
                await self._pass_on(self._typed.popleft())
        finally:
            self._feeding = False

    def _key_work(self) -> list[Worker[object]]:
        """What keys before this one set off that is not done yet."""
        return [each for each in self.workers if each.group == KEY_WORK and not each.is_finished]

    async def _settled(self, event: events.Key | events.Paste) -> None:
        """Wait for the key before and what it set off; another screen may have come up by it.

        A key that is text waits for the work of the one before it too, which may open the form it
        is for; a function key, and F9 above all, never does.
        """
        for last in (False, True):
            for node in (*self._way(), self, self.screen):
                await _turn(node)
            if not last and _text(event) and (work := self._key_work()):
                done = asyncio.gather(*(each.wait() for each in work), return_exceptions=True)
                with suppress(TimeoutError):
                    await asyncio.wait_for(asyncio.shield(done), PATIENCE)
                await _turn(self.screen)


def of_place(widget: Widget, event: events.Key) -> bool:
    """Whether a key belongs to a place that is being typed, as a widget has to know."""
    app = widget.app
    return isinstance(app, TypeAhead) and app.presses.of_place(event)


def question_closed(widget: Widget, answers: str, at: float) -> None:
    """A question was closed at that moment without one of its answers."""
    app = widget.app
    if isinstance(app, TypeAhead):
        app.presses.closed(answers, at)


def no_result(widget: Widget, event: events.Key) -> bool:
    """Whether a digit is no result of a call: pressed twice, or for a question just closed."""
    app = widget.app
    return isinstance(app, TypeAhead) and (app.presses.twice(event) or app.presses.too_late(event))


def pressed_at(widget: Widget) -> float:
    """When the key pressed last came in, by the clock of keys, in seconds."""
    app = widget.app
    return app.presses.last[1] if isinstance(app, TypeAhead) else -math.inf


def pressed_twice(widget: Widget, event: events.Key) -> bool:
    """Whether a key is the second press of the one before it, as a widget has to know."""
    app = widget.app
    return isinstance(app, TypeAhead) and app.presses.twice(event)


def bounced(widget: Widget, event: events.Key) -> bool:
    """Whether a key is the one before it, still held down, as a widget has to know."""
    app = widget.app
    return isinstance(app, TypeAhead) and app.presses.bounced(event)
