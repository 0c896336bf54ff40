"""The head comments on the dispatchers' service quality and signs; then the figures stand."""

from __future__ import annotations

from textual.app import ComposeResult

from dispatcher_tui.desk.reviews.months import Signers, agree_month, comment_month, sign_month
from dispatcher_tui.domain.record.sign_off import ways_of
from dispatcher_tui.domain.reviews.summary import Summary
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.reviews.month_lines import signature_line, standing_of
from dispatcher_tui.present.reviews.month_words import Wording, balance, formula
from dispatcher_tui.tui.screens.reviews.month_form import MonthForm
from dispatcher_tui.tui.widgets.form import Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.notes import NoteArea
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.signing_form import SignatureAsked, SigningForm, WhoSigns


class MonthCommentScreen(MonthForm):
    """The comment, then the head's signature; or that it was agreed by phone and is owed."""

    DEFAULT_CSS = """
    MonthCommentScreen #words { height: 5; }
    """

    def __init__(self, file: Summary, signers: Signers, words: Wording) -> None:
        super().__init__(file)
        self._wording = words
        owed, asked, procedure = file.sign_off, signers.routine, file.rules.procedure
        agreed = owed.name if owed is not None else ""
        names = (Option(name, name) for name in signers.holders)
        self._signature = SigningForm(
            SignatureAsked(
                label=_("Signature"),
                role=asked.role,
                role_name=role_name(procedure, asked.role),
                rule=asked.rule,
                ways=ways_of(by_phone=owed is None and procedure.signature is not None),
            ),
            WhoSigns(signers.signers, tuple(names)),
            "month",
            name=agreed if agreed in signers.able else "",
            agreed=agreed,
            remarks=False,
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
            formula(figures),
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

    def begin(self) -> None:
        """The words first; where they are there, the PIN."""
        if self.file.sign_off is not None:
            self._signature.focus_missing()
        else:
            super().begin()

    async def accept_field(self) -> None:
        """Enter goes on to the next field; it never signs."""
        if self._signature.last(self.focused):
            self.say(_("F10 signs."))
        else:
            enter_on(self)

    async def commit(self) -> None:
        """F10: the comment and the signature, or that it was agreed by phone."""
        month, text = self.about, self.words
        if self._signature.by_phone:
            who = self._signature.agreed_by
            said = _("Agreed by phone; the signature is owed.")
            await self.submit(lambda desk: agree_month(desk, month, text, who), said)
        else:
            await self._sign(text)

    async def _sign(self, text: str) -> None:
        signing, month = self._signature.signing, self.about
        if signing is None:
            said = _("The comment, then name and PIN; F10 signs.")
            if text.strip() or self.file.sign_off is not None:
                said = self._signature.lacking(said)
            self.say(said)
            return
        owed = self.file.sign_off is not None
        await self.submit(
            lambda desk: (
                sign_month(desk, month, signing)
                if owed
                else comment_month(desk, month, text, signing)
            ),
            _("The summary of {month} is signed; its figures stand.").format(month=month),
        )
        self._signature.forget()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("The comment, Enter, the head's PIN, F10: signed, and the figures stand"),
            _("Agreed by phone: the comment is kept, the signature is owed and chased"),
            _("In ink: who signed, on which paper and page, seen by you"),
        ]
