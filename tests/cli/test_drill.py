"""The ``drill`` command: who may run it, what it prints, what the record keeps of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from dispatcher_tui.bootstrap import open_desk, open_session, wall_clock
from dispatcher_tui.cli import drill as drilling
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency import drill
from dispatcher_tui.desk.emergency.emergency import open_emergency
from dispatcher_tui.desk.session import Session
from dispatcher_tui.domain.record.case import PendingEntry
from dispatcher_tui.domain.record.watch_events import DrillHeld
from dispatcher_tui.paths import DATABASE, Paths
from dispatcher_tui.store.errors import DiskFull
from dispatcher_tui.store.store import Store
from dispatcher_tui.tui import run as tui_run
from dispatcher_tui.tui.run import Left
from tests.cli.support import Run
from tests.tui.support import SetClock

IN_ORDER = Left(0, "")


@pytest.mark.parametrize("speed", ["0", "0.9", "60.5", "61", "-1", "nan", "inf", "fast"])
def test_no_drill_runs_that_fast(run: Run, site: Path, speed: str) -> None:
    done = run("drill", "--site", site, "--speed", speed)
    assert (done.code, done.out) == (2, "")
    assert "speed" in done.err


def test_without_a_terminal_it_asks_nothing(run: Run, site: Path) -> None:
    done = run("drill", "--site", site)
    assert (done.code, done.out) == (2, "")
    assert "terminal" in done.err


def _at_a_terminal(monkeypatch: pytest.MonkeyPatch, left: Left = IN_ORDER) -> list[str]:
    """Somebody sits at a terminal, presses F9 and 1 there, and leaves; the words of the mark."""
    marks: list[str] = []

    def show(session: Session, database: Path | None, banner: str, **words: str) -> Left:
        assert database is None
        marks.extend([banner, words["mark"], words["greeting"]])
        now = session.now()

        def night(desk: object) -> None:
            assert session.desk is desk
            session.desk.clock = SetClock(now + timedelta(seconds=1))
            open_emergency(session.desk, "fire")

        asyncio.run(session.run_on_desk(night))
        return left

    monkeypatch.setattr(drilling, "interactive", lambda: True)
    monkeypatch.setattr(tui_run, "run_tui", show)
    return marks


def kept(run: Run, site: Path) -> list[str]:
    return [e["kind"] for e in run("log", "--json", "--site", site).json]


def test_the_report_then_the_question_then_one_entry(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(run, site)
    marks = _at_a_terminal(monkeypatch)
    done = run("drill", "--site", site, "--speed", "60", stdin="?\n\n1\n")
    assert done.code == 0, done.err
    assert marks[:2] == ["DRILL", "DRILL"]
    assert drill.PIN in marks[2]
    assert all(line.startswith("DRILL ") for line in done.out.splitlines())
    assert done.err.count("1 yes, 2 no") == 3
    assert kept(run, site) == [*before, "drill_held"]
    assert run("verify", "--site", site).code == 0
    again = run("drill", "--site", site, "--json", stdin="2\n")
    assert again.json["drill"] is True
    assert again.json["last"]["speed"] == 60
    assert kept(run, site) == [*before, "drill_held"]


@pytest.mark.parametrize("answer", ["2\n", "２\n", ""])
def test_nothing_is_written_where_the_operator_does_not_want_it(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    before = kept(run, site)
    _at_a_terminal(monkeypatch)
    done = run("drill", "--site", site, stdin=answer)
    assert done.code == 0
    assert done.out
    assert "Nothing was written" in done.err
    assert kept(run, site) == before


def test_the_report_is_printed_though_the_record_cannot_be_written(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise DiskFull("no room")

    _at_a_terminal(monkeypatch)
    monkeypatch.setattr(drill, "write_drill", full)
    done = run("drill", "--site", site, stdin="1\n")
    assert done.code == 5
    assert "DRILL Report" in done.out
    assert done.err


def test_a_lost_terminal_is_no_drill(run: Run, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = kept(run, site)
    _at_a_terminal(monkeypatch, Left(129, ""))
    done = run("drill", "--site", site)
    assert (done.code, done.out) == (129, "")
    assert kept(run, site) == before


def test_the_question_is_asked_in_the_language_of_the_desk(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _at_a_terminal(monkeypatch)
    done = run("drill", "--site", site, "--lang", "zh", stdin="2\n")
    assert "演练 紧急演练报告" in done.out
    assert "是否写入记录" in done.err


FIRE = ("case", "open", "--place", "3-2-1502", "--category", "smoke_fire", "--fact", "fire")


def nobody_sits_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal, where no desk may open."""
    monkeypatch.setattr(drilling, "interactive", lambda: True)
    monkeypatch.setattr(tui_run, "run_tui", lambda *_a, **_k: pytest.fail("the desk opened"))


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "No drill while the real emergency {number} is open"), ("zh", "真实紧急 {number}")],
)
def test_it_is_refused_while_a_real_emergency_is_open(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch, terminal: bool, lang: str, words: str
) -> None:
    number = run(*FIRE, "--site", site, "--json").json["number"]
    before = kept(run, site)
    if terminal:
        nobody_sits_down(monkeypatch)
    done = run("drill", "--site", site, "--lang", lang)
    assert (done.code, done.out) == (1, "")
    assert words.format(number=number) in done.err
    assert kept(run, site) == before


def test_an_ordinary_case_refuses_nothing(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("case", "open", "--said", "漏水", "--site", site)
    _at_a_terminal(monkeypatch)
    assert run("drill", "--site", site, stdin="2\n").code == 0


def test_it_is_refused_when_one_came_while_the_copy_was_made(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number: list[str] = []
    prepare = drill.prepare

    def meanwhile(desk: Desk, speed: float) -> int:
        with open_desk(Paths(site, site / DATABASE)) as other:
            number.append(other.open_emergency("fire").case.number)
        return prepare(desk, speed)

    nobody_sits_down(monkeypatch)
    monkeypatch.setattr(drill, "prepare", meanwhile)
    done = run("drill", "--site", site)
    assert (done.code, done.out) == (1, "")
    assert f"No drill while the real emergency {number[0]} is open" in done.err


@pytest.mark.parametrize(
    ("lang", "named"), [("en", "9 Burst pipe, flooding (flood)"), ("zh", "9 跑水进水 (flood)")]
)
def test_a_kind_without_a_card_is_answered_with_those_that_have_one(
    run: Run, site: Path, lang: str, named: str
) -> None:
    done = run("drill", "--site", site, "--kind", "nope", "--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert "nope" in done.err
    assert named in done.err


def test_each_kind_is_compared_with_the_last_drill_of_its_own(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _at_a_terminal(monkeypatch)
    first = run("drill", "--site", site, "--kind", "fire", "--json", stdin="1\n").json
    assert (first["kind"], first["asked"], first["last"]) == ("fire", "fire", None)
    store = Store.open(site / DATABASE)
    other = DrillHeld(at=wall_clock().now(), operator="王", kind="flood", steps={"kind": 5})
    drill_of_flood = [PendingEntry(other, other.at)]
    store.transact(lambda tx: tx.append(drill_of_flood, actor="t", recorded_at=other.at))
    store.close()
    second = run("drill", "--site", site, "--kind", "9", "--json", stdin="2\n").json
    assert (second["kind"], second["asked"]) == ("fire", "flood")
    assert second["last"]["at"] == first["at"]
    assert second["difference"]["kind"] == second["steps"]["kind"] - first["steps"]["kind"]
    told = run("drill", "--site", site, "--kind", "起火", stdin="2\n").out
    assert "another kind" not in told
    assert "DRILL Last of this kind: " in told


@pytest.mark.parametrize("way", list(drill.Way))
def test_a_real_call_prints_the_report_keeps_it_and_opens_the_real_desk(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch, way: drill.Way
) -> None:
    before = kept(run, site)
    lead = drill.Lead(way, wall_clock().now(), "some-case")
    _at_a_terminal(monkeypatch, Left(0, "", lead))
    drilled, opened = tui_run.run_tui, list[object]()

    def show(session: Session, database: Path | None, banner: str, **more: object) -> Left:
        if database is None:
            return drilled(session, database, banner, **more)  # type: ignore[arg-type]
        assert (session.read_only, session.desk.scratch, banner) == ("", False, "")
        opened.append(more["lead"])
        return IN_ORDER

    monkeypatch.setattr(tui_run, "run_tui", show)
    done = run("drill", "--site", site)
    assert done.code == 0, done.err
    assert opened == [lead]
    assert "DRILL Broken off by a real call" in done.out
    assert "1 yes, 2 no" not in done.err
    assert kept(run, site) == [*before, "drill_held"]
    last = run("log", "--json", "--site", site).json[-1]
    assert "broken off by a real call" in last["text"]
    assert run("verify", "--site", site).code == 0


def test_a_real_call_before_the_drill_began_opens_the_real_desk_and_keeps_nothing(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(run, site)
    lead = drill.Lead(drill.Way.CALL, wall_clock().now())
    opened: list[object] = []

    def show(_session: Session, database: Path | None, _banner: str, **more: object) -> Left:
        opened.append((database, more["lead"]) if database else None)
        return IN_ORDER if database else Left(0, "", lead)

    monkeypatch.setattr(drilling, "interactive", lambda: True)
    monkeypatch.setattr(tui_run, "run_tui", show)
    done = run("drill", "--site", site)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert opened == [None, (site / DATABASE, lead)]
    assert kept(run, site) == before


def test_the_call_does_not_wait_for_a_record_that_takes_no_entry(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise DiskFull("no room")

    lead = drill.Lead(drill.Way.CALL, wall_clock().now())
    _at_a_terminal(monkeypatch, Left(0, "", lead))
    drilled, opened = tui_run.run_tui, list[Path]()

    def show(session: Session, database: Path | None, banner: str, **more: object) -> Left:
        if database is None:
            return drilled(session, database, banner, **more)  # type: ignore[arg-type]
        opened.append(database)
        return IN_ORDER

    monkeypatch.setattr(tui_run, "run_tui", show)
    monkeypatch.setattr(drill, "note_drill", full)
    done = run("drill", "--site", site)
    assert done.code == 0
    assert opened == [site / DATABASE]
    assert "disk" in done.err.casefold()


def test_where_a_desk_is_open_beside_that_desk_takes_the_call(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = drill.Lead(drill.Way.CALL, wall_clock().now())
    _at_a_terminal(monkeypatch, Left(0, "", lead))
    before = kept(run, site)
    with open_session(Paths(site, site / DATABASE)) as beside:
        assert not beside.read_only
        done = run("drill", "--site", site)
    assert done.code == 0
    assert "REAL: the drill has ended. Take it at the desk of " in done.err
    assert "press F2" in done.err
    assert kept(run, site) == [*before, "drill_held"]
