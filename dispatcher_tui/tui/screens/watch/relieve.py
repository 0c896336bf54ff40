"""Relief: somebody takes the post over in the middle of a watch, by their own PIN alone (E-05)."""

from __future__ import annotations

from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.operators import digits_short_of
from dispatcher_tui.desk.watch.outlook import may_sign_in
from dispatcher_tui.desk.watch.watchkeeping import relieve
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.signing import on_watch
from dispatcher_tui.present.watch.post_lines import holder_line
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.pin import Signature, WordsField
from dispatcher_tui.tui.widgets.row import Row


def _relieved(desk: Desk, name: str, pin: str, reason: str) -> str:
    """Who has the watch now."""
    relieve(desk, name, pin, reason)
    return desk.actor


class RelieveScreen(AutosaveForm):
    """The successor's name and PIN, the reason if there is time for one."""

    hints = ("commit", "emergency", "help")

    DEFAULT_CSS = """
    RelieveScreen #sign { height: auto; }
    RelieveScreen #terms { padding: 0 0 1 1; }
    """

    def heading(self) -> str:
        """Who is relieved."""
        return " " + _("Relieve {name}").format(name=self.session.post.holder)

    def body(self) -> ComposeResult:
        """What it comes to, then name, PIN and reason."""
        yield Lines("", id="holder")
        yield Lines(
            _("Relief keeps the planned end of the watch; no sheet is signed by it."), id="terms"
        )
        yield Vertical(id="sign")
        yield Row(_("Reason (optional)"), WordsField(id="reason"))

    async def build(self) -> bool:
        """Whoever may sign in, but for the one on watch."""
        self._show_holder(self.session.now())
        found = await self.run_on_desk(may_sign_in, writes=False)
        holder = self.session.post.holder
        others = [each for each in found or () if each.name != holder]
        await self.query_one("#sign").mount(Signature(_("Successor"), others, digits=False))
        self.query_one(PickList).display = len(others) > 1
        return True

    def begin(self) -> None:
        """The successor's name, or the PIN where they are named already."""
        signature = self.query_one(Signature)
        if not signature.signer:
            self.say(_("Arrows and Enter pick who; digits are the PIN's."))
        signature.focus_missing()

    def pass_time(self, now: datetime) -> None:
        """The countdown of the watch goes on."""
        self._show_holder(now)

    def _show_holder(self, now: datetime) -> None:
        line = holder_line(self.session.post, self.session.desk.rules.calendar, now)
        self.query_one("#holder", Lines).show(line)

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """The name is there: the PIN comes next."""
        event.stop()
        self.query_one(Signature).focus_missing()

    def on_words_field_no_words(self, event: WordsField.NoWords) -> None:
        """A PIN typed one field too late is shown to nobody."""
        event.stop()
        words = _("{key} is not taken: a reason begins with a word. The PIN: Shift+Tab.")
        self.say(words.format(key=event.key))

    async def accept_field(self) -> None:
        """Enter goes on; it never takes the watch over."""
        signature = next(iter(self.query(Signature)), None)
        if signature is None:
            return
        if signature.signing is None:
            signature.focus_missing()
        elif self.focused is self.query_one("#reason"):
            self.say(_("F10 takes the watch over."))
        else:
            self.query_one("#reason").focus()

    async def commit(self) -> None:
        """F10: from now on the successor is on watch."""
        signature = next(iter(self.query(Signature)), None)
        if signature is None:
            return
        if signature.signing is None:
            self.say(_("Name and PIN are needed."))
            signature.focus_missing()
            return
        name, pin = signature.signer, signature.pin
        reason = self.query_one("#reason", Field).value
        signature.forget()
        said = on_watch(name, digits_short_of(self.session.desk, pin))
        if await self.submit(lambda desk: _relieved(desk, name, pin, reason), said) is None:
            signature.focus_missing()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [_("Enter: next field; F10 takes the watch over")]
