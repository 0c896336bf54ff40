"""Several lines of the operator's or the caller's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from textual import events
from textual.widgets import TextArea

from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.tui.widgets.autosaved import Autosaved
from dispatcher_tui.tui.widgets.form import Cut
from dispatcher_tui.tui.widgets.pin import enter_on

NOTE_LIMIT = 40_000


@runtime_checkable
class AcceptsFields(Protocol):
    """A screen that says itself where Enter leads."""

    async def accept_field(self) -> None:
        """Enter in a field: on to the next one."""


class NoteArea(Autosaved, TextArea):
    """Words of any length up to 40,000 characters; Enter goes on, Ctrl+J breaks the line."""

    takes_words = True
    """Letters and digits are text here, not keys of the desk."""

    DEFAULT_CSS = """
    NoteArea { border: none; height: 3; padding: 0; }
    NoteArea:focus { border: none; }
    """

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002
        Autosaved.__init__(self)
        TextArea.__init__(
            self,
            clean_text(text).text,
            id=id,
            soft_wrap=True,
            compact=True,
            tab_behavior="focus",
            highlight_cursor_line=False,
        )
        self.start_here()

    def held(self) -> dict[str, str]:
        """The words."""
        return {str(self.id): self.text}

    def put_back(self, held: Mapping[str, str]) -> None:
        """The words as they were typed."""
        self.text = held.get(str(self.id), self.text)

    def load_text(self, text: str) -> None:
        """Show another text; nothing in it steers a terminal."""
        super().load_text(clean_text(text).text)

    def on_unmount(self) -> None:
        """Leave nothing behind: Textual keeps every area that ever watched for another theme."""
        watchers = getattr(self.app, "__watchers", {}).get("theme", [])
        watchers[:] = [watcher for watcher in watchers if watcher[0] is not self]

    async def on_key(self, event: events.Key) -> None:
        """Enter accepts the field like any other; nothing is typed past the limit."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            if isinstance(self.screen, AcceptsFields):
                await self.screen.accept_field()
            else:
                enter_on(self.screen)
        elif event.key == "ctrl+j":
            event.stop()
            event.prevent_default()
            self.insert("\n")
        elif event.is_printable and len(self.text) >= NOTE_LIMIT:
            event.stop()
            event.prevent_default()
            self.post_message(Cut(NOTE_LIMIT))

    def on_paste(self, event: events.Paste) -> None:
        """Take a paste cleaned and cut to the room there is."""
        event.stop()
        event.prevent_default()
        done = clean_text(event.text)
        room = max(0, NOTE_LIMIT - len(self.text))
        if len(done.text) > room or done.cut:
            self.post_message(Cut(NOTE_LIMIT))
        self.insert(done.text[:room])
