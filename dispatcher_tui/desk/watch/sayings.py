"""What people mean by words for a time, at this desk and in this watch."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.watch.post import Post, acting_end

if TYPE_CHECKING:
    from dispatcher_tui.domain.time.when_words import Sayings


def sayings(desk: Desk, post: Post, now: datetime) -> Sayings:
    """By the site's settings, and by the planned end of the watch that ``post`` is in at ``now``.

    It reads the desk's memory alone.
    """
    from dispatcher_tui.domain.time.when_words import Sayings  # only once a time is typed

    site = desk.site.site
    end = acting_end(post, desk.rules.calendar, now)
    return Sayings(timedelta(minutes=site.soon_minutes), site.dawn, end)
