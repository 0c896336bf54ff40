"""Random histories of an emergency: nobody who was sent is forgotten when it ends."""

from __future__ import annotations

import random
from collections.abc import Callable

from dispatcher_tui.domain.case.evolve import fold
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.called_out import contacts, sent, under_way
from dispatcher_tui.domain.emergency.post_held import holds_post
from dispatcher_tui.domain.record import commands as cmd
from dispatcher_tui.domain.words.terms import CallOutcome, Responder, Stage
from tests.domain.support import Story
from tests.rules.sending import CREW, emergency, over, report, ring_outside, tell_head


def _random_step(story: Story, dice: random.Random) -> None:
    who = dice.choice(CREW)
    turns: list[Callable[[], object]] = [
        lambda: story.call(dice.choice(list(CallOutcome)), who=who, purpose="called_out"),
        lambda: story.call(dice.choice(list(CallOutcome)), who=who),
        lambda: story.call(who=who, purpose="sent_back"),
        lambda: tell_head(story),
        lambda: ring_outside(story, dice.choice(["119", "120"])),
        lambda: report(story, who, dice.choice(list(Responder))),
        lambda: story.do(cmd.NameEmergency(kind="fire", place=dice.choice(["5-1", "7-2"]))),
        lambda: over(story, false_alarm=dice.random() < 0.5, why=dice.choice(["", "x"])),
        lambda: story.do(cmd.ResumeEmergency(reason="复燃")),
        lambda: story.do(cmd.Regrade(level="ordinary", reason="x")),
        lambda: story.do(cmd.CallOff(reason="x")),
        lambda: story.write_off(head="赵主任"),
        lambda: story.fire(),
    ]
    try:
        dice.choice(turns)()
    except Refusal:
        return


def test_no_emergency_ends_with_somebody_sent_and_unnamed() -> None:
    """Over random histories: who was told to come has reported back, was sent back, or is named by
    a duty that is owed or was missed; and nobody is named who never heard of it."""
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    dice = random.Random(seed)
    ended = 0
    for _nth in range(150):
        story = emergency()
        for _turn in range(dice.randrange(4, 25)):
            story.after(seconds=dice.randrange(1, 240))
            _random_step(story, dice)
        case, procedure = story.case, story.rules.procedure
        assert fold(story.entries) == case
        keys = [duty.key for duty in story.owed().values()]
        assert len(keys) == len(set(keys))
        named = {d.who for d in story.owed().values() if d.pending and d.who}
        going = {contact.who for contact in under_way(case, procedure)}
        told = {contact.who for contact in contacts(case)}
        assert {d.who for d in story.owed().values() if d.who} <= told
        if case.stage is Stage.INVALID:
            assert not going
        elif case.level == "emergency":
            ours = {contact.who for contact in sent(case, procedure)}
            assert going & ours <= named, "each of ours under way is named by a duty"
            if not holds_post(case, procedure):
                ended += 1
                assert going <= named, "119 included"
                assert named <= going
    assert ended > 10
