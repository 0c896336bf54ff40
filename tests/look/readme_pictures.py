"""The pictures of screens in the README; run this file to draw them anew.

``python -m tests.look.readme_pictures`` writes them beside itself; a test draws each one again and
fails where it is no longer what the program shows.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import NamedTuple

from dispatcher_tui.present.i18n import Language
from tests.look.__main__ import look, named
from tests.tui.support import Size

FOLDER = Path(__file__).parent / "pictures"


class ReadmePicture(NamedTuple):
    """One screen in one language and one look, after some keys."""

    name: str
    screen: str
    lang: Language
    theme: str
    size: Size = (80, 24)
    keys: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """Where it lies."""
        return FOLDER / f"{self.name}.svg"

    def drawn(self) -> str:
        """The picture as the program draws it now."""
        found, _text = asyncio.run(
            look(named(self.screen), self.size, self.lang, self.theme, self.keys)
        )
        return found


PICTURES = (
    ReadmePicture("board-zh-night", "board", "zh", "night", keys=("down", "up")),
    ReadmePicture("board-en-day", "board", "en", "day", (120, 36), ("down", "up")),
    ReadmePicture("intake-zh-night", "intake", "zh", "night", keys=("1", *"3-2-1502", "enter")),
    ReadmePicture("emergency-zh-night", "emergency", "zh", "night"),
    ReadmePicture("emergency-en-day", "emergency", "en", "day", (120, 36)),
    ReadmePicture("close-zh-day", "close", "zh", "day"),
)
"""Both languages, night and day, both sizes."""


def main() -> None:
    """Draw them all."""
    FOLDER.mkdir(exist_ok=True)
    for each in PICTURES:
        each.path.write_text(each.drawn(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
