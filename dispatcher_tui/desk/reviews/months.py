"""The Monthly Summary's use cases: draw it with a report, and have the head comment and sign."""

from __future__ import annotations

from datetime import datetime

import msgspec

from dispatcher_tui.desk.case.case_file import Signer
from dispatcher_tui.desk.case.corrective import correct_rise_once
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.reviews.month_reading import MonthReader, subject_of
from dispatcher_tui.desk.reviews.routines import (
    done_in,
    open_routines,
    owed_by_desk,
)
from dispatcher_tui.desk.together import SignatureGiven, Signing, cosigner, refuse_stranger, sign
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.desk_routines import Routine
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.record_events import MonthReported
from dispatcher_tui.domain.record.sign_off import SignOff, same_person
from dispatcher_tui.domain.record.watch_events import DeskSigned
from dispatcher_tui.domain.reviews import routine
from dispatcher_tui.domain.reviews.corrective import opens_for, rise_words
from dispatcher_tui.domain.reviews.summary import MonthReport, Summary, name_of
from dispatcher_tui.domain.time.calendar import due_at
from dispatcher_tui.domain.time.due import parse_due
from dispatcher_tui.domain.words.terms import SignedBy
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.store.tx import Tx

REPORT, COMMENT = "month", "comment"
"""The desk's works that a routine of the procedure leads to."""

TEXT_LIMIT = 10_000


def months(desk: Desk) -> MonthReader:
    """The months of the desk's record as they stand now."""
    refs = (desk.in_force.refs, desk.calendar_ref)
    return MonthReader(desk.store, desk.rulebook, desk.clock.now(), refs)


def month_meant(desk: Desk, procedure: str = "") -> str:
    """The month that an open routine is about, the last one where none is open; of the
    ``procedure`` in force with that id where one is named."""
    for do in (REPORT, COMMENT):
        for duty in open_routines(desk, do):
            period, own = routine.subject_of(duty), duty.clock.rpartition("/")[0]
            if period is not None and (not procedure or own == procedure):
                return name_of(period.name, own)
    found = months(desk)
    last = found.running().before().name
    try:
        return found.goes_by(f"{last}/{procedure}") if procedure else last
    except Refusal:  # It came beside the others since.
        return name_of(found.running().name, procedure)


def read_month(desk: Desk, name: str) -> Summary:
    """Everything there is of a month's summary.

    Raises:
        Refusal: there is no such month, or it lies ahead.
    """
    return months(desk).file(name)


def _duty(desk: Desk, do: str, file: Summary) -> Duty | None:
    """The open duty to do that work for a month; None where none is open, or it is done.

    Where others have come beside its procedure since, or it alone is left, the duty has another
    name than the summary."""
    now, month = desk.clock.now(), file.period.name
    own, default = file.procedure or file.rules.procedure.id, desk.rules.procedure.id
    for duty in owed_by_desk(desk):
        period = routine.subject_of(duty)
        ready = duty.pending and (duty.opens is None or duty.opens <= now)
        owing = duty.clock.rpartition("/")[0] or (default if file.procedure else own)
        ready = ready and owing == own
        if duty.do == do and ready and period is not None and period.name == month:
            return duty
    return None


def _words(text: str) -> str:
    return clean_text(text, limit=TEXT_LIMIT).text.strip()


def _unsettled(desk: Desk, name: str) -> Summary:
    file = read_month(desk, name)
    if not file.figures.closed:
        raise Refusal("month_running", month=name)
    if file.sign_off is not None:
        raise Refusal("month_signed", month=name, name=file.sign_off.name)
    return file


def report_month(desk: Desk, name: str, text: str) -> Entry:
    """Draw the summary of a month that is over, with the dispatcher's report (P0-10).

    It can be drawn anew until the head has commented on it. Where the procedure says so, numbers
    that rose open a corrective action with it, each once (P2-10).

    Raises:
        Refusal: the month is not over, it is signed, or there are no words.
        StoreError: nothing was written.
    """
    words, seq = _words(text), desk.store.last_seq()
    if not words:
        raise Refusal("report_missing")
    file = _unsettled(desk, name)
    reported = MonthReported(
        month=file.period.name, figures=file.figures, seq=seq, text=words, procedure=file.procedure
    )

    def job(tx: Tx) -> Entry:
        duty = _duty(desk, REPORT, file)
        done = [done_in(desk, duty)] if duty else []
        entry = desk.note_in(tx, reported, *done)[0]
        procedure = file.rules.procedure
        for rise in opens_for(procedure, file.figures.trend):
            correct_rise_once(desk, tx, rise.name, rise_words(procedure, rise))
        return entry

    return desk.store.transact(job)


def comment_routine(desk: Desk, procedure: str = "") -> Routine:
    """The routine that asks for the head's comment (P0-12): that of the ``procedure`` in force with
    that id, of the default where it is empty or none is in force any more.

    Raises:
        Refusal: the procedure asks for none.
    """
    own = (each for each in desk.in_force.procedures if each.id == procedure)
    found = next(own, desk.rules.procedure).routine(COMMENT)
    if found is None:
        raise Refusal("not_signed_for")
    return found


def _to_comment(desk: Desk, name: str, remark: str) -> tuple[Summary, Routine, str]:
    """The summary, what asks for the comment, and its words, where it is drawn as it should be.

    Raises:
        Refusal: there are none, it was not drawn, or not since something was written about it.
    """
    file = _unsettled(desk, name)
    if file.drawn is None:
        raise Refusal("month_not_drawn", month=name)
    if file.stale:
        raise Refusal("month_stale", n=str(len(file.after)))
    words, asked = _words(remark), comment_routine(desk, file.procedure)
    if not words:
        raise Refusal("comment_missing", asked.rule)
    return file, asked, words


def _signed(desk: Desk, file: Summary, event: DeskSigned, by: SignatureGiven) -> Entry:
    """Write a signature down, and that the routine is done."""

    def job(tx: Tx) -> Entry:
        duty = _duty(desk, COMMENT, file)
        done = [done_in(desk, duty)] if duty else []
        return desk.note_in(tx, event, *done, cosigner=cosigner(desk, by))[0]

    return desk.store.transact(job)


def _signer(desk: Desk, signing: Signing, role: str, rule: str) -> SignatureGiven:
    """The signature of whoever holds the role; of anybody where it is empty."""
    if signing.ink is not None and role:
        return sign(desk, msgspec.structs.replace(signing, role=role))
    signer = sign(desk, signing)
    if role and signer.role != role:
        raise Refusal("wrong_signer", rule, role=role)
    return signer


def comment_month(desk: Desk, name: str, remark: str, signing: Signing) -> Entry:
    """The head comments on the dispatchers' service quality and signs, by PIN or in ink (P0-12).

    From then on the figures stand.

    Raises:
        Refusal: not drawn, signed already, no words, a wrong PIN, or another role's.
    """
    file, asked, words = _to_comment(desk, name, remark)
    signer = _signer(desk, signing, asked.role, asked.rule)
    event = signer.under(subject_of(file.name), asked.rule, remark=words)
    return _signed(desk, file, event, signer)


def _owed_until(desk: Desk, procedure: str) -> datetime:
    """By when a signature is owed that was agreed by phone, by the procedure with that id.

    Raises:
        Refusal: the procedure knows no such thing.
    """
    named = desk.in_force.signature(procedure)
    if named is None:
        raise Refusal("not_by_phone")
    return due_at(desk.rules.calendar, parse_due(named.due), desk.clock.now()).at


def agree_month(desk: Desk, name: str, remark: str, by: str) -> Entry:
    """The head comments by phone; the signature is owed, and the routine not done before it.

    Raises:
        Refusal: as for ``comment_month``, or nobody of that name holds the role.
    """
    file, asked, words = _to_comment(desk, name, remark)
    due = _owed_until(desk, file.procedure)
    who = clean_text(by, multiline=False).text.strip()
    if not who:
        raise Refusal("name_missing")
    refuse_stranger(desk, who, asked.role, asked.rule)
    event = DeskSigned(
        subject=subject_of(file.name),
        rule=asked.rule,
        role=asked.role,
        name=who,
        how=SignedBy.PHONE,
        remark=words,
        due=due,
    )
    return desk.store.transact(lambda tx: desk.note_in(tx, event)[0])


def owed_signature(desk: Desk, name: str) -> SignOff | None:
    """The head's signature under a month that is still owed."""
    subject = subject_of(months(desk).goes_by(name))
    return next((s for s in desk.post.sign_offs if s.subject == subject and s.owed), None)


def sign_month(desk: Desk, name: str, signing: Signing) -> Entry:
    """The signature is given that was owed since the head agreed by phone.

    Raises:
        Refusal: none is owed, a wrong PIN, or another role's.
    """
    owed = owed_signature(desk, name)
    if owed is None:
        raise Refusal("nothing_owed")
    signer = _signer(desk, signing, owed.role, owed.rule)
    event = signer.under(owed.subject, owed.rule, of=owed.key)
    return _signed(desk, read_month(desk, name), event, signer)


def month_report(desk: Desk, month: str) -> MonthReport:
    """What the paper of a month's summary is made from.

    Raises:
        Refusal: there is no such month, or it lies ahead.
    """
    found = months(desk)
    return MonthReport(
        site=desk.site.site.name,
        summary=found.file(month),
        cases=tuple(found.valid_cases(month)),
        categories={each.id: each.name for each in desk.site.categories},
        kinds={card.id: card.title for card in desk.site.cards},
    )


class Signers(msgspec.Struct, frozen=True):
    """Who may sign a month: operators with their roles, and the names of those who hold its role.

    ``routine`` is the one that asks for it. The one who acts is none of the ``holders``: they sign
    by PIN or not at all.
    """

    routine: Routine
    signers: tuple[Signer, ...]
    holders: tuple[str, ...]

    @property
    def able(self) -> frozenset[str]:
        """The names of the operators who hold the role."""
        role = self.routine.role
        return frozenset(each.name for each in self.signers if not role or each.role == role)


def signers(desk: Desk, procedure: str = "") -> Signers:
    """Who may sign a month's summary, here or by phone; see ``comment_routine``.

    Raises:
        Refusal: the procedure asks for no signature.
    """
    asked = comment_routine(desk, procedure)
    able = tuple(Signer(o.name, o.role) for o in desk.store.operators() if not o.disabled)
    known = [person.name for person in desk.store.people() if person.role == asked.role]
    known += [each.name for each in able if each.role == asked.role]
    holders = (name for name in dict.fromkeys(known) if not same_person(name, desk.actor))
    return Signers(asked, able, tuple(holders))
