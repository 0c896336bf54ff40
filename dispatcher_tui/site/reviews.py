"""Whether the words of the action cards were reviewed, and how long ago: no fault, but said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dispatcher_tui.site.cards import Card
from dispatcher_tui.site.problems import Findings, SiteProblem

YEARS = 2
"""How long a review, or our wording where there was none, holds."""

FOLDER = "emergency"


def _too_old(text: str, today: date) -> bool:
    """Whether a day lies more than two years back; the day itself two years on does not."""
    if not text:
        return False
    last = date.fromisoformat(text)
    return (last.year + YEARS, last.month, last.day) < (today.year, today.month, today.day)


def judge_reviews(cards: Iterable[Card], today: date) -> list[SiteProblem]:
    """Cards that nobody reviewed, those whose last date is more than two years past, and those
    whose review lies ahead: it would never grow old.

    One line for each of them, however many cards it speaks of.
    """
    known = tuple(cards)
    never = [card.id for card in known if not card.review.on]
    old = [card.id for card in known if _too_old(card.review.on or card.review.written, today)]
    findings = Findings(FOLDER)
    if never:
        findings.add("review", "cards_unreviewed", n=len(never), all=len(known))
    if old:
        findings.add("review", "cards_outdated", n=len(old), names=", ".join(old))
    if ahead := [card.id for card in known if card.review.on > today.isoformat()]:
        findings.add("review", "cards_ahead", n=len(ahead), names=", ".join(ahead))
    return findings.problems
