"""What the forms about one form of one case share: which it is, and its reading."""

from __future__ import annotations

from dispatcher_tui.desk.papers.form_book import CaseForm, read_forms
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.tui.screens.case.on_case import OnCase


class OnForm(OnCase):
    """A screen about a form of a case; it does not open where the case has no such form."""

    hints = ("commit", "help")

    def __init__(self, case_id: str, form_id: str) -> None:
        super().__init__(case_id)
        self._form_id = form_id
        self._form: CaseForm | None = None

    @property
    def about(self) -> str:
        """The case and the form."""
        return f"{self.case_id}/{self._form_id}"

    def form_name(self) -> str:
        """What the form is called."""
        return localized(self._form.form.label) if self._form else _("Form")

    async def reload(self) -> bool:
        """Read the form of the case too."""
        case_id = self.case_id
        found = await self.run_on_desk(lambda desk: read_forms(desk, case_id), writes=False)
        self._form = found.form(self._form_id) if found else None
        return self._form is not None and await super().reload()
