"""Whose home an intake form is about: looked up while it is typed, offered by digit where a room,
a number, a name or initials may mean several."""

from __future__ import annotations

from abc import abstractmethod
from contextlib import suppress
from datetime import datetime

from msgspec.structs import replace
from textual.widgets import Input
from textual.worker import Worker, WorkerError

from dispatcher_tui.desk.case.homes import AtPlace, look_up
from dispatcher_tui.desk.case.intake import IntakeDraft, IntakeKind
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.site.register import HomeFound
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.present.cells import fit, width
from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import by_name
from dispatcher_tui.tui.routes import ToRingAgain
from dispatcher_tui.tui.screens.case.asks_home import ask_home, home_chosen
from dispatcher_tui.tui.screens.system.drafting import DraftScreen
from dispatcher_tui.tui.widgets.beside import MOST_DIGITS
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.intake_form import IntakeForm
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.question import Question


class IntakeHome(DraftScreen):
    """What the fields of place and call-back number lead to; a subclass shows it."""

    def __init__(self, draft: IntakeDraft | None = None, *, since: datetime | None = None) -> None:
        super().__init__(draft, since=since)
        self._kept: bool | None = True if self.resumed else None
        """Whether the disk took the form when it was last saved; None before that."""
        self._typed = ("", "", "")
        self._at = AtPlace()
        self._answered: str | None = None
        """The place that was looked up last; None before the first one."""
        self._looking: Worker[None] | None = None
        self._meant: HomeFound | None = None
        """The home that was chosen, with who it was."""
        self._left_as_typed: set[str] = set()
        """What was typed and is none of the homes that were offered for it."""

    def heading(self) -> str:
        """Whether what is typed is on the disk, and since when the caller is on the line."""
        since = self.draft.opened_at
        zone, length = self.session.desk.rules.calendar.tz, self.session.now() - since
        kept = _("* draft saved") if self._kept else _("DRAFT NOT SAVED")
        kept = kept if self._kept is not None else ""
        call = _("call of {time}   {length}").format(
            time=f"{since.astimezone(zone):%H:%M:%S}", length=spoken(length.total_seconds())
        )
        title = f" {_('New case (intake)')}   {kept}".rstrip()
        return f"{fit(title, max(width(title) + 3, self.cells - width(call) - 1))}{call}"

    async def store(self, values: dict[str, str]) -> bool:
        """Keep the form; the head line says whether the disk took it."""
        self._kept = await super().store(values)
        if self.is_mounted and not self.over:
            self.query_one("#heading", Lines).show(self.heading())
        return self._kept

    @property
    def form(self) -> IntakeForm:
        """The fields."""
        return self.query_one(IntakeForm)

    @abstractmethod
    def _show(self) -> None:
        """Draw what is known now."""

    @abstractmethod
    def _suggest(self) -> None:
        """Offer the numbers of the household, or of the case's caller."""

    def _look_up(self) -> None:
        """Ask who lives at the place, what is open there, and whom the caller may mean."""
        self._typed = typed = self._asked_for()
        self._looking = self.run_worker(self._answer(*typed), group="place", exit_on_error=False)

    async def _looked_up(self) -> None:
        """Wait for who lives there: a fast hand must not take another household's number."""
        if self._looking is not None:
            with suppress(WorkerError):
                await self._looking.wait()

    def _asked_for(self) -> tuple[str, str, str]:
        """Place, number and class as they are typed so far; a class once it is picked."""
        filled = self.filled
        known = {each.id for each in self.session.desk.site.offered}
        category = filled.category if filled.category in known else ""
        return normalise_place(filled.place), filled.phone.strip(), category

    async def _answer(self, *typed: str) -> None:
        found = await self.run_on_desk(lambda desk: look_up(desk, *typed), writes=False)
        if found is None or typed != self._typed or not self.is_mounted or self.over:
            return
        self._at = self._by_name(found)
        elsewhere, self._answered = self._answered not in (None, typed[0]), typed[0]
        if elsewhere or self.form.linked not in {line.id for line in self._at.to_link}:
            self.form.linked = ""
        self._suggest()
        self._show()

    def _by_name(self, found: AtPlace) -> AtPlace:
        """Each case by what it is called."""
        cases, alike = (
            tuple(by_name(line, self.called) for line in lines)
            for lines in (found.cases, found.alike)
        )
        near = (
            replace(flat, cases=tuple(by_name(line, self.called) for line in flat.cases))
            for flat in found.near
        )
        return replace(found, cases=cases, near=tuple(near), alike=alike)

    @property
    def _to_link(self) -> tuple[CaseLine, ...]:
        """The open cases that the call may be about, in the order of their digits."""
        if not self.is_mounted or self.form.kind in (IntakeKind.AGAIN, IntakeKind.ENQUIRY):
            return ()
        return self._at.to_link[:MOST_DIGITS]

    def rings_after_end(self, line: CaseLine | None, *, own: bool) -> bool:
        """Whether the call is about a case whose handling is over, and reports no emergency of its
        ``own``: what becomes of the case is asked there, with what was typed here."""
        if line is None or own or not line.stage.handled:
            return False
        self.shell.replace(ToRingAgain(line.id, replace(self.draft, intake=self.filled)))
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        """A field changed: what it leads to may be another home."""
        if self._asked_for() != self._typed:
            self._look_up()
        self._show()

    async def refresh_case(self, changed: set[str]) -> None:
        """Cases changed: one of them may be at the place."""
        if not self.over:
            self._look_up()

    @property
    def _offered(self) -> tuple[HomeFound, ...]:
        """The homes that the place as it is typed may mean."""
        asked = self.form.kind is not IntakeKind.AGAIN
        return self._at.by_place if asked and self._at.home.household is None else ()

    def _residents(self) -> tuple[tuple[str, str], ...]:
        """Who lives at the place with their numbers; whoever was chosen comes first."""
        home, meant = self._at.home.household, self._meant
        if home is None:
            return ()
        spare = ("",) * len(home.residents)
        people = tuple(zip(home.residents, home.phones + spare, strict=False))
        if meant is not None and meant.household.place == home.place:
            first = (meant.name, meant.phone)
            return (first, *(each for each in people if each != first))
        return people

    def _to_offer(self, name: str) -> tuple[HomeFound, ...]:
        """The homes to choose from after Enter in a field; none where it is clear."""
        typed = self.filled.place if name == "place" else self.filled.phone
        if typed.strip() in self._left_as_typed or self.form.kind is IntakeKind.AGAIN:
            return ()
        if name == "place":
            return self._offered
        if name != "phone":
            return ()
        home = self._at.home.household
        if not self.filled.place.strip():
            return self._at.by_phone
        if home is None or typed.strip().isdigit():
            return ()
        return tuple(each for each in self._at.by_phone if each.household.place == home.place)

    def _offer(self, field: Field) -> bool:
        """Ask which home is meant, by digit; False where there is nothing to ask."""
        found = self._to_offer(field.id or "")
        if not found:
            return False
        ask_home(self.query_one(Question), field.id or "", field.value, found)
        self.say("")
        return True

    def on_question_answered(self, event: Question.Answered) -> None:
        """The home stands in the form, and the focus goes on; or all stays as it was typed."""
        event.stop()
        field = self.query_one(f"#{event.name}", Field)
        chosen = home_chosen(event.value, self._to_offer(event.name))
        if chosen is not None:
            self._take(field, chosen)
        else:
            self._left_as_typed.add(field.value.strip())
        self.set_focus(self.form.after(event.name))

    def _take(self, field: Field, meant: HomeFound) -> None:
        self._meant = meant
        place = self.query_one("#place", Field)
        if normalise_place(place.value) != meant.household.place:
            place.value = meant.household.place
        if field.id == "phone":
            field.value = meant.phone or field.value
            caller = self.query_one("#caller", Field)
            if not caller.value.strip():
                caller.value = meant.name
            self._left_as_typed.add(field.value.strip())
