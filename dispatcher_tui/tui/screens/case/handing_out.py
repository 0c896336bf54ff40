"""The closing paper handed out while somebody is told: its number, and printed."""

from __future__ import annotations

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.present.case.passing_on_lines import outdated_words
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.names import joined
from dispatcher_tui.present.papers.slip_lines import holder
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.call_panel import CallPanel
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.question import AnswerKey, Question

PAPER, READ_BACK = "paper-number", "read_back"


class HandingOut(OnCase):
    """A form with a telephone from which the paper goes out; the subclass yields its fields."""

    def slip_line(self, file: CaseFile) -> str:
        """The paper with its number; that none is out is said too."""
        paper = localized(file.procedure.closing_paper.name)
        if file.case.slip.number:
            told = _("{paper}: {number}").format(paper=paper, number=file.case.slip.number)
            return joined(told, outdated_words(file.case.slip))
        if file.procedure.closing_paper.outside:
            return _("{paper}: comes in from outside").format(paper=paper)
        return _("{paper}: none handed out yet").format(paper=paper)

    async def hand_out(self) -> None:
        """Of a pad the next number is offered, to be compared with the paper that is torn off;
        else the desk numbers it by itself."""
        found = await self.run_on_desk(lambda desk: (desk.offer_slip(self.case_id),), writes=False)
        if found is None:
            return
        (offer,) = found
        if offer is None:
            await self._give_number("")
            return
        field = self.query_one(f"#{PAPER}", Field)
        if not field.value.strip():
            field.put(offer.number)
        self.query_one("#paper-row").display = True
        field.focus()
        field.select_all()
        whose = holder(offer.pad) if offer.pad else ""
        words = _("Pad of {whose}: Enter takes {number}; else type the number on the paper.")
        self.say(words.format(whose=whose, number=offer.number))

    async def accept_field(self) -> None:
        """Enter on the number of the paper hands it out."""
        if self.focused is not None and self.focused.id == PAPER:
            await self._give_number(self.query_one(f"#{PAPER}", Field).value)
        else:
            await super().accept_field()

    async def _give_number(self, typed: str) -> None:
        """Hand out the paper and show its number."""
        done = await self.run_on_desk(lambda desk: desk.issue_slip(self.case_id, typed))
        if done is None:
            return
        self.query_one(f"#{PAPER}", Field).put("")
        await self.save_draft()
        self.query_one("#paper-row").display = False
        question = self.query_one(Question)
        if question.asked:
            question.focus()  # it stays what the next digit answers
        else:
            self.query_one(CallPanel).ready()
        await self.catch_up()
        number = done.case.slip.number
        self.query_one(CallPanel).show_number(number)
        self.say(_("Write this number on the paper: {number}").format(number=number))
        self.ask_back()

    def ask_back(self) -> None:
        """The paper is out: print it, or back to the board once somebody was told."""
        assert self.file is not None
        question, case = self.query_one(Question), self.file.case
        if question.asked != READ_BACK and case.notified_at is not None:
            question.put(
                "slip",
                _("{number} is out.").format(number=case.slip.number),
                AnswerKey("print", _("print it"), "8"),
                AnswerKey("no", _("back"), ""),
            )

    async def print_slip(self) -> None:
        """The paper with its copy, into the site's folder."""
        from dispatcher_tui.tui.sheet_print import print_of_case

        await print_of_case(self, self.case_id, slip_alone=True)
