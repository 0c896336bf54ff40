"""Why a thing was not handed out or taken back, with what to do instead."""

from __future__ import annotations

from dispatcher_tui.present.i18n import _


def of_handouts() -> dict[str, str]:
    """What stands against writing in the handout book."""
    return {
        "no_handouts": _("No handout book is in force here: handouts.toml puts it in force."),
        "handout_register_unknown": _("There is no register {name}; these there are: {known}."),
        "handout_thing_missing": _("Say which one it is: {known}."),
        "handout_thing_unknown": _("The register has no {name}; it has {known}."),
        "handout_what_missing": _("Something is missing: {name}."),
        "handout_out": _(
            "{name} is out already since {time}, number {number}: take that back first."
        ),
        "handout_not_staff": _(
            "{name} is not on the roster, and only who is may take it: pick somebody from the list."
        ),
        "handout_field_missing": _("Something is missing: {name}."),
        "handout_field_unknown": _("The register has no field {name}; it has {known}."),
        "handout_phone_unfit": _('"{text}" is no telephone number: 3 to 20 digits.'),
        "handout_due_past": _("It cannot be back by {time}, before it goes out: a later time."),
        "handout_never_out": _(
            "Nothing went out with number {number}: look at the number, or hand it out first."
        ),
        "handout_back_twice": _("Number {number} is back already, since {time}."),
        "handout_back_before_out": _(
            "Number {number} went out at {time}: it cannot be back before that."
        ),
        "handout_claimant_missing": _("Write who takes it: {name}."),
        "handout_days_backwards": _(
            "{last} is before {first}: the last day comes after the first."
        ),
    }
