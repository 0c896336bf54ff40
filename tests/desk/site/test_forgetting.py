"""A household is forgotten: off the list, out of every older text, and out of the file's bytes."""

from __future__ import annotations

from datetime import UTC, timedelta
from pathlib import Path

import msgspec
import pytest

from dispatcher_tui.desk.adoption import adopt_people, adopt_units
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.drafts import new_draft, save_draft
from dispatcher_tui.desk.form_drafts import save_form
from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.site.backups import FOLDER, copy_and_record, go_on_from
from dispatcher_tui.desk.site.doctor import record_findings
from dispatcher_tui.desk.site.forgetting import early_lists, forget, held
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.record_events import TextDeleted
from dispatcher_tui.present.i18n import use
from dispatcher_tui.present.site.doctor_text import finding_text
from dispatcher_tui.present.site.forget_lines import forgotten_lines, held_lines
from dispatcher_tui.site.lists.units import parse_units
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.errors import Refused, StoreError
from dispatcher_tui.store.store import Store
from tests.desk.on_watch import DAY, open_desk

HEADER = "place,resident,phone,note\n"
GONE = '3-2-1502,钱多多,13912340001,"二楼\n有狗"\n'
STAYS = "3-2-1503,孙小美,13912340002,\n"
SECRETS = ("钱多多", "13912340001", "有狗")


def take(desk: Desk, text: str) -> None:
    """Take over a register of units."""
    adopt_units(desk, parse_units(text), text)


def sound(desk: Desk) -> list[str]:
    """What is wrong with the record, by its codes."""
    verdict = Record(desk.store, desk.clock).verify(None)
    return [problem.code for problem in verdict.problems]


def bytes_of(desk: Desk) -> bytes:
    """Everything that lies in the file and beside it."""
    path = desk.store.path
    return b"".join(
        each.read_bytes() for each in path.parent.glob(f"{path.name}*") if each.is_file()
    )


def has(desk: Desk, *words: str) -> list[str]:
    """Which words lie there."""
    content = bytes_of(desk)
    return [word for word in words if word.encode() in content]


def test_the_chain_has_no_word_of_a_list(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, DAY)
    take(desk, HEADER + GONE + STAYS)
    bodies = desk.store.db.all("SELECT body FROM journal")
    assert not [body for (body,) in bodies for word in SECRETS if word in body]
    (event,) = [
        line.entry.event
        for line in desk.store.book("adopted")
        if isinstance(line.entry.event, ev.Adopted) and line.entry.event.what == "units"
    ]
    assert (event.text, event.counts) == ("", {"units": 2, "numbers": 2})
    document = desk.store.document(event.sha256)
    assert document is not None
    assert document.text == HEADER + GONE + STAYS
    assert sound(desk) == []
    desk.store.close()


def test_what_judges_stays_in_the_chain_in_full(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, DAY)
    for line in desk.store.book("adopted"):
        event = line.entry.event
        assert isinstance(event, ev.Adopted)
        assert (event.text == "") == (event.what == "roster")
    desk.store.close()


def test_forgotten_it_is_gone_from_every_byte(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, DAY)
    take(desk, HEADER + GONE)
    take(desk, HEADER + STAYS + GONE)
    for n in range(50):  # so that its rows lie among many, and pages are split
        take(desk, HEADER + GONE + STAYS + f"3-3-{n + 100},住户{n},,\n" * 1)
    assert has(desk, *SECRETS) == list(SECRETS)
    done = forget(desk, "3栋2单元1502")
    assert (done.held.place, done.held.listed, done.held.texts) == ("3-2-1502", True, 52)
    assert done.traces is None
    assert has(desk, *SECRETS) == []
    assert has(desk, "孙小美", "13912340002") == ["孙小美", "13912340002"]
    assert desk.store.unit("3-2-1502") is None
    assert desk.store.unit("3-2-1503") is not None
    current = desk.store.adopted("units", "units.csv")
    assert current is not None
    assert current.text == HEADER + STAYS + "3-3-149,住户49,,\n"
    assert sound(desk) == []
    deleted = [e.event for e in desk.store.all_of("text_deleted")]
    assert len(deleted) == 52
    assert all(isinstance(e, TextDeleted) and e.what == "units" for e in deleted)
    desk.store.close()


def test_a_list_that_never_had_it_stays(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, DAY)
    take(desk, HEADER + STAYS)
    take(desk, HEADER + GONE + STAYS)
    assert forget(desk, "3-2-1502").held.texts == 1
    assert [text.text for text in desk.store.older_texts("units")] == []
    current = desk.store.adopted("units", "units.csv")
    assert current is not None
    assert current.text == HEADER + STAYS  # the very text of before, in force again
    take(desk, HEADER + GONE)  # taken over again, it is there again and no fault
    assert sound(desk) == []
    assert forget(desk, "3-2-1502").held.texts == 1
    assert sound(desk) == []
    desk.store.close()


def test_one_that_has_left_the_list_before_is_found_in_the_older_ones(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, DAY)
    take(desk, HEADER + GONE + STAYS)
    take(desk, HEADER + STAYS)
    assert held(desk, "3-2-1502").listed is False
    done = forget(desk, "03-2-1502")
    assert (done.held.listed, done.held.texts) == (False, 1)
    assert has(desk, *SECRETS) == []
    with pytest.raises(Refusal) as refused:
        forget(desk, "3-2-1502")
    assert refused.value.code == "no_household"
    assert sound(desk) == []
    desk.store.close()


def test_unfinished_forms_that_speak_of_it_are_deleted_and_told(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, DAY)
    take(desk, HEADER + GONE + STAYS)
    case = desk.open_case(Intake(place="3-2-1502", said="漏水")).case
    gone = {
        ("AddHouseholdNoteScreen", ""): {"place": "03栋2单元1502", "words": "秘密一"},
        ("AddHouseholdNoteScreen", "3-2-1502"): {"words": "秘密二"},
        ("NoteScreen", case.id): {"text": "问过钱多多, 秘密三"},
        ("WorkLogScreen", ""): {"text": "秘密四, 139-1234-0001"},
        ("HandOverScreen", ""): {"text": "秘密五: 3栋2单元1502漏水"},
    }
    stay = {
        ("AddHouseholdNoteScreen", "3-2-1503"): {"words": "留下一"},
        ("WorkLogScreen", "x"): {"text": "留下二 13-2-1502 3-2-15020 139123400012 孙小美"},
    }
    for (form, about), fields in (gone | stay).items():
        save_form(desk, form, about, fields)
    save_form(desk, "ForgetScreen", "", {"place": "3-2-1502"})
    draft = new_draft(DAY)
    save_draft(desk, msgspec.structs.replace(draft, intake=Intake(place="3.2.1502", said="秘密六")))
    done = forget(desk, "3-2-1502")
    assert len(done.drafts) == 6, "the form in which it is asked is none"
    assert [each.case for each in done.drafts if each.case] == [case.number]
    assert {each.id for each in desk.store.drafts()} == {f"{f}:{about}" for f, about in stay}
    assert has(desk, "秘密一", "秘密二", "秘密三", "秘密四", "秘密五", "秘密六") == []
    use("en")
    lines = forgotten_lines(done, UTC)
    assert "6 unfinished forms that spoke of it were deleted." in lines
    assert any(case.number in line for line in lines)
    desk.store.close()


def test_a_household_on_no_list_is_forgotten_for_its_unfinished_forms(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, DAY)
    take(desk, HEADER + STAYS)
    save_form(desk, "NoticeScreen", "", {"text": "3-2-1502 钱多多 吵"})
    save_form(desk, "OrderScreen", "x", {"what": "3-2-1503 孙小美"})
    save_form(desk, "ForgetScreen", "", {"place": "3-2-1504"})
    assert (held(desk, "3-2-1502").listed, held(desk, "3-2-1502").drafts) == (False, 1)
    lines = held_lines(held(desk, "3-2-1502"))
    assert "1 unfinished form speaks of it and will be deleted." in lines
    done = forget(desk, "3-2-1502")
    assert len(done.drafts) == 1
    assert [each.id for each in desk.store.drafts() if "Notice" in each.id] == []
    assert [each.id for each in desk.store.drafts() if "Order" in each.id] != []
    assert has(desk, "钱多多") == []
    with pytest.raises(Refusal, match="no_household"):
        held(desk, "3-2-1502")
    assert sound(desk) == []
    desk.store.close()


def test_nobody_is_forgotten_where_there_is_nobody(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, DAY)
    take(desk, HEADER + STAYS)
    rows = desk.store.rows()
    for typed in ("3-2-1502", "", "  ", "'; DROP TABLE units; --", "%"):
        with pytest.raises(Refusal):
            forget(desk, typed)
    desk.scratch = True
    with pytest.raises(Refusal) as refused:
        forget(desk, "3-2-1503")
    assert refused.value.code == "forget_in_drill"
    assert desk.store.rows() == rows
    assert desk.store.unit("3-2-1503") is not None
    desk.store.close()


def test_only_an_entry_lets_a_text_be_missing_and_never_the_one_in_force(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, DAY)
    take(desk, HEADER + GONE)
    take(desk, HEADER + STAYS)
    (older,) = desk.store.older_texts("units")
    desk.store.db.run("DELETE FROM documents WHERE sha256 = ?", (older.sha256,))
    assert sound(desk) == ["text_gone"]
    current = desk.store.adopted("units", "units.csv")
    assert current is not None
    with pytest.raises(Refused):
        desk.store.transact(lambda tx: tx.delete_text(current.sha256))
    raw = Db.connect(desk.store.path)
    raw.run("PRAGMA foreign_keys=OFF")
    raw.run("DELETE FROM documents WHERE sha256 = ?", (current.sha256,))
    raw.close()
    lost = TextDeleted(sha256=current.sha256, what="units", name="units.csv")
    desk.store.transact(lambda tx: desk.note_in(tx, lost))
    assert "text_gone" in sound(desk)
    desk.store.close()


def test_a_text_that_comes_back_by_hand_is_told(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, DAY)
    take(desk, HEADER + GONE)
    take(desk, HEADER + STAYS)
    (older,) = desk.store.older_texts("units")
    forget(desk, "3-2-1502")
    with desk.store.write() as tx:
        tx.put_document("units", "units.csv", older.text, older.data)
    assert sound(desk) == ["text_there"]
    desk.store.close()


def test_copies_that_have_it_are_named(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, DAY)
    folder = desk.site.folder / FOLDER
    folder.mkdir()
    elsewhere = tmp_path / "stick"
    elsewhere.mkdir()
    take(desk, HEADER + STAYS)
    (desk.site.folder / "units.csv").write_text(HEADER + GONE, encoding="utf-8")
    take(desk, HEADER + GONE)
    with_it = copy_and_record(desk.store.path, folder, "x").path
    copy_and_record(desk.store.path, elsewhere / "monday.sqlite3", "x")
    broken = folder / "site-20200101T000000.sqlite3"
    broken.write_bytes(b"no copy")
    done = forget(desk, "3-2-1502")
    assert [copy.path for copy in done.copies] == [broken, with_it]
    assert all(copy.at is not None for copy in done.copies)
    assert done.elsewhere is not None
    assert done.file
    after = copy_and_record(desk.store.path, tmp_path / "clean.sqlite3", "x").path
    assert all(word.encode() not in after.read_bytes() for word in SECRETS)
    desk.store.close()


def test_an_early_record_keeps_its_lists_in_the_chain_and_says_so(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, DAY)
    text = HEADER + GONE + STAYS

    def early(tx: object) -> None:
        sha256 = tx.put_document("units", "units.csv", text, b"2")  # type: ignore[attr-defined]
        early_entry = ev.Adopted(what="units", name="units.csv", sha256=sha256, text=text)
        desk.note_in(tx, early_entry)  # type: ignore[arg-type]
        tx.put_units(parse_units(text))  # type: ignore[attr-defined]
        tx.adopt("units", "units.csv", sha256)  # type: ignore[attr-defined]

    desk.store.transact(early)
    assert sound(desk) == []
    for data, counted in ((b"3", ["document"]), (b"", ["document"]), (b"2", [])):
        desk.store.db.run("UPDATE documents SET data = ? WHERE what = 'units'", (data,))
        assert sound(desk) == counted
    (seq,) = [seq for seq, _event in early_lists(desk.store)]
    findings = record_findings(desk.store.path, desk.store, desk.clock.now())
    (told,) = [each for each in findings if each.what == "lists"]
    assert (told.code, told.detail) == ("lists_early", {"n": "1", "last": str(seq)})
    assert f"entry {seq}" in finding_text(told.code, told.detail)
    done = forget(desk, "3-2-1502")
    assert done.held.chain == (seq,)
    assert sound(desk) == []
    copy = copy_and_record(desk.store.path, tmp_path / "copy.sqlite3", "x").path
    desk.store.close()
    go_on_from(copy, desk.store.path, "x")
    again = open_desk(tmp_path, DAY + timedelta(days=1))
    assert [seq for seq, _event in early_lists(again.store)] == [seq]
    assert sound(again) == []
    assert again.store.unit("3-2-1502") is None
    again.store.close()


def test_nothing_is_kept_of_it_where_the_disk_fails_half_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(tmp_path, DAY)
    take(desk, HEADER + GONE)
    take(desk, HEADER + GONE + STAYS)
    rows = desk.store.rows()

    def fail(_self: object, _sha256: str) -> None:
        raise StoreError("disk")

    with monkeypatch.context() as patch:
        patch.setattr("dispatcher_tui.store.tx.Tx.delete_text", fail)
        with pytest.raises(StoreError):
            forget(desk, "3-2-1502")
    assert desk.store.rows() == rows
    assert desk.store.unit("3-2-1502") is not None
    assert held(desk, "3-2-1502").texts == 1

    def full(_self: Store) -> bool:
        raise StoreError("full")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "clear_traces", full)
        assert forget(desk, "3-2-1502").traces is not None
    with pytest.raises(Refusal):  # Once more: nothing is left to do but that.
        forget(desk, "3-2-1502")
    assert has(desk, *SECRETS) == []
    desk.store.close()


def test_a_household_at_work_in_cases_stays_there(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, DAY)
    take(desk, HEADER + GONE + STAYS)
    case = desk.open_case(Intake(place="3-2-1502", caller="钱多多", said="漏水")).case
    done = forget(desk, "3-2-1502")
    assert done.held.cases == 1
    kept = desk.record(case.id).case
    assert kept.callers[0].name == "钱多多"
    assert sound(desk) == []
    desk.store.close()


def test_beside_a_desk_at_work(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, DAY)
    take(desk, HEADER + GONE + STAYS)
    other = open_desk(tmp_path, DAY + timedelta(minutes=1), actor="cli:x")
    adopt_people(desk, [], "")
    assert forget(other, "3-2-1502").traces is None
    assert has(desk, *SECRETS) == []
    assert desk.store.unit("3-2-1502") is None
    adopt_people(desk, [], "\n")
    assert sound(desk) == []
    other.store.close()
    desk.store.close()
