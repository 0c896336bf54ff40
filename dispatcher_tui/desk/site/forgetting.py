"""A household is forgotten: out of the lists of persons, and out of every text kept of them.

The list in force is adopted without it first; then each older text that has it is deleted against
an entry of its own. What was said in cases stays for as long as cases are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from dispatcher_tui.desk.adoption import adopt_fees, adopt_notes, adopt_units
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.site.backups import FOLDER, copies
from dispatcher_tui.desk.site.household_drafts import DraftDeleted, drafts_about, speaks_of
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.events import Adopted, BackupMade
from dispatcher_tui.domain.record.record_events import TextDeleted
from dispatcher_tui.domain.site.household_notes import holds_place, without_places
from dispatcher_tui.domain.site.person_lists import PERSON_LISTS
from dispatcher_tui.domain.watch.handouts import HANDOUT, text_of
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.domain.words.people import Household
from dispatcher_tui.domain.words.place import normalise_place, other_zeros
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.site.lists.list_reading import read_lists
from dispatcher_tui.site.lists.units import has_place, parse_units, without_place
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.store.backup import COMPANIONS
from dispatcher_tui.store.errors import StoreError
from dispatcher_tui.store.record_types import AdoptedText, Draft
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx

_STAMP = re.compile(r"\d{8}T\d{6}")
_EVERY = -1
_ASKING = "ForgetScreen:"
"""The form in which the household is named that is to be forgotten: it goes without being told."""
UNITS = "units.csv"
"""The site's own file that a register of units is written in."""


class _HouseholdList(NamedTuple):
    """A list of persons that goes by households: how one is found, and the list adopted without
    those of some places."""

    what: str
    holds: Callable[[str, Collection[str]], bool]
    leave_out: Callable[[Desk, AdoptedText, Collection[str]], None]


def _units_without(desk: Desk, text: AdoptedText, places: Collection[str]) -> None:
    left = without_place(text.text, places)
    adopt_units(desk, parse_units(left), left)


def _notes_without(desk: Desk, text: AdoptedText, places: Collection[str]) -> None:
    try:
        adopt_notes(desk, without_places(text.text, places))
    except msgspec.DecodeError as error:
        raise Refusal("household_notes_unfit") from error


def _fees_without(desk: Desk, text: AdoptedText, places: Collection[str]) -> None:
    """Room and amount stay on the list, which has them from its entries: who lives there goes."""
    left = without_place(text.text, places)
    adopt_fees(desk, text.name, max(0, left.count("\n") - 1), left)


_LISTS = (
    _HouseholdList("units", has_place, _units_without),
    _HouseholdList("notes", holds_place, _notes_without),
    _HouseholdList("fees", has_place, _fees_without),
)
"""Every list that a household can stand in; one that is added here is forgotten like the others."""


def _handouts_about(
    store: Store | Tx, places: Collection[str], homes: Collection[Household]
) -> list[AdoptedText]:
    """The texts of the handout book that speak of a household; one that cannot be read is looked
    into as it is. They are in force nowhere, and are deleted like older texts."""
    found = []
    for kept in store.older_texts(HANDOUT):
        text = text_of(kept.text)
        words = text.words() if text is not None else (kept.text,)
        if any(speaks_of(word, places, homes) for word in words):
            found.append(kept)
    return found


class HoldingCopy(NamedTuple):
    """A copy of the record that has the household still, or cannot be looked into."""

    path: Path
    at: datetime | None


class Held(msgspec.Struct, frozen=True):
    """Where a household stands: in the lists in force, and in so many older texts.

    ``cases`` are those at its place, which keep what was said. ``chain`` are the early entries
    that have a list's text in them, which nothing can take out. ``drafts`` is how many unfinished
    forms speak of it.
    """

    place: str
    listed: bool
    residents: int
    texts: int
    cases: int
    chain: tuple[int, ...] = ()
    drafts: int = 0


class Forgotten(msgspec.Struct, frozen=True):
    """What was done, and what is left for somebody to do.

    ``copies`` lie in the site's own folder; ``elsewhere`` is from when to when others were made.
    ``file``: the site's own file has it. ``drafts`` are the unfinished forms that spoke of it and
    were deleted. ``traces`` is why the file's old bytes could not be
    overwritten, None where they were.
    """

    held: Held
    copies: tuple[HoldingCopy, ...] = ()
    elsewhere: tuple[datetime, datetime] | None = None
    file: bool = False
    drafts: tuple[DraftDeleted, ...] = ()
    traces: Failure | None = None


def _names(desk: Desk, typed: str) -> tuple[str, frozenset[str]]:
    """The place as the lists have it, and every way to spell it."""
    wanted = normalise_place(clean_text(typed, multiline=False).text)
    found = desk.store.unit(wanted) if wanted else None
    place = found.place if found is not None else wanted
    return place, frozenset((place, *other_zeros(place))) if place else frozenset()


def _in_force(store: Store | Tx, what: str) -> list[AdoptedText]:
    found = (store.adopted(what, name) for name in store.adopted_names(what))
    return [each for each in found if each is not None]


def early_lists(store: Store) -> Iterator[tuple[int, Adopted]]:
    """The entries of an older version that have the text of a list of persons in them."""
    for line in store.book("adopted"):
        event = line.entry.event
        if isinstance(event, Adopted) and event.what in PERSON_LISTS and event.text:
            yield line.entry.seq, event


def held(desk: Desk, typed: str) -> Held:
    """Where the household of a place stands, however it is spelt.

    Raises:
        Refusal: no list has it, none that is kept had it, and no unfinished form speaks of it.
    """
    store = desk.store
    place, names = _names(desk, typed)
    listed = texts = 0
    chain: list[int] = []
    for each in _LISTS:
        listed += sum(each.holds(text.text, names) for text in _in_force(store, each.what))
        texts += sum(each.holds(text.text, names) for text in store.older_texts(each.what))
        chain += [
            seq
            for seq, event in early_lists(store)
            if event.what == each.what and each.holds(event.text, names)
        ]
    drafts = len(_speaking(store, names))
    texts += len(_handouts_about(store, names, _homes(store, names)))
    if not (listed or texts or chain or drafts):
        raise Refusal("no_household", place=place or typed)
    home = store.unit(place)
    residents = len(home.residents) if home is not None else 0
    cases = len(store.at_place(place, _EVERY))
    return Held(place, bool(listed), residents, texts, cases, tuple(chain), drafts)


def _speaking(kept: Store | Tx, places: Collection[str]) -> list[Draft]:
    """The unfinished forms that speak of a household, but for the one in which it is asked."""
    found = drafts_about(kept.drafts(), places, _homes(kept, places))
    return [each for each in found if not each.id.startswith(_ASKING)]


def _homes(tx: Store | Tx, places: Collection[str]) -> list[Household]:
    """The household as any list of units that is kept has it; one that cannot be read is passed."""
    found = []
    for text in (*_in_force(tx, "units"), *tx.older_texts("units")):
        with suppress(SiteError):
            found += [home for home in parse_units(text.text) if home.place in places]
    return found


def _drop_drafts(tx: Tx, places: Collection[str]) -> tuple[DraftDeleted, ...]:
    """Delete every unfinished form that speaks of the household, also one on a case that stays."""
    found = drafts_about(tx.drafts(), places, _homes(tx, places))
    told = []
    for draft in found:
        tx.drop_draft(draft.id)
        line = tx.line(draft.id.rpartition(":")[2])
        told.append(DraftDeleted(draft.id, line.number if line is not None else ""))
    return tuple(each for each in told if not each.id.startswith(_ASKING))


def _take_out(
    desk: Desk, tx: Tx, place: str, names: frozenset[str]
) -> tuple[int, tuple[DraftDeleted, ...]]:
    """Adopt each list without the household, then delete every older text of it that has it, and
    the unfinished forms."""
    deleted, own = 0, frozenset(tx.same_home(place))
    drafts, spoken = _drop_drafts(tx, own), _handouts_about(tx, names, _homes(tx, own))
    for each in _LISTS:
        for text in _in_force(tx, each.what):
            if each.holds(text.text, own):
                each.leave_out(desk, text, own)
        for text in tx.older_texts(each.what):
            if each.holds(text.text, names):
                desk.note_in(tx, TextDeleted(sha256=text.sha256, what=text.what, name=text.name))
                tx.delete_text(text.sha256)
                deleted += 1
    for text in spoken:
        desk.note_in(tx, TextDeleted(sha256=text.sha256, what=text.what, name=text.name))
        tx.delete_text(text.sha256)
    return deleted + len(spoken), drafts


def forget(desk: Desk, typed: str) -> Forgotten:
    """Forget the household of a place, in one transaction; then its traces in the file.

    The file is written anew for that, which takes seconds where it is large.

    Raises:
        Refusal: no list has it, a list cannot be read any more, or this is a drill; nothing was
            changed.
        StoreError: nothing was changed.
    """
    if desk.scratch:
        raise Refusal("forget_in_drill")
    try:
        found = held(desk, typed)
    except Refusal:
        # It was forgotten before, and the disk had no room then to overwrite its traces.
        if desk.store.last_of("text_deleted") is not None:
            desk.store.clear_traces()
        raise
    place, names = _names(desk, found.place)
    since, homes = _first_adopted(desk.store), _homes(desk.store, names)
    try:
        deleted, drafts = desk.store.transact(lambda tx: _take_out(desk, tx, place, names))
    except SiteError as error:
        raise Refusal("list_unfit", file=error.problems[0].file) from error
    traces: Failure | None = None
    try:
        desk.store.clear_traces()
    except StoreError as error:
        traces = error
    holding = tuple(_holding(desk, names, homes))
    return Forgotten(
        msgspec.structs.replace(found, texts=deleted),
        holding,
        _elsewhere(desk, since),
        _file_has(desk, names),
        drafts,
        traces,
    )


def _first_adopted(store: Store) -> datetime | None:
    """Since when there has been a list that a household can stand in."""
    whats = {each.what for each in _LISTS}
    for line in store.book("adopted"):
        event = line.entry.event
        if isinstance(event, Adopted) and event.what in whats:
            return line.entry.recorded_at
    return None


def _copies_here(desk: Desk) -> list[Path]:
    """The site's own copies, and the files that a restore put aside."""
    path = desk.store.path
    aside = [
        each
        for each in path.parent.glob(f"{path.name}.replaced-*")
        if not each.name.endswith(COMPANIONS)
    ]
    return [*copies(desk.site.folder / FOLDER), *sorted(aside)]


def _holding(
    desk: Desk, names: frozenset[str], homes: Collection[Household]
) -> Iterator[HoldingCopy]:
    """Those of the copies that lie here which have the household, or do not open."""
    for path in _copies_here(desk):
        stamp = _STAMP.search(path.name)
        at = datetime.strptime(stamp[0], "%Y%m%dT%H%M%S").replace(tzinfo=UTC) if stamp else None
        try:
            store = Store.open(path, read_only=True)
        except StoreError:
            yield HoldingCopy(path, at)
            continue
        try:
            texts = [
                (each, text)
                for each in _LISTS
                for text in (*_in_force(store, each.what), *store.older_texts(each.what))
            ]
            listed = any(each.holds(text.text, names) for each, text in texts)
            if listed or _handouts_about(store, names, homes):
                yield HoldingCopy(path, at)
        except StoreError:
            yield HoldingCopy(path, at)
        finally:
            store.close()


def _elsewhere(desk: Desk, since: datetime | None) -> tuple[datetime, datetime] | None:
    """From when to when copies were made that do not lie here, as the record knows of them."""
    here = {path.name for path in _copies_here(desk)}
    made = [
        entry.recorded_at
        for entry in desk.store.all_of("backup_made")
        if isinstance(entry.event, BackupMade)
        and entry.event.file not in here
        and since is not None
        and entry.recorded_at >= since
    ]
    return (min(made), max(made)) if made else None


def _file_has(desk: Desk, names: frozenset[str]) -> bool:
    """Whether the site's own file would bring the household back when it is taken over again."""
    try:
        lists = read_lists(desk.site.folder / UNITS)
        return any(has_place(each.text, names) for each in lists if each.households)
    except SiteError:
        return False
