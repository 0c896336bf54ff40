"""The desk's colours, by what they are for: one table, five themes made of it.

A style names a role (``$desk-over``) and never a colour. Every value is a member of the 256
colours that terminals share: Rich reduces to those where a terminal does not say that it shows
more, and tinted greys next to them collapse. The sixteen-colour theme uses the terminal's own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from textual.app import App
from textual.color import Color
from textual.content import Content
from textual.content import Span as ContentSpan
from textual.geometry import Offset
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.style import Style
from textual.theme import Theme

from dispatcher_tui.domain.words.looks import ANSI, DAY, LOOKS, NIGHT, look_for
from dispatcher_tui.present.spans import SpanLine
from dispatcher_tui.tui.keys_place import keys_place

T = TypeVar("T")

PREFIX = "desk-"

_TABLE = """
role    night   day     high    mono    ansi
bg0     #121212 #eeeeee #000000 #121212 ansi_default
bg1     #1c1c1c #ffffff #000000 #1c1c1c ansi_default
bg2     #303030 #dadada #303030 #303030 ansi_default
bg3     #444444 #bcbcbc #4e4e4e #444444 ansi_black
fg0     #ffffff #000000 #ffffff #ffffff ansi_default
fg1     #d0d0d0 #262626 #ffffff #d0d0d0 ansi_default
fg2     #a8a8a8 #585858 #d0d0d0 #a8a8a8 ansi_default
capf    #ffffff #000000 #ffffff #ffffff ansi_bright_white
bar     #303030 #dadada #303030 #303030 ansi_white
bar0    #ffffff #000000 #ffffff #ffffff ansi_black
bar1    #d0d0d0 #262626 #ffffff #d0d0d0 ansi_black
bar2    #a8a8a8 #585858 #d0d0d0 #a8a8a8 ansi_black
sel     #87d7ff #005faf #00ffff #c6c6c6 ansi_cyan
self    #000000 #ffffff #000000 #000000 ansi_black
tint    #005f87 #afd7ff #005f5f #3a3a3a ansi_default
tintf   #d7ffff #00005f #afffff #ffffff ansi_bright_cyan
over    #d70000 #af0000 #ff5f5f #ffffff ansi_red
overf   #ffffff #ffffff #000000 #000000 ansi_bright_white
overt   #ff8787 #af0000 #ffafaf #ffffff ansi_bright_red
warn    #ffaf00 #af8700 #ffd700 #8a8a8a ansi_yellow
warnf   #000000 #000000 #000000 #000000 ansi_black
warnt   #ffd75f #875f00 #ffd700 #e4e4e4 ansi_bright_yellow
emgh    #5f0000 #ffd7d7 #5f0000 #4e4e4e ansi_red
emghf   #ffd7d7 #5f0000 #ffffff #ffffff ansi_bright_white
grave   #e4e4e4 #303030 #ffffff #c6c6c6 ansi_white
gravef  #000000 #ffffff #000000 #000000 ansi_black
okt     #87d7af #005f00 #87ffaf #d0d0d0 ansi_bright_green
digit   #ffffff #000000 #ffffff #ffffff ansi_bright_white
drill   #875fd7 #af5fff #af87ff #8a8a8a ansi_magenta
drillf  #ffffff #000000 #000000 #000000 ansi_bright_white
"""
"""``bg0`` desk, ``bg1`` panel, ``bg2`` title strip and empty field, ``bg3`` key cap with ``capf``;
``fg0`` strong, ``fg1`` text, ``fg2`` muted (not on ``bg3`` or ``tint``). ``bar`` is the head line
and the hints with ``bar0`` to ``bar2``. ``sel`` is the one place where keys go, ``tint`` what is
chosen there without it. ``over`` overdue, ``warn`` nobody told and the like; their text without a
ground of its own ends in ``t``. ``emgh`` an emergency's head line, ``grave`` a grave level,
``okt`` confirmed by a person, ``digit`` the cells of a big number, ``drill`` the mark of a drill.
"""


def _palettes() -> dict[str, dict[str, str]]:
    head, *rows = (line.split() for line in _TABLE.strip().splitlines())
    return {
        name: {row[0]: row[column] for row in rows} for column, name in enumerate(head) if column
    }


PALETTES: dict[str, dict[str, str]] = _palettes()
"""The value of every role by the look's name."""

FORMS = {"strip-form": "bold", "well-form": "none", "tint-form": "bold"}
"""How a surface is set off besides by its ground."""

ANSI_FORMS = {
    "strip-form": "bold underline",
    "well-form": "underline",
    "tint-form": "bold underline",
}
"""The same where there is no ground to set it off by."""


WORN: dict[str, tuple[str, str, str]] = {
    "fg0": ("fg0", "", "bold"),
    "unseen": ("fg0", "", "bold underline"),
    "fg1": ("fg1", "", ""),
    "fg2": ("fg2", "", ""),
    "overt": ("overt", "", ""),
    "warnt": ("warnt", "", ""),
    "okt": ("okt", "", ""),
    "over": ("overf", "over", "bold"),
    "over-up": ("over", "overf", "bold"),
    "warn": ("warnf", "warn", "bold"),
    "warn-up": ("warn", "warnf", "bold"),
    "grave": ("gravef", "grave", ""),
    "emgh": ("emghf", "emgh", "bold"),
    "emgh2": ("emghf", "emgh", ""),
    "sel": ("self", "sel", "bold"),
    "tint": ("tintf", "tint", "tint-form"),
    "next": ("tintf", "", "bold"),
    "cap": ("capf", "bg3", "bold"),
    "bar0": ("bar0", "", "bold"),
    "strip": ("fg0", "bg2", "strip-form"),
    "strip2": ("fg2", "bg2", ""),
    "well": ("fg1", "bg2", "well-form"),
    "gap": ("fg1", "bg0", ""),
    "digit": ("fg0", "digit", ""),
    "drill": ("drillf", "drill", "bold"),
}
"""What a run of text wears by its role: its colour, its ground ("" for the line's own) and form."""


@lru_cache(maxsize=256)
def paint(look: str, role: str, bold: bool = False) -> Style:
    """How a role is drawn in a look."""
    if not role:
        return Style(bold=True) if bold else Style()
    palette = PALETTES.get(look, PALETTES[NIGHT])
    text, ground, form = WORN[role]
    form = (ANSI_FORMS if look == ANSI else FORMS).get(form, form)
    return Style(
        foreground=Color.parse(palette[text]),
        background=Color.parse(palette[ground]) if ground else None,
        bold=True if bold or "bold" in form else None,
        underline=True if "underline" in form else None,
    )


BARE_DIGIT = Style(reverse=True)
"""A filled cell where there is no colour to fill it with; it holds its own digit."""


def drawn(look: str, rows: Iterable[SpanLine], *, colourless: bool = False) -> Content:
    """Rows of runs as Textual draws them; ``colourless``: the terminal has no colour at all."""

    texts: list[str] = []
    styled: list[ContentSpan] = []
    at = 0
    for number, row in enumerate(rows):
        if number:
            texts.append("\n")
            at += 1
        for span in row:
            filled = span.role == "digit"
            text = " " * len(span.text) if filled and not colourless else span.text
            style = BARE_DIGIT if filled and colourless else paint(look, span.role, span.bold)
            if text and style:
                styled.append(ContentSpan(at, at + len(text), style))
            texts.append(text)
            at += len(text)
    return Content("".join(texts), spans=styled)


OWED = {"ansi-background": "transparent", "ansi-foreground": "transparent"}
"""What Textual's own styles name and Textual gives to no theme of the terminal's colours."""


def variables(look: str) -> dict[str, str]:
    """What the styles of a look may name, without its dollar sign."""
    named = PALETTES[look] | (ANSI_FORMS if look == ANSI else FORMS)
    return {PREFIX + role: value for role, value in named.items()}


def _theme(look: str) -> Theme:
    p = PALETTES[look]
    stock = {  # What Textual's own widgets go by.
        "input-cursor-background": p["sel"],
        "input-cursor-foreground": p["self"],
        "input-selection-background": p["bg3"],
        "input-selection-foreground": p["capf"],
        "scrollbar": p["bg3"],
        "scrollbar-hover": p["bg3"],
        "scrollbar-active": p["fg2"],
        "scrollbar-background": p["bg1"],
        "scrollbar-background-hover": p["bg1"],
        "scrollbar-background-active": p["bg1"],
        "scrollbar-corner-color": p["bg1"],
    }
    return Theme(
        name=look,
        primary=p["sel"],
        secondary=p["tint"],
        accent=p["sel"],
        warning=p["warn"],
        error=p["over"],
        success=p["okt"],
        foreground=p["fg1"],
        background=p["bg1"],
        surface=p["bg2"],
        panel=p["bg2"],
        dark=look != DAY,
        ansi=look == ANSI,
        variables=stock | variables(look),
    )


THEMES: dict[str, Theme] = {look: _theme(look) for look in LOOKS}
"""Every look as Textual wears it."""


class BlankBars(ScrollBarRender):
    """A scrollbar of filled cells: the eighths of a cell take two cells on some terminals."""

    VERTICAL_BARS = (" ",)  # type: ignore[assignment]
    HORIZONTAL_BARS = (" ",)  # type: ignore[assignment]


class LookApp(App[T]):
    """An application that wears the desk's looks and no other.

    ``wish`` is a look's name, or ``auto``: by NO_COLOR and what the terminal can show.
    """

    CSS_PATH = Path(__file__).with_name("styles") / "desk.tcss"

    def __init__(self, wish: str = NIGHT) -> None:
        # Textual must not see NO_COLOR: its own filter draws "overdue" darker than "nobody told",
        # and a look that is asked for by name is worn with its colours.
        held = os.environ.pop("NO_COLOR", None)
        super().__init__()
        if held is not None:
            os.environ["NO_COLOR"] = held
        ScrollBar.renderer = BlankBars
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = look_for(
            wish, no_colour=held is not None, colour_system=self.console.color_system
        )

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The roles of a theme that has none of them: a sheet of styles does not fail under it."""
        return OWED | variables(NIGHT)

    @property
    def cursor_position(self) -> Offset:
        """The cell of the terminal's own cursor, as of now: Textual would leave it where a field
        was last typed in."""
        return keys_place(self)

    @cursor_position.setter
    def cursor_position(self, spot: Offset) -> None:
        """A field tells its own; it is asked for again when something is drawn."""
