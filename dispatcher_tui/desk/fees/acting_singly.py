"""Somebody acts on one line of a list of fees: it becomes a case, and the act stands on that."""

from __future__ import annotations

from dispatcher_tui.desk.case.intake import Intake, cleaned
from dispatcher_tui.desk.desk import Desk, Done
from dispatcher_tui.desk.fees.fee_lists import list_of, names_of, plan_named
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.desk_routines import ListPlan
from dispatcher_tui.domain.fees.decide_fees import opening
from dispatcher_tui.domain.fees.fee_list import FeeList, LineStand
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.store.tx import Tx


def open_line(desk: Desk, of: str, month: str, place: str) -> Done:
    """Make a line a case, with what is owed written on it.

    Raises:
        Refusal: it is none of the list, a case already, or settled; nothing was written.
    """

    def job(tx: Tx) -> Done:
        fees, plan = list_of(desk, of, month), plan_named(desk, of)
        opening(fees, place, "", "")  # judged before anything is written
        intake, _damage = cleaned(_intake(desk, fees, plan, fees.stands[place]))
        now = desk.clock.now()
        done = desk.open_in(tx, intake, received_at=now, occurred=now)
        desk.note_in(tx, opening(fees, place, done.case.id, done.case.number))
        bill = _bill(fees.stands[place], plan)
        step = desk.rules_of(done.case).procedure.step(plan.bill) if plan.bill else None
        return desk.perform_in(tx, done.case.id, bill) if step is not None else done

    return desk.store.transact(job)


def _intake(desk: Desk, fees: FeeList, plan: ListPlan, stand: LineStand) -> Intake:
    line = stand.line
    who = names_of(desk, fees).get(line.place, {})
    residents, phones = who.get("resident", ""), who.get("phone", "")
    said = f"{fees.label.zh} {fees.month}: {format_fen(stand.left)}"
    owner = next(
        (
            procedure.id
            for procedure in desk.in_force.procedures
            if any(each.id == plan.id for each in procedure.lists)
        ),
        "",
    )
    return Intake(
        place=line.place,
        caller=residents.partition(";")[0],
        phone=phones.partition(";")[0],
        category=plan.category,
        said=said,
        procedure=owner if desk.in_force.several else "",
    )


def _bill(stand: LineStand, plan: ListPlan) -> cmd.RecordStep:
    """What is owed as the procedure's own step has it: since when, how many months, how much."""
    line = stand.line
    values = {"owed_months": str(line.months), "owed": format_fen(stand.left)}
    if line.since is not None:
        values["unpaid_since"] = line.since.isoformat()
    return cmd.RecordStep(step=plan.bill, values=values)


def case_of(desk: Desk, of: str, month: str, place: str) -> str:
    """The id of the case that a line is, which it becomes where it is none yet.

    Raises:
        Refusal: it is none of the list, or settled; nothing was written.
    """
    stand = list_of(desk, of, month).stands.get(place)
    if stand is None:
        raise Refusal("fee_not_on_list", place=place)
    return stand.case or open_line(desk, of, month, place).case.id
