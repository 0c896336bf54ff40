"""``python -m tests.house.exceptions``: take out of the lists what is no longer needed.

``--renamed`` also puts in what is new, for a commit that only moves or renames; say there why the
list is no longer than before. Both print what they changed.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable

from tests.house.digits import missing_digits
from tests.house.exceptions import FOLDER, head, read
from tests.house.shape import class_homonyms, in_circles, module_homonyms
from tests.house.source import PACKAGE, modules

RULES: dict[str, Callable[[], set[str]]] = {
    "circles": in_circles,
    "class_names": class_homonyms,
    "module_names": lambda: module_homonyms(modules(PACKAGE)),
    "digits": lambda: asyncio.run(missing_digits()),
}


def main() -> None:
    """Write every list anew."""
    parser = argparse.ArgumentParser(prog="python -m tests.house.exceptions", description=__doc__)
    parser.add_argument("--renamed", action="store_true", help="put in what is new as well")
    asked = parser.parse_args()
    for rule, look in RULES.items():
        listed, found = read(rule), look()
        kept = found if asked.renamed else listed & found
        for sign, names in (("-", listed - kept), ("+", kept - listed)):
            for name in sorted(names):
                print(f"{rule}: {sign} {name}")
        lines = [*head(rule), *sorted(kept)]
        text = "\n".join([*lines, ""])
        (FOLDER / f"{rule}.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
