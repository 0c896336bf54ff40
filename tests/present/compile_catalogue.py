"""Put the Chinese catalogue in order and compile it.

Run from the project's root after a change to `dispatcher.po`:

    python tests/present/compile_catalogue.py [MORE.po ...]

The entries of any further `.po` files are taken in first; one that translates a text differently
from the catalogue is refused, and nothing is written. Then the entries are sorted by msgid, and
`dispatcher.mo` is written beside the `.po`. The same entries always give the same bytes.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PO = (
    Path(__file__).resolve().parents[2]
    / "dispatcher_tui/present/locale/zh/LC_MESSAGES/dispatcher.po"
)
MO = PO.with_suffix(".mo")


class StableCatalogue(Catalog):
    """A catalogue whose header names neither a day nor a tool's version."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", "zh"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: object) -> None:
        """What a file's own header says is not taken over."""


def read(path: Path) -> dict[str, str]:
    """Every msgid of a `.po` file with its translation."""
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale="zh", charset="utf-8", abort_invalid=True)
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id}


def build(entries: dict[str, str]) -> StableCatalogue:
    """A catalogue of these entries, in order."""
    catalogue = StableCatalogue(locale="zh", charset="utf-8", header_comment="", fuzzy=False)
    for msgid in sorted(entries):
        catalogue.add(msgid, entries[msgid])
    return catalogue


def compiled(entries: dict[str, str]) -> bytes:
    """The bytes of the `.mo` file."""
    stream = io.BytesIO()
    write_mo(stream, build(entries))
    return stream.getvalue()


def written(entries: dict[str, str]) -> bytes:
    """The bytes of the `.po` file."""
    stream = io.BytesIO()
    write_po(stream, build(entries), width=0, sort_output=True)
    return stream.getvalue().strip() + b"\n"


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
