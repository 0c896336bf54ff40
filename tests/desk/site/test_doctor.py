"""Which SQLite the desk stands on, and what the doctor makes of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dispatcher_tui.desk.form_drafts import save_form
from dispatcher_tui.desk.site.doctor import (
    Health,
    look_finding,
    record_findings,
    sqlite_finding,
    width_finding,
)
from dispatcher_tui.domain.words.looks import AUTO, LookChoice, choice_of
from dispatcher_tui.present.i18n import Language, use
from dispatcher_tui.present.look_names import look_name
from dispatcher_tui.present.site.doctor_text import finding_text
from dispatcher_tui.store.sqlite import LIBRARY, sqlite_version
from tests.desk.on_watch import LI, open_desk
from tests.domain.support import local


@pytest.mark.parametrize(
    ("version", "health"),
    [
        ((3, 36, 99), Health.BAD),
        ((3, 37, 0), Health.WARN),
        ((3, 44, 5), Health.WARN),
        ((3, 44, 6), Health.GOOD),
        ((3, 45, 0), Health.WARN),
        ((3, 50, 6), Health.WARN),
        ((3, 50, 7), Health.GOOD),
        ((3, 51, 2), Health.WARN),
        ((3, 51, 3), Health.GOOD),
        ((3, 52, 0), Health.GOOD),
    ],
)
def test_the_mend_of_the_wal_reset(version: tuple[int, int, int], health: Health) -> None:
    found = sqlite_finding(version, "sqlite3")
    assert found.health is health
    assert found.detail["version"] == ".".join(map(str, version))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("version", [(3, 36, 0), (3, 40, 1), (3, 53, 0)])
def test_the_sentence_names_the_version_and_the_library(
    lang: Language, version: tuple[int, int, int]
) -> None:
    use(lang)
    try:
        found = sqlite_finding(version, "pysqlite3")
        text = finding_text(found.code, found.detail)
    finally:
        use("en")
    assert found.detail["version"] in text
    assert "pysqlite3" in text


def test_it_is_the_one_in_use() -> None:
    found = sqlite_finding()
    assert (found.detail["version"], found.detail["library"]) == (sqlite_version, LIBRARY)


@pytest.mark.parametrize(
    ("cells", "health", "words"),
    [(1, Health.GOOD, "one cell"), (2, Health.GOOD, "two cells"), (None, Health.UNKNOWN, "not")],
)
def test_the_width_of_what_terminals_disagree_about(
    cells: int | None, health: Health, words: str
) -> None:
    found = width_finding(cells)
    assert found.health is health
    assert words in finding_text(found.code, found.detail)


@pytest.mark.parametrize(
    ("start", "desk", "site", "wish", "by"),
    [
        ("high", "day", "mono", "high", LookChoice.START),
        ("", "day", "mono", "day", LookChoice.DESK),
        ("", "", "mono", "mono", LookChoice.SITE),
        ("", "", "auto", AUTO, LookChoice.TERMINAL),
        ("auto", "day", "mono", AUTO, LookChoice.TERMINAL),
        ("", "", "", AUTO, LookChoice.TERMINAL),
    ],
)
def test_the_nearest_wish_for_a_look_holds(
    start: str, desk: str, site: str, wish: str, by: LookChoice
) -> None:
    assert choice_of(start, desk, site) == (wish, by)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_doctor_names_the_theme_and_what_chose_it(lang: Language) -> None:
    use(lang)
    try:
        told = {
            (by, why): finding_text(f.code, f.detail)
            for by in LookChoice
            for why in ("no_colour", "few", "many")
            for f in [look_finding("day", by, why)]
        }
        assert all(look_name("day") in text for text in told.values())
    finally:
        use("en")
    assert len(set(told.values())) == 6, "three that chose, and three reasons where nobody did"
    assert "NO_COLOR" in told[LookChoice.TERMINAL, "no_colour"]
    assert "site.toml" in told[LookChoice.SITE, "many"]


def test_forms_half_typed_are_counted_with_their_age_and_never_shown(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, local("2026-11-21 22:47"), LI.name)
    now = desk.clock.now()

    def told(at: datetime) -> list[tuple[Health, str]]:
        found = record_findings(desk.store.path, desk.store, at)
        drafts = [each for each in found if each.what == "drafts"]
        return [(each.health, finding_text(each.code, each.detail)) for each in drafts]

    assert told(now) == []
    save_form(desk, "NoticeScreen", "", {"text": "3-2-1502 王某"})
    use("en")
    assert told(now) == [(Health.GOOD, "1 form half typed, left alone for 0 d 0 h")]
    save_form(desk, "OrderScreen", "x", {"what": "secret"})
    almost, day = timedelta(hours=23, minutes=59, seconds=59), timedelta(days=1)
    forms = "2 forms half typed, the oldest left alone for"
    assert told(now + almost) == [(Health.GOOD, f"{forms} 0 d 23 h")]
    assert told(now + day) == [(Health.WARN, f"{forms} 1 d 0 h")]
    save_form(desk, "NoticeScreen", "", {})
    save_form(desk, "OrderScreen", "x", {})
    assert told(now + day) == []
    desk.store.close()
