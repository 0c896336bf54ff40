"""Deciding the end of a case: validity, write-off, closing paper, finality, reopening."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dispatcher_tui.domain.case.decide_emergency import refuse_while_it_goes_on, refuse_while_out
from dispatcher_tui.domain.case.decide_signing import (
    agree_by_phone,
    seen_ink,
    sign_owed,
    signatures_given,
)
from dispatcher_tui.domain.case.evolve_papers import PAPER_NUMBER, received_last
from dispatcher_tui.domain.case.naming import refuse_figure
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.closing import (
    YES,
    is_signed,
    missing_for_final,
    missing_for_write_off,
    missing_steps,
    unjudged,
    write_off_items,
)
from dispatcher_tui.domain.duties.duties import Rules, duties
from dispatcher_tui.domain.duties.triage import emergency_level
from dispatcher_tui.domain.papers.pads import tidy
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.context import CommandContext
from dispatcher_tui.domain.record.paper_commands import CorrectPaperNumber
from dispatcher_tui.domain.record.sign_off import how_signed
from dispatcher_tui.domain.words.leaf import bare_leaf
from dispatcher_tui.domain.words.terms import Satisfaction, Stage


def _judge_valid(
    case: Case, c: cmd.JudgeValid, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    if rules.procedure.validity is None:
        raise Refusal("validity_not_asked")
    if case.stage.ended:
        raise Refusal("case_ended", number=case.number)
    return (ev.JudgedValid(case=case.id, reason=c.reason),)


def _judge_invalid(
    case: Case, c: cmd.JudgeInvalid, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    validity = rules.procedure.validity
    if validity is None:
        raise Refusal("validity_not_asked")
    if case.stage.handled:
        raise Refusal("already_written_off", number=case.number)
    refuse_while_it_goes_on(case, rules)
    refuse_while_out(case, rules)
    _refuse_unsigned(case, rules)
    if not c.reason.strip():
        raise Refusal("explanation_missing", validity.rule)
    missing = missing_steps(case, validity.needs, validity.rule)
    if missing:
        raise Refusal("steps_missing", validity.rule, missing)
    return (ev.JudgedInvalid(case=case.id, reason=c.reason),)


def _refuse_unsigned(case: Case, rules: Rules) -> None:
    """An emergency ends by the head's signature alone (E-09): whoever says that it was none at
    all writes it off with that as its cause, and has it signed.

    Raises:
        Refusal: a signature that its write-off asks for was not given.
    """
    level = emergency_level(rules.procedure)
    for item in write_off_items(rules.procedure, case):
        asked = item.kind == "signature" and item.required and level.id in item.when.levels
        if asked and not is_signed(case, item.id):
            raise Refusal("signed_off_only", item.rule, number=case.number)


def _given(command: cmd.WriteOff) -> dict[str, str]:
    """The checklist as entered: the typed fields stand under the kinds' own names too."""
    given = dict(command.items)
    if command.by is not None and command.source.strip():
        given["feedback"] = command.source
    if command.satisfaction is not Satisfaction.NOT_ASKED:
        given["satisfaction"] = command.satisfaction.value
    if command.compensation_fen:
        given["compensation"] = str(command.compensation_fen)
    return given


def _write_off(
    case: Case, c: cmd.WriteOff, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """P0-07, and E-09 where the checklist asks for the head's signature."""
    procedure = rules.procedure
    if case.stage.handled:
        raise Refusal("already_written_off", number=case.number)
    refuse_while_it_goes_on(case, rules)
    if procedure.validity is not None and unjudged(procedure, case):
        raise Refusal("validity_unjudged", procedure.validity.rule)
    given = _given(c)
    missing = missing_for_write_off(procedure, case, given, c.signed)
    if missing:
        raise Refusal("write_off_incomplete", missing[0].rule, missing)
    if c.by is not None:
        asks = (item.rule for item in procedure.write_off if item.kind == "feedback")
        refuse_figure(c.source, next(asks, ""))
    found = signatures_given(case, c, rules, m)
    confirmed = any(s.name == "feedback_received" and s.round == case.round for s in case.signals)
    if c.by is not None and not confirmed:
        found.append(ev.FeedbackReceived(case=case.id, by=c.by, source=c.source))
    yes = (i for i in procedure.write_off if i.kind == "question" and given.get(i.id) == YES)
    found += [ev.StepRecorded(case=case.id, step=i.step) for i in yes if i.step not in case.steps]
    found.append(
        ev.WrittenOff(
            case=case.id,
            items=given,
            satisfaction=c.satisfaction,
            compensation_fen=c.compensation_fen,
        )
    )
    return tuple(found)


def _awaiting(case: Case) -> None:
    if case.stage is not Stage.WRITTEN_OFF:
        raise Refusal("not_written_off", number=case.number)


def _receive_paper(
    case: Case, c: cmd.ReceivePaper, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    _awaiting(case)
    rule = rules.procedure.closing_paper.rule
    if not tidy(c.number):
        raise Refusal("paper_number_missing", rule)
    if case.slip.received_at is not None:
        raise Refusal("paper_already_received", rule, number=case.slip.number)
    number, known = tidy(c.number), case.slip.number
    # Typed in small letters it is the same paper still.
    same = number.casefold() == known.casefold()
    number = known if same else number
    return (ev.PaperReceived(case=case.id, number=number, despite=c.despite),)


def _correct_number(
    case: Case, c: CorrectPaperNumber, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    """Another number stands on the paper than was typed: also of a case that is final by now."""
    rule, number, slip = rules.procedure.closing_paper.rule, tidy(c.number), received_last(case)
    if slip is None:
        raise Refusal("paper_not_received", rule)
    if not number:
        raise Refusal("paper_number_missing", rule)
    if number == slip.number:
        raise Refusal("paper_number_same", rule, number=number)
    if not c.reason.strip():
        raise Refusal("reason_missing")
    return (
        ev.Corrected(
            case=case.id,
            field=PAPER_NUMBER,
            value=number,
            reason=c.reason,
            despite=c.despite,
        ),
    )


def _sign_paper(
    case: Case, c: cmd.SignPaper, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    _awaiting(case)
    paper = rules.procedure.closing_paper
    if case.slip.received_at is None:
        raise Refusal("paper_not_received", paper.rule)
    if case.slip.signed_at is not None:
        raise Refusal("paper_already_signed", paper.rule)
    if paper.signer and c.role != paper.signer:
        raise Refusal("wrong_signer", paper.rule, role=paper.signer)
    stands = seen_ink(c.ink, c.signer, c.role, paper.rule, m, seal=paper.seal)
    return (
        ev.PaperSigned(
            case=case.id,
            signer=c.signer.strip(),
            role=c.role,
            how=how_signed(c.ink),
            paper=stands.paper,
            page=stands.page,
        ),
    )


def _file_paper(
    case: Case, c: cmd.FilePaper, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    _awaiting(case)
    rule = rules.procedure.closing_paper.rule
    if case.slip.signed_at is None:
        raise Refusal("paper_not_signed", rule)
    if not c.binder.strip() or not c.page.strip():
        raise Refusal("binder_missing", rule)
    if case.slip.filed_at is not None:
        raise Refusal("paper_already_filed", rule)
    binder, page = bare_leaf(c.binder), bare_leaf(c.page)
    return (ev.PaperFiled(case=case.id, binder=binder, page=page, charge_fen=c.charge_fen),)


def _close_final(
    case: Case, c: cmd.CloseFinal, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    if case.stage.ended:
        raise Refusal("case_ended", number=case.number)
    missing = missing_for_final(rules.procedure, case, duties(case, rules))
    if missing:
        raise Refusal("final_incomplete", missing[0].rule, missing)
    return (ev.ClosedFinal(case=case.id),)


def reopen(case: Case, c: cmd.Reopen, rules: Rules, m: CommandContext) -> tuple[ev.Event, ...]:
    """A new round of a case whose handling was over; refused without a reason."""
    if not case.stage.handled:
        raise Refusal("not_closed", number=case.number)
    if not c.reason.strip():
        raise Refusal("reason_missing")
    ends = (s.at for s in case.signals if s.name in ("written_off", "final", "invalid"))
    if m.occurred is not None and m.occurred < max(ends):
        raise Refusal("before_its_end", number=case.number)
    return (ev.Reopened(case=case.id, reason=c.reason),)


def _take_back(
    case: Case, c: cmd.TakeBack, rules: Rules, m: CommandContext
) -> tuple[ev.Event, ...]:
    if not c.of:
        raise Refusal("nothing_to_take_back")
    return (ev.TakenBack(case=case.id, of=c.of),)


CLOSING: dict[
    type[cmd.Command], Callable[[Case, Any, Rules, CommandContext], tuple[ev.Event, ...]]
] = {
    cmd.JudgeValid: _judge_valid,
    cmd.JudgeInvalid: _judge_invalid,
    cmd.WriteOff: _write_off,
    cmd.AgreeByPhone: agree_by_phone,
    cmd.SignOwed: sign_owed,
    cmd.ReceivePaper: _receive_paper,
    CorrectPaperNumber: _correct_number,
    cmd.SignPaper: _sign_paper,
    cmd.FilePaper: _file_paper,
    cmd.CloseFinal: _close_final,
    cmd.Reopen: reopen,
    cmd.TakeBack: _take_back,
}
"""Which function decides which command."""
