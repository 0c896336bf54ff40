"""The fields of the intake form: what is asked, in which order, and what may be taken over."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget

from dispatcher_tui.desk.case.intake import Intake, IntakeKind
from dispatcher_tui.domain.words.people import bare_figure
from dispatcher_tui.domain.words.phone import phone_digits, plausible_phone
from dispatcher_tui.domain.words.terms import Channel, Fact
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.case.intake_lines import kind_name
from dispatcher_tui.present.cells import fit, width
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.spans import Span
from dispatcher_tui.present.terms import channel_name, fact_name
from dispatcher_tui.tui.look import drawn
from dispatcher_tui.tui.widgets.beside import Beside
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.notes import NoteArea
from dispatcher_tui.tui.widgets.picker import Picker, PickList
from dispatcher_tui.tui.widgets.row import FaultLine
from dispatcher_tui.tui.widgets.usual_list import UsualList

ORDER = ("kind", "case", "place", "phone", "said", "answer", "category", "facts")
"""Where Enter leads. The caller's name lies off this way: Tab goes there, Enter to the words; so
does the channel, which is the telephone unless somebody says otherwise, and the procedure, which is
the one for the class."""

NOT_ASKED = {
    IntakeKind.AGAIN: ("place", "answer", "category", "facts"),
    IntakeKind.ENQUIRY: ("case", "category", "facts"),
}
NOT_ASKED_OTHERWISE = ("case", "answer")
"""Fields that a kind of call passes over; the style sheet below hides them."""

Points = tuple[str, str, str]
"""The main points of a call: where, which number to ring back, what was said."""

_KINDS = frozenset(kind.value for kind in IntakeKind)


class ClassLines(PickList):
    """The classes to pick from: as many of them in view as there is room for below their field."""

    def __init__(self, picker: Picker) -> None:
        super().__init__(picker, columns=0)

    def on_resize(self) -> None:
        """They come, or are more or fewer than before: with the words, with what is typed."""
        self.call_after_refresh(self._bring_up)

    def _bring_up(self) -> None:
        if self.is_attached and self.picker.has_focus and isinstance(self.parent, Widget):
            self.parent.scroll_to_widget(self.picker, animate=False, top=True)


class FormLabels(Widget):
    """What is asked, down the left of the fields, each beside its field; one widget for all.

    Where the keys go the label is solid, with ``>`` before it.
    """

    DEFAULT_CSS = """
    FormLabels { dock: left; width: 10; height: 100%; text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(self, fields: Sequence[tuple[str, Widget]]) -> None:
        super().__init__()
        self._fields = tuple(fields)
        self._drawn: tuple[int, ...] = ()
        """The rows on which labels were drawn last."""

    def on_mount(self) -> None:
        """What scrolls takes its label along; so does what another field pushes up or down."""
        self.watch(self.screen, "focused", self._moved, init=False)
        if isinstance(self.parent, Widget):
            self.watch(self.parent, "scroll_y", self._moved, init=False)
        self.screen.screen_layout_refresh_signal.subscribe(self, self._laid_out, immediate=True)

    def _moved(self) -> None:
        self.refresh()

    def _laid_out(self, _screen: Screen[object]) -> None:
        if self.is_mounted and tuple(self._at()) != self._drawn:
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click on a label leads to its field."""
        offset = event.get_content_offset(self)
        _label, field = self._at().get(offset.y, ("", None)) if offset is not None else ("", None)
        if field is not None:
            event.stop()
            field.focus()

    def _at(self) -> dict[int, tuple[str, Widget]]:
        """What stands on which row."""
        assert isinstance(self.parent, Widget)
        top = self.parent.scroll_offset.y
        return {
            field.virtual_region.y - top: (label, field)
            for label, field in self._fields
            if field.virtual_region
        }

    def render(self) -> RenderResult:
        """Each label on the row where its field begins."""
        at, cells = self._at(), self.size.width
        self._drawn = tuple(at)
        rows = []
        for y in range(self.size.height):
            label, field = at.get(y, ("", None))
            here = field is not None and field.has_focus
            words = fit(f"{'>' if here else ' '}{label}", cells)
            rows.append([Span(words, "sel" if here else "fg2")])
        return drawn(self.app.theme, rows)


class RowChoice(Choice):
    """A choice whose options fill several rows, in a form without a list."""

    also_moved_by = ("up", "down")


class IntakeForm(Vertical):
    """All fields of one call, the ones its kind does not ask for hidden; and the panel beside.

    It never asks the desk: the screen hands it what it needs. ``cases`` can be picked where the
    caller rings again, ``unfinished`` is a draft that is offered, ``linked`` the open case the
    call is counted on instead of opening another. ``procedures``: those in force, to choose one
    against the class; none where there is nothing to choose.
    """

    DEFAULT_CSS = """
    IntakeForm { height: 1fr; overflow-y: auto; background: $desk-bg0; }
    IntakeForm #sides { height: 1fr; min-height: 7; }
    IntakeForm #left { width: 45; height: 100%; padding: 1 0 0 0; background: $desk-bg1; }
    IntakeForm #left > Field, IntakeForm #left > NoteArea { margin-right: 1; }
    IntakeForm #left > .apart { margin-top: 1; }
    .guided IntakeForm #left { padding: 0; scrollbar-size: 0 0; }
    .guided IntakeForm #left > .apart { margin-top: 0; }
    IntakeForm > Choice { background: $desk-bg1; }
    IntakeForm PickList { display: none; color: $desk-fg2; }
    IntakeForm.-usual > Choice { display: none; }
    IntakeForm .again { display: none; }
    IntakeForm.-again .again { display: block; }
    IntakeForm.-again .opens, IntakeForm.-again .placed { display: none; }
    IntakeForm.-enquiry .opens { display: none; }
    IntakeForm .answered { display: none; }
    IntakeForm.-enquiry .answered { display: block; }
    """

    def __init__(self, form: Intake, classes: Sequence[Option], *, resumed: bool) -> None:
        super().__init__()
        self._form = form
        self._classes_to_pick = tuple(classes)
        self._resumed = resumed
        self._people: tuple[tuple[str, str], ...] = ()
        self.linked = form.case
        self._repeated: Points | bool = form.repeated and (form.place, form.phone, form.said)
        self.unfinished: Option | None = None
        self.cases: tuple[Option, ...] = ()
        self.procedures: tuple[Option, ...] = ()

    def compose(self) -> ComposeResult:
        """The fields, and beside them what they tell; below, over the whole width, facts and way
        in."""
        form = self._form
        with Horizontal(id="sides"):
            with VerticalScroll(id="left", can_focus=False):
                yield from self._fields(form)
            yield Beside()
        yield UsualList()
        facts = [Option(fact.value, fact_name(fact)) for fact in Fact]
        ways = [Option(way.value, channel_name(way)) for way in Channel]
        asked = (_("Facts"), _("Channel"), *[_("Rules")] * bool(self.procedures))
        wide = max(width(each) for each in asked)
        of_facts, of_ways, *of_rules = (fit(each, wide) for each in asked)
        yield RowChoice(
            facts, chosen=form.facts, many=True, label=of_facts, id="facts", classes="opens"
        )
        chosen = (form.channel.value,)
        yield RowChoice(ways, chosen=chosen, label=of_ways, id="channel", classes="opens")
        for label in of_rules:
            rules = [Option("", _("by the class")), *self.procedures]
            known = {each.value for each in self.procedures}
            asked = (form.procedure if form.procedure in known else "",)
            yield RowChoice(rules, chosen=asked, label=label, id="procedure", classes="opens")

    def _fields(self, form: Intake) -> ComposeResult:
        kinds = [Option(kind.value, kind_name(kind.value)) for kind in IntakeKind]
        if self.unfinished is not None:
            kinds.append(self.unfinished)
        chosen = (form.kind.value,) if self._resumed else ()
        case = Picker(self.cases, picked=form.case, digits=False, id="case")
        category = Picker(
            self._classes_to_pick,
            picked=form.category,
            typed=form.category,
            placeholder=_("initials or digit"),
            id="category",
        )
        fields: tuple[tuple[str, Widget, str], ...] = (
            (_("Kind"), RowChoice(kinds, chosen=chosen, id="kind"), ""),
            (_("Case"), case, "again apart"),
            (_("Place"), Field(typed=form.place, id="place"), "placed apart"),
            (_("Callback"), Field(typed=form.phone, id="phone"), ""),
            (_("Caller"), Field(typed=form.caller, id="caller"), ""),
            (_("Said"), NoteArea(form.said, id="said"), "apart"),
            (_("Answered"), NoteArea(form.answer, id="answer"), "answered apart"),
            (_("Class"), category, "opens apart"),
        )
        yield FormLabels([(label, field) for label, field, _classes in fields])
        for _label, field, classes in fields:
            field.add_class(*classes.split(), update=False)
            yield field
            if isinstance(field, Picker):
                lines = PickList(field, columns=1) if field is case else ClassLines(field)
                lines.add_class("again" if field is case else "opens", update=False)
                yield lines

    def on_mount(self) -> None:
        """Show the fields that this kind of call asks for."""
        self.show_kind()
        self.suggest(())

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The lines to pick from stand there only while one picks."""
        for shown in self.query(PickList):
            shown.display = shown.picker is event.widget

    def on_descendant_blur(self) -> None:
        """No field has the focus for now."""
        for shown in self.query(PickList):
            shown.display = shown.picker.has_focus

    def say_wrong(self, field: Widget, text: str) -> None:
        """Say below a field what is wrong with it and what to press, until it is changed."""
        for line in self.query(FaultLine):
            line.remove()
        if text and field.parent is self.query_one("#left"):
            self.query_one("#left").mount(FaultLine(text), after=field)

    def on_touched(self) -> None:
        """What was wrong may be mended."""
        if self.query(FaultLine):
            self.say_wrong(self, "")

    def propose(self, classes: Sequence[str]) -> None:
        """Put the classes that the caller's words are probably about before the others."""
        category = self.query_one("#category", Picker)
        likely = [o for value in classes for o in self._classes_to_pick if o.value == value]
        digits = f"1-{len(likely)}" if len(likely) > 1 else "1"
        by_words = _("by the words: {digits}").format(digits=digits)
        category.placeholder = by_words if likely else _("initials or digit")
        options = (*likely, *(o for o in self._classes_to_pick if o not in likely))
        if options != category.options:
            category.options = options
            for shown in self.query(PickList):
                shown.refresh()

    def _text(self, name: str) -> str:
        return self.query_one(f"#{name}", Field).value

    def repeat(self) -> None:
        """What stands there was repeated to the caller; once more: it was not."""
        self._repeated = not self.repeated and self._points

    @property
    def _points(self) -> Points:
        return self._text("place"), self._text("phone"), self.query_one("#said", NoteArea).text

    @property
    def repeated(self) -> bool:
        """Whether the main points were repeated to the caller as they stand there now."""
        return self._repeated == self._points

    @property
    def kind(self) -> IntakeKind:
        """What the first digit says; a complaint until it is pressed."""
        chosen = self.query_one("#kind", Choice).value
        return IntakeKind(chosen) if chosen in _KINDS else IntakeKind.COMPLAINT

    @property
    def value(self) -> Intake:
        """The form as it stands."""
        category, case = self.query_one("#category", Picker), self.query_one("#case", Picker)
        again = self.kind is IntakeKind.AGAIN
        return Intake(
            kind=self.kind,
            place=self._text("place"),
            phone=self._text("phone"),
            caller=self._text("caller"),
            said=self.query_one("#said", NoteArea).text,
            answer=self.query_one("#answer", NoteArea).text,
            category=category.picked or category.value.strip(),
            facts=tuple(Fact(value) for value in self.query_one("#facts", Choice).values),
            channel=Channel(self.query_one("#channel", Choice).value),
            repeated=self.repeated,
            case=case.picked if again else self.linked,
            procedure=self._procedure,
        )

    @property
    def _procedure(self) -> str:
        """The one chosen against the class; none where there is nothing to choose."""
        chosen = self.query("#procedure").results(Choice)
        return next((each.value for each in chosen), "")

    @property
    def class_or_words(self) -> Widget:
        """The field of the class; the caller's words where this kind of call has no class."""
        asked = "category" not in NOT_ASKED.get(self.kind, NOT_ASKED_OTHERWISE)
        return self.query_one("#category" if asked else "#said")

    def show_kind(self) -> None:
        """Hide what this kind of call does not ask for; what was typed there stays."""
        self.set_class(self.kind is IntakeKind.AGAIN, "-again")
        self.set_class(self.kind is IntakeKind.ENQUIRY, "-enquiry")

    def suggest(self, people: Sequence[tuple[str, str]]) -> None:
        """Name and number of those who probably call: shown in the empty fields, not entered."""
        self._people = tuple(people)
        name, number = self._likely_number()
        shown = f"{number} {name} {_('(Enter)')}" if number else ""
        self.query_one("#phone", Field).placeholder = clean_text(shown, multiline=False).text
        name = self._likely_name()
        shown = f"{name} {_('(Tab, Enter)')}" if name else _("(Tab)")
        self.query_one("#caller", Field).placeholder = clean_text(shown, multiline=False).text

    def _likely_number(self) -> tuple[str, str]:
        return next(((name, number) for name, number in self._people if number), ("", ""))

    def _likely_name(self) -> str:
        """Whose number was typed, else who is registered first."""
        typed = phone_digits(self._text("phone"))
        theirs = [name for name, number in self._people if typed and phone_digits(number) == typed]
        return next(iter([*theirs, *(name for name, _number in self._people)]), "")

    def accept(self, field: Widget | None) -> Widget | None:
        """Enter: an empty field takes what is suggested, the list of cases its marked line.

        Returns the field to go to, None after the last.
        """
        name = field.id if field is not None else None
        known = self._text("phone").strip() or self._likely_number()[1]
        if name == "place" and known and self.kind is IntakeKind.ENQUIRY:
            # An enquiry is seldom called back: by the known number, and on to the words.
            name, field = "phone", self.query_one("#phone", Field)
        if isinstance(field, Field) and not field.value:
            if name == "phone":
                field.value = self._likely_number()[1]
            elif name == "caller":
                field.value = self._likely_name()
        if isinstance(field, Picker) and name == "case" and not field.picked:
            field.take(field.mark)
        return self.after("phone" if name == "caller" else name or "")

    def after(self, name: str) -> Widget | None:
        """The next field on Enter's way that this kind of call asks for."""
        following = ORDER[ORDER.index(name) + 1 :] if name in ORDER else ()
        skipped = NOT_ASKED.get(self.kind, NOT_ASKED_OTHERWISE)
        found = next((other for other in following if other not in skipped), None)
        return self.query_one(f"#{found}") if found else None

    @property
    def first_empty(self) -> Widget | None:
        """The first field on Enter's way that holds nothing, else the last of them; before anything
        was said the kind of call."""
        if not self.value.said:
            return self.query_one("#kind")
        value = self.value
        for name in ORDER[1:-1]:
            if name not in NOT_ASKED.get(self.kind, NOT_ASKED_OTHERWISE) and not getattr(
                value, name
            ):
                return self.query_one(f"#{name}")
        return self.query_one(f"#{ORDER[-1]}")

    def doubt(self, field: Widget | None) -> str:
        """What is odd about an accepted field; it is recorded all the same."""
        if field is not None and field.id == "place" and self._text("place").startswith("-"):
            return _("The place begins with `-`: its first figure is missing.")
        if field is not None and field.id == "caller" and bare_figure(self._text("caller")):
            words = _('"{name}" is a figure: who rings? It is recorded as it was typed.')
            return words.format(name=self._text("caller").strip())
        if field is None or field.id != "phone":
            return ""
        number = self._text("phone").strip()
        if not number or plausible_phone(number):
            return ""
        return _("{number} cannot be dialled: ask again. It is recorded as it was said.").format(
            number=number
        )
