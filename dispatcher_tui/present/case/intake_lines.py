"""What stands beside the intake form, and a draft as a row of the board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo

from dispatcher_tui.domain.procedure import Level, Prompt
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.present.case.board_rows import BoardRow
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.places import said_place


def kind_name(kind: str) -> str:
    """What a call is about, by the value of the form's first digit."""
    names = {
        "complaint": _("complaint"),
        "repair": _("repair request"),
        "enquiry": _("enquiry"),
        "other": _("other"),
        "again": _("rings again"),
    }
    return names.get(kind, kind)


def rules_text(level: Level, prompts: Sequence[Prompt]) -> list[str]:
    """For F1: the rule that sets the level, and that of each courtesy."""
    head = _("Level {level} [{rule}]").format(level=localized(level.label), rule=level.rule)
    return [head, *(f"- {localized(prompt.text)} [{prompt.rule}]" for prompt in prompts)]


def _as_registered(place: str, household: Household) -> bool:
    """Whether a place has the spelling of the register."""
    return normalise_place(place) == normalise_place(household.place)


def _registered_as(household: Household) -> str:
    return _("registered as {place}").format(place=household.place)


def household_text(place: str, household: Household | None) -> str:
    """Who lives there and what to know before a visit; says so where nobody is registered."""
    if not place:
        return ""
    if household is None:
        return _("{place}: not in the register").format(place=place)
    phones = list(household.phones)
    lines = [] if _as_registered(place, household) else [_registered_as(household)]
    for index, name in enumerate(household.residents):
        phone = phones[index] if index < len(phones) else ""
        lines.append(f"{name} {phone}".strip())
    lines += phones[len(household.residents) :]
    if household.warning:
        lines.append(_("! Mind: {warning}").format(warning=household.warning))
    if household.note:
        lines.append(household.note)
    return "\n".join(lines)


def household_line(place: str, household: Household | None, *, part: bool = False) -> str:
    """The same in one line, what to know before a visit first: it may be cut at its end.

    ``part``: the place is a building or a stairwell of registered homes; it is then said as such.
    """
    if household is None and part:
        return said_place(place)
    if household is None:
        return household_text(place, None)
    mind = _("! Mind: {warning}").format(warning=household.warning) if household.warning else ""
    rest = [line for line in household_text(place, household).splitlines() if line != mind]
    known = _("registered") if _as_registered(place, household) else ""
    return "  ".join(part for part in (mind, known, *rest) if part)


def case_brief(line: CaseLine, now: datetime, zone: tzinfo) -> str:
    """A case in one line: number, when it was opened, what it is, who is on it."""
    what = line.content or line.category
    parts = (
        line.number,
        short_time(line.opened_at, now, zone),
        what,
        line.told,
    )
    return " ".join(part for part in parts if part)


def waiting_call_line(at: datetime) -> str:
    """A call that came while the desk was locked, with when it did, in the site's time."""
    words = _("The call of {time} waits: sign in with a PIN, and its form opens.")
    return words.format(time=f"{at:%H:%M:%S}")


def draft_brief(opened_at: datetime, place: str, said: str, now: datetime, zone: tzinfo) -> str:
    """An unfinished form in a few words."""
    words = fit(" ".join(said.split()), 16).rstrip()
    parts = (short_time(opened_at, now, zone), place, words)
    return _("unfinished {what}").format(what=" ".join(part for part in parts if part))


def draft_row(
    draft_id: str, opened_at: datetime, place: str, said: str, now: datetime, zone: tzinfo
) -> BoardRow:
    """A draft as the board shows it: marked, without a clock; Enter takes it up again."""
    local, today = opened_at.astimezone(zone), now.astimezone(zone).date()
    return BoardRow(
        case_id=draft_id,
        number=f"{local:%H:%M:%S}" if local.date() == today else f"{local:%m-%d}",
        due=None,
        level="",
        level_text=_("draft"),
        place=place,
        content=" ".join(said.split()),
        assignee="",
        step=_("Enter: go on"),
        shout=False,
        grave=False,
        emergency=False,
        draft=True,
    )
