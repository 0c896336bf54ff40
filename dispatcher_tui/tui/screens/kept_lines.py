"""What is half typed beside an emergency's calls: it outlives Esc, a crash, a lost terminal."""

from __future__ import annotations

from dispatcher_tui.desk.emergency import Emergency
from dispatcher_tui.tui.screens.keeping import Keeping
from dispatcher_tui.tui.widgets.form import Field

FORM = "EmergencyScreen"
"""The name under which it is kept."""
KEPT = ("place", "log")


class KeptLines(Keeping):
    """The place and the line of the log, kept on disk while they are typed."""

    def __init__(self) -> None:
        super().__init__()
        self._emergency: Emergency | None = None

    @property
    def form_key(self) -> str:
        """One name, whatever course the emergency takes."""
        return FORM

    @property
    def about(self) -> str:
        """The emergency's case."""
        return self.case_id

    def typed(self) -> dict[str, str]:
        """What stands half typed in the place and in the line of the log."""
        found = {name: self.query_one(f"#{name}", Field).value for name in KEPT}
        if self._emergency is not None and found["place"] == self._emergency.case.place:
            found["place"] = ""
        return {name: value for name, value in found.items() if value.strip()}

    async def restore_lines(self) -> None:
        """What was half typed before a crash, or before Esc, stands there again."""
        if self._on_disk is not None:
            return
        kept = await self.read_kept()
        typed = self.typed()
        for name in KEPT:
            if kept.get(name) and name not in typed:
                self.query_one(f"#{name}", Field).value = kept[name]
        if kept:
            self.welcome()
