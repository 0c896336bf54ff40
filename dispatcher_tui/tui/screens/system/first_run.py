"""The very first start: what a new site needs, or the demo."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import ClassVar, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Input

from dispatcher_tui.desk.operators import check_new_pin
from dispatcher_tui.desk.site.setup import (
    LONGEST,
    Setup,
    can_be_dialled,
    defaults,
    known_zone,
    offered_procedures,
)
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.watch.pins import PIN_LEAST
from dispatcher_tui.domain.words.looks import NIGHT
from dispatcher_tui.domain.words.people import bare_figure
from dispatcher_tui.domain.words.text import fold_key
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.refusals import explain
from dispatcher_tui.tui.keys import Hint
from dispatcher_tui.tui.typeahead import TypeAhead
from dispatcher_tui.tui.widgets.form import Choice, Cut, Field, Option
from dispatcher_tui.tui.widgets.hint_bar import HintBar
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.pin import digit_on, enter_on
from dispatcher_tui.tui.widgets.question import AnswerKey, Question
from dispatcher_tui.tui.widgets.row import Row

Answer = Setup | Literal["demo"] | None


def wrong_pin(pin: str, again: str, today: date, least: int = PIN_LEAST) -> tuple[str, str] | None:
    """The field that is wrong of ``pin`` and ``again``, and why; None where both can stand."""
    try:
        check_new_pin(pin, least, today)
    except Refusal as refusal:
        return "pin", explain(refusal)
    return None if pin == again else ("again", _("The two PINs are not the same."))


class FirstRunScreen(Screen[Answer]):
    """One form; the demo is one key away."""

    DEFAULT_CSS = """
    FirstRunScreen { layout: vertical; }
    FirstRunScreen > #heading {
        height: 1; background: $desk-bar; color: $desk-bar0; text-style: bold;
    }
    FirstRunScreen > #form { height: 1fr; }
    FirstRunScreen > #message {
        height: auto; min-height: 1; max-height: 3;
        background: $desk-bg0; color: $desk-warnt;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "commit", priority=True, show=False),
    ]

    def __init__(self, folder: Path, today: date) -> None:
        super().__init__()
        self._folder = folder
        self._today = today

    def compose(self) -> ComposeResult:
        """The choice, then the form."""
        ways = [
            Option("new", _("new site")),
            Option("demo", _("demo")),
            Option("leave", _("leave")),
        ]
        given = defaults()
        names = [Option(name, f"{localized(s)} {name}") for name, s in offered_procedures().items()]
        yield Lines(f" {_('Dispatch desk')}  {_('first start')}", id="heading", wrap=False)
        with VerticalScroll(id="form", can_focus=False):
            yield Lines(_("There is no desk in {folder} yet.").format(folder=self._folder))
            yield Row(_("What now"), Choice(ways, id="way"))
            yield Row(_("Name of the site"), Field(id="name", words_only=True))
            yield Row(
                _("City, street, number"), Field(limit=LONGEST, words_only=True, id="address")
            )
            yield Row(_("This desk's number"), Field(limit=40, id="phone"))
            yield Lines(_("They may wait; crossing, gates, gas, water, lift firm: site.toml."))
            yield Row(_("Time zone"), Field(given.zone, words_only=True, id="zone"))
            yield Row(_("Procedure"), Choice(names, chosen=[given.procedure], id="proc"))
            yield Row(_("Your name"), Field(id="operator", words_only=True))
            yield Row(_("Your PIN"), Field(secret=True, limit=12, id="pin"))
            yield Row(_("The same PIN again"), Field(secret=True, limit=12, id="again"))
        yield Question(id="question")
        yield Lines("", id="message")
        yield HintBar(self._hints())

    def _hints(self) -> list[Hint]:
        """The demo's letter is a key only where no text is typed."""
        demo = [] if isinstance(self.focused, Input) else [Hint("d", _("demo"))]
        first = [Hint("Enter", _("next")), Hint("F10", _("make the site"))]
        return [*first, *demo, Hint("Esc", _("leave"), kept=True)]

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def show_hints(self) -> None:
        """The keys that act now."""
        self.query_one(HintBar).put(self._hints())

    def on_mount(self) -> None:
        """The first key is a choice."""
        self.query_one("#way").focus()

    def say(self, text: str) -> None:
        """Show a line to whoever sets it up."""
        self.query_one("#message", Lines).show(text)

    def on_cut(self, event: Cut) -> None:
        """Say that a field is full."""
        event.stop()
        self.say(_("Too long: the first {n} characters were kept.").format(n=event.limit))

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """The demo and the way out need no form."""
        event.stop()
        if event.choice.value in ("demo", "leave") and event.choice.id == "way":
            self._leave_for(event.choice.value)
        elif self.focused is event.choice:
            digit_on(self)

    def _typed(self) -> bool:
        """Whether something was typed that would be gone."""
        return any(field.value != field.fresh.get(str(field.id)) for field in self.query(Field))

    def _leave_for(self, where: str) -> None:
        """The demo, or out of the program; what was typed goes with it only where that is meant."""
        if not self._typed():
            self.dismiss("demo" if where == "demo" else None)
            return
        self.query_one(Question).put(
            where,
            _("What you typed here is lost then."),
            AnswerKey("yes", _("demo") if where == "demo" else _("leave"), "1"),
            AnswerKey("no", _("back to the form"), ""),
        )

    def on_question_answered(self, event: Question.Answered) -> None:
        """Away, or on with the form."""
        event.stop()
        if event.value == "yes":
            self.dismiss("demo" if event.name == "demo" else None)
            return
        self.query_one("#way", Choice).restore(["new"])
        self.query_one("#name").focus()
        self.say(_("What you typed is kept."))

    def on_key(self, event: events.Key) -> None:
        """Enter goes on, Esc first leaves the field, ``d`` is the demo where no text is typed."""
        typing = isinstance(self.focused, Input)
        if event.key == "escape":
            event.stop()
            if typing:
                self.set_focus(None)
                self.say(_("Esc leaves; Tab goes back to the form."))
            else:
                self._leave_for("leave")
        elif event.key == "enter":
            event.stop()
            enter_on(self)
        elif not typing and fold_key(event.character or "") == "d":
            event.stop()
            self._leave_for("demo")

    def _value(self, field: str) -> str:
        return self.query_one(f"#{field}", Field).value.strip()

    def action_commit(self) -> None:
        """F10: the site, if everything it needs is there."""
        for field, words in (
            ("name", _("Enter the name of the site.")),
            ("operator", _("Enter your name.")),
        ):
            if not self._value(field):
                self._complain(field, words)
                return
        if bare_figure(self._value("operator")):  # A PIN that missed its field never stands on.
            self.query_one("#operator", Field).put("")
            self._complain("operator", _("Figures are no name: enter your name."))
            return
        if not known_zone(self._value("zone")):
            self._complain("zone", _("There is no such time zone: Asia/Shanghai is one."))
            return
        if self._value("phone") and not can_be_dialled(self._value("phone")):
            self._complain("phone", _("That is not a number that can be dialled."))
            return
        pin = self._value("pin")
        wrong = wrong_pin(pin, self._value("again"), self._today)
        if wrong is not None:
            self._complain(*wrong)
            return
        self.dismiss(
            Setup(
                name=self._value("name"),
                zone=self._value("zone"),
                procedure=self.query_one("#proc", Choice).value,
                operator=self._value("operator"),
                pin=pin,
                address=self._value("address"),
                phone=self._value("phone"),
            )
        )

    def _complain(self, field: str, words: str) -> None:
        self.say(words)
        self.query_one(f"#{field}").focus()


class FirstRunApp(TypeAhead[Answer]):
    """Nothing but the form; it gives what was answered."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, folder: Path, today: date, wish: str = NIGHT) -> None:
        super().__init__(wish)
        self._folder = folder
        self._today = today

    def on_mount(self) -> None:
        """Put the form up; its answer is the program's."""
        self.push_screen(FirstRunScreen(self._folder, self._today), self.exit)
