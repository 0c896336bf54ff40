"""The number on a paper that comes in, or came in under a wrong one: asked where it is odd."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.papers.pads import Numbers, Reads
from dispatcher_tui.domain.case.evolve_papers import received_last
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.papers.number_doubts import NumberDoubt, doubts_about
from dispatcher_tui.domain.papers.pads import parse_pad, resolve, tidy
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.case import Case, Slip
from dispatcher_tui.domain.record.paper_commands import CorrectPaperNumber
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.store.tx import Tx


def read_number(slip: Slip, typed: str) -> str:
    """The number that is meant: of the one that was issued its digits alone will do."""
    if not slip.issued:
        return tidy(typed)
    issued = parse_pad(slip.issued, slip.issued) if slip.issued[-1:].isdecimal() else None
    return resolve(typed, [issued] if issued is not None else [])


def _doubts(
    desk: Desk, reads: Reads, case: Case, slip: Slip, number: str
) -> tuple[NumberDoubt, ...]:
    numbers = Numbers(reads, desk.site.site, desk.in_force.procedures)
    outside = desk.rules_of(case).procedure.closing_paper.outside
    given_out = outside or number == slip.issued or numbers.given_out(number)
    papers = reads.papers_numbered(number)
    void = numbers.voids.get(number)
    return doubts_about(number, slip, case.id, papers, void, given_out=given_out)


def doubts(desk: Desk, key: str, typed: str) -> tuple[NumberDoubt, ...]:
    """What has to be asked of the number on the paper that a case is waiting for, or has in hand.

    Of one in hand only what was not confirmed as it came in.
    """
    case = desk.record(key).case
    slip = case.slip
    number = slip.number if slip.received_at else read_number(slip, typed)
    found = _doubts(desk, desk.store, case, slip, number) if number else ()
    return tuple(doubt for doubt in found if doubt.odd.value not in slip.despite)


def doubts_of_another(desk: Desk, key: str, typed: str) -> tuple[NumberDoubt, ...]:
    """What has to be asked of the number that stands on the paper that came in last after all."""
    case = desk.record(key).case
    slip, number = received_last(case) or case.slip, tidy(typed)
    return _doubts(desk, desk.store, case, slip, number) if number else ()


def refuse_doubted(found: tuple[NumberDoubt, ...], rule: str, sure: str) -> tuple[str, ...]:
    """What is odd about a number, by name, where it was confirmed: ``sure`` is that number.

    Raises:
        Refusal: it was not.
    """
    if found and found[0].number != sure:
        raise Refusal("number_doubted", rule, number=found[0].number)
    return tuple(doubt.odd.value for doubt in found)


def receive(desk: Desk, key: str, typed: str, sure: str = "") -> Case:
    """The closing paper is in hand, under the number that stands on it.

    Raises:
        Refusal: the number is odd, and is not the one that was confirmed as ``sure``.
    """

    def job(tx: Tx) -> Case:
        record = tx.case(key)
        if record is None:
            raise Refusal("no_case", number=key)
        case = record.case
        number, rule = read_number(case.slip, typed), desk.rules_of(case).procedure.closing_paper
        odd = refuse_doubted(_doubts(desk, tx, case, case.slip, number), rule.rule, sure)
        return desk.perform_in(tx, key, cmd.ReceivePaper(number=number, despite=odd)).case

    return desk.store.transact(job)


def correct_number(desk: Desk, key: str, typed: str, reason: str, sure: str = "") -> Done:
    """Another number stands on the paper that came in last; also once its case is final.

    Raises:
        Refusal: none came in, nothing is changed, no reason is given; the number is odd, and is
            not the one that was confirmed as ``sure``.
    """

    def job(tx: Tx) -> Done:
        record = tx.case(key)
        if record is None:
            raise Refusal("no_case", number=key)
        case, number = record.case, tidy(typed)
        slip, rule = received_last(case) or case.slip, desk.rules_of(case).procedure.closing_paper
        found = _doubts(desk, tx, case, slip, number) if number != slip.number else ()
        odd = refuse_doubted(found, rule.rule, sure) if number and reason.strip() else ()
        words = clean_text(reason, multiline=False).text.strip()
        command = CorrectPaperNumber(number=number, reason=words, despite=odd)
        return desk.perform_in(tx, key, command)

    return desk.store.transact(job)
