"""住户备注: added and ended at the desk, and asked for wherever a household is shown.

The list is adopted anew with each change; the entry has its hash and its counts alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from dispatcher_tui.desk.adoption import adopt_notes
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.emergency_kinds import readable_cards
from dispatcher_tui.desk.watch.sayings import sayings
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.site.household_notes import (
    HouseholdNote,
    NotedHere,
    NotedHome,
    NoteError,
    Notes,
    added,
    ended,
    over,
    standing,
)
from dispatcher_tui.domain.site.notes_report import HouseholdNotesReport
from dispatcher_tui.domain.time.when import parse_promise
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.domain.words.terms import NoteKind
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.store.chain import entry_id
from dispatcher_tui.store.tx import Tx


def _line(text: str) -> str:
    return clean_text(text, multiline=False).text.strip()


def _change(desk: Desk, change: Callable[[Notes], Notes], *, new: int, over_now: int) -> None:
    """Adopt the list as it is after a change, read and written in one transaction.

    Raises:
        Refusal: the change cannot be, or the list cannot be read; nothing was written.
        StoreError: nothing was written.
    """

    def job(_tx: Tx) -> None:
        try:
            after = change(desk.household_notes.every())
        except NoteError as error:
            raise Refusal(error.code) from error
        adopt_notes(desk, after, added=new, ended=over_now)

    desk.store.transact(job)


def registered_place(desk: Desk, typed: str) -> str:
    """A typed place as the register spells it; as it was typed where nobody is registered."""
    place = normalise_place(_line(typed))
    home = desk.lists.household(place).household
    return home.place if home is not None else place


def add_note(
    desk: Desk, place: str, kind: NoteKind, words: str = "", until: str = ""
) -> HouseholdNote:
    """Put a note on a household; ``until`` is typed as a promised time is, empty for none.

    Raises:
        WhenError: that is no time, or none that lies ahead.
        Refusal: a part is missing; nothing was written.
        StoreError: nothing was written.
    """
    now = desk.clock.now()
    zone, said = desk.rules.calendar.tz, sayings(desk, desk.post, now)
    note = HouseholdNote(
        id=entry_id(now),
        place=registered_place(desk, place),
        kind=kind,
        added_at=now,
        added_by=desk.actor,
        text=_line(words),
        until=parse_promise(until, now, zone, said) if until.strip() else None,
    )
    _change(desk, lambda notes: added(notes, note), new=1, over_now=0)
    return note


def end_note(desk: Desk, note_id: str, reason: str) -> None:
    """End a note before its time, or one that has none.

    Raises:
        Refusal: it is over already, or the reason is missing; nothing was written.
        StoreError: nothing was written.
    """
    now, words = desk.clock.now(), _line(reason)
    _change(desk, lambda notes: ended(notes, note_id, now, desk.actor, words), new=0, over_now=1)


def notes_at(desk: Desk, place: str) -> Notes:
    """The notes of a household that stand now, however its place is spelt."""
    return standing(desk.household_notes.at(place), desk.clock.now())


def noted_homes(desk: Desk, kinds: Collection[str]) -> tuple[NotedHome, ...]:
    """The homes with a note of these kinds that stands now, by their places."""
    if not kinds:
        return ()
    notes = standing(desk.household_notes.known(), desk.clock.now())
    found = [
        NotedHome(each, desk.lists.household(each.place).household)
        for each in notes
        if each.kind in kinds
    ]
    return tuple(sorted(found, key=lambda home: home.note.place))


def noted_here(desk: Desk, place: str) -> NotedHere:
    """What is noted on a household, and what a class of case may ask after on the estate."""
    asked: dict[str, frozenset[NoteKind]] = {}
    for card in readable_cards(desk.site):
        for category in card.categories if card.homes else ():
            asked[category] = asked.get(category, frozenset()) | set(card.homes)
    kinds = frozenset[NoteKind]().union(*asked.values())
    return NotedHere(notes_at(desk, place), noted_homes(desk, kinds), asked)


def homes_of_case(desk: Desk, case: Case) -> tuple[NotedHome, ...]:
    """The homes to look after on the whole estate because of what a case is about."""
    cards = readable_cards(desk.site)
    kinds = {
        kind
        for card in cards
        if card.id == case.emergency_kind or (case.category and case.category in card.categories)
        for kind in card.homes
    }
    return noted_homes(desk, kinds)


def read_notes(desk: Desk, place: str = "") -> HouseholdNotesReport:
    """Every note, or those of one household: what stands and what is over.

    Raises:
        Refusal: the list cannot be read.
    """
    now, site = desk.clock.now(), desk.site.site.name
    notes = desk.household_notes.every()
    if place:
        here = desk.household_notes.spelt(registered_place(desk, place))
        notes = tuple(each for each in notes if each.place in here)

    def homes(some: Notes) -> tuple[NotedHome, ...]:
        return tuple(NotedHome(each, desk.lists.household(each.place).household) for each in some)

    in_order = tuple(sorted(standing(notes, now), key=lambda each: each.place))
    zone = desk.site.calendar.tz
    return HouseholdNotesReport(site, zone, now, homes(in_order), homes(over(notes, now)))
