"""Which numbers answer: counted by the hour, the likelier one first, the dead ones named (E-02)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatcher_tui.domain.emergency.reachability import (
    BANDS,
    DEAD_AFTER,
    Band,
    Number,
    Try,
    band_of,
    best_first,
    dead_numbers,
    in_order,
    ledger,
)
from dispatcher_tui.domain.words.terms import CallOutcome

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 21, 14, 47, tzinfo=UTC)
HOUR = timedelta(hours=1)
REACHED, MISSED = CallOutcome.REACHED, CallOutcome.NO_ANSWER
BUSY, OFF = CallOutcome.BUSY, CallOutcome.OFF


def rung(phone: str, *outcomes: CallOutcome, at: datetime = AT, who: str = "chen") -> list[Try]:
    """Tries at one number, one a second."""
    seconds = (timedelta(seconds=n) for n in range(len(outcomes)))
    return [Try(who, who.upper(), phone, o, at + s) for o, s in zip(outcomes, seconds, strict=True)]


def one(*outcomes: CallOutcome) -> Number:
    """What is known of a number after these tries."""
    (number,) = ledger(rung("1", *outcomes), ZONE).values()
    return number


def order(tries: list[Try], *phones: str, at: datetime = AT) -> tuple[str, ...]:
    """Chen's numbers as they are to be rung."""
    return best_first("chen", phones, ledger(tries, ZONE), at, ZONE)


@pytest.mark.parametrize(
    ("hour", "minute", "band"),
    [
        *[(0, 0, 0), (5, 59, 0), (6, 0, 1), (11, 59, 1)],
        *[(12, 0, 2), (17, 59, 2), (18, 0, 3), (23, 59, 3)],
    ],
)
def test_the_day_has_four_parts_by_local_time(hour: int, minute: int, band: int) -> None:
    assert band_of(datetime(2026, 11, 21, hour, minute, tzinfo=ZONE), ZONE) == band
    assert band < BANDS


def test_every_try_counts_in_its_part_of_the_day() -> None:
    tries = rung("1", MISSED, REACHED) + rung("1", OFF, at=AT + 10 * HOUR)
    (number,) = ledger(tries, ZONE).values()
    assert number.bands == (Band(), Band(1, 0), Band(), Band(2, 1))
    assert (number.made, number.answered) == (3, 1)
    assert number.last_answered == AT + timedelta(seconds=1)
    assert number.last_rung == AT + 10 * HOUR


def test_a_word_face_to_face_says_nothing_of_a_number() -> None:
    assert ledger(rung("1", CallOutcome.IN_PERSON), ZONE) == {}
    assert ledger(rung("", REACHED), ZONE) == {}


def test_whoever_takes_a_message_has_answered() -> None:
    assert one(CallOutcome.RELAYED).answered == 1


@pytest.mark.parametrize(
    ("outcomes", "dead"),
    [
        ([MISSED] * (DEAD_AFTER - 1), False),
        ([MISSED] * DEAD_AFTER, True),
        ([MISSED, OFF, OFF], True),
        ([*[MISSED] * DEAD_AFTER, REACHED], False),
        ([BUSY] * 9, False),
        ([BUSY, *[MISSED] * (DEAD_AFTER - 1)], False),
        ([BUSY, *[MISSED] * DEAD_AFTER], True),
    ],
)
def test_dead_is_rung_three_times_in_vain(outcomes: list[CallOutcome], dead: bool) -> None:
    assert one(*outcomes).dead is dead


def test_the_most_often_rung_dead_number_comes_first() -> None:
    tries = rung("1", *[MISSED] * 3) + rung("2", *[MISSED] * 5) + rung("3", *[MISSED] * 9, REACHED)
    assert [number.phone for number in dead_numbers(ledger(tries, ZONE))] == ["2", "1"]


def test_the_same_number_of_two_people_is_two_lines() -> None:
    tries = rung("1", MISSED, who="chen") + rung("1", REACHED, who="sun")
    assert {key: n.answered for key, n in ledger(tries, ZONE).items()} == {
        ("chen", "1"): 0,
        ("sun", "1"): 1,
    }


def test_one_persons_numbers_stand_together_and_the_silent_ones_first() -> None:
    tries = rung("1", REACHED, who="sun") + rung("2", MISSED, who="chen")
    tries += rung("3", MISSED, who="sun")
    assert [number.key for number in in_order(ledger(tries, ZONE))] == [
        ("chen", "2"),
        ("sun", "1"),
        ("sun", "3"),
    ]


def test_a_number_never_rung_stands_between_a_good_and_a_bad_one() -> None:
    tries = rung("good", REACHED) + rung("bad", MISSED)
    assert order(tries, "bad", "new", "good") == ("good", "new", "bad")


def test_the_hour_counts_more_than_the_rest() -> None:
    night, noon = AT, AT + 14 * HOUR
    tries = rung("day", REACHED, REACHED, at=noon) + rung("day", MISSED, MISSED, at=night)
    tries += rung("night", MISSED, MISSED, at=noon) + rung("night", REACHED, REACHED, at=night)
    assert order(tries, "day", "night", at=night) == ("night", "day")
    assert order(tries, "night", "day", at=noon) == ("day", "night")


def test_the_roster_decides_where_nothing_tells() -> None:
    assert order([], "b", "a", "c") == ("b", "a", "c")
    assert order(rung("9", REACHED), "b", "a") == ("b", "a")


PHONES = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=5, unique=True)
OUTCOMES = st.sampled_from([o for o in CallOutcome if o is not CallOutcome.IN_PERSON])
TRIES = st.lists(
    st.builds(
        Try,
        person=st.just("chen"),
        name=st.just("CHEN"),
        phone=st.sampled_from("abcdef"),
        outcome=OUTCOMES,
        at=st.integers(0, 2000).map(lambda hours: AT - hours * HOUR),
    ),
    max_size=40,
)


@given(TRIES, PHONES, st.integers(0, 23))
def test_every_number_is_rung_once_and_no_other(
    tries: list[Try], phones: list[str], hour: int
) -> None:
    found = order(tries, *phones, at=AT + hour * HOUR)
    assert sorted(found) == sorted(phones)


@given(TRIES, PHONES, st.integers(0, 23))
def test_never_rung_stands_behind_the_good_and_before_the_bad(
    tries: list[Try], phones: list[str], hour: int
) -> None:
    known = {n.phone: n for n in ledger(tries, ZONE).values()}
    found = order(tries, *phones, "new", at=AT + hour * HOUR)
    place = {phone: found.index(phone) for phone in found}
    for phone in phones:
        number = known.get(phone)
        if number is not None and number.answered == number.made:
            assert place[phone] < place["new"]
        if number is not None and not number.answered:
            assert place[phone] > place["new"]


@given(PHONES, st.lists(OUTCOMES, max_size=6), st.integers(0, 23))
def test_equal_numbers_keep_the_order_of_the_roster(
    phones: list[str], outcomes: list[CallOutcome], hour: int
) -> None:
    tries = [each for phone in phones for each in rung(phone, *outcomes)]
    assert order(tries, *phones, at=AT + hour * HOUR) == tuple(phones)


@given(TRIES)
def test_nothing_is_counted_twice_or_lost(tries: list[Try]) -> None:
    known = ledger(tries, ZONE)
    assert sum(number.made for number in known.values()) == len(tries)
    answered = sum(not each.outcome.missed for each in tries)
    assert sum(number.answered for number in known.values()) == answered
    assert {n.key for n in dead_numbers(known)} == {n.key for n in known.values() if n.dead}
    assert sorted(n.key for n in in_order(known)) == sorted(known)
