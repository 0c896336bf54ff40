"""Deciding on the numbered forms of a case: out, back, bound, and signed in their places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dispatcher_tui.domain.case.decide_signing import Signable, seen_ink, signature
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.duties import Rules
from dispatcher_tui.domain.printed_form import Form, FormSigner, place_of, place_subject
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import form_commands as forms
from dispatcher_tui.domain.record import record_events as rec
from dispatcher_tui.domain.record.case import Case, FormPaper
from dispatcher_tui.domain.record.context import CommandContext
from dispatcher_tui.domain.words.leaf import bare_leaf
from dispatcher_tui.domain.words.people import person_of
from dispatcher_tui.domain.words.terms import SignedBy


def form_out(case: Case, form: str) -> FormPaper | None:
    """The last numbered paper of a form in this round; None where it has none yet."""
    found = (each for each in reversed(case.forms) if each.form == form)
    return next((each for each in found if each.round == case.round), None)


def _issue_form(
    case: Case, c: forms.IssueForm, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """One paper of a form is out at a time; another one only in place of a void one."""
    form = rules.procedure.form(c.form)
    if form is None or not form.prefix:
        raise Refusal("no_such_form")
    out = form_out(case, c.form)
    if out is not None and (out.slip.received_at is not None or c.instead_of != out.slip.number):
        raise Refusal("slip_already_issued", form.rule, number=out.slip.number)
    # Where nobody is responsible yet, it is in the hands of whoever prints it.
    to = case.assignee.name if case.assignee else person_of(m.actor)
    return (rec.FormIssued(case=case.id, form=c.form, number=c.number, to=to),)


def _numbered(case: Case, number: str) -> FormPaper:
    """The numbered form that bears a number, the one issued last.

    Raises:
        Refusal: none of the case does.
    """
    for paper in reversed(case.forms):
        if paper.slip.number == number:
            return paper
    raise Refusal("no_such_form")


def _return_form(
    case: Case, c: forms.ReturnForm, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    if _numbered(case, c.number).slip.received_at is not None:
        raise Refusal("paper_already_received", number=c.number)
    return (rec.FormReturned(case=case.id, number=c.number),)


def _out(case: Case, number: str) -> None:
    """Refuse what is done about a form that is not out."""
    paper = _numbered(case, number)
    if paper.slip.received_at is not None:
        raise Refusal("paper_already_received", number=number)
    if paper.void_at is not None:
        raise Refusal("no_such_form")


def _ask_form(
    case: Case, c: forms.AskForm, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    _out(case, c.number)
    return (rec.FormAsked(case=case.id, number=c.number, name=c.name.strip()),)


def _void_form(
    case: Case, c: forms.VoidForm, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    _out(case, c.number)
    return (rec.FormVoided(case=case.id, number=c.number, reason=c.reason),)


def _file_form(
    case: Case, c: forms.FileForm, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    slip = _numbered(case, c.number).slip
    if slip.received_at is None:
        raise Refusal("paper_not_received")
    if slip.filed_at is not None:
        raise Refusal("paper_already_filed")
    binder, page = bare_leaf(c.binder), bare_leaf(c.page)
    if not binder or not page:
        raise Refusal("binder_missing")
    return (rec.FormFiled(case=case.id, number=c.number, binder=binder, page=page),)


def _place(c: forms.SignForm, rules: Rules) -> tuple[Form, FormSigner]:
    found = place_of(rules.procedure.forms, place_subject(c.form, c.place))
    if found is None or found[1].sign:
        raise Refusal("not_signed_for")  # what the record asks to be signed is signed there
    return found


def _sign_form(
    case: Case, c: forms.SignForm, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """A place of a form is signed in a way that it allows, once in each round."""
    form, signer = _place(c, rules)
    subject = place_subject(c.form, c.place)
    given = [each for each in case.sign_offs if each.subject == subject]
    if any(each.round == case.round and each.cancelled_at is None for each in given):
        raise Refusal("already_agreed", form.rule)
    if c.how not in signer.allowed:
        raise Refusal("way_not_allowed", form.rule)
    if c.how is SignedBy.PHONE and (not signer.role or rules.procedure.signature is None):
        raise Refusal("not_by_phone", form.rule)
    if c.how is SignedBy.PIN and signer.role and c.role != signer.role:
        raise Refusal("wrong_signer", form.rule, role=signer.role)
    stands = seen_ink(c.ink, c.name, signer.role, form.rule, m, seal=signer.seal)
    of_what = Signable(subject, form.rule, signer.role)
    return (signature(case, of_what, c.name, c.how, stands, remark=c.remark),)


FORMS: dict[
    type[cmd.Command], Callable[[Case, Any, Rules, CommandContext], tuple[ev.Event, ...]]
] = {
    forms.IssueForm: _issue_form,
    forms.ReturnForm: _return_form,
    forms.AskForm: _ask_form,
    forms.VoidForm: _void_form,
    forms.FileForm: _file_form,
    forms.SignForm: _sign_form,
}
"""Which function decides which command."""
