"""The write-off's checklist as fields: one row for each item, by its kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rich.text import Text
from textual import events
from textual.app import ComposeResult, RenderResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.together import Signing
from dispatcher_tui.domain.duties.closing import (
    MissingItem,
    broken_limit,
    missing_for_write_off,
    money_limits,
    write_off_items,
)
from dispatcher_tui.domain.procedure import Item, Money
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.events import FeedbackReceived
from dispatcher_tui.domain.record.sign_off import SignOff
from dispatcher_tui.domain.words.money import MoneyError, parse_fen
from dispatcher_tui.domain.words.people import bare_figure
from dispatcher_tui.domain.words.terms import FeedbackBy, Satisfaction
from dispatcher_tui.present.case.closing import FEEDBACK_HOW, FEEDBACK_WHO, role_name
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.promises import money_hint
from dispatcher_tui.present.terms import feedback_by_name, satisfaction_name
from dispatcher_tui.tui.widgets.form import Choice, Field, Option, yes_or_no
from dispatcher_tui.tui.widgets.item_signature import ItemSignature
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.row import Derived, Row
from dispatcher_tui.tui.widgets.signing_form import SignatureAsked, SigningForm, who_signs

TEXT_LIMIT = 2_000


class StepLine(Widget, can_focus=True):
    """Whether a step of the procedure is recorded; Enter opens its form."""

    takes_digits = True
    """Letters typed here by mistake are no keys of the desk."""

    DEFAULT_CSS = """
    StepLine { height: 1; width: 1fr; }
    StepLine:focus {
        background: $desk-tint; color: $desk-tintf; text-style: $desk-tint-form;
    }
    """

    class StepTaken(Message):
        """The step is to be recorded."""

        def __init__(self, step: str) -> None:
            super().__init__()
            self.step = step

    def __init__(self, step: str, *, done: bool) -> None:
        super().__init__()
        self.step = step
        self._done = done

    @property
    def done(self) -> bool:
        """Whether it is recorded."""
        return self._done

    def stand(self, case: Case) -> None:
        """Show how the step stands on the case."""
        self._done = self.step in case.steps
        self.refresh()

    def render(self) -> RenderResult:
        """Done, or the key that records it."""
        return Text(_("done") if self._done else _("not yet: Enter records it"))

    async def on_key(self, event: events.Key) -> None:
        """Enter opens the step while it is not done; then it goes on like any field."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            if self._done:
                enter_on(self.screen)
            else:
                self.post_message(self.StepTaken(self.step))


class StepRow(Row):
    """A step of the procedure as an item of the checklist."""

    @property
    def filled(self) -> bool:
        """Whether the step is recorded."""
        return all(line.done for line in self.query(StepLine))


class WriteOffForm(Vertical):
    """Every item that applies to the case, prefilled with what the record knows."""

    DEFAULT_CSS = "WriteOffForm { height: auto; width: 1fr; }"

    def __init__(self, file: CaseFile, actor: str, now: datetime) -> None:
        super().__init__()
        self._file = file
        self._actor = actor
        self._now = now
        self._items = write_off_items(file.procedure, file.case)

    def _confirmed(self) -> FeedbackReceived | None:
        """How the record says it was confirmed in this round (P0-07)."""
        opened = max(
            (s.at for s in self._file.case.signals if s.name == "opened"),
            default=self._file.case.opened_at,
        )
        found = [
            entry.event
            for entry in self._file.entries
            if isinstance(entry.event, FeedbackReceived) and entry.occurred_at >= opened
        ]
        return found[-1] if found else None

    def compose(self) -> ComposeResult:
        """One row or two for each item."""
        for number, item in enumerate(self._items):
            yield from self._rows(item, f"item-{number}", f"how-{number}")

    def _rows(self, item: Item, name: str, how: str) -> Iterator[Widget]:
        label, must = localized(item.label), item.required
        match item.kind:
            case "feedback":
                yield from self._feedback(label, item, name, how)
            case "satisfaction":
                options = [Option(s.value, satisfaction_name(s)) for s in Satisfaction.answers()]
                yield Row(label, Choice(options, id=name), rule=item.rule, required=must, item=True)
            case "check":
                done = Choice([Option("done", _("has been done"))], many=True, id=name)
                yield Row(label, done, rule=item.rule, required=must, item=True)
            case "question":
                options = yes_or_no(_("yes"), _("no"))
                yield Row(label, Choice(options, id=name), rule=item.rule, required=must, item=True)
            case "step":
                line = StepLine(item.step, done=item.step in self._file.case.steps)
                yield StepRow(label, line, rule=item.rule, required=must, item=True)
            case "signature":
                key = f"sign-{name}"
                yield ItemSignature(item, self._file, self._actor, self._now, key)
            case "money":
                yield from self._money(label, item, name)
            case _:
                yield Row(
                    label,
                    Field(limit=TEXT_LIMIT, id=name),
                    rule=item.rule,
                    required=must,
                    item=True,
                )

    def _feedback(self, label: str, item: Item, name: str, how: str) -> Iterator[Widget]:
        known, told = self._confirmed(), self._file.case.assignee
        options = [Option(by.value, feedback_by_name(by)) for by in FeedbackBy]
        chosen = (known.by.value,) if known else ()
        how_known = Choice(options, chosen=chosen, id=how)
        yield Row(label, how_known, rule=item.rule, required=item.required, item=True)
        source = known.source if known and known.source else (told.name if told else "")
        yield Row(
            _("Confirmed by"),
            Field(source, of_name=True, id=name),
            required=item.required,
            item=True,
        )

    def _money(self, label: str, item: Item, name: str) -> Iterator[Widget]:
        hint = Derived("", classes="money-hint")
        amount = Field(id=name, limit=16)
        yield Row(label, amount, hint, rule=item.rule, required=item.required, item=True)
        for number, limit in enumerate(self._limits):
            signature = self._approval(limit, f"above-{number}")
            signature.add_class("above")
            signature.display = False
            yield signature

    @property
    def _limits(self) -> tuple[Money, ...]:
        return money_limits(self._file.procedure, self._file.case)

    def _approval(self, limit: Money, key: str) -> SigningForm:
        asked = SignatureAsked(
            label=_("Above {yuan} yuan").format(yuan=limit.limit_yuan),
            role=limit.approver,
            role_name=role_name(self._file.procedure, limit.approver),
            rule=limit.rule,
            item=True,
        )
        who = who_signs(self._file.signatories, limit.approver, self._actor)
        return SigningForm(asked, who, key, watch=self._actor)

    def on_input_changed(self, event: Input.Changed) -> None:
        """An amount is said back; above the limit the approver's signature comes up."""
        number = (event.input.id or "").removeprefix("item-")
        if not number.isdigit() or self._items[int(number)].kind != "money":
            return
        for hint in self.query(".money-hint"):
            if isinstance(hint, Derived):
                hint.show(money_hint(event.value))
        try:
            fen = parse_fen(event.value)
        except MoneyError:
            fen = 0
        broken = broken_limit(self._file.procedure, self._file.case, fen)
        for limit, signature in zip(self._limits, self.query(".above"), strict=True):
            signature.display = limit == broken

    def stand(self, case: Case) -> None:
        """Show the steps as they stand now; what is typed stays."""
        for line in self.query(StepLine):
            line.stand(case)

    def _value(self, name: str) -> str:
        found = self.query_one(f"#{name}")
        if isinstance(found, Choice):
            return found.value
        return found.value.strip() if isinstance(found, Field) else ""

    @property
    def compensation_fen(self) -> int:
        """The amount given, in fen; 0 where none is.

        Raises:
            MoneyError: it cannot stand; the field has the focus.
        """
        for number, item in enumerate(self._items):
            if item.kind == "money" and self._value(f"item-{number}"):
                try:
                    return parse_fen(self._value(f"item-{number}"))
                except MoneyError:
                    self.query_one(f"#item-{number}").focus()
                    raise
        return 0

    @property
    def signings(self) -> tuple[Signing, ...]:
        """Every signature that is given and asked for, by PIN or in ink."""
        shown = [s.signing for s in self.query(SigningForm) if s.display]
        return tuple(signing for signing in shown if signing is not None)

    @property
    def agreed(self) -> ItemSignature | None:
        """The signature that is to be written down as agreed by phone, if one is."""
        return next((each for each in self.query(ItemSignature) if each.by_phone), None)

    @property
    def made_good(self) -> tuple[SignOff, Signing] | None:
        """An owed signature that is given now."""
        for each in self.query(ItemSignature):
            if each.owed is not None and each.signing is not None:
                return each.owed, each.signing
        return None

    @property
    def half_signed(self) -> SigningForm | None:
        """A signature in ink of which something is missing."""
        asked = (s for s in self.query(SigningForm) if s.display)
        return next((s for s in asked if s.how.on_paper and s.lacks), None)

    def command(self) -> cmd.WriteOff:
        """The write-off as entered so far, without its signatures.

        Raises:
            MoneyError: an amount cannot stand.
        """
        by: FeedbackBy | None = None
        source, satisfaction, items = "", Satisfaction.NOT_ASKED, {}
        for number, item in enumerate(self._items):
            if item.kind in ("step", "signature"):
                continue
            value = self._value(f"item-{number}")
            if item.kind == "feedback":
                how = self._value(f"how-{number}")
                by, source = (FeedbackBy(how), value) if how and value else (None, "")
                value = source
            elif item.kind == "satisfaction" and value:
                satisfaction = Satisfaction(value)
            elif item.kind == "money" and value:
                value = str(self.compensation_fen)
            if value:
                items[item.id] = value
        return cmd.WriteOff(
            by=by,
            source=source,
            satisfaction=satisfaction,
            compensation_fen=self.compensation_fen,
            items=items,
        )

    def missing(self, case: Case, command: cmd.WriteOff) -> tuple[MissingItem, ...]:
        """What the checklist still lacks, an approver's signature among it."""
        signed = {signing.role: signing.name for signing in self.signings}
        asked = missing_for_write_off(self._file.procedure, case, command.items, signed)
        found = tuple(self._half_missing(missing) for missing in asked)
        limit = broken_limit(self._file.procedure, case, command.compensation_fen)
        if limit is None:
            return found
        return (
            found if signed.get(limit.approver) else (*found, MissingItem("approver", limit.rule))
        )

    def _half_missing(self, missing: MissingItem) -> MissingItem:
        """Of a feedback that is half there, the half that is not (P0-07)."""
        for number, item in enumerate(self._items):
            if item.id == missing.item and item.kind == "feedback":
                how, who = self._value(f"how-{number}"), self._value(f"item-{number}")
                if how and not who:
                    return MissingItem(FEEDBACK_WHO, missing.rule)
                if who and not how:
                    return MissingItem(FEEDBACK_HOW, missing.rule)
        return missing

    def focus_first_missing(self, case: Case) -> bool:
        """Put the focus where something is missing or cannot stand; False where nothing is."""
        try:
            missing = self.missing(case, self.command())
        except MoneyError:
            return True
        if missing:
            self.focus_missing(missing[0])
        return bool(missing)

    def focus_missing(self, missing: MissingItem) -> None:
        """Put the focus on the field of an item that is not there yet."""
        halves = (FEEDBACK_HOW, FEEDBACK_WHO)
        for number, item in enumerate(self._items):
            half = item.kind == "feedback" and missing.item in halves
            if item.id != missing.item and not half:
                continue
            how = item.kind == "feedback" and missing.item != FEEDBACK_WHO
            for field in self.query(f"#{'how' if how else 'item'}-{number}"):
                field.focus()
            for asked in self.query(ItemSignature):
                if item.kind == "signature" and asked.item is item:
                    asked.focus_missing()
            for line in self.query(StepLine):
                if item.kind == "step" and line.step == item.step:
                    line.focus()
        if missing.item == "approver":
            for signature in self.query(SigningForm):
                if signature.has_class("above") and signature.display:
                    signature.focus_missing()

    def focus_signature(self) -> None:
        """Put the focus on the first signature that is asked for; nowhere where none is."""
        asked = [each for each in self.query(SigningForm) if each.display and not each.signed]
        for signature in sorted(asked, key=lambda each: not each.lacks)[:1]:
            signature.focus_missing()

    @property
    def figure(self) -> Field | None:
        """Where somebody's name is asked for and a bare figure stands."""
        names = (f"#item-{n}" for n, item in enumerate(self._items) if item.kind == "feedback")
        fields = (self.query_one(name, Field) for name in names)
        return next((field for field in fields if bare_figure(field.value)), None)

    def forget_pins(self) -> None:
        """Take every PIN out of its field."""
        for signature in self.query(SigningForm):
            signature.forget()
