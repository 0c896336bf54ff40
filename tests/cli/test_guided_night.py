"""A guided night is kept where it was left, and taken up again at the time it was left at."""

from __future__ import annotations

import asyncio
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dispatcher_tui.cli.guided_night import LIES_IN, guided_session, kept_night
from dispatcher_tui.demo import estate
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.session import Session
from dispatcher_tui.domain.record.guided_steps import GuideMark, GuideStep
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.paths import DATABASE
from dispatcher_tui.store.errors import Owned
from dispatcher_tui.store.store import Store
from tests.tui import support

WORDS = Label("", "")
OPENED, NOTED = (
    GuideStep((), (), WORDS, WORDS, WORDS, done=(GuideMark(kind, "case"),))
    for kind in ("case_opened", "note_added")
)
STEPS = (OPENED, NOTED)


class Small:
    """A desk that was made and is to be let go of."""

    def __init__(self, store: Store) -> None:
        self.store = store


@pytest.fixture(autouse=True)
def small_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """The month of the demo takes seconds to live through; a night needs none of it."""

    def build(folder: Path, _now: datetime) -> Small:
        made = support._first_night("estate-dispatch")[1]
        shutil.copytree(made / "site", folder)
        shutil.copy(made / DATABASE, folder / DATABASE)
        return Small(Store.open(folder / DATABASE, ballast=0))

    monkeypatch.setattr(estate, "build_demo", build)


def leak(session: Session) -> None:
    """A case is opened in the night."""

    def job(desk: Desk) -> None:
        desk.open_case(Intake(place="3-2-1502", said="漏水"))

    asyncio.run(session.run_on_desk(job))


def open_cases(session: Session) -> int:
    """How many there are."""
    return session.desk.store.counts(session.now(), session.now()).open


def test_it_is_taken_up_a_minute_after_it_was_left_and_asked_for_anew_by_a_time(
    tmp_path: Path,
) -> None:
    with guided_session(tmp_path, STEPS) as (session, night):
        assert night.steps == STEPS
        assert set(night.pins.values()) >= {"2468"}
        leak(session)
        left = session.now()
    with guided_session(tmp_path, STEPS) as (session, again):
        assert again.began == night.began
        assert open_cases(session) == 1
        assert abs(session.now() - left - timedelta(minutes=1)) < timedelta(seconds=30)
    with guided_session(tmp_path, STEPS, "23:00") as (session, another):
        assert open_cases(session) == 0
        assert another.began != night.began


def test_a_night_that_is_walked_to_its_end_is_not_taken_up(tmp_path: Path) -> None:
    with guided_session(tmp_path, (OPENED,)) as (session, _night):
        leak(session)
    assert kept_night(tmp_path, STEPS) is not None
    assert kept_night(tmp_path, (OPENED,)) is None
    with guided_session(tmp_path, (OPENED,)) as (session, _night):
        assert open_cases(session) == 0


@pytest.mark.parametrize("broken", ["began.txt", f"site/{DATABASE}"])
def test_what_cannot_be_read_is_made_anew(tmp_path: Path, broken: str) -> None:
    with guided_session(tmp_path, STEPS) as (session, _night):
        leak(session)
    (tmp_path / LIES_IN / broken).write_bytes(b"nonsense")
    with guided_session(tmp_path, STEPS) as (session, _night):
        assert open_cases(session) == 0


def test_two_at_once_are_told_that_there_is_one(tmp_path: Path) -> None:
    with guided_session(tmp_path, STEPS), pytest.raises(Owned), guided_session(tmp_path, STEPS):
        pytest.fail("the second one came up")
