"""From F8: the Monthly Summary, read by parts; from here it is drawn, commented on and signed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import events
from textual.app import ComposeResult

from dispatcher_tui.desk.case.corrective import corrective_of_rise
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.papers.running_book import books_of
from dispatcher_tui.desk.reviews.months import (
    month_meant,
    month_report,
    read_month,
    signers,
)
from dispatcher_tui.domain.record.trend import Rise, rising
from dispatcher_tui.domain.reviews.summary import MonthReport, Summary
from dispatcher_tui.domain.time.periods import period_named
from dispatcher_tui.present.case.learning_lines import rise_proposal
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.reviews.month_lines import (
    month_sections,
    signature_line,
    standing_of,
    summary_title,
)
from dispatcher_tui.present.reviews.month_words import Wording, state_line
from dispatcher_tui.tui.keys import ScreenKey, key_line
from dispatcher_tui.tui.names import glossary
from dispatcher_tui.tui.paper_routes import ToRegisters
from dispatcher_tui.tui.routes import ToMonthComment, ToMonthReport, ToRise
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.sheet_print import paper_keys
from dispatcher_tui.tui.widgets.key_lines import KeyLines
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pager import Page, Pager

REPORT, COMMENT = 8, 9


def _known(rise: Rise, desk: Desk) -> str:
    """The number of the corrective action that a rise gave rise to; empty where there is none."""
    found = corrective_of_rise(desk, rise.name)
    return found.number if found else ""


def _gathered(month: str, desk: Desk) -> MonthReport:
    """The summary as it stands, for its paper."""
    return month_report(desk, month)


class MonthScreen(DeskScreen):
    """One month: the arrows choose it, digits lead to its parts, 8 and 9 write under it."""

    AUTO_FOCUS = ""
    hints = ("print", "work_log", "help")

    DEFAULT_CSS = """
    MonthScreen #state, MonthScreen #place { height: 1; }
        """

    def __init__(self, month: str = "", procedure: str = "") -> None:
        super().__init__()
        self.month = month
        self._asked = procedure
        self.file: Summary | None = None
        self._again = False

    def heading(self) -> str:
        """Which month, and as of when."""
        if self.file is None:
            return f" {_('Monthly Summary {month}').format(month=self.month)}"
        words = state_line(self.file.figures, self._words(self.file))
        return f" {summary_title(self.file)}  {words}"

    def body(self) -> ComposeResult:
        """How far it is, the keys, the report."""
        yield Lines("", id="state", classes="strip", wrap=False)
        yield KeyLines("", id="place")
        yield Pager(id="summary")

    def _words(self, file: Summary) -> Wording:
        desk, procedure = self.session.desk, file.rules.procedure
        return Wording(file.rules.calendar.tz, glossary(desk, procedure), procedure)

    async def on_mount(self) -> None:
        """The month that is to be summed up now, else the last one."""
        if not self.month:
            asked = self._asked
            meant = await self.run_on_desk(lambda desk: month_meant(desk, asked), writes=False)
            self.month = meant or ""
        if self.month:
            self._go(self.month)

    def _go(self, month: str) -> None:
        """Sum another month up, beside the screen: a large record takes its time."""
        self.month, self.file = month, None
        self.query_one("#heading", Lines).show(self.heading())
        self.query_one("#state", Lines).show(_("Summing up .."))
        self.query_one("#place", Lines).show("")
        self.query_one(Pager).show([], [])
        self.run_worker(self._read(month), exit_on_error=False, group="month", exclusive=True)

    async def _read(self, month: str) -> None:
        file = await self.run_on_desk(lambda desk: read_month(desk, month), writes=False)
        if not self.is_attached or self.month != month:
            return
        if file is None:
            self.query_one("#state", Lines).show("")
            return
        self.file = file
        self.query_one(Pager).begin()
        self._show()

    def _show(self) -> None:
        if self.file is None:
            return
        file, words = self.file, self._words(self.file)
        standing = standing_of(file, words)
        found = month_sections(file.figures, standing, words, self.cells - 1)
        parts = [Page(section.title, section.lines) for section in found]
        self.query_one("#heading", Lines).show(self.heading())
        self.query_one("#state", Lines).show(self._state(file, words, standing.drawn))
        self.query_one(Pager).show([], parts)
        self._show_place()

    def _state(self, file: Summary, words: Wording, drawn: str) -> str:
        """The one next step, or how far it has come."""
        if not file.figures.closed:
            return _("The month is running: it is drawn when it is over.")
        if file.sign_off is not None:
            said = signature_line(file.sign_off, words)
            return f"{said}  {_('9 signs')}" if file.sign_off.owed else said
        if file.drawn is None:
            return _("Not drawn yet: 8 writes the report and draws it.")
        if file.stale:
            words_ = _("Something was written about the month since ({n}): 8 draws it anew.")
            return words_.format(n=len(file.after))
        return f"{drawn}  {_('9: the head comments and signs')}"

    def _show_place(self) -> None:
        keys = f"{_('left/right: month')}   {key_line(self.own_keys())}"
        place = "{}-{}/{}".format(*self.query_one(Pager).place)
        self.query_one("#place", Lines).show(f"{keys}  {place}")

    def own_keys(self) -> Sequence[ScreenKey]:
        """A part of the summary, the report, the head's comment; paper, and what rose."""
        if self.file is None:
            return self._registered()
        write = partial(self._write, self.file)
        drawn = _("the report, and the summary is drawn")
        comment, signs = _("comment and signature"), _("the head comments and signs")
        return (
            ScreenKey("1-7", _("part"), self._turn_to),
            ScreenKey(str(REPORT), _("report"), partial(write, REPORT), drawn),
            ScreenKey(str(COMMENT), comment, partial(write, COMMENT), signs),
            *self._registered(),
        )

    def _registered(self) -> Sequence[ScreenKey]:
        rose = _("a corrective action for numbers that rose three months running")
        by_page = _("the registers of the month, by the page")
        named = books_of(self.session.desk)
        registers = _("registers") if named else ""
        none = "" if named else _("The procedure names no running register.")
        return (
            *paper_keys(self, partial(_gathered, self.month), _("print it")),
            ScreenKey("forms", registers, self.open_registers, by_page, off=none),
            ScreenKey("corrective", "", self.correct_rise, rose),
        )

    def _turn_to(self, part: int) -> None:
        if self.query_one(Pager).part(part):
            self._show_place()

    def open_registers(self) -> None:
        """m: the running registers that the procedure names, to print one of the month."""
        self.shell.go(ToRegisters(self.month))

    async def correct_rise(self) -> None:
        """g: a corrective action for numbers that rose three months running (P2-10)."""
        if self.file is None:
            return
        found = rising(self.file.figures.trend)
        if not found:
            self.say(_("Nothing has risen three months running."))
            return
        self.run_worker(self._correct(found), exit_on_error=False, group="rise")

    async def _correct(self, found: Sequence[Rise]) -> None:
        """The first rise that no action was opened for; where each has one, that is said."""
        for rise in found:
            known = await self.run_on_desk(partial(_known, rise), writes=False)
            if known is None or not self.is_current or self.file is None:
                return
            if not known:
                level = self._words(self.file).series(rise.procedure, rise.level)
                self.shell.go(ToRise(rise.name, rise_proposal(rise, level)))
                return
        self.say(_("A corrective action was opened for each of them: F3 finds it."))

    def _write(self, file: Summary, number: int) -> None:
        """Put up one of the two forms, where the summary is that far."""
        if not file.figures.closed:
            self.say(_("The month is running: it is drawn when it is over."))
        elif file.sign_off is not None and not (number == COMMENT and file.sign_off.owed):
            self.say(_("It is signed: its figures stand."))
        elif number == COMMENT and (file.drawn is None or file.stale):
            self.say(_("First 8: it has to be drawn, or drawn anew, before the head signs."))
        elif number == REPORT:
            self._again = True
            self.shell.go(ToMonthReport(file))
        else:
            self.run_worker(self._comment(file), exit_on_error=False, group="comment")

    async def _comment(self, file: Summary) -> None:
        found = await self.run_on_desk(lambda desk: signers(desk, file.procedure), writes=False)
        if found is not None and self.is_current:
            self._again = True
            self.shell.go(ToMonthComment(file, found, self._words(file)))

    async def come_back(self) -> None:
        """Back from a form: the summary as it stands now."""
        if self._again:
            self._again = False
            self._go(self.month)

    async def on_key(self, event: events.Key) -> None:
        """Left and right choose the month, and of several procedures' the next one; the other
        arrows and Space turn the pages."""
        if event.key in ("left", "right") and self.month:
            self._step(forward=event.key == "right")
        elif self.query_one(Pager).turn(event.key):
            self._show_place()
        else:
            return
        event.stop()
        event.prevent_default()

    def _step(self, *, forward: bool) -> None:
        """To the summary beside this one: those of one month stand side by side."""
        beside = self.file.beside if self.file is not None else ()
        name = self.file.name if self.file is not None else ""
        at = (beside.index(name) if name in beside else 0) + (1 if forward else -1)
        if 0 <= at < len(beside):
            self.say("")
            self._go(beside[at])
            return
        period = period_named(self.month.partition("/")[0])
        self._turn((period.after() if forward else period.before()).name)

    def _turn(self, month: str) -> None:
        running = self.session.now().astimezone(self.session.desk.rules.calendar.tz)
        if month > f"{running:%Y-%m}":
            self.say(_("That month has not begun yet."))
            return
        self.say("")
        self._go(month)

    def on_resize(self) -> None:
        """The report in the width there is."""
        self._show()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("left, right: another month; Space and arrows: pages"),
            _("of several procedures each has its own summary: left and right go through them"),
            _("signed figures stand: what is written later is listed under 7, figures beside it"),
        ]
