"""What a drill prints is marked on every line of every page, and its files by their names."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import Mock

from msgspec.structs import replace

from dispatcher_tui.desk.printing import FOLDER, hand_over_report, print_report
from dispatcher_tui.domain.papers.report import HandOverReport
from dispatcher_tui.present.cells import width
from dispatcher_tui.reports.printer import Reports
from tests.domain.support import P0, shipped_procedure
from tests.reports import samples
from tests.reports.readback import FONTS, pages_of

LONG = replace(samples.EVENT, sheet=replace(samples.SHEET, cases=samples.many_cases(60)))


def printed(form: str, mark: str) -> bytes:
    entry = samples.entry(LONG)
    return Reports(FONTS, mark).report(HandOverReport(entry, samples.SITE, samples.ZONE), form)


def test_every_line_of_the_text_begins_with_the_mark() -> None:
    lines = printed("txt", "演练").decode().splitlines()
    assert all(line.startswith("演练") for line in lines)
    assert max(map(width, lines)) <= 80
    assert "演练" not in printed("txt", "").decode()


def test_every_page_bears_the_mark_beside_every_line() -> None:
    pages, plain = pages_of(printed("pdf", "演练")), pages_of(printed("pdf", ""))
    assert len(pages) == len(plain) > 1
    assert all(page.count("演练") > 60 for page in pages)
    assert not any("演练" in page for page in plain)


def test_the_forms_for_programs_say_it_too() -> None:
    assert json.loads(printed("json", "演练"))["drill"] is True
    assert "drill" not in json.loads(printed("json", ""))
    assert printed("md", "演练").decode().splitlines()[2] == "演练"


def test_the_files_of_a_drill_have_names_of_their_own(tmp_path: Path) -> None:
    desk = Mock(printer=Reports(FONTS, "DRILL"))
    desk.site.folder = tmp_path
    desk.site.site.name = samples.SITE
    desk.site.calendar.tz = samples.ZONE
    desk.site.in_force, desk.in_force.companions = (shipped_procedure(P0),), {}
    for scratch, begins in ((True, "DRILL-handover-"), (False, "handover-")):
        desk.scratch = scratch
        paths = print_report(desk, hand_over_report(desk, samples.entry()))
        assert all(path.parent == tmp_path / FOLDER for path in paths)
        assert all(path.name.startswith(begins) for path in paths)
