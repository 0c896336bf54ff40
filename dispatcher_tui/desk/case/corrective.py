"""Corrective and preventive action: opened from a complaint or from a rise, each once."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.papers.case_reports import case_report
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.report import CorrectiveReport
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.record_events import RiseCorrected
from dispatcher_tui.domain.reviews.corrective import RISE, is_complaint
from dispatcher_tui.domain.words.terms import Channel, Label, Stage
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.site.recorded import PROCEDURE
from dispatcher_tui.site.texts import PROCEDURES
from dispatcher_tui.store.tx import Tx


class Tied(msgspec.Struct, frozen=True):
    """How a corrective action stands, as the case it comes from shows it."""

    id: str
    number: str
    stage: Stage
    next_label: Label


def asks_for_corrective(desk: Desk) -> bool:
    """Whether a procedure in force has causes corrected at all."""
    return bool(desk.in_force.companions)


def _companion_for(desk: Desk, case: Case | None) -> str:
    """The text that the causes of a case are corrected under; that of a rise is the first one in
    force. A case whose procedure is in force no longer keeps the one that this named.

    Raises:
        Refusal: its procedure asks for none.
    """
    companions = desk.in_force.companions
    if case is None:
        found = next(iter(companions.values()), "")
    else:
        procedure = desk.rules_of(case).procedure
        found = companions.get(procedure.id, "")
        if procedure.corrective and procedure.id not in {p.id for p in desk.in_force.procedures}:
            name = f"{PROCEDURES}/{procedure.corrective.procedure}.toml"
            kept = desk.store.adopted(PROCEDURE, name)
            found = kept.sha256 if kept is not None else ""
    if not found:
        raise Refusal("corrective_not_asked")
    return found


def counts_as_complaint(desk: Desk, procedure: str) -> bool:
    """Whether cases pinned to the procedure of that hash are complaints: for figures, reviews."""
    return is_complaint(desk.rulebook.procedure(procedure))


def tied(desk: Desk, numbers: tuple[str, ...]) -> tuple[Tied, ...]:
    """How the corrective actions of those numbers stand, the last one first."""
    found = (desk.store.case(number) for number in reversed(numbers))
    lines = (desk.store.line(record.case.id) for record in found if record is not None)
    return tuple(Tied(x.id, x.number, x.stage, x.next_label) for x in lines if x is not None)


def corrective_of_rise(desk: Desk, about: str) -> Tied | None:
    """The last one that a rise gave rise to; None where there was none."""
    book = (line.entry.event for line in desk.store.book("rise_corrected"))
    numbers = [e.number for e in book if isinstance(e, RiseCorrected) and e.about == about]
    return next(iter(tied(desk, tuple(numbers[-1:]))), None)


def _refuse_twice(numbers: tuple[str, ...], tx: Tx) -> None:
    """One at a time: another one only once the last has ended."""
    record = tx.case(numbers[-1]) if numbers else None
    if record is not None and not record.case.stage.ended:
        raise Refusal("corrective_open", number=record.case.number)


def _open_companion(desk: Desk, tx: Tx, *, tied_to: str, text: str, of: Case | None = None) -> Done:
    """A case for what is to be corrected (P0-13, P2-10), under the procedure's companion.

    Args:
        tied_to: the number of the case it comes from, or the name of a rise.
        text: what is to be corrected, as edited.
        of: the case; its class says who answers for it, its place goes along.
    """
    words = clean_text(text).text.strip()
    if not words:
        raise Refusal("note_missing")
    now = desk.clock.now()
    command = replace(
        desk.blank(tx, now, now),
        procedure=_companion_for(desk, of),
        channel=Channel.STAFF,
        verbatim=words,
        nature="corrective",
        tied_to=tied_to,
        tags=() if of else (RISE,),
    )
    if of is not None:
        command = replace(
            command,
            place=of.place,
            registered=of.registered,
            category=of.category,
            case_class=of.case_class,
        )
    return desk.opening(tx, command, now)


def _of_case(desk: Desk, tx: Tx, key: str, text: str) -> Done:
    record = tx.case(key)
    if record is None:
        raise Refusal("no_case", number=key)
    case: Case = record.case
    _refuse_twice(case.correctives, tx)
    done = _open_companion(desk, tx, tied_to=case.number, text=text, of=case)
    tie = cmd.TieCorrective(corrective=done.case.id, number=done.case.number)
    desk.perform_in(tx, case.id, tie)
    return done


def _known_of_rise(tx: Tx, about: str) -> tuple[str, ...]:
    """The numbers of the corrective actions that a rise gave rise to."""
    book = [line.entry.event for line in tx.book("rise_corrected")]
    return tuple(e.number for e in book if isinstance(e, RiseCorrected) and e.about == about)


def correct_rise_once(desk: Desk, tx: Tx, about: str, text: str) -> None:
    """A corrective action for a rise that has none yet; ``text`` is what rose."""
    if not _known_of_rise(tx, about):
        _of_rise(desk, tx, about, text)


def _of_rise(desk: Desk, tx: Tx, about: str, text: str) -> Done:
    _refuse_twice(_known_of_rise(tx, about), tx)
    done = _open_companion(desk, tx, tied_to=about, text=text)
    event = RiseCorrected(about=about, corrective=done.case.id, number=done.case.number)
    desk.note_in(tx, event)
    return done


def open_corrective(desk: Desk, *, of_case: str = "", about: str = "", text: str = "") -> Done:
    """P0-13, P2-10: a case of its own for what is to be corrected, and its number where it comes
    from; together or not at all.

    Args:
        desk: in its own thread.
        of_case: the number or id of the complaint.
        about: the name of a rise, where it comes from no single case.
        text: what is to be corrected, as edited.

    Raises:
        Refusal: the procedure asks for none, one is open already, or there is no text.
    """
    if not (of_case or about):
        raise Refusal("no_case", number="")

    def job(tx: Tx) -> Done:
        if of_case:
            return _of_case(desk, tx, of_case, text)
        return _of_rise(desk, tx, about, text)

    return desk.store.transact(job)


def corrective_report(desk: Desk, case_id: str) -> CorrectiveReport:
    """What the report of a corrective action is written from.

    Raises:
        Refusal: there is no such case, or it is a complaint.
    """
    report = case_report(desk, case_id)
    if is_complaint(report.rules.procedure):
        raise Refusal("corrective_not_this", number=report.case.number)
    return CorrectiveReport(report)
