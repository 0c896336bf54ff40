"""The ladder of sounds: each rule a second before, at, and after its boundary, then any night."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatcher_tui.domain.duties.alarm import (
    APART,
    LONGEST_SILENCE,
    Sounded,
    Tone,
    Wanted,
    after,
    silence_end,
    silent_at,
    tone_at,
)

NOW = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
AROUND = [(-1, None), (0, "heard"), (1, "heard")]
"""Seconds from the boundary, and whether the sound comes."""


def test_nothing_wanted_nothing_heard() -> None:
    assert tone_at(Wanted(), Sounded(), None, NOW) is None


def test_the_first_of_each_is_heard_at_once() -> None:
    assert tone_at(Wanted(ordinary=NOW), Sounded(), None, NOW) is Tone.ORDINARY
    assert tone_at(Wanted(untold=True), Sounded(), None, NOW) is Tone.UNTOLD
    assert tone_at(Wanted(unreached=True), Sounded(), None, NOW) is Tone.EMERGENCY
    assert tone_at(Wanted(at_once=True), Sounded(), None, NOW) is Tone.EMERGENCY


@pytest.mark.parametrize(("seconds", "heard"), AROUND)
def test_ordinary_sounds_are_ten_minutes_apart(seconds: int, heard: str | None) -> None:
    at = NOW + timedelta(minutes=10, seconds=seconds)
    tone = tone_at(Wanted(ordinary=NOW + SECOND), Sounded(ordinary=NOW), None, at)
    assert tone is (Tone.ORDINARY if heard else None)


@pytest.mark.parametrize(("seconds", "heard"), AROUND)
def test_a_case_nobody_was_told_of_sounds_every_minute(seconds: int, heard: str | None) -> None:
    at = NOW + timedelta(minutes=1, seconds=seconds)
    tone = tone_at(Wanted(untold=True), Sounded(untold=NOW), None, at)
    assert tone is (Tone.UNTOLD if heard else None)


@pytest.mark.parametrize(("seconds", "heard"), AROUND)
def test_an_emergency_sounds_every_twenty_seconds(seconds: int, heard: str | None) -> None:
    at = NOW + timedelta(seconds=20 + seconds)
    tone = tone_at(Wanted(unreached=True), Sounded(emergency=NOW), None, at)
    assert tone is (Tone.EMERGENCY if heard else None)


def test_a_duty_of_an_emergency_waits_for_nothing() -> None:
    sounded = Sounded(emergency=NOW - SECOND, ordinary=NOW)
    assert tone_at(Wanted(at_once=True), sounded, NOW + APART, NOW) is Tone.EMERGENCY


@pytest.mark.parametrize(("seconds", "heard"), AROUND)
def test_silence_holds_ordinary_sounds_until_it_is_over(seconds: int, heard: str | None) -> None:
    until = NOW + timedelta(minutes=10)
    at = until + timedelta(seconds=seconds)
    tone = tone_at(Wanted(ordinary=NOW + 5 * SECOND), Sounded(), until, at)
    assert tone is (Tone.ORDINARY if heard else None)


@pytest.mark.parametrize("wanted", [Wanted(untold=True), Wanted(unreached=True)])
def test_silence_covers_nothing_grave(wanted: Wanted) -> None:
    assert tone_at(wanted, Sounded(), NOW + LONGEST_SILENCE, NOW) is not None


def test_silence_that_reaches_too_far_holds_nothing() -> None:
    wanted = Wanted(ordinary=NOW)
    assert tone_at(wanted, Sounded(), NOW + LONGEST_SILENCE, NOW) is None
    assert tone_at(wanted, Sounded(), NOW + LONGEST_SILENCE + SECOND, NOW) is Tone.ORDINARY


@pytest.mark.parametrize(("seconds", "heard"), AROUND)
def test_silence_again_and_again_holds_no_longer_than_once(seconds: int, heard: str | None) -> None:
    at = NOW + timedelta(minutes=10, seconds=seconds)
    tone = tone_at(Wanted(ordinary=NOW), Sounded(), at + timedelta(minutes=5), at)
    assert tone is (Tone.ORDINARY if heard else None)


def test_the_graver_goes_first() -> None:
    wanted = Wanted(ordinary=NOW, untold=True, unreached=True)
    sounded, heard = Sounded(), []
    for second in range(3):
        at = NOW + second * SECOND
        tone = tone_at(wanted, sounded, None, at)
        assert tone is not None
        heard.append(tone)
        sounded = after(sounded, tone, at)
    assert heard == [Tone.EMERGENCY, Tone.UNTOLD, Tone.ORDINARY]
    assert [tone.weight for tone in heard] == [2, 1, 0]


def test_a_clock_set_back_holds_nothing_for_hours() -> None:
    later = NOW + timedelta(hours=3)
    wanted = Wanted(ordinary=later, untold=True, unreached=True)
    sounded = Sounded(later, later, later)
    assert tone_at(wanted, sounded, None, NOW) is Tone.EMERGENCY
    assert tone_at(Wanted(untold=True), sounded, None, NOW) is Tone.UNTOLD
    assert tone_at(Wanted(ordinary=later), sounded, later, NOW) is Tone.ORDINARY


@pytest.mark.parametrize(("minutes", "lasts"), [(5, 5), (10, 10), (11, 10), (600, 10), (-3, 0)])
def test_silence_is_clipped(minutes: float, lasts: int) -> None:
    assert silence_end(NOW, minutes, None) == NOW + timedelta(minutes=lasts)


def test_a_silence_that_is_on_is_not_made_longer() -> None:
    until = NOW + timedelta(minutes=4)
    assert silence_end(NOW, 10, until) == until
    assert silence_end(until, 10, until) == until + LONGEST_SILENCE
    assert [silent_at(until, until + n * SECOND) for n in (-1, 0, 1)] == [True, False, False]


STEP = 5
NIGHT = 3 * 3600
_moments = st.lists(st.integers(0, NIGHT), max_size=40)


@settings(max_examples=60, deadline=None)
@given(
    duties=_moments,
    silences=_moments,
    emergencies=_moments,
    untold=st.tuples(st.integers(0, NIGHT), st.integers(0, 1800)),
)
def test_any_night(
    duties: list[int], silences: list[int], emergencies: list[int], untold: tuple[int, int]
) -> None:
    """Six an hour at most, nothing forgotten, nothing grave held back, whatever is silenced."""
    sounded, silenced, waiting = Sounded(), None, None
    ordinary: list[int] = []
    last_untold = -NIGHT
    due, open_emergencies = sorted(duties), sorted(emergencies)
    asked = sorted(silences)
    for second in range(0, NIGHT + 1500, STEP):
        now = NOW + timedelta(seconds=second)
        while asked and asked[0] <= second:
            asked.pop(0)
            silenced = silence_end(now, 10, silenced)
        fell = [at for at in due if at <= second]
        due = due[len(fell) :]
        waiting = waiting or (now if fell else None)
        at_once = bool(open_emergencies) and open_emergencies[0] <= second
        open_emergencies = [at for at in open_emergencies if at > second]
        alone = untold[0] <= second < sum(untold)
        tone = tone_at(
            Wanted(ordinary=waiting, untold=alone, at_once=at_once), sounded, silenced, now
        )
        if at_once:
            assert tone is Tone.EMERGENCY
        if alone and not at_once:
            assert tone is Tone.UNTOLD or second - last_untold < 60
        if tone is None:
            assert waiting is None or now - waiting < APART
            continue
        sounded = after(sounded, tone, now)
        if tone is Tone.UNTOLD:
            last_untold = second
        elif tone is Tone.ORDINARY:
            # An emergency or two may take a heartbeat each; it waits for nothing else.
            assert waiting is not None
            assert now - waiting <= APART + timedelta(seconds=STEP * 42)
            ordinary.append(second)
            waiting = None
    assert waiting is None
    for start in ordinary:
        assert len([at for at in ordinary if start <= at < start + 3600]) <= 6
