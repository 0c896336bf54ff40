"""Reading what stands beside the record: texts, operators, units, people, drafts."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dispatcher_tui.domain.record.context import RoleHeld
from dispatcher_tui.domain.record.events import SealedOperator
from dispatcher_tui.domain.record.kinds import decode
from dispatcher_tui.domain.record.who_may_sign import OPERATOR_KINDS, fold_operators
from dispatcher_tui.domain.site.person_lists import PERSON_LISTS
from dispatcher_tui.domain.watch.post import VACANT, Post, fold_post
from dispatcher_tui.domain.words.people import Household, Person
from dispatcher_tui.domain.words.place import normalise_place, other_zeros
from dispatcher_tui.domain.words.text import fold
from dispatcher_tui.store.chain import text_hash
from dispatcher_tui.store.db import Db, Row
from dispatcher_tui.store.journal_reads import entries_of_no_case
from dispatcher_tui.store.record_types import AdoptedText, Draft, Operator
from dispatcher_tui.store.schema_changes import IN_BOOKS
from dispatcher_tui.store.stored_times import moment

_DOCUMENT = "SELECT sha256, what, name, text, data FROM documents WHERE sha256 = ?"
_TEXTS = "SELECT sha256, text FROM documents WHERE sha256 IN (SELECT value FROM json_each(?))"
_ADOPTED = (
    "SELECT d.sha256, d.what, d.name, d.text, d.data FROM adopted AS a"
    " JOIN documents AS d ON d.sha256 = a.sha256 WHERE a.what = ? AND a.name = ?"
)
_OLDER_TEXTS = (
    "SELECT sha256, what, name, text, data FROM documents WHERE what = ?"
    " AND sha256 NOT IN (SELECT sha256 FROM adopted) ORDER BY rowid"
)
_ADOPTED_NAMES = "SELECT name FROM adopted WHERE what = ? ORDER BY name"
_LISTS = ", ".join(repr(what) for what in sorted(PERSON_LISTS))
_IN_FORCE = (
    "SELECT d.sha256, a.what, a.name,"
    f" CASE WHEN a.what IN ({_LISTS}) THEN '' ELSE d.text END, d.data FROM adopted AS a"
    " JOIN documents AS d ON d.sha256 = a.sha256 ORDER BY a.what, a.name"
)
_CURRENT = (
    f"SELECT json_extract(body, '$.sha256') FROM journal WHERE {IN_BOOKS} AND kind = 'adopted'"
    " AND json_extract(body, '$.what') = ? ORDER BY seq DESC LIMIT 1"
)
_OPERATORS = (
    "SELECT name, role, pin_hash, disabled, failures, wait_seconds, wait_since, guessed"
    " FROM operators"
)
_KINDS = ", ".join(repr(kind) for kind in OPERATOR_KINDS)
# The condition is that of the index of what belongs to no case, word for word.
_OPERATOR_ENTRIES = (
    "SELECT kind, body FROM journal WHERE json_extract(body, '$.case') IS NULL"
    f" AND kind IN ({_KINDS}) ORDER BY seq"
)
_UNIT = "SELECT data FROM units WHERE place = ?"
_UNITS_ALIKE = "SELECT data FROM units WHERE place IN (SELECT value FROM json_each(?)) LIMIT 2"
_UNITS_OF = "SELECT place FROM units WHERE place IN (SELECT value FROM json_each(?))"
_UNITS = (
    "SELECT data FROM units WHERE place_fold >= ? AND place_fold < ?"
    " ORDER BY length(place_fold), place_fold LIMIT ?"
)
_PEOPLE = "SELECT data FROM people ORDER BY ord"
_DRAFTS = "SELECT id, kind, opened_at, updated_at, body FROM drafts ORDER BY opened_at, id"
_META = "SELECT value FROM meta WHERE key = ?"
_POST = "SELECT state FROM post"
_LAST = "\U0010ffff"
_SEPARATORS = tuple("-. 、,/。\uff0c\uff0e\uff0d")

_POST_STATE = msgspec.json.Decoder(Post)
_HOUSEHOLD = msgspec.json.Decoder(Household)
_PERSON = msgspec.json.Decoder(Person)
_GUESSED = msgspec.json.Decoder(tuple[float, ...])

_NUMBERS_GIVEN = (
    "SELECT substr(number, 1, 7), max(CAST(substr(number, 8) AS INTEGER)) FROM cases GROUP BY 1"
)
_NUMBERS_SPENT = "SELECT key, value FROM meta WHERE key LIKE 'number:%'"
_SLIPS_GIVEN = "SELECT key, value FROM meta WHERE key LIKE 'slip:%'"


def _guesses(stored: str) -> tuple[float, ...]:
    """When wrong PINs were given; none where the text says nothing: it is beside the record, and
    whoever spoils it keeps nobody from signing."""
    try:
        return _GUESSED.decode(stored)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return ()


def _operator(row: Row) -> Operator:
    guessed = _guesses(row[7])
    return Operator(row[0], row[1], row[2], bool(row[3]), row[4], row[5], row[6], guessed)


def _draft(row: Row) -> Draft:
    return Draft(row[0], row[1], moment(row[2]), moment(row[3]), row[4].encode(errors="replace"))


def same_home(db: Db, place: str) -> list[str]:
    """The spellings of a place under which its home may stand: none for no place.

    With other zeros in front it is the same home, unless the register tells two apart.
    """
    known = normalise_place(place)
    others = other_zeros(known)
    if not others:
        return [known] if known else []
    both = msgspec.json.encode((known, *others)).decode()
    listed = {row[0] for row in db.all(_UNITS_OF, (both,))}
    return [known, *(each for each in others if known not in listed or each not in listed)]


class SiteReads:
    """What is read of the site; mixed into the store and into a transaction."""

    _db: Db

    def document(self, sha256: str) -> AdoptedText | None:
        """The adopted text of that hash."""
        row = self._db.first(_DOCUMENT, (sha256,))
        return AdoptedText(*row) if row else None

    def kept_texts(self, hashes: Iterable[str]) -> dict[str, str]:
        """The kept texts of those hashes, without those that were deleted."""
        return dict(self._db.all(_TEXTS, (msgspec.json.encode([*hashes]).decode(),)))

    def adopted(self, what: str, name: str) -> AdoptedText | None:
        """The text that is in force now, such as ``("procedure", "estate-dispatch")``."""
        row = self._db.first(_ADOPTED, (what, name))
        return AdoptedText(*row) if row else None

    def in_force(self) -> list[AdoptedText]:
        """Every text that is in force now; of lists of persons without the text itself."""
        return [AdoptedText(*row) for row in self._db.all(_IN_FORCE)]

    def adopted_names(self, what: str) -> list[str]:
        """The names of all texts of a sort that are in force."""
        return [row[0] for row in self._db.all(_ADOPTED_NAMES, (what,))]

    def current_hash(self, what: str) -> str:
        """The hash of the text of a sort that the journal adopted last; empty where none was."""
        found: str | None = self._db.value(_CURRENT, (what,))
        return found or ""

    def current(self, what: str) -> AdoptedText | None:
        """The current document of a sort: the one whose hash the journal adopted last.

        None where there is none of that hash, or its text is another one.
        """
        document = self.document(self.current_hash(what))
        if document is None or text_hash(document.text) != document.sha256:
            return None
        return document

    def older_texts(self, what: str) -> list[AdoptedText]:
        """The texts of a sort that are kept and no longer in force."""
        return [AdoptedText(*row) for row in self._db.all(_OLDER_TEXTS, (what,))]

    def operator(self, name: str) -> Operator | None:
        """The operator of that name."""
        row = self._db.first(f"{_OPERATORS} WHERE name = ?", (name,))
        return _operator(row) if row else None

    def operators(self) -> list[Operator]:
        """Every operator by name, disabled ones too."""
        return [_operator(row) for row in self._db.all(f"{_OPERATORS} ORDER BY name")]

    def operators_said(self) -> dict[str, SealedOperator]:
        """The operators as the entries make them, by name.

        Raises:
            ValueError: an entry of them makes no sense.
        """
        entries = self._db.each(_OPERATOR_ENTRIES)
        return fold_operators(decode(kind, body) for kind, body in entries)

    def post(self) -> Post:
        """Who is on watch, and what the desk itself owes."""
        state = self._db.value(_POST)
        try:
            return VACANT if state is None else _POST_STATE.decode(state)
        except (msgspec.DecodeError, UnicodeEncodeError):
            # No call is refused, and no desk kept from starting, for a row that was spoilt.
            return fold_post(entries_of_no_case(self._db))

    def unit(self, place: str) -> Household | None:
        """Who lives at a place, however it is spelt.

        A place that the register has with other zeros in front is found too, where only one is
        alike.
        """
        data = self._db.value(_UNIT, (normalise_place(place),))
        if data is None:
            alike = msgspec.json.encode(other_zeros(place)).decode()
            found = [data for (data,) in self._db.all(_UNITS_ALIKE, (alike,))]
            data = found[0] if len(found) == 1 else None
        return None if data is None else _HOUSEHOLD.decode(data)

    def same_home(self, place: str) -> list[str]:
        """The spellings of a place under which its home may stand: none for no place."""
        return same_home(self._db, place)

    def unit_prefix(self, text: str, limit: int = 20) -> list[Household]:
        """The units whose place begins so; a separator at the end closes the last figure."""
        start = fold(normalise_place(text))
        if start and text.endswith(_SEPARATORS) and not start.endswith("-"):
            start += "-"
        rows = self._db.all(_UNITS, (start, start + _LAST, limit))
        return [_HOUSEHOLD.decode(row[0]) for row in rows]

    def people(self) -> list[Person]:
        """The roster in its own order."""
        return [_PERSON.decode(row[0]) for row in self._db.all(_PEOPLE)]

    def roles_held(self) -> tuple[RoleHeld, ...]:
        """Who is known in which role: to the roster in its order, then as an operator."""
        known = [RoleHeld(person.name, person.role) for person in self.people()]
        known += [RoleHeld(operator.name, operator.role) for operator in self.operators()]
        return tuple(known)

    def drafts(self) -> list[Draft]:
        """Every unfinished form, the oldest first."""
        return [_draft(row) for row in self._db.all(_DRAFTS)]

    def meta(self, key: str) -> str | None:
        """A setting of the file, such as ``site``, ``desk`` or ``epoch``."""
        value: str | None = self._db.value(_META, (key,))
        return value

    def numbers_given(self) -> dict[str, int]:
        """By day stem (``261121-``) the highest case number given out on that day.

        What a record that a copy replaced had given out counts as well.
        """
        given: dict[str, int] = dict(self._db.all(_NUMBERS_GIVEN, ()))
        for key, value in self._db.all(_NUMBERS_SPENT):
            stem = key.removeprefix("number:")
            given[stem] = max(given.get(stem, 0), int(value))
        return given

    def slips_given(self) -> dict[str, int]:
        """By its key in ``meta`` the last number of each range of papers."""
        return {key: int(value) for key, value in self._db.all(_SLIPS_GIVEN, ())}
