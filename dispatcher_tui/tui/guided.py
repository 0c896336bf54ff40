"""The desk with a guide at its side: twelve steps of a first night, each waiting for its key.

The guide only looks: it reads the record, the name of the screen and which keys were pressed, and
says what comes next. It takes no key but the one that puts it aside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.screen import Screen

from dispatcher_tui.domain.record.case import LogLine
from dispatcher_tui.domain.record.guided_steps import GuidedNight, step_now
from dispatcher_tui.present.guide_lines import Strayed, aside_words, step_rows
from dispatcher_tui.tui.actions import ACTIONS
from dispatcher_tui.tui.app import DispatcherApp
from dispatcher_tui.tui.keys import working_key
from dispatcher_tui.tui.routes import ToKeyCard
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.screens.system.key_card import KeyCardScreen
from dispatcher_tui.tui.widgets.guide_strip import GuideStrip

if TYPE_CHECKING:
    from dispatcher_tui.desk.desk import Desk
    from dispatcher_tui.desk.session import Session
    from dispatcher_tui.present.spans import SpanLine

_ACTION_KEYS = {key: each for each in ACTIONS for key in (each.key, each.also) if len(key) > 1}
"""Those that are no text: a letter or a digit may be typed, and is never a wrong key."""


class GuidedApp(DispatcherApp):
    """The desk, and a strip at the head of each of its screens."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+g", "guide", priority=True, show=False)]

    def __init__(self, guided: GuidedNight, session: Session, **options: Any) -> None:
        super().__init__(session, **options)
        self.steps = guided.steps
        self._began = guided.began
        self._pins = guided.pins
        self._lines: list[LogLine] = []
        self._read_to = -1
        self.step = 0
        """The step that is reached, from 0; as many as there are once all are done."""
        self._aside = False
        self._pressed = ""
        """The key that was pressed last though the step does not wait for it."""
        self._card_shown = False

    def on_mount(self) -> None:
        """Follow the screens from the first one on."""
        self.screen_change_signal.subscribe(self, self._screen_changed)

    def _screen_changed(self, _screen: Screen[Any]) -> None:
        self._pressed = ""
        self._judge()

    async def take_news(self) -> None:
        """What the record brings is what the steps are judged by."""
        await super().take_news()
        await self._look()

    async def take_board(self) -> None:
        """A night that is taken up goes on at the step it was left at."""
        await super().take_board()
        await self._look()

    async def _look(self) -> None:
        if self.session.seen == self._read_to:
            return
        began, self._read_to = self._began, self.session.seen

        def since(desk: Desk) -> list[LogLine]:
            return desk.store.log(began, None)

        self._lines = await self.session.run_on_desk(since)
        self._judge()

    def _judge(self) -> None:
        """Say which step is reached; after the last one the card of keys comes up by itself."""
        top = self.screen
        before, self.step = self.step, step_now(self.steps, self._lines, type(top).__name__)
        if self.step != before:
            self._pressed = ""
        self._show()
        over = self.step == len(self.steps)
        if over and not self._aside and not self._card_shown and isinstance(top, BoardScreen):
            self._card_shown = True
            self.go(ToKeyCard())

    def _show(self) -> None:
        """Draw the strip on the screen on top, which may be new."""
        top = self.screen
        if not isinstance(top, DeskScreen):
            return
        top.set_class(not self._aside, "guided")
        strip = top.query_one_optional(GuideStrip)
        if self._aside:
            if strip is not None:
                strip.remove()
            return
        if strip is None:
            strip = GuideStrip()
            top.mount(strip)
        strip.put(self._rows(top))

    def _rows(self, top: DeskScreen) -> list[SpanLine]:
        names = {each.id: working_key(each, self.swallowed) for each in ACTIONS}
        over = self.step == len(self.steps)
        astray = not over and type(top).__name__ not in self.steps[self.step].screens
        pin = self._pins.get(self.session.post.holder, "") if top.locks else ""
        strayed = Strayed(astray=astray, pressed=self._pressed, pin=pin)
        return step_rows(self.steps, self.step, names, self.size.width, strayed)

    def noticed(self, event: events.Event) -> bool:
        """A key that the step does not wait for is spoken of, and does what it always does."""
        if isinstance(event, events.Key) and not self._aside:
            self._take_note(event)
        return super().noticed(event)

    def _take_note(self, event: events.Key) -> None:
        top = self.screen
        if self.step == len(self.steps) or not isinstance(top, DeskScreen):
            return
        found = _ACTION_KEYS.get(event.key)
        if found is None:
            return
        awaited = found.id in self.steps[self.step].keys
        self._pressed = "" if awaited else working_key(found, self.swallowed)
        self._show()

    def action_guide(self) -> None:
        """Ctrl+G: put the guide aside, or take it up again; after the end, the card of keys."""
        if self.step == len(self.steps) and not self._aside:
            if not isinstance(self.screen, KeyCardScreen):
                self.go(ToKeyCard())
            return
        self._aside = not self._aside
        self._show()
        if self._aside and isinstance(self.screen, DeskScreen):
            self.screen.say(aside_words())
        self._judge()

    def on_resize(self) -> None:
        """Other rows have room."""
        self._show()
