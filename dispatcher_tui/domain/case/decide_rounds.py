"""A round of the watch is written down: what it takes, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from dispatcher_tui.domain.case.naming import refuse_figure
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.watch_events import RoundFinding, RoundRecorded
from dispatcher_tui.domain.time.calendar import Calendar
from dispatcher_tui.domain.watch.rounds import RoundPlan, RoundStand
from dispatcher_tui.domain.words.people import person_of
from dispatcher_tui.domain.words.text import clean_text


class RoundAsked(msgspec.Struct, frozen=True):
    """A round as somebody gives it: by the parts' ids the digit for each, a word for what was not
    in order, the second person, why it comes late. ``by``: who made it, where that is not whoever
    writes it down. ``begin``: when the stretch began that it was made in, where that was asked
    for; ``again``: it is known that it was recorded."""

    round: str
    found: Mapping[str, int]
    word: str = ""
    second: str = ""
    reason: str = ""
    by: str = ""
    begin: datetime | None = None
    again: bool = False


def _words(text: str) -> str:
    return clean_text(text, multiline=False).text.strip()


def _findings(plan: RoundPlan, found: Mapping[str, int]) -> tuple[RoundFinding, ...]:
    """How each part was found, from its digit."""
    strange = [each for each in found if all(part.id != each for part in plan.parts)]
    if strange:
        known = " ".join(part.id for part in plan.parts)
        raise Refusal("round_part_unknown", name=strange[0], known=known)
    findings = []
    for part in plan.parts:
        digit = found.get(part.id, 0)
        if not 1 <= digit <= len(part.choices):
            zh, en = part.label.zh, part.label.en or part.label.zh
            most = str(len(part.choices))
            raise Refusal("round_part_missing", name_zh=zh, name_en=en, n=most)
        findings.append(RoundFinding(part.label, digit, part.choices[digit - 1]))
    return tuple(findings)


def record_of(
    stand: RoundStand, asked: RoundAsked, actor: str, calendar: Calendar, now: datetime
) -> RoundRecorded:
    """The entry that a round becomes which ``actor`` writes down now, in the stretch that runs.

    Raises:
        Refusal: nobody is named, a part has no digit or one that it does not have, what was not in
            order has no word, the second person is missing or the same, a late one has no reason,
            its stretch is over, or it was recorded already and that is not known.
    """
    plan, slot, mark = stand.plan, stand.slot, stand.mark
    if asked.begin not in (None, slot.begin):
        begin, until = _clock(slot.begin, calendar), _clock(slot.end, calendar)
        raise Refusal("round_over", begin=begin, until=until)
    findings = _findings(plan, asked.found)
    word, second, reason = _words(asked.word), _words(asked.second), _words(asked.reason)
    named = _words(asked.by)
    by = named or person_of(actor)
    if not by:
        raise Refusal("name_missing")
    for name in filter(None, (named, second)):
        refuse_figure(name)
    if not word and any(each.digit > 1 for each in findings):
        raise Refusal("round_word_missing")
    if plan.persons > 1 and not second:
        raise Refusal("round_second_missing")
    if second and second == by:
        raise Refusal("round_second_same", name=by)
    late = mark is None and now > slot.due
    if late and not reason:
        raise Refusal("round_reason_missing", time=_clock(slot.due, calendar))
    if mark is not None and not asked.again:
        raise Refusal("round_twice", time=_clock(mark.at, calendar), name=mark.by)
    return RoundRecorded(
        round=plan.id,
        label=plan.label,
        begin=slot.begin,
        due=slot.due,
        findings=findings,
        word=word,
        second=second,
        reason=reason if late else "",
        again=mark is not None,
        by=named if named != actor else "",
    )


def _clock(at: datetime, calendar: Calendar) -> str:
    return f"{at.astimezone(calendar.tz):%m-%d %H:%M}"
