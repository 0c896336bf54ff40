"""The tables, as the first version made them; later changes are in ``schema_changes``.

`journal` is the record and takes additions only. Everything the screens read (`cases`,
`case_state`, `case_search`) is folded from it and can be made anew.
"""

from __future__ import annotations

from dispatcher_tui.store.chain import FIRST_PREV
from dispatcher_tui.store.sqlite import sqlite_version_info

APPLICATION_ID = 0x44545549
"""Stands in the file's header: `DTUI`."""

_DIGIT = "[0-9]"
_TIME = (
    f"{_DIGIT * 4}-{_DIGIT * 2}-{_DIGIT * 2}T{_DIGIT * 2}:{_DIGIT * 2}:{_DIGIT * 2}.{_DIGIT * 6}Z"
)
_HEX64 = "length({0}) = 64 AND {0} NOT GLOB '*[^0-9a-f]*'"

_JOURNAL = f"""
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    site TEXT NOT NULL CHECK (site <> ''),
    desk TEXT NOT NULL CHECK (desk <> ''),
    epoch INTEGER NOT NULL CHECK (epoch > 0),
    occurred_at TEXT NOT NULL CHECK (occurred_at GLOB '{_TIME}'),
    recorded_at TEXT NOT NULL CHECK (recorded_at GLOB '{_TIME}'),
    actor TEXT NOT NULL CHECK (actor <> ''),
    cosigner TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind <> ''),
    schema INTEGER NOT NULL CHECK (schema > 0),
    body TEXT NOT NULL CHECK (json_valid(body)),
    prev TEXT NOT NULL CHECK ({_HEX64.format("prev")}),
    hash TEXT NOT NULL CHECK ({_HEX64.format("hash")}),
    CHECK (kind <> 'closed_final' OR json_extract(body, '$.case') IS NOT NULL)
) STRICT
"""

_NUMBER = "json_extract({0}body, '$.number')"


def _twice(text: str) -> str:
    """SQL for: a key of that JSON object stands in it twice, or is not spelled out.

    SQLite reads the first of two, the program the last.
    """
    return (
        f"((SELECT count(*) <> count(DISTINCT key) FROM json_each({text}))"
        f" OR CASE WHEN instr({text}, '\\u') THEN EXISTS"
        f" (SELECT 1 FROM json_each({text}) WHERE instr(key, '\\')) END)"
    )


_JOURNAL_INDEXES = (
    "CREATE INDEX journal_case ON journal (json_extract(body, '$.case'))",
    "CREATE INDEX journal_time ON journal (occurred_at)",
    # By length first: the last number of a day is then one step into the index, however wide.
    f"CREATE UNIQUE INDEX journal_number ON journal (length({_NUMBER.format('')}),"
    f" {_NUMBER.format('')}) WHERE kind = 'case_opened'",
)

_REFUSE_INSERT = f"""
CREATE TRIGGER journal_insert BEFORE INSERT ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal: seq must follow the last entry')
        WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal);
    SELECT RAISE(ABORT, 'journal: prev must be the hash of the last entry')
        WHERE NEW.prev IS NOT
            coalesce((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), '{FIRST_PREV}');
    SELECT RAISE(ABORT, 'journal: an entry has that id')
        WHERE EXISTS (SELECT 1 FROM journal WHERE id = NEW.id);
    SELECT RAISE(ABORT, 'journal: a case has that number')
        WHERE NEW.kind = 'case_opened' AND EXISTS (
            SELECT 1 FROM journal WHERE kind = 'case_opened'
                AND length({_NUMBER.format("")}) = length({_NUMBER.format("NEW.")})
                AND {_NUMBER.format("")} = {_NUMBER.format("NEW.")});
    SELECT RAISE(ABORT, 'journal: a key stands twice in the body')
        WHERE CASE WHEN NEW.kind IN ('paper_received', 'paper_signed', 'paper_filed',
            'closed_final', 'reopened', 'taken_back') THEN {_twice("NEW.body")} END;
END
"""

_REFUSE_UPDATE = """
CREATE TRIGGER journal_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'journal: entries are never changed'); END
"""

_REFUSE_DELETE = """
CREATE TRIGGER journal_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal: entries are never deleted'); END
"""


def _case_of(alias: str) -> str:
    return f"json_extract({alias}.body, '$.case')"


def _stands(alias: str, case: str) -> str:
    """SQL for: this entry of that case was not taken back."""
    return (
        f"NOT EXISTS (SELECT 1 FROM journal AS t, json_each(t.body, '$.of') AS o"
        f" WHERE {_case_of('t')} = {case} AND t.kind = 'taken_back' AND o.value = {alias}.seq)"
    )


def _last_reopened(case: str, before: str = "") -> str:
    """SQL for: the seq of the case's last reopening that stands, 0 where there is none."""
    limit = f" AND r.seq < {before}" if before else ""
    return (
        f"(SELECT coalesce(max(r.seq), 0) FROM journal AS r WHERE {_case_of('r')} = {case}"
        f" AND r.kind = 'reopened'{limit} AND {_stands('r', case)})"
    )


_CASE = "json_extract(NEW.body, '$.case')"

# The paper that a closing `f` counts on: one that comes in anew is signed and filed anew.
_ITS_PAPER = (
    f"(SELECT max(q.seq) FROM journal AS q WHERE {_case_of('q')} = {_CASE}"
    f" AND q.kind = 'paper_received' AND q.seq < f.seq AND {_stands('q', _CASE)}"
    f" AND q.seq > {_last_reopened(_CASE, 'f.seq')})"
)

_BLANKS = "char(9, 10, 11, 12, 13, 32, 133, 160, 8203, 12288, 65279)"


def _says(alias: str, name: str) -> str:
    """SQL for: the entry's body has a text of that name, and not a blank one."""
    return (
        f"json_type({alias}.body, '$.{name}') = 'text'"
        f" AND trim(json_extract({alias}.body, '$.{name}'), {_BLANKS}) <> ''"
    )


# A paper without its number, a signature of nobody and a place in no binder are none.
_COUNTS = (
    f"(p.kind = 'paper_received' AND {_says('p', 'number')}"
    f" OR p.kind = 'paper_signed' AND {_says('p', 'signer')}"
    f" OR p.kind = 'paper_filed' AND {_says('p', 'binder')} AND {_says('p', 'page')})"
)

# After the insertion, so that taking a paper back from under a closing is seen as well, be it
# one of long ago: the case could not be folded any more.
_REFUSE_FINAL = f"""
CREATE TRIGGER journal_paper AFTER INSERT ON journal
WHEN NEW.kind IN ('closed_final', 'taken_back')
BEGIN
    SELECT RAISE(ABORT, 'journal: no closing without its paper received, signed and filed')
    FROM journal AS f
    WHERE {_case_of("f")} = {_CASE} AND f.kind = 'closed_final' AND {_stands("f", _CASE)}
        AND (
            SELECT count(DISTINCT p.kind) FROM journal AS p
            WHERE {_case_of("p")} = {_CASE} AND p.seq >= {_ITS_PAPER} AND p.seq < f.seq
                AND {_COUNTS} AND {_stands("p", _CASE)}
        ) < 3;
END
"""

_FINAL_CASE = f"""
WHEN NEW.stage = 'final' OR NEW.open IS NOT (NEW.stage <> 'invalid')
BEGIN
    SELECT RAISE(ABORT, 'cases: a case is open until it is final or invalid')
        WHERE NEW.open IS NOT (NEW.stage NOT IN ('final', 'invalid'));
    SELECT RAISE(ABORT, 'cases: no case is final without its closing entry')
        WHERE NEW.stage = 'final' AND NOT EXISTS (
            SELECT 1 FROM journal AS f
            WHERE {_case_of("f")} = NEW.id AND f.kind = 'closed_final'
                AND {_stands("f", "NEW.id")} AND f.seq > {_last_reopened("NEW.id")});
END
"""

_CASES = """
CREATE TABLE cases (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL UNIQUE,
    procedure TEXT NOT NULL,
    level TEXT NOT NULL,
    level_zh TEXT NOT NULL,
    level_en TEXT NOT NULL,
    grave INTEGER NOT NULL,
    emergency INTEGER NOT NULL,
    stage TEXT NOT NULL,
    open INTEGER NOT NULL,
    place TEXT NOT NULL,
    caller TEXT NOT NULL,
    phone TEXT NOT NULL,
    category TEXT NOT NULL,
    content TEXT NOT NULL,
    assignee TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    written_off_at INTEGER,
    final_at INTEGER,
    done_at INTEGER,
    next_rule TEXT NOT NULL,
    next_zh TEXT NOT NULL,
    next_en TEXT NOT NULL,
    next_do TEXT NOT NULL,
    next_due INTEGER,
    fire_at INTEGER,
    shout INTEGER NOT NULL,
    stuck INTEGER NOT NULL,
    words BLOB NOT NULL
) STRICT
"""

_CASES_INDEXES = (
    "CREATE INDEX cases_open ON cases (next_due, stage, emergency, stuck) WHERE open = 1",
    "CREATE INDEX cases_fire ON cases (fire_at) WHERE fire_at IS NOT NULL",
    "CREATE INDEX cases_done ON cases (done_at) WHERE done_at IS NOT NULL",
    "CREATE INDEX cases_place ON cases (place, open)",
)

_CASES_TRIGGERS = (
    f"CREATE TRIGGER cases_insert BEFORE INSERT ON cases {_FINAL_CASE}",
    f"CREATE TRIGGER cases_update BEFORE UPDATE ON cases {_FINAL_CASE}",
)

_CASE_STATE = """
CREATE TABLE case_state (
    row INTEGER PRIMARY KEY REFERENCES cases (row),
    state BLOB NOT NULL,
    duties BLOB NOT NULL
) STRICT
"""

# The whole case is never further than its line, which has the closing entry asked for.
_STATE = "CAST(NEW.state AS TEXT)"
_FINAL_STATE = f"""
BEGIN
    SELECT RAISE(ABORT, 'case_state: the case is not JSON') WHERE NOT json_valid({_STATE});
    SELECT RAISE(ABORT, 'case_state: a key stands twice in the case') WHERE {_twice(_STATE)};
    SELECT RAISE(ABORT, 'case_state: no case is final before its line is')
        WHERE json_extract({_STATE}, '$.stage') = 'final'
            AND (SELECT stage FROM cases WHERE row = NEW.row) IS NOT 'final';
END
"""

_CASE_STATE_TRIGGERS = (
    f"CREATE TRIGGER case_state_insert BEFORE INSERT ON case_state {_FINAL_STATE}",
    f"CREATE TRIGGER case_state_update BEFORE UPDATE ON case_state {_FINAL_STATE}",
)

CONTENTLESS = sqlite_version_info >= (3, 43, 0)
"""Whether this SQLite can forget a case's words without having kept them."""


def search_table(contentless: bool | None = None) -> str:
    """The search index; every query is of single words, so no positions are kept.

    An SQLite before 3.43 cannot delete from an index that keeps no text: it keeps the words.
    ``contentless`` asks for one of the two forms, whichever SQLite this is.
    """
    forgets = CONTENTLESS if contentless is None else contentless
    kind = "content='', contentless_delete=1, " if forgets else ""
    return (
        f"CREATE VIRTUAL TABLE case_search USING fts5(words, {kind}detail=none,"
        " tokenize='unicode61 remove_diacritics 0')"
    )


_SITE = (
    """
CREATE TABLE drafts (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT
""",
    """
CREATE TABLE documents (
    sha256 TEXT PRIMARY KEY,
    what TEXT NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT
""",
    """
CREATE TABLE adopted (
    what TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES documents (sha256),
    PRIMARY KEY (what, name)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE operators (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    pin_hash TEXT NOT NULL,
    disabled INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    locked_until INTEGER
) STRICT
""",
    """
CREATE TABLE units (
    place TEXT PRIMARY KEY,
    place_fold TEXT NOT NULL,
    building TEXT NOT NULL,
    data TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX units_fold ON units (place_fold)",
    "CREATE TABLE people (id TEXT PRIMARY KEY, data TEXT NOT NULL, ord INTEGER NOT NULL) STRICT",
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
)


def journal_statements() -> tuple[str, ...]:
    """The record itself."""
    return (
        _JOURNAL,
        *_JOURNAL_INDEXES,
        _REFUSE_INSERT,
        _REFUSE_UPDATE,
        _REFUSE_DELETE,
        _REFUSE_FINAL,
    )


def projection_statements() -> tuple[str, ...]:
    """What is folded from the record."""
    return (
        _CASES,
        *_CASES_INDEXES,
        *_CASES_TRIGGERS,
        _CASE_STATE,
        *_CASE_STATE_TRIGGERS,
        search_table(),
    )


def site_statements() -> tuple[str, ...]:
    """What the site knows beside the record."""
    return _SITE
