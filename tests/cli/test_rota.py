"""A rota is taken over, shown, exported and proved; the chain has no word of it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl

from dispatcher_tui.site.shipped import data_dir
from tests.cli.support import Run

ROSTER = data_dir() / "demo" / "roster.csv"
FIRST = datetime.now(UTC).date() - timedelta(days=1)
DAYS = [(FIRST + timedelta(days=n)).isoformat() for n in range(3)]
THREE = f"""排班表
早班 7:00-15:00，夜班 19:00-次日7:00
姓名,{",".join(DAYS)}
李建国,夜,休,年假
王芳,早,早,
"""
WEEKLY = "姓名,周一,周二,周三,周四,周五,周六,周日\n高磊,夜,夜,夜,夜,夜,夜,夜\n"
SHOWN = ("rota", "show", "--from", DAYS[0], "--to", DAYS[-1])


def test_a_rota_there_and_back(run: Run, site: Path, tmp_path: Path) -> None:
    def take(text: str, *options: str) -> str:
        path = tmp_path / "rota.csv"
        path.write_text(text, "utf-8")
        done = run("--lang", "en", "site", "import", path, *options, "--site", site)
        refused = "Nothing was changed:" in done.err and "dry run" not in done.err
        assert done.code == int(refused)
        return done.err

    assert "is not on the roster" in take(THREE), "nobody is known yet"
    path = tmp_path / "r.csv"
    path.write_text(THREE, "utf-8")
    assert run("rota", "import", ROSTER, path, "--site", site).code == 0, "both at once"
    take("房产,业主\n3-2-1502,甲\n")
    told = take(WEEKLY)
    assert "new: 1 (高磊)" in told
    assert "in the list: 1" in told
    assert "nothing changes" in take(THREE, "--dry-run")
    assert "changed: 1 (王芳)" in take(THREE.replace("王芳,早", "王芳,夜"), "--dry-run")
    assert "gone: 1 (王芳)" in take(THREE.replace("王芳,早,早,\n", ""))

    shown = run("--lang", "en", *SHOWN, "--site", site)
    lines = [line[16:] for line in shown.out.splitlines()]
    assert lines == [
        "早 07:00-15:00  王芳",
        "夜 19:00-07:00  李建国, 高磊",
        "早 07:00-15:00  王芳",
        "夜 19:00-07:00  高磊",
        "休 off work  李建国",
        "夜 19:00-07:00  高磊",
        "年假 on leave  李建国",
    ]
    every = run(*SHOWN, "--json", "--site", site).json
    assert every[0]["person"] == "lijianguo"

    book = tmp_path / "lists.xlsx"
    assert run("--lang", "zh", "site", "export", "--out", book, "--site", site).code == 0
    sheet = openpyxl.load_workbook(book)["排班表"]
    assert sheet["C2"].is_date, "a day is a day, in no spreadsheet's own form"
    again = run("--lang", "en", "site", "import", book, "--dry-run", "--site", site)
    assert again.err.count("nothing changes") == 3, again.err

    assert run("verify", "--site", site).code == 0
    db = sqlite3.connect(site / "desk.sqlite3")
    bodies = [body for (body,) in db.execute("SELECT body FROM journal WHERE kind = 'adopted'")]
    assert not any("lijianguo" in body for body in bodies)
    assert any('"what":"rota"' in body and '"people":' in body for body in bodies)
    db.execute("UPDATE documents SET text = replace(text, '19:00', '18:00') WHERE what = 'rota'")
    db.commit()
    db.close()
    assert run("verify", "--site", site).code == 3


def test_rotating_shifts_beside_weekly_ones_there_and_back(
    run: Run, site: Path, tmp_path: Path
) -> None:
    cycle, week = tmp_path / "cycle.csv", tmp_path / "week.csv"
    legend = "早 7:00-15:00,中 15:00-23:00,夜 23:00-7:00"
    cycle.write_text(f"{legend}\n姓名,起始日期,轮班\n王芳,{DAYS[0]},早中夜休\n", "utf-8")
    week.write_text(WEEKLY, "utf-8")
    assert run("rota", "import", ROSTER, cycle, week, "--site", site).code == 0
    shown = run("--lang", "en", *SHOWN, "--site", site).out.splitlines()
    lines = [line[16:] for line in shown if "王芳" in line]
    assert lines == ["早 07:00-15:00  王芳", "中 15:00-23:00  王芳", "夜 23:00-07:00  王芳"]
    for lang in ("zh", "en"):
        book = tmp_path / f"{lang}.xlsx"
        assert run("--lang", lang, "site", "export", "--out", book, "--site", site).code == 0
        again = run("--lang", "en", "site", "import", book, "--dry-run", "--site", site)
        assert again.err.count("nothing changes") == 2, again.err
    assert run("verify", "--site", site).code == 0
    lost = run("--lang", "en", "rota", "import", week, "--site", site)
    assert lost.code == 1, "whose cycle it would take away is said first"
    assert "gone: 1 (王芳)" in lost.err


def test_what_the_rota_command_refuses(run: Run, site: Path) -> None:
    for words in (("--from", "morgen"), ("--from", "2026-12-02", "--to", "2026-12-01")):
        done = run("--lang", "en", "rota", "show", *words, "--site", site)
        assert (done.code, done.out) == (2, "")
        assert words[0] in done.err
    none = run("--lang", "en", "rota", "show", "--from", "2026-12-01", "--site", site)
    assert none.out.count("the rota does not say") == 7


def test_who_is_on_duty_without_a_number_is_said_by_the_check(
    run: Run, site: Path, tmp_path: Path
) -> None:
    rows = ("a,甲,head,13900000101,,", "b,乙,implementer,,07:00,19:00", "c,丙,implementer,,,")
    path = tmp_path / "roster.csv"
    path.write_text("\n".join(["id,name,role,phone1,on_from,on_until", *rows]), "utf-8")
    assert run("site", "import", path, "--site", site).code == 0

    def told() -> str:
        done = run("--lang", "en", "site", "check", "--site", site)
        return done.out + done.err

    assert "乙 is on duty within a day and has no number" in told()
    assert "丙 is on duty" not in told(), "without hours nobody knows where they are"
    off = tmp_path / "rota.csv"
    heads = "周一,周二,周三,周四,周五,周六,周日"
    off.write_text(f"姓名,{heads}\n乙,休,休,休,休,休,休,休\n", "utf-8")
    assert run("rota", "import", off, "--site", site).code == 0
    assert "is on duty within a day" not in told()
