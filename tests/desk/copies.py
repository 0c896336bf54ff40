"""A site of which copies were shipped once, or edited; and its desk, opened again and again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dispatcher_tui import bootstrap
from dispatcher_tui.bootstrap import create_site
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.site.settling import (
    Settlement,
    asks,
    settle,
)
from dispatcher_tui.desk.site.setup import Setup
from dispatcher_tui.desk.together import Signing
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.events import Adopted
from dispatcher_tui.domain.record.watch_events import DeskSigned
from dispatcher_tui.paths import Paths
from dispatcher_tui.site import renewal
from dispatcher_tui.site.renewal import sha256_of
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from tests.desk.heads import add_head
from tests.domain.support import local
from tests.tui.support import SetClock

HEAD, PIN = "陈志强", "864257"
PROCEDURE, LAYER = "procedures/estate-dispatch.toml", "emergency.toml"
GAS, CLASSES = "emergency/gas_smell.toml", "categories.toml"
MINE = "# 本站另加\n"
OLDER = [PROCEDURE, LAYER, GAS, CLASSES]
"""A copy of every kind."""

OLD_EMERGENCY = """
[[rule]]
id = "E-02"
title = { zh = "旧", en = "Old" }
source = "000"

[[level]]
id = "alarm"
label = { zh = "旧紧急", en = "Old emergency" }
rule = "E-02"
facts = ["fire"]
emergency = true
urgent = true

[[clock]]
rule = "E-02"
label = { zh = "旧钟", en = "Old clock" }
when = { levels = ["alarm"] }
starts = "opened"
due = "1min"
until = "reported"
do = "emergency"

"""
"""What a procedure's file said of emergencies before there was a layer under it."""


def made(folder: Path, procedure: str = "estate-dispatch") -> Paths:
    """A site with its database, just made."""
    paths = Paths(folder / "site", folder / "site" / "desk.sqlite3")
    create_site(paths, Setup("翠湖花园", "Asia/Shanghai", procedure), at_desk=True)
    return paths


@contextmanager
def opened(paths: Paths, at: str = "2026-11-18 07:00") -> Iterator[Desk]:
    with bootstrap.open_desk(paths, clock=SetClock(local(at)), actor="李建国") as desk:
        yield desk


def put(paths: Paths, name: str, text: str) -> None:
    (paths.site / name).write_text(text, encoding="utf-8", newline="\n")


def shipped(name: str) -> str:
    return read_text(data_dir() / name)


def mine(name: str) -> str:
    return shipped(name) + MINE


def once(monkeypatch: pytest.MonkeyPatch, *texts: tuple[str, str]) -> None:
    """As if these texts had been shipped once."""
    known = renewal.versions()
    for name, text in texts:
        known = {**known, name: (*known.get(name, ()), sha256_of(text))}
    monkeypatch.setattr(renewal, "versions", lambda: known)


def signed(desk: Desk) -> list[DeskSigned]:
    entries = (line.entry.event for line in desk.store.book("desk_signed"))
    return [event for event in entries if isinstance(event, DeskSigned)]


def adopted(desk: Desk) -> list[str]:
    entries = (line.entry.event for line in desk.store.book("adopted"))
    return [event.name for event in entries if isinstance(event, Adopted)]


def by_pin(desk: Desk, take: bool = False) -> Settlement:
    if all(each.name != HEAD for each in desk.store.operators()):
        add_head(desk, HEAD, asks(desk).role, PIN)
    return Settlement(take, Signing(HEAD, PIN))


def refused(desk: Desk, found: renewal.EditedFile, settlement: Settlement) -> str:
    with pytest.raises(Refusal) as caught:
        settle(desk, found, settlement)
    return caught.value.code


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A site with its database, just made."""
    return made(tmp_path)
