"""The command line finds a clock that was set back, and says so in the record by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from dispatcher_tui.desk import clock
from dispatcher_tui.store import tx as writing
from dispatcher_tui.store.db import Db
from tests.cli.support import Run


def set_clock(monkeypatch: pytest.MonkeyPatch, **length: float) -> None:
    """Set the workstation's clock by so much."""
    real = clock.WallClock.now
    monkeypatch.setattr(clock.WallClock, "now", lambda self: real(self) + timedelta(**length))


def kinds(run: Run, site: Path) -> list[str]:
    """The kinds of all entries, as they were written."""
    log = run("log", "--json", "--site", site).json
    return [line["kind"] for line in sorted(log, key=lambda line: line["seq"])]


def test_a_case_from_outside_with_the_clock_back(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("case", "open", "--said", "before", "--site", site)
    with monkeypatch.context() as patch:
        set_clock(patch, hours=-2)
        done = run("case", "open", "--said", "after", "--site", site)
        assert done.code == 0, done.err
        assert run("case", "show", done.out.strip(), "--site", site).code == 0
        found = kinds(run, site)
        assert found[-2:] == ["clock_jumped", "case_opened"]
        assert found.count("clock_jumped") == 1
        proof = run("verify", "--json", "--site", site)
        assert (proof.code, proof.json["notes"]) == (0, [])


def test_an_older_record_that_goes_back_is_no_failure(
    run: Run, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("case", "open", "--said", "before", "--site", site)
    with monkeypatch.context() as patch:
        patch.setattr(writing, "_clock_set_back", lambda *_given: ())
        set_clock(patch, hours=-2)
        run("case", "open", "--said", "after", "--site", site)
    proof = run("verify", "--site", site)
    assert proof.code == 0
    assert "Note: from entry" in proof.out
    assert "2 h" in proof.out or "1 h" in proof.out


@pytest.mark.parametrize("words", [("case", "open", "--said", "x"), ("operator", "disable", "王")])
def test_an_entry_is_stamped_when_the_file_is_held(
    run: Run, site: Path, words: tuple[str, ...]
) -> None:
    """Whoever waits for the file does not write the time at which it began to wait."""
    run("operator", "add", "王", "--pin-stdin", "--site", site, stdin="135790\n")
    other = Db.connect(site / "desk.sqlite3")
    other.run("BEGIN IMMEDIATE")
    released: list[datetime] = []

    def release() -> None:
        sleep(1.2)
        released.append(clock.WallClock().now())
        other.run("ROLLBACK")

    thread = Thread(target=release)
    thread.start()
    done = run(*words, "--site", site)
    thread.join()
    assert done.code == 0, done.err
    recorded = other.value("SELECT recorded_at FROM journal ORDER BY seq DESC LIMIT 1")
    other.close()
    assert datetime.fromisoformat(recorded) >= released[0]
