"""The head's weekly check: the records in figures, what deserves a look, the mark (P0-11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from dispatcher_tui.desk.case.case_file import read_signatories
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.reviews.weekly_check import (
    HeadMark,
    WeeklyCheck,
    owed_mark,
    read_check,
    sign_check,
    sign_owed_mark,
)
from dispatcher_tui.domain.duties.duties import Rules, state
from dispatcher_tui.domain.record.sign_off import SignOff
from dispatcher_tui.domain.words.terms import DutyState
from dispatcher_tui.present.case.duty_lines import duty_line
from dispatcher_tui.present.i18n import _, labelled, localized
from dispatcher_tui.present.reviews.review_lines import period_line
from dispatcher_tui.present.reviews.weekly_lines import figure_lines, look_lines, mark_line
from dispatcher_tui.present.watch.watch_lines import subject_name
from dispatcher_tui.tui.keys import ScreenKey, key_line
from dispatcher_tui.tui.names import glossary
from dispatcher_tui.tui.routes import ToCase, ToFollowUp, ToNote
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.key_lines import KeyLines
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.mark_form import MarkForm
from dispatcher_tui.tui.widgets.pick_lines import PickLines

NOTE, FOLLOW_UP, SIGN = 1, 2, 3
"""Digits: a note on the chosen case, a follow-up of it, on to the mark."""

FORM = "weekly-check"


class WeeklyCheckScreen(AutosaveForm):
    """Figures on top, then the list to go through; remark and signature below it."""

    hints = ("commit", "follow_up", "note", "help")
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    WeeklyCheckScreen #figures, WeeklyCheckScreen #missed { height: auto; }
    WeeklyCheckScreen #missed { display: none; }
    WeeklyCheckScreen #owed, WeeklyCheckScreen #keys { height: 1; }
    WeeklyCheckScreen #mark { height: auto; }
    """

    def __init__(self, procedure: str = "") -> None:
        super().__init__()
        self._asked = procedure
        self._check: WeeklyCheck | None = None
        self._owed: SignOff | None = None

    @property
    def form_key(self) -> str:
        """One name, whichever week it is."""
        return FORM

    @property
    def about(self) -> str:
        """The week."""
        return self._check.week.period.name if self._check is not None else ""

    def heading(self) -> str:
        """Which week."""
        if self._check is None:
            return " " + _("The head's weekly check")
        name = localized(self._check.routine.label)
        return f" {name} {period_line(self._check.week.period)}"

    def body(self) -> ComposeResult:
        """The mark's fields stand once the week is read."""
        yield Lines("", id="figures", wrap=False)
        yield Lines("", id="owed", wrap=False)
        yield Lines("", id="missed")
        yield PickLines(id="list", empty=_("Nothing deserves a look this week."))
        yield KeyLines(f"{_('Enter opens the case')}   {key_line(self.own_keys())}", id="keys")
        yield Vertical(id="mark")

    async def build(self) -> bool:
        """Read the week, and put up what is asked for."""
        if await self._reload():
            await self._put_up()
        return False

    async def _reload(self) -> bool:
        asked = self._check.procedure if self._check is not None else self._asked
        found = await self.run_on_desk(
            lambda desk: (read_check(desk, asked), owed_mark(desk)), writes=False
        )
        if found is None or not self.is_attached:
            return False
        self._check, self._owed = found
        check, now = self._check, self.session.now()
        zone, names = self.session.desk.rules.calendar.tz, glossary(self.session.desk)
        cells = self.cells - 1
        self.query_one("#heading", Lines).show(self.heading())
        figures = figure_lines(check.week.figures, check.before, self.cells)
        self.query_one("#figures", Lines).show("\n".join(figures))
        missed = self.query_one("#missed", Lines)
        missed.display = bool(check.missed)
        missed.show(_("The check of {week} was missed.").format(week=check.missed))
        looks = look_lines(check.week.looks, names, now, zone, cells)
        self.query_one("#list", PickLines).show(looks)
        self._choose()
        self.pass_time(now)
        return True

    async def _put_up(self) -> None:
        """The fields of the mark: a new one, an owed one, or none where it is marked."""
        mark = self.query_one("#mark")
        self._on_disk = None  # while there are no fields, nothing typed is missing either
        await mark.remove_children()
        form = await self._form()
        if form is not None:
            await mark.mount(form)
            await self.restore()
        self.set_focus(None)

    def begin(self) -> None:
        """The digits are the screen's until the mark is asked for."""

    async def _form(self) -> MarkForm | None:
        check, owed = self._check, self._owed
        if check is None or (owed is None and check.signed is not None):
            return None
        desk = self.session.desk
        rules = Rules(desk.in_force.named(check.procedure), desk.rules.calendar)
        who = await self.run_on_desk(lambda desk: read_signatories(desk, rules), writes=False)
        if who is None:
            return None
        when = (self.session.now(), rules.calendar.tz)
        return MarkForm(check.routine, who, self.session.desk.actor, when, owed)

    def _choose(self) -> None:
        looks = self._check.week.looks if self._check is not None else ()
        cursor = self.query_one("#list", PickLines).cursor
        self.case_id = looks[cursor].case_id if 0 <= cursor < len(looks) else ""
        if self.case_id:
            self.shell.worked_on = self.case_id

    def pass_time(self, now: datetime) -> None:
        """What is left of the duty, or who has marked it."""
        if self._check is None:
            return
        check, zone = self._check, self.session.desk.rules.calendar.tz
        text = mark_line(check.signed, now, zone)
        if check.signed is None and check.duty is not None:
            if state(check.duty, now) is not DutyState.CANCELLED:
                text = duty_line(check.duty, now, zone).strip()
        elif self._owed is not None and self._owed is not check.signed:
            text = labelled(subject_name(self._owed.subject), mark_line(self._owed, now, zone))
        self.query_one("#owed", Lines).show(text)

    # ---- keys

    def on_pick_lines_chosen(self, event: PickLines.Chosen) -> None:
        """The cursor came to another line."""
        event.stop()
        self._choose()

    async def on_key(self, event: events.Key) -> None:
        """The arrows choose, Enter opens the case."""
        listed = self.query_one("#list", PickLines)
        if isinstance(self.focused, Input) or self.focused is not None:
            return
        if event.key == "enter":
            self._open()
        elif not listed.move(event.key):
            return
        else:
            self._choose()
        event.stop()
        event.prevent_default()

    def _open(self) -> None:
        if self.case_id:
            self.shell.go(ToCase(self.case_id))
        else:
            self.say(_("That is of the desk itself, not of a case."))

    def own_keys(self) -> Sequence[ScreenKey]:
        """One key makes a note or a follow-up of what was found; or goes on to the mark."""
        desks = "" if self.case_id else _("That is of the desk itself, not of a case.")
        signed = "" if self.query(MarkForm) else _("This week is checked and signed already.")
        commits = _("the week is checked and signed; by phone (2) the signature is owed")
        signs = _("remark, then name and PIN")
        return (
            ScreenKey("1", _("note"), self._note, _("a note on it"), desks),
            ScreenKey("2", _("follow up"), self._follow_up, _("follow it up"), desks),
            ScreenKey("3", _("remark and signature"), self._sign, signs, signed),
            ScreenKey("commit", "", self.commit, commits),
            *super().own_keys(),
        )

    def _note(self) -> None:
        self.shell.go(ToNote(self.case_id))

    def _follow_up(self) -> None:
        self.shell.go(ToFollowUp(self.case_id))

    def _sign(self) -> None:
        for form in self.query(MarkForm):
            form.begin()

    async def accept_field(self) -> None:
        """Enter goes on to the next field; it never signs."""
        for form in self.query(MarkForm):
            if form.last(self.focused):
                self.say(_("F10 signs."))
                return
            form.enter_on()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("up, down: what deserves a look; Enter: open the case"),
            _("The figures in brackets are those of the week before."),
        ]

    # ---- what is written

    async def commit(self) -> None:
        """F10: the week is checked; or an owed mark is signed."""
        form = next(iter(self.query(MarkForm)), None)
        if form is None or self._check is None:
            self.say(_("This week is checked and signed already."))
            return
        if form.lacks:
            self.say(form.focus_missing())
            return
        owed, signing, mark = self._owed, form.signing, form.mark
        week, procedure = self._check.week.period.name, self._check.procedure

        def job(desk: Desk) -> bool:
            if owed is not None and signing is not None:
                sign_owed_mark(desk, owed.key, signing, mark.remark)
            else:
                sign_check(desk, mark, week=week, procedure=procedure)
            return True

        done = await self.record(job)
        form.forget()
        if not done:
            form.focus_missing()
            await self._reload()  # what stood against it may be news
            return
        await self.shell.take_news()
        if await self._reload():
            await self._put_up()
        self.say(self._said(owed, mark))

    def _said(self, owed: SignOff | None, mark: HeadMark) -> str:
        if owed is not None:
            return _("{name} has signed.").format(name=mark.signing.name if mark.signing else "")
        if mark.signing is None:
            return _("Checked; {name} still has to sign.").format(name=mark.name)
        return _("The week is checked and signed.")

    async def refresh_case(self, changed: set[str]) -> None:
        """Something of the week has changed; what is typed stays."""
        if self._check is not None:
            message = self.query_one("#message", Lines).text
            await self._reload()
            self.say(message)

    async def on_resize(self) -> None:
        """Another width: the lines are cut anew."""
        if self._check is not None:
            await self._reload()
