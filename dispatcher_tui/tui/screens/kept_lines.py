"""What is half typed beside an emergency's calls: it outlives Esc, a crash, a lost terminal."""

from __future__ import annotations

from dispatcher_tui.desk.emergency import Emergency
from dispatcher_tui.desk.kept_forms import keep_form, kept_form
from dispatcher_tui.present.words import _
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.form import Field

FORM = "EmergencyScreen"
"""The name under which it is kept."""
KEPT = ("place", "log")


class KeptLines(DeskScreen):
    """The place and the line of the log, kept on disk while they are typed."""

    def __init__(self) -> None:
        super().__init__()
        self._emergency: Emergency | None = None
        self._on_disk: dict[str, str] | None = None

    def keep_soon(self) -> None:
        """Once a second: what is typed is on its way to the disk."""
        if self._on_disk is not None and self._typed() != self._on_disk:
            self.run_worker(self.save_draft(), exit_on_error=False, group="draft")

    def _typed(self) -> dict[str, str]:
        """What stands half typed in the place and in the line of the log."""
        found = {name: self.query_one(f"#{name}", Field).value for name in KEPT}
        if self._emergency is not None and found["place"] == self._emergency.case.place:
            found["place"] = ""
        return {name: value for name, value in found.items() if value.strip()}

    async def restore_lines(self) -> None:
        """What was half typed before a crash, or before Esc, stands there again."""
        case_id = self.case_id
        kept = await self.ask(lambda desk: kept_form(desk, FORM, case_id), writes=False)
        if self._on_disk is not None or kept is None:
            return
        self._on_disk, typed = kept, self._typed()
        for name in KEPT:
            if kept.get(name) and name not in typed:
                self.query_one(f"#{name}", Field).value = kept[name]
        if kept:
            self.say(_("What you typed before is still here."))

    async def save_draft(self) -> None:
        """Keep what is half typed; once it is written down nothing more is kept of it."""
        typed, case_id = self._typed(), self.case_id
        if self._on_disk is None or typed == self._on_disk or self.session.read_only:
            return
        self._on_disk = typed
        await self.ask(lambda desk: keep_form(desk, FORM, case_id, typed))
