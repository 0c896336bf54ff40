"""The demo's month: its watches are handed over by their sheets, as on any desk."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from dispatcher_tui.demo.accounts import demo_accounts
from dispatcher_tui.desk.record import Record
from dispatcher_tui.domain.record.watch_events import HandedOver, SignedIn
from dispatcher_tui.domain.watch.check_questions import answered, questions
from tests.lived_demo import lived_demo


def test_the_watches_of_the_month_are_handed_over_by_their_sheets(tmp_path: Path) -> None:
    desk = lived_demo(tmp_path)
    entries = [line.entry for line in desk.store.log(None, None)]
    assert [type(e.event) for e in entries].count(SignedIn) == 1
    handed = [(e, e.event) for e in entries if isinstance(e.event, HandedOver)]
    assert len(handed) > 50
    for entry, event in handed:
        assert (entry.actor, entry.cosigner) == (event.outgoing, event.incoming)
        assert entry.actor != entry.cosigner
        assert event.sheet.at == entry.occurred_at
        assert event.sheet.rows == entry.seq - 1
        assert event.until == event.sheet.until
        assert event.answers == tuple(map(answered, questions(event.sheet)))
    for (_before, first), (after, second) in pairwise(handed):
        assert first.incoming == second.outgoing
        assert first.until == after.occurred_at  # to the minute the plan says
    last = handed[-1][1]
    assert last.incoming == desk.actor == desk.post.holder
    assert last.incoming in {account.name for account in demo_accounts()}
    assert last.sheet.cases
    assert last.sheet.duties
    assert last.sheet.calls
    head = last.sheet.head
    assert Record(desk.store, desk.clock).verify(head).unchanged_to == last.sheet.rows
    desk.store.close()
