"""The fold of what happens to the notices of a case, and of the homes that are warned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from dispatcher_tui.domain.record import posting_events as pe
from dispatcher_tui.domain.record.case import Case, Entry
from dispatcher_tui.domain.record.events import Event
from dispatcher_tui.domain.record.posting import HomeToWarn, Posting
from dispatcher_tui.domain.record.signals import noted, touched


def _set(case: Case, entry: Entry, event: pe.PostingsSet) -> Case:
    """The doors it is for; where it hangs or hung it stays known."""
    before = {
        each.door: each
        for each in case.postings
        if (each.form, each.round) == (event.form, case.round) and not each.down_at
    }
    mine = (before.get(d) or Posting(event.form, d, case.round) for d in event.doors)
    others = (each for each in case.postings if each not in before.values())
    return touched(replace(case, postings=(*others, *mine)), entry.occurred_at)


def _changed(
    case: Case, entry: Entry, form: str, door: str, change: Callable[[Posting], Posting]
) -> Case:
    """The case with the last notice at a door changed."""
    mine = [
        n
        for n, each in enumerate(case.postings)
        if (each.form, each.door, each.round) == (form, door, case.round)
    ]
    if not mine:
        return touched(case, entry.occurred_at)
    found = list(case.postings)
    found[mine[-1]] = change(found[mine[-1]])
    return touched(replace(case, postings=tuple(found)), entry.occurred_at)


def _hung(case: Case, entry: Entry, event: pe.PostingHung) -> Case:
    at = entry.occurred_at
    return _changed(case, entry, event.form, event.door, lambda p: replace(p, hung_at=at))


def _taken_down(case: Case, entry: Entry, event: pe.PostingTakenDown) -> Case:
    at = entry.occurred_at
    return _changed(case, entry, event.form, event.door, lambda p: replace(p, down_at=at))


def _homes_named(case: Case, entry: Entry, event: pe.HomesNamed) -> Case:
    at = entry.occurred_at
    homes = tuple(HomeToWarn(home, at, case.round) for home in event.homes)
    return noted(replace(case, homes=(*case.homes, *homes)), at, "homes_named")


def _home_rung(case: Case, entry: Entry, event: pe.HomeRung) -> Case:
    """Whoever was reached knows it: a word that somebody is to pass on is none yet."""
    at = entry.occurred_at

    def rung(home: HomeToWarn) -> HomeToWarn:
        if (home.home, home.round) != (event.home, case.round):
            return home
        reached = event.outcome.reached and home.warned_at is None
        return replace(home, tries=home.tries + 1, warned_at=at if reached else home.warned_at)

    after = replace(case, homes=tuple(map(rung, case.homes)))
    return noted(touched(after, at), at, "home_warned") if event.outcome.reached else after


POSTINGS: dict[type[Event], Callable[[Case, Entry, Any], Case]] = {
    pe.PostingsSet: _set,
    pe.PostingHung: _hung,
    pe.PostingTakenDown: _taken_down,
    pe.HomesNamed: _homes_named,
    pe.HomeRung: _home_rung,
}
"""What each kind of entry changes."""
