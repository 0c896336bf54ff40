"""A thing goes out of the handout book or comes back: what it takes, and what is refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

import msgspec

from dispatcher_tui.domain.case.naming import refuse_no_name
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.record.handout_events import ThingCameBack, ThingHandedOut
from dispatcher_tui.domain.record.watch_events import WatchEvent
from dispatcher_tui.domain.time.calendar import Calendar
from dispatcher_tui.domain.watch.handouts import (
    FieldSort,
    HandoutRegister,
    HandoutText,
    HandoutThing,
    Taker,
    ThingOut,
    back_by,
    kept_as,
)
from dispatcher_tui.domain.watch.post import Post
from dispatcher_tui.domain.words.phone import plausible_phone
from dispatcher_tui.domain.words.place import normalise_place
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.domain.words.text import clean_text


class HandOutAsked(msgspec.Struct, frozen=True):
    """A thing that goes out, as somebody gives it: of which register, which ``thing`` by its id or
    ``what`` it is, ``who`` has it, the register's fields by their ids; ``due`` where another time
    than the register's was agreed."""

    register: str
    thing: str = ""
    what: str = ""
    who: str = ""
    fields: Mapping[str, str] = {}
    due: datetime | None = None


class BackAsked(msgspec.Struct, frozen=True):
    """What went out with that number is back: ``who`` took it, where its register asks that, and
    what was noted (broken, a part missing)."""

    number: int
    who: str = ""
    note: str = ""


class Written(NamedTuple):
    """An entry with the text that it has the hash of; the text is empty where it has none."""

    event: WatchEvent
    text: str


def _line(text: str) -> str:
    return clean_text(text, multiline=False).text.strip()


def _refused(code: str, label: Label, **detail: str) -> Refusal:
    """A refusal that names something of the register, in both languages."""
    return Refusal(code, "", (), name_zh=label.zh, name_en=label.en or label.zh, **detail)


def _clock(at: datetime, calendar: Calendar) -> str:
    return f"{at.astimezone(calendar.tz):%m-%d %H:%M}"


def _thing(
    register: HandoutRegister, asked: HandOutAsked, post: Post, calendar: Calendar
) -> HandoutThing | None:
    """Which of the register's things it is; None where it has none of its own."""
    if not register.things:
        return None
    found = register.thing(asked.thing)
    if found is None:
        known = " ".join(each.id for each in register.things)
        code = "handout_thing_unknown" if asked.thing else "handout_thing_missing"
        raise Refusal(code, name=asked.thing or _line(asked.what), known=known)
    for out in post.out:
        if (out.register, out.thing) == (register.id, found.id):
            since = _clock(out.at, calendar)
            raise _refused("handout_out", found.label, number=str(out.number), time=since)
    return found


def _fields(register: HandoutRegister, given: Mapping[str, str]) -> dict[str, str]:
    """What was given for the register's fields."""
    known = [each.id for each in register.fields]
    strange = [each for each in given if each not in known]
    if strange:
        raise Refusal("handout_field_unknown", name=strange[0], known=" ".join(known) or "-")
    found = {}
    for field in register.fields:
        text = _line(given.get(field.id, ""))
        if not text:
            if field.required:
                raise _refused("handout_field_missing", field.label, field=field.id)
            continue
        if field.sort is FieldSort.PHONE and not plausible_phone(text):
            raise Refusal("handout_phone_unfit", field=field.id, text=text)
        found[field.id] = normalise_place(text) if field.sort is FieldSort.PLACE else text
    return found


def handed_out(
    register: HandoutRegister,
    asked: HandOutAsked,
    post: Post,
    staff: Collection[str],
    calendar: Calendar,
    at: datetime,
    text_id: str,
) -> Written:
    """The entry that a thing becomes which goes out at a moment, with its text.

    Args:
        register: the one it is of.
        asked: what was given.
        post: how the watch stands: what is out already.
        staff: the names of the roster.
        calendar: the site's.
        at: when it goes out (UTC).
        text_id: a random one for the text.

    Raises:
        Refusal: which thing it is is missing or unknown, it is out already, nobody has it or one
            who may not, a field is missing, unknown or no telephone number, or the time that was
            agreed is past.
    """
    thing = _thing(register, asked, post, calendar)
    what = "" if thing is not None else _line(asked.what)
    if thing is None and not what and register.what is not None:
        raise _refused("handout_what_missing", register.what)
    who = _line(asked.who)
    refuse_no_name(who)
    if register.may is Taker.STAFF and who not in staff:
        raise Refusal("handout_not_staff", name=who)
    fields = _fields(register, asked.fields)
    if asked.due is not None and asked.due <= at:
        raise Refusal("handout_due_past", time=_clock(asked.due, calendar))
    text = kept_as(HandoutText(id=text_id, who=who, what=what, fields=fields))
    event = ThingHandedOut(
        number=post.handed_out + 1,
        register=register.id,
        label=register.label,
        thing=thing.id if thing is not None else "",
        thing_label=thing.label if thing is not None else None,
        due=asked.due or back_by(register, calendar, at),
        sha256=sha256(text.encode()).hexdigest(),
    )
    return Written(event, text)


def _still_out(post: Post, number: int, came_back: datetime | None, calendar: Calendar) -> ThingOut:
    found = post.thing_out(number)
    if found is not None:
        return found
    if came_back is not None:
        raise Refusal("handout_back_twice", number=str(number), time=_clock(came_back, calendar))
    raise Refusal("handout_never_out", number=str(number))


def came_back(
    asked: BackAsked,
    register: HandoutRegister | None,
    post: Post,
    before: datetime | None,
    calendar: Calendar,
    at: datetime,
    text_id: str,
) -> Written:
    """The entry that a thing's coming back becomes, with its text.

    Args:
        asked: what was given.
        register: the thing's, None where the site has it no longer.
        post: how the watch stands.
        before: when what had that number came back, if it did.
        calendar: the site's.
        at: when it came back (UTC).
        text_id: a random one for the text.

    Raises:
        Refusal: nothing ever went out with that number, it is back already or came back before it
            went out, or who takes it is missing.
    """
    out = _still_out(post, asked.number, before, calendar)
    if at < out.at:
        raise Refusal(
            "handout_back_before_out", number=str(out.number), time=_clock(out.at, calendar)
        )
    who, note = _line(asked.who), _line(asked.note)
    if register is not None and register.claimant is not None and not who:
        raise _refused("handout_claimant_missing", register.claimant)
    if who:
        refuse_no_name(who)
    text = kept_as(HandoutText(id=text_id, who=who, note=note)) if who or note else ""
    event = ThingCameBack(
        number=out.number,
        register=out.register,
        label=out.label,
        thing_label=out.thing_label,
        due=out.due,
        sha256=sha256(text.encode()).hexdigest() if text else "",
    )
    return Written(event, text)
