"""Somebody is away for days: who, why, from which day until which."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from textual.widget import Widget
from textual.widgets import Input

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.watch.night_people import (
    AwayTimeError,
    NightPeople,
    be_away,
    days_away,
)
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.watch_events import AbsenceNoted
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import Absence
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.promises import when_problem
from dispatcher_tui.present.watch.people_lines import absence_name
from dispatcher_tui.tui.screens.watch.people_form import PeopleForm, options
from dispatcher_tui.tui.widgets.form import Choice, Field, Option
from dispatcher_tui.tui.widgets.lines import Lines
from dispatcher_tui.tui.widgets.picker import Picker
from dispatcher_tui.tui.widgets.pin import enter_on
from dispatcher_tui.tui.widgets.row import Row

_WHY = (Absence.LEAVE, Absence.TRAINING, Absence.ILL)
_Span = tuple[datetime, datetime]


class DaysAwayScreen(PeopleForm):
    """Leave, training or illness over several days; ``person`` of the roster is put up first."""

    @property
    def about(self) -> str:
        """Who was chosen: each has a draft of their own."""
        return self.person

    def heading(self) -> str:
        """What is written down here."""
        return " " + _("Away for days")

    def fields(self, night: NightPeople, people: list[Person]) -> Iterator[Widget]:
        """Who, why, and the days."""
        yield from self.picker("who", _("Who it is"), options(people, night), self.person)
        why = [Option(each.value, absence_name(each)) for each in _WHY]
        yield Row(_("Reason"), Choice(why, chosen=(Absence.LEAVE.value,), id="why"))
        yield Row(_("First day"), Field(id="since"))
        yield Row(_("Last day"), Field(id="until"))
        yield Lines("", id="understood")

    def begin(self) -> None:
        """Where somebody was chosen, the days are asked first."""
        self.set_focus(self.query_one("#since" if self._who() else "#who"))

    def _who(self) -> str:
        return self.query_one("#who", Picker).picked

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """Who it is is known: why comes next."""
        event.stop()
        self.set_focus(self.query_one("#why"))

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """A digit chooses and goes on."""
        event.stop()
        if event.by_hand:
            self.set_focus(self.query_one("#since"))

    def on_input_changed(self, event: Input.Changed) -> None:
        """From when to when it is, while it is typed."""
        if event.input.id in ("since", "until"):
            event.stop()
            self.run_worker(self._understand(), exit_on_error=False, group="understood")

    async def _understand(self) -> None:
        typed = who, since, until = self._who(), self.field("since"), self.field("until")
        said = ""
        if who and since.strip() and until.strip():
            found = await self.run_on_desk(lambda it: _span(it, who, since, until), writes=False)
            said = self._span_text(found) if isinstance(found, tuple) else ""
        if typed == (self._who(), self.field("since"), self.field("until")):
            self.query_one("#understood", Lines).show(said)

    def _span_text(self, span: _Span) -> str:
        now, zone = self.session.now(), self.session.desk.rules.calendar.tz
        since, until = (short_time(at, now, zone) for at in span)
        return _("{since} to {until}").format(since=since, until=until)

    async def accept_field(self) -> None:
        """Enter goes on; after the last field it is written down."""
        if self.focused is not None and self.focused.id == "until":
            await self.commit()
        else:
            enter_on(self)

    async def commit(self) -> None:
        """F10: from the first day on calls and suggestions go by it."""
        who, why = self._who(), self.query_one("#why", Choice).value
        if not who or not why:
            self.set_focus(self.query_one("#why" if who else "#who"))
            self.say_fault(_("Choose somebody first.") if not who else _("Choose the reason."))
            return
        since, until = self.field("since"), self.field("until")
        done = await self.run_on_desk(lambda it: _written(it, who, Absence(why), since, until))
        if isinstance(done, AwayTimeError):
            self.set_focus(self.query_one(f"#{done.field}"))
            self.say_fault(when_problem(done.code, days=True))
        elif isinstance(done, Refusal):
            self.set_focus(self.query_one("#until"))
            self.say_fault(self.refused(done))
        elif done is not None:
            await self.forget_draft()
            await self.shell.take_news()
            words = _("{name}: {why} {since} to {until}. 7 takes it back.")
            now, zone = self.session.now(), self.session.desk.rules.calendar.tz
            begin, end = (short_time(at, now, zone) for at in done)
            name, reason = self.names.get(who, ""), absence_name(Absence(why))
            self.leave(words.format(name=name, why=reason, since=begin, until=end))

    def more_help(self) -> list[str]:
        """What else there is to know."""
        return [
            _("First and last day: 12-03, tomorrow, Friday, or with a time: 12-03 13:00"),
            _("A night that begins on the last day is in it to its end"),
        ]


def _span(desk: Desk, who: str, since: str, until: str) -> _Span | None:
    """From when to when is understood; None while it cannot stand."""
    try:
        return days_away(desk, who, since, until)
    except (AwayTimeError, Refusal):
        return None


def _written(
    desk: Desk, who: str, why: Absence, since: str, until: str
) -> _Span | AwayTimeError | Refusal:
    """Written down: from when to when it is; what is wrong comes back and is said at its field."""
    try:
        entry = be_away(desk, who, why, since, until)
    except (AwayTimeError, Refusal) as problem:
        return problem
    event = entry.event
    assert isinstance(event, AbsenceNoted)  # it was written here
    return event.since, event.until
