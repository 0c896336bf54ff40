"""Note today's shipped files in the list of all versions ever shipped.

Run from the project's root after a change to a shipped procedure, card, class or the layer:

    python -m tests.site.shipped_versions

A site's copy is renewed only where its hash stands in that list, so no version may be left out.
"""

from __future__ import annotations

import msgspec

from dispatcher_tui.site.renewal import VERSIONS, sha256_of, shipped_files, versions
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import read_text


def missing() -> dict[str, str]:
    """The shipped files whose present version the list does not have, with their hashes."""
    known = versions()
    found = {name: sha256_of(read_text(data_dir() / name)) for name in shipped_files()}
    return {name: sha for name, sha in found.items() if sha not in known.get(name, ())}


def note(more: dict[str, list[str]]) -> None:
    """Add hashes to the list; the order of a file's versions is that of their coming."""
    known = {name: list(found) for name, found in versions().items()}
    for name, hashes in more.items():
        mine = known.setdefault(name, [])
        mine += [sha for sha in hashes if sha not in mine]
    text = msgspec.json.format(msgspec.json.encode(known, order="sorted"))
    (data_dir() / VERSIONS).write_bytes(text + b"\n")


if __name__ == "__main__":
    note({name: [sha] for name, sha in missing().items()})
