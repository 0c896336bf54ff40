"""Put the Chinese catalogue in order and have Babel compile it.

Run from the project's root after a change to `dispatcher.po`:

    python tests/present/compile_catalogue.py [MORE.po ...]

The entries of any further `.po` files are taken in first; one that translates a text differently
from the catalogue is refused, and nothing is written. Then Babel writes the `.po` sorted by msgid,
and compiles it; a test proves that this command makes the same of it:

    pybabel compile -d dispatcher_tui/present/locale -D dispatcher -l zh

The same entries always give the same bytes under the same Babel. A text that is counted has two
msgids, for one and for any other number, and in Chinese one form:

    msgid "{n} paper in {path}"
    msgid_plural "{n} papers in {path}"
    msgstr[0] "{n} 张单据已写入 {path}"
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

Text = str | tuple[str, ...]
"""A text, or its forms where it is counted."""

LOCALE = Path(__file__).resolve().parents[2] / "dispatcher_tui/present/locale"
PO = LOCALE / "zh/LC_MESSAGES/dispatcher.po"
MO = PO.with_suffix(".mo")

# Babel would write the day of the run there, and two branches would never merge.
_DAY = datetime(2026, 11, 30, tzinfo=UTC)


def _text(found: object) -> Text:
    return tuple(map(str, found)) if isinstance(found, tuple | list) else str(found)


def read(path: Path) -> dict[Text, Text]:
    """Every msgid of a `.po` file with its translation; both of what is counted are tuples."""
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale="zh", charset="utf-8", abort_invalid=True)
    return {_text(entry.id): _text(entry.string) for entry in catalogue if entry.id}


def written(entries: dict[Text, Text]) -> bytes:
    """The bytes of the `.po` file, as Babel sorts it."""
    catalogue = Catalog(
        locale="zh",
        header_comment="",
        project="dispatcher-tui",
        version="zh",
        msgid_bugs_address="-",
        creation_date=_DAY,
        revision_date=_DAY,
        last_translator="The dispatcher-tui authors",
        language_team="-",
        fuzzy=False,
    )
    for msgid, msgstr in entries.items():
        catalogue.add(msgid, msgstr)
    stream = io.BytesIO()
    write_po(stream, catalogue, width=0, sort_output=True)
    return stream.getvalue().strip() + b"\n"


def compiled(entries: dict[Text, Text]) -> bytes:
    """The bytes of the `.mo` file that Babel makes of the `.po` file of these entries."""
    stream = io.BytesIO()
    write_mo(stream, read_po(io.BytesIO(written(entries)), locale="zh"))
    return stream.getvalue()


def main(more: list[str]) -> int:
    """Take in further files, sort, compile; 1 where two translations disagree."""
    entries = read(PO)
    for name in more:
        for msgid, msgstr in read(Path(name)).items():
            if entries.setdefault(msgid, msgstr) != msgstr:
                print(f"{name}: {msgid!r}: {msgstr!r} is not {entries[msgid]!r}", file=sys.stderr)
                return 1
    PO.write_bytes(written(entries))
    MO.write_bytes(compiled(entries))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
