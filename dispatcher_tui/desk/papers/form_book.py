"""The forms of one case: which there are, which can be printed now, what was typed and printed."""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.papers.case_reports import case_report, filled
from dispatcher_tui.desk.papers.pads import Numbers, read_voids
from dispatcher_tui.desk.papers.print_book import read_prints
from dispatcher_tui.desk.together import SignatureGiven, Signing, cosigner, sign
from dispatcher_tui.domain.case.decide_forms import form_out
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.offering import asked_of, offered, unsigned
from dispatcher_tui.domain.papers.report import CaseReport
from dispatcher_tui.domain.papers.slips import Where, papers_of
from dispatcher_tui.domain.printed_form import Form, FormSigner, place_subject
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import form_commands as forms
from dispatcher_tui.domain.record.case import Case, Slip
from dispatcher_tui.domain.record.sign_off import how_signed, owed
from dispatcher_tui.domain.words.terms import SignedBy
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.store.tx import Tx


class CaseForm(msgspec.Struct, frozen=True):
    """A form of a case: whether it is ``ready`` to be printed, and when it last was (UTC).

    ``paper``: the numbered one that is out or came back last; ``where`` it is, ``void`` why it
    will not come in; ``lacks``: the places in which nobody has signed.
    """

    form: Form
    ready: bool
    values: dict[str, str]
    printed_at: datetime | None = None
    paper: Slip | None = None
    where: Where | None = None
    void: str = ""
    lacks: tuple[FormSigner, ...] = ()


class FormBack(msgspec.Struct, frozen=True):
    """What there is of a form's paper so far: back, bound where, and who has signed in which
    place, counted from 1; by phone it is a name and no more."""

    in_hand: bool = False
    signings: tuple[tuple[int, Signing], ...] = ()
    by_phone: tuple[tuple[int, str], ...] = ()
    binder: str = ""
    page: str = ""


class CaseForms(msgspec.Struct, frozen=True):
    """The case with every form it can have."""

    of: CaseReport
    forms: tuple[CaseForm, ...]

    def form(self, form_id: str) -> CaseForm | None:
        """The one of that id, if the case can have it."""
        return next((each for each in self.forms if each.form.id == form_id), None)


def read_forms(desk: Desk, case_id: str) -> CaseForms:
    """The forms of a case by the procedure that judges it.

    Raises:
        Refusal: there is no such case.
    """
    report = case_report(desk, case_id)
    case, procedure = report.case, report.rules.procedure
    last: dict[str, datetime] = {}
    for each in read_prints(desk):
        if each.event.about == case.number and each.event.form:
            last.setdefault(each.event.form, each.entry.occurred_at)
    voids = read_voids(desk.store)
    where = {each.number: each.where for each in papers_of(case, {}) if each.form}

    def one(form: Form) -> CaseForm:
        out = form_out(case, form.id)
        paper = out.slip if out is not None else None
        number = paper.number if paper is not None else ""
        return CaseForm(
            *(form, offered(form, case, procedure), filled(report, form), last.get(form.id)),
            paper=paper,
            where=where.get(number),
            void=voids[number].reason if number in voids else "",
            lacks=unsigned(form, case),
        )

    return CaseForms(report, tuple(one(form) for form in asked_of(case, procedure)))


def issue_form(desk: Desk, case_id: str, form_id: str) -> str:
    """The number that a form of a case goes out under, drawn from its range where it has none yet
    or its paper is void; empty where the form is not numbered by itself.

    Raises:
        Refusal: there is no such case or form.
    """

    def job(tx: Tx) -> str:
        record = tx.case(case_id)
        if record is None:
            raise Refusal("no_case", number=case_id)
        form = desk.rules_of(record.case).procedure.form(form_id)
        if form is None:
            raise Refusal("no_such_form")
        if not form.prefix:
            return ""
        out, numbers = (
            form_out(record.case, form_id),
            Numbers(tx, desk.site.site, desk.in_force.procedures),
        )
        number = out.slip.number if out is not None else ""
        here = out is not None and out.slip.received_at is not None
        if number and (here or number not in numbers.voids):
            return number
        drawn = numbers.draw_form(tx, form)
        desk.perform_in(tx, case_id, forms.IssueForm(form=form_id, number=drawn, instead_of=number))
        return drawn

    return desk.store.transact(job)


def _signed(case: Case, form_id: str, place: int, given: SignatureGiven) -> cmd.Command:
    """A place is signed; one that was agreed by phone is made good."""
    subject = place_subject(form_id, place)
    agreement = next((each for each in owed(case.sign_offs) if each.subject == subject), None)
    if agreement is not None:
        return cmd.SignOwed(key=agreement.key, name=given.name, role=given.role, ink=given.ink)
    return forms.SignForm(
        form=form_id,
        place=place,
        name=given.name,
        role=given.role,
        how=how_signed(given.ink),
        ink=given.ink,
    )


def take_form(desk: Desk, case_id: str, form_id: str, given: FormBack) -> Done:
    """What came of a form: back, signed in its places, bound; all of it is written, or nothing.

    Raises:
        Refusal: one of it cannot stand; or there is nothing to write down.
    """
    signed = [(place, sign(desk, signing)) for place, signing in given.signings]
    by = cosigner(desk, *(each for _place, each in signed))

    def job(tx: Tx) -> Done:
        record = tx.case(case_id)
        if record is None:
            raise Refusal("no_case", number=case_id)
        out = form_out(record.case, form_id)
        number, commands = (out.slip.number if out is not None else ""), list[cmd.Command]()
        if given.in_hand and out is not None and out.slip.received_at is None:
            commands.append(forms.ReturnForm(number=number))
        for place, each in signed:
            commands.append(_signed(record.case, form_id, place, each))
        for place, name in given.by_phone:
            said = forms.SignForm(form=form_id, place=place, name=name, how=SignedBy.PHONE)
            commands.append(said)
        if given.binder.strip() or given.page.strip():
            commands.append(forms.FileForm(number=number, binder=given.binder, page=given.page))
        if not commands:
            raise Refusal("nothing_entered")
        done = [desk.perform_in(tx, case_id, each, cosigner=by) for each in commands]
        entries = tuple(entry for each in done for entry in each.entries)
        return msgspec.structs.replace(done[-1], entries=entries)

    return desk.store.transact(job)


def fill_form(desk: Desk, case_id: str, form: str, values: dict[str, str]) -> Done:
    """Write down what was typed into a form; control characters are taken out.

    Raises:
        Refusal: the form does not ask for one of them.
    """
    cleaned = {name: clean_text(text).text for name, text in values.items()}
    return desk.perform(case_id, cmd.FillForm(form=form, values=cleaned))
