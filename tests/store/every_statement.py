"""Every statement that the store puts to SQLite: gathered by running the store, kept in no list.

Each reading is called by what its parameters are declared to be, the writings by a desk's life in
small. That nothing was missed is proved by the source: every line that hands SQL over was seen.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import typing
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from importlib import import_module
from itertools import product
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

from dispatcher_tui.domain.record.case_line import Lane
from dispatcher_tui.domain.record.events import Adopted, LogNoted, NoteAdded
from dispatcher_tui.domain.record.record_events import Charge, ChargesHandedOver
from dispatcher_tui.domain.words.people import Household, Person
from dispatcher_tui.store import case_reads
from dispatcher_tui.store.backup import backup
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.older import head_as_it_lies
from dispatcher_tui.store.paper_fill import fill_papers
from dispatcher_tui.store.projection import fill_untold
from dispatcher_tui.store.proof import SiteProof
from dispatcher_tui.store.rebuild import rebuild
from dispatcher_tui.store.record_types import Operator
from dispatcher_tui.store.rescue import rescue
from dispatcher_tui.store.restore import restore
from dispatcher_tui.store.sealing import seal_operators
from dispatcher_tui.store.store import Store
from dispatcher_tui.store.verify import named_besides, verify
from tests.store.build import (
    AT,
    duties_of,
    filled,
    fold,
    initials,
    level_of,
    new_store,
    project,
    write,
)
from tests.store.older_form import take_back_to

ROOM = Path(case_reads.__file__).parent
WHOLE = re.compile(r"(SELECT|INSERT|UPDATE|DELETE)\b")
SPEAKING = ("run", "run_many", "all", "first", "value", "each")
"""The ways in which ``Db`` is handed a statement."""


class Recorder:
    """Sees what is put to every connection, and from which line of the store."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: dict[str, set[str]] = {}
        """By ``module.function``, what was put from there."""
        for name in SPEAKING:
            monkeypatch.setattr(Db, name, self._watched(getattr(Db, name)))

    def _watched(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def put(db: Db, sql: str, args: Any = (), *rest: Any) -> Any:
            code = sys._getframe(1).f_code
            path = Path(code.co_filename)
            if path.parent == ROOM and path.name != "db.py":
                # A lambda or a comprehension is of the function it stands in.
                name = code.co_qualname.split(".<locals>")[0].rpartition(".")[2]
                self.seen.setdefault(f"{path.stem}.{name}", set()).add(sql)
            return real(db, sql, args, *rest)

        return put


def speaking_places() -> set[str]:
    """Every function of the store that hands a statement to a ``Db``, read from the source."""
    found = set()
    for path in ROOM.glob("*.py"):
        if path.name == "db.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            for call in ast.walk(node):
                if (
                    isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Attribute)
                    and call.func.attr in SPEAKING
                    and ast.unparse(call.func.value).split(".")[-1] in ("db", "_db", "copy")
                ):
                    found.add(f"{path.stem}.{node.name}")
    return found


def constants() -> dict[str, str]:
    """The whole statements that stand in a module of the store by a name of their own."""
    found = {}
    for info in iter_modules([str(ROOM)]):
        module = import_module(f"dispatcher_tui.store.{info.name}")
        for name, value in vars(module).items():
            for n, text in enumerate(_texts(value)):
                if WHOLE.match(text):
                    found[f"{info.name}.{name}.{n}"] = text
    return found


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        yield from (each for each in value if isinstance(each, str))
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)


def triggers(store: Store) -> dict[str, str]:
    """The questions that the tables' own triggers ask, put as if by somebody else."""
    found = {}
    for name, sql in store.db.all("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"):
        body = sql[sql.index("BEGIN") + len("BEGIN") : sql.rindex("END")]
        for n, question in enumerate(filter(str.strip, body.split(";"))):
            asked = re.sub(r"RAISE\s*\(.*?'\)", "1", question, flags=re.DOTALL)
            found[f"{name}.{n}"] = re.sub(r"\bNEW\.(\w+)", r":new_\1", asked).strip()
    return found


def values(kind: Any, nth: int) -> Sequence[Any]:
    """What to give for a parameter of that type; moments follow one another."""
    options = [each for each in (kind, *typing.get_args(kind)) if each is not type(None)]
    for each in options:
        if each is str:
            return ("case-0", "3-2-1502")
        if each is int:
            return (1,)
        if each is datetime:
            return (AT + timedelta(days=40 * nth - 30),)
        if each is Lane:
            return tuple(Lane)
        if typing.get_origin(each) is Collection:
            return (("case-0",),)
    raise TypeError(f"nothing known to give for {kind}")


def read_everything(store: Store) -> None:
    """Call every reading: with all that can be given, and with no more than must be."""
    for owner in Store.__mro__[1:-1]:
        for name, method in vars(owner).items():
            if name.startswith("_") or not inspect.isfunction(method):
                continue
            hints = typing.get_type_hints(method)
            takes = list(inspect.signature(method).parameters.values())[1:]
            for wanted in (takes, [each for each in takes if each.default is each.empty]):
                given = [values(hints[each.name], n) for n, each in enumerate(wanted)]
                for chosen in product(*given):
                    named = {each.name: value for each, value in zip(wanted, chosen, strict=True)}
                    with suppress(ValueError):  # a lane without its moment
                        found = getattr(store, name)(**named)
                        if isinstance(found, Iterator):
                            list(found)


def live(store: Store) -> None:
    """A desk's life in small: everything that is written is written once, some of it twice."""
    filled(store, 7)
    with store.write() as tx:
        sha256 = tx.put_document("procedure", "p", "text", b"{}")
        tx.adopt("procedure", "p", sha256)
        write(tx, Adopted(what="procedure", name="p", sha256=sha256, text="text"))
        tx.put_operator(Operator("李敏", "dispatcher", "x"))
        sha256 = tx.put_document("units", "u", "units", b"1")
        tx.adopt("units", "u", sha256)
        write(tx, Adopted(what="units", name="u", sha256=sha256, text="units"))
        tx.put_units([Household("3-2-1502")])
        tx.put_people([Person("limin", "李敏", "dispatcher")])
        tx.next_slip("F", 6)
        tx.put_post(tx.post())
        number = tx.case("case-0").case.number  # type: ignore[union-attr]
        charge = Charge(case=number, slip="F000001", fen=100, filed_at=AT)
        write(tx, ChargesHandedOver(period="2026-11", charges=(charge,), total_fen=100))
        write(tx, NoteAdded(case="case-1", text="other words"))
        write(tx, LogNoted(text="an enquiry"))
        project(tx, "case-1")
        tx.drop_draft("d")
        tx.delete_text(tx.put_document("units", "units.csv", "gone", b"0"))
    store.clear_traces()
    store.save_draft("d", "intake", AT, b"{}", updated_at=AT)
    store.drop_draft("d")
    assert store.data_version()
    assert store.size()


def run_everything(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Use all of the store on throwaway files, and give back what was put to SQLite."""
    recorder = Recorder(monkeypatch)
    store = new_store(folder)
    live(store)
    read_everything(store)
    store.db.run("DELETE FROM slips")  # a file of before has none
    fill_papers(store.db)
    fill_untold(store.db)
    with store.write():
        seal_operators(store.db)
    site = SiteProof(level_of, lambda _document: [Household("3-2-1502")])
    verify(store, fold=fold, duties_of=duties_of, site=site)
    named_besides(store, faithful=lambda _text, _proved: True, site=site)
    store.db.run("UPDATE case_state SET state = CAST('{}' AS BLOB)")
    assert store.case("case-0") is not None  # It is made of its entries, and then anew.
    rebuild(store, fold=fold, duties_of=duties_of, level_of=level_of, initials=initials)
    copy = backup(store.path, folder / "copy.sqlite3", now=AT, fold=fold, duties_of=duties_of)
    assert rescue(store, AT) is not None
    store.close()
    restore(copy.path, store.path, owner="李敏", now=AT, fold=fold, duties_of=duties_of)
    before = Db.connect(store.path)
    take_back_to(before)
    before.close()
    assert head_as_it_lies(store.path) is not None
    return recorder
