"""The head's mark under the records: a remark, and the signature."""

from __future__ import annotations

from datetime import datetime, tzinfo

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import Signatories
from dispatcher_tui.desk.reviews.weekly_check import HeadMark
from dispatcher_tui.desk.together import Signing
from dispatcher_tui.domain.desk_routines import Routine
from dispatcher_tui.domain.record.sign_off import SignOff, ways_of
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.row import Row
from dispatcher_tui.tui.widgets.signing_form import (
    SignatureAsked,
    SigningForm,
    owed_words,
    who_signs,
)

REMARK_LIMIT = 1_000


class MarkForm(Vertical):
    """``owed``: a mark was agreed by phone before, and its signature alone is asked for."""

    DEFAULT_CSS = "MarkForm { height: auto; }"

    def __init__(
        self,
        routine: Routine,
        who: Signatories,
        actor: str,
        when: tuple[datetime, tzinfo],
        owed: SignOff | None,
    ) -> None:
        super().__init__()
        role = owed.role if owed is not None else routine.role
        agreed = owed.name if owed is not None else ""
        able = any(s.name == agreed and s.role == role for s in who.signers)
        self._rule = owed.rule if owed is not None else routine.rule
        self._asked = SigningForm(
            SignatureAsked(
                label=_("The owed signature") if owed is not None else _("The head signs"),
                role=role,
                role_name=role_name(who.procedure, role),
                rule=self._rule,
                ways=ways_of(by_phone=bool(routine.role) and who.procedure.signature is not None),
            ),
            who_signs(who, role, actor),
            "mark",
            name=agreed if able else "",
            watch=actor,
            agreed=agreed,
            owed=owed_words(owed, *when) if owed is not None else "",
            remarks=False,
        )
        self._remark = Field(limit=REMARK_LIMIT, id="remark")

    def compose(self) -> ComposeResult:
        """The remark above the signature."""
        yield Row(_("Remark"), self._remark)
        yield self._asked

    @property
    def remark(self) -> str:
        """What the head says to the week."""
        return self._remark.value

    @property
    def signing(self) -> Signing | None:
        """The PIN or the ink as given; None while it is missing, or where it is agreed by phone."""
        return self._asked.signing

    @property
    def mark(self) -> HeadMark:
        """What is to be written down."""
        name = self._asked.agreed_by if self._asked.by_phone else ""
        return HeadMark(signing=self.signing, name=name, remark=self.remark)

    @property
    def lacks(self) -> bool:
        """Whether the signature is still missing."""
        return self._asked.lacks

    def last(self, focused: Widget | None) -> bool:
        """Whether Enter in that field is to commit: the signature is there."""
        return self._asked.last(focused)

    def begin(self) -> None:
        """The remark comes first."""
        self._remark.focus()

    def enter_on(self) -> None:
        """On to the next field, past a signer who stands there."""
        enter_on(self.screen)

    def focus_missing(self) -> str:
        """Put the focus on what is missing; gives the words for it."""
        words = _("The head's PIN, or below it 2: by phone, 3: in ink")
        return self._asked.lacking(words)

    def forget(self) -> None:
        """Take the PIN out of the field."""
        self._asked.forget()
