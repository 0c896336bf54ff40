"""A notice of a case: for which doors, printed for each, hung when, taken down when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from textual.widget import Widget
from textual.widgets import Input

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.papers.postings import hang, set_postings, take_down
from dispatcher_tui.domain.case.decide_postings import postings_of
from dispatcher_tui.domain.record.posting import Posting
from dispatcher_tui.domain.time.when import WhenError
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.papers.posting_lines import door_name, posting_row, postings_line
from dispatcher_tui.present.promises import past_hint, past_problem
from dispatcher_tui.tui.keys import ScreenKey, key_line
from dispatcher_tui.tui.paper_routes import ToWarnHomes
from dispatcher_tui.tui.routes import ToFillForm
from dispatcher_tui.tui.screens.papers.on_form import OnForm
from dispatcher_tui.tui.sheet_print import print_form
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.row import Row

DOORS, HUNG, DOWN = "doors", "hung", "down"
SHOWN = 7
"""So many doors stand on the screen; of more, those that still owe something come first."""

LINE_LIMIT = 200


class PostingScreen(OnForm):
    """A digit says what is written down; nothing named is every door that it can be about."""

    hints = ("commit", "help")

    DEFAULT_CSS = "PostingScreen #doors-now { color: $desk-fg1; margin-bottom: 1; }"

    def _mine(self) -> tuple[Posting, ...]:
        return postings_of(self.file.case, self._form_id) if self.file else ()

    def _first_act(self) -> str:
        """What is probably next."""
        known = [each for each in self._mine() if each.down_at is None]
        if not known:
            return DOORS
        return DOWN if all(each.hangs for each in known) else HUNG

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """How it stands at each door; what is written down, where, when, by whom."""
        yield Lines(self._doors_now(), id="doors-now")
        acts = [
            Option(DOORS, _("it is for these doors")),
            Option(HUNG, _("hung")),
            Option(DOWN, _("taken down")),
        ]
        first = (self._first_act(),)
        yield Row(_("What was done"), Choice(acts, chosen=first, id="act"))
        assert self._form is not None
        anywhere = self._form.form.anywhere
        hint = _("places, with commas between") if anywhere else _("3, 3-2, all; empty: all of it")
        yield Row(_("At which doors"), Field(id="where", limit=LINE_LIMIT, placeholder=hint))
        yield Row(_("When"), Field(id="at", limit=40, placeholder=_("empty: now")))
        yield Lines("", id="understood")
        yield Row(_("By whom"), Field(id="by", limit=40, placeholder=_("empty: me")))
        yield Lines(key_line(self._acts()), classes="label")

    def _doors_now(self) -> str:
        """The doors one by one as far as there is room."""
        assert self._form is not None
        mine, now = self._mine(), self.session.now()
        zone = self.session.desk.rules.calendar.tz
        owing = sorted(mine, key=lambda p: (p.down_at is not None, p.hung_at is not None))
        rows = [posting_row(each, now, zone) for each in owing[:SHOWN]]
        if len(mine) > SHOWN:
            rows.append(_("and {n} more").format(n=len(mine) - SHOWN))
        homes = [h for h in self.file.case.homes if h.warned_at is None] if self.file else []
        if homes:
            rows.append(_("Still to be warned: {n} (7 rings them)").format(n=len(homes)))
        return "\n".join([postings_line(self._form.form, mine), *rows])

    def begin(self) -> None:
        """What is done comes first."""
        self.query_one("#act").focus()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """A digit chooses and goes on."""
        event.stop()
        if event.by_hand:
            self.query_one("#where").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """The time as it is understood, while it is typed."""
        event.stop()
        self.pass_time(self.session.now())

    def pass_time(self, now: datetime) -> None:
        """The time as it is understood."""
        super().pass_time(now)
        for line in self.query("#understood"):
            if isinstance(line, Lines):
                zone = self.session.desk.rules.calendar.tz
                line.show(past_hint(self.field("at"), now, zone))

    async def accept_field(self) -> None:
        """Enter goes on; F10 commits."""
        enter_on(self)

    def own_keys(self) -> Sequence[ScreenKey]:
        """p prints one for each door; 7 rings the homes that have to be warned."""
        return (*self._acts(), *super().own_keys())

    def _acts(self) -> Sequence[ScreenKey]:
        homes = self.file.case.homes if self.file else ()
        warn = _("warn homes") if homes else ""
        none = "" if homes else _("No home has to be warned by itself.")
        ring = _("ring the homes that have to be warned")
        return (
            ScreenKey("print", _("print"), self._print, _("print it, one for each door")),
            ScreenKey("7", warn, self._warn, ring, off=none),
        )

    async def _print(self) -> None:
        assert self._form is not None
        if self._form.form.asked and not self._form.values and not self.session.read_only:
            self.shell.go(ToFillForm(self.case_id, self._form_id))
            return
        await print_form(self, self.case_id, self._form_id)

    def _warn(self) -> None:
        self.shell.go(ToWarnHomes(self.case_id))

    async def come_back(self) -> None:
        """Something was filled in, or a home rung."""
        if await self.reload():
            await self.case_changed()

    async def case_changed(self) -> None:
        """The doors as they are now; what is typed stays."""
        for line in self.query("#doors-now"):
            if isinstance(line, Lines):
                line.show(self._doors_now())

    async def commit(self) -> None:
        """F10: written down; the doors stand there as they are now."""
        chosen = self.query_one("#act", Choice).value
        where, at, by = self.field("where"), self.field("at"), self.field("by")
        case_id, form_id = self.case_id, self._form_id

        def job(desk: Desk) -> Done | WhenError:
            try:
                if chosen == DOORS:
                    return set_postings(desk, case_id, form_id, where)
                act = hang if chosen == HUNG else take_down
                return act(desk, case_id, form_id, where, at, by)
            except WhenError as error:
                return error

        if not chosen:
            self.say_fault(_("Say first what is written down: a digit."))
            return
        done = await self.record(job)
        if done is None:
            return
        if isinstance(done, WhenError):
            self.query_one("#at").focus()
            self.say_fault(past_problem(done.code))
            return
        await self.forget_draft()
        await self.shell.take_news()
        if await self.reload():
            await self.put_up()
        self.say(self._said(chosen))

    def _said(self, act: str) -> str:
        """What was written down, and what is next."""
        left = [p for p in self._mine() if p.down_at is None and not p.hangs]
        if act == DOORS:
            return _("Written down. p prints it, one for each door.")
        if act == HUNG and left:
            doors = _(", ").join(door_name(each.door) for each in left)
            return _("Written down. Not hung yet: {doors}").format(doors=doors)
        return _("Written down.")

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("1: for which doors it is; 2: hung there; 3: taken down; then F10"),
            _("Doors: 3 is every door of building 3, 3-2 one of them, all every door there is"),
            _("A time that is over goes into When: 14:05, or 20m ago"),
        ]
