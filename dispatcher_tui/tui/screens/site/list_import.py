"""From F8: units, roster and rota out of files; what would become of the lists is shown first."""

from __future__ import annotations

import asyncio

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.names_in_force import names_in_force
from dispatcher_tui.desk.site.lists import (
    ListPreview,
    ListsRefused,
    ReadLists,
    compared_or_refused,
    list_words,
    read_or_refused,
    rest_of,
    take_over,
)
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.site.list_change import ListChange
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.site.list_lines import (
    change_lines,
    refused_lines,
    rest_line,
)
from dispatcher_tui.present.site.site_problems import describe
from dispatcher_tui.tui.screens.site.files_form import FilesForm

_PAINTED = 0.05
"""Seconds in which it is painted what is chosen, before a large file takes the processor."""


class ListImportScreen(FilesForm):
    """A digit chooses a file and once more leaves it out; Enter takes a typed path. What the
    chosen ones would do is read at once; F10, then 1, takes it over."""

    def __init__(self) -> None:
        super().__init__()
        self._incoming: ReadLists = []
        self._previews: list[ListPreview] = []

    def heading(self) -> str:
        """What is done here."""
        return " " + _("Take lists over: units, roster and rota from XLSX or CSV")

    async def preview_chosen(self) -> None:
        """Read what is chosen beside the desk at work, and say what it would do."""
        self._turn += 1
        turn, paths, self._previews = self._turn, tuple(self._chosen), []
        self.say("")  # What was said of the choice before is true of this one no more.
        if not paths:
            self._show([])
            return
        self._show([_("Reading ..")])
        await asyncio.sleep(_PAINTED)
        words = list_words(self.session.desk)
        incoming, error = await asyncio.to_thread(read_or_refused, paths, words)
        if turn != self._turn or not self.is_attached:
            return
        if error is not None:
            await self._show_refused(error, turn)
            return
        found = await self.run_on_desk(
            lambda desk: compared_or_refused(desk, incoming), writes=False
        )
        if found is None or turn != self._turn:
            return
        self._previews, problems = found
        if problems:
            self._show(refused_lines([describe(each) for each in problems]))
            return
        self._incoming = incoming
        self._show([line for each in self._previews for line in self._lines(each)])
        self.say(_("Nothing is changed yet: F10 takes it over."))

    async def _show_refused(self, error: ListsRefused, turn: int) -> None:
        """The rows that are refused, and below them what the others would do."""
        rest = await self.run_on_desk(lambda desk: rest_of(desk, error), writes=False)
        if turn != self._turn:
            return
        lines = refused_lines([describe(each) for each in error.problems])
        lines += [rest_line()] if rest else []
        self._show([*lines, *(line for each in rest or () for line in self._lines(each))])

    def _lines(self, preview: ListPreview) -> list[str]:
        labels, list_ = names_in_force(self.session.desk).roles, preview.incoming

        def role_name(role: str) -> str:
            return localized(labels[role]) if role in labels else role

        notes = [describe(note) for note in list_.notes]
        return [*notes, *change_lines(list_.file, list_.rows, preview.change, role_name)]

    def taking_away(self) -> list[ListChange] | None:
        """What of the lists would go, where that is much; None while nothing is chosen."""
        if not self._previews:
            return None
        return [each.change for each in self._previews if each.change.takes_away]

    async def take_chosen(self, *, meant: bool) -> None:
        """Take the lists over; ``meant``: even if much goes."""
        incoming = self._incoming

        def job(desk: Desk) -> bool:
            # Compared anew: the lists in force may be others than when the preview was read.
            previews, problems = compared_or_refused(desk, incoming)
            if problems:
                raise Refusal("lists_changed")
            take_over(desk, previews, replace=meant)
            return True

        await self.submit(job, _("The lists were taken over."))
