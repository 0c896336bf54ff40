"""Three kinds of emergency under three procedures, on a real terminal, by digits alone."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest

from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.twice import RINGS_AFTER
from tests.cli.support import ROOT, program
from tests.terminal.harness import ENTER, ESCAPE, F9
from tests.terminal.seat import (
    ON_A_TERMINAL,
    OPERATOR,
    PIN,
    Seat,
    assert_sound,
    command,
    on_watch,
)

pytestmark = ON_A_TERMINAL

LEADERS = {
    "resident-station": {"property_manager": "罗文斌", "vp": "孙明远", "gm": "郭建平"},
    "hotel-guests": {"gm": "郭建平", "duty_gm": "孙明远"},
    "estate-plant": {"director": "陈志强", "vp": "孙明远", "gm": "郭建平"},
}
"""Who holds the offices of an emergency there, by the roles of the procedure and of the layer."""

FIRST_RUNG = {
    "resident-station": "罗文斌",
    "hotel-guests": "郭建平",
    "estate-plant": "陈志强",
}

NIGHTS = (
    ("resident-station", ("1",), "起火", "119", "9-2-0503"),
    ("hotel-guests", ("0", "1"), "触电", "120", "3-2-1502"),
    ("estate-plant", ("5",), "电梯困人", "13900000112", "5-1-0301"),
)
"""The procedure, the keys of the kind, its name, the first number, the place."""


def roster(procedure: str) -> str:
    """The demo's people without hours, so that no clock counts, in the roles that are needed."""
    text = (ROOT / "data" / "demo" / "roster.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    offices = {name: role for role, name in LEADERS[procedure].items()}
    for row in rows:
        row.update(on_from="", on_until="")
        row["role"] = offices.get(row["name"], row["role"])
        if row["name"] not in offices and row["role"] in LEADERS[procedure]:
            row["role"] = "implementer"
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def laid_out(folder: Path, procedure: str) -> Path:
    """A site under that procedure with its people, as an installer leaves it."""
    site = folder / "site"
    people = folder / "roster.csv"
    people.write_text(roster(procedure), encoding="utf-8")
    for line in (
        ("init", "--procedure", procedure, "--operator", OPERATOR, "--pin-stdin"),
        ("site", "import", str(ROOT / "data" / "demo" / "units.csv")),
        ("site", "import", str(people)),
    ):
        done = program("--site", site, *line, stdin=f"{PIN}\n".encode())
        assert done.returncode == 0, done.stderr.decode()
    on_watch(site)
    return site


@pytest.mark.parametrize(("procedure", "keys", "kind", "number", "place"), NIGHTS)
def test_f9_to_the_standing_down(
    tmp_path: Path, procedure: str, keys: tuple[str, ...], kind: str, number: str, place: str
) -> None:
    site = laid_out(tmp_path, procedure)
    with Seat(site) as desk:
        desk.see_board(_("No open cases"))
        desk.key(F9)
        desk.see(kind)
        desk.key(*keys)
        desk.see(kind, number)
        desk.key("8", place, ENTER)
        desk.see(place)
        told = 0
        while told < 3:
            desk.settle()
            before = desk.text()
            desk.result("1")
            desk.wait_until(lambda shown, before=before: shown != before)  # type: ignore[misc]
            desk.settle()
            if _("Did they repeat it? 7 = read back.") in desk.text():
                desk.key("7")
                desk.settle()
            told += 1
        time.sleep(RINGS_AFTER)  # sooner, no digit is for the menu
        desk.key("0", "6")
        desk.see(_("Who says so"))
        desk.key("罗队，已处置", ENTER)
        desk.see(_("Write why these were never reached or sent."))
        desk.key("够了", ENTER)
        desk.see(_("{name} is not on the roster. Who is meant?").format(name="罗队"))
        desk.key("1")
        desk.see(_("no, it goes on"))
        desk.once_more("1")
        desk.see(_("Stood down. What is owed from now on:"))
        desk.key(ESCAPE)
    (case,) = command(site, "case", "list")
    shown = command(site, "case", "show", case["number"])
    assert (shown["level"], shown["procedure"], shown["place"]) == ("emergency", procedure, place)
    assert {"E-02", "E-03", "E-05", "E-06", "E-07"} <= {duty["rule"] for duty in shown["duties"]}
    said = " ".join(entry["text"] for entry in shown["entries"])
    assert number in said
    assert_sound(site)


@pytest.mark.parametrize("procedure", sorted(LEADERS))
def test_the_ladder_is_that_procedures_own(tmp_path: Path, procedure: str) -> None:
    site = laid_out(tmp_path, procedure)
    done = program("--site", site, "--lang", "zh", "site", "check")
    ladder = [line for line in done.stdout.decode().splitlines() if "紧急通知" in line]
    assert not ladder, ladder
