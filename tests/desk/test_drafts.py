"""Drafts: what was typed comes back word for word, whatever version wrote it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from dispatcher_tui.desk.case.intake import Intake, IntakeDraft, IntakeKind
from dispatcher_tui.desk.drafts import KIND, drop_draft, load_drafts, new_draft, save_draft
from dispatcher_tui.domain.words.terms import Fact
from tests.tui.support import START, desk

FORM = Intake(
    kind=IntakeKind.AGAIN,
    place="3-2-1502",
    phone="ask wife",
    caller="王先生",
    said=' "漏水"\nline two ',
    category="ls",
    facts=(Fact.NOW, Fact.MEDIA),
    case="some-id",
)


async def test_a_draft_comes_back_as_it_was_typed(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        fresh = new_draft(START)
        await night.run_on_desk(lambda d: save_draft(d, fresh))
        typed = IntakeDraft(fresh.id, fresh.opened_at, FORM)
        await night.run_on_desk(lambda d: save_draft(d, typed))
        later = new_draft(START + timedelta(minutes=1))
        await night.run_on_desk(lambda d: save_draft(d, later))
    async with desk(tmp_path) as night:
        assert await night.run_on_desk(load_drafts) == [typed, later]
        await night.run_on_desk(lambda d: drop_draft(d, typed.id))
        await night.run_on_desk(lambda d: drop_draft(d, typed.id))
        assert await night.run_on_desk(load_drafts) == [later]


async def test_what_could_steer_a_terminal_is_taken_out(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        bad = IntakeDraft("id", START, Intake(said="a\x1b[2J\u202e\ud800b"))
        await night.run_on_desk(lambda d: save_draft(d, bad))
        (kept,) = await night.run_on_desk(load_drafts)
        assert kept.intake.said == "a[2Jb"


async def test_the_words_of_a_draft_of_another_shape_are_not_lost(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        body = '{"kind": "unheard of", "said": "漏水"}'.encode()
        await night.run_on_desk(
            lambda d: d.store.save_draft("x", KIND, START, body, updated_at=START)
        )
        await night.run_on_desk(
            lambda d: d.store.save_draft("y", "other", START, b"{}", updated_at=START)
        )
        (kept,) = await night.run_on_desk(load_drafts)
        assert "漏水" in kept.intake.said


async def test_a_draft_with_a_field_that_is_no_more_keeps_all_the_others(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        body = '{"kind": "repair", "place": "3-2-1502", "said": "漏水", "promise": "40"}'.encode()
        await night.run_on_desk(
            lambda d: d.store.save_draft("x", KIND, START, body, updated_at=START)
        )
        (kept,) = await night.run_on_desk(load_drafts)
        assert kept.intake == Intake(kind=IntakeKind.REPAIR, place="3-2-1502", said="漏水")
