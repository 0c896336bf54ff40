"""What the papers about a list of fees are made from."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.fees.fee_lists import list_of, names_of, plan_named
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.fees.fee_list import areas_of
from dispatcher_tui.domain.fees.fee_paper import FeePaper, FeePaperRow


def fee_sheet(desk: Desk, of: str, month: str, area: str | None = None) -> FeePaper:
    """What a list still has open: all of it, or what one area's keeper takes along.

    Raises:
        Refusal: no such list was taken over, or it has no such area.
    """
    plan, fees = plan_named(desk, of), list_of(desk, of, month)
    found = next((each for each in areas_of(fees) if each.name == area), None)
    if area is not None and found is None:
        known = ", ".join(each.name for each in areas_of(fees))
        raise Refusal("fee_no_area", name=area, known=known)
    who = names_of(desk, fees)
    rows = (
        FeePaperRow(
            stand,
            who.get(place, {}).get("resident", ""),
            who.get(place, {}).get("phone", ""),
        )
        for place, stand in fees.stands.items()
        if not stand.settled and (area is None or stand.line.area == area)
    )
    return FeePaper(
        desk.site.site.name,
        desk.rules.calendar.tz,
        desk.clock.now(),
        plan,
        month,
        tuple(rows),
        area,
        found.keepers[-1] if found is not None and found.keepers else "",
    )
