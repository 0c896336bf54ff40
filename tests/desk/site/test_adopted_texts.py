"""A hand on the adopted texts: those that count no more are proved like those that do."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from hashlib import sha256

import pytest

from dispatcher_tui.desk.adoption import (
    adopt_notes,
    adopt_people,
    adopt_rota,
    adopt_site,
    adopt_stand_ins,
    adopt_units,
)
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.record import Record, faithful
from dispatcher_tui.domain.record.record_events import TextDeleted
from dispatcher_tui.domain.site.household_notes import HouseholdNote
from dispatcher_tui.domain.site.person_lists import PERSON_LISTS
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import NoteKind
from dispatcher_tui.site.lists.roster import roster_text
from dispatcher_tui.site.lists.rota_form import parse_rota
from dispatcher_tui.site.lists.units import parse_units
from dispatcher_tui.site.load import load
from dispatcher_tui.store.proof_texts import texts
from dispatcher_tui.store.record_types import AdoptedText
from dispatcher_tui.store.tx import Tx
from tests.desk.on_watch import DAY, open_desk
from tests.desk.several import set_in_force
from tests.domain.support import FEE, P0

HOME, OTHER_HOME = "3-2-1502,孙小美,13912340002,\n", "3-2-1503,钱多多,13912340001,\n"
EDITED = ("procedures/estate-dispatch.toml", "emergency/fire.toml", "categories.toml")

SORTS = {
    "units": "units.csv",
    "roster": "roster.csv",
    "rota": "rota.csv",
    "stand_ins": "stand_ins.csv",
    "notes": "notes.json",
    "procedure": EDITED[0],
    "card": EDITED[1],
    "categories": EDITED[2],
    "site": "site.toml",
    "in_force": "in_force",
    "calendar": "calendar",
}
"""Every sort of text that a site adopts, with the name of one of them."""

UPDATE = "UPDATE OR REPLACE documents SET {} = ? WHERE sha256 = ?"
INSERT = "INSERT INTO documents VALUES (?, ?, ?, ?, ?)"


def _lists(desk: Desk, homes: str, role: str, note: str) -> None:
    """Adopt one text of every list of persons."""
    units = f"place,resident,phone,note\n{homes}"
    adopt_units(desk, parse_units(units), units)
    people = [Person("li", "李建国", role, phones=("13800000001",))]
    adopt_people(desk, people, roster_text(people))
    rota = f"person,day,code,on_from,on_until,absence\nli,2026-11-18,{role},07:00,19:00,\n"
    adopt_rota(desk, parse_rota(rota), rota)
    outside = [Person("x", "外援", role, phones=("13800000009",))]
    adopt_stand_ins(desk, outside, roster_text(outside))
    adopt_notes(desk, (HouseholdNote("n", "3-2-1502", NoteKind.OTHER, DAY, "王芳", note),))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that adopted another text of every sort since."""
    made = open_desk(tmp_path_factory.mktemp("texts"), DAY)
    _lists(made, HOME, "dispatcher", "有狗")
    set_in_force(made, P0, FEE)
    for name in EDITED:
        path = made.site.folder / name
        path.write_text(f"{path.read_text('utf-8')}\n# 改过\n", "utf-8")
    settings = made.site.folder / "site.toml"
    settings.write_text(settings.read_text("utf-8").replace("08:30", "08:45"), "utf-8")
    adopt_site(made, load(made.site.folder))
    set_in_force(made, FEE, P0)
    _lists(made, HOME + OTHER_HOME, "squad_lead", "有猫")
    yield made
    made.store.close()


_read_once = cache(faithful)
"""Reading a procedure takes long, and each of them is proved some twenty times here."""


def problems(desk: Desk) -> list[str]:
    """What is wrong with the texts."""
    return [f"{p.code} {p.detail}" for p in texts(desk.store.db, _read_once)]


def _changed(data: bytes) -> bytes:
    """Another record that reads as well: a count one higher, a word more, an empty list."""
    return b"%d" % (int(data) + 1) if data.isdigit() else data + b" "


def _harms(text: AdoptedText) -> dict[str, tuple[str, tuple[object, ...]]]:
    """Each way to lay hands on one text, as a statement."""
    key = text.sha256
    other = sha256(b"x").hexdigest()
    return {
        "row deleted": ("DELETE FROM documents WHERE sha256 = ?", (key,)),
        "text emptied": (UPDATE.format("text"), ("", key)),
        "text changed": (UPDATE.format("text"), (text.text + " ", key)),
        "record emptied": (UPDATE.format("data"), (b"", key)),
        "record changed": (UPDATE.format("data"), (_changed(text.data), key)),
        "record of nothing": (UPDATE.format("data"), (b"{}", key)),
        "hash changed": (UPDATE.format("sha256"), (other, key)),
        "hash in capitals": (UPDATE.format("sha256"), (key.upper(), key)),
        "text and hash changed": (
            "UPDATE documents SET text = 'x', sha256 = ? WHERE sha256 = ?",
            (other, key),
        ),
        "sort changed": (UPDATE.format("what"), ("rota" if text.what != "rota" else "card", key)),
        "name changed": (UPDATE.format("name"), ("x", key)),
        "one more": (INSERT, (other, text.what, text.name, "x", text.data)),
    }


def _note(desk: Desk, event: TextDeleted, tx: Tx) -> None:
    desk.note_in(tx, event)


def test_a_record_of_texts_that_count_and_count_no_more_is_sound(desk: Desk) -> None:
    assert Record(desk.store, desk.clock).verify(None).sound


@pytest.mark.parametrize("what", SORTS)
def test_every_hand_on_a_text_is_named_whether_it_counts_or_not(desk: Desk, what: str) -> None:
    db, name = desk.store.db, SORTS[what]
    now = desk.store.adopted(what, name)
    before = next(each for each in desk.store.older_texts(what) if each.name == name)
    assert now is not None
    db.run("PRAGMA foreign_keys=OFF")
    for text in (now, before):
        for harm, (sql, values) in _harms(text).items():
            db.run("BEGIN")
            db.run(sql, values)
            found = problems(desk)
            db.rollback()
            assert any(text.sha256 in each or name in each for each in found), harm
    db.run("PRAGMA foreign_keys=ON")
    assert problems(desk) == []


def test_an_entry_lets_a_list_of_persons_be_missing_and_no_other_text(desk: Desk) -> None:
    missed = []
    for what, name in SORTS.items():
        text = desk.store.older_texts(what)[-1]
        lost = TextDeleted(sha256=text.sha256, what=what, name=name)
        desk.store.transact(partial(_note, desk, lost))
        assert f"text_there {text.sha256}" in problems(desk)
        desk.store.db.run("DELETE FROM documents WHERE sha256 = ?", (text.sha256,))
        missed += [] if what in PERSON_LISTS else [f"text_gone {text.sha256}"]
    assert sorted(problems(desk)) == sorted(missed)
