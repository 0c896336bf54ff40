"""Why a round was not written down, with what to do instead."""

from __future__ import annotations

from dispatcher_tui.present.i18n import _


def of_rounds() -> dict[str, str]:
    """What stands against recording a round of the watch."""
    return {
        "no_rounds": _("No rounds are in force here: rounds.toml puts them in force."),
        "round_unknown": _("There is no round {name}; these there are: {known}."),
        "round_part_unknown": _("The round has no part {name}; it has {known}."),
        "round_part_missing": _("How was it found: {name}? A digit from 1 to {n}."),
        "round_word_missing": _("Something is not in order: write what, and what was done."),
        "round_second_missing": _("Two have to be there: write who the second one is."),
        "round_second_same": _("{name} cannot be both persons: write who the second one is."),
        "round_reason_missing": _("It was due at {time}: write why it comes late."),
        "round_over": _(
            "Its time is over, and it counts as missed. Is this the round from {begin} to {until}?"
        ),
        "round_twice": _("Recorded already at {time} by {name}: record it again all the same?"),
    }
