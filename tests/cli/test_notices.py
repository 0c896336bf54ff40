"""``notice`` and ``spare``: doors, hung, down, and a sheet keyed in with its own time."""

from __future__ import annotations

from pathlib import Path

from tests.cli.support import Run


def test_a_sign_is_hung_and_taken_down_and_bad_input_says_what_to_do(
    run: Run, tmp_path: Path
) -> None:
    site = tmp_path / "relations"
    made = ("init", "--site", site, "--procedure", "owner-relations", "--operator", "李建国")
    assert run(*made, "--pin-stdin", stdin="730482\n").code == 0
    where = ("--site", site, "--json")
    number = run("case", "open", *where, "--category", "lift_fault", "--place", "3-1").json[
        "number"
    ]
    none = run("notice", "down", number, "sign", *where)
    assert (none.code, "first when it was hung" in none.err) == (1, True)
    assert run("notice", "doors", number, "sign", "3-1 电梯", *where).code == 0
    ahead = run("notice", "hung", number, "sign", "--at", "2099-01-01 10:00", *where)
    assert (ahead.code, "ahead" in ahead.err) == (2, True)
    (door,) = run("notice", "hung", number, "sign", "--by", "王强", *where).json["doors"]
    assert (door["door"], door["hung_at"] is None, door["down_at"]) == ("3-1 电梯", False, None)
    assert "3-1 电梯" in run("--lang", "zh", "notice", "list", number, "--site", site).out
    (door,) = run("notice", "down", number, "sign", *where).json["doors"]
    assert door["down_at"]
    assert run("notice", "print", number, "sign", "--site", site).code == 0


def test_a_sheet_is_keyed_in_once(run: Run, site: Path) -> None:
    where = ("--site", site)
    assert "BJ-000002" in run("spare", "print", "--sheets", "2", *where).out
    none = run("spare", "key", "2", "--said", "漏水", *where)
    assert (none.code, "When did the call" in none.err) == (1, True)
    keyed = run("spare", "key", "2", "--at", "-1m", "--said", "漏水", *where, "--json")
    assert (keyed.json["sheet"], keyed.json["gaps"]) == ("BJ-000002", ["BJ-000001"])
    assert run("case", "show", keyed.json["case"], *where, "--json").code == 0
    twice = run("spare", "key", "2", "--at", "-1m", "--said", "漏水", *where)
    assert (twice.code, keyed.json["case"] in twice.err) == (1, True)
    assert run("spare", "void", "1", "--reason", "写坏", *where).code == 0
    listed = run("spare", "list", *where, "--json").json
    assert (listed["gaps"], listed["blank"]) == ([], [])
