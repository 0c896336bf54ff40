"""Proving the adopted texts: each of them there, what its hash says, and read as it stands.

A text that counts no more is proved like the one that does: cases are judged by it, and what a list
said on a day is asked about afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import NamedTuple

from dispatcher_tui.domain.site.person_lists import PERSON_LISTS
from dispatcher_tui.store.chain import text_hash
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.record_types import AdoptedText, RecordProblem
from dispatcher_tui.store.schema_changes import IN_BOOKS

Faithful = Callable[[AdoptedText, bool], bool]
"""Whether the record kept beside an adopted text is what that text says. The flag: its entry has
the hash of that record, and it is the one of that hash."""

_DOCUMENTS = "SELECT sha256, what, name, text, data FROM documents ORDER BY rowid"
_ADOPTED = "SELECT what, name, sha256 FROM adopted"
_SAID = (
    "SELECT seq, ifnull(json_extract(body, '$.what'), ''), ifnull(json_extract(body, '$.name'),"
    " ''), json_extract(body, '$.sha256'), ifnull(json_extract(body, '$.made_sha256'), '')"
    f" FROM journal WHERE {IN_BOOKS} AND kind = 'adopted' ORDER BY seq"
)
# What goes out and comes back has a text of its own, which counts for no other.
_HANDED = (
    "SELECT seq, 'handouts', json_extract(body, '$.number'), json_extract(body, '$.sha256')"
    " FROM journal WHERE json_extract(body, '$.case') IS NULL"
    " AND kind IN ('thing_handed_out', 'thing_came_back') ORDER BY seq"
)
# An entry that deletes a text counts until the same text is adopted again.
_DELETED = (
    "SELECT json_extract(body, '$.sha256'), max(seq) FROM journal WHERE kind = 'text_deleted'"
    " AND json_extract(body, '$.case') IS NULL GROUP BY 1"
)

Name = tuple[str, str]
"""The sort of a text and its own name."""


class _Adoption(NamedTuple):
    """What the entries say of one text: as what it was adopted, when last, and the hash of the
    record that was made of it then; empty where an older version adopted it."""

    names: frozenset[Name]
    seq: int
    made: str


def _said(db: Db) -> tuple[dict[str, _Adoption], dict[Name, tuple[str, int]]]:
    """Every text that was adopted, by its hash; and what each name stands for now, since when."""
    by_hash, by_name = dict[str, _Adoption](), dict[Name, tuple[str, int]]()
    for seq, what, name, sha256_, made in db.each(_SAID):
        before = by_hash.get(sha256_)
        names = (before.names if before else frozenset()) | {(what, name)}
        by_hash[sha256_] = _Adoption(names, seq, made)
        by_name[what, name] = (sha256_, seq)
    for seq, what, number, sha256_ in db.each(_HANDED):
        if sha256_:
            by_hash[sha256_] = _Adoption(frozenset({(what, str(number))}), seq, "")
    return by_hash, by_name


def texts(db: Db, faithful: Faithful | None) -> Iterator[RecordProblem]:
    """What is wrong with the adopted texts and with what says which of them count."""
    by_hash, by_name = _said(db)
    yield from _kept(db, by_hash, faithful)
    yield from _in_force(db, by_name)
    yield from _missing(db, by_hash)


def _kept(db: Db, said: dict[str, _Adoption], faithful: Faithful | None) -> Iterator[RecordProblem]:
    """Texts that no entry adopted so, are not what their hash says, or not read as they stand."""
    for row in db.each(_DOCUMENTS):
        *parts, data = row
        if not (all(isinstance(text, str) for text in parts) and isinstance(data, bytes)):
            # A byte changed in the file can make another type of a value.
            yield RecordProblem("document", None, f"{row[0]!r}")
            continue
        document = AdoptedText(*row)
        known = said.get(document.sha256)
        if text_hash(document.text) != document.sha256:
            yield RecordProblem("document", None, document.sha256)
        elif known is None or (document.what, document.name) not in known.names:
            detail = f"documents {document.sha256}: {document.what} {document.name}"
            yield RecordProblem("row", None, f"{detail} was not adopted so")
        elif not _is_read_so(document, known.made, faithful):
            yield RecordProblem("document", None, f"{document.sha256}: {document.name}")


def _is_read_so(document: AdoptedText, made: str, faithful: Faithful | None) -> bool:
    """Whether the record beside a text is the one that was made of it, and what it says."""
    if made and sha256(document.data).hexdigest() != made:
        return False
    return faithful is None or faithful(document, bool(made))


def _in_force(db: Db, said: dict[Name, tuple[str, int]]) -> Iterator[RecordProblem]:
    """Texts that count now although the journal says that others do."""
    adopted: dict[Name, str] = {(what, name): hash_ for what, name, hash_ in db.each(_ADOPTED)}
    for key in sorted({*adopted, *said}, key=repr):  # of whatever types they have become
        now, seq = said.get(key, ("", None))
        if adopted.get(key) != now:
            yield RecordProblem("adopted", seq, " ".join(map(str, key)))


def _missing(db: Db, said: dict[str, _Adoption]) -> Iterator[RecordProblem]:
    """Texts that are gone though no entry deletes them, or are there though one does.

    Only a list of persons can be deleted, and never the one in force.
    """
    deleted: dict[str, int] = dict(db.all(_DELETED))
    there = {hash_ for (hash_,) in db.each("SELECT sha256 FROM documents")}
    in_force = {hash_ for (hash_,) in db.each("SELECT sha256 FROM adopted")}
    for hash_, known in said.items():
        gone = deleted.get(hash_, 0) > known.seq
        may_be = gone and all(what in PERSON_LISTS for what, _name in known.names)
        if hash_ in there:
            if gone:
                yield RecordProblem("text_there", deleted[hash_], str(hash_))
        elif not may_be or hash_ in in_force:
            yield RecordProblem("text_gone", known.seq, str(hash_))
