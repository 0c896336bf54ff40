"""The emergency's screen in words: who was rung with what result, who is next and why, the card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from dispatcher_tui.domain.emergency.call_progress import Progress
from dispatcher_tui.domain.emergency.call_tree import FIRST, Reach, Target
from dispatcher_tui.domain.emergency.card import Card
from dispatcher_tui.domain.emergency.layer import HEAD
from dispatcher_tui.domain.emergency.next_call import CallStage, NextCall, WhyNext
from dispatcher_tui.domain.procedure import Procedure
from dispatcher_tui.domain.record.case import Case
from dispatcher_tui.domain.record.watch_events import RowDiffered
from dispatcher_tui.domain.words.people import Nearness
from dispatcher_tui.domain.words.terms import CallOutcome, Stage
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.cells import fit, width
from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.emergency.known_facts import EmergencyFacts
from dispatcher_tui.present.emergency.outside_script import CallingFrom, outside_lines
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.line_texts import short_time
from dispatcher_tui.present.places import said_place
from dispatcher_tui.present.terms import call_outcome_name, outside_name
from dispatcher_tui.present.watch.watch_lines import differing_words

NAME_CELLS, NUMBER_CELLS = 8, 13
ON_EVERY_CARD = ("police", "fire", "ambulance", "lift_rescue")
"""The outside numbers that stand on every card: more would push off what is to be asked."""


def target_name(target: Target) -> str:
    """A person's name, or the outside number's."""
    return target.name if target.person else outside_name(target.name)


def no_number(target: Target) -> bool:
    """Whether an outside number that the card has rung is not known to the site."""
    return target.rung == FIRST and not target.phones


def target_role(target: Target, procedure: Procedure) -> str:
    """What somebody is: the title on the roster, else the role; for whom they stand in."""
    role = target.title or (role_name(procedure, target.role) if target.role else "")
    if target.stands_for:
        return _("for {name}").format(name=target.stands_for)
    return role


def where_words(target: Target) -> str:
    """Where somebody is whom nobody has rung yet: the name of the post, or how they are reached."""
    if target.near is Nearness.AWAY:
        return _("away")
    if target.off_duty:
        return _("off duty")
    if target.near is Nearness.ON_ESTATE:
        return target.post
    return _("on duty") if target.near is Nearness.ON_DUTY else "-"


def who_line(
    target: Target, procedure: Procedure, number: str, which: str, cells: int, lead: str = ""
) -> str:
    """Who is rung by which number, in one row of so many cells where that can be.

    The name and the number are whole in any case; what else there is gives way to them: the
    ``lead``, what they are, which of their numbers it is.
    """
    name = target_name(target)
    kept = {"lead": lead, "name": name, "role": target_role(target, procedure)}
    kept |= {"number": number, "which": which}
    for least in ("lead", "role", "which"):
        if width(_in_a_row(kept.values())) <= cells:
            break
        del kept[least]
    return _in_a_row(kept.values())


def _in_a_row(parts: Iterable[str]) -> str:
    return " " + "  ".join(part for part in parts if part)


def call_list(targets: Sequence[Target], procedure: Procedure) -> list[str]:
    """Whom to ring as a paper has it: the number first, who that is, where they are, what they
    are, and their other numbers; at the end whoever has none."""
    ringing = sorted(targets, key=lambda target: not target.phones)
    lines = []
    for target in ringing:
        first = target.phones[0] if target.phones else _("no number")
        name = fit(target.name, NAME_CELLS) if target.person else target_name(target)
        parts = [f"{fit(first, NUMBER_CELLS)} {name}"]
        parts += [where_words(target).strip("-")] if target.person else []
        parts += [target_role(target, procedure), *target.phones[1:]]
        lines.append("  ".join(part for part in parts if part))
    return lines


_CHANGED_NAMED = 4
"""What is to be done stands behind the names and must not be cut off by them."""


def differing_line(differing: Sequence[RowDiffered], person: str | None = None) -> str:
    """That the file has other people or numbers than the site adopted; empty where it has not.

    With a ``person`` no more than what is wrong with theirs.
    """
    if person is not None:
        own = next((each for each in differing if each.row == person), None)
        return "" if own is None else differing_words(own)
    if not differing:
        return ""
    every = list(dict.fromkeys(each.name for each in differing))
    names, more = _(", ").join(every[:_CHANGED_NAMED]), len(every) - _CHANGED_NAMED
    if more > 0:
        names = _("{names} and {n} more").format(names=names, n=more)
    return _("LIST CHANGED BY HAND: {names}. Ring the adopted numbers first; run verify.").format(
        names=names
    )


def why_words(following: NextCall) -> str:
    """Why somebody is to be rung now."""
    names = {
        WhyNext.CARD: _("by the card's order"),
        WhyNext.SCENE: _scene_words(following.target),
        WhyNext.LADDER: _("ladder, rung {n}").format(n=following.target.rung + 1),
        WhyNext.NOT_READ_BACK: _("told, but NOT read back"),
        WhyNext.BETWEEN: _("meanwhile: the one before was not reached"),
        WhyNext.GROUP: _("the group"),
        WhyNext.AGAIN: _("once more: not reached"),
        WhyNext.AT_HOME: _more_words(following.target),
        WhyNext.NOT_REACHED: _("NOT reached: ring again"),
        WhyNext.NOT_ON_THE_WAY: _("told, but NOT on the way"),
        WhyNext.NOT_ON_SCENE: _("set off, but NOT arrived"),
        WhyNext.NOT_REPORTED: _("arrived, but NOT reported back"),
    }
    return names[following.why]


def _more_words(target: Target) -> str:
    """Somebody who is rung only if more are needed than were told."""
    return _("at home, if more are needed") if target.off_duty else _("if more are needed")


def _scene_words(target: Target) -> str:
    """What somebody is called to the scene as, and where they are."""
    where = where_words(target).strip("-")
    return _(", ").join(filter(None, (localized(target.scene) if target.scene else "", where)))


def ring_words(since: datetime, now: datetime, seconds: int) -> str:
    """How long the number has stood there to be rung; past a ring's length what to press."""
    rung = max(0, int((now - since).total_seconds()))
    if rung < seconds:
        return _("rings {n} of {all} s").format(n=rung, all=seconds)
    return _("{n} s: no answer? 2").format(n=seconds)


def still_rung_words(target: Target, far: Reach, since: datetime, now: datetime) -> str:
    """Who stands there to be rung, and for how long, for whoever looks at it again."""
    name, begun = target_name(target), since
    if far.told and not far.read_back and target.person:
        words = _("{name} was told {time} ago. Did they repeat it? 7 = read back.")
        begun = far.told_at or since
    elif far.told:
        words = _("{name} was told {time} ago. Enter: whoever is next.")
        begun = far.told_at or since
    else:
        words = _("Still being rung: {name}, for {time}. The result by its digit.")
    seconds = max(0, int((now - begun).total_seconds()))
    return words.format(name=name, time=minutes_seconds(seconds))


def minutes_seconds(seconds: int) -> str:
    """``1:20``."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def progress_line(found: Progress) -> str:
    """How many were told, and how long the rest takes."""
    parts = [_("told {n}/{all}").format(n=found.told, all=found.of)]
    if found.seconds:
        parts.append(_("about {left} left").format(left=minutes_seconds(found.seconds)))
    if found.complete and not found.unread:
        parts.append(_("everybody was told"))
    return "   ".join(parts)


def missing_words(found: Progress) -> list[str]:
    """Who could not be reached, who has not repeated it, for what the roster has nobody."""
    parts = []
    if found.unreached:
        parts.append(_("NOT reached: {names}").format(names=_names(found.unreached)))
    if found.unread:
        parts.append(_("NOT read back: {names}").format(names=_names(found.unread)))
    if found.numberless:
        words = _("NUMBER NOT KNOWN: {names}")
        parts.append(words.format(names=_names(found.numberless)))
    if set(found.nobody) == set(CallStage):
        return [*parts, _("NOBODY on the roster. F4 rings any number; the list: F8, site import")]
    return parts + [_nobody(part) for part in found.nobody]


def _names(targets: Sequence[Target]) -> str:
    return _(", ").join(target_name(target) for target in targets)


def _nobody(part: CallStage) -> str:
    """The roster has nobody with a number for a part of the tree."""
    if part is CallStage.LADDER:
        return _("NO LEADER on the roster")
    return _("NOBODY TO SEND on the roster")


def through_words(found: Progress, again: NextCall | None) -> str:
    """The order of calls is through: was everybody told, and what to do where not."""
    if found.complete:
        return _("Everybody was told.")
    if again is None:
        return _("NOT everybody is told. F3: phone book; F4: tell somebody who is not listed.")
    words = _("NOT everybody is told. Ring {name} again; F3: phone book; F4: somebody else.")
    return words.format(name=target_name(again.target))


def state_words(case: Case, now: datetime, zone: tzinfo) -> str:
    """How an emergency that is over ended, and when."""
    if case.stage is Stage.INVALID:
        return _("called off")
    if case.stage is Stage.FINAL:
        at = case.final_at
        return _("final {time}").format(time=short_time(at, now, zone) if at else "").strip()
    if case.stage.handled:
        at = case.written_off_at
        return _("written off {time}").format(time=short_time(at, now, zone) if at else "").strip()
    if case.stood_down_at is None:
        return ""
    words = _("false alarm {time}") if case.false_alarm else _("stood down {time}")
    return words.format(time=short_time(case.stood_down_at, now, zone))


def ended_lines(case: Case, now: datetime, zone: tzinfo, running: str) -> str:
    """In place of the telephone where the emergency is over; ``running`` is another's number."""
    over = _("Over ({state}): there is nobody to ring here.")
    keys = _("9 log  0 who came, order  F5 follow up  F6 write off")
    if case.stage.ended:
        keys = _("9 log")
    elif case.stage.handled:
        keys = _("9 log  F5 follow up: what goes on after the write-off")
    enter = _("Enter: to {number}, which is still going on").format(number=running)
    enter = enter if running else _("Enter: back")
    return "\n".join(
        f" {line}" for line in (over.format(state=state_words(case, now, zone)), enter, keys)
    )


def script_lines(
    target: Target, here: CallingFrom, told: EmergencyFacts, card: Card | None = None
) -> list[str]:
    """What to say: a service outside has its own words, one's own people are told in a few
    lines what to do by the kind's card; who goes there also hears where the keys are."""
    if not target.person:
        return outside_lines(target.name, here, told)
    where = said_place(told.place) or _("place not known yet")
    first = _("Dispatch: {kind}, {place}.").format(kind=told.title, place=where)
    leads = target.rung >= 0
    deed = card.words_to(HEAD if leads else target.scene_id) if card is not None else None
    own = [localized(deed)] if deed is not None else []
    if target.leaving is not None:
        deed_and_post = _("{first} {second}")
        own = [deed_and_post.format(first="".join(own), second=localized(target.leaving))]
    if leads:
        return [first, *own, _("People are being called out. Your orders? Please repeat.")]
    keys = here.address.key_box
    box = [_("Keys: the box at {place}.").format(place=keys)] if keys else []
    last = (
        _("Report to me. Please repeat.")
        if own
        else _("Go there at once and report to me. Please repeat.")
    )
    return [first, *own, *box, last]


NOT_OUTSIDE = (CallOutcome.RELAYED, CallOutcome.IN_PERSON)
"""Results that a call to a service outside cannot have: it is told by its own line or not at all.
"""


def outcome_keys(*, outside: bool = False) -> list[tuple[str, str]]:
    """The digits with what each does: the results of a call, then what is no result.

    ``outside``: a service outside is rung; what cannot come of that has no digit.
    """
    names = [call_outcome_name(o) for o in CallOutcome]
    names[list(CallOutcome).index(CallOutcome.OFF)] = _("Off")
    names += [_("read back"), _("place"), _("log"), _("more")]
    dead = [list(CallOutcome).index(each) + 1 for each in NOT_OUTSIDE] if outside else []
    keys = enumerate(names, 1)
    return [(str(digit % 10), name) for digit, name in keys if digit not in dead]


def dead_keys(field: str) -> tuple[str, str]:
    """In place of the results while a ``field`` is typed: the digits log no call now."""
    away = _("Esc or Tab leaves it; then press.")
    if field == "place":
        return _("Digits log no call now: typing in the place."), away
    if field == "taken":
        return (
            _("Digits log no call now: they pick who took the message; or type a name."),
            _("Enter: relayed, not known by whom. Esc: no call."),
        )
    return _("Digits log no call now: typing in the log."), away


def numbers_line(outside: Sequence[tuple[str, str]]) -> str:
    """The numbers that any kind may need, in one line; the call tree has all of them."""
    return "  ".join(
        f"{outside_name(name)} {number}" for name, number in outside if name in ON_EVERY_CARD
    )


def beside_line(
    number: str, kind: str, place: str, waits: float | None, *, complete: bool = False
) -> str:
    """Another emergency in a few words: how long its next call has been waiting, in seconds."""
    if waits is not None:
        waiting = _("next call waits {length}").format(length=spoken(waits))
    else:
        waiting = _("everybody was told") if complete else _("NOT everybody is told")
    return "  ".join(part for part in (number, kind, place, waiting) if part)
