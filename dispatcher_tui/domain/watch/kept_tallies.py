"""What the desk keeps beside its cases, counted over a month: notices, fees, what went out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.fee_events import FeeLinesHanded, FeeResultsNoted, LineResult
from dispatcher_tui.domain.record.handout_events import ThingCameBack, ThingHandedOut
from dispatcher_tui.domain.record.month import KeptTally
from dispatcher_tui.domain.record.out_alone_events import SafetyAsked, SentAlone
from dispatcher_tui.domain.record.posting_events import PostingHung, PostingTakenDown
from dispatcher_tui.domain.record.watch_events import DeskDutyFellDue
from dispatcher_tui.domain.watch.handouts import is_handout
from dispatcher_tui.domain.words.terms import Label

_OVERDUE, _SILENT, _FEE = "overdue", "silent", "fee:"

_ROWS: tuple[tuple[str, Label, str], ...] = (
    ("hung", Label("通知贴出", "Notices hung"), ""),
    ("down", Label("通知取下", "Notices taken down"), ""),
    ("fee", Label("收费清单派发户数", "Homes handed to keepers"), ""),
    (f"{_FEE}{LineResult.REMINDED}", Label("收费已提醒户数", "Homes reminded of fees"), ""),
    (f"{_FEE}{LineResult.DELIVERED}", Label("收费通知送达户数", "Fee notices delivered"), ""),
    (f"{_FEE}{LineResult.PAID}", Label("收费已缴户数", "Homes that paid"), ""),
    (f"{_FEE}{LineResult.REFUSED}", Label("收费拒缴户数", "Homes that refused"), ""),
    ("out", Label("收发登记发出", "Handed out"), _OVERDUE),
    ("back", Label("收发登记收回", "Came back"), ""),
    ("alone", Label("单独外出", "Out alone"), _SILENT),
)
"""What is counted, what it is called, and what of it was late or in vain."""


def _counted(entry: Entry) -> Iterator[tuple[str, int]]:
    """What an entry adds to, and how much."""
    match entry.event:
        case PostingHung():
            yield "hung", 1
        case PostingTakenDown():
            yield "down", 1
        case FeeLinesHanded(places=places):
            yield "fee", len(places)
        case FeeResultsNoted(results=results):
            for each in results:
                yield f"{_FEE}{each.result}", 1
        case ThingHandedOut():
            yield "out", 1
        case ThingCameBack():
            yield "back", 1
        case DeskDutyFellDue(duty=key) if is_handout(key):
            yield _OVERDUE, 1
        case SentAlone():
            yield "alone", 1
        case SafetyAsked(safe=False, second=""):
            yield _SILENT, 1


def kept_tallies(entries: Iterable[Entry]) -> tuple[KeptTally, ...]:
    """The tallies of a month's entries; what never happened in it is left out."""
    counts = Counter[str]()
    for entry in entries:
        for name, times in _counted(entry):
            counts[name] += times
    return tuple(
        KeptTally(label, counts[name], counts[late] if late else 0)
        for name, label, late in _ROWS
        if counts[name] or (late and counts[late])
    )
