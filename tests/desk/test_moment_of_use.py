"""A row that a hand changed: nobody signs by it, and every call goes out all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dispatcher_tui.desk.adoption import adopt_people, adopt_units
from dispatcher_tui.desk.case.case_file import read_case
from dispatcher_tui.desk.case.find import find
from dispatcher_tui.desk.case.intake import Intake
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.emergency.differing import home_at, perform_call
from dispatcher_tui.desk.emergency.emergency import open_emergency, read_emergency, record_call
from dispatcher_tui.desk.emergency.reachability import read_ledger
from dispatcher_tui.desk.operators import check_pin, disable_operator, pin_hash, reset_pin
from dispatcher_tui.desk.record import Record
from dispatcher_tui.desk.site.adopted_lists import HouseholdInUse
from dispatcher_tui.desk.together import Signing, sign
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record.sign_off import Ink
from dispatcher_tui.domain.record.watch_events import RowDiffered
from dispatcher_tui.domain.words.terms import CallOutcome
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.lists.units import parse_units
from tests.desk.on_watch import LI, WANG, day_watch

FALSE = "13900000000"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Wang Fang has the day watch; Li Jianguo can sign too."""
    made = day_watch(tmp_path)
    yield made
    made.store.close()


def _problems(desk: Desk) -> list[str]:
    return [problem.detail for problem in Record(desk.store, desk.clock).verify(None).problems]


def _refused(desk: Desk, name: str, pin: str) -> str:
    with pytest.raises(Refusal) as caught:
        check_pin(desk, name, pin)
    return caught.value.code


def _hash(desk: Desk, name: str) -> str:
    found: str = desk.store.db.value("SELECT pin_hash FROM operators WHERE name = ?", (name,))
    return found


def _swap(desk: Desk, name: str, stored: str) -> None:
    desk.store.db.run("UPDATE operators SET pin_hash = ? WHERE name = ?", (stored, name))


def test_a_swapped_pin_signs_nothing_and_is_named_until_it_is_put_back(desk: Desk) -> None:
    own, rows = _hash(desk, LI.name), desk.store.rows()
    _swap(desk, LI.name, pin_hash("9999"))
    assert _refused(desk, LI.name, "9999") == "operator_differs"
    assert _refused(desk, LI.name, LI.pin) == "operator_differs"
    assert _problems(desk) == [f"operators {LI.name}: pin_hash"]
    with pytest.raises(Refusal) as caught:
        sign(desk, Signing(LI.name, "9999"))
    assert caught.value.code == "operator_differs"
    assert desk.store.operator(LI.name).failures == 0  # type: ignore[union-attr]
    _swap(desk, LI.name, own)
    assert desk.store.rows() == rows  # nothing was signed meanwhile
    assert check_pin(desk, LI.name, LI.pin).name == LI.name
    assert _problems(desk) == []


@pytest.mark.parametrize(
    "change", ["role = 'head'", "disabled = 1", f"pin_hash = '{'x' * 20}'", "disabled = 2"]
)
def test_no_changed_row_signs_and_the_others_do(desk: Desk, change: str) -> None:
    desk.store.db.run(f"UPDATE operators SET {change} WHERE name = ?", (LI.name,))
    assert _refused(desk, LI.name, LI.pin) == "operator_differs"
    assert check_pin(desk, WANG.name, WANG.pin).name == WANG.name


def test_an_operator_of_nobody_signs_nothing(desk: Desk) -> None:
    stored = pin_hash("123456")
    desk.store.db.run("INSERT INTO operators SELECT 'x', 'head', ?, 0, 0, 0, 0, '[]'", (stored,))
    assert _refused(desk, "x", "123456") == "operator_differs"
    with pytest.raises(Refusal):
        reset_pin(desk, "x", "654321")
    assert _problems(desk) == ["operators x: name"]


def test_a_new_pin_mends_the_row_and_no_role_comes_in_by_it(desk: Desk) -> None:
    desk.store.db.run("UPDATE operators SET role = 'head', disabled = 1 WHERE name = ?", (LI.name,))
    reset_pin(desk, LI.name, "975310")
    found = check_pin(desk, LI.name, "975310")
    assert (found.role, found.disabled) == ("dispatcher", False)
    assert _problems(desk) == []
    desk.store.db.run("UPDATE operators SET role = 'head' WHERE name = ?", (LI.name,))
    disable_operator(desk, LI.name)
    assert desk.store.operators_said()[LI.name].role == "dispatcher"
    assert _problems(desk) == []


def _first(desk: Desk) -> tuple[str, tuple[str, ...]]:
    """Whom an emergency has rung first, and their numbers."""
    found = read_emergency(desk, open_emergency(desk, "fire"))
    target = next(each for each in found.targets if each.person)
    return target.person, target.phones


def _false_number(desk: Desk, person: str) -> None:
    desk.store.db.run(
        "UPDATE people SET data = json_set(data, '$.phones', json_array(?)) WHERE id = ?",
        (FALSE, person),
    )


def _told(desk: Desk) -> list[RowDiffered]:
    found = [entry.event for entry in desk.store.all_of("row_differed")]
    return [event for event in found if isinstance(event, RowDiffered)]


def test_a_false_number_stands_behind_the_adopted_one_and_is_told_once(desk: Desk) -> None:
    person, phones = _first(desk)
    assert (phones != (), _told(desk)) == (True, [])
    _false_number(desk, person)
    case_id = open_emergency(desk, "fire")
    found = read_emergency(desk, case_id)
    target = next(each for each in found.targets if each.person == person)
    assert target.phones == (*phones, FALSE)
    told = RowDiffered(table="people", row=person, name=target.name, adopted=phones, found=(FALSE,))
    assert found.differing == (told,)
    assert _told(desk) == [told]
    record_call(desk, case_id, target, target.name, phones[0], CallOutcome.NO_ANSWER)
    again = read_emergency(desk, case_id)
    assert next(t for t in again.targets if t.person == person).phones[: len(phones)] == phones
    assert _told(desk) == [told]
    assert _problems(desk) == [f"people {person}: data"]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM people",
        "UPDATE people SET data = '{}'",
        "UPDATE people SET data = 'no json'",
        "UPDATE people SET data = json_set(data, '$.role', 'nobody')",
        "INSERT INTO people SELECT 'x', json_set(data, '$.id', 'x'), -1 FROM people LIMIT 1",
    ],
)
def test_no_row_keeps_a_call_from_going_out(desk: Desk, sql: str) -> None:
    before = _first(desk)
    desk.store.db.run(sql)
    assert _first(desk) == before
    assert _told(desk)
    assert _problems(desk)


def test_a_list_taken_in_anew_mends_the_rows(desk: Desk) -> None:
    person, phones = _first(desk)
    _false_number(desk, person)
    document = desk.store.current("roster")
    assert document is not None
    adopt_people(desk, parse_roster(document.text), document.text)
    assert (_first(desk), desk.lists.in_use().differing) == ((person, phones), ())
    assert _told(desk) == []
    assert _problems(desk) == []


def test_ink_of_somebody_whose_row_was_changed_is_none(desk: Desk) -> None:
    person = next(p for p in desk.store.people() if p.role == "head")
    signing = Signing(person.name, role="head", ink=Ink("收据", "3"))
    assert sign(desk, signing).name == person.name
    other = next(p for p in desk.store.people() if p.role != "head")
    desk.store.db.run(
        "UPDATE people SET data = json_set(data, '$.role', 'head') WHERE id = ?", (other.id,)
    )
    with pytest.raises(Refusal) as caught:
        sign(desk, Signing(other.name, role="head", ink=Ink("收据", "3")))
    assert caught.value.code == "person_differs"
    assert sign(desk, signing).name == person.name


PLACE = "3-2-1502"
UNITS = """place,resident,resident2,phone,phone2,warning,note
3-2-1501,赵敏,,13900003501,,,
3-2-1502,钱进,孙丽,13900003502,,,
"""


@pytest.fixture
def homes(desk: Desk) -> Desk:
    """The same with two households; of the second one's two residents one has a number."""
    adopt_units(desk, parse_units(UNITS), UNITS)
    return desk


def _false_home(desk: Desk, place: str) -> None:
    desk.store.db.run(
        "UPDATE units SET data = json_set(data, '$.phones', json_array(?)) WHERE place = ?",
        (FALSE, place),
    )


def test_a_households_false_number_stands_behind_the_adopted_ones(homes: Desk) -> None:
    home = homes.store.unit(PLACE)
    assert home is not None
    assert homes.lists.household(PLACE) == HouseholdInUse(home)
    _false_home(homes, PLACE)
    told = RowDiffered(table="units", row=PLACE, name=PLACE, adopted=home.phones, found=(FALSE,))
    for spelt in (PLACE, "3栋2单元1502室", "03-02-1502"):
        found = homes.lists.household(spelt)
        assert found.differing == told
        assert found.household is not None
        assert found.household.residents == home.residents
        assert found.household.phones[: len(home.phones)] == home.phones
        assert found.household.phones[-1] == FALSE
        assert len(found.household.phones) > len(home.residents), "it is none of the residents'"
    assert _told(homes) == []
    assert [home_at(homes, PLACE).differing for _ in range(2)] == [told, told]
    assert _told(homes) == [told]
    assert homes.lists.household("3-2-1501").differing is None


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM units",
        "UPDATE units SET data = '{}'",
        "UPDATE units SET data = 'no json'",
        "UPDATE units SET data = json_set(data, '$.place', '1-1-0101')",
    ],
)
def test_no_row_of_a_household_keeps_an_emergency_from_being_written_down(
    homes: Desk, sql: str
) -> None:
    home = homes.store.unit(PLACE)
    homes.store.db.run(sql)
    case_id = open_emergency(homes, "fire", place=PLACE)
    found = read_emergency(homes, case_id)
    assert found.household is not None
    assert home is not None
    assert found.household.phones[: len(home.phones)] == home.phones
    assert [(x.table, x.row) for x in found.differing] == [("units", PLACE)]
    assert [(x.table, x.row) for x in _told(homes)] == [("units", PLACE)]
    assert _problems(homes)


def test_a_household_that_only_a_row_has_is_offered_to_nobody(homes: Desk) -> None:
    sql = "INSERT INTO units SELECT '9-9-0909', '9-9-0909', '9', ? FROM units LIMIT 1"
    homes.store.db.run(sql, ('{"place":"9-9-0909","residents":["某"],"phones":["13900000000"]}',))
    found = homes.lists.household("9-9-0909")
    assert found.household is None
    assert found.differing is not None
    assert (found.differing.adopted, found.differing.found) == ((), (FALSE,))


def test_every_way_to_a_number_tells_of_the_row_and_writes_it_down(desk: Desk) -> None:
    """Finding somebody, telling somebody, and the list of numbers, as an emergency does."""
    person, phones = _first(desk)
    name = next(p.name for p in desk.lists.people() if p.id == person)
    case_id = desk.open_case(Intake(said="x")).case.id
    assert find(desk, name).differing == ()
    _false_number(desk, person)
    (told,) = desk.lists.in_use().differing
    assert read_case(desk, case_id).differing == (told,)
    assert _told(desk) == [], "reading a case is no call"
    other = next(p.name for p in desk.lists.people() if p.id != person and name not in p.name)
    assert find(desk, other).differing == ()
    assert _told(desk) == []
    found = find(desk, name)
    assert found.differing == (told,)
    assert next(p for p in found.people if p.id == person).phones == (*phones, FALSE)
    assert _told(desk) == [told]
    assert read_ledger(desk).differing == (told,)
    call = cmd.TryCall(
        person=person, name=name, role="", phone=phones[0], outcome=CallOutcome.NO_ANSWER
    )
    perform_call(desk, case_id, call)
    assert _told(desk) == [told]


def test_a_call_of_a_case_writes_the_row_down(desk: Desk) -> None:
    person, phones = _first(desk)
    case_id = desk.open_case(Intake(said="x")).case.id
    _false_number(desk, person)
    call = cmd.TryCall(
        person=person, name="x", role="", phone=phones[0], outcome=CallOutcome.NO_ANSWER
    )
    perform_call(desk, case_id, call)
    assert [(x.row, x.found) for x in _told(desk)] == [(person, (FALSE,))]
