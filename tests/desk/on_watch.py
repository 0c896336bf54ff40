"""A desk with two who can sign, on a file that other programs can open too."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from argon2 import PasswordHasher

from dispatcher_tui.desk.adoption import adopt_people, adopt_site
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.operators import enter_operator
from dispatcher_tui.desk.watch.hand_over import FrozenSheet, HandOverSignature, draw_sheet
from dispatcher_tui.desk.watch.watchkeeping import sign_in
from dispatcher_tui.domain.record.sheet import CheckAnswer
from dispatcher_tui.domain.watch.check_questions import answered
from dispatcher_tui.paths import DATABASE
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from dispatcher_tui.store.record_types import Operator
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.tx import Tx
from tests.domain.support import local
from tests.tui.support import SetClock, small_site

WANG, LI, ZHOU = (
    HandOverSignature("王芳", "135792"),
    HandOverSignature("李建国", "246813"),
    HandOverSignature("周海涛", "8024"),
)
DAY = local("2026-11-18 07:00")


def open_desk(folder: Path, at: datetime, actor: str = "desk-1") -> Desk:
    """A desk on the file in ``folder``, which is made on first use."""
    if not (folder / DATABASE).exists():
        if (folder / "site").exists():
            _begin(folder, at, actor)
        else:
            shutil.copytree(_begun(at, actor)[1], folder, dirs_exist_ok=True)
    site = small_site(folder / "site")
    desk = Desk(Store.open(folder / DATABASE, ballast=0), SetClock(at), site, actor)
    adopt_site(desk, site)
    return desk


@lru_cache(maxsize=8)
def _begun(at: datetime, actor: str) -> tuple[TemporaryDirectory[str], Path]:
    """A site and its file as somebody adopted them then, laid out once: a desk that begins so is
    a copy of it."""
    made = TemporaryDirectory(prefix="begun-")
    _begin(Path(made.name), at, actor)
    return made, Path(made.name)


def _begin(folder: Path, at: datetime, actor: str) -> None:
    site = small_site(folder / "site")
    path = folder / DATABASE
    store = Store.create(path, site=site.site.name, desk=site.site.desk, ballast=0)
    with closing(store):
        desk = Desk(store, SetClock(at), site, actor)
        adopt_site(desk, site)
        roster = read_text(data_dir() / "demo" / "roster.csv")
        adopt_people(desk, parse_roster(roster), roster)
        store.transact(lambda tx: _put_operators(desk, tx))


def _put_operators(desk: Desk, tx: Tx) -> None:
    """They can sign; their PINs guard nothing and are hashed as lightly as the scheme allows."""
    light = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    for each in (WANG, LI, ZHOU):
        enter_operator(desk, tx, Operator(each.name, "dispatcher", light.hash(each.pin)))


def day_watch(folder: Path) -> Desk:
    """Wang Fang has the day watch, taken at 07:00 and planned to 19:00."""
    desk = open_desk(folder, DAY)
    sign_in(desk, WANG.name, WANG.pin)
    return desk


def clock_of(desk: Desk) -> SetClock:
    assert isinstance(desk.clock, SetClock)
    return desk.clock


def put(desk: Desk, at: str) -> Desk:
    """Set the clock to a moment of that site."""
    clock_of(desk).at = local(at)
    return desk


def all_answered(drawn: FrozenSheet) -> list[CheckAnswer]:
    """The three questions, each answered at once."""
    return [answered(each) for each in drawn.questions]


def drawn_at(desk: Desk, at: str) -> FrozenSheet:
    """The sheet as it is drawn at a moment."""
    return draw_sheet(put(desk, at))
