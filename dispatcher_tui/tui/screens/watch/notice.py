"""公告: what every shift is to know until a moment; posted here, and taken down before its time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.watch.notices import live_notices, post_notice, withdraw_notice
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.time.when import WhenError
from dispatcher_tui.domain.watch.post import Notice
from dispatcher_tui.domain.words.text import fold_key
from dispatcher_tui.present.cells import fit, wrap
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import due_time, short_time
from dispatcher_tui.present.promises import promise_hint, when_problem
from dispatcher_tui.tui.keys import Hint, ScreenKey
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pick_lines import PickLines
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.row import Derived, Row

TEXT_LIMIT = 500
FULL_ROWS = 6
YES = "1"
"""Withdraws; every other key keeps the notice."""


def _post(desk: Desk, text: str, until: str) -> Entry | WhenError:
    """The notice as it was posted, or why its time cannot stand."""
    try:
        return post_notice(desk, text, until)
    except WhenError as error:
        return error


class NoticesScreen(AutosaveForm):
    """The notices that hold, the chosen one in full, and a form for another one."""

    AUTO_FOCUS = ""
    hints = ("commit", "help")

    DEFAULT_CSS = """
    NoticesScreen #full { height: 6; }
    NoticesScreen Row > #until { width: 16; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Notice, ...] = ()
        self._asked: Notice | None = None

    def heading(self) -> str:
        """How many hold."""
        return " " + _("Notices that hold: {n}").format(n=len(self._shown))

    def body(self) -> ComposeResult:
        """The notices, the chosen one in full, the form."""
        yield PickLines(id="notices", numbered=True, empty=_("No notice holds now."))
        yield Lines("", id="full")
        yield Row(_("New notice (F10)"), Field(limit=TEXT_LIMIT, id="text"))
        yield Row(_("Holds until"), Field(id="until"), Derived("", id="until-hint"))

    def own_hints(self) -> list[Hint]:
        """A notice is withdrawn, or a new one is written."""
        return [Hint("Enter", _("Withdraw"), unless_typing=True), Hint("a", _("New notice"))]

    async def build(self) -> bool:
        """What holds now."""
        await self._reload()
        return True

    def begin(self) -> None:
        """The digits are the screen's until a field is asked for."""

    async def _reload(self) -> None:
        found = await self.run_on_desk(live_notices, writes=False)
        if found is not None:
            self._show(found)

    def _show(self, notices: tuple[Notice, ...]) -> None:
        now, zone = self.session.now(), self.session.desk.rules.calendar.tz
        self._shown = notices
        words = _("until {until}  {text}")
        lines = [
            words.format(until=fit(due_time(n.until, now, zone), 11), text=n.text) for n in notices
        ]
        self.query_one("#notices", PickLines).show(lines)
        self.query_one("#heading", Lines).show(self.heading())
        self._show_full()

    def _chosen(self) -> Notice | None:
        cursor = self.query_one("#notices", PickLines).cursor
        return self._shown[cursor] if 0 <= cursor < len(self._shown) else None

    def _show_full(self) -> None:
        """All that the chosen notice says, and who posted it when."""
        chosen, now = self._chosen(), self.session.now()
        if chosen is None:
            self.query_one("#full", Lines).show("")
            return
        at = short_time(chosen.at, now, self.session.desk.rules.calendar.tz)
        posted = _("posted by {name} {time}").format(name=chosen.by, time=at)
        rows = wrap(chosen.text, self.cells - 1)
        if len(rows) >= FULL_ROWS:
            rows = [*rows[: FULL_ROWS - 2], ".."]
        self.query_one("#full", Lines).show("\n".join([*rows, posted]))

    def on_pick_lines_chosen(self, event: PickLines.Chosen) -> None:
        """The cursor came to another notice."""
        event.stop()
        self._show_full()

    def on_resize(self) -> None:
        """Another width breaks the chosen one elsewhere."""
        if self.is_mounted:
            self._show_full()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say back while it is typed what time is understood."""
        event.stop()
        if event.input.id == "until":
            zone = self.session.desk.rules.calendar.tz
            hint = promise_hint(event.value, self.session.now(), zone, self.session.sayings())
            self.query_one("#until-hint", Lines).show(hint)

    async def on_key(self, event: events.Key) -> None:
        """The arrows choose, Enter asks whether to withdraw; only a clear yes does it."""
        notices = self.query_one("#notices", PickLines)
        moves = self.focused is None or event.key in ("up", "down")
        asked, self._asked = self._asked, None
        if asked is not None:
            await self._answered(asked, yes=fold_key(event.character or "") == YES)
        elif moves and notices.move(event.key):
            pass
        elif event.key == "enter" and self.focused is None:
            self._ask_to_withdraw()
        else:
            return
        event.stop()
        event.prevent_default()

    def own_keys(self) -> Sequence[ScreenKey]:
        """The lines by their digits; another one is typed."""
        note = _("write a notice; F10 posts it until the time it bears (08:00, tomorrow 9:00)")
        return (
            ScreenKey("1-9", "", self._choose, _("choose a notice")),
            ScreenKey("note", "", self.take_note, note),
            *super().own_keys(),
        )

    def _choose(self, number: int) -> bool:
        return self.query_one("#notices", PickLines).select(number - 1)

    def _ask_to_withdraw(self) -> None:
        self._asked = self._chosen()
        if self._asked is not None:
            words = _('Withdraw "{text}"? 1 yes; every other key: no.')
            self.say(words.format(text=fit(self._asked.text, 30).rstrip()))

    async def _answered(self, notice: Notice, *, yes: bool) -> None:
        if not yes:
            self.say(_("The notice stays."))
            return
        entry = await self.run_on_desk(lambda desk: withdraw_notice(desk, notice.seq))
        if entry is not None:
            await self.shell.take_news()
            await self._reload()
            self.say(_("Withdrawn; it stays readable in the Work Log."))

    async def accept_field(self) -> None:
        """Enter goes on; after the time it posts."""
        if self.focused is not None and self.focused.id == "until":
            await self.commit()
        else:
            enter_on(self)

    async def take_note(self) -> None:
        """A notice is written here."""
        self.query_one("#text").focus()

    def on_screen_suspend(self) -> None:
        """Another screen came up in between: what was asked before it is not answered after."""
        self._asked = None

    async def commit(self) -> None:
        """F10: every shift sees it until then."""
        self._asked = None
        text, until = self.field("text"), self.field("until")
        done = await self.run_on_desk(lambda desk: _post(desk, text, until))
        if done is None:
            self.query_one("#text").focus()
        elif isinstance(done, WhenError):
            self.query_one("#until").focus()
            self.say_fault(when_problem(done.code))
        else:
            for name in ("text", "until"):
                self.query_one(f"#{name}", Field).value = ""
            await self.save_draft()
            await self.shell.take_news()
            await self._reload()
            self.set_focus(None)
            self.say(_("Posted: every shift sees it until then."))

    def pass_time(self, now: datetime) -> None:
        """What has run out goes, what another terminal posted comes."""
        if self._on_disk is None:
            return
        holding = self.session.post.notices_at(now)
        if holding != self._shown and self._asked is None:
            self._show(holding)

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("up, down or a digit: choose a notice; Enter, then 1: withdraw it"),
        ]
