"""A case in Monday's review: its line, and what the head says where it cannot be handled."""

from __future__ import annotations

from msgspec.structs import replace

from dispatcher_tui.domain.duties.duties import duties
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.reviews.review import Walk, walk
from dispatcher_tui.domain.time.periods import period_named
from dispatcher_tui.domain.words.terms import ReviewOutcome
from tests.domain.support import P0, Story, calendar

WEEK = period_named("2026-W47")  # Monday the 16th to Sunday the 22nd of November
HEAD = "赵主任"


def walked(*stories: Story) -> Walk:
    """The review of these cases as they stand."""
    found = [(s.case, duties(s.case, s.rules), s.rules.procedure) for s in stories]
    return walk(found, WEEK, calendar())


def line(standing: ReviewOutcome, text: str = "", week: str = WEEK.name) -> cmd.Review:
    return cmd.Review(week=week, standing=standing, text=text)


def method(text: str = "请厂家来", **given: object) -> cmd.SetMethod:
    """The head's decision, signed with the PIN unless something else is given."""
    head = cmd.SetMethod(week=WEEK.name, name=HEAD, role="head", rule="P0-09", text=text)
    return replace(head, **given)


def opened(at: str = "2026-11-18 09:00") -> Story:
    return Story(P0, at).open().call()


def stuck() -> Story:
    """A case that the review found cannot be handled."""
    story = opened().at("2026-11-23 09:00")
    story.do(line(ReviewOutcome.CANNOT, "配件停产"))
    return story
