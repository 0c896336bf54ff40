"""A weekly check that lapses at the very moment it falls due: fired once, and counted as missed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from dispatcher_tui.desk.reviews.routines import next_desk_firing
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.reviews.routine import desk_duties, fallen
from dispatcher_tui.domain.reviews.timeliness import DutyAtEnd, timeliness
from dispatcher_tui.domain.watch.post import VACANT, Post
from dispatcher_tui.site.load import SiteData, load
from tests.site.samples import new_site

SHANGHAI = ZoneInfo("Asia/Shanghai")
SECOND = timedelta(seconds=1)
BEGAN = datetime(2026, 12, 20, tzinfo=UTC)
LAST_WEEKS = [
    ("check:2026-W53", datetime(2027, 1, 4, tzinfo=SHANGHAI)),
    ("check:2027-W52", datetime(2028, 1, 3, tzinfo=SHANGHAI)),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteData:
    return load(new_site(tmp_path_factory.mktemp("lapsing") / "site"), lazy=True)


def checks(site: SiteData, now: datetime, post: Post = VACANT) -> tuple[Duty, ...]:
    """The weekly checks that are known at a moment."""
    since = {"check": max(BEGAN, now - timedelta(days=20))}
    return desk_duties(site.procedure, site.calendar, post, since, now)


@pytest.mark.parametrize(("key", "end"), LAST_WEEKS)
def test_it_is_fired_once_at_its_moment(site: SiteData, key: str, end: datetime) -> None:
    now = end.astimezone(UTC)
    before = checks(site, now - SECOND)
    assert key not in [d.key for d in fallen(before, frozenset(), now - SECOND)]
    earlier = frozenset(d.key for d in fallen(before, frozenset(), now - SECOND))
    assert next_desk_firing(before, earlier) == now
    for at in (now, now + SECOND, now + timedelta(days=2)):
        # Whoever looks first, also right at midnight: the moment is not overlooked.
        assert next_desk_firing(checks(site, at), earlier) == now
        assert [d.key for d in fallen(checks(site, at), earlier, at)] == [key]
        assert fallen(checks(site, at), earlier | {key}, at) == []
        after = next_desk_firing(checks(site, at), earlier | {key})
        assert after == now + timedelta(days=7)


@pytest.mark.parametrize(("key", "end"), LAST_WEEKS)
def test_it_counts_as_late_unless_it_was_done(site: SiteData, key: str, end: datetime) -> None:
    now = end.astimezone(UTC)
    begin, stop = now - timedelta(days=6), now + SECOND
    for done, in_time in ((None, 0), (now - SECOND, 1), (now, 1)):
        post = replace(VACANT, done={key: done} if done else {})
        found = [DutyAtEnd("", d) for d in checks(site, now, post) if d.key == key]
        told = timeliness(found, begin, stop)
        assert (told.due, told.in_time) == (1, in_time)
    assert timeliness(found, begin, now).due == 0, "it is of the stretch that its moment lies in"


def test_what_was_done_in_time_is_not_fired(site: SiteData) -> None:
    key, end = LAST_WEEKS[0]
    now = end.astimezone(UTC)
    post = replace(VACANT, done={key: now - SECOND})
    assert key not in [d.key for d in fallen(checks(site, now, post), frozenset(), now)]
