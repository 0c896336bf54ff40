"""From F8: what filed papers charge, handed over to the cashier and printed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from textual import events
from textual.app import ComposeResult

from dispatcher_tui.desk.papers.charges import (
    Due,
    charges_due,
    charges_given,
    hand_over_charges,
    mark_printed,
)
from dispatcher_tui.desk.papers.print_book import put_out
from dispatcher_tui.domain.papers.report import ChargesReport
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.present.i18n import _, ngettext
from dispatcher_tui.present.papers.charge_lines import charges_table, duty_words, given_table
from dispatcher_tui.present.papers.slip_lines import closing_papers
from dispatcher_tui.present.refusals import explain_failure
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.sheet_print import hand_on
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.key_lines import PageLine
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.question import AnswerKey, Question
from dispatcher_tui.tui.widgets.row import Row

NOW, GIVEN = 1, 2
"""The pages: what is to be handed over, what was."""


class ChargesScreen(AutosaveForm):
    """Two pages of one list: what is to be handed over now, and every list that was."""

    hints = ("commit", "help")
    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    ChargesScreen #pages, ChargesScreen #duty, ChargesScreen #sums { height: 1; }
    ChargesScreen #heads { height: 1; color: $desk-fg2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._page = NOW
        self._due: Due | None = None
        self._given: tuple[ChargesReport, ...] = ()

    def heading(self) -> str:
        """Which papers' charges these are."""
        papers = closing_papers(self.session.desk.in_force.procedures)
        return " " + _("Charges for the cashier: {paper}").format(paper=papers)

    def body(self) -> ComposeResult:
        """The pages, what is asked, the sum, the list, to whom."""
        yield PageLine("", id="pages")
        yield Lines("", id="duty", wrap=False)
        yield Lines("", id="sums", classes="strip", wrap=False)
        yield Lines("", id="heads", wrap=False)
        yield PickLines(id="list", empty=_("Nothing here."))
        yield Row(_("3 Handed to"), Field(id="to", limit=60, placeholder=_("the cashier's name")))
        yield Question(id="question")

    async def build(self) -> bool:
        """What is to be handed over."""
        await self._reload()
        return True

    def begin(self) -> None:
        """The digits are the screen's until a field is asked for."""

    async def _reload(self) -> None:
        found = await self.run_on_desk(
            lambda desk: (charges_due(desk), charges_given(desk)), writes=False
        )
        if found is None:
            return
        self._due, self._given = found
        self._show()

    def _show(self) -> None:
        due, zone, now = self._due, self.session.desk.rules.calendar.tz, self.session.now()
        if due is None:
            return
        names = {NOW: _("to hand over"), GIVEN: _("handed over, 8 prints")}
        pages = (f"[{n} {t}]" if n == self._page else f" {n} {t} " for n, t in names.items())
        self.query_one("#pages", Lines).show(" ".join(pages))
        self.query_one("#duty", Lines).show(duty_words(due.duty, now, zone))
        words = _("Papers {n}  total {yuan} yuan")
        text = words.format(n=len(due.charges), yuan=format_fen(due.total_fen))
        self.query_one("#sums", Lines).show(text)
        if self._page == NOW:
            head, rows = charges_table(zone).shown(due.charges)
        else:
            head, rows = given_table(zone).shown(self._given)
        self.query_one("#heads", Lines).show(f" {head}")
        self.query_one("#list", PickLines).show(rows)

    async def on_key(self, event: events.Key) -> None:
        """The arrows and page keys move in the list."""
        if self.focused is not None and event.key not in ("up", "down"):
            return
        if self.query_one("#list", PickLines).move(event.key):
            event.stop()
            event.prevent_default()

    def own_keys(self) -> Sequence[ScreenKey]:
        """The pages, the field, the printing of a list that was handed over."""
        again = _("print the chosen list again; it says that it is a copy")
        first = _("First 2, and choose the list to print.") if self._page == NOW else ""
        return (
            ScreenKey("1", "", partial(self._turn, NOW), _("to hand over")),
            ScreenKey("2", "", partial(self._turn, GIVEN), _("handed over")),
            ScreenKey("3", "", self._to_whom, _("to whom")),
            ScreenKey("8", _("print the list"), self._print_chosen, again, first),
            *super().own_keys(),
        )

    def _turn(self, page: int) -> None:
        self._page = page
        self.query_one("#list", PickLines).show([], 0)
        self._show()

    def _to_whom(self) -> None:
        self.query_one("#to").focus()

    async def _print_chosen(self) -> None:
        cursor = self.query_one("#list", PickLines).cursor
        if 0 <= cursor < len(self._given):
            await self._print(self._given[cursor])

    async def accept_field(self) -> None:
        """Enter on the name: hand over."""
        await self.commit()

    async def commit(self) -> None:
        """F10: the sum is said once more; Enter is no."""
        if self._due is None:
            return
        to = self.field("to").strip()
        if not to:
            self.query_one("#to").focus()
            self.say(_("Write who takes the list: the cashier's name."))
            return
        n = len(self._due.charges)
        words = ngettext(
            "Hand over {n} paper, {yuan} yuan, to {name}?",
            "Hand over {n} papers, {yuan} yuan, to {name}?",
            n,
        )
        text = words.format(n=n, yuan=format_fen(self._due.total_fen), name=to)
        answers = (AnswerKey("yes", _("hand over and print"), "1"), AnswerKey("no", _("no"), ""))
        self.query_one(Question).put("hand_over", text, *answers)

    async def on_question_answered(self, event: Question.Answered) -> None:
        """Handed over and printed, or nothing."""
        event.stop()
        self.set_focus(None)
        if event.value != "yes":
            self.say(_("Nothing was written down."))
            return
        to, seen = self.field("to"), self._due
        entry = await self.run_on_desk(lambda desk: hand_over_charges(desk, to, seen))
        if entry is None:
            await self._reload()
            return
        self.query_one("#to", Field).start_here()
        await self.save_draft()
        await self.shell.take_news()
        self._page = GIVEN
        await self._reload()
        given = next((each for each in self._given if each.entry.seq == entry.seq), None)
        if given is not None:
            await self._print(given)

    async def _print(self, given: ChargesReport) -> None:
        """The original once, then copies that say so."""
        if self.session.read_only:  # It could not be written down: there might be two originals.
            self.say(_("Another desk owns this file; here it can only be read."))
            return
        desk = self.session.desk
        try:
            printed = await asyncio.to_thread(put_out, desk, given)
        except Failure as failure:
            self.say(explain_failure(failure))
            return
        if await self.run_on_desk(lambda desk: mark_printed(desk, given, printed.paths)) is None:
            return
        await self._reload()
        words = _("Copy {n} was saved: {path}") if given.copy else _("Saved: {path}")
        self.say(words.format(n=given.copy, path=printed.page))
        await hand_on(self, [printed])

    async def refresh_case(self, changed: set[str]) -> None:
        """A paper was filed."""
        await self._reload()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("F10, then 2: hand over and print"),
            _("a charge corrected later (x on the case) shows here as a difference"),
        ]
