"""The head's word on a case that cannot be handled: confirmed, or another method (P0-09)."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import Vertical
from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.reviews.reviews import DO, Decision, decide_on, deciding
from dispatcher_tui.desk.together import sign_owed
from dispatcher_tui.domain.desk_routines import Routine
from dispatcher_tui.domain.procedure import Item
from dispatcher_tui.domain.record.sign_off import METHOD, SignOff
from dispatcher_tui.domain.reviews.review import decisions_owed, unsigned_methods
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.case.calling import message_line
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.tui.screens.case.on_case import OnCase
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.item_signature import ItemSignature
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.row import Row

METHOD_LIMIT = 500


def _waits(file: CaseFile) -> bool:
    """Whether the head's decision itself is still to be made."""
    live = not file.case.stage.ended
    return live and (file.case.stuck or bool(decisions_owed(file.procedure, file.duties)))


class DecideScreen(OnCase):
    """A digit, the method in words, and the head's signature."""

    hints = ("commit", "help")

    def form_name(self) -> str:
        """What the form is called."""
        return _("The head decides")

    def _routine(self, file: CaseFile) -> Routine | None:
        """The review by which the head decides on the case; None where no procedure has one."""
        in_force = self.session.desk.in_force.procedures
        asked = deciding(in_force, file.procedure.id)
        return next((each.routine(DO) for each in in_force if each.id == asked), None)

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """The decision where one is waited for; else the signatures that are owed."""
        self._stood = self._stand(file)
        yield Lines(message_line(file.case, file.category))
        routine = self._routine(file)
        yield from (Lines(line) for line in self._told(file))
        for sign_off in unsigned_methods(file.case):
            yield self._signature(file, sign_off.subject, sign_off.role, sign_off.rule)
        if not _waits(file):
            return
        if routine is None:
            yield Lines(_("Record the head's decision on the case: s."))
            return
        options = [
            Option("method", _("another method")),
            Option("confirmed", _("confirmed: cannot be handled")),
        ]
        yield Row(_("The head's word"), Choice(options, id="decision"), rule=routine.rule)
        yield Row(_("Method, or why not"), Field(limit=METHOD_LIMIT, id="method"))
        subject = f"{METHOD}:{len(file.case.methods) + 1}"
        yield Vertical(self._signature(file, subject, routine.decides, routine.rule), id="new")

    def _stand(self, file: CaseFile) -> tuple[object, ...]:
        """What makes other fields necessary when it changes."""
        return (_waits(file), file.case.methods, file.case.sign_offs)

    def _told(self, file: CaseFile) -> Iterable[str]:
        """What was said before: the review's line, and the last decision."""
        case, zone = file.case, file.rules.calendar.tz
        if case.review is not None and case.review.text:
            time = short_time(case.review.at, self.session.now(), zone)
            words = _("Found in the review {time}: {text}")
            yield words.format(time=time, text=case.review.text)
        for method in case.methods[-1:]:
            said = _("confirmed: cannot be handled") if method.confirmed else method.text
            time = short_time(method.at, self.session.now(), zone)
            yield _("Decided by {name} {time}: {what}").format(
                name=method.name, time=time, what=said
            )

    def _signature(self, file: CaseFile, subject: str, role: str, rule: str) -> ItemSignature:
        by_phone = bool(role) and file.procedure.signature is not None
        item = Item(
            id=subject,
            kind="signature",
            label=Label(zh=_("The head signs"), en=_("The head signs")),
            rule=rule,
            role=role,
            by_phone=by_phone,
        )
        key = f"sign-{subject.replace(':', '-')}"
        return ItemSignature(item, file, self.session.desk.actor, self.session.now(), key)

    def begin(self) -> None:
        """The first thing that is missing."""
        for choice in self.query("#decision"):
            choice.focus()
            return
        for signature in self.query(ItemSignature):
            signature.focus_missing()
            return
        self.say(_("Nothing waits for the head's decision here."))

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """The words come next."""
        if event.choice.id == "decision":
            event.stop()
            if event.by_hand:
                self.query_one("#method").focus()

    async def case_changed(self) -> None:
        """It was decided, or signed, elsewhere."""
        assert self.file is not None
        if self._stand(self.file) != self._stood:
            await self.save_draft()
            await self.put_up()

    async def commit(self) -> None:
        """F10: the decision with its signature; else an owed signature is made good."""
        file = self.file
        if file is None:
            return
        new = list(self.query("#new ItemSignature").results(ItemSignature))
        if new:
            await self._decide(new[0])
            return
        for signature in self.query(ItemSignature):
            if signature.owed is not None and signature.signing is not None:
                await self._sign(signature, signature.owed)
                return
        for signature in self.query(ItemSignature):
            self.ask(signature.lacking(_("Sign with your PIN, then F10")))
            return

    def _lacks(self, asked: ItemSignature) -> bool:
        """Whether something is missing still; it is said and has the focus."""
        choice, method = self.query_one("#decision", Choice), self.query_one("#method", Field)
        if not choice.value:
            choice.focus()
            self.ask(_("Choose 1 or 2 first."))
        elif choice.value == "method" and not method.value.strip():
            method.focus()
            self.ask(_("Write the method the head sets"))
        elif asked.lacks:
            pin = _("The head's PIN, or below it 2: by phone, 3: in ink")
            self.ask(asked.lacking(pin))
        else:
            return False
        return True

    async def _decide(self, asked: ItemSignature) -> None:
        if self._lacks(asked):
            return
        decision = Decision(
            text=self.query_one("#method", Field).value,
            confirmed=self.query_one("#decision", Choice).value == "confirmed",
            signing=asked.signing,
            name=asked.agreed_by if asked.by_phone else "",
            remark=asked.remark,
        )
        done = await self.record(lambda desk: decide_on(desk, self.case_id, decision))
        asked.forget()
        if done is None:
            asked.focus_missing()
            return
        text = _("Decided and signed.")
        if decision.signing is None:
            text = _("Decided; {name} still has to sign.").format(name=decision.name)
        if decision.confirmed:
            words = _("Tell the caller, then write {number} off (F6).")
            text += " " + words.format(number=done.case.number)
        self.leave(text)
        await self.catch_up()

    async def _sign(self, asked: ItemSignature, owed: SignOff) -> None:
        signing = asked.signing
        assert signing is not None
        done = await self.record(lambda desk: sign_owed(desk, self.case_id, owed.key, signing))
        asked.forget()
        if done is None:
            asked.focus_missing()
            return
        self.leave(_("{name} has signed.").format(name=signing.name))
        await self.catch_up()

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("1 or 2, the words, then the head's name and PIN; F10 writes it down"),
            _("Below the PIN: 2 agreed by phone, the signature is owed; 3 signed in ink, seen"),
        ]
