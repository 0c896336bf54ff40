"""A form of a case as a paper: back on the desk, signed in its places, bound into a binder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.widget import Widget

from dispatcher_tui.desk.case.case_file import CaseFile
from dispatcher_tui.desk.papers.form_book import FormBack, take_form
from dispatcher_tui.domain.papers.offering import unsigned
from dispatcher_tui.domain.papers.slips import HERE, Where
from dispatcher_tui.domain.printed_form import FormSigner, place_subject
from dispatcher_tui.domain.record.sign_off import Ink, SignOff
from dispatcher_tui.domain.words.terms import SignedBy
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.names import joined
from dispatcher_tui.present.papers.form_words import paper_state, signers_line
from dispatcher_tui.tui.screens.papers.on_form import OnForm
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.row import Row
from dispatcher_tui.tui.widgets.signing_form import (
    SignatureAsked,
    SigningForm,
    WhoSigns,
    given_words,
    owed_words,
    who_signs,
)

NUMBER_LIMIT = 40


class FormPaperScreen(OnForm):
    """Whether it is in hand, a signature for each of its places, binder and page.

    None of it is required: F10 writes down what is there.
    """

    def fields(self, file: CaseFile) -> Iterable[Widget]:
        """Where it is, its places, its binder."""
        assert self._form is not None
        form, paper = self._form.form, self._form.paper
        if form.prefix:
            state = paper_state(self._form)
            lacks = signers_line(self._form.lacks) if self._form.where in HERE else ""
            yield Lines(joined(state, lacks) or _("Not out yet: p prints it."), id="state")
        void = bool(self._form.void)
        if paper is not None and paper.received_at is None and not void:
            held = Choice([Option("yes", _("it is in my hands"))], many=True, id="in-hand")
            held.autosave = False  # that it is in hand is confirmed anew each time
            yield Row(_("Back"), held)
        for number, signer in enumerate(form.signers, 1):
            yield from self._place(file, number, signer)
        if paper is not None and self._form.where is not Where.FILED and not void:
            yield Row(_("Binder"), Field(id="binder", limit=NUMBER_LIMIT))
            yield Row(_("Page"), Field(id="page", limit=NUMBER_LIMIT))

    def _place(self, file: CaseFile, number: int, signer: FormSigner) -> Iterator[Widget]:
        """A place is signed here unless the record asks for that signature somewhere else."""
        label = localized(signer.label)
        if signer.sign:
            yield Row(label, Lines(_("signed where the case asks for it")))
            return
        assert self._form is not None
        form, zone = self._form.form, file.rules.calendar.tz
        now, actor = self.session.now(), self.session.desk.actor
        given = self._given(file, number)
        if given is not None and not given.owed:
            yield Row(label, Lines(given_words(given, now, zone)))
            return
        who = WhoSigns((), ())
        if signer.role:
            who = who_signs(file.signatories, signer.role, actor)
        paper = self._form.paper
        yield SigningForm(
            SignatureAsked(
                *(label, signer.role, role_name(file.procedure, signer.role), form.rule),
                ways=self._ways(signer),
            ),
            who,
            f"place-{number}",
            watch=actor,
            agreed=given.name if given is not None else "",
            owed=owed_words(given, now, zone) if given is not None else "",
            # The page is typed: what stands there by itself is no signature that was seen.
            stands=Ink(paper.number if paper else localized(form.label), ""),
            remarks=False,
        )

    def _ways(self, signer: FormSigner) -> tuple[SignedBy, ...]:
        """Whoever has no role here has no PIN, and their word by telephone is no signature."""
        if signer.role:
            return signer.allowed
        return tuple(how for how in signer.allowed if how.on_paper) or (SignedBy.INK,)

    def _given(self, file: CaseFile, number: int) -> SignOff | None:
        subject, case = place_subject(self._form_id, number), file.case
        found = (s for s in case.sign_offs if s.subject == subject and s.round == case.round)
        return next((each for each in found if each.cancelled_at is None), None)

    def begin(self) -> None:
        """Whether it is back comes first, else the first place to be signed."""
        for field in self.focus_chain[:1]:
            field.focus()

    def _back(self) -> FormBack:
        signings, by_phone = [], []
        for asked in self.query(SigningForm):
            place = int(asked.key.removeprefix("place-"))
            if asked.by_phone and asked.agreed_by:
                by_phone.append((place, asked.agreed_by))
            elif asked.signing is not None:
                signings.append((place, asked.signing))
        return FormBack(
            in_hand=any(c.value for c in self.query("#in-hand") if isinstance(c, Choice)),
            signings=tuple(signings),
            by_phone=tuple(by_phone),
            binder=self._text("binder"),
            page=self._text("page"),
        )

    def _text(self, name: str) -> str:
        return next((f.value.strip() for f in self.query(f"#{name}") if isinstance(f, Field)), "")

    async def commit(self) -> None:
        """F10: what is there is written down."""
        if self.file is None:
            return
        case_id, form_id, back = self.case_id, self._form_id, self._back()
        done = await self.record(lambda desk: take_form(desk, case_id, form_id, back))
        if done is None:
            return
        await self.shell.take_news()
        form = self._form.form if self._form else None
        lacks = signers_line(unsigned(form, done.case)) if form is not None else ""
        self.leave(joined(_("Written down."), lacks))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("F10: write down what is there; nothing of it has to be"),
            _("A number that is void: F8, papers; printing the form then draws the next one"),
        ]
