"""Nobody makes himself a head: by an existing head's PIN, or by the code of the envelope."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from dispatcher_tui.bootstrap import create_site, open_desk
from dispatcher_tui.desk import heads, leave
from dispatcher_tui.desk.clock import FasterClock
from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.heads import Leave, appoint, dismiss, renew_pin, replace_rescue_code
from dispatcher_tui.desk.leave import Granted, code_in_force
from dispatcher_tui.desk.operators import (
    add_operator,
    check_pin,
    digits_short_of,
    disable_operator,
    enter_operator,
    pin_hash,
    reset_pin,
)
from dispatcher_tui.desk.site.doctor import leave_findings
from dispatcher_tui.desk.site.setup import Setup
from dispatcher_tui.desk.watch.hand_over import sheet_now
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record import watch_events as watch
from dispatcher_tui.domain.record.case import Entry
from dispatcher_tui.domain.record.kinds import encode
from dispatcher_tui.paths import Paths
from dispatcher_tui.store.record_types import Operator
from dispatcher_tui.store.verify import verify

LI, CHEN, SUN = "李建国", "陈志强", "孙明远"
PIN, CHENS, SUNS, NEW = "471108", "864257", "753186", "903517"


class Made:
    """A new site's desk and the code that was printed for its envelope."""

    def __init__(self, desk: Desk, code: str) -> None:
        self.desk = desk
        self.code = code

    def written(self, do: Callable[[], object]) -> list[Entry]:
        """The entries that come of it."""
        before = self.desk.store.rows()
        do()
        lines = (line.entry for line in self.desk.store.log(None, None))
        return sorted((e for e in lines if e.seq > before), key=lambda e: e.seq)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    yield from made_under(tmp_path, "estate-dispatch")


def made_under(folder: Path, procedure: str) -> Iterator[Made]:
    """A site under a procedure, as ``init`` makes it."""
    paths = Paths(folder / "site", folder / "site" / "desk.sqlite3")
    setup = Setup("翠湖花园", "Asia/Shanghai", procedure, LI, "dispatcher", PIN)
    code = create_site(paths, setup, at_desk=True)
    with open_desk(paths, actor="cli:root") as desk:
        yield Made(desk, code)


@pytest.fixture
def headed(made: Made) -> Made:
    """The same with a head, made by the code; the envelope holds the new one."""
    made.code = appoint(made.desk, CHEN, "head", CHENS, Leave(made.code))
    return made


def refusal(do: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as found:
        do()
    return found.value.code


def test_without_leave_there_is_no_head_and_nothing_is_written(made: Made) -> None:
    desk = made.desk
    acts: list[Callable[[], object]] = [
        lambda: appoint(desk, CHEN, "head", CHENS),
        lambda: add_operator(desk, CHEN, "head", CHENS),
        lambda: replace_rescue_code(desk, None),
    ]
    for act in acts:
        rows = desk.store.rows()
        assert refusal(act) == "head_needed"
        assert desk.store.rows() == rows
    assert desk.store.operator(CHEN) is None
    assert refusal(lambda: appoint(desk, CHEN, "head", CHENS, Leave(PIN))) == "rescue_needed"
    assert refusal(lambda: appoint(desk, CHEN, "head", CHENS, Leave(PIN, LI))) == "rescue_needed"
    assert made.written(lambda: appoint(desk, SUN, "supervisor", SUNS)) != []


def test_the_code_makes_a_head_once_and_another_one_takes_its_place(made: Made) -> None:
    desk, fresh = made.desk, ""

    def do() -> None:
        nonlocal fresh
        fresh = appoint(desk, CHEN, "head", CHENS, Leave(made.code.lower()))

    kinds = [type(entry.event).__name__ for entry in made.written(do)]
    assert kinds == ["RescueCodeUsed", "OperatorAdded", "RescueCodeMade"]
    assert fresh
    assert fresh != made.code
    assert check_pin(desk, CHEN, CHENS).role == "head"
    spent = Leave(made.code)
    assert refusal(lambda: appoint(desk, SUN, "head", SUNS, spent)) == "rescue_wrong"
    assert refusal(lambda: renew_pin(desk, CHEN, NEW, spent)) == "rescue_wrong"
    again = renew_pin(desk, CHEN, NEW, Leave(fresh))
    assert again not in ("", fresh, made.code)
    assert check_pin(desk, CHEN, NEW).name == CHEN


def test_of_the_code_only_a_heavy_hash_is_in_the_file(headed: Made) -> None:
    entry = code_in_force(headed.desk.store)
    assert entry is not None
    assert isinstance(entry.event, watch.RescueCodeMade)
    assert entry.event.code_hash.startswith("$argon2id$")
    everything = b"".join(
        path.read_bytes() for path in headed.desk.site.folder.rglob("*") if path.is_file()
    )
    for text in (headed.code, headed.code.replace("-", "")):
        assert text.encode() not in everything
    assert headed.code not in repr(Leave(headed.code)) + repr(Granted(fresh=headed.code))
    assert verify(headed.desk.store).sound


def test_a_wrong_code_is_an_entry_and_changes_nothing(headed: Made) -> None:
    wrong = Leave("0000-0000-0000-0000")

    def do() -> None:
        assert refusal(lambda: renew_pin(headed.desk, CHEN, NEW, wrong)) == "rescue_wrong"

    assert [type(e.event) for e in headed.written(do)] == [watch.RescueCodeRefused]
    assert check_pin(headed.desk, CHEN, CHENS).name == CHEN


def test_a_heads_pin_is_leave_and_stands_as_cosigner(headed: Made) -> None:
    desk = headed.desk
    assert refusal(lambda: reset_pin(desk, CHEN, NEW)) == "head_needed"
    assert refusal(lambda: renew_pin(desk, CHEN, NEW)) == "head_needed"
    assert refusal(lambda: renew_pin(desk, CHEN, NEW, Leave("111111"))) == "pin_wrong"
    assert refusal(lambda: renew_pin(desk, CHEN, NEW, Leave(PIN, LI))) == "no_head"
    entries = headed.written(lambda: renew_pin(desk, CHEN, NEW, Leave(CHENS)))
    assert [(e.actor, e.cosigner) for e in entries] == [("cli:root", CHEN)]
    assert headed.written(lambda: renew_pin(desk, LI, SUNS)) != [], "no head: no leave"


def test_of_several_heads_the_one_is_named(headed: Made) -> None:
    desk = headed.desk
    assert appoint(desk, SUN, "head", SUNS, Leave(CHENS)) == ""
    assert refusal(lambda: renew_pin(desk, CHEN, NEW, Leave(SUNS))) == "head_unnamed"
    assert renew_pin(desk, CHEN, NEW, Leave(SUNS, SUN)) == ""
    assert check_pin(desk, CHEN, NEW).name == CHEN
    assert dismiss(desk, SUN) == "", "there is another head"
    assert refusal(lambda: renew_pin(desk, CHEN, PIN, Leave(SUNS, SUN))) == "no_head"


def test_the_last_head_goes_by_leave_alone(headed: Made) -> None:
    desk = headed.desk
    assert refusal(lambda: disable_operator(desk, CHEN)) == "head_needed"
    assert refusal(lambda: dismiss(desk, CHEN)) == "head_needed"
    assert refusal(lambda: dismiss(desk, CHEN, Leave(PIN, LI))) == "no_head"
    fresh = dismiss(desk, CHEN, Leave(headed.code))
    assert fresh
    assert refusal(lambda: appoint(desk, SUN, "head", SUNS)) == "head_needed"
    assert refusal(lambda: renew_pin(desk, CHEN, NEW)) == "head_needed", "a head who may not sign"
    assert appoint(desk, SUN, "head", SUNS, Leave(fresh))


def test_what_cannot_be_spends_no_code(headed: Made) -> None:
    desk, leave = headed.desk, Leave(headed.code)
    acts: list[tuple[Callable[[], object], str]] = [
        (lambda: appoint(desk, LI, "head", SUNS, leave), "operator_exists"),
        (lambda: appoint(desk, SUN, "head", "123456", leave), "pin_trivial"),
        (lambda: renew_pin(desk, CHEN, "75318", leave), "pin_form"),
        (lambda: dismiss(desk, "没有这人", leave), "no_operator"),
    ]
    for act, code in acts:
        assert refusal(act) == code
    assert appoint(desk, SUN, "head", SUNS, leave)


def test_a_leave_that_was_overtaken_is_none(headed: Made) -> None:
    """Two who use the code, or lose their right, at the same moment: one of them."""
    desk = headed.desk
    first, second = (heads.check_leave(desk, Leave(headed.code)) for _ in range(2))
    add_operator(desk, SUN, "head", SUNS, first)
    assert refusal(lambda: reset_pin(desk, CHEN, NEW, second)) == "rescue_wrong"
    gone = heads.check_leave(desk, Leave(SUNS, SUN))
    dismiss(desk, SUN)
    assert refusal(lambda: reset_pin(desk, CHEN, NEW, gone)) == "head_needed"
    assert check_pin(desk, CHEN, CHENS).name == CHEN


def test_a_new_code_by_a_heads_pin_makes_the_old_one_worthless(headed: Made) -> None:
    desk, old = headed.desk, Leave(headed.code)
    fresh = replace_rescue_code(desk, Leave(CHENS))
    assert refusal(lambda: renew_pin(desk, CHEN, NEW, old)) == "rescue_wrong"
    assert renew_pin(desk, CHEN, NEW, Leave(fresh))


def older(made: Made) -> Desk:
    """A desk whose record knows neither head nor code, as older ones."""
    desk = made.desk
    desk.store.db.run("DROP TRIGGER journal_delete")
    desk.store.db.run("DELETE FROM journal WHERE kind = 'rescue_code_made'")
    return desk


def test_an_older_record_gets_its_first_head_freely_and_then_its_code(made: Made) -> None:
    desk = older(made)
    assert refusal(lambda: replace_rescue_code(desk, Leave(PIN, LI))) == "head_missing"
    assert appoint(desk, CHEN, "head", CHENS) == ""
    assert refusal(lambda: appoint(desk, SUN, "head", SUNS)) == "head_needed"
    code = "7K3M-9QXD-0V1Z-B4TR"
    assert refusal(lambda: appoint(desk, SUN, "head", SUNS, Leave(code))) == "no_rescue_code"
    code = replace_rescue_code(desk, Leave(CHENS))
    assert appoint(desk, SUN, "head", SUNS, Leave(code))


def _of_the_code(desk: Desk) -> list[tuple[str, str]]:
    """What ``doctor`` says of it, and of whom."""
    found = leave_findings(desk.site.folder, desk.store, None)
    return [(each.code, each.detail.get("name", "")) for each in found]


def test_a_code_that_lacks_is_said_as_long_as_somebody_could_need_it(made: Made) -> None:
    assert _of_the_code(made.desk) == [("rescue_good", "")]
    desk = older(made)
    assert _of_the_code(desk) == []
    appoint(desk, CHEN, "head", CHENS)
    assert _of_the_code(desk) == [("rescue_only", CHEN)]
    appoint(desk, SUN, "head", SUNS, Leave(CHENS))
    assert _of_the_code(desk) == [("rescue_lacking", SUN)]
    dismiss(desk, SUN)
    assert _of_the_code(desk) == [("rescue_only", CHEN)]
    replace_rescue_code(desk, Leave(CHENS))
    assert _of_the_code(desk) == [("rescue_good", "")]


def test_a_procedures_own_head_needs_a_code_too(tmp_path: Path) -> None:
    with contextmanager(made_under)(tmp_path, "bar-guests") as made:
        desk = older(made)
        appoint(desk, CHEN, "manager", CHENS)
        assert _of_the_code(desk) == [("rescue_only", CHEN)]


def test_a_procedures_own_head_is_one_too(tmp_path: Path) -> None:
    with contextmanager(made_under)(tmp_path, "bar-guests") as made:
        assert refusal(lambda: appoint(made.desk, CHEN, "manager", CHENS)) == "head_needed"
        assert appoint(made.desk, CHEN, "manager", CHENS, Leave(made.code))
        assert appoint(made.desk, SUN, "superior", SUNS) == ""


def test_no_procedure_makes_a_head_of_a_role_that_was_free(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may edit the site's files could else make himself a head by its mapping of roles."""
    desk = made.desk
    assert appoint(desk, SUN, "gm", SUNS) == ""
    monkeypatch.setattr(leave, "head_roles", lambda _desk: frozenset({"head", "gm"}))
    assert refusal(lambda: appoint(desk, CHEN, "head", CHENS, Leave(SUNS, SUN))) == "rescue_needed"
    assert refusal(lambda: replace_rescue_code(desk, Leave(SUNS))) == "rescue_needed"
    assert appoint(desk, CHEN, "head", CHENS, Leave(made.code))
    assert [each.name for each in leave.heads(desk, desk.store)] == [CHEN]


def test_a_shorter_pin_of_before_still_signs_in_and_is_said(headed: Made) -> None:
    desk = headed.desk
    short = Operator(name=SUN, role="dispatcher", pin_hash=pin_hash("2468"))
    desk.store.transact(lambda tx: enter_operator(desk, tx, short))
    assert check_pin(desk, SUN, "2468").name == SUN
    assert digits_short_of(desk, "2468") == 6
    assert digits_short_of(desk, "471108") == 0
    desk.site.site = replace(desk.site.site, pin_least=4)
    assert digits_short_of(desk, "2468") == 0
    assert renew_pin(desk, SUN, "8024") == ""
    assert refusal(lambda: renew_pin(desk, SUN, "802")) == "pin_form"


def test_privileged_acts_stand_on_the_next_sheet_in_order(headed: Made) -> None:
    desk = headed.desk
    refusal(lambda: renew_pin(desk, CHEN, NEW, Leave("0" * 16)))
    renew_pin(desk, CHEN, NEW, Leave(CHENS))
    now = desk.clock.now()
    back = watch.ClockJumped(before=now, after=now - timedelta(hours=2), seconds=-7200)
    forward = watch.ClockJumped(before=now, after=now + timedelta(hours=2), seconds=7200)
    desk.store.transact(lambda tx: desk.note_in(tx, back, forward))
    told = [(act.act, act.name, act.cosigner, act.seconds) for act in sheet_now(desk).acts]
    assert told == [
        ("operator_added", LI, "", 0),
        ("rescue_code_made", "", "", 0),
        ("rescue_code_used", CHEN, "", 0),
        ("operator_added", CHEN, "", 0),
        ("rescue_code_made", "", "", 0),
        ("rescue_code_refused", "", "", 0),
        ("pin_reset", CHEN, CHEN, 0),
        ("clock_back", "", "", 7200),
    ]
    sheet = sheet_now(desk)
    handed = watch.HandedOver(outgoing=LI, incoming=SUN, until=sheet.until, sheet=sheet)
    desk.store.transact(lambda tx: desk.note_in(tx, handed))
    assert sheet_now(desk).acts == ()
    dismiss(desk, LI)
    assert [(act.act, act.name) for act in sheet_now(desk).acts] == [("disabled", LI)]
    assert b"acts" in encode(handed)


def test_a_trivial_date_is_judged_by_the_desks_own_day(headed: Made) -> None:
    desk = headed.desk
    desk.clock = FasterClock(datetime(2026, 1, 1, tzinfo=UTC), 1)
    assert appoint(desk, SUN, "dispatcher", "280101") == ""
    desk.clock = FasterClock(datetime(2027, 1, 1, tzinfo=UTC), 1)
    assert refusal(lambda: renew_pin(desk, SUN, "280102")) == "pin_trivial"
