"""Which forms of its procedure a case can be printed on now."""

from __future__ import annotations

from dispatcher_tui.domain.printed_form import Form, FormSigner, place_subject
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.words.terms import SignedBy, Stage


def asked_of(case: Case, procedure: Procedure) -> tuple[Form, ...]:
    """The forms that a case of its level can have, in the procedure's order."""
    return tuple(
        form
        for form in procedure.forms
        if form.printed
        and form.scope == "case"
        and (not form.levels or any(grade.level in form.levels for grade in case.grades))
        and (not form.tags or not set(form.tags).isdisjoint(case.tags))
    )


def unsigned(form: Form, case: Case) -> tuple[FormSigner, ...]:
    """The places of a form that nobody has signed in this round; what was agreed by telephone is
    owed, and whose word by telephone has no signature is not waited for."""
    given = {
        each.subject
        for each in case.sign_offs
        if each.round == case.round and each.signed_at is not None and each.cancelled_at is None
    }
    if case.slip.signed_at is not None:
        given.add("paper")
    return tuple(
        signer
        for number, signer in enumerate(form.signers, 1)
        if (signer.sign or place_subject(form.id, number)) not in given
        and (signer.role or SignedBy.PHONE not in signer.ways)
    )


def places_left(
    case: Case, procedure: Procedure
) -> tuple[tuple[Form, tuple[FormSigner, ...]], ...]:
    """The papers of a case that went out in this round, with the places of their own on them that
    nobody has signed; what the record asks to be signed elsewhere is asked for there."""
    out = {each.form for each in case.forms if each.round == case.round and each.void_at is None}
    if case.slip.number:
        out.add(procedure.closing_paper.form)
    found = (
        (form, tuple(each for each in unsigned(form, case) if not each.sign))
        for form in procedure.forms
        if form.id in out
    )
    return tuple((form, left) for form, left in found if left)


def offered(form: Form, case: Case, procedure: Procedure) -> bool:
    """Whether the case has come as far as the form is for; the closing paper has its number."""
    if form.id == procedure.closing_paper.form and not case.slip.number:
        return False
    return {
        "opened": True,
        "notified": case.notified_at is not None,
        "issued": bool(case.slip.number),
        "written_off": case.stage in (Stage.WRITTEN_OFF, Stage.FINAL),
        "invalid": case.stage is Stage.INVALID,
    }[form.stage]
