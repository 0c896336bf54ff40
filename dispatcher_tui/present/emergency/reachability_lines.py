"""Which numbers answer, a line each: how often rung, how often answered, at what time of day."""

from __future__ import annotations

from datetime import datetime, tzinfo

from dispatcher_tui.domain.emergency.reachability import BANDS, Number
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.terms import outside_name

_NAME_CELLS, _PHONE_CELLS, _COUNT_CELLS, _BAND_CELLS = 10, 13, 9, 7


def dead_mark() -> str:
    """What stands beside a number that never answers."""
    return _("DEAD")


def _band_name(band: int) -> str:
    hours = 24 // BANDS
    return f"{band * hours}-{(band + 1) * hours}"


def ledger_head() -> str:
    """The heads of the columns; a part of the day is told as answered of rung."""
    bands = "".join(fit(_band_name(band), _BAND_CELLS) for band in range(BANDS))
    return (
        fit(_("Name"), _NAME_CELLS)
        + fit(_("Phone"), _PHONE_CELLS)
        + fit(_("answered"), _COUNT_CELLS)
        + bands
        + _("last answered")
    )


def ledger_line(number: Number, now: datetime, zone: tzinfo) -> str:
    """One number: whose, how often it answered of how often it was rung, by part of the day."""
    bands = "".join(
        fit(f"{band.answered}/{band.made}" if band.made else "-", _BAND_CELLS)
        for band in number.bands
    )
    name = number.name if number.person else outside_name(number.name)
    last = short_time(number.last_answered, now, zone) if number.last_answered else _("never")
    return (
        fit(name, _NAME_CELLS)
        + fit(number.phone, _PHONE_CELLS)
        + fit(f"{number.answered}/{number.made}", _COUNT_CELLS)
        + bands
        + (dead_mark() if number.dead else last)
    )
