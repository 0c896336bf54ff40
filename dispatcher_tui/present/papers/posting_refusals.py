"""Why nothing was written down about a notice, with what to do instead."""

from __future__ import annotations

from dispatcher_tui.present.i18n import _


def of_postings() -> dict[str, str]:
    """What stands against a notice: its doors, hanging it, taking it down, warning a home."""
    return {
        "no_such_notice": _("The procedure has no notice {name}; it has {known}."),
        "notice_no_door": _("Say first for which buildings or doors: 3, 3-2, or all."),
        "notice_no_building": _(
            "{place} is not in the register of units; these buildings are: {known}."
        ),
        "notice_many_doors": _("One notice is for {n} doors at most: make two of it."),
        "notice_facts_missing": _(
            "What the notice tells is not written down yet: record it first with s, {step}."
        ),
        "notice_hangs_there": _("It hangs at {door}: take it down there first."),
        "notice_not_for": _("It is not meant for {door}: add the door first."),
        "notice_hangs_already": _("It hangs already: {door}."),
        "notice_not_hung": _("It does not hang at {door}: record first when it was hung."),
        "notice_down_before": _("At {door} it was hung at {at}: it cannot have come down before."),
        "home_not_named": _("{home} is not among the homes to warn: {known}."),
        "fields_past": _("This time has come already: {missing}. Give one that lies ahead."),
        "fields_before": _("The second comes after the first: {missing}. Give a later time."),
    }
