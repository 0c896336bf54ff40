"""The quick line, `:` or Ctrl+P: a place or a telephone number takes a call down, a case's number
leads there, `log` writes; actions and keys of the screen below are found by their names."""

from __future__ import annotations

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.widgets import Input

from dispatcher_tui.desk.case.homes import homes_meant
from dispatcher_tui.desk.case.intake import Intake, find_category
from dispatcher_tui.desk.drafts import new_draft
from dispatcher_tui.domain.site.register import HomeFound
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.domain.words.quick_line import (
    MOST,
    QuickCall,
    QuickCase,
    QuickLine,
    QuickLog,
    read_quick_line,
)
from dispatcher_tui.domain.words.text import fold
from dispatcher_tui.present.case.home_lines import offered_line
from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.readings import pinyin_of
from dispatcher_tui.present.spans import Span
from dispatcher_tui.tui.actions import ACTIONS, Action, label, tip
from dispatcher_tui.tui.keys import ScreenKey
from dispatcher_tui.tui.routes import ToCase, ToIntake
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.screens.system.help import keys_of
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.pick_lines import MOVING, PickLines
from dispatcher_tui.tui.widgets.pick_rows import PickRow, PickRows

HOMES = 3
"""Homes that are offered below what a line means."""
FEWEST = 2
"""Characters by which homes are looked for."""

Choice = QuickCase | QuickLog | QuickCall | HomeFound | Action | ScreenKey


class PaletteScreen(DeskScreen):
    """The field keeps the focus; arrows choose, Enter carries out, Tab completes.

    The arrow up from the first row brings back the lines that were typed before; they are kept in
    memory alone, since callers' numbers stand in them.
    """

    hints = ("help",)
    passing = True

    DEFAULT_CSS = "PaletteScreen #text { height: 1; padding: 0 0 0 1; }"

    def __init__(self, below: DeskScreen) -> None:
        super().__init__()
        self._below = below
        self._matching: list[Choice] = []
        self._homes: tuple[HomeFound, ...] = ()
        self._back = 0

    def heading(self) -> str:
        """What can be typed."""
        return " " + _("Quick line: a place, a number, `log ...`, or a command by its name")

    def body(self) -> ComposeResult:
        """The field and the commands that match."""
        yield Field(id="text", placeholder=_("3-2-1502 leak ..."), limit=MOST)
        yield PickRows(id="choices", empty=_("No command of that name."))

    def on_mount(self) -> None:
        """All commands stand there before anything is typed."""
        self.query_one("#text", Field).focus()
        self._narrow("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Fewer commands match, or more; a name or a number may be that of a home."""
        event.stop()
        self._homes = ()
        self._narrow(event.value)
        if self._means(event.value) is None and len(event.value.strip()) >= FEWEST:
            self.run_worker(self._look_for_homes(event.value), exclusive=True)

    async def _look_for_homes(self, typed: str) -> None:
        found = await self.run_on_desk(lambda desk: homes_meant(desk, typed, HOMES), writes=False)
        if found and self.is_mounted and self.query_one("#text", Field).value == typed:
            self._homes = tuple(found)[:HOMES]
            self._narrow(typed)

    def _means(self, typed: str) -> QuickLine | None:
        desk = self.session.desk

        def class_of(word: str) -> str:
            category = find_category(desk.site.offered, word)
            return category.id if category else ""

        def registered(place: str) -> bool:
            return desk.lists.household(place).household is not None

        return read_quick_line(typed, class_of, registered)

    def _narrow(self, typed: str) -> None:
        wanted = fold(typed).strip()
        actions = [a for a in ACTIONS if a.id != "palette" and wanted in self._words(a)]
        own = [key for key in self._below.own_keys() if key.single and key.label]
        keys = [key for key in own if wanted in fold(key.label + key.told)]
        meant = self._means(typed)
        self._matching = [*([meant] if meant else ()), *actions, *keys, *self._homes]
        rows = [self._row(each) for each in self._matching]
        self.query_one("#choices", PickRows).put(rows, 0)

    def _words(self, found: Action) -> str:
        """All that finds an action: its name and tip in both languages, how they are said, its
        keys."""
        name = label(found)
        names = (name, tip(found), found.label, found.tip, found.id, found.key, pinyin_of(name))
        initials = self.session.desk.initials(name)
        return fold("\n".join([*names, *sorted(initials)]))

    async def on_key(self, event: events.Key) -> None:
        """The arrows move in the list, also while a text is typed."""
        choices = self.query_one("#choices", PickLines)
        if event.key == "enter":
            await self._run()
        elif event.key == "tab":
            self._complete()
        elif event.key == "up" and choices.cursor <= 0 and self._recall():
            pass
        elif not (event.key in MOVING and choices.move(event.key)):
            return
        event.stop()
        event.prevent_default()

    async def on_pick_lines_taken(self, event: PickLines.Taken) -> None:
        """The chosen line was clicked once more."""
        event.stop()
        await self._run()

    def _recall(self) -> bool:
        """Put up the line typed before the one that stands there; False where there is none."""
        lines = self.session.quick_lines
        if self._back >= len(lines):
            return False
        self._back += 1
        self._put(lines[-self._back])
        return True

    def _complete(self) -> None:
        """Put the name of the chosen row into the field."""
        match self._chosen():
            case Action() as found:
                self._put(label(found))
            case ScreenKey() as key:
                self._put(key.label)
            case HomeFound() as home:
                self._put(" ".join(filter(None, (home.household.place, home.phone, ""))) + " ")

    def _put(self, text: str) -> None:
        field = self.query_one("#text", Field)
        field.value = text
        field.cursor_position = len(text)

    def _chosen(self) -> Choice | None:
        cursor = self.query_one("#choices", PickLines).cursor
        return self._matching[cursor] if 0 <= cursor < len(self._matching) else None

    async def _run(self) -> None:
        """Go back to the screen below, which then answers; what is not there is said."""
        shell, chosen = self.shell, self._chosen()
        typed = self.query_one("#text", Field).value.strip()
        if typed and typed not in self.session.quick_lines[-1:]:
            self.session.quick_lines.append(typed)
        match chosen:
            case QuickCase(number):
                await self._go_to_case(number)
            case QuickLog(text):
                if await self.run_on_desk(lambda desk: desk.note(text)) is not None:
                    self.dismiss()
                    self._below.say(_("Entered in the Work Log."))
            case QuickCall():
                self._take_call(chosen)
            case HomeFound():
                self._take_call(QuickCall(chosen.household.place, chosen.phone))
            case Action():
                self.dismiss()
                self.app.call_later(shell.perform, chosen.id)
            case ScreenKey():
                self.dismiss()
                self.app.call_later(self._below.press, chosen.key)

    async def _go_to_case(self, number: str) -> None:
        """The case of that number, whatever its stage."""
        found = await self.run_on_desk(lambda desk: (desk.store.case(number),), writes=False)
        if found is None:
            return
        (record,) = found
        if record is None:
            self.say(_("No case has the number {number}.").format(number=number))
        else:
            self.shell.replace(ToCase(record.case.id))

    def _take_call(self, call: QuickCall) -> None:
        """A form with what was typed in its fields: F10 alone opens the case."""
        form = Intake(place=call.place, phone=call.phone, said=call.said, category=call.category)
        self.shell.replace(ToIntake(replace(new_draft(self.session.now()), intake=form)))

    def _row(self, each: Choice) -> PickRow:
        """What it is called, what it does, its key."""
        match each:
            case QuickCase(number):
                name, told, keys = _("Case"), number, ""
            case QuickLog(text):
                name, told, keys = _("Work Log"), text, ""
            case QuickCall():
                name, told, keys = _("New case"), self._told(each), ""
            case HomeFound():
                name, told, keys = _("New case"), offered_line(each), ""
            case ScreenKey():
                name, told, keys = each.label, each.help, each.name
            case Action():
                name, told, keys = label(each), tip(each), keys_of(each, self.swallowed)
        return PickRow(
            [Span(f" {fit(name, 14)} ", "fg0"), Span(told, "fg1")],
            [Span(keys, "fg2")] if keys else [],
        )

    def _told(self, call: QuickCall) -> str:
        """What of a line will stand in which field."""
        category = find_category(self.session.desk.site.offered, call.category)
        named = localized(category.name) if category else ""
        return "  ".join(filter(None, (normalise_place(call.place), call.phone, named, call.said)))
