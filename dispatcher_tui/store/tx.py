"""One transaction: entries, the case made of them, and what goes with it, together or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

import msgspec

from dispatcher_tui.domain.case.search import Initials, case_words
from dispatcher_tui.domain.duties.duties import Duty
from dispatcher_tui.domain.papers.charges import handed_over
from dispatcher_tui.domain.papers.slips import has_papers
from dispatcher_tui.domain.procedure import Level
from dispatcher_tui.domain.record.case import Case, Entry, PendingEntry
from dispatcher_tui.domain.record.kinds import KINDS, encode
from dispatcher_tui.domain.record.machine_made import written_by
from dispatcher_tui.domain.record.record_events import ChargesHandedOver
from dispatcher_tui.domain.record.watch_events import ClockJumped
from dispatcher_tui.domain.time.clocks import TOLERANCE
from dispatcher_tui.domain.watch.post import POST_EVENTS, Post, evolve_post
from dispatcher_tui.domain.words.people import Household, Person
from dispatcher_tui.store import chain, slip_rows
from dispatcher_tui.store.case_reads import CaseReads
from dispatcher_tui.store.db import Db
from dispatcher_tui.store.errors import Damaged, NotKept
from dispatcher_tui.store.lists import person_row, replace_rows, unit_row
from dispatcher_tui.store.note_index import index_notes, no_initials
from dispatcher_tui.store.projection import COLUMNS, line_values, state_bytes, words_key
from dispatcher_tui.store.record_types import Operator
from dispatcher_tui.store.site_reads import SiteReads
from dispatcher_tui.store.slip_rows import SlipReads
from dispatcher_tui.store.sqlite import Cursor
from dispatcher_tui.store.stored_times import iso, parse

EVENT_SCHEMA = 1
"""The form of the bodies that this version writes."""

_KIND_OF = {cls: kind for kind, cls in KINDS.items()}

_HEAD = "SELECT seq, hash, recorded_at FROM journal ORDER BY seq DESC LIMIT 1"
_APPEND = f"INSERT INTO journal ({', '.join(chain.COLUMNS)}) VALUES ({', '.join('?' * 14)})"
_SINCE = "SELECT seq, hash FROM journal WHERE seq >= ? ORDER BY seq"
_NUMBER = "json_extract(body, '$.number')"
_LAST_NUMBER = (
    f"SELECT {_NUMBER} FROM journal WHERE kind = 'case_opened' AND length({_NUMBER}) = ?"
    f" AND {_NUMBER} BETWEEN ? AND ? ORDER BY {_NUMBER} DESC LIMIT 1"
)
_NARROWEST, _WIDEST = 2, 9

_KNOWN = "SELECT row, words FROM cases WHERE id = ?"
_INSERT = (
    f"INSERT INTO cases ({', '.join(COLUMNS)}, words) VALUES ({', '.join('?' * len(COLUMNS))}, ?)"
)
_UPDATE = f"UPDATE cases SET {', '.join(f'{name} = ?' for name in COLUMNS)}, words = ? WHERE row=?"
_INSERT_STATE = "INSERT INTO case_state (row, state, duties) VALUES (?, ?, ?)"
_UPDATE_STATE = "UPDATE case_state SET state = ?, duties = ? WHERE row = ?"
_FORGET = "DELETE FROM case_search WHERE rowid = ?"
_INDEX = "INSERT INTO case_search (rowid, words) VALUES (?, ?)"

_PUT_DOCUMENT = (
    "INSERT INTO documents (sha256, what, name, text, data) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (sha256) DO UPDATE SET data = excluded.data"
)
_DELETE_DOCUMENT = "DELETE FROM documents WHERE sha256 = ?"
_ADOPT = (
    "INSERT INTO adopted (what, name, sha256) VALUES (?, ?, ?)"
    " ON CONFLICT (what, name) DO UPDATE SET sha256 = excluded.sha256"
)
_PUT_OPERATOR = (
    "INSERT OR REPLACE INTO operators"
    " (name, role, pin_hash, disabled, failures, wait_seconds, wait_since, guessed)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_PUT_POST = (
    "INSERT INTO post (id, state) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET state=excluded.state"
)
_OWN = "SELECT key, value FROM meta WHERE key IN ('site', 'desk', 'epoch')"
_SET_META = (
    "INSERT INTO meta (key, value) VALUES (?, ?)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)


class Identity(msgspec.Struct, frozen=True):
    """Whose journal it is; ``epoch`` counts the restores."""

    site: str
    desk: str
    epoch: int


def identity_of(db: Db) -> Identity:
    """What the file says of itself.

    Raises:
        Damaged: it does not say it.
    """
    found: dict[str, str] = dict(db.all(_OWN))
    try:
        return Identity(found["site"], found["desk"], int(found["epoch"]))
    except (KeyError, ValueError) as error:
        raise Damaged(f"meta: {error}") from error


def _clock_set_back(
    last: str, written: str, now: datetime, pending: Sequence[PendingEntry]
) -> tuple[PendingEntry, ...]:
    """The entry that the clock was set back, where ``last`` was recorded after ``written``.

    None where it is told already: what follows then has the new time. Nor where nothing is pending:
    who writes nothing says nothing of the clock.
    """
    if (
        written >= last
        or not pending
        or any(isinstance(each.event, ClockJumped) for each in pending)
    ):
        return ()
    before = parse(last)
    seconds = (now - before).total_seconds()
    if seconds >= -TOLERANCE:
        return ()
    return (PendingEntry(ClockJumped(before=before, after=now, seconds=seconds), now),)


class Tx(CaseReads, SiteReads, SlipReads):
    """What may be written, and everything that may be read, while the file is held."""

    def __init__(self, db: Db, identity: Identity) -> None:
        self._db = db
        self._identity = identity
        self._hashes: list[tuple[int, str]] = []

    def _keep(self, sql: str, values: Sequence[object]) -> Cursor:
        """Write one row, and know that it was written.

        Raises:
            NotKept: a trigger of somebody else's passed over it without a word.
        """
        done = self._db.run(sql, values)
        if done.rowcount != 1:
            raise NotKept(sql.split(" (")[0])
        return done

    def prove_kept(self) -> None:
        """Read back the entries that were written here: each is in the journal.

        Raises:
            NotKept: something in the file took one away again.
        """
        if not self._hashes:
            return
        found = set(self._db.all(_SINCE, self._hashes[0][:1]))
        if not found.issuperset(self._hashes):
            raise NotKept("journal")

    def append(
        self,
        pending: Sequence[PendingEntry],
        *,
        actor: str,
        cosigner: str = "",
        recorded_at: datetime,
        initials: Initials = no_initials,
    ) -> list[Entry]:
        """Write entries to the end of the journal; those that were given are given back.

        Where the clock stands before the last entry, it was set back: an entry that says so comes
        first. What the machine does by itself carries no person's name, whoever writes.
        ``initials`` find the callers of enquiries.

        Raises:
            Refused: the record's own rules forbid one of them; nothing may be kept then.
        """
        seq, head, last = self._db.first(_HEAD) or (0, chain.FIRST_PREV, "")
        written, mine, entries = iso(recorded_at), self._identity, []
        jumped = _clock_set_back(last, written, recorded_at, pending)
        for each in (*jumped, *pending):
            seq += 1
            event = each.event
            by = written_by(event, actor)
            values = (
                seq,
                chain.entry_id(recorded_at),
                mine.site,
                mine.desk,
                mine.epoch,
                iso(each.occurred_at),
                written,
                by,
                cosigner,
                _KIND_OF[type(event)],
                EVENT_SCHEMA,
                encode(event).decode(),
            )
            prev, head = head, chain.entry_hash(head, values)
            self._keep(_APPEND, (*values, prev, head))
            self._hashes.append((seq, head))
            entries.append(Entry(seq, each.occurred_at, recorded_at, by, cosigner, event))
        self._move_post(entries)
        self._tell_papers(entries)
        index_notes(self._db, entries, initials)
        return entries[len(jumped) :]

    def _tell_papers(self, entries: Sequence[Entry]) -> None:
        """Keep on every paper what the cashier was told of it."""
        events = [e.event for e in entries if isinstance(e.event, ChargesHandedOver)]
        for number, told in handed_over(events).items():
            record = self.case(number)
            if record is None:
                continue
            before = slip_rows.stored(self._db, record.row)
            handed = slip_rows.charged_of(before)
            for slip, fen in told.items():
                handed[slip] = handed.get(slip, 0) + fen
            slip_rows.put(self._db, record.row, record.case, handed, before)

    def _move_post(self, entries: Sequence[Entry]) -> None:
        """Keep the post as the entries of no case make it."""
        if not any(isinstance(entry.event, POST_EVENTS) for entry in entries):
            return
        post = self.post()
        for entry in entries:
            post = evolve_post(post, entry)
        self.put_post(post)

    def put_post(self, post: Post) -> None:
        """Write the post as it was folded."""
        self._keep(_PUT_POST, (msgspec.json.encode(post, order="sorted").decode(),))

    def next_number(self, day: date) -> str:
        """The number for a case opened on that local day, ``261121-03``.

        It follows the highest that the journal ever gave out for the day, whatever became of the
        case. Ask again only after the entry is appended.
        """
        stem = day.strftime("%y%m%d-")
        spent = int(self.meta(f"number:{stem}") or 0)  # by a record that a copy replaced
        last = spent
        for width in range(_NARROWEST, _WIDEST + 1):
            low, high = stem + "0" * width, stem + "9" * width
            found = self._db.value(_LAST_NUMBER, (len(low), low, high))
            last = max(last, int(found[len(stem) :]) if found is not None else 0)
            if last + 1 < 10**width:
                break
        return f"{stem}{last + 1:0{_NARROWEST}d}"

    def next_slip(
        self, prefix: str, digits: int, taken: Callable[[str], bool] = lambda number: False
    ) -> str:
        """The next number of the desk's running range, ``prefix`` and at least so many digits.

        Numbers that are ``taken`` (on a case, void, of a pad given out) are passed over.
        """
        key = f"slip:{prefix}"
        count = int(self.meta(key) or 0) + 1
        while taken(f"{prefix}{count:0{digits}d}"):
            count += 1
        self.set_meta(key, str(count))
        return f"{prefix}{count:0{digits}d}"

    def project(
        self,
        case: Case,
        duties: tuple[Duty, ...],
        level: Level,
        initials: Initials,
        extra: tuple[str, ...] = (),
    ) -> int:
        """Make the lists and the search show the case as it stands; gives its row.

        ``level`` is the procedure's record of ``case.level``. ``initials`` and ``extra`` (the
        category's names) are for the search alone; see ``search.case_words``.

        Raises:
            Refused: the case is final and the journal does not say so.
        """
        db, values = self._db, line_values(case, duties, level)
        words = case_words(case, initials, extra)
        key = words_key(words)
        known = db.first(_KNOWN, (case.id,))
        if known is None:
            row = self._keep(_INSERT, (*values, key)).lastrowid or 0
            self._keep(_INSERT_STATE, (row, *state_bytes(case, duties)))
            if has_papers(case):
                slip_rows.put(db, row, case, {}, [])
        else:
            row, before = int(known[0]), known[1]
            self._keep(_UPDATE, (*values, key, row))
            self._keep(_UPDATE_STATE, (*state_bytes(case, duties), row))
            papers = slip_rows.stored(db, row)
            slip_rows.put(db, row, case, slip_rows.charged_of(papers), papers)
            if before == key:
                return row
            db.run(_FORGET, (row,))
        db.run(_INDEX, (row, words))
        return row

    def put_document(self, what: str, name: str, text: str, data: bytes) -> str:
        """Keep a text of the site and the record made of it; gives the text's hash."""
        sha256 = chain.text_hash(text)
        self._keep(_PUT_DOCUMENT, (sha256, what, name, text, data))
        return sha256

    def adopt(self, what: str, name: str, sha256: str) -> None:
        """Put a kept text in force."""
        self._keep(_ADOPT, (what, name, sha256))

    def delete_text(self, sha256: str) -> None:
        """Delete a kept text for good; its bytes are overwritten.

        Raises:
            Refused: the text is in force.
        """
        self._db.run("PRAGMA secure_delete=ON")
        self._db.run(_DELETE_DOCUMENT, (sha256,))

    def put_operator(self, operator: Operator) -> None:
        """Add an operator, or write how one stands now."""
        self._keep(
            _PUT_OPERATOR,
            (
                operator.name,
                operator.role,
                operator.pin_hash,
                int(operator.disabled),
                operator.failures,
                operator.wait_seconds,
                operator.wait_since,
                msgspec.json.encode(operator.guessed).decode(),
            ),
        )

    def put_units(self, units: Sequence[Household]) -> None:
        """Replace all units of the estate."""
        replace_rows(self._db, "units", map(unit_row, units))

    def put_people(self, people: Sequence[Person]) -> None:
        """Replace the roster; its order is kept."""
        rows = (person_row(person, place) for place, person in enumerate(people))
        replace_rows(self._db, "people", rows)

    def drop_draft(self, draft_id: str) -> None:
        """Forget a draft that became something."""
        self._db.run("DELETE FROM drafts WHERE id = ?", (draft_id,))

    def set_meta(self, key: str, value: str) -> None:
        """Write a setting of the file."""
        self._keep(_SET_META, (key, value))
