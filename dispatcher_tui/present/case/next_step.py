"""What a case needs next, in one plain sentence, and the key that does it.

The sentence is made of the nearest duty and the facts of the case: what is not as it should be,
then what to do, then by when. No rule is named in it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

import msgspec

from dispatcher_tui.domain.case.decide_postings import postings_of
from dispatcher_tui.domain.case.evolve_papers import forms_out
from dispatcher_tui.domain.duties.duties import (
    CALL_BACK,
    CORRECTION,
    KEEP,
    SIGNATURE,
    Duty,
    Rules,
)
from dispatcher_tui.domain.procedure import Procedure, Step
from dispatcher_tui.domain.record.case import Case, Promise
from dispatcher_tui.domain.words.people import Person
from dispatcher_tui.domain.words.terms import Stage
from dispatcher_tui.present.case.closing import role_name
from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.i18n import _, localized, ngettext
from dispatcher_tui.present.line_texts import due_time

PROMISE, STEP, POSTING = "promise", "step:", "posting:"

OPEN = "open"
"""What Enter does: the case itself, whose nearest duty Enter then does."""


class NextStep(msgspec.Struct, frozen=True):
    """The sentence, and the action of the registry that does it; ``open`` is Enter's, empty none.

    ``due``: when the duty is due (UTC), None where nothing runs.
    """

    text: str
    action: str = ""
    due: datetime | None = None


class _Facts(msgspec.Struct, frozen=True):
    """What a sentence is made of; ``person`` is the best one to ring, where somebody is."""

    case: Case
    duty: Duty
    rules: Rules
    person: Person | None
    now: datetime

    @property
    def procedure(self) -> Procedure:
        return self.rules.procedure

    @property
    def zone(self) -> tzinfo:
        return self.rules.calendar.tz

    @property
    def label(self) -> str:
        return localized(self.duty.general_label)

    @property
    def late(self) -> str:
        """By how much it is late, in words; empty where it is not."""
        due = self.duty.due
        return "" if due is None or due >= self.now else spoken((self.now - due).total_seconds())

    @property
    def responsible(self) -> str:
        """Who is responsible and knows of it, by name."""
        who = self.case.responsible
        return who.name if who else _("the person responsible")

    @property
    def whom(self) -> str:
        """The person to ring with what they are; empty where nobody is known."""
        if self.person is None:
            return ""
        title = self.person.title or role_name(self.procedure, self.person.role)
        return f"{self.person.name} {title}".strip()

    @property
    def step(self) -> Step | None:
        return self.procedure.step(self.duty.do.removeprefix(STEP))

    def time(self, at: datetime) -> str:
        return due_time(at, self.now, self.zone)


def next_step(
    case: Case, duty: Duty | None, rules: Rules, now: datetime, person: Person | None = None
) -> NextStep:
    """What the case needs next.

    Args:
        case: as it stands.
        duty: the nearest one that is owed; None where none is.
        rules: what judges the case.
        now: the present moment (UTC).
        person: whom to ring for it, where it is a call and the roster has somebody.
    """
    if duty is None:
        return NextStep(_("Nothing is owed on this case."))
    facts = _Facts(case, duty, rules, person, now)
    if duty.due is None:
        words = _("{what}: not begun yet").format(what=facts.label)
        return NextStep(words, OPEN)
    say, action = _kind(facts)
    state, act = say(facts)
    if facts.late:
        state = _("{what}, {length} late").format(what=state, length=facts.late)
    elif duty.clock != PROMISE:
        act = _timed(facts, act)
    return NextStep(_("{what}: {act}").format(what=state, act=act), action, duty.due)


def _timed(f: _Facts, act: str) -> str:
    """What to do, and by when; or from when on, where it may not be done before."""
    assert f.duty.due is not None
    if f.duty.opens is not None and f.now < f.duty.opens:
        return _("{act}, not before {time}").format(act=act, time=f.time(f.duty.opens))
    return _("{act}, by {time}").format(act=act, time=f.time(f.duty.due))


_Saying = Callable[[_Facts], tuple[str, str]]
"""What is so, and what is to be done about it."""


def _kind(f: _Facts) -> tuple[_Saying, str]:
    """The sentence for a kind of duty and the action that does it, by the duty's ``do``."""
    duty = f.duty
    if duty.clock == PROMISE:
        return _promised, "follow_up"
    if duty.clock == CORRECTION:
        return _correction, "notify"
    if duty.do.startswith(CALL_BACK):
        return _call_back, "notify"
    if duty.do.startswith(STEP):
        return _step, "record_step"
    if duty.do.startswith(POSTING):
        return _posting, OPEN
    kinds: dict[str, tuple[_Saying, str]] = {
        "notify": (_notify, "notify"),
        "close": (_paper if f.case.stage is Stage.WRITTEN_OFF else _write_off, "close"),
        "sign": (_signature, "close"),
        "decide": (_signature, OPEN),
        "forms": (_signature if duty.clock == SIGNATURE else _form_out, "forms"),
        "homes": (_home, OPEN),
        "emergency": (_emergency, "emergency"),
        "corrective": (_corrective, "corrective"),
        "note": (_plain, "note"),
        "typical": (_plain, "typical"),
    }
    return kinds.get(duty.do, (_follow_up, "follow_up"))


def _ring(f: _Facts) -> str:
    """To ring somebody, named where the roster has somebody."""
    if not f.whom:
        return _("choose whom to ring")
    return _("ring {who}").format(who=f.whom)


def _notify(f: _Facts) -> tuple[str, str]:
    case = f.case
    missed = sum(call.outcome.missed for call in case.calls)
    if case.notified_at is None and missed:
        words = ngettext("Rang {n} time, nobody reached", "Rang {n} times, nobody reached", missed)
        return words.format(n=missed), _ring(f)
    if case.notified_at is None:
        return _("Nobody was told"), _ring(f)
    if case.assignee is not None and case.assignee.notified_at is None:
        return _("{name} does not know yet").format(name=case.assignee.name), _ring(f)
    return f.label, _ring(f)


def _made(f: _Facts) -> Promise | None:
    return next((made for made in f.case.promises if made.key == f.duty.key), None)


def _promised(f: _Facts) -> tuple[str, str]:
    made = _made(f)
    assert f.duty.due is not None
    to_caller = made is not None and made.to == "caller"
    words = _("The caller was promised {time}") if to_caller else _("Promised {time}")
    ask = _("ring {name}, ask if done") if f.late else _("then ask {name} if done")
    return words.format(time=f.time(f.duty.due)), ask.format(name=f.responsible)


def _follow_up(f: _Facts) -> tuple[str, str]:
    state = _("Nothing else runs on it") if f.duty.clock == KEEP else f.label
    return state, _("ask {name} how it stands").format(name=f.responsible)


def _paper(f: _Facts) -> tuple[str, str]:
    """Where the closing paper is, and what it still lacks."""
    slip = f.case.slip
    paper = localized(f.procedure.closing_paper.name)
    numbered = f"{paper} {slip.number}".strip()
    if slip.signed_at is not None:
        return _("{paper} is signed").format(paper=numbered), _("file it: binder and page")
    if slip.received_at is not None:
        return _("{paper} is in hand").format(paper=numbered), _("sign it and file it")
    done, outside = f.case.written_off_at or f.now, f.procedure.closing_paper.outside
    ago = spoken((f.now - done).total_seconds())
    if not slip.number and not outside:
        words, act = _("Done {length} ago, no {paper} was issued"), _("give it a number: 8 there")
        return words.format(length=ago, paper=paper), act
    holder = slip.issued_to or (f.case.assignee.name if f.case.assignee else "")
    if not holder:
        words = _("Done {length} ago, {paper} not here yet")
        return words.format(length=ago, paper=paper), _("ask for it")
    words = _("Done {length} ago, {paper} is with {name}")
    return words.format(length=ago, paper=paper, name=holder), _("ask for it")


def _write_off(f: _Facts) -> tuple[str, str]:
    said = any(s.name == "feedback_received" and s.round == f.case.round for s in f.case.signals)
    return (_("Said to be done") if said else f.label), _("write it off")


def _signature(f: _Facts) -> tuple[str, str]:
    given = next((each for each in f.case.sign_offs if each.key == f.duty.key), None)
    if f.duty.clock != SIGNATURE or given is None or not given.name:
        return f.label, _("get the signature")
    return _("{name} agreed by phone").format(name=given.name), _("get the signature")


def _form_out(f: _Facts) -> tuple[str, str]:
    """Which form is out the longest, and with whom."""
    out = min(forms_out(f.case), key=lambda each: each.slip.issued_at or f.now, default=None)
    if out is None:
        return f.label, _("take it in")
    form = f.procedure.form(out.form)
    name = localized(form.label) if form is not None else ""
    number = f"{name} {out.slip.number}".strip()
    if not out.slip.issued_to:
        return number, _("ask for it, or take it in")
    words = _("{number} is with {name}")
    return words.format(number=number, name=out.slip.issued_to), _("ask for it, or take it in")


def _corrective(f: _Facts) -> tuple[str, str]:
    return _("Work found substandard"), _("report it, open a CAPA")


def _correction(f: _Facts) -> tuple[str, str]:
    state = _("{name} was told otherwise").format(name=f.duty.name)
    return state, _("ring and put it right")


def _call_back(f: _Facts) -> tuple[str, str]:
    return f.label, _("ring {who}").format(who=f.duty.name or f.whom)


def _emergency(f: _Facts) -> tuple[str, str]:
    if f.duty.name:
        return f.label, _("ask {name}").format(name=f.duty.name)
    if f.case.notified_at is None and not any(call.outcome.reached for call in f.case.calls):
        return _("Nobody knows of the emergency"), _("go back to it and ring")
    return f.label, _("go back to the emergency")


def _step(f: _Facts) -> tuple[str, str]:
    """An act of the procedure: whom to ring for it, or what to write down."""
    step = f.step
    clock = next((each for each in f.procedure.clocks if each.key == f.duty.clock), None)
    state = f.label
    if clock is not None and "stuck" in clock.starts and step is not None and step.to:
        role = role_name(f.procedure, step.to)
        state = _("Cannot be handled, {role} decides").format(role=role)
        if step.call and f.person is not None:
            return state, _("ring {who}").format(who=f.person.name)
    if step is None or not step.to:
        words = bool(step and step.note)
        return state, _("do it, note what came of it") if words else _("do it, record it")
    if step.call:
        return state, _ring(f)
    who = f.whom or role_name(f.procedure, step.to)
    return state, _("see {who}, record it").format(who=who)


def _posting(f: _Facts) -> tuple[str, str]:
    """A notice: at how many of its doors it hangs, and what is next for it."""
    form = f.duty.do.removeprefix(POSTING)
    mine = [each for each in postings_of(f.case, form) if each.down_at is None]
    if not mine:
        return f.label, _("choose the doors, print it, have it hung")
    if all(each.hangs for each in mine):
        return f.label, _("have it taken down, record when")
    hung, every = sum(each.hangs for each in mine), len(mine)
    state = _("{what} ({hung} of {n})").format(what=f.label, hung=hung, n=every)
    return state, _("have it hung, record when")


def _home(f: _Facts) -> tuple[str, str]:
    return f.label, _("ring them")


def _plain(f: _Facts) -> tuple[str, str]:
    return f.label, _("do it, record it")
