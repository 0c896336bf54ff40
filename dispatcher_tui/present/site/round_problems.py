"""What is wrong with the rounds of a site, and what a fire control room is asked for."""

from __future__ import annotations

from collections.abc import Callable

from dispatcher_tui.present.i18n import _

ROUND_MESSAGES: dict[str, Callable[[], str]] = {
    "round_id": lambda: _('"{name}": an id has only a-z, 0-9 and _'),
    "round_every": lambda: _(
        '"{text}" is no interval; write 1h, 2h, 3h, 4h, 6h, 8h, 12h, shift, day, week or month'
    ),
    "round_due": lambda: _('"{text}": a round is late after 30min, 2h or at the shift end'),
    "round_choices": lambda: _("from 2 to {most} choices, the first is in order"),
    "panel_shift_long": lambda: _(
        "a fire panel reports here: GB 25201 asks for shifts of at most 8 h, {name} has {n}"
    ),
    "panel_no_record": lambda: _(
        "a fire panel reports here: GB 25201 asks for a record every {n} h, none is in force"
    ),
    "panel_record_seldom": lambda: _(
        "a fire panel reports here: GB 25201 asks for a record every {n} h, it is made: {every}"
    ),
    "panel_alone": lambda: _(
        "a fire panel reports here: GB 25201 asks for {n} persons on each shift"
    ),
}
"""By the codes of ``site.rounds``."""
