"""The fields of an act of the procedure, one below the other, with what was understood of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, tzinfo

import msgspec
from textual.containers import Vertical
from textual.widgets import Input

from dispatcher_tui.domain.step_field import DAY, MONEY, MOST_YUAN, TIME, StepField, past_day
from dispatcher_tui.domain.time.when import WhenError, parse_promise
from dispatcher_tui.domain.time.when_words import Sayings
from dispatcher_tui.domain.words.money import MoneyError, parse_fen
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.promises import money_hint, money_problem, promise_hint, when_problem
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.row import Derived, Row, aligned, row_of

FIELD_LIMIT = 500
_UNDERSTOOD = (MONEY, TIME, DAY)
"""Kinds of which it is said back what was understood."""


def _no_day() -> str:
    return _("Not a day that was. Type 2026-08-05, or 08-05.")


class TimeSense(msgspec.Struct, frozen=True):
    """What a typed time is understood by: the moment, the site's zone, what people say here."""

    now: Callable[[], datetime]
    zone: tzinfo
    sayings: Callable[[], Sayings]


class ActFields(Vertical):
    """One row a field. It keeps what is typed; ``values`` are what is written down of it."""

    DEFAULT_CSS = """
    ActFields { height: auto; width: 1fr; }
    ActFields Row > .hinted { width: 24; }
    """

    def __init__(self, asked: Sequence[StepField], rule: str, sense: TimeSense) -> None:
        self._asked = tuple(asked)
        self._sense = sense
        self._fields = {each.id: Field(limit=FIELD_LIMIT, id=f"act-{each.id}") for each in asked}
        super().__init__(*aligned(*(self._row(each, rule) for each in self._asked)))

    def _row(self, asked: StepField, rule: str) -> Row:
        field = self._fields[asked.id]
        parts: list[Field | Derived] = [field]
        if asked.kind in _UNDERSTOOD:
            field.add_class("hinted")
            parts.append(Derived("", id=f"hint-{asked.id}"))
        label = localized(asked.label)
        return Row(label, *parts, rule=rule, required=asked.required)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say back while it is typed what is understood."""
        asked = next((a for a in self._asked if self._fields[a.id] is event.input), None)
        if asked is None or asked.kind not in _UNDERSTOOD:
            return
        if asked.kind == MONEY:
            hint = money_hint(event.value, MOST_YUAN)
        elif asked.kind == DAY:
            hint = self._day_hint(event.value)
        else:
            sense = self._sense
            hint = promise_hint(event.value, sense.now(), sense.zone, sense.sayings())
        self.query_one(f"#hint-{asked.id}", Derived).show(hint)

    def lacking(self) -> Field | None:
        """The first field that is empty and has to be filled."""
        found = (self._fields[a.id] for a in self._asked if a.required)
        return next((field for field in found if not field.value.strip()), None)

    def values(self) -> dict[str, str] | None:
        """What is written down, by the fields' ids; None where one cannot stand, and it is said."""
        found = {}
        for asked in self._asked:
            typed = self._fields[asked.id].value.strip()
            try:
                if typed:
                    found[asked.id] = self._kept(asked, typed)
            except MoneyError as error:
                self._say_wrong(asked, money_problem(error.code))
                return None
            except WhenError as error:
                self._say_wrong(asked, when_problem(error.code))
                return None
            except ValueError:
                self._say_wrong(asked, _no_day())
                return None
        return found

    def _kept(self, asked: StepField, typed: str) -> str:
        if asked.kind == TIME:
            sense = self._sense
            return parse_promise(typed, sense.now(), sense.zone, sense.sayings()).isoformat()
        if asked.kind == DAY:
            return past_day(typed, self._today).isoformat()
        if asked.kind == MONEY:
            parse_fen(typed, MOST_YUAN)
        return typed

    @property
    def _today(self) -> date:
        return self._sense.now().astimezone(self._sense.zone).date()

    def _day_hint(self, typed: str) -> str:
        if not typed.strip():
            return ""
        try:
            return f"= {past_day(typed, self._today).isoformat()}"
        except ValueError:
            return _no_day()

    def _say_wrong(self, asked: StepField, words: str) -> None:
        field = self._fields[asked.id]
        field.focus()
        if (row := row_of(field)) is not None:
            row.say_wrong(words)

    def clear(self) -> None:
        """It is written down: nothing typed is left to be kept."""
        for field in self._fields.values():
            field.value = ""
