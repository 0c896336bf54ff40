"""Nothing typed into any form is lost, and nothing is saved that is in the record or secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatcher_tui.desk.drafts import load_drafts
from dispatcher_tui.desk.form_drafts import saved_form
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.emergency_events import ResponderReported
from dispatcher_tui.domain.words.terms import FollowUpOutcome
from dispatcher_tui.tui.screens.case.correct import CorrectScreen
from dispatcher_tui.tui.screens.case.intake import IntakeScreen
from dispatcher_tui.tui.screens.case.note import NoteScreen
from dispatcher_tui.tui.screens.emergency.emergency import EmergencyScreen
from dispatcher_tui.tui.screens.emergency.order import OrderScreen
from dispatcher_tui.tui.screens.emergency.responder import ResponderScreen
from dispatcher_tui.tui.screens.emergency.stand_down import StandDownScreen
from dispatcher_tui.tui.screens.reviews.review import ReviewScreen
from dispatcher_tui.tui.screens.reviews.routine import RoutineScreen
from dispatcher_tui.tui.screens.system.autosave_form import AutosaveForm
from dispatcher_tui.tui.widgets.form import Field
from dispatcher_tui.tui.widgets.notes import NoteArea
from dispatcher_tui.tui.widgets.picker import Picker
from dispatcher_tui.tui.widgets.question import Question
from tests.tui.crew import staff
from tests.tui.forms import SECRET, Form, every_form, opener, type_everywhere
from tests.tui.leak import LEAK, on_leak
from tests.tui.story import message, on_top
from tests.tui.support import Night, desk, press, settle

FORMS = every_form()
WITHOUT_FIELDS = {"StepsScreen", "MoveScreen"}
"""Nothing is typed there: a list, and a form of which one procedure in force leaves only words."""
IN_AN_EMERGENCY = (EmergencyScreen, OrderScreen, ResponderScreen, StandDownScreen)
STUCK = cmd.FollowUp(outcome=FollowUpOutcome.CANNOT, note="no key")


async def begun(form: Form, night: Night) -> str:
    """A case that the form has something to ask about; its id."""
    await staff(night)
    if form in IN_AN_EMERGENCY:
        return (await night.open_case(**{**LEAK, "facts": ("fire",)})).case.id
    case_id = (await night.open_case(**LEAK)).case.id
    if form.__name__ == "DecideScreen":
        await night.perform(case_id, STUCK)
    if form in (ReviewScreen, RoutineScreen):
        night.clock.forward(days=2)  # Monday: the review of that week is owed
    return case_id


async def on_disk(night: Night, form: AutosaveForm) -> dict[str, str]:
    """What the file holds of a form."""
    if isinstance(form, IntakeScreen):
        kept = await night.run_on_desk(load_drafts)
        assert [each.intake for each in kept] == [form.filled]
        return form.typed()
    key, about = form.form_key, form.about
    return await night.run_on_desk(lambda it: saved_form(it, key, about))


@pytest.mark.sweep
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
async def test_what_is_typed_in_any_form_is_on_disk_and_there_again(
    tmp_path: Path, form: Form
) -> None:
    async with desk(tmp_path) as night:
        case_id = await begun(form, night)
        again = await opener(form, night, case_id)
        async with night.running() as pilot:
            screen = again()
            await pilot.app.push_screen(screen)
            await settle(pilot)
            type_everywhere(screen)
            await settle(pilot)
            typed = screen.typed()
            assert bool(typed) is (form.__name__ not in WITHOUT_FIELDS)
            await pilot.pause(0.95)
            await settle(pilot)
            assert await on_disk(night, screen) == typed
            bodies = [
                kept.body.decode() for kept in await night.run_on_desk(lambda it: it.store.drafts())
            ]
            assert not any(SECRET in body for body in bodies)
            await screen.go_back()
            await settle(pilot)
            assert on_top(pilot) == "BoardScreen"
            screen = again()
            await pilot.app.push_screen(screen)
            await settle(pilot)
            assert screen.typed() == typed
            # A call's draft, and a reviewed line's, goes with the entry itself.
            if typed and not isinstance(screen, IntakeScreen | ReviewScreen):
                await screen.submit(lambda _it: True)
                assert await night.run_on_desk(lambda it: it.store.drafts()) == []


async def test_one_key_discards_it_once_that_is_confirmed(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "a", *"half", "ctrl+r", "5", "0")
        words = at.pilot.app.screen.query_one(NoteArea)
        assert words.text == "half"
        await press(at.pilot, "k", "1")
        assert words.text == ""
        assert message(at.pilot) == "Discarded: nothing of it was written down."
        assert await at.night.run_on_desk(lambda it: it.store.drafts()) == []
        await press(at.pilot, "ctrl+r")
        assert message(at.pilot) == "Nothing is typed here."
        await press(at.pilot, "escape", "escape", "a")
        assert isinstance(at.top(), NoteScreen)
        assert at.pilot.app.screen.query_one(NoteArea).text == ""
        assert "note_added" not in await at.kinds()


async def test_a_call_that_came_to_nothing_is_discarded_whole(tmp_path: Path) -> None:
    async with desk(tmp_path) as night, night.running() as pilot:
        await press(pilot, "f2", "1", *"gate", "ctrl+r", "1")
        assert on_top(pilot) == "BoardScreen"
        assert await night.run_on_desk(load_drafts) == []
        assert night.session.drafts == {}


async def test_a_correction_outlives_esc_each_field_by_itself(tmp_path: Path) -> None:
    async with on_leak(tmp_path) as at:
        await press(at.pilot, "x", "3", *"10086", "escape", "escape", "x")
        screen = at.top()
        assert isinstance(screen, CorrectScreen)
        assert screen.query_one("#value-phone", Field).value == "10086"
        assert screen.query_one("#value-place", Field).value == LEAK["place"]
        await press(at.pilot, "3", "enter", *"why", "f10")
        caller = (await at.case()).caller
        assert caller is not None
        assert caller.phone == "10086"


async def test_a_picked_person_stays_that_person_and_is_asked_about(tmp_path: Path) -> None:
    async with on_leak(tmp_path, facts=("fire",)) as at:
        await at.pilot.app.push_screen(ResponderScreen(at.case_id))
        await settle(at.pilot)
        await press(at.pilot, "2", "2", "escape")
        if on_top(at.pilot) == "ResponderScreen":
            await press(at.pilot, "escape")
        await at.pilot.app.push_screen(ResponderScreen(at.case_id))
        await settle(at.pilot)
        person = at.top().query_one("#who", Picker).picked
        assert person
        await press(at.pilot, "f10")
        assert at.top().query_one(Question).asked == "unasked"
        await press(at.pilot, "1")
        entries = await at.night.run_on_desk(lambda it: it.store.entries(at.case_id))
        said = [e.event for e in entries if isinstance(e.event, ResponderReported)]
        assert [each.person for each in said] == [person]


async def test_typing_replaces_whom_the_form_put_there(tmp_path: Path) -> None:
    async with on_leak(tmp_path, facts=("fire",)) as at:
        people = await at.night.run_on_desk(lambda it: it.store.people())
        await at.pilot.app.push_screen(ResponderScreen(at.case_id, people[0].id))
        await settle(at.pilot)
        who = at.top().query_one("#who", Picker)
        assert who.picked == people[0].id
        who.focus()
        await press(at.pilot, "z")
        assert (who.value, who.picked) == ("z", "")
