"""``python -m tests.look SCREEN``: one screen on demo data, as a picture and as text.

``SCREEN`` is a class's name, with or without *Screen* at its end, in any case: ``board``,
``Intake``, ``StandDownScreen``. ``--list`` names them all. ``--press`` takes keys as Textual calls
them and presses them once the screen stands: ``--press 1 3 - 2 enter``.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.look.screens import Demo, Type, all_screens, demo_running, opened
from tests.look.svg import svg
from tests.tui.support import Language, Size, picture, press

OUT = Path("build") / "look"


def size_of(text: str) -> Size:
    """``80x24`` as columns and rows; raises ValueError where it is none."""
    columns, _, rows = text.lower().partition("x")
    return int(columns), int(rows)


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.look",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("screen", nargs="?", help="the screen's class")
    parser.add_argument("--list", action="store_true", help="name every screen and stop")
    parser.add_argument("--size", type=size_of, default=(80, 24), metavar="80x24")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--theme", help="one of the application's themes; its own if not given")
    parser.add_argument("--press", nargs="+", default=[], metavar="KEY", help="keys, one by one")
    parser.add_argument("--out", type=Path, default=OUT, metavar="DIR", help=f"default: {OUT}")
    asked = parser.parse_args(arguments)
    if not asked.list and asked.screen is None:
        parser.error("name a SCREEN, or --list")
    return asked


def named(text: str) -> Type:
    """The screen somebody means; raises LookupError with those that come near."""
    wanted = text.casefold().replace("_", "").removesuffix("screen")
    known = all_screens()
    for name, screen in known.items():
        if name.casefold().removesuffix("screen") == wanted:
            return screen
    near = [name for name in sorted(known) if wanted[:3] in name.casefold()]
    raise LookupError(f"no screen {text!r}; --list names all. Near: {', '.join(near) or 'none'}")


def put_theme(demo: Demo, theme: str | None) -> None:
    """Another theme; raises LookupError with those there are."""
    if theme is None:
        return
    if theme not in demo.app.available_themes:
        raise LookupError(f"no theme {theme!r}: {', '.join(sorted(demo.app.available_themes))}")
    demo.app.theme = theme


async def look(
    screen: Type,
    size: Size,
    lang: Language,
    theme: str | None = None,
    keys: tuple[str, ...] = (),
) -> tuple[str, str]:
    """The screen's picture as SVG and its text."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        async with demo_running(Path(folder) / "demo", size, lang) as demo:
            put_theme(demo, theme)
            await opened(demo, screen)
            if keys:
                await press(demo.pilot, *keys)
            rows = demo.app.screen._compositor.render_strips()
            return svg(rows, size, screen.__name__), picture(demo.pilot)


def main(arguments: list[str] | None = None) -> int:
    """Write ``SCREEN-80x24-zh.svg`` and ``.txt``; the text is printed too."""
    asked = options(arguments)
    if asked.list:
        print("\n".join(sorted(all_screens())))
        return 0
    try:
        screen = named(asked.screen)
        drawn, text = asyncio.run(
            look(screen, asked.size, asked.lang, asked.theme, tuple(asked.press))
        )
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 2
    asked.out.mkdir(parents=True, exist_ok=True)
    columns, rows = asked.size
    theme = f"-{asked.theme}" if asked.theme else ""
    stem = asked.out / f"{screen.__name__}-{columns}x{rows}-{asked.lang}{theme}"
    for suffix, content in ((".svg", drawn), (".txt", text + "\n")):
        path = stem.with_name(stem.name + suffix)
        path.write_text(content, encoding="utf-8", newline="\n")
        print(path, file=sys.stderr)
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
