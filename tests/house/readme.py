"""The parts of the README and the manual that the program itself knows best.

``python -m tests.house.readme`` writes the demo's PINs, the keys, the commands and the procedures
between their marks, in each language; ``test_readme`` fails where they no longer say what is so.
The pictures are ``tests.look.readme_pictures``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from dispatcher_tui.demo.accounts import demo_accounts
from dispatcher_tui.present.i18n import Language, _, labelled, language, use
from dispatcher_tui.site.manual import manual_path
from dispatcher_tui.site.toml_text import parse_toml, read_text
from dispatcher_tui.tui.actions import ACTIONS, Action, label, tip

README = Path(__file__).parents[2] / "README.md"
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Part(NamedTuple):
    """What stands between two marks of a file, and how the program says it."""

    path: Path
    mark: str
    lang: Language
    say: Callable[[], str]

    def said_in(self, text: str) -> str:
        """The file's text with this part as it is now."""
        use(self.lang)
        marked = re.compile(rf"(<!-- {self.mark} -->\n).*?(<!-- /{self.mark} -->)", re.DOTALL)
        now = self.say()
        new, n = marked.subn(lambda match: f"{match[1]}\n{now}\n\n{match[2]}", text)
        assert n == 1, f"{self.path.name} has no place for {self.mark}"
        return new


def _items(rows: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"- {labelled(name, text)}" for name, text in rows)


def keys() -> str:
    """The registry of keys, one a line; what has none is worked by the menu."""
    comma, stop, menu = {"en": (", ", ". ", "menu"), "zh": ("、", "。", "菜单")}[language()]
    return _items(
        (comma.join(_keys_of(action)) or menu, f"{label(action)}{stop}{tip(action)}")
        for action in ACTIONS
    )


def _keys_of(action: Action) -> list[str]:
    also = f"`{action.also}`" if len(action.also) == 1 else action.also.title()
    names = [f"`{action.key_name}`" if len(action.key_name) == 1 else action.key_name, also]
    return list(dict.fromkeys(name for name in names if name))


def _walk(command: Any, path: str) -> Iterator[tuple[str, str]]:
    inner = getattr(command, "commands", {})
    if not inner:
        yield f"`{path}`", _(command.help)
    for name in inner:
        yield from _walk(inner[name], f"{path} {name}".strip())


def commands() -> str:
    """Every command of the program with its one line of help, which is English as it is loaded."""
    from typer.main import get_command

    from dispatcher_tui.cli.app import app

    return _items(_walk(get_command(app), ""))


def _usual() -> dict[str, Any]:
    from dispatcher_tui.desk.site.setup import defaults
    from dispatcher_tui.site.scaffold import procedures_to_begin_with

    path = procedures_to_begin_with()[defaults().procedure]
    return parse_toml(read_text(path), path.name)


def pins(lang: Language) -> str:
    """Who can sign in to the demo, by their role."""
    roles, who = _usual()["roles"], dict[str, list[str]]()
    for account in demo_accounts():
        who.setdefault(account.role, []).append(f"{account.name} {account.pin}")
    comma = {"en": ", ", "zh": "、"}[lang]
    return _items((roles[role][lang], comma.join(names)) for role, names in who.items())


def procedures(lang: Language) -> str:
    """The procedures a desk can work by, by the ids that ``init`` takes."""
    from dispatcher_tui.site.scaffold import procedures_to_begin_with

    usual = _usual()["id"]

    return _items(
        (f"`{name}`{' *' * (name == usual)}", parse_toml(read_text(path), path.name)["title"][lang])
        for name, path in procedures_to_begin_with().items()
    )


def _parts() -> Iterator[Part]:
    for lang in LANGUAGES:
        yield Part(README, f"pins {lang}", lang, partial(pins, lang))
        yield Part(manual_path("setup", lang), "procedures", lang, partial(procedures, lang))
        yield Part(manual_path("keys", lang), "keys", lang, keys)
        yield Part(manual_path("commands", lang), "commands", lang, commands)


PARTS = tuple(_parts())


def main() -> None:
    """Write all parts anew."""
    for part in PARTS:
        text = part.said_in(part.path.read_text(encoding="utf-8"))
        part.path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
