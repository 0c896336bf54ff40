"""What becomes of a list of fees: taken over, handed out, come back; and what is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from dispatcher_tui.domain.case.naming import refuse_figure
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.desk_routines import ListPlan
from dispatcher_tui.domain.fees.fee_list import (
    FeeList,
    LineStand,
    counts_of,
    with_outcome,
)
from dispatcher_tui.domain.record.fee_events import (
    FeeLine,
    FeeLineOpened,
    FeeLinesHanded,
    FeeListTaken,
    FeeResultsNoted,
    LineOutcome,
    LineResult,
)
from dispatcher_tui.domain.site.list_change import ListChange, compared_lines
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.domain.words.text import clean_text


def fee_change(before: FeeList | None, lines: Sequence[FeeLine]) -> ListChange:
    """What a list does to the one of that month that is there already."""
    old = {} if before is None else {place: each.line for place, each in before.stands.items()}
    return compared_lines(old, {line.place: line for line in lines})


def taking(
    before: FeeList | None, plan: ListPlan, month: str, lines: Sequence[FeeLine], sha256: str
) -> FeeListTaken:
    """The entry of a list that is taken over.

    Raises:
        Refusal: it has no line.
    """
    if not lines:
        raise Refusal("fee_list_empty", plan.rule)
    known, change = before.stands if before is not None else {}, fee_change(before, lines)
    stands = (
        replace(known[line.place], line=line) if line.place in known else LineStand(line)
        for line in lines
    )
    return FeeListTaken(
        list=plan.id,
        month=month,
        label=plan.label,
        rule=plan.rule,
        sha256=sha256,
        lines=tuple(lines),
        new=len(change.new),
        changed=len(change.changed),
        gone=len(change.gone),
        counts=counts_of(stands),
    )


def handing(fees: FeeList, area: str, keeper: str, at: datetime) -> FeeLinesHanded:
    """The entry that hands what is open in an area to a keeper, whoever had it before.

    Raises:
        Refusal: nobody is named, there is no such area, or the keeper has all of it in hand.
    """
    name = clean_text(keeper, multiline=False).text.strip()
    if not name:
        raise Refusal("fee_keeper_missing")
    refuse_figure(name)
    mine = [each for each in fees.stands.values() if each.line.area == area]
    if not mine:
        known = dict.fromkeys(each.line.area for each in fees.stands.values())
        raise Refusal("fee_no_area", name=area, known=", ".join(known))
    open_ = [each for each in mine if not each.settled]
    if not open_:
        raise Refusal("fee_area_settled", name=area)
    places = [each.line.place for each in open_ if each.keeper != name]
    if not places:
        raise Refusal("fee_handed_twice", name=name, area=area)
    moved = {each: replace(fees.stands[each], keeper=name, handed_at=at) for each in places}
    counts = counts_of({**fees.stands, **moved}.values())
    return FeeLinesHanded(
        list=fees.list,
        month=fees.month,
        label=fees.label,
        keeper=name,
        area=area,
        places=tuple(places),
        counts=counts,
    )


def fault_of(
    stands: Mapping[str, LineStand], plan: ListPlan, outcome: LineOutcome
) -> tuple[str, dict[str, str]] | None:
    """Why an outcome cannot be written down, as a code with its words; None where it can."""
    stand = stands.get(outcome.place)
    if stand is None:
        return "fee_not_on_list", {"place": outcome.place}
    if outcome.result not in plan.results:
        return "fee_no_such_result", {"known": ", ".join(plan.results)}
    if stand.settled:
        return "fee_settled", {"place": outcome.place}
    if outcome.result is not LineResult.PAID:
        return None
    if outcome.paid <= 0:
        return "fee_nothing_paid", {"place": outcome.place}
    if outcome.paid > stand.left:
        amounts = {"paid": format_fen(outcome.paid), "left": format_fen(stand.left)}
        return "fee_paid_over", {"place": outcome.place, **amounts}
    return None


def noting(
    fees: FeeList,
    plan: ListPlan,
    outcomes: Iterable[LineOutcome],
    at: datetime,
    sha256: str = "",
) -> FeeResultsNoted:
    """The entry of a list that came back, or of what became of one line.

    Raises:
        Refusal: one of them cannot be written down, or there is none.
    """
    results, stands = tuple(outcomes), dict(fees.stands)
    if not results:
        raise Refusal("fee_nothing_back", plan.rule)
    for outcome in results:
        if fault := fault_of(stands, plan, outcome):
            code, detail = fault
            raise Refusal(code, plan.rule, (), **detail)
        stands[outcome.place] = with_outcome(stands[outcome.place], outcome, at)
    return FeeResultsNoted(
        list=fees.list,
        month=fees.month,
        label=fees.label,
        results=results,
        sha256=sha256,
        counts=counts_of(stands.values()),
    )


def opening(fees: FeeList, place: str, case: str, number: str) -> FeeLineOpened:
    """The entry by which a line becomes a case.

    Raises:
        Refusal: it is not on the list, is a case already, or nothing is owed any more.
    """
    stand = fees.stands.get(place)
    if stand is None:
        raise Refusal("fee_not_on_list", place=place)
    if stand.number:
        raise Refusal("fee_is_case", place=place, number=stand.number)
    if stand.settled:
        raise Refusal("fee_settled", place=place)
    return FeeLineOpened(
        list=fees.list,
        month=fees.month,
        label=fees.label,
        place=place,
        case_id=case,
        number=number,
    )
