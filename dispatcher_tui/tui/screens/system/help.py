"""F1: the keys of the screen below and the rules behind it; ``=`` explains the nearest clock."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from dispatcher_tui.desk.case.story import CaseStory, read_story
from dispatcher_tui.domain.duties.pending import next_duty
from dispatcher_tui.present.case.explain import explain_duty
from dispatcher_tui.present.case.rule_lines import rule_lines, rules_behind
from dispatcher_tui.present.cells import fit, width, wrap
from dispatcher_tui.present.i18n import _, labelled
from dispatcher_tui.present.legend import legend
from dispatcher_tui.present.spans import Span, SpanLine, cells_of
from dispatcher_tui.tui.actions import ACTIONS, Action, label, tip
from dispatcher_tui.tui.keys import Hint, ScreenKey, working_key
from dispatcher_tui.tui.routes import ToManual
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.widgets.lines import SpanLines

_CAP = 7
"""Cells of a key's cap, so that their words stand below one another."""


def keys_of(action: Action, swallowed: Container[str] = ()) -> str:
    """An action's keys as they are printed: the F-key and what does the same.

    One that is ``swallowed`` is left out where there is another.
    """
    also = {"ctrl+s": "Ctrl+S"}.get(action.also, action.also)
    keys = (working_key(action, swallowed), also)
    return " ".join(dict.fromkeys(key for key in keys if key))


class HelpScreen(DeskScreen):
    """Help for ``below``; with ``explain`` it begins with the explanation of a clock."""

    hints = ("explain", "help")
    passing = True

    DEFAULT_CSS = "HelpScreen #page { height: 1fr; }"

    def __init__(self, below: DeskScreen, *, explain: bool = False) -> None:
        super().__init__()
        self._below = below
        self._explaining = explain
        self._story: CaseStory | None = None

    def heading(self) -> str:
        """Help, and for which screen: by its name alone, not by what it says of itself now."""
        board = isinstance(self._below, BoardScreen)
        name, _apart, _now = self._below.heading().strip().partition("  ")
        return f" {_('Help')}  {_('Dispatch board') if board else name}"

    def body(self) -> ComposeResult:
        """One page; it can be turned where it is longer than the screen."""
        with VerticalScroll(id="page"):
            yield SpanLines(id="text")

    async def on_mount(self) -> None:
        """Find out which case it is about, then show the page."""
        self.query_one("#page").focus()
        if not self.shell.locked:
            self.case_id = self._below.case_id or self.shell.current_case()
            self.duty_key = self._below.duty_key
        if self.case_id:
            self._story = await self.run_on_desk(
                lambda desk: read_story(desk, self.case_id), writes=False
            )
        self._show()

    def _show(self) -> None:
        self.query_one("#text", SpanLines).put(
            self._explanation() if self._explaining else self._page()
        )
        self.query_one("#page", VerticalScroll).scroll_home(animate=False)

    def own_hints(self) -> list[Hint]:
        """The page may be longer than the screen."""
        return [Hint("PgDn", _("next page")), Hint("1", _("manual"))]

    @property
    def _room(self) -> int:
        """The cells of a row beside the scrollbar."""
        return self.cells - 2

    def _strip(self, title: str) -> SpanLine:
        return [Span(fit(f" {title}", self._room), "strip")]

    def _words(self, lines: Iterable[str], role: str = "") -> list[SpanLine]:
        """Lines of words as wide as the page."""
        rows = (row for line in lines for row in wrap(line, self._room - 1))
        return [[Span(f" {row}", role)] for row in rows]

    def _page(self) -> list[SpanLine]:
        """The screen's keys with what they do, what its badges mean, the rules, all other keys."""
        first = set(self._below.hints) | {"emergency"}
        here = [action for action in ACTIONS if action.id in first]
        rest = [action for action in ACTIONS if action.id not in first]
        own = [(key.name, key.help or key.label) for key in self._below.own_keys() if key.told]
        known = [(keys_of(a, self.swallowed), labelled(label(a), tip(a))) for a in here]
        return [
            self._strip(_("The keys of this screen")),
            *_two_a_row([*own, *known], self._room),
            *self._words(self._below.told_besides()),
            [],
            self._strip(_("Colours and badges")),
            *legend(),
            [],
            *self._rules(),
            [],
            self._strip(_("All other keys")),
            *_two_a_row([(keys_of(a, self.swallowed), label(a)) for a in rest], self._room),
        ]

    def _rules(self) -> list[SpanLine]:
        if self._story is None:
            procedures = self.session.desk.in_force.procedures
            rules = {rule.id: rule for each in procedures for rule in each.rules}
            title, lines = _("The rules in force"), rule_lines(tuple(rules.values()))
        else:
            found = self._story
            behind = rules_behind(found.rules.procedure, found.case, found.duties)
            title = _("The rules behind case {number} (= explains its clock)")
            title, lines = title.format(number=found.case.number), rule_lines(behind)
        return [self._strip(title), *self._words(lines)]

    def _explanation(self) -> list[SpanLine]:
        if self._story is None:
            return self._words(
                [_("Choose a case on the board first: its clock is explained here.")]
            )
        found = self._story
        chosen = next((d for d in found.duties if d.key == self.duty_key), None)
        duty = chosen or next_duty(found.duties)
        if duty is None:
            words = _("Nothing is owed on case {number}.").format(number=found.case.number)
            return self._words([words])
        lines = explain_duty(duty, found.case, found.rules, self.session.now())
        return [self._strip(found.case.number), [], *self._words(lines)]

    def own_keys(self) -> Sequence[ScreenKey]:
        """F1 and ``=``."""
        return (
            ScreenKey("help", "", self.leave_help),
            ScreenKey("explain", "", self.explain_clock),
            ScreenKey("1", _("manual"), self._open_manual, _("the operator's manual")),
        )

    def _open_manual(self) -> bool:
        self.shell.go(ToManual())
        return True

    async def leave_help(self) -> None:
        """F1 again: back."""
        self.dismiss()

    async def explain_clock(self) -> None:
        """``=``: from the keys to the clock and back."""
        self._explaining = not self._explaining
        self._show()


def _two_a_row(keys: Iterable[tuple[str, str]], cells: int) -> list[SpanLine]:
    """Keys as their caps with what they do, two in a row where both have room."""
    half, rows, waiting = cells // 2, list[SpanLine](), list[Span]()
    for name, words in keys:
        cap = Span(fit(f" {name} ", max(_CAP, width(name) + 2)), "cap")
        one = [Span(" "), cap, Span(f" {words}", "fg1")]
        if waiting and cells_of(one) <= cells - half:
            rows.append([*waiting, Span(" " * (half - cells_of(waiting))), *one])
            waiting = []
            continue
        rows += [waiting] if waiting else []
        short = cells_of(one) <= half
        waiting = one if short else []
        rows += [] if short else _hung(one[:2], words, cells)
    return [*rows, *([waiting] if waiting else [])]


def _hung(lead: list[Span], words: str, cells: int) -> list[SpanLine]:
    """A key whose words take more than half a row, the further rows below its words."""
    before = cells_of(lead) + 1
    first, *more = wrap(words, cells - before)
    return [[*lead, Span(f" {first}", "fg1")], *([Span(" " * before + row)] for row in more)]
