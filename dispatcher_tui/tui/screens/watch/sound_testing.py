"""The sound test of a screen: every kind of sound, and whether each was heard."""

from __future__ import annotations

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.desk.watch.sound import sound_tested
from dispatcher_tui.present.i18n import _
from dispatcher_tui.tui.screens.base import DeskScreen
from dispatcher_tui.tui.widgets.question import AnswerKey, Question

HEARD = "heard"
"""The question's name."""


def _tested(desk: Desk, heard: bool) -> bool:
    sound_tested(desk, heard)
    return True


class SoundTesting(DeskScreen):
    """A screen with a question of its own, on which the sound can be tested."""

    async def test_sound(self) -> None:
        """Sound each kind, and ask whether it was heard."""
        self.say("")
        self.shell.alarm.test()
        self.query_one(Question).put(
            HEARD,
            _("Sound test: ordinary, nobody told, emergency. Was each heard?"),
            AnswerKey("yes", _("heard"), "1"),
            AnswerKey("no", _("NOT heard"), "0"),
            AnswerKey("again", _("sound it again"), "3"),
        )

    async def sound_was(self, heard: str) -> None:
        """What came of it is written down, or it is sounded once more."""
        if heard == "again":
            await self.test_sound()
            return
        well = heard == "yes"
        if await self.run_on_desk(lambda desk: _tested(desk, well)) is None:
            return
        await self.shell.take_news()
        good = _("The sound test is written down: heard.")
        self.say(good if well else _("Written down: NOT heard. See to the sound (doctor)."))
