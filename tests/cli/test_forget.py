"""``site forget``: a household goes out of the lists; the demo's chain has nobody in it."""

from __future__ import annotations

from pathlib import Path

from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.site.lists.units import parse_units
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text
from tests.cli.support import Run
from tests.lived_demo import lived_demo

LIST = "place,resident,phone\n3-2-1502,钱多多,13912340001\n3-2-1503,孙小美,13912340002\n"


def test_forgotten_from_the_command_line(run: Run, site: Path) -> None:
    (site / "units.csv").write_text(LIST, encoding="utf-8")
    run("site", "import", site / "units.csv", "--site", site)
    run("case", "open", "--said", "x", "--place", "3-2-1502", "--site", site)
    run("backup", site, "--site", site)
    done = run("site", "forget", "3-2-1502", "--yes", "--site", site)
    assert done.code == 0, done.err
    assert "3-2-1502 is off the list in force." in done.out
    assert "1 older list was deleted." in done.out
    assert "1 case at this place" in done.out
    assert "units.csv of the site has it still" in done.out
    assert "Copies made elsewhere" in done.out
    assert run("verify", "--site", site).code == 0
    assert b"13912340001" not in (site / "desk.sqlite3").read_bytes()
    kinds = [line["kind"] for line in run("log", "--json", "--site", site).json]
    assert kinds[-2:] == ["adopted", "text_deleted"]
    again = run("site", "forget", "3-2-1502", "--yes", "--site", site)
    assert (again.code, again.out) == (1, "")
    assert "3-2-1502" in again.err


def test_nothing_is_forgotten_unasked_without_yes(run: Run, site: Path) -> None:
    (site / "units.csv").write_text(LIST, encoding="utf-8")
    run("site", "import", site / "units.csv", "--site", site)
    before = run("log", "--json", "--site", site).out
    done = run("site", "forget", "3-2-1502", "--site", site)
    assert (done.code, done.out) == (2, "")
    assert "--yes" in done.err
    assert run("log", "--json", "--site", site).out == before
    assert "13912340001" in (site / "units.csv").read_text(encoding="utf-8")


def test_a_copy_of_before_brings_it_back_and_that_is_said(
    run: Run, site: Path, tmp_path: Path
) -> None:
    (tmp_path / "units.csv").write_text(LIST, encoding="utf-8")
    run("site", "import", tmp_path / "units.csv", "--site", site)
    copy = run("backup", tmp_path / "before.sqlite3", "--site", site).out.strip()
    run("site", "forget", "3-2-1502", "--yes", "--site", site)
    after = run("backup", tmp_path / "after.sqlite3", "--site", site).out.strip()
    assert "there again" not in run("restore", after, "--site", site).err
    assert "there again" in run("restore", copy, "--site", site).err
    done = run("site", "forget", "3-2-1502", "--yes", "--site", site)
    assert done.code == 0, done.err
    assert "This copy has it still" not in done.out, "the files put aside had it no more"
    assert run("verify", "--site", site).code == 0
    assert b"13912340001" not in (site / "desk.sqlite3").read_bytes()


def test_the_demos_chain_has_no_residents_number(tmp_path: Path) -> None:
    desk = lived_demo(tmp_path / "site")
    numbers = {
        n for h in parse_units(read_text(data_dir() / "demo" / "units.csv")) for n in h.phones
    }
    assert len(numbers) > 1000
    adopted = "\n".join(
        body for (body,) in desk.store.db.all("SELECT body FROM journal WHERE kind = 'adopted'")
    )
    assert [n for n in numbers if n in adopted] == []
    lists = [
        line.entry.event.counts
        for line in desk.store.book("adopted")
        if isinstance(line.entry.event, ev.Adopted) and line.entry.event.counts
    ]
    assert all(sum(counts.values()) > 0 for counts in lists)
    assert len(lists) == 6, "units, roster, rota, and each time the notes on households"
    desk.store.close()
