"""What a careless or hostile hand outside can do to the record: nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dispatcher_tui.domain.case.search import words
from tests.cli.support import Run, environment


def test_a_copy_never_takes_the_place_of_a_live_record(
    run: Run, site: Path, tmp_path: Path
) -> None:
    live = tmp_path / "live.sqlite3"
    shutil.copy(site / "desk.sqlite3", live)
    before = live.read_bytes()
    refused = run("backup", live, "--site", site)
    assert (refused.code, live.read_bytes() == before) == (1, True)
    copy = tmp_path / "copy.sqlite3"
    assert [run("backup", copy, "--site", site).code for _ in range(2)] == [0, 0]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no device files")
def test_a_copy_never_takes_the_place_of_a_device(run: Run, site: Path, tmp_path: Path) -> None:
    device = tmp_path / "null"
    device.symlink_to("/dev/null")
    assert run("backup", device, "--site", site).code == 1
    assert device.is_symlink()


def test_a_number_is_found_in_any_width(run: Run, site: Path) -> None:
    number = run("case", "open", "--said", "漏水", "--site", site).out.strip()
    wide = "".join(chr(ord(each) + 0xFEE0) for each in number)
    assert run("case", "show", wide, "--json", "--site", site).json["number"] == number


def test_the_record_is_proved_after_the_longest_words(run: Run, site: Path) -> None:
    for option in ("--caller", "--phone", "--place"):
        assert run("case", "open", "--said", "x", option, "1" * 39_000, "--site", site).code == 0
    assert run("verify", "--site", site).code == 0


@pytest.mark.parametrize("text", ["x" * 40_000, "1" * 40_000, "1-" * 20_000, "-" * 40_000])
def test_the_words_of_a_long_text_stay_few(text: str) -> None:
    assert len(words(text)) < 10_000


def test_operators_can_be_told_apart(run: Run, site: Path) -> None:
    def add(name: str) -> int:
        asked = ("operator", "add", name, "--role", "dispatcher", "--pin-stdin", "--site", site)
        return run(*asked, stdin="471108\n").code

    assert add("王小明") == 0
    assert [add(name) for name in ("王小明\u200b", "王小明\u202e", "\x1b王小明", "王" * 61)] == [
        1
    ] * 4
    names = [each["name"] for each in run("operator", "list", "--json", "--site", site).json]
    assert names.count("王小明") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_what_is_durable_is_not_called_failed(run: Run, site: Path) -> None:
    command = [sys.executable, "-m", "dispatcher_tui", "case", "open", "--said", "x"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*command, "--site", str(site)], stdout=full, env=environment(), timeout=60, check=False
        )
    assert done.returncode == 0
    assert len(run("case", "list", "--json", "--site", site).json) == 1
