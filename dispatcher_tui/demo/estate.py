"""The demo: a believable estate whose last month is lived through by the program's own commands.

Nothing is written past the rules: every step of the script goes the way a key press goes, only
under a clock that is put forward from one to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from dispatcher_tui.demo.accounts import demo_accounts
from dispatcher_tui.demo.handouts import handout_scenes, put_handouts_in_force
from dispatcher_tui.demo.lived_month import ZONE, LivedMonth, StoryClock, length, story_scenes
from dispatcher_tui.demo.rounds import AGO, put_rounds_in_force, round_scenes
from dispatcher_tui.demo.script import Script
from dispatcher_tui.desk.adoption import adopt_people, adopt_rota, adopt_site, adopt_units
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.operators import enter_operator
from dispatcher_tui.desk.site.rota_lists import read_rota_lists
from dispatcher_tui.domain.time.when import WhenError, parse_past, parse_promise
from dispatcher_tui.paths import DATABASE
from dispatcher_tui.site.lists.list_reading import read_lists
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.lists.units import parse_units
from dispatcher_tui.site.load import SiteData, load
from dispatcher_tui.site.rounds import parse_rounds
from dispatcher_tui.site.scaffold import scaffold
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.texts import ROUNDS, SITE
from dispatcher_tui.site.toml_text import parse_toml, read_text
from dispatcher_tui.store.record_types import Operator
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx

ROSTER, OFFICE = "roster.csv", "office.csv"
"""The people of the estate, and those who hold the offices of the demo's further procedures."""

ROTA = "rota.csv"
"""The demo's rota, in the form it would hang on a wall in."""

PAPERS_BEFORE = 100
"""Papers that went out before the month that is lived through."""

_YEARS = (2000, 2099)


def _put_accounts(tx: Tx, desk: Desk) -> None:
    """The demo's PINs guard nothing, so they are hashed as lightly as the scheme allows."""
    from argon2 import PasswordHasher

    light = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    for account in demo_accounts():
        operator = Operator(account.name, account.role, light.hash(account.pin))
        enter_operator(desk, tx, operator)


def _put_in_force(folder: Path, ids: Sequence[str]) -> SiteData:
    """The demo's settings name these procedures from now on."""
    file = folder / SITE
    lines = file.read_text("utf-8").splitlines(keepends=True)
    names = ", ".join(f'"{each}"' for each in ids)
    told = "# 并用的规程, 第一个为主 / in force together, the first is the default"
    text = "".join(
        f"procedures = [{names}]   {told}\n" if line.startswith("procedure ") else line
        for line in lines
    )
    file.write_text(text, encoding="utf-8", newline="\n")
    return load(folder, lazy=True)


def _put_watch_in_force(folder: Path) -> SiteData:
    """What the demo's watch keeps from now on: its rounds, its handout book."""
    put_handouts_in_force(folder)
    return put_rounds_in_force(folder)


def _live(desk: Desk, clock: StoryClock, script: Script, now: datetime) -> None:
    """The month, in one transaction."""
    with desk.store.write() as tx:
        _put_accounts(tx, desk)
        month = LivedMonth(desk, tx, clock, script, now)
        folder, ids = desk.site.folder, script.procedures.ids
        changes: list[tuple[datetime, Callable[[], SiteData]]] = [
            (now - AGO, lambda: _put_watch_in_force(folder)),
            (now - length(script.procedures.ago), lambda: _put_in_force(folder, ids)),
        ]
        plans = parse_rounds(read_text(folder / ROUNDS)).rounds
        people = list(tx.people())
        rounds = round_scenes(plans, desk.rules.calendar, people, now)
        kept = (*rounds, *handout_scenes(people, now))
        for _number in range(PAPERS_BEFORE):
            tx.next_slip(desk.site.site.slip_prefix, desk.site.site.slip_digits)
        for scene in story_scenes(script, now, kept):
            while changes and changes[0][0] <= scene.at:
                at, change = changes.pop(0)
                month.go_to(at)
                month.put_in_force(change())
            month.play(scene)
        month.go_to(now)


def demo_time(text: str, now: datetime) -> datetime:
    """The moment the demo's clock is to be set to, past or to come, in the demo's own zone.

    Raises:
        WhenError: the text is no time.
    """
    zone = ZoneInfo(ZONE)
    try:
        return _plausible(parse_past(text, now, zone))
    except WhenError as error:
        if error.code != "future":
            raise
    try:
        return parse_promise(text, now, zone)
    except WhenError as error:
        if error.code != "far":
            raise
    return _plausible(parse_past(text, datetime(_YEARS[1] + 1, 1, 1, tzinfo=zone), zone))


def _plausible(at: datetime) -> datetime:
    if not _YEARS[0] <= at.year <= _YEARS[1]:
        raise WhenError("nonsense")
    return at


def _site_folder(folder: Path) -> None:
    """The demo's own site: what ``init`` lays out, with the demo's settings and lists."""
    given = parse_toml(read_text(data_dir() / "demo" / SITE), SITE)["site"]
    scaffold(folder, name=given["name"], procedure=given["procedure"], zone=given["zone"])
    for name in (SITE, "units.csv", ROSTER, ROTA):
        text = read_text(data_dir() / "demo" / name)
        if name == ROSTER:
            text += read_text(data_dir() / "demo" / OFFICE)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def build_demo(folder: Path, now: datetime) -> Desk:
    """Make the demo in an empty folder: a site and a database whose last month ends at ``now``.

    The desk's clock stands at ``now`` (UTC); give it one that goes.
    """
    _site_folder(folder)
    site = load(folder, lazy=True)
    script = Script.read(read_text(data_dir() / "demo" / "history.toml"))
    begin = now - max(length(story.ago) for story in script.stories) - timedelta(hours=1)
    clock = StoryClock(begin)
    store = Store.create(folder / DATABASE, site=site.site.name, desk=site.site.desk, ballast=0)
    desk = Desk(store, clock, site, site.site.desk)
    adopt_site(desk, site)
    for name in ("units.csv", ROSTER):
        text = read_text(folder / name)
        if name == "units.csv":
            adopt_units(desk, parse_units(text), text)
        else:
            adopt_people(desk, parse_roster(text), text)
    rota, _change = read_rota_lists(desk, read_lists(folder / ROTA), ())
    adopt_rota(desk, rota.rota, rota.text)
    _live(desk, clock, script, now)
    return desk
