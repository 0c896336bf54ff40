"""What a site and its desk stand on, judged: for ``site check`` and ``doctor``."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from dispatcher_tui.bootstrap import open_record, wall_clock
from dispatcher_tui.paths import Paths

if TYPE_CHECKING:
    from dispatcher_tui.desk.site.doctor import Finding
    from dispatcher_tui.domain.words.people import Person
    from dispatcher_tui.site.problems import SiteProblem
    from dispatcher_tui.site.recorded import Recorded


class Judged(NamedTuple):
    """What is wrong with a site, and what soon will be."""

    problems: tuple[SiteProblem, ...]
    warnings: tuple[SiteProblem, ...]


def judge_site(paths: Paths) -> Judged:
    """Everything wrong with a site's files; the roster is the one taken over, else the file."""
    from dispatcher_tui.cli.names import site_texts
    from dispatcher_tui.desk.adoption import recorded
    from dispatcher_tui.desk.emergency.reachability import dead_of
    from dispatcher_tui.desk.site.adopted_lists import AdoptedLists
    from dispatcher_tui.desk.site.left_over import cases_left
    from dispatcher_tui.site.check import ROSTER, check, judge_copies, judge_tonight, warn
    from dispatcher_tui.site.lists.list_reading import read_roster
    from dispatcher_tui.site.problems import SiteError
    from dispatcher_tui.site.recorded import list_faults
    from dispatcher_tui.store.errors import StoreError

    now = wall_clock().now()
    people: list[Person] = []
    silent: list[SiteProblem] = []
    settled: list[str] = []
    left: list[SiteProblem] = []
    kept = None
    # Without a record, or with one that cannot be read, the files are judged by themselves.
    with suppress(StoreError), open_record(paths) as record:
        lists = AdoptedLists(record.store, lambda: (now, record.zone))
        people = list(lists.people())
        silent = judge_tonight(people, now, record.zone, dead_of(record.store, now, record.zone))
        settled = [each.subject for each in record.store.post().sign_offs]
        kept = recorded(record.store)
        if (texts := site_texts(record, paths)) is not None:
            left = cases_left(record, [each.id for each in texts.in_force])
    found = list_faults(paths.site, kept)
    if not people:
        try:
            people = read_roster(paths.site / ROSTER)
        except SiteError as error:
            found += (each for each in error.problems if each not in found)
    today = now.astimezone().date()
    problems = (*found, *check(paths.site, people, today))
    notes = (*left, *warn(paths.site, people, today), *silent)
    notes += tuple(judge_copies(paths.site, settled))
    return Judged(problems, notes)


def examine(paths: Paths, *, ask: bool) -> list[Finding]:
    """What the desk stands on; with ``ask`` the operator presses the F-keys."""
    from dispatcher_tui.cli.console import terminal_findings
    from dispatcher_tui.desk.site import doctor

    now = wall_clock().now()
    store = doctor.open_or_none(paths.db)
    try:
        kept = doctor.in_force(store)
        found = [*terminal_findings()]
        if found[0].health is not doctor.Health.UNKNOWN:
            found.append(_width(asked=ask))
            found.append(_look(paths, doctor.remembered_look(store), kept))
        found += [doctor.sqlite_finding(), doctor.disk_finding(paths.db)]
        found.append(doctor.files_finding(paths.site, paths.db, record=kept))
        found += doctor.record_findings(paths.db, store, now)
        if store is not None:
            found += doctor.leave_findings(paths.site, store, kept)
        site = doctor.site_findings(paths.site, now, kept)
    finally:
        if store is not None:
            store.close()
    found += site
    if site[0].health is doctor.Health.GOOD:
        found.append(doctor.roster_finding(len(judge_site(paths).problems)))
    if ask:
        found.append(_keys(paths, kept=store is not None))
    return found


def _width(*, asked: bool) -> Finding:
    from dispatcher_tui.cli.terminal_width import ambiguous_cells
    from dispatcher_tui.desk.site import doctor

    # What is written for it would stand among the data where nobody looks at a terminal.
    cells = ambiguous_cells(os.environ.get("TERM", "")) if asked else None
    return doctor.width_finding(cells)


def _look(paths: Paths, remembered: str, kept: Recorded | None) -> Finding:
    from dispatcher_tui.desk.site import doctor
    from dispatcher_tui.domain.words.looks import choice_of
    from dispatcher_tui.tui.run import for_this_start, look_worn, terminal_reason

    site = doctor.look_of_site(paths.site, kept)
    wish, by = choice_of(for_this_start(), remembered, site)
    return doctor.look_finding(look_worn(wish), by, terminal_reason())


def _keys(paths: Paths, *, kept: bool) -> Finding:
    """The F-keys, pressed; what was found is ``kept`` where there is a record to keep it in."""
    from dispatcher_tui.desk.site import doctor
    from dispatcher_tui.desk.swallowed_keys import remember_swallowed
    from dispatcher_tui.store.errors import StoreError
    from dispatcher_tui.store.store import Store
    from dispatcher_tui.tui.run import try_keys

    missing = try_keys()
    if missing is not None and kept:
        with suppress(StoreError):  # a file that may only be read is told of by its own finding
            store = Store.open(paths.db)
            try:
                remember_swallowed(store, missing)
            finally:
                store.close()
    return doctor.keys_finding(missing)
