"""The lists of fees as rows that fold and unfold: a list, its areas, an area's households."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.fees.fee_lists import fee_plans, lists_now, month_now, names_of
from dispatcher_tui.domain.desk_routines import ListPlan
from dispatcher_tui.domain.fees.fee_list import FeeArea, FeeList, LineStand, areas_of
from dispatcher_tui.present.fees.fee_lines import area_row, line_row, lines_of, list_row
from dispatcher_tui.present.fees.fee_words import list_name
from dispatcher_tui.present.i18n import _, localized

SHOWN_LISTS = 12
"""So many lists are shown: four months of three."""


class FeeTreeRow(msgspec.Struct, frozen=True):
    """A row: of a list, which may not be there yet, of an area of it, or of a line of that.

    ``plan`` is None for a list that no procedure in force has any more.
    """

    list: str
    month: str
    text: str
    plan: ListPlan | None
    fees: FeeList | None = None
    area: FeeArea | None = None
    stand: LineStand | None = None

    @property
    def key(self) -> tuple[str, str, str | None, str]:
        """What it is known by among the rows."""
        area = self.area.name if self.area is not None else None
        return self.list, self.month, area, self.stand.line.place if self.stand else ""


class FeeLists(msgspec.Struct, frozen=True):
    """What the tree is made of: the lists, those that are due and not taken over, and who lives
    where and has which area in hand by the lists' own words."""

    lists: tuple[FeeList, ...]
    plans: Mapping[str, ListPlan]
    lacking: tuple[tuple[ListPlan, str], ...]
    names: Mapping[str, Mapping[str, Mapping[str, str]]]


def read_lists(desk: Desk) -> FeeLists:
    """The newest lists, and which are to come."""
    found = lists_now(desk)[:SHOWN_LISTS]
    there = {(each.list, each.month) for each in found}
    plans = {plan.id: plan for plan in fee_plans(desk)}
    due = ((plan, month_now(desk, plan.id)) for plan in plans.values())
    lacking = tuple((plan, month) for plan, month in due if (plan.id, month) not in there)
    names = {each.key: names_of(desk, each) for each in found}
    return FeeLists(tuple(found), plans, lacking, names)


Unfolded = set[tuple[str, str, str | None]]
"""Lists by their names and months with no area, areas with theirs."""


def tree_rows(read: FeeLists, unfolded: Unfolded) -> Iterator[FeeTreeRow]:
    """The rows that are in view, those of what is due and not there yet first."""
    for plan, month in read.lacking:
        words = _("{list}: not taken over yet, i takes it")
        text = words.format(list=list_name(localized(plan.label), month))
        yield FeeTreeRow(plan.id, month, f"  {text}", plan)
    for fees in read.lists:
        open_ = (fees.list, fees.month, None) in unfolded
        mark = "-" if open_ else "+"
        yield FeeTreeRow(
            fees.list, fees.month, f"{mark} {list_row(fees)}", read.plans.get(fees.list), fees
        )
        if open_:
            yield from _areas(read, fees, unfolded)


def _areas(read: FeeLists, fees: FeeList, unfolded: Unfolded) -> Iterator[FeeTreeRow]:
    names, plan = read.names.get(fees.key, {}), read.plans.get(fees.list)
    for area in areas_of(fees):
        open_ = (fees.list, fees.month, area.name) in unfolded
        text = f"  {area_row(area, open_=open_)}"
        yield FeeTreeRow(fees.list, fees.month, text, plan, fees, area)
        for stand in lines_of(fees, area.name) if open_ else ():
            who = names.get(stand.line.place, {}).get("resident", "")
            yield FeeTreeRow(fees.list, fees.month, line_row(stand, who), plan, fees, area, stand)


def keeper_meant(read: FeeLists, row: FeeTreeRow) -> str:
    """Whose round an area is by the list itself; empty where it says nothing, or several."""
    if row.fees is None or row.area is None:
        return ""
    names = read.names.get(row.fees.key, {})
    said = {
        names.get(stand.line.place, {}).get("keeper", "")
        for stand in lines_of(row.fees, row.area.name)
    }
    return said.pop() if len(said) == 1 else ""


def place_of(rows: Sequence[FeeTreeRow], key: tuple[str, str, str | None, str]) -> int:
    """Where a row stands; 0 where there is none such."""
    return next((n for n, row in enumerate(rows) if row.key == key), 0)
