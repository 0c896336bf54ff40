"""``init``, ``site check``, ``site import`` and the operators."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dispatcher_tui.site.load import load
from dispatcher_tui.site.shipped import data_dir, procedure_ids
from tests.cli.support import Run

DEMO = data_dir() / "demo"
CODE = r"(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}\n"
"""A rescue code on a line of its own."""


def test_a_new_site_has_everything_but_people_and_units(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    done = run("init", "--site", folder, "--name", "翠湖花园")
    assert done.code == 0
    assert re.fullmatch(CODE, done.out)
    assert "envelope" in done.err
    assert str(folder) in done.err
    assert (folder / "desk.sqlite3").is_file()
    assert "翠湖花园" in (folder / "site.toml").read_text(encoding="utf-8")
    assert run("operator", "list", "--json", "--site", folder).json == []
    assert run("verify", "--site", folder).code == 0


def test_a_new_site_has_its_address(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    options = ("--address", "示例市翠湖区翠柏路288号", "--phone", "0000-88000110")
    done = run("init", "--site", folder, "--name", "翠湖花园", *options)
    assert done.code == 0
    assert "site.toml" in done.err
    where = load(folder).site.address
    assert (where.city, where.district, where.street) == ("示例市", "翠湖区", "翠柏路288号")
    assert where.phones == ("0000-88000110",)


@pytest.mark.parametrize(
    ("options", "key"),
    [(("--phone", "0000-x"), "address.phone"), (("--address", "路" * 101), "address.street")],
)
def test_an_address_that_cannot_be_said_makes_no_site(
    run: Run, tmp_path: Path, options: tuple[str, str], key: str
) -> None:
    done = run("init", "--site", tmp_path / "new", *options)
    assert done.code == 1
    assert key in done.err
    assert not (tmp_path / "new").exists()


def test_what_nobody_has_filled_in_is_a_note_and_no_fault(run: Run, site: Path) -> None:
    lists = (DEMO / "units.csv", DEMO / "roster.csv")
    assert run("site", "import", *lists, "--site", site).code == 0
    file = site / "site.toml"
    rescue = 'lift_rescue = "96333"'
    file.write_text(file.read_text("utf-8").replace(rescue, 'lift_rescue = ""'), "utf-8")
    checked = run("site", "check", "--site", site)
    assert (checked.code, checked.out) == (0, "")
    assert "Note: site.toml: outside.lift_rescue: no number; needed for: Trapped" in checked.err
    assert "city, street, crossing, fire_gate, ambulance_gate, phone" in checked.err
    assert "outside.gas: no number; needed for: Fire" in checked.err
    assert "outside.counselling" not in checked.err, "no card has it rung"


def test_a_site_is_made_once(run: Run, site: Path) -> None:
    before = (site / "desk.sqlite3").read_bytes()
    again = run("init", "--site", site)
    assert again.code == 1
    assert (site / "desk.sqlite3").read_bytes() == before


def test_a_folder_that_was_laid_out_before_gets_its_database(run: Run, site: Path) -> None:
    for path in site.glob("desk.sqlite3*"):
        path.unlink()
    assert run("case", "list", "--site", site).code == 1
    assert run("init", "--site", site).code == 0
    assert run("case", "list", "--site", site).code == 0


@pytest.mark.parametrize(
    ("arguments", "stdin", "code"),
    [
        (["--procedure", "nonsense"], "", 1),
        (["--zone", "Asia/Shanghia"], "", 1),
        (["--operator", "王芳"], "", 2),
        (["--operator", "王芳", "--pin-stdin"], "", 2),
        (["--operator", "王芳", "--pin-stdin"], "12\n", 2),
        (["--operator", " ", "--pin-stdin"], "246813\n", 2),
        (["--operator", "王芳", "--role", "king", "--pin-stdin"], "246813\n", 2),
    ],
)
def test_nothing_is_written_where_something_is_wrong(
    run: Run, tmp_path: Path, arguments: list[str], stdin: str, code: int
) -> None:
    folder = tmp_path / "new"
    done = run("init", "--site", folder, *arguments, stdin=stdin)
    assert (done.code, done.out) == (code, "")
    assert not (folder / "desk.sqlite3").exists()
    assert not (folder / "site.toml").exists()


def test_init_wants_its_folder_named(run: Run) -> None:
    done = run("init")
    assert done.code == 2
    assert "--site" in done.err


def test_the_other_procedure(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "station"
    assert run("init", "--site", folder, "--procedure", "resident-station").code == 0
    case = run("case", "open", "--said", "x", "--site", folder, "--json").json
    assert (case["procedure"], case["level"]) == ("resident-station", "minor")


def test_the_ids_of_the_procedures_are_told_by_the_help_and_where_one_is_unknown(
    run: Run, tmp_path: Path
) -> None:
    for lang in ("zh", "en"):
        asked = run("--lang", lang, "init", "--help").out.splitlines()
        folder = tmp_path / lang
        refused = run("--lang", lang, "init", "--site", folder, "--procedure", "estate-dispach")
        assert (refused.code, refused.out) == (1, "")
        assert not folder.exists()
        for name in procedure_ids():
            assert any(line.strip() == name for line in asked), "whole, to be copied"
            assert name in refused.err
        assert "corrective-action" not in refused.err
    assert len(procedure_ids()) == 11


def test_init_makes_an_operator_and_leaves_the_watch_to_whoever_gives_the_pin(
    run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    made = ("init", "--site", folder, "--operator", "李四", "--pin-stdin")
    assert run(*made, stdin="802468\n").code == 0
    kinds = [entry["kind"] for entry in run("log", "--site", folder, "--json").json]
    assert "operator_added" in kinds
    assert "signed_in" not in kinds


def test_a_companion_is_laid_out_and_is_no_sites_own(run: Run, site: Path, tmp_path: Path) -> None:
    assert (site / "procedures" / "corrective-action.toml").is_file()
    refused = run("init", "--site", tmp_path / "x", "--procedure", "corrective-action")
    assert (refused.code, refused.out) == (1, "")
    assert "corrective-action" in refused.err
    assert not (tmp_path / "x" / "site.toml").exists()
    own = site / "procedures" / "estate-dispatch.toml"
    own.write_text(own.read_text("utf-8").replace('"corrective-action"', '"gone"'), "utf-8")
    checked = run("site", "check", "--site", site)
    assert checked.code == 1
    assert "corrective.procedure" in checked.out


def test_lists_are_taken_over_and_the_ladder_then_has_people(run: Run, site: Path) -> None:
    empty = run("site", "check", "--site", site)
    assert empty.code == 1
    assert '"Head of the estate office"' in empty.out, "as a roster has it, and no id"
    chinese = run("--lang", "zh", "site", "check", "--site", site).out
    assert "「管理处负责人」" in chinese
    assert "「保安」" in chinese
    assert "security" not in chinese
    done = run("site", "import", DEMO / "units.csv", DEMO / "roster.csv", "--site", site)
    assert done.code == 0, done.err
    good = run("site", "check", "--site", site)
    assert (good.code, good.out) == (0, "")
    assert run("site", "check", "--json", "--site", site).json == []


def test_somebody_at_the_lifts_by_skill_needs_no_group(
    run: Run, site: Path, tmp_path: Path
) -> None:
    """A department of another name is no fault where somebody goes to the scene all the same."""
    text = (DEMO / "roster.csv").read_text(encoding="utf-8-sig")
    roster = tmp_path / "roster.csv"
    roster.write_text(
        text.replace(",lifts,", ",工程部,").replace(",maintenance,", ",工程部,"), "utf-8"
    )
    assert run("site", "import", roster, DEMO / "units.csv", "--site", site).code == 0
    checked = run("--lang", "zh", "site", "check", "--site", site)
    assert (checked.code, checked.out) == (0, "")
    assert "「电梯」" in checked.err
    assert "「维修」" in checked.err
    assert "是否想写" not in checked.err, "a role is none that was meant"


def test_a_ladder_with_somebody_who_cannot_be_rung(run: Run, site: Path, tmp_path: Path) -> None:
    text = (DEMO / "roster.csv").read_text(encoding="utf-8-sig")
    roster = tmp_path / "roster.csv"
    roster.write_text(text.replace("13900000101,13800000101", ","), encoding="utf-8")
    assert run("site", "import", roster, "--site", site).code == 0
    checked = run("site", "check", "--site", site)
    assert checked.code == 1
    assert "陈志强" in checked.out


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("units2.csv", b"place,phone\n1-1-1,13900000001\n1-1-2,139****0002\n", "row 3"),
        ("other.csv", b"place,phone\n\xff\xff,1\n", "UTF-8"),
        ("roster.csv", b"id,name,role\n", "roster.csv"),
        ("roster.csv", "id,name,role,phone1\na,张,head,12x\n".encode(), "phone1"),
        ("roster.csv", b"id,name\n", "roster.csv"),
        ("other.csv", b"colour\nred\n", "other.csv"),
        ("nothing.csv", None, "nothing.csv"),
    ],
)
def test_a_faulty_list_changes_nothing(
    run: Run, site: Path, tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = run("site", "import", DEMO / "units.csv", path, "--site", site)
    assert done.code == 1
    assert told in done.err
    assert run("case", "open", "--place", "99-9-9", "--site", site).err == ""


def _replace(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(site: Path) -> None:
        path = site / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def _gbk(site: Path) -> None:
    path = site / "site.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))


LAYER = "emergency.toml"
P0 = "procedures/estate-dispatch.toml"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_gbk, ("site.toml", "GBK")),
        (_replace("site.toml", "zone =", "zoen ="), ("site.toml", "zone")),
        (_replace("site.toml", 'start = "08:30"', 'start = "08:30'), ("site.toml", "line")),
        (_replace(P0, 'due = "2h"', 'due = "-2h"'), (P0, "P0-05")),
        (_replace(P0, 'due = "2h"', 'due = "2 hours"'), (P0, "P0-05")),
        (_replace(P0, 'until = "notified"', 'until = "notifed"'), (P0, "notified")),
    ],
)
def test_a_broken_file_is_named_with_key_and_reason(
    run: Run, site: Path, change: Callable[[Path], None], told: tuple[str, ...]
) -> None:
    change(site)
    for command, code in ((["site", "check"], 1), (["case", "open", "--said", "x"], 0)):
        done = run(*command, "--site", site)
        assert done.code == code
        for word in told:
            assert word in done.out + done.err
    # What is in the record is read whatever became of the files.
    assert run("case", "list", "--site", site).code == 0


def test_the_shipped_layer_stands_in_for_one_that_is_broken(run: Run, site: Path) -> None:
    _replace(LAYER, '{ role = "vp"', '{ role = "head"')(site)
    checked = run("site", "check", "--site", site)
    assert checked.code == 1
    assert LAYER in checked.out + checked.err
    assert run("case", "open", "--said", "x", "--site", site).code == 0


def test_a_byte_order_mark_does_no_harm(run: Run, site: Path) -> None:
    path = site / "site.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert run("case", "open", "--said", "x", "--site", site).code == 0


def test_operators_come_and_go(run: Run, site: Path) -> None:
    here = ("--site", site)
    add = ("operator", "add", "--pin-stdin", *here)
    assert run(*add, "陈志强", stdin="864257\n").code == 0
    assert run(*add, "陈志强", stdin="864257\n").code == 1
    assert run(*add, "x", stdin="12ab\n").code == 2
    assert run(*add, "x", "--role", "king", stdin="864257\n").code == 2
    assert run("operator", "add", "x", *here).code == 2
    assert run("operator", "list", "--json", *here).json == [
        {"name": "李建国", "role": "dispatcher", "disabled": False},
        {"name": "陈志强", "role": "dispatcher", "disabled": False},
    ]
    assert run("operator", "disable", "李建国", *here).code == 0
    assert run("operator", "disable", "陈志强", *here).code == 1
    assert run("operator", "disable", "nobody", *here).code == 1
    assert run("operator", "reset-pin", "陈志强", "--pin-stdin", *here, stdin="903517\n").code == 0
    assert "disabled" in run("operator", "list", *here).out
    kinds = [entry["kind"] for entry in run("log", "--json", *here).json]
    assert kinds.count("operator_changed") == 2
    assert "864257" not in run("log", "--json", *here).out


def test_the_environment_names_the_site_too(
    run: Run, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPATCHER_SITE", str(site))
    assert run("case", "open", "--said", "x").code == 0
    shutil.copy(site / "desk.sqlite3", tmp_path / "other.sqlite3")
    monkeypatch.setenv("DISPATCHER_DB", str(tmp_path / "nothing.sqlite3"))
    assert run("case", "list").code == 1
    assert run("--db", site / "desk.sqlite3", "case", "list").code == 0


def test_doctor_and_site_check_say_the_same_of_the_call_tree(run: Run, site: Path) -> None:
    def roster() -> dict[str, str]:
        found = run("doctor", "--json", "--site", site).json
        return next(each for each in found if each["what"] == "roster")

    assert run("site", "check", "--site", site).code == 1
    assert roster()["health"] == "bad"
    assert "site check" in roster()["text"]
    for name in ("units.csv", "roster.csv"):
        shutil.copy(DEMO / name, site / name)
    assert run("site", "import", site / "units.csv", site / "roster.csv", "--site", site).code == 0
    assert run("site", "check", "--site", site).code == 0
    assert roster()["health"] == "good"
