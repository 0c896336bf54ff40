"""F1: the keys of the screen below and the rules behind it; ``=`` explains the nearest clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from dispatcher_tui.desk.case.story import CaseStory, read_story
from dispatcher_tui.domain.duties.duties import next_duty
from dispatcher_tui.present.case.explain import explain_duty
from dispatcher_tui.present.case.rule_lines import rule_lines, rules_behind
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.actions import ACTIONS, Action, label, tip
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.case.board import BoardScreen
from dispatcher_tui.tui.widgets.lines import Lines

_IN_A_ROW = 3


def keys_of(action: Action) -> str:
    """An action's keys as they are printed: the F-key and what does the same."""
    also = {"ctrl+s": "Ctrl+S"}.get(action.also, action.also)
    return " ".join(dict.fromkeys(key for key in (action.key_name, also) if key))


class HelpScreen(DeskScreen):
    """Help for ``below``; with ``explain`` it begins with the explanation of a clock."""

    hints = ("explain", "help")

    DEFAULT_CSS = "HelpScreen #page { height: 1fr; }"

    def __init__(self, below: DeskScreen, *, explain: bool = False) -> None:
        super().__init__()
        self._below = below
        self._explaining = explain
        self._story: CaseStory | None = None

    def heading(self) -> str:
        """Help, and for which screen."""
        board = isinstance(self._below, BoardScreen)
        return f" {_('Help')}  {_('Dispatch board') if board else self._below.heading().strip()}"

    def body(self) -> ComposeResult:
        """One page; it can be turned where it is longer than the screen."""
        with VerticalScroll(id="page"):
            yield Lines("", id="text")

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
        text = self._explanation() if self._explaining else self._page()
        self.query_one("#text", Lines).show("\n".join(text))
        self.query_one("#page", VerticalScroll).scroll_home(animate=False)

    def _page(self) -> list[str]:
        """The screen's keys with what they do, all other keys, the rules."""
        first = set(self._below.hints)
        here = [action for action in ACTIONS if action.id in first]
        rest = [action for action in ACTIONS if action.id not in first]
        lines = [f"{fit(keys_of(a), 11)} {fit(label(a), 13)} {tip(a)}" for a in here]
        lines += ["", *self._below.help_lines()] if self._below.help_lines() else []
        lines += ["", *_in_columns(rest, self.cells - 2), ""]
        if self._story is None:
            procedure = self.session.desk.rules.procedure
            return [*lines, _("The rules in force:"), *rule_lines(procedure.rules)]
        found = self._story
        behind = rules_behind(found.rules.procedure, found.case, found.duties)
        title = _("The rules behind case {number} (= explains its clock):")
        return [*lines, title.format(number=found.case.number), *rule_lines(behind)]

    def _explanation(self) -> list[str]:
        if self._story is None:
            return [_("Choose a case on the board first: its clock is explained here.")]
        found = self._story
        chosen = next((d for d in found.duties if d.key == self.duty_key), None)
        duty = chosen or next_duty(found.duties)
        if duty is None:
            return [_("Nothing is owed on case {number}.").format(number=found.case.number)]
        return [
            found.case.number,
            "",
            *explain_duty(duty, found.case, found.rules, self.session.now()),
        ]

    def own_keys(self) -> Sequence[ScreenKey]:
        """F1 and ``=``."""
        return (
            ScreenKey("help", "", self.leave_help),
            ScreenKey("explain", "", self.explain_clock),
        )

    async def leave_help(self) -> None:
        """F1 again: back."""
        self.dismiss()

    async def explain_clock(self) -> None:
        """``=``: from the keys to the clock and back."""
        self._explaining = not self._explaining
        self._show()


def _in_columns(actions: Iterable[Action], cells: int) -> list[str]:
    """Keys and names only, several in a row."""
    found = [f"{fit(keys_of(action), 11)} {label(action)}" for action in actions]
    wide = cells // _IN_A_ROW
    rows = (found[at : at + _IN_A_ROW] for at in range(0, len(found), _IN_A_ROW))
    return ["".join(fit(text, wide) for text in row).rstrip() for row in rows]
