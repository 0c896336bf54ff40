"""``case open`` with everything that scripts and tired people hand to it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from dispatcher_tui.site.shipped import data_dir
from tests.cli.support import Run, program

UNSAFE = "\x1b[2J\x1b]52;c;eA==\x07\x00\x85\x9b31m\u202e\u200b\u2066\ufeff"


@pytest.mark.parametrize(
    "said",
    [
        "[/]",
        "[b]x[/b]",
        "[@click=app.quit]x[/]",
        "=1+1",
        "'; DROP TABLE journal; --",
        '"%_*NEAR(',
        "../../etc/passwd",
        "{0.__class__}",
        "--json",
        "-",
        " 漏水 \n 第二行 ",
        "👩‍👩‍👧".replace("\u200d", ""),
    ],
)
def test_words_are_kept_to_the_letter(run: Run, site: Path, said: str) -> None:
    case = run("case", "open", "--said", said, "--caller", said, "--site", site, "--json")
    assert (case.code, case.err) == (0, "")
    assert case.json["verbatim"] == said
    number = case.json["number"]
    assert run("case", "show", number, "--site", site, "--json").json["verbatim"] == said
    assert run("case", "show", number, "--site", site).code == 0
    assert run("--site", site, "case", "find", "--", said).code == 0


def test_what_could_steer_a_terminal_is_taken_out_with_a_note(run: Run, site: Path) -> None:
    said = f"漏{UNSAFE}水"
    done = run("case", "open", "--said", said, "--place", f"大堂{UNSAFE}", "--site", site, "--json")
    assert done.code == 0
    assert done.json["place"] == "大堂[2J]52;c;eA==31m"
    assert done.json["verbatim"] == "漏[2J]52;c;eA==31m水"
    assert "20 control characters" in done.err
    shown = run("case", "show", done.json["number"], "--site", site)
    for unsafe in UNSAFE.translate({ord(c): None for c in "[2J]52;c;eA==31m"}):
        assert unsafe not in shown.out + done.out + done.err


def test_lone_surrogates_as_the_shell_hands_them_over(site: Path) -> None:
    said = b"\xff\xfe\xe6\xbc\x8f".decode(errors="surrogateescape")
    done = program("case", "open", "--site", site, "--said", said)
    assert done.returncode == 0
    shown = program("case", "list", "--site", site, "--json")
    assert '"verbatim":"漏"' in shown.stdout.decode()
    assert "2 control characters" in done.stderr.decode()


def test_a_place_outside_the_register_is_told_and_kept(run: Run, site: Path) -> None:
    assert run("case", "open", "--place", "99-9-9999", "--site", site).err == ""
    units = data_dir() / "demo" / "units.csv"
    assert run("site", "import", units, "--site", site).code == 0
    done = run("case", "open", "--place", "99-9-9999", "--site", site, "--json")
    assert (done.code, done.json["place"]) == (0, "99-9-9999")
    assert "99-9-9999 is not in the register" in done.err
    assert run("case", "open", "--place", "3.2.1502", "--site", site).err == ""


@pytest.mark.parametrize("category", ["leak", "漏水", "ls", "LEAK"])
def test_a_class_by_id_name_or_initials(run: Run, site: Path, category: str) -> None:
    done = run("case", "open", "--category", category, "--site", site, "--json")
    assert done.json["category"] == "leak"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--said", "   "],
        ["--phone", "13900000001"],
        ["--said", "x", "--category", "nonsense"],
        ["--said", "x", "--fact", "nonsense"],
        ["--said", "x", "--fact", ""],
        ["--said", "x", "--channel", "pigeon"],
        ["--said", "x", "--at", "nonsense"],
        ["--said", "x", "--at", "2999-01-01T00:00"],
        ["--said", "x", "--at", "+5m"],
        ["--said", "x", "--at", "1h later"],
        ["--said", "x", "--at", "25:61"],
        ["--said", "x", "--at", "-99999999999999d"],
        ["--said", "x", "--lang", "fr"],
        ["--said"],
        ["--nonsense", "x"],
        ["x"],
        ["--said", "x", "--site", "a\0b"],
    ],
)
def test_what_is_asked_wrongly_writes_nothing(run: Run, site: Path, arguments: list[str]) -> None:
    done = run("case", "open", "--site", site, *arguments)
    assert done.code == 2
    assert done.out == ""
    assert done.err.strip()
    assert run("case", "list", "--site", site).out == ""


@pytest.mark.parametrize(
    "at", ["-15m", "15分钟前", "2026-01-02T03:04:05+08:00", "2026-01-02 03:04"]
)
def test_when_it_came_in(run: Run, site: Path, at: str) -> None:
    case = run("case", "open", "--said", "x", "--at", at, "--site", site, "--json").json
    opened = datetime.fromisoformat(case["opened_at"])
    entry = case["entries"][0]
    assert entry["occurred_at"] == case["opened_at"]
    assert datetime.fromisoformat(entry["recorded_at"]) > opened
    assert case["number"].startswith(opened.strftime("%y%m%d-"))
    if at.startswith("2026"):
        assert case["opened_at"].startswith("2026-01-02T03:04")


def test_numbers_are_of_the_day_and_never_twice(run: Run, site: Path) -> None:
    at = ["--at", "2026-01-02 03:04", "--site", site]
    numbers = [run("case", "open", "--said", "x", *at).out.strip() for _ in range(3)]
    assert numbers == ["260102-01", "260102-02", "260102-03"]


def test_fire_is_an_emergency(run: Run, site: Path) -> None:
    asked = ("--fact", "fire", "--place", "9-2", "--channel", "panel", "--json")
    case = run("case", "open", "--site", site, *asked).json
    assert (case["level"], case["channel"]) == ("emergency", "panel")
