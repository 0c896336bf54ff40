"""What every list shares that is searched while its text is typed."""

from __future__ import annotations

from abc import abstractmethod

from textual.widgets import Input

from dispatcher_tui.tui.screens.system.listing import ListScreen
from dispatcher_tui.tui.widgets.form import Field


class SearchScreen(ListScreen):
    """A subclass yields a ``Field`` with the id ``text`` and says how a text is searched."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted = ""
        self._found_for: str | None = None
        self._searching = False

    @abstractmethod
    async def search(self, text: str) -> bool:
        """Search for a text and show what is found while it is still ``wanted``; False where that
        cannot be done now."""

    def look_for(self, text: str) -> None:
        """Another text is wanted."""
        self.wanted = text
        if not self._searching:
            self._searching = True
            self.run_worker(self._search(), exit_on_error=False, group="search")

    def look_again(self) -> None:
        """What was found may be no longer so."""
        self._found_for = None
        self.look_for(self.wanted)

    async def _search(self) -> None:
        """Search until what is shown belongs to what is typed; one question at a time."""
        try:
            while self._found_for != self.wanted:
                wanted = self._found_for = self.wanted
                if not await self.search(wanted):
                    self._found_for = None
                    return
        finally:
            self._searching = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another text: what is found for an older one is no longer shown."""
        event.stop()
        self.look_for(event.value)

    def typed_word(self, character: str) -> bool:
        """A Chinese character typed after Esc goes on in the field."""
        field = self.query_one("#text", Field)
        field.focus()
        field.insert_text_at_cursor(character)
        return True
