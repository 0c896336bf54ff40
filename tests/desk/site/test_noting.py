"""Notes on households: found however the place is spelt, proved, forgotten, never in the chain."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_units
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.case.story import read_story
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.emergency import open_emergency, read_emergency
from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.site.adopted_notes import AdoptedNotes
from dispatcher_tui.desk.site.forgetting import forget, held
from dispatcher_tui.desk.site.noting import add_note, end_note, noted_here, notes_at, read_notes
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.time.when import WhenError
from dispatcher_tui.domain.words.terms import NoteKind
from dispatcher_tui.present.case.timeline import said
from dispatcher_tui.present.emergency.card_lines import card_lines
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.site.note_lines import homes_lines
from dispatcher_tui.reports.registry import document_of, object_of
from dispatcher_tui.site.lists.units import parse_units
from tests.desk.on_watch import day_watch, put
from tests.domain.support import local

UNITS = "place,resident,phone,note\n1-1-0101,钱多多,13912340001,\n3-2-1502,孙小美,13912340002,\n"
SECRETS = ("靠呼吸机活着", "1-1-0101", "搬去女儿家")


def estate(folder: Path) -> Desk:
    """A desk with two homes."""
    desk = day_watch(folder)
    adopt_units(desk, parse_units(UNITS), UNITS)
    return desk


def problems(desk: Desk) -> list[str]:
    """What is wrong with the record, in full."""
    return [f"{p.code} {p.detail}" for p in Record(desk.store, desk.clock).verify(None).problems]


def test_it_is_found_however_the_place_is_spelt_and_is_over_by_itself(tmp_path: Path) -> None:
    desk = estate(tmp_path)
    note = add_note(desk, "1栋1单元101", NoteKind.LIFE_SUPPORT, "靠呼吸机活着", "11-20 23:30")
    assert (note.place, note.added_by, note.until) == (
        "1-1-0101",
        "王芳",
        local("2026-11-20 23:30"),
    )
    for spelt in ("1-1-0101", "1-1-101", "01-1-101"):
        assert notes_at(desk, spelt) == (note,)
    assert notes_at(desk, "1-1-0102") == notes_at(desk, "") == ()
    put(desk, "2026-11-20 23:29:59")
    assert notes_at(desk, "1-1-101") == (note,)
    put(desk, "2026-11-20 23:30")
    assert notes_at(desk, "1-1-101") == ()
    report = read_notes(desk)
    assert (report.standing, [home.note for home in report.over]) == ((), [note])
    assert problems(desk) == []
    desk.store.close()


def test_the_chain_has_its_hash_and_counts_alone(tmp_path: Path) -> None:
    desk = estate(tmp_path)
    note = add_note(desk, "1-1-101", NoteKind.LIFE_SUPPORT, "靠呼吸机活着")
    add_note(desk, "3-2-1502", NoteKind.DOG)
    end_note(desk, note.id, "搬去女儿家")
    bodies = [body for (body,) in desk.store.db.all("SELECT body FROM journal")]
    assert not [body for body in bodies for word in SECRETS if word in body]
    entries = [
        entry
        for entry in desk.store.all_of("adopted")
        if isinstance(entry.event, ev.Adopted) and entry.event.what == "notes"
    ]
    counts = [each.event.counts for each in entries if isinstance(each.event, ev.Adopted)]
    assert counts == [
        {"standing": 1, "added": 1},
        {"standing": 2, "added": 1},
        {"standing": 1, "ended": 1},
    ]
    use("zh")
    assert "结束 1 条、有效 1 条" in said(entries[-1], desk.rules.calendar.tz)
    use("en")
    assert [home.note.kind for home in read_notes(desk).standing] == [NoteKind.DOG]
    assert read_notes(desk, "1-1-101").over[0].note.reason == "搬去女儿家"
    assert problems(desk) == []
    desk.store.close()


def test_what_cannot_be_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    desk = estate(tmp_path)
    before = desk.store.identity, len(list(desk.store.all_of("adopted")))
    with pytest.raises(WhenError):
        add_note(desk, "1-1-101", NoteKind.DOG, "", "neulich")
    with pytest.raises(Refusal, match="household_note_words"):
        add_note(desk, "1-1-101", NoteKind.OTHER, "\u202e ")
    with pytest.raises(Refusal, match="household_note_over"):
        end_note(desk, "nobody's", "x")
    assert before == (desk.store.identity, len(list(desk.store.all_of("adopted"))))
    desk.store.close()


def test_a_household_that_is_forgotten_takes_its_notes_with_it(tmp_path: Path) -> None:
    desk = estate(tmp_path)
    add_note(desk, "3-2-1502", NoteKind.DOG, "黑背")
    note = add_note(desk, "1-1-101", NoteKind.LIFE_SUPPORT, "靠呼吸机活着")
    end_note(desk, note.id, "搬去女儿家")
    assert held(desk, "1-1-101").texts == 1
    assert forget(desk, "1-1-101").held.texts == 3  # the register of before, and two of the notes
    everything = b"".join(p.read_bytes() for p in tmp_path.glob("desk.sqlite3*"))
    for word in ("靠呼吸机活着", "搬去女儿家", "钱多多"):
        assert word.encode() not in everything
    assert [home.note.text for home in read_notes(desk).standing] == ["黑背"]
    assert problems(desk) == []
    # One that no list of units has is forgotten too.
    add_note(desk, "北门传达室", NoteKind.OTHER, "老赵怕狗")
    assert forget(desk, "北门传达室").held.listed
    assert notes_at(desk, "北门传达室") == ()
    desk.store.close()


def test_a_hand_on_the_text_is_named_and_no_note_is_added_to_it(tmp_path: Path) -> None:
    desk = estate(tmp_path)
    add_note(desk, "1-1-101", NoteKind.LIFE_SUPPORT)
    desk.store.db.run(
        "UPDATE documents SET text = replace(text, 'life_support', 'dog') WHERE what = 'notes'"
    )
    desk.household_notes = AdoptedNotes(desk.store)  # as after a start
    assert [each.partition(" ")[0] for each in problems(desk)] == ["document"]
    assert notes_at(desk, "1-1-101") == ()  # it stands in nobody's way
    with pytest.raises(Refusal, match="household_notes_unfit"):
        add_note(desk, "3-2-1502", NoteKind.DOG)
    with pytest.raises(Refusal, match="household_notes_unfit"):
        read_notes(desk)
    desk.store.close()


def test_without_power_the_homes_with_machines_are_listed(tmp_path: Path) -> None:
    desk = estate(tmp_path)
    note = add_note(desk, "1-1-101", NoteKind.LIFE_SUPPORT, "电池两小时")
    add_note(desk, "3-2-1502", NoteKind.DOG)
    asks = next(card for card in desk.site.cards if card.homes)
    dark = open_emergency(desk, asks.id, place="3-2-1502")
    found = read_emergency(desk, dark)
    assert [home.note for home in found.homes] == [note]
    assert [each.kind for each in found.notes] == [NoteKind.DOG]
    zone, now = desk.rules.calendar.tz, desk.clock.now()
    lines = homes_lines(found.homes, now, zone)
    assert lines[0] == "! 1 home to look after:"
    assert "电池两小时" in lines[1]
    assert "13912340001" in lines[1]
    assert found.card is not None
    for steps_first in (False, True):
        shown = card_lines(found.card, "", None, (), lines, steps_first=steps_first)
        assert lines == [line.text for line in shown if line.text in lines]
    other = next(card for card in desk.site.cards if not card.homes and not card.within)
    assert read_emergency(desk, open_emergency(desk, other.id, place="1-1-101")).homes == ()
    # A case of that class asks after them as well, at its intake and while it is handled.
    (category,) = asks.categories
    assert [h.note for h in noted_here(desk, "").homes_for(category, now)] == [note]
    case = desk.open_case(Intake(said="停电", category=category, place="3-2-1502"))
    story = read_story(desk, case.case.id)
    assert ([h.note for h in story.homes], [n.kind for n in story.notes]) == (
        [note],
        [NoteKind.DOG],
    )
    desk.store.close()


def test_the_list_is_a_paper_and_an_object(tmp_path: Path) -> None:
    desk = estate(tmp_path)
    note = add_note(desk, "1-1-101", NoteKind.LIFE_SUPPORT, "电池两小时")
    add_note(desk, "3-2-1502", NoteKind.OTHER, "=1+1 钥匙在门卫")
    end_note(desk, note.id, "搬去女儿家")
    report = read_notes(desk)
    (found,) = object_of(report)
    assert isinstance(found, dict)
    assert (found["place"], found["kind"], found["until"]) == ("3-2-1502", "other", None)
    assert [len(block.values) for block in document_of(report).blocks if hasattr(block, "values")]
    desk.store.close()
