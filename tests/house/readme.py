"""The parts of the README that the program itself knows best; run this file to write them anew.

``python -m tests.house.readme`` puts the demo's PINs, the keys, the commands and the procedures
between their marks; ``test_readme`` fails where they no longer say what is so. The pictures are
``tests.look.readme_pictures``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from dispatcher_tui.demo.accounts import demo_accounts
from dispatcher_tui.present.i18n import use
from dispatcher_tui.tui.actions import ACTIONS, label, tip

README = Path(__file__).parents[2] / "README.md"


def keys() -> str:
    """The registry as a table."""
    rows = [f"| {a.key_name} | {_also(a.also)} | {label(a)} | {tip(a)} |" for a in ACTIONS]
    return "\n".join(["| key | also | | |", "|---|---|---|---|", *rows])


def _also(also: str) -> str:
    return f"`{also}`" if len(also) == 1 else also.replace("ctrl+s", "Ctrl+S")


def _walk(command: Any, path: str) -> list[tuple[str, str]]:
    inner = getattr(command, "commands", {})
    if not inner:
        return [(path, command.get_short_help_str(90))]
    return [line for name in inner for line in _walk(inner[name], f"{path} {name}".strip())]


def commands() -> str:
    """Every command of the program with its one line of help."""
    from typer.main import get_command

    from dispatcher_tui.cli.app import app

    rows = [f"| `{path}` | {text} |" for path, text in _walk(get_command(app), "")]
    return "\n".join(["| command | |", "|---|---|", "| | the desk itself |", *rows])


def pins() -> str:
    """Who can sign in to the demo."""
    rows = [f"| {account.name} | {account.role} | {account.pin} |" for account in demo_accounts()]
    return "\n".join(["| name | role | PIN |", "|---|---|---|", *rows])


def procedures() -> str:
    """The procedures a desk can work by, by the ids that ``init`` takes."""
    from dispatcher_tui.desk.site.setup import defaults
    from dispatcher_tui.site.scaffold import procedures_to_begin_with
    from dispatcher_tui.site.toml_text import parse_toml, read_text

    rows, usual = [], defaults().procedure
    for name, path in procedures_to_begin_with().items():
        title = parse_toml(read_text(path), path.name)["title"]
        mark = " *" if name == usual else ""
        rows.append(f"| `{name}`{mark} | {title['zh']} | {title['en']} |")
    return "\n".join(["| id | | |", "|---|---|---|", *rows])


PARTS = {
    "pins": pins,
    "keys": keys,
    "commands": commands,
    "procedures": procedures,
}


def put(text: str, part: str, content: str) -> str:
    """The README's text with one part between its marks replaced."""
    marked = re.compile(rf"(<!-- {part} -->\n).*?(<!-- /{part} -->)", re.DOTALL)
    return marked.sub(lambda match: f"{match[1]}\n{content}\n\n{match[2]}", text)


def main() -> None:
    """Write all parts anew."""
    use("en")
    text = README.read_text(encoding="utf-8")
    for part, content in PARTS.items():
        text = put(text, part, content())
    README.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
