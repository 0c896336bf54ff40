"""Who has reviewed the wording of the action cards, and for how long that holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from dispatcher_tui.domain.emergency.card import CardReview
from dispatcher_tui.site.check import check, warn
from dispatcher_tui.site.reviews import judge_reviews
from tests.site.samples import new_site
from tests.site.test_cards import RING, WRITTEN, card


def reviewed(**review: str) -> list[str]:
    """The codes of what is said of one card with this review, on the day the wording is old."""
    found = judge_reviews([replace(card("fire"), review=CardReview(**review))], date(2028, 11, 30))
    assert all(problem.file == "emergency" for problem in found)
    return [problem.code for problem in found]


def test_nobody_has_reviewed_the_shipped_cards() -> None:
    for name in RING:
        assert card(name).review == CardReview(written=WRITTEN)
    (found,) = judge_reviews([card(name) for name in RING], date(2026, 11, 30))
    assert (found.code, found.detail) == ("cards_unreviewed", {"n": "23", "all": "23"})


def test_a_review_holds_for_two_years_to_the_day() -> None:
    assert reviewed(written=WRITTEN, by="周明", on="2026-11-30") == []
    assert reviewed(written=WRITTEN, by="周明", on="2026-11-29") == ["cards_outdated"]
    assert reviewed(written="2020-01-01", by="周明", on="2027-01-01") == []
    assert reviewed(written=WRITTEN) == ["cards_unreviewed"]
    assert reviewed(written="2026-11-29") == ["cards_unreviewed", "cards_outdated"]
    assert reviewed() == ["cards_unreviewed"]
    assert reviewed(by="周明", on="2028-11-30") == [], "the day itself"
    assert reviewed(by="周明", on="2028-12-01") == ["cards_ahead"]


def test_one_line_however_many_cards_it_speaks_of() -> None:
    old = [replace(card(name), review=CardReview("2020-02-29")) for name in sorted(RING)]
    found = judge_reviews(old, date(2026, 11, 29))
    assert [problem.code for problem in found] == ["cards_unreviewed", "cards_outdated"]
    assert found[1].detail["names"].startswith("battery_fire, co")


def test_site_check_says_so_of_a_new_site_and_finds_no_fault_in_it(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    found = warn(site, [], date(2026, 11, 30))
    about_cards = [problem.code for problem in found if problem.file.startswith("emergency")]
    assert about_cards == ["cards_unreviewed"]
    assert not [problem for problem in check(site, []) if problem.file.startswith("emergency")]
