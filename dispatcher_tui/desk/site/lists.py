"""``site import``: the register of units, the roster and the rota, from whatever file they come in.

First what would become of the lists in force, then, where that is wanted, the taking over.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

import msgspec

from dispatcher_tui.desk.adoption import adopt_people, adopt_rota, adopt_units
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.names_in_force import names_in_force
from dispatcher_tui.desk.site.rota_lists import read_rota_lists
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.site.list_change import ListChange, roster_change, unit_change
from dispatcher_tui.domain.words.people import Household, Person
from dispatcher_tui.domain.words.text import fold
from dispatcher_tui.site.lists.list_heads import GROUPS, UNITS
from dispatcher_tui.site.lists.list_reading import (
    Incoming,
    ListError,
    put_together,
    read_lists,
)
from dispatcher_tui.site.lists.list_words import ListWords
from dispatcher_tui.site.lists.rota_heads import ROTA
from dispatcher_tui.site.problems import SiteError, SiteProblem
from dispatcher_tui.site.recorded import LISTS
from dispatcher_tui.store.store import Store

_EVERY = 10_000_000

LIST_FORMS = (".xlsx", ".csv", ".xls")
"""How the files end that are offered; an old workbook is, so that its message says what to do."""


ReadLists: TypeAlias = list[Incoming]
"""Lists as they were read from files, to be compared with those in force."""

ListsRefused: TypeAlias = SiteError
"""What keeps lists from being taken over."""


class ListPreview(msgspec.Struct, frozen=True):
    """A list that was read, and what it does to the one in force."""

    incoming: Incoming
    change: ListChange


def list_words(desk: Desk) -> ListWords:
    """What the site's roles and groups are called, for a list that has labels and no ids."""
    labels = names_in_force(desk).roles
    roles = {fold(text): role for role, label in labels.items() for text in (label.zh, label.en)}
    routes = {route for category in desk.site.categories for route in category.routes}
    known = routes | {group for scene in desk.site.layer.scenes for group in scene.groups}
    groups = {
        fold(text): group
        for group, names in GROUPS.items()
        if group in known
        for text in names.split()
        if text not in routes
    }
    other = set(desk.site.layer.roles)
    with suppress(SiteError):  # A procedure that is not in force may be damaged.
        other.update(role for each in desk.site.procedures.values() for role in each.roles)
    return ListWords(roles, groups, frozenset(other), frozenset(known.union(GROUPS)))


def preview_lists(desk: Desk, paths: Sequence[Path]) -> list[ListPreview]:
    """What the lists in files would do; nothing is written.

    Raises:
        SiteError: one of the files cannot be used, or a list is empty; every problem of all of
            them is named.
    """
    return compared(desk, read_files(paths, list_words(desk)))


def read_files(paths: Sequence[Path], words: ListWords) -> list[Incoming]:
    """The lists in files, each kind as one; nothing is asked of the record, so that a large file
    can be read beside a desk at work.

    Raises:
        SiteError: as ``preview_lists``.
    """
    problems, found, whole = list[SiteProblem](), list[Incoming](), True
    for path in paths:
        try:
            found += read_lists(path, words)
        except SiteError as error:
            problems += error.problems
            found += error.rest if isinstance(error, ListError) else ()
            whole = whole and isinstance(error, ListError)
    lists = [each for each in found if each.what != ROTA]
    if not problems:
        problems += _empty(lists)
    if problems:
        raise ListError(problems, _rest(lists) if whole else ())
    return [*put_together(lists), *(each for each in found if each.what == ROTA)]


def _rest(lists: Sequence[Incoming]) -> list[Incoming]:
    """What the sound rows say together; nothing where they contradict each other."""
    try:
        return put_together(lists)
    except SiteError:
        return []


def rest_of(desk: Desk, error: SiteError) -> list[ListPreview]:
    """What the sound rows would do where others are refused; it is shown, never taken over."""
    rest = error.rest if isinstance(error, ListError) else ()
    return [ListPreview(each, _change(desk, each)) for each in rest]


def read_or_refused(
    paths: Sequence[Path], words: ListWords
) -> tuple[list[Incoming], SiteError | None]:
    """The same for a screen: the lists, or what keeps them from being taken over."""
    try:
        return read_files(paths, words), None
    except SiteError as error:
        return [], error


def compared(desk: Desk, lists: Iterable[Incoming]) -> list[ListPreview]:
    """What lists would do to those in force; nothing is written.

    Raises:
        SiteError: a rota's rows are refused: it goes by the roster, the one beside it first.
    """
    every = list(lists)
    rotas = [each for each in every if each.what == ROTA]
    others = [each for each in every if each.what != ROTA]
    previews = [ListPreview(each, _change(desk, each)) for each in others]
    return [*previews, ListPreview(*read_rota_lists(desk, rotas, others))] if rotas else previews


def compared_or_refused(
    desk: Desk, lists: Iterable[Incoming]
) -> tuple[list[ListPreview], tuple[SiteProblem, ...]]:
    """The same for a screen, as ``read_or_refused``."""
    try:
        return compared(desk, lists), ()
    except SiteError as error:
        return [], tuple(error.problems)


def offered_files(folder: Path) -> list[Path]:
    """The files that can be meant: those in the site's folder, then those on sticks, the newest
    first. The site's own lists are none of them: they are read when the desk starts."""
    found: dict[Path, float] = {}
    for place in (folder, *_sticks()):
        with suppress(OSError):
            for path in place.iterdir():
                if path.suffix.casefold() in LIST_FORMS and path.is_file():
                    found.setdefault(path, path.stat().st_mtime)
    newest = sorted(found, key=lambda path: (path.parent != folder, -found[path], path.name))
    return [path for path in newest if path.parent != folder or path.name not in LISTS]


def _sticks() -> list[Path]:
    """Where a stick lies that is put in, as the usual systems mount it."""
    if os.name == "nt":
        return [Path(f"{letter}:/") for letter in "DEFGHIJK"]
    tops = ("media/*", "media/*/*", "run/media/*/*", "mnt/*", "Volumes/*")
    return [each for top in tops for each in sorted(Path("/").glob(top))]


def _empty(lists: Iterable[Incoming]) -> list[SiteProblem]:
    """Lists without a line: nobody means them."""
    return [
        SiteProblem(each.file, "", "list_empty")
        for each in lists
        if not each.households and not each.people
    ]


def _change(desk: Desk, incoming: Incoming) -> ListChange:
    if incoming.what == UNITS:
        return unit_change(desk.store.unit_prefix("", _EVERY), incoming.households)
    at, zone = desk.clock.now(), desk.rules.calendar.tz
    in_force = desk.in_force.procedures
    return roster_change(desk.store.people(), incoming.people, in_force, at, zone)


def lists_in_force(store: Store) -> tuple[list[Household], list[Person]]:
    """The register of units and the roster as they were taken over last."""
    return store.unit_prefix("", _EVERY), store.people()


def take_over(desk: Desk, previews: Iterable[ListPreview], *, replace: bool = False) -> None:
    """Take the lists over, each as a whole.

    Raises:
        Refusal: one takes away so much that it has to be meant (``replace``); nothing was written.
    """
    lists = list(previews)
    if not replace and any(each.change.takes_away for each in lists):
        raise Refusal("list_takes_away")
    for each in lists:
        if each.incoming.what == UNITS:
            adopt_units(desk, list(each.incoming.households), each.incoming.text)
        elif each.incoming.what == ROTA:
            adopt_rota(desk, each.incoming.rota, each.incoming.text)
        else:
            adopt_people(desk, list(each.incoming.people), each.incoming.text)
