"""The head's mark under the records: a remark, and the PIN; or who agreed and signs later."""

from __future__ import annotations

from datetime import datetime, tzinfo

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from dispatcher_tui.desk.case_file import Signatories
from dispatcher_tui.desk.together import Signing
from dispatcher_tui.desk.weekly_check import Mark
from dispatcher_tui.domain.procedure import Item, Routine
from dispatcher_tui.domain.sign_off import SignOff
from dispatcher_tui.domain.terms import Label
from dispatcher_tui.present.words import _
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.item_signature import RoleSignature
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.row import Row

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
        remark: str,
    ) -> None:
        super().__init__()
        label = _("The owed signature") if owed is not None else _("The head signs")
        item = Item(
            id=routine.do,
            kind="signature",
            label=Label(zh=label, en=label),
            rule=owed.rule if owed is not None else routine.rule,
            role=owed.role if owed is not None else routine.role,
            by_phone=bool(routine.role) and who.procedure.signature is not None,
        )
        self._asked = RoleSignature(item, who, actor, when, owed=owed, remarks=False)
        self._remark = Field(remark, limit=REMARK_LIMIT, id="remark")

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
        """The PIN as it was given; None while it is missing, or where it is agreed by phone."""
        return None if self._asked.by_phone else self._asked.signature.signing

    @property
    def mark(self) -> Mark:
        """What is to be written down."""
        name = self._asked.agreed_by if self._asked.by_phone else ""
        return Mark(signing=self.signing, name=name, remark=self.remark)

    @property
    def lacks(self) -> bool:
        """Whether the signature is still missing."""
        return not (self._asked.agreed_by if self._asked.by_phone else self.signing)

    def last(self, focused: Widget | None) -> bool:
        """Whether Enter in that field is to commit: the PIN is there, or who agreed."""
        pin = isinstance(focused, Field) and focused.password
        return (pin or self._asked.by_phone) and not self.lacks

    def begin(self) -> None:
        """The remark comes first."""
        self._remark.focus()

    def enter_on(self) -> None:
        """On to the next field, past a signer who stands there."""
        enter_on(self.screen)

    def focus_missing(self) -> str:
        """Put the focus on what is missing; gives the words for it."""
        self._asked.focus_missing()
        if self._asked.by_phone:
            return _("Enter who agreed by phone.")
        rule = self._asked.item.rule
        return _("The head's PIN, or 1: agreed by phone [{rule}]").format(rule=rule)

    def forget(self) -> None:
        """Take the PIN out of the field."""
        self._asked.signature.forget()
