"""What every screen shares that searches while one types."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import Generic, TypeVar

from textual.widgets import Input

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.widgets.form import Field

T = TypeVar("T")


class SearchScreen(ListScreen, Generic[T]):
    """The field keeps the focus; what is shown in the list is what was typed last.

    A subclass yields a field with the id ``text`` and a line ``sums``, and says how to ``search``
    and to ``show_found``.
    """

    DEFAULT_CSS = """
    SearchScreen #text { height: 1; padding: 0 0 0 1; }
    SearchScreen #sums { height: 1; color: $desk-fg2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.wanted = ""
        self._shown_for: str | None = None
        self._searching = False

    @abstractmethod
    def search(self, desk: Desk, text: str) -> T:
        """What the desk finds for a text."""

    @abstractmethod
    async def show_found(self, found: T) -> None:
        """Put on the screen what was found for ``wanted``."""

    def on_mount(self) -> None:
        """The field is ready for more, its text already searched for."""
        field = self._field
        field.focus()
        field.cursor_position = len(field.value)
        self._look_for(field.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another text: what is found for an older one is no longer shown."""
        event.stop()
        self._look_for(event.value)

    def search_again(self) -> None:
        """What is found for the same text may be something else by now."""
        self._shown_for = None
        self._look_for(self.wanted)

    def typed_word(self, character: str) -> bool:
        """A Chinese character typed after Esc goes on in the field."""
        self._field.focus()
        self._field.insert_text_at_cursor(character)
        return True

    @property
    def _field(self) -> Field:
        return self.query_one("#text", Field)

    def _look_for(self, text: str) -> None:
        if text != self._shown_for:  # What stands there was found for another text.
            self.case_id = ""
        self.wanted = text
        if not self._searching:
            self._searching = True
            self.run_worker(self._search(), exit_on_error=False, group="search")

    async def _search(self) -> None:
        """Search until what is shown belongs to what is typed; one question at a time."""
        try:
            while self._shown_for != self.wanted:
                wanted = self.wanted
                found = await self.run_on_desk(partial(self.search, text=wanted), writes=False)
                if found is None:
                    return
                if wanted == self.wanted:
                    self._shown_for = wanted
                    await self.show_found(found)
        finally:
            self._searching = False
