"""The fold of what happens to closing papers: issued, received, signed, filed, set aside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record import record_events as rec
from dispatcher_tui.domain.record.case import Case, Entry, FormerPaper, FormPaper, Slip
from dispatcher_tui.domain.record.sign_off import ink_of
from dispatcher_tui.domain.record.signals import noted, signal
from dispatcher_tui.domain.words.money import parse_fen

CHARGE = "charge"
"""The field of a correction that is about what the filed paper charges."""

PAPER_NUMBER = "paper_number"
"""The field of a correction that is about the number on the paper that came in."""


PRINTED = ("place", "caller", "phone", "category", "verbatim")
"""The fields of the opening that stand on a paper which is handed out."""


def set_aside(case: Case) -> Case:
    """Its paper becomes one of before: the case asks for another one."""
    if case.slip == Slip():
        return case
    paper = FormerPaper(case.slip, case.round, case.written_off_at)
    return replace(case, papers=(*case.papers, paper), slip=Slip())


def slip_issued(case: Case, entry: Entry, event: ev.SlipIssued) -> Case:
    """A number is out, with whoever is responsible; one that it replaces is set aside."""
    slip = Slip(
        number=event.number,
        issued=event.number,
        issued_at=entry.occurred_at,
        issued_to=case.assignee.name if case.assignee else "",
    )
    return replace(set_aside(case), slip=slip)


def paper_received(case: Case, entry: Entry, event: ev.PaperReceived) -> Case:
    """A paper is in hand (P0-08); what was issued stays known beside it."""
    at, before = entry.occurred_at, case.slip
    slip = Slip(
        number=event.number,
        received_at=at,
        issued=before.issued,
        issued_at=before.issued_at,
        issued_to=before.issued_to,
        version=before.version,
        despite=event.despite,
    )
    return signal(replace(case, slip=slip), at, "paper_received")


def paper_signed(case: Case, entry: Entry, event: ev.PaperSigned) -> Case:
    """By whom, when, in whose ink: the slip keeps it, and what waits for it goes on."""
    at = entry.occurred_at
    ink = ink_of(event, entry.actor)
    slip = replace(case.slip, signed_by=event.signer, signed_at=at, ink=ink)
    return signal(replace(case, slip=slip), at, "paper_signed")


def paper_filed(case: Case, entry: Entry, event: ev.PaperFiled) -> Case:
    """It is bound and filed, with what it charges."""
    at = entry.occurred_at
    slip = replace(
        case.slip,
        binder=event.binder,
        page=event.page,
        filed_at=at,
        charge_fen=event.charge_fen,
    )
    return signal(replace(case, slip=slip), at, "paper_filed")


def forms_out(case: Case) -> tuple[FormPaper, ...]:
    """The numbered forms that are to come back in this round: of each form the one issued last."""
    last = {each.form: each for each in case.forms if each.round == case.round}
    return tuple(each for each in last.values() if each.out)


def _went_on(before: Case, after: Case, at: datetime) -> Case:
    """The clocks of forms that are out begin with the first one, and end with the last."""
    was, is_ = forms_out(before), forms_out(after)
    if bool(was) == bool(is_):
        return after
    return noted(after, at, "forms_out" if is_ else "forms_back")


def form_issued(case: Case, entry: Entry, event: rec.FormIssued) -> Case:
    """A numbered form is out."""
    at, number = entry.occurred_at, event.number
    slip = Slip(number=number, issued=number, issued_at=at, issued_to=event.to)
    after = replace(case, forms=(*case.forms, FormPaper(event.form, slip, case.round)))
    return _went_on(case, after, at)


def _of_form(case: Case, number: str, change: Callable[[FormPaper], FormPaper]) -> Case:
    """The same, with something said of the numbered form that bears that number."""
    forms = (change(each) if each.slip.number == number else each for each in case.forms)
    return replace(case, forms=tuple(forms))


def form_returned(case: Case, entry: Entry, event: rec.FormReturned) -> Case:
    """A numbered form is back."""
    at = entry.occurred_at
    back = _of_form(case, event.number, lambda f: replace(f, slip=replace(f.slip, received_at=at)))
    return _went_on(case, back, at)


def form_asked(case: Case, entry: Entry, event: rec.FormAsked) -> Case:
    """Whoever has it was asked for it: it is asked for again later."""
    at = entry.occurred_at
    asked = _of_form(case, event.number, lambda f: replace(f, asked_at=at))
    return noted(asked, at, "form_asked")


def form_voided(case: Case, entry: Entry, event: rec.FormVoided) -> Case:
    """A numbered form will not come back."""
    at = entry.occurred_at
    void = _of_form(case, event.number, lambda f: replace(f, void_at=at))
    return _went_on(case, void, at)


def form_filed(case: Case, entry: Entry, event: rec.FormFiled) -> Case:
    """A numbered form is bound."""
    at = entry.occurred_at

    def filed(form: FormPaper) -> FormPaper:
        slip = replace(form.slip, binder=event.binder, page=event.page, filed_at=at)
        return replace(form, slip=slip)

    return _of_form(case, event.number, filed)


def outdated(case: Case, event: ev.Corrected) -> Case:
    """What is printed on the paper that is out was corrected: another print of it is right."""
    if not event.version or not case.slip.issued:
        return case
    return replace(case, slip=replace(case.slip, version=event.version))


def _last(case: Case, fits: Callable[[Slip], bool]) -> Slip | None:
    """The last paper that is so, of whatever round; None while none is."""
    slips = (case.slip, *(paper.slip for paper in reversed(case.papers)))
    return next((slip for slip in slips if fits(slip)), None)


def filed_last(case: Case) -> Slip | None:
    """The paper filed last, of whatever round; None while none was."""
    return _last(case, lambda slip: slip.filed_at is not None)


def received_last(case: Case) -> Slip | None:
    """The paper that came in last, of whatever round; None while none did."""
    return _last(case, lambda slip: slip.received_at is not None)


def _instead(case: Case, slip: Slip, right: Slip) -> Case:
    """The case with that paper of it put right."""
    if slip is case.slip:
        return replace(case, slip=right)
    papers = tuple(
        replace(paper, slip=right) if paper.slip is slip else paper for paper in case.papers
    )
    return replace(case, papers=papers)


def charge_corrected(case: Case, yuan: str) -> Case:
    """The paper filed last charges another amount.

    Raises:
        ValueError: it is no amount.
    """
    slip, fen = filed_last(case), parse_fen(yuan)
    if slip is None:
        raise ValueError("no paper is filed")
    return _instead(case, slip, replace(slip, charge_fen=fen))


def number_corrected(case: Case, event: ev.Corrected) -> Case:
    """The paper that came in last bears another number; what was issued stays known beside it.

    Raises:
        ValueError: none came in.
    """
    slip = received_last(case)
    if slip is None:
        raise ValueError("no paper came in")
    return _instead(case, slip, replace(slip, number=event.value, despite=event.despite))
