"""The case object and the lists: names, values, times, nulls."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from dispatcher_tui.bootstrap import open_desk
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, FeedbackBy, Satisfaction
from dispatcher_tui.paths import Paths
from tests.cli.support import Run

FIELDS = [
    "number",
    "id",
    "procedure",
    "level",
    "stage",
    "place",
    "caller",
    "phone",
    "category",
    "channel",
    "verbatim",
    "facts",
    "assignee",
    "opened_at",
    "notified_at",
    "written_off_at",
    "final_at",
    "duties",
    "slip",
]
ZONE = "+08:00"


def paths(site: Path) -> Paths:
    return Paths(site, site / "desk.sqlite3")


def test_an_opened_case_is_printed_as_show_prints_it(run: Run, site: Path) -> None:
    opened = run(
        "case", "open", "--site", site, "--json", "--place", "3栋2单元1502室", "--phone",
        "13900000001", "--caller", "张丽", "--category", "ls", "--said", "漏水了", "--fact", "now",
        "--fact", "group", "--fact", "now", "--channel", "visit",
    )  # fmt: skip
    assert (opened.code, opened.err) == (0, "")
    case = opened.json
    assert list(case) == [*FIELDS, "entries"]
    assert case["place"] == "3-2-1502"
    assert (case["caller"], case["phone"], case["verbatim"]) == ("张丽", "13900000001", "漏水了")
    assert (case["category"], case["channel"]) == ("leak", "visit")
    assert case["facts"] == ["now", "group"]
    assert (case["procedure"], case["level"], case["stage"]) == ("estate-dispatch", "grave", "open")
    nothing = ("assignee", "notified_at", "written_off_at", "final_at", "slip")
    assert [case[name] for name in nothing] == [None] * 5
    assert case["opened_at"].endswith(ZONE)
    assert {
        "rule": "P0-05",
        "label": "First follow-up",
        "due": None,
        "state": "waiting",
        "confirmed": True,
        "reason": None,
    } in case["duties"]
    notify = case["duties"][0]
    assert (notify["rule"], notify["state"]) == ("P0-02", "running")
    length = datetime.fromisoformat(notify["due"]) - datetime.fromisoformat(case["opened_at"])
    assert length.total_seconds() == 600
    entry = case["entries"][0]
    assert list(entry) == ["seq", "occurred_at", "recorded_at", "kind", "actor", "text"]
    assert entry["kind"] == "case_opened"
    assert entry["actor"].startswith("cli:")
    shown = run("case", "show", case["number"], "--json", "--site", site).json
    assert {**shown, "duties": 0} == {**case, "duties": 0}
    by_id = run("case", "show", case["id"], "--json", "--site", site).json
    assert by_id["number"] == shown["number"]


def test_what_is_absent_is_null(run: Run, site: Path) -> None:
    case = run("case", "open", "--said", "x", "--site", site, "--json").json
    for name in ("place", "caller", "phone", "category"):
        assert case[name] is None
    assert case["facts"] == []


def test_a_closed_case_has_its_paper(run: Run, site: Path) -> None:
    number = run("case", "open", "--said", "漏水", "--site", site).out.strip()
    with open_desk(paths(site), actor="李建国") as desk:
        reached = CallOutcome.REACHED
        desk.perform(number, cmd.TryCall(person="", name="张伟", outcome=reached, read_back=True))
        desk.perform(
            number,
            cmd.WriteOff(by=FeedbackBy.PHONE, source="张伟", satisfaction=Satisfaction.SATISFIED),
        )
        written_off = run("case", "show", number, "--json", "--site", site).json
        desk.perform(number, cmd.ReceivePaper(number="FW-000001"))
        received = run("case", "show", number, "--json", "--site", site).json
        desk.perform(number, cmd.SignPaper(signer="李建国", role="dispatcher"), cosigner="李建国")
        desk.perform(number, cmd.FilePaper(binder="B-07", page="3", charge_fen=1250))
        desk.perform(number, cmd.CloseFinal())
    assert (written_off["stage"], written_off["slip"]) == ("written_off", None)
    assert written_off["written_off_at"].endswith(ZONE)
    assert received["slip"] == {
        "number": "FW-000001",
        "received_at": received["slip"]["received_at"],
        "signed_by": None,
        "binder": None,
        "page": None,
        "charge_fen": None,
        "version": 1,
    }
    final = run("case", "show", number, "--json", "--site", site).json
    assert (final["stage"], final["assignee"]) == ("final", "张伟")
    assert final["final_at"].endswith(ZONE)
    assert {k: final["slip"][k] for k in ("signed_by", "binder", "page", "charge_fen")} == {
        "signed_by": "李建国",
        "binder": "B-07",
        "page": "3",
        "charge_fen": 1250,
    }
    assert {duty["state"] for duty in final["duties"]} <= {"done", "done_late", "cancelled"}
    kinds = [entry["kind"] for entry in final["entries"]]
    assert kinds[-4:] == ["paper_received", "paper_signed", "paper_filed", "closed_final"]


def test_lists_are_arrays_of_case_objects(run: Run, site: Path) -> None:
    for said in ("漏水到楼下", "电梯停运"):
        run("case", "open", "--said", said, "--site", site)
    listed = run("case", "list", "--json", "--site", site).json
    assert [case["verbatim"] for case in listed] == ["漏水到楼下", "电梯停运"]
    assert list(listed[0]) == FIELDS
    assert run("case", "list", "--open", "--json", "--site", site).json == listed
    found = run("case", "find", "电梯", "--json", "--site", site).json
    assert [case["verbatim"] for case in found] == ["电梯停运"]
    for nothing in ("热气球", "%", '"', "NEAR(", "*"):
        assert run("case", "find", nothing, "--json", "--site", site).json == []
    assert run("case", "list", "--json", "--site", site).out.endswith("]\n")


def test_an_empty_record_is_an_empty_array(run: Run, site: Path) -> None:
    assert run("case", "list", "--json", "--site", site).out == "[]\n"
    assert run("case", "list", "--site", site).out == ""


def test_the_log_names_the_case_of_each_entry(run: Run, site: Path) -> None:
    number = run("case", "open", "--said", "漏水", "--site", site).out.strip()
    log = run("log", "--json", "--site", site).json
    assert [entry["seq"] for entry in log] == sorted(entry["seq"] for entry in log)
    assert log[-1]["case"] == number
    assert {entry["case"] for entry in log} == {number, None}
    today = log[-1]["occurred_at"][:10]
    assert run("log", "--from", today, "--to", today, "--json", "--site", site).json == log
    assert run("log", "--to", "2000-01-01", "--json", "--site", site).json == []
    assert run("log", "--from", "nonsense", "--site", site).code == 2


def test_people_read_the_same_in_words(run: Run, site: Path) -> None:
    number = run("case", "open", "--said", "漏水", "--place", "大堂", "--site", site).out.strip()
    shown = run("case", "show", number, "--site", site, "--lang", "zh")
    assert number in shown.out
    assert "第一次跟进" in shown.out
    assert number in run("case", "list", "--site", site).out
    assert number in run("log", "--site", site).out


def test_words_for_people_hold_names_and_not_ids(run: Run, site: Path) -> None:
    opened = ("--said", "停电", "--category", "power_cut_home", "--site", site)
    number = run("case", "open", *opened).out.strip()
    for asked in (("case", "show", number), ("log",)):
        for as_json in ((), ("--json",)):
            told = run(*asked, "--site", site, "--lang", "zh", *as_json)
            words = told.out
            if as_json:
                entries = told.json["entries"] if "show" in asked else told.json
                words = " ".join(entry["text"] for entry in entries)
            assert "power_cut_home" not in words
