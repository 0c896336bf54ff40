"""Somebody signs: a name and a PIN, checked by the desk in the same step as what is signed."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from dispatcher_tui.desk.case_file import Signer
from dispatcher_tui.desk.together import Signing
from dispatcher_tui.domain.text import fold_key
from dispatcher_tui.present.words import _
from dispatcher_tui.tui.widgets.form import Field, Option, Picker, PickList
from dispatcher_tui.tui.widgets.row import Row

PIN_LIMIT = 12


class SignerPicker(Picker):
    """The name to sign by. Once it is there, digits go into the PIN: no name has any.

    Otherwise a PIN typed one field too early would stand on the screen for everybody to read.
    """

    def __init__(self, options: Sequence[Option], pin: Field, *, picked: str) -> None:
        super().__init__(options, picked=picked, placeholder=_("name"))
        self._pin = pin

    async def on_key(self, event: events.Key) -> None:
        """A digit behind a name begins the PIN; Textual hands everything else to the picker."""
        digit = event.character or ""
        if (self.picked or not self.matching) and fold_key(digit).isdigit():
            event.stop()
            event.prevent_default()
            self.screen.set_focus(self._pin)
            self._pin.insert_text_at_cursor(digit)


class Signature(Vertical):
    """Name and PIN. ``role`` is the one that has to sign, any where it is empty.

    The only holder of the role, or ``name``, stands there already. The PIN is never kept.
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
        id: str | None = None,  # noqa: A002 - the name Textual gives it
    ) -> None:
        super().__init__(id=id)
        self._label = label
        self._rule = rule
        self.role = role
        self._role_name = role_name
        fitting = [s for s in signers if not role or s.role == role]
        if not name and len(fitting) == 1:
            name = fitting[0].name
        options = [Option(s.name, s.name) for s in fitting]
        self._pin = Field(secret=True, limit=PIN_LIMIT, placeholder="PIN")
        self._who = SignerPicker(options, self._pin, picked=name)
        if name and not self._who.picked:
            self._who.value = name
        self._list = PickList(self._who, columns=4, cells=16)

    def compose(self) -> ComposeResult:
        """One row for the name and the PIN; the names to pick from below it while needed."""
        yield Row(self._label, self._who, self._pin, rule=self._rule)
        yield self._list

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other names match now."""
        event.stop()
        self._list.display = not self._who.picked
        self._list.refresh(layout=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        """A PIN's letters are nobody else's business."""
        event.stop()

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
