"""Somebody signs: a name and a PIN, checked by the desk in the same step as what is signed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, runtime_checkable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from dispatcher_tui.desk.case.case_file import Signer
from dispatcher_tui.desk.together import Signing
from dispatcher_tui.domain.words.text import fold_key
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.typeahead import bounced
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.row import Row

PIN_LIMIT = 12


class Bounced(Message):
    """The digit that brought a signature up was held down: it is no part of it."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


class PinField(Field):
    """Where a PIN is typed. The digit by which it came up, still held down, does not begin one.

    While it is ``waits`` no digit does: it has the focus because nothing else is missing, and a
    digit may be meant for the screen. Enter, or coming here from another field, ends that.
    """

    class HeldBack(Message):
        """A digit was not taken."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(secret=True, limit=PIN_LIMIT, placeholder=_("PIN"), id=id)
        self.waits = False

    def on_blur(self) -> None:
        """Whoever comes back to it means it."""
        self.waits = False

    async def on_key(self, event: events.Key) -> None:
        """What begins no PIN is left out, and said; Textual hands the rest to the field."""
        key = fold_key(event.character or "")
        if leave_out_bounce(self, event) or not self.waits:
            return
        if key.isdigit():
            self.post_message(self.HeldBack(key))
        elif event.key == "enter":
            self.waits = False
        else:
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Nobody pastes what is meant for a key; the field itself takes it."""
        self.waits = False


class WordsField(Field):
    """Words that stand after a PIN: it begins with no digit, or a PIN would stand there for
    everybody to read."""

    class NoWords(Message):
        """A digit was not taken."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    async def on_key(self, event: events.Key) -> None:
        """A digit first is none of the words; Textual hands the rest to the field."""
        key = fold_key(event.character or "")
        if self.value or len(key) != 1 or not key.isdigit():
            return
        event.stop()
        event.prevent_default()
        self.post_message(self.NoWords(key))

    def on_paste(self, event: events.Paste) -> None:
        """Pasted figures are none either; the field itself takes the rest."""
        if not self.value and fold_key(event.text.strip()).isdigit():
            event.stop()
            event.prevent_default()
            self.post_message(self.NoWords(".."))


def leave_out_bounce(field: Field, event: events.Key) -> bool:
    """Leave out of an empty field the digit that brought it up, still held down, and say so."""
    key = fold_key(event.character or "")
    if field.value or not key.isdigit() or not bounced(field, event):
        return False
    event.stop()
    event.prevent_default()
    field.post_message(Bounced(key))
    return True


class SignerPicker(Picker):
    """The name to sign by. A digit that takes no line goes into the PIN: no name has any.

    Otherwise a PIN typed one field too early would stand on the screen for everybody to read.
    """

    def __init__(
        self,
        options: Sequence[Option],
        pin: Field,
        *,
        picked: str,
        digits: bool = True,
    ) -> None:
        super().__init__(options, picked=picked, placeholder=_("name"), digits=digits)
        self._pin = pin

    @property
    def named(self) -> bool:
        """Whether somebody stands there; then only the PIN is asked for."""
        return bool(self.picked or self.value.strip())

    def pass_on(self) -> None:
        """On to the PIN."""
        self.screen.set_focus(self._pin)

    async def on_key(self, event: events.Key) -> None:
        """A digit begins the PIN; Textual hands everything else to the picker."""
        typed = fold_key(event.character or "")
        if leave_out_bounce(self, event):
            return
        if typed.isdigit() and not self._takes(int(typed)):
            self.pass_on()
            self._pin.insert_text_at_cursor(event.character or "")
        elif event.key == "enter" and not self.by_digit and not self.picked and self.matching:
            # The marked name is the one that Enter takes, as the list shows it.
            self.take(self.mark)
            self.pass_on()
        else:
            return
        event.stop()
        event.prevent_default()

    def _takes(self, number: int) -> bool:
        return self.by_digit and not self.picked and 1 <= number <= len(self.matching)

    def on_paste(self, event: events.Paste) -> None:
        """A pasted number is a PIN as well; Textual hands everything else to the field."""
        if fold_key(event.text.strip()).isdigit():
            event.stop()
            event.prevent_default()
            self.pass_on()
            self._pin.insert_text_at_cursor(event.text.strip()[:PIN_LIMIT])


class Ways(Choice):
    """The ways to sign; Enter goes past them where ``settled`` says that it is signed."""

    def __init__(
        self, options: Sequence[Option], settled: Callable[[], bool], *, chosen: str, key: str
    ) -> None:
        super().__init__(options, chosen=(chosen,), id=key)
        self.settled = settled

    async def on_key(self, event: events.Key) -> None:
        """A digit that is no way here, a PIN's perhaps, is lost: the screen has no use for it.

        Textual hands everything else to the choice.
        """
        key = fold_key(event.character or "")
        if key.isdigit() and int(key) not in {option.digit for option in self.options}:
            event.stop()
            event.prevent_default()

    def restore(self, values: Iterable[str]) -> None:
        """As it was chosen before; a way that is open no more leaves the one that stands."""
        known = {option.value for option in self.options}
        super().restore([value for value in values if value in known] or self.values)


@runtime_checkable
class Says(Protocol):
    """A screen with a message line."""

    def say(self, text: str) -> None:
        """Show a line to the operator."""


def _on(screen: Screen[Any]) -> bool:
    """The next field has the focus; False where this was the last: the first one holds what was
    chosen long ago, and the next digit would change it."""
    fields = screen.focus_chain
    if fields and screen.focused is fields[-1]:
        return False
    screen.focus_next()
    return True


def enter_on(screen: Screen[Any]) -> None:
    """Enter goes on to the next field, past the ways to sign where it is signed, and past a signer
    who stands there to the PIN. Behind the last field there is nothing, and that is said."""
    if not _on(screen):
        if isinstance(screen, Says):
            screen.say(_("That was the last field: F10 commits."))
        return
    if isinstance(screen.focused, Ways) and screen.focused.settled():
        _on(screen)
    if isinstance(screen.focused, SignerPicker) and screen.focused.named:
        screen.focused.pass_on()


def digit_on(screen: Screen[Any]) -> None:
    """A digit that chose goes on like Enter; a name that stands there already takes none."""
    if screen.focus_chain and screen.focused is screen.focus_chain[-1]:
        return
    enter_on(screen)
    if isinstance(screen.focused, Field):
        screen.focused.take_no_digit()


class Signature(Vertical):
    """Name and PIN. ``role`` is the one that has to sign, any where it is empty.

    ``name``, else the only holder of the role, else ``watch`` where they hold it, stands there
    already. Both are given at one moment: neither is ever saved. Without ``digits`` no digit picks
    a name: each is the PIN's, and arrows and Enter pick.
    """

    DEFAULT_CSS = """
    Signature { height: auto; width: 1fr; }
    Signature PickList { display: none; }
    """

    def __init__(
        self,
        label: str,
        signers: Sequence[Signer],
        *,
        role: str = "",
        role_name: str = "",
        rule: str = "",
        name: str = "",
        watch: str = "",
        item: bool = False,
        digits: bool = True,
        id: str | None = None,  # noqa: A002 - the name Textual gives it
    ) -> None:
        super().__init__(id=id)
        self._label = label
        self._item = item
        self._rule = rule
        self.role = role
        self._role_name = role_name
        fitting = [s for s in signers if not role or s.role == role]
        if not name and len(fitting) == 1:
            name = fitting[0].name
        if not name and role and any(s.name == watch for s in fitting):
            name = watch
        options = [Option(s.name, s.name) for s in fitting]
        self._pin = PinField()
        # Where it is known who may sign, a digit is always the PIN's and never chooses a name.
        by_digit = digits and not (role or name)
        self._who = SignerPicker(options, self._pin, picked=name, digits=by_digit)
        if name and not self._who.picked:
            self._who.put(name)
        self._list = PickList(self._who, columns=4, cells=16)

    def compose(self) -> ComposeResult:
        """One row for the name and the PIN; the names to pick from below it while needed."""
        asked = self._item
        yield Row(self._label, self._who, self._pin, rule=self._rule, required=asked, item=asked)
        yield self._list

    def on_mount(self) -> None:
        """Where Enter takes the marked name, the names stand there from the start."""
        self._list.display = not (self._who.by_digit or self._who.named)

    async def on_key(self, event: events.Key) -> None:
        """Up and down in the PIN are meant for the names that stand below it: they choose there."""
        if self._pin.has_focus and self._list.display and event.key in ("up", "down"):
            self._who.focus()
            await Picker.on_key(self._who, event)

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other names match now."""
        event.stop()
        self._list.display = bool(not self._who.picked and self._who.matching)
        self._list.refresh(layout=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        """A PIN's letters are nobody else's business."""
        event.stop()

    @property
    def by_digit(self) -> bool:
        """Whether a digit picks a name now."""
        return self._who.by_digit and not self._who.named

    @property
    def signer(self) -> str:
        """Whose PIN it is; empty where nobody is named yet."""
        return self._who.picked or self._who.value.strip()

    @property
    def pin(self) -> str:
        """The PIN as typed."""
        return self._pin.value.strip()

    @property
    def signing(self) -> Signing | None:
        """What the desk is to check; None while name or PIN is missing."""
        if not (self.signer and self.pin):
            return None
        return Signing(self.signer, self.pin, self.role, self._role_name)

    def forget(self) -> None:
        """Take the PIN out of the field."""
        self._pin.value = ""

    def focus_missing(self) -> None:
        """Put the focus on what is not there yet."""
        (self._pin if self.signer else self._who).focus()
