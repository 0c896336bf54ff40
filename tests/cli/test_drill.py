"""The ``drill`` command: who may run it, what it prints, what the record keeps of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from dispatcher_tui import drilling
from dispatcher_tui.desk import drill
from dispatcher_tui.desk.emergency import open_emergency
from dispatcher_tui.desk.session import Session
from dispatcher_tui.store.errors import DiskFull
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

        asyncio.run(session.ask(night))
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
