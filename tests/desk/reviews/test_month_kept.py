"""What the desk keeps beside its cases stands in the month it happened in, and in no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.reviews.months import read_month
from dispatcher_tui.desk.watch.out_alone import asked_whether_safe, back_again, send_alone
from dispatcher_tui.domain.case.decide_out_alone import SendAsked
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.events import Event
from dispatcher_tui.domain.record.fee_events import FeeLinesHanded, FeeResultsNoted
from dispatcher_tui.domain.record.fee_events import LineOutcome as Outcome
from dispatcher_tui.domain.record.fee_events import LineResult as Result
from dispatcher_tui.domain.record.handout_events import ThingCameBack, ThingHandedOut
from dispatcher_tui.domain.record.posting_events import PostingHung, PostingTakenDown
from dispatcher_tui.domain.record.watch_events import DeskDutyFellDue
from dispatcher_tui.domain.watch.kept_tallies import kept_tallies
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.reviews.month_json import figures_object
from tests.desk.on_watch import open_desk, put
from tests.domain.support import local

AT = local("2026-11-18 10:00")
NAME = Label("名", "Name")


def entry(event: Event) -> Entry:
    return Entry(1, AT, AT, "李建国", "", event)


def counted(*events: Event) -> dict[str, tuple[int, int]]:
    """By what a row is called: how often, and how often late or in vain."""
    return {each.label.en: (each.times, each.late) for each in kept_tallies(map(entry, events))}


def test_each_kind_is_counted_in_its_row_and_what_never_happened_in_none() -> None:
    list_of = {"list": "unpaid", "month": "2026-11", "label": NAME}
    results = [Outcome("a", Result.PAID, 5), Outcome("b", Result.PAID, 5)]
    results += [Outcome("c", Result.REMINDED), Outcome("d", Result.NOBODY)]
    thing = {"register": "keys", "label": NAME}
    assert counted() == {}
    assert counted(
        PostingHung(case="x", form="f", label=NAME, door="3-1"),
        PostingHung(case="x", form="f", label=NAME, door="3-2"),
        PostingTakenDown(case="x", form="f", label=NAME, door="3-1"),
        FeeLinesHanded(keeper="周", places=("a", "b", "c"), **list_of),  # type: ignore[arg-type]
        FeeResultsNoted(results=tuple(results), **list_of),  # type: ignore[arg-type]
        ThingHandedOut(number=1, sha256="x", **thing),  # type: ignore[arg-type]
        DeskDutyFellDue(duty="handout:1", rule="", due=AT, label=NAME),
        DeskDutyFellDue(duty="round:x@20261118T0000Z", rule="", due=AT, label=NAME),
        ThingCameBack(number=1, **thing),  # type: ignore[arg-type]
    ) == {
        "Notices hung": (2, 0),
        "Notices taken down": (1, 0),
        "Homes handed to keepers": (3, 0),
        "Homes reminded of fees": (1, 0),
        "Homes that paid": (2, 0),
        "Handed out": (1, 1),
        "Came back": (1, 0),
    }


@pytest.mark.parametrize(
    ("at", "november", "december"),
    [("2026-11-30 23:59", 1, 0), ("2026-12-01 00:00", 0, 1), ("2026-12-01 00:01", 0, 1)],
)
def test_it_counts_in_the_month_it_happened_in(
    tmp_path: Path, at: str, november: int, december: int
) -> None:
    desk: Desk = open_desk(tmp_path, local(at))
    send_alone(desk, SendAsked("高磊", place="3-2-1502"))
    asked_whether_safe(desk, 1, safe=False)
    asked_whether_safe(desk, 1, safe=False, second="曹阳")
    asked_whether_safe(desk, 1, safe=True)
    back_again(desk, 1)
    put(desk, "2027-01-02 09:00")
    found = []
    for month in ("2026-11", "2026-12"):
        figures = read_month(desk, month).figures
        zone = desk.rules.calendar.tz
        said = figures_object(figures, zone)["kept"]
        assert said == [
            {"label": {"zh": x.label.zh, "en": x.label.en}, "times": x.times, "late": x.late}
            for x in figures.kept
        ]
        found.append({x.label.en: (x.times, x.late) for x in figures.kept}.get("Out alone"))
    assert found == [(1, 1) if times else None for times in (november, december)]
