"""The head comments on the dispatchers' service quality and signs; then the figures stand."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from dispatcher_tui.desk.months import Signers, agree_month, comment_month, sign_month
from dispatcher_tui.domain.case import Entry
from dispatcher_tui.domain.summary import Summary
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.closing import role_name
from dispatcher_tui.present.month_lines import signature_line, standing_of
from dispatcher_tui.present.month_words import Wording, balance, formula
from dispatcher_tui.present.words import _
from dispatcher_tui.tui.screens.month_form import MonthForm
from dispatcher_tui.tui.widgets.form import Choice, Option, Picker, PickList
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.notes import NoteArea
from dispatcher_tui.tui.widgets.pin import Signature, enter_on
from dispatcher_tui.tui.widgets.row import Row


class MonthCommentScreen(MonthForm):
    """The comment, then the head's PIN; or that it was agreed by phone and the PIN is owed."""

    DEFAULT_CSS = """
    MonthCommentScreen #words { height: 5; }
    MonthCommentScreen .phone { height: auto; display: none; }
    MonthCommentScreen.by-phone .phone { display: block; }
    """

    def __init__(self, file: Summary, signers: Signers, words: Wording) -> None:
        super().__init__(file)
        self._wording = words
        self._signers = signers
        owed = file.sign_off
        self._signature = Signature(
            _("Signature"),
            signers.signers,
            role=signers.routine.role,
            role_name=role_name(file.rules.procedure, signers.routine.role),
            rule=signers.routine.rule,
            name=owed.name if owed and owed.name in signers.able else "",
        )
        self._who = Picker(
            [Option(name, name) for name in signers.holders],
            picked=signers.holders[0] if len(signers.holders) == 1 else "",
            placeholder=_("name"),
            digits=False,
        )

    def form_name(self) -> str:
        """What the form is called."""
        return _("Comment and signature")

    def body(self) -> ComposeResult:
        """What is signed, the comment, the signature; what was agreed by phone needs only that."""
        figures, standing = self.file.figures, standing_of(self.file, self._wording)
        first = next(iter(standing.text.splitlines()), "")
        said = (
            balance(figures),
            formula(figures, self.file.rules.procedure),
            fit(first, self.cells - 2).rstrip(),
        )
        yield Lines("\n".join(said), classes="why")
        if standing.sign_off is not None:
            yield Lines(signature_line(standing.sign_off, self._wording))
            yield Lines(standing.sign_off.remark, classes="why")
            yield self._signature
            return
        yield Lines(_("The head's comment on the dispatchers' service quality:"))
        yield NoteArea(id="words")
        yield self._signature
        if self.file.rules.procedure.signature is not None:
            yield from self._by_phone()

    def _by_phone(self) -> Iterator[Widget]:
        agreed = Choice([Option("phone", _("agreed by phone, signs later"))], many=True)
        yield Row(_("or"), agreed)
        names = PickList(self._who, columns=4, cells=16)
        yield Vertical(Row(_("Who agreed"), self._who), names, classes="phone")

    def begin(self) -> None:
        """The words first; where they are there, the PIN."""
        if self.file.sign_off is not None:
            self._signature.focus_missing()
        else:
            super().begin()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Either the PIN is asked for or who agreed; never both."""
        event.stop()
        wanted = bool(event.choice.values)
        self.set_class(wanted, "by-phone")
        self._signature.display = not wanted
        self._signature.forget()
        self._list_names()
        if wanted and not self._who.picked:
            self._who.focus()

    def on_picker_narrowed(self, event: Picker.Narrowed) -> None:
        """Other names match now."""
        event.stop()
        self._list_names()

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """The name is there: the PIN comes next."""
        event.stop()
        if event.picker is not self._who:
            self._signature.focus_missing()

    def _list_names(self) -> None:
        for names in self.query(PickList):
            if names.picker is self._who:
                names.display = bool(not self._who.picked and self._who.options)
                names.refresh(layout=True)

    async def accept_field(self) -> None:
        """Enter goes on to the next field; it never signs."""
        if self._signature.signing is not None and not isinstance(self.focused, NoteArea):
            self.say(_("F10 signs."))
        else:
            enter_on(self)

    async def act_commit(self) -> None:
        """F10: the comment and the signature, or that it was agreed by phone."""
        month, text = self.about, self.words
        if self.has_class("by-phone"):
            who = self._who.picked or self._who.value.strip()
            entry = await self.ask(lambda desk: agree_month(desk, month, text, who))
            said = _("Agreed by phone; the signature is owed.")
        else:
            entry = await self._sign(text)
            said = _("The summary of {month} is signed; its figures stand.").format(month=month)
        if entry is not None:
            await self.done(said)

    async def _sign(self, text: str) -> Entry | None:
        signing, month = self._signature.signing, self.about
        if signing is None:
            self.say(_("The comment, then name and PIN; F10 signs."))
            if text.strip() or self.file.sign_off is not None:
                self._signature.focus_missing()
            return None
        owed = self.file.sign_off is not None
        entry = await self.ask(
            lambda desk: (
                sign_month(desk, month, signing)
                if owed
                else comment_month(desk, month, text, signing)
            )
        )
        self._signature.forget()
        return entry

    def help_lines(self) -> list[str]:
        """The screen's own keys."""
        return [
            _("The comment, Enter, the head's PIN, F10: signed, and the figures stand"),
            _("Agreed by phone: the comment is kept, the signature is owed and chased"),
        ]
