"""The manual's own script proves a record without this program, and finds what was changed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from dispatcher_tui.site.manual import manual_text
from dispatcher_tui.store import chain
from dispatcher_tui.store.sqlite import connect
from tests.cli.support import Run

_BLOCK = re.compile(r"(?:^    .*\n|^\n)+", re.MULTILINE)
_LONGEST = 25


def _printed(lang: str) -> str:
    """The last block of the topic on the record, its indent taken away."""
    *_, found = (m[0] for m in _BLOCK.finditer(manual_text("record", lang)) if m[0].strip())
    return dedent(found).strip("\n") + "\n"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """The script as somebody copies it out of the manual."""
    text = _printed("en")
    assert text == _printed("zh")
    assert len(text.splitlines()) <= _LONGEST
    path = tmp_path / "prove.py"
    path.write_text(text, encoding="utf-8")
    return path


def _proved(script: Path, database: Path) -> tuple[int, str, str]:
    """What the script says, run by a Python that finds nothing but its own library."""
    command = [sys.executable, "-I", "-S", str(script), str(database)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout.strip(), done.stderr.strip()


@pytest.fixture
def database(run: Run, site: Path) -> Path:
    """A record with the words of a caller in it."""
    said = ("case", "open", "--said", '3号楼漏水, "很急" 5,7: x', "--site", site)
    assert run(*said).code == 0
    return site / "desk.sqlite3"


def test_a_stranger_proves_the_record(run: Run, site: Path, script: Path, database: Path) -> None:
    verdict = run("verify", "--json", "--site", site).json
    expected = f"{verdict['rows']} entries, head {verdict['head']}"
    assert _proved(script, database) == (0, expected, "")


@pytest.mark.parametrize("column", [c for c in chain.COLUMNS if c not in ("seq", "hash")])
def test_a_stranger_finds_any_column_changed(script: Path, database: Path, column: str) -> None:
    conn = connect(database)
    conn.execute("PRAGMA ignore_check_constraints=ON")
    conn.execute("DROP TRIGGER journal_update")
    value = conn.execute(f"SELECT {column} FROM journal WHERE seq = 3").fetchone()[0]
    other = value + 1 if isinstance(value, int) else f"{value} "
    conn.execute(f"UPDATE journal SET {column} = ? WHERE seq = 3", (other,))
    conn.close()
    assert _proved(script, database) == (1, "", "entry 3 is not what it was")


@pytest.mark.parametrize(
    ("sql", "entry"),
    [
        ("DELETE FROM journal WHERE seq = 2", 2),
        ("DELETE FROM journal WHERE seq = 1", 1),
        ("UPDATE journal SET hash = prev WHERE seq = 2", 2),
        ("UPDATE journal SET seq = 99 WHERE seq = 2", 2),
    ],
)
def test_a_stranger_finds_what_is_gone(script: Path, database: Path, sql: str, entry: int) -> None:
    conn = connect(database)
    for name in ("journal_update", "journal_delete"):
        conn.execute(f"DROP TRIGGER {name}")
    conn.execute(sql)
    conn.close()
    assert _proved(script, database) == (1, "", f"entry {entry} is not what it was")


@pytest.mark.parametrize(("lang", "comma"), [("en", ","), ("zh", "、")])
def test_the_manual_names_the_columns_in_the_order_they_are_hashed(lang: str, comma: str) -> None:
    text = manual_text("record", lang)
    assert f'HASHED = "{" ".join(chain.HASHED)}"' in text
    named = f"{comma}".join(f"`{name}`" for name in chain.HASHED)
    assert named in re.sub(r"\s+", "", text)
