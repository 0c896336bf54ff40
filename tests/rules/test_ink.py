"""Signed in ink and seen by the one who acts: wherever a case is signed for (E-09)."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest

from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.triage import emergency_level
from dispatcher_tui.domain.procedure import Money
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.record import events as ev
from dispatcher_tui.domain.record.context import RoleHeld
from dispatcher_tui.domain.record.sign_off import Ink, ink_of
from dispatcher_tui.domain.words.terms import SignedBy, Stage
from tests.domain.reviewing import method, stuck
from tests.domain.support import P0, Story, rules, written_off

OPENED, HEAD = "2026-11-20 09:00", "赵主任"
ACTOR = "李建国"
PAPER = Ink("应急处置表 07", "2")
SEEN = Ink("应急处置表 07", "2", ACTOR)


def emergency() -> Story:
    """An emergency ready to be written off, but for the head's signature."""
    story = Story(P0, OPENED).open(level=emergency_level(rules(P0).procedure).id)
    story.call().call(who=("head", HEAD), purpose="reported", read_back=True)
    return story.stood_down()


def off(ink: Ink | None, name: str = HEAD, role: str = "head", **more: object) -> cmd.WriteOff:
    """The write-off signed for in that role, by PIN where there is no ink."""
    inked = {role: ink} if ink is not None else {}
    given = written_off(**{role: name})
    return msgspec.structs.replace(given, ink=inked, **more)


def owed(story: Story) -> str:
    """The key of the signature that was agreed by phone and is owed."""
    return next(each.key for each in story.case.sign_offs if each.owed)


def agreed() -> Story:
    story = emergency().after(minutes=1)
    story.do(cmd.AgreeByPhone(subject="head_signature", name=HEAD))
    return story


def limited() -> Story:
    """An ordinary case under a procedure that lets the operator give 100 yuan alone."""
    story = Story(P0, OPENED)
    limit = Money(rule="P0-07", limit_yuan=100, approver="head")
    procedure = msgspec.structs.replace(story.rules.procedure, money=(limit,))
    story.rules = msgspec.structs.replace(story.rules, procedure=procedure)
    return story.open().call()


def with_paper() -> Story:
    """Written off, with the closing paper in hand; the general manager signs it."""
    story = Story(P0, OPENED)
    paper = msgspec.structs.replace(story.rules.procedure.closing_paper, signer="head")
    procedure = msgspec.structs.replace(story.rules.procedure, closing_paper=paper)
    story.rules = msgspec.structs.replace(story.rules, procedure=procedure)
    story.open().call().write_off().after(minutes=1)
    story.do(cmd.ReceivePaper(number="FW-000123"))
    return story


def signed_step() -> Story:
    """A case under a procedure in which the head signs that the aftermath is over."""
    story = Story(P0, OPENED)
    steps = tuple(
        msgspec.structs.replace(step, signer="head") if step.id == "aftermath_over" else step
        for step in story.rules.procedure.steps
    )
    procedure = msgspec.structs.replace(story.rules.procedure, steps=steps)
    story.rules = msgspec.structs.replace(story.rules, procedure=procedure)
    return story.open().call()


class Place:
    """A place that signs: a case that has come there, and the command that signs for it."""

    def __init__(
        self,
        name: str,
        begin: Callable[[], Story],
        sign: Callable[[Story, Ink | None, str], cmd.Command],
    ) -> None:
        self.name, self.begin, self.sign = name, begin, sign


def _step(ink: Ink | None, name: str) -> cmd.RecordStep:
    signer = name if ink is not None else ""
    return cmd.RecordStep(step="aftermath_over", note="结案", role="head", signer=signer, ink=ink)


def _method(ink: Ink | None, name: str) -> cmd.SetMethod:
    how = SignedBy.PIN if ink is None else SignedBy.INK
    return msgspec.structs.replace(method(), name=name, how=how, ink=ink)


PLACES = [
    Place("write-off", emergency, lambda s, ink, name: off(ink, name)),
    Place("money", limited, lambda s, ink, name: off(ink, name, compensation_fen=10_100)),
    Place(
        "owed",
        agreed,
        lambda s, ink, name: cmd.SignOwed(key=owed(s), name=name, role="head", ink=ink),
    ),
    Place("decision", stuck, lambda s, ink, name: _method(ink, name)),
    Place(
        "paper",
        with_paper,
        lambda s, ink, name: cmd.SignPaper(signer=name, role="head", ink=ink),
    ),
    Place("step", signed_step, lambda s, ink, name: _step(ink, name)),
]
EVERY = pytest.mark.parametrize("place", PLACES, ids=[place.name for place in PLACES])


def inked(story: Story, since: int) -> list[ev.Signed | ev.PaperSigned]:
    """The entries since then that say of a signature in ink."""
    events = (entry.event for entry in story.entries[since:])
    signs = (each for each in events if isinstance(each, ev.Signed | ev.PaperSigned))
    return [each for each in signs if ink_of(each, "") is not None]


KNOWN = (
    RoleHeld(HEAD, "head"),
    RoleHeld("钱副主任", "head"),
    RoleHeld("孙副总", "vp"),
    RoleHeld(ACTOR, "dispatcher"),
)


@EVERY
@pytest.mark.parametrize("name", [HEAD, f" {HEAD} ", "钱副主任"])
def test_whoever_holds_the_role_may_sign_in_ink(place: Place, name: str) -> None:
    story = place.begin()
    story.known, since = KNOWN, len(story.entries)
    story.do(place.sign(story, PAPER, name))
    signed = [e.signer if isinstance(e, ev.PaperSigned) else e.name for e in inked(story, since)]
    assert signed == [name.strip()]


@EVERY
@pytest.mark.parametrize("name", ["路人", "孙副总", "赵主"])
def test_a_stranger_and_whoever_holds_another_role_may_not(place: Place, name: str) -> None:
    story = place.begin()
    story.known = KNOWN
    refusal = story.refused(place.sign(story, PAPER, name))
    assert refusal.code == "not_in_role"
    assert refusal.detail["known"] == ", ".join(sorted((HEAD, "钱副主任")))


@EVERY
@pytest.mark.parametrize(("name", "code"), [("孙副总", "wrong_role"), ("路人", "")])
def test_where_nobody_is_known_in_the_role_only_who_is_known_in_another_may_not(
    place: Place, name: str, code: str
) -> None:
    story = place.begin()
    story.known, since = KNOWN[2:], len(story.entries)
    command = place.sign(story, PAPER, name)
    if code:
        assert story.refused(command).code == code
    else:
        story.do(command)
    assert len(inked(story, since)) == (not code)


@EVERY
def test_in_ink_it_is_signed_and_the_entry_says_who_where_and_who_saw_it(place: Place) -> None:
    story = place.begin()
    before = len(story.entries)
    story.do(place.sign(story, Ink("  应急处置表 07 ", " 2 "), f" {HEAD} "))
    (event,) = inked(story, before)
    name = event.name if isinstance(event, ev.Signed) else event.signer
    assert (name, event.role, event.paper, event.page) == (HEAD, "head", "应急处置表 07", "2")
    (entry,) = (each for each in story.entries if each.event is event)
    assert (entry.actor, entry.cosigner) == (ACTOR, "")
    if isinstance(event, ev.Signed):
        last = story.case.sign_offs[-1]
        assert (last.ink, last.owed, last.signed_at) == (SEEN, False, story.now)
    else:
        slip = story.case.slip
        assert (slip.ink, slip.signed_by, slip.signed_at) == (SEEN, HEAD, story.now)
    assert not [
        name for name, how in story.states().items() if name == "signature" and how == "running"
    ]


@EVERY
def test_by_pin_it_is_signed_as_before_and_nothing_says_of_ink(place: Place) -> None:
    story = place.begin()
    before = len(story.entries)
    story.do(place.sign(story, None, HEAD), cosigner=HEAD)
    assert inked(story, before) == []
    assert len(story.entries) > before
    assert all(each.ink is None for each in story.case.sign_offs)
    assert story.case.slip.ink is None


@EVERY
@pytest.mark.parametrize(
    ("ink", "name", "code"),
    [
        (Ink("", "2"), HEAD, "ink_paper_missing"),
        (Ink("  ", "2"), HEAD, "ink_paper_missing"),
        (Ink("表 07", ""), HEAD, "ink_page_missing"),
        (Ink("表 07", "\t"), HEAD, "ink_page_missing"),
        (Ink("表 07", "2"), ACTOR, "ink_own"),
        (Ink("表 07", "2"), f" {ACTOR} ", "ink_own"),
    ],
)
def test_what_is_not_said_of_it_or_is_ones_own_is_refused_and_nothing_written(
    place: Place, ink: Ink, name: str, code: str
) -> None:
    story = place.begin()
    assert story.refused(place.sign(story, ink, name)).code == code


@EVERY
def test_of_nobody_it_is_no_signature(place: Place) -> None:
    story = place.begin()
    refusal = story.refused(place.sign(story, PAPER, "  "))
    wanted = {
        "write-off": "write_off_incomplete",
        "money": "over_limit",
        "decision": "name_missing",
    }
    assert refusal.code in (wanted.get(place.name), "ink_name_missing")


@pytest.mark.parametrize("role", ["vp", "gm", ""])
def test_of_another_role_it_is_none_where_one_is_asked_for(role: str) -> None:
    story = agreed()
    wrong = cmd.SignOwed(key=owed(story), name="孙副总", role=role, ink=PAPER)
    assert story.refused(wrong).code == "wrong_signer"
    paper = with_paper()
    assert (
        paper.refused(cmd.SignPaper(signer="孙副总", role=role, ink=PAPER)).code == "wrong_signer"
    )
    step = signed_step()
    asked = msgspec.structs.replace(_step(PAPER, "孙副总"), role=role)
    assert step.refused(asked).code == "wrong_role"
    assert (
        emergency().refused(off(PAPER, "孙副总", role or "nobody")).code == "write_off_incomplete"
    )


def test_a_step_that_nobody_signs_takes_no_ink() -> None:
    story = Story(P0, OPENED).open().call()
    assert story.refused(_step(PAPER, HEAD)).code == "not_signed_for"


@pytest.mark.rule("E-09")
def test_it_makes_an_agreement_by_phone_good_also_with_the_write_off() -> None:
    story = agreed().after(minutes=5)
    assert story.states()["signature"] == "running"
    story.do(off(PAPER))
    (only,) = story.case.sign_offs
    assert (only.how, only.owed, only.ink) == (SignedBy.PHONE, False, SEEN)
    assert (story.case.stage, story.states()["signature"]) == (Stage.WRITTEN_OFF, "done")


@pytest.mark.rule("E-09")
@pytest.mark.parametrize(("late", "how"), [(-1, "done"), (0, "done"), (1, "done_late")])
def test_one_second_after_its_time_it_is_signed_late(late: int, how: str) -> None:
    story = agreed()
    story.at(story.due("signature") + timedelta(seconds=late))
    story.do(cmd.SignOwed(key=owed(story), name=HEAD, role="head", ink=PAPER))
    assert story.states()["signature"] == how
    assert story.case.stage is Stage.NOTIFIED


@pytest.mark.rule("E-09")
def test_reopened_the_ink_of_before_counts_no_more() -> None:
    story = emergency()
    story.do(off(PAPER))
    story.after(minutes=1).do(cmd.Reopen(reason="复燃"))
    story.after(minutes=1).call()
    assert story.refused(written_off()).rule == "E-09"


def test_a_signature_in_ink_is_not_taken_back() -> None:
    story = emergency()
    story.do(off(PAPER))
    with pytest.raises(Refusal, match="not_taken_back"):
        story.take_back()


@pytest.mark.parametrize("first", ["phone", "ink"])
@pytest.mark.parametrize("ink", [None, PAPER])
def test_one_person_never_stands_for_two_roles_not_even_one_after_the_other(
    first: str, ink: Ink | None
) -> None:
    story = emergency()
    if first == "phone":
        story.do(cmd.AgreeByPhone(subject="head_signature", name=HEAD))
    both = msgspec.structs.replace(written_off(gm=HEAD, head="孙主任"), ink={"head": PAPER})
    if first == "ink":
        both = msgspec.structs.replace(both, signed={"gm": f" {HEAD}", "head": HEAD})
    if ink is not None:
        both = msgspec.structs.replace(both, ink={"head": ink, "gm": ink})
    assert story.refused(both).code == "signed_twice"


def _try(story: Story, command: cmd.Command) -> None:
    try:
        story.do(command)
    except Refusal:
        return


@pytest.mark.rule("E-09")
def test_however_it_is_signed_no_emergency_is_written_off_before_it_is() -> None:
    """By PIN or in ink it is signed; by phone it is pending, and the stage stays."""
    seed = secrets.randbelow(2**32)
    print(f"seed {seed}")
    draw = random.Random(seed)
    names = [HEAD, "孙主任", ACTOR, "", f" {ACTOR}"]
    inks = [None, PAPER, Ink("", "2"), Ink("表", " "), Ink(" ", "")]
    ended = {"signed": 0, "not": 0}
    for told in range(1000):
        if told >= 200 and min(ended.values()) > 20:
            break  # as many as it takes to see both ends often, whatever the seed
        story = emergency()
        for _ in range(draw.randint(1, 6)):
            story.after(minutes=draw.randint(0, 90))
            name, ink = draw.choice(names), draw.choice(inks)
            before = (story.case.stage, len(story.case.sign_offs))
            match draw.randrange(4):
                case 0:
                    command: cmd.Command = cmd.AgreeByPhone(subject="head_signature", name=name)
                case 1:
                    command = off(ink, name, draw.choice(["head", "head", "gm"]))
                case 2:
                    key = next((s.key for s in story.case.sign_offs if s.owed), "none")
                    role = draw.choice(["head", "head", "vp"])
                    command = cmd.SignOwed(key=key, name=name, role=role, ink=ink)
                case _:
                    command = written_off()
            _try(story, command)
            if isinstance(command, cmd.AgreeByPhone):
                assert story.case.stage is before[0], "agreed by phone, the stage stays"
        for each in story.case.sign_offs:
            assert each.role == "head"
            assert each.ink is None or each.ink == SEEN
            assert (
                each.ink is None
                or each.name.strip() not in ("", ACTOR)
                or each.how is SignedBy.PHONE
            )
        counted = [s for s in story.case.sign_offs if s.signed_at is not None]
        if story.case.stage is Stage.WRITTEN_OFF:
            ended["signed"] += 1
            assert counted
        else:
            ended["not"] += 1
        pending = [s for s in story.case.sign_offs if s.owed]
        assert ("signature" in story.states()) == any(
            s.how is SignedBy.PHONE for s in story.case.sign_offs
        )
        assert all(s.how is SignedBy.PHONE for s in pending)
    assert min(ended.values()) > 20, ended
