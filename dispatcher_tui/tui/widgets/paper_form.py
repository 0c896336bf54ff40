"""The closing paper as fields: in hand, signed, filed. What is done already stands as text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.together import PaperGiven
from dispatcher_tui.domain.duties.closing import MissingItem, missing_for_final
from dispatcher_tui.domain.papers.number_doubts import NumberDoubt
from dispatcher_tui.domain.record.sign_off import Ink, ways_of
from dispatcher_tui.domain.words.money import MoneyError, parse_fen
from dispatcher_tui.present.case.closing import missing_line, role_name
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.names import joined
from dispatcher_tui.present.promises import money_hint
from dispatcher_tui.present.signing import ink_words
from dispatcher_tui.present.spans import Span, wrapped
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.lines import Lines, SpanLines
from dispatcher_tui.tui.widgets.number_question import DOUBT, put_doubts
from dispatcher_tui.tui.widgets.question import Question
from dispatcher_tui.tui.widgets.row import Derived, Row, row_of
from dispatcher_tui.tui.widgets.signing_form import SignatureAsked, SigningForm, who_signs

NUMBER_LIMIT = 40


class PaperForm(Vertical):
    """What is still to be done with the procedure's closing paper before the case is final."""

    DEFAULT_CSS = "PaperForm { height: auto; width: 1fr; }"

    class Confirmed(Message):
        """A number that is odd was confirmed: it really stands on the paper."""

    class Denied(Message):
        """The number of a paper that is in hand already is wrong: it is to be corrected."""

    def __init__(self, file: CaseFile, actor: str, now: datetime) -> None:
        super().__init__()
        self._file = file
        self._actor = actor
        self._now = now
        self._doubted = ""
        self._sure = ""

    def _at(self, moment: datetime) -> str:
        return short_time(moment, self._now, self._file.rules.calendar.tz)

    def compose(self) -> ComposeResult:
        """The three stages of the paper; each a line of text once it is in the record."""
        slip, paper = self._file.case.slip, self._file.procedure.closing_paper
        name = localized(paper.name)
        if slip.received_at is not None:
            done = _("in hand {time}, number {number}")
            told = Lines(done.format(time=self._at(slip.received_at), number=slip.number))
            yield Row(name, told, rule=paper.rule, required=True, item=True)
        else:
            in_hand = [Option("yes", _("it is in my hands"))]
            held = Choice(in_hand, many=True, id="in-hand")
            held.autosave = False  # that it is in hand is confirmed anew each time
            yield Row(name, held, rule=paper.rule, required=True, item=True)
            number = Field(slip.number, limit=NUMBER_LIMIT, id="paper-number")
            yield Row(_("Number on it"), number, required=True, item=True)
        if slip.signed_at is not None:
            done = _("signed by {name} {time}")
            signed = done.format(name=slip.signed_by, time=self._at(slip.signed_at))
            told = Lines(joined(signed, ink_words(slip.ink)))
            yield Row(_("Signed by"), told, rule=paper.rule, required=True, item=True)
        else:
            yield self._signature()
        if slip.filed_at is None:
            binder, page = (Field(id=name, limit=NUMBER_LIMIT) for name in ("binder", "page"))
            yield Row(_("Binder"), binder, rule=paper.rule, required=True, item=True)
            yield Row(_("Page"), page, required=True, item=True)
            charge, hint = Field(id="charge", limit=16), Derived("", id="charge-hint")
            yield Row(_("Charge, yuan"), charge, hint, item=True)
        yield Question(held=True)
        yield SpanLines(self._lacks(), id="lacks")

    def _signature(self) -> SigningForm:
        """The dispatcher signs, or whoever holds the role the procedure names.

        Ink stands on the paper itself, as a rule: its number is there already, and one page.
        """
        paper, role = self._file.procedure.closing_paper, self._file.procedure.closing_paper.signer
        mine = any(s.name == self._actor and s.role == role for s in self._file.signers)
        return SigningForm(
            SignatureAsked(
                _("Signed by"),
                role,
                role_name(self._file.procedure, role),
                paper.rule,
                ways_of(seal=paper.seal),
                item=True,
            ),
            who_signs(self._file.signatories, role, self._actor),
            "paper-sign",
            name=self._actor if mine or not role else "",
            stands=Ink(self._file.case.slip.number or localized(paper.name), "1"),
        )

    def stand(self, file: CaseFile) -> None:
        """The case went on: what finality lacks is said anew; what is typed stays."""
        self._file = file
        self.query_one("#lacks", SpanLines).put(self._lacks())

    def _lacks(self) -> list[list[Span]]:
        """What keeps it from being final, and how it is left open."""
        lacks = missing_line(self._file.procedure, self.missing)
        if not lacks:
            return []
        words = _("missing: {missing}").format(missing=lacks)
        leave = _("Without the paper: Esc. The case stays in lane 3, and the paper is chased.")
        head = [Span(f" {_('Not final yet')} ", "warn"), Span(" ")]
        cells = self.app.size.width - 2
        return [*wrapped(words, "fg0", cells, head), *wrapped(leave, "fg1", cells)]

    @property
    def missing(self) -> tuple[MissingItem, ...]:
        """What finality still lacks in the record."""
        return missing_for_final(self._file.procedure, self._file.case, self._file.duties)

    def on_input_changed(self, event: Input.Changed) -> None:
        """The charge is said back while it is typed."""
        if event.input.id == "charge":
            self.query_one("#charge-hint", Lines).show(money_hint(event.value))

    def focus_first_missing(self) -> bool:
        """Put the focus on what comes next: in hand, its number, the PIN, binder and page.

        False where every field that there is holds something.
        """
        if any(not c.value for c in self.query("#in-hand") if isinstance(c, Choice)):
            self.query_one("#in-hand").focus()
            return True
        if self.query("#paper-number") and not self._text("paper-number"):
            self.focus_number()
            return True
        for signature in self.query(SigningForm):
            if signature.lacks:
                signature.focus_missing()
                return True
        for name in ("binder", "page"):
            if self.query(f"#{name}") and not self._text(name):
                self.query_one(f"#{name}").focus()
                return True
        return False

    def focus_number(self) -> None:
        """Put the focus on the paper's number."""
        for field in self.query("#paper-number"):
            field.focus()

    def say_number_wrong(self, text: str) -> None:
        """Say below the paper's number why it was refused."""
        for field in self.query("#paper-number"):
            row = row_of(field)
            if row is not None and text:
                row.say_wrong(text)

    def number_issued(self, number: str) -> None:
        """A number was just given out for the paper."""
        for field in self.query("#paper-number"):
            if isinstance(field, Field):
                field.put(number)
        for signature in self.query(SigningForm):
            signature.stand_on(number)

    def ask_number(self, doubts: Sequence[NumberDoubt]) -> None:
        """Ask whether the number that is odd really stands on the paper."""
        self._doubted = doubts[0].number
        put_doubts(self.query_one(Question), doubts)

    def on_question_answered(self, event: Question.Answered) -> None:
        """It stands there: on with it. It does not: the number is typed anew, or corrected."""
        if event.name != DOUBT:
            return
        event.stop()
        if event.value == "yes":
            self._sure = self._doubted
            self.post_message(self.Confirmed())
        elif self.query("#paper-number"):
            self.focus_number()
        else:
            self.post_message(self.Denied())

    def _text(self, name: str) -> str:
        found = [f.value.strip() for f in self.query(f"#{name}") if isinstance(f, Field)]
        return found[0] if found else ""

    def given(self) -> PaperGiven:
        """What has been entered so far.

        Raises:
            MoneyError: the charge cannot stand; its field has the focus.
        """
        try:
            charge = parse_fen(self._text("charge")) if self._text("charge") else 0
        except MoneyError:
            self.query_one("#charge").focus()
            raise
        in_hand = any(c.value for c in self.query("#in-hand") if isinstance(c, Choice))
        signings = [signature.signing for signature in self.query(SigningForm)]
        return PaperGiven(
            number=self._text("paper-number"),
            in_hand=in_hand,
            signing=signings[0] if signings else None,
            binder=self._text("binder"),
            page=self._text("page"),
            charge_fen=charge,
            sure=self._sure,
        )

    def forget_pins(self) -> None:
        """Take the PIN out of its field."""
        for signature in self.query(SigningForm):
            signature.forget()
