"""No widget, screen or message of ours keeps something under a name that Textual uses itself.

Textual says nothing where that is done: a field once hung because a form kept whether it was
closed as ``_closed``, which is what a message pump of Textual's asks before it takes a message.
"""

from __future__ import annotations

import ast
import inspect
import pkgutil
import textwrap
from collections.abc import Iterator
from functools import cache
from importlib import import_module

import pytest
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from dispatcher_tui import tui

MEANT = frozenset(
    {
        *("ALLOW_SELECT", "AUTO_FOCUS", "BINDINGS", "BLANK", "COMPONENT_CLASSES", "CSS_PATH"),
        "DEFAULT_CSS",
        *("ENABLE_COMMAND_PALETTE", "auto_links", "can_focus", "cursor_position", "display"),
        *("text", "value"),  # what somebody typed
        *(
            "action_help_quit",
            "compose",
            "get_content_height",
            "get_line_filters",
            "is_current",
            "load_text",
        ),
        *("notify_style_update", "on_event", "render", "render_line", "render_lines"),
        *("theme", "get_theme_variable_defaults"),
        *("can_replace", "control"),  # of a message
        "_handle_exception",  # answered first by ``textual_parts.left_behind``, with its own test
    }
)
"""What Textual has for its users to set or to answer in their own way."""


@cache
def _body(kind: type) -> ast.ClassDef:
    node = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(node, ast.ClassDef)
    return node


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AnnAssign | ast.AugAssign) else []


def declared(body: ast.ClassDef) -> Iterator[str]:
    """The names a class's body gives: methods, values, fields; those of Python itself are none."""
    for node in body.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names = [node.name]
        else:
            names = [each.id for each in _targets(node) if isinstance(each, ast.Name)]
        yield from (name for name in names if not name.startswith("__"))


def _within(body: ast.ClassDef) -> Iterator[ast.AST]:
    """All that stands in a class, but in no class within it: that one has a ``self`` of its own."""
    ahead: list[ast.AST] = list(body.body)
    while ahead:
        node = ahead.pop()
        if not isinstance(node, ast.ClassDef):
            yield node
            ahead += ast.iter_child_nodes(node)


def kept(body: ast.ClassDef) -> Iterator[str]:
    """The names under which its methods keep something on ``self``."""
    for node in _within(body):
        for target in _targets(node):
            for each in ast.walk(target):
                if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
                    own = each.value.id == "self" and isinstance(each.ctx, ast.Store)
                    yield from [each.attr] if own else []


@cache
def names_of(kind: type) -> frozenset[str]:
    """Every name a class gives or keeps something under."""
    return frozenset({*declared(_body(kind)), *kept(_body(kind))})


@cache
def _textuals(kind: type) -> frozenset[str]:
    bases = [each for each in kind.__mro__ if each.__module__.partition(".")[0] == "textual"]
    return frozenset().union(*map(names_of, bases))


def _ours() -> list[type]:
    for module in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}."):
        import_module(module.name)
    found: list[type] = []
    ahead = [*MessagePump.__subclasses__(), *Message.__subclasses__()]
    while ahead:
        kind = ahead.pop()
        ahead += kind.__subclasses__()
        found += [kind] if kind.__module__.startswith(tui.__name__) else []
    return found


def taken(kind: type) -> set[str]:
    """The names of Textual's that a class, or one of ours that it is built on, uses for its own.

    A method that answers a message or a change of value is asked beside Textual's, not instead.
    """
    own = [each for each in kind.__mro__ if each.__module__.partition(".")[0] != "textual"]
    own = [each for each in own if each.__module__.startswith((tui.__name__, __name__))]
    return {
        f"{each.__name__}.{name}"
        for each in own
        for name in (names_of(each) & _textuals(kind)) - MEANT
        if not name.startswith(("_on_", "on_"))
    }


def test_no_name_of_textuals_is_taken() -> None:
    ours = _ours()
    assert len(ours) > 100
    assert set().union(*map(taken, ours)) == set()


class _ClosedField(Widget):
    def leave(self) -> None:
        self._closed = True


class _Stack(Screen[None]):
    _running: bool = False

    def reach(self) -> None:
        (self._layout_required, self._own) = (True, 2)


class _Mine(Widget):
    can_focus = True

    def render(self) -> str:
        self.display, self._mine = True, 1
        return ""


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (_ClosedField, {"_ClosedField._closed"}),
        (_Stack, {"_Stack._running", "_Stack._layout_required"}),
        (_Mine, set()),
    ],
)
def test_a_name_that_is_taken_is_seen(kind: type, found: set[str]) -> None:
    assert taken(kind) == found
