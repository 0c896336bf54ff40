"""``site import``: the register of units, the roster and the rota, from whatever file they come in.

First what would become of the lists in force, then, where that is wanted, the taking over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from dispatcher_tui.desk.adoption import adopt_people, adopt_rota, adopt_units
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.site.rota_lists import read_rota_lists
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.site.list_change import ListChange, roster_change, unit_change
from dispatcher_tui.domain.words.people import Household, Person
from dispatcher_tui.domain.words.text import fold
from dispatcher_tui.site.list_heads import GROUPS, UNITS
from dispatcher_tui.site.list_reading import Incoming, ListWords, put_together, read_lists
from dispatcher_tui.site.problems import SiteError, SiteProblem
from dispatcher_tui.site.rota_heads import ROTA
from dispatcher_tui.store.store import Store

_EVERY = 10_000_000


class ListPreview(msgspec.Struct, frozen=True):
    """A list that was read, and what it does to the one in force."""

    incoming: Incoming
    change: ListChange


def list_words(desk: Desk) -> ListWords:
    """What the site's roles and groups are called, for a list that has labels and no ids."""
    labels = desk.site.procedure.roles
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
    return ListWords(roles, groups)


def preview_lists(desk: Desk, paths: Sequence[Path]) -> list[ListPreview]:
    """What the lists in files would do; nothing is written.

    Raises:
        SiteError: one of the files cannot be used, or a list is empty; every problem of all of
            them is named.
    """
    words, problems = list_words(desk), list[SiteProblem]()
    found: list[Incoming] = []
    for path in paths:
        try:
            found += read_lists(path, words)
        except SiteError as error:
            problems += error.problems
    rotas = [each for each in found if each.what == ROTA]
    found = [each for each in found if each.what != ROTA]
    problems += _empty(found)
    rota = None
    try:
        rota = read_rota_lists(desk, rotas, found) if rotas else None
    except SiteError as error:
        problems += error.problems
    if problems:
        raise SiteError(problems)
    previews = [ListPreview(each, _change(desk, each)) for each in put_together(found)]
    return [*previews, ListPreview(*rota)] if rota else previews


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
    old, rules = desk.store.people(), desk.rules
    at, zone = desk.clock.now(), rules.calendar.tz
    return roster_change(old, incoming.people, rules.procedure, at, zone)


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
