"""Why a list of fees cannot be taken over, handed out or ticked off, with what to do instead."""

from __future__ import annotations

from collections.abc import Callable

from dispatcher_tui.present.i18n import _


def _of_lines() -> dict[str, str]:
    """What stands against the result of a line; said of rows of a file too."""
    return {
        "fee_not_on_list": _(
            "{place} is not on the list; look at the number, or import the list with it first"
        ),
        "fee_settled": _("{place} has paid all it owes; leave the line out"),
        "fee_nothing_paid": _("how much did {place} pay? Write the amount, above 0"),
        "fee_paid_over": _(
            "{place} owes {left} yuan, less than the {paid} paid; correct the amount, or import "
            "the list anew with what is owed"
        ),
        "fee_no_such_result": _("that is no result of this list; it can be: {known}"),
        "fee_nothing_back": _("no line says a result or an amount paid; fill one in first"),
    }


def of_fees() -> dict[str, str]:
    """What stands against an act on a list of fees."""
    return {
        **_of_lines(),
        "fee_no_lists": _(
            "No procedure in force has lists of fees: add the one for fees to procedures in "
            "site.toml."
        ),
        "fee_no_list": _("There is no list {name}; these there are: {known}."),
        "fee_month": _("{text} is no month; write it as 2026-11."),
        "fee_not_taken": _("No such list of {month} was taken over yet: import it first."),
        "fee_list_empty": _("Nobody is on the list; an empty one is not taken over."),
        "fee_keeper_missing": _("Who takes it? Write the keeper's name."),
        "fee_no_area": _("The list has no area {name}; it has {known}."),
        "fee_area_settled": _("All of {name} is paid: there is nothing to hand out."),
        "fee_handed_twice": _("{name} has all of {area} in hand already."),
        "fee_is_case": _("{place} is case {number} already: open that."),
    }


FEE_PROBLEMS: dict[str, Callable[[], str]] = {
    **{
        code: (lambda code=code: _of_lines()[code])  # type: ignore[misc]
        for code in (
            "fee_not_on_list",
            "fee_settled",
            "fee_nothing_paid",
            "fee_paid_over",
            "fee_no_such_result",
            "fee_nothing_back",
        )
    },
    "fee_no_heads": lambda: _(
        "no row of heads was found: a list of fees needs a room, and an amount owed, a result or "
        'an amount paid; the file begins with "{name}"'
    ),
    "fee_no_home": lambda: _(
        '"{text}" is no room of the register; correct it, or import the units first'
    ),
    "fee_twice": lambda: _("{name} stands in row {row} already; put the two into one line"),
    "fee_months": lambda: _(
        '"{text}" is neither a number of months nor months such as 2026-09, 2026-10 or '
        "2026-09~2026-11"
    ),
    "fee_months_ahead": lambda: _('"{text}" lies after the month of the list; correct one of them'),
    "fee_day": lambda: _('"{text}" is no day such as 2026-09-05'),
    "fee_owes_nothing": lambda: _("owes nothing; leave the line out"),
    "fee_other_month": lambda: _(
        "the file says {text}, the list is that of {month}; choose the right file, or the month "
        "that it is of"
    ),
    "fee_result": lambda: _('"{text}" is no result; write one of: {known}'),
    "fee_paid_and": lambda: _('an amount paid and "{text}": only one can be so; leave one empty'),
    "fee_nothing_in_it": lambda: _(
        "neither what is owed nor what was paid is in it; fill the column of the amount in"
    ),
    "fee_back_first": lambda: _(
        "says what was paid or done, and no such list of {month} was taken over: import the list "
        "of what is owed first"
    ),
    "fee_amount_empty": lambda: _("no amount; write it in yuan, such as 1280.50"),
    "fee_amount_nonsense": lambda: _('"{text}" is no amount; write figures alone, such as 1280.50'),
    "fee_amount_negative": lambda: _('"{text}" is below nothing; leave the line out'),
    "fee_amount_decimals": lambda: _('"{text}" has more than two decimals; round it'),
    "fee_amount_large": lambda: _('"{text}" is above {most} yuan; correct it'),
}
"""The words for what is wrong with a file of fees."""
