"""A list of fees, or what came back of it, out of a file; what it would do is shown first."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.fees.fee_lists import FeePreview, preview_or_refused, take_or_refuse
from dispatcher_tui.domain.site.list_change import ListChange
from dispatcher_tui.present.fees.fee_words import list_name
from dispatcher_tui.present.fees.import_lines import fee_preview_lines, fee_rest_lines
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.site.list_lines import refused_lines
from dispatcher_tui.present.site.site_problems import describe
from dispatcher_tui.tui.fee_routes import ToFeeImport
from dispatcher_tui.tui.screens.site.files_form import FilesForm


class FeeImportScreen(FilesForm):
    """A digit chooses the file; F10, then 1, takes it over into the list it was opened for."""

    def __init__(self, of: ToFeeImport) -> None:
        super().__init__()
        self._of = of
        self._found: FeePreview | None = None

    @property
    def about(self) -> str:
        """The list."""
        return f"{self._of.plan.id} {self._of.month}"

    def heading(self) -> str:
        """Which list a file is for."""
        name = list_name(localized(self._of.plan.label), self._of.month)
        return " " + _("Import: {list}").format(list=name)

    async def _toggle_one(self) -> None:
        """One file at a time: another one that is chosen takes the place of the first."""
        self._chosen = self._chosen[-1:]
        self._show_files()

    async def preview_chosen(self) -> None:
        """Read the file and say what it would do, or each row that it is refused for."""
        await self._toggle_one()
        self._turn += 1
        turn, self._found = self._turn, None
        self.say("")
        if not self._chosen:
            self._show([])
            return
        self._show([_("Reading ..")])
        path, of = self._chosen[0], self._of
        await asyncio.sleep(0)
        read = await self.run_on_desk(
            lambda desk: preview_or_refused(desk, path, of.plan.id, of.month), writes=False
        )
        if turn != self._turn:
            return
        if read is None:  # why is said already
            self._show([])
            return
        found, problems, rest = read
        if found is None:
            lines = refused_lines([describe(each) for each in problems])
            sound = (len(rest.lines), len(rest.outcomes)) if rest is not None else (0, 0)
            self._show([*lines, *fee_rest_lines(*sound)])
            return
        self._found = found
        self._show(self._told(found))
        self.say(_("Nothing is changed yet: F10 takes it over."))

    def _told(self, found: FeePreview) -> Sequence[str]:
        sheet = found.sheet
        notes = [describe(note) for note in sheet.notes]
        lines = fee_preview_lines(
            found.plan.label, found.month, sheet.file, sheet.rows, found.change, found.outcomes
        )
        return [*notes, *lines]

    def taking_away(self) -> list[ListChange] | None:
        """What of the list would go, where that is much; None while nothing is chosen."""
        if self._found is None:
            return None
        change = self._found.change
        return [change] if change is not None and change.before and change.takes_away else []

    async def take_chosen(self, *, meant: bool) -> None:
        """Taken over as a whole, or nothing; what changed meanwhile is compared once more."""
        found = self._found
        assert found is not None  # F10 asks for it

        def job(desk: Desk) -> bool:
            take_or_refuse(desk, found, replace=meant)
            return True

        await self.submit(job, _("The list was taken over."))
