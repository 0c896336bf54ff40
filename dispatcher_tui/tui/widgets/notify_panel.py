"""派工: one person, one number, one script, six results; the list of people unfolds when asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal
from textual.widgets import Input

from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.cells import beside_name, width
from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.spans import Span, SpanLine
from dispatcher_tui.present.terms import call_outcome_name
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.widgets.call_panel import Callee, CallPanel
from dispatcher_tui.tui.widgets.form import Option
from dispatcher_tui.tui.widgets.lines import Lines, SpanLines, TitleStrip
from dispatcher_tui.tui.widgets.once import Results
from dispatcher_tui.tui.widgets.short_texts import ShortTexts

LEAST_ROOMY = 25
"""Rows of a terminal that has room for blank ones even where the results take two."""

LABEL = 10
"""Cells of what stands before the results."""

SIDE = 28
"""Cells beside the number."""


class ResultCaps(Results):
    """The results of a call, each digit drawn as the key it is; none while they are dead."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"caps--cap", "caps--words", "caps--dead"}
    DEFAULT_CSS = """
    ResultCaps > .caps--cap { background: $desk-bg3; color: $desk-capf; text-style: bold; }
    ResultCaps > .caps--words { color: $desk-fg0; text-style: bold; }
    ResultCaps > .caps--dead { color: $desk-warnt; }
    """

    def render(self) -> RenderResult:
        """Six caps; while a text is typed, why they do nothing."""
        if isinstance(self.screen.focused, Input):
            words = _("Digits give no result now: a text is typed. Esc first.")
            return Text(f" {words}", self.get_component_rich_style("caps--dead"))
        cap = self.get_component_rich_style("caps--cap")
        words_style = self.get_component_rich_style("caps--words")
        items = []
        for index, option in enumerate(self.options):
            shown = clean_text(option.text, multiline=False).text
            items.append(Text.assemble((f" {index + 1} ", cap), (f" {shown}", words_style)))
        return ShortTexts(items, lead=Text(" "))


class NotifyPanel(CallPanel):
    """``before`` tells of the last call to somebody, ``keys`` are those that stand beside the
    number, ``hint`` is what to mind while the message is passed on."""

    DEFAULT_CSS = """
    NotifyPanel { background: $desk-bg0; }
    NotifyPanel #whom { display: none; }
    NotifyPanel #dial { height: auto; background: $desk-bg1; }
    NotifyPanel.roomy #dial { padding: 1 0; }
    NotifyPanel #dial > #big { width: 1fr; }
    NotifyPanel #side { width: 28; }
    NotifyPanel #say { color: $desk-fg0; background: $desk-bg1; padding: 0 1 0 2; }
    NotifyPanel Row > .label { width: 10; }
    NotifyPanel.roomy > .result { margin-top: 1; }
    .guided NotifyPanel.roomy #dial { padding: 0; }
    .guided NotifyPanel.roomy > .result { margin-top: 0; }
    NotifyPanel > .who, NotifyPanel > .people { display: none; }
    NotifyPanel.choosing > .who, NotifyPanel.choosing > .people { display: block; }
    NotifyPanel.choosing > #dial { display: none; }
    """

    def __init__(
        self,
        callees: Sequence[Callee],
        say: Sequence[str],
        *,
        rule: str,
        hint: str,
        before: Callable[[Callee], str],
        keys: Sequence[ScreenKey],
    ) -> None:
        super().__init__(callees, say, label=_("Tell"), rule=rule)
        options = [Option(o.value, call_outcome_name(o)) for o in CallOutcome]
        self._outcome = ResultCaps(options, id="result")
        self._outcome.autosave = False  # it is written down at once
        self._hint = hint
        self._before = before
        self._keys = tuple(keys)
        self._timed = ("", "")
        self._since: datetime | None = None
        self._now: datetime | None = None

    def compose(self) -> ComposeResult:
        """Whom, the number with how long it stands there, what to read out, the result."""
        who, people, phone, doubt, whom, number, say, result, taken = super().compose()
        if self.app.size.height > LEAST_ROOMY or self._in_one_row():
            self.add_class("roomy")
        who.add_class("who", update=False)
        people.add_class("people", update=False)
        result.add_class("result", update=False)
        yield from (who, people, phone, doubt)
        yield TitleStrip(id="to")
        yield whom
        with Horizontal(id="dial"):
            yield number
            yield SpanLines(id="side")
        yield TitleStrip(_("Read out"), self._hint)
        yield from (say, result, taken)

    def _in_one_row(self) -> bool:
        """Whether the results stand side by side in one row."""
        caps = sum(len(" 1 ") + 1 + width(each.text) for each in self._outcome.options)
        gaps = 2 * len(self._outcome.options)
        return LABEL + caps + gaps <= self.app.size.width

    def on_mount(self) -> None:
        """The list of people stands there while one is looked for, and no longer."""
        self.watch(self.screen, "focused", self._fold, init=False)

    def _fold(self) -> None:
        if self.is_attached:
            looking = self.screen.focused in (self._picker, self._phone)
            self.set_class(looking, "choosing")
            self._outcome.refresh(layout=True)

    def choose_other(self) -> None:
        """Look for somebody else: the people unfold."""
        if self._relayed is None:
            self.add_class("choosing")
        super().choose_other()

    def ready(self) -> None:
        """To the result; to the people where nobody stands there."""
        if self._relayed is None and self.callee is None:
            self.add_class("choosing")
        super().ready()

    def _show(self) -> None:
        super()._show()
        callee, phone = self.callee, self.phone
        several = len(callee.phones) if callee else 0
        right = ""
        if several > 1:
            nth = self._number % several + 1
            right = _("number {n} of {all}").format(n=nth, all=several)
        elif callee and callee.id and not phone:
            right = _("no number on the roster")
        who = callee.line if callee else _("Nobody on the roster: type a name.")
        lead = _("Ring")
        room = self.app.size.width - width(lead) - 5 - (width(right) + 1 if right else 0)
        title = f"{lead}  {beside_name(who, phone, room)}"
        self.query_one("#to", TitleStrip).title(title, right)
        self._show_side()

    def show_number(self, number: str) -> None:
        """Put another number up: that of a paper just handed out."""
        super().show_number(number)
        self.query_one("#to", TitleStrip).title(self.query_one("#whom", Lines).text)

    def pass_time(self, now: datetime) -> None:
        """How long the number stands there."""
        self._now = now
        self._show_side()

    def _show_side(self) -> None:
        if self._up != self._timed or self._since is None:
            self._timed, self._since = self._up, self._now
        callee = self.callee
        rows: list[SpanLine] = []
        if self._since is not None and self._now is not None and self.phone:
            length = spoken((self._now - self._since).total_seconds())
            rows += [[Span(_("It stands here for "), "fg2"), Span(length, "fg0")], []]
        before = self._before(callee) if callee else ""
        rows += [[Span(before, "fg2")], []] if before else []
        several = callee is not None and len(callee.phones) > 1
        rows += [[Span(each.shown)] for each in self._keys if several or each.key != "9"]
        self.query_one("#side", SpanLines).put(rows)
