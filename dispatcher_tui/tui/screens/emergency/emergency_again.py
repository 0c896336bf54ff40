"""Back at an emergency: whoever was being rung still is, for how long is said, and no digit counts
sooner than if the number had just come up."""

from __future__ import annotations

from datetime import datetime

from textual import events, on

from dispatcher_tui.domain.emergency.call_tree import Target
from dispatcher_tui.present.emergency.emergency_lines import still_rung_words
from dispatcher_tui.tui.being_rung import BeingRung
from dispatcher_tui.tui.screens.emergency.emergency_text import EmergencyText
from dispatcher_tui.tui.widgets.call_tree import CallTree
from dispatcher_tui.tui.widgets.lines import Lines


class EmergencyAgain(EmergencyText):
    """It remembers who stood there to be rung as another screen came over it, or it was left."""

    def __init__(self, case_id: str = "") -> None:
        super().__init__(case_id)
        self._back = ""
        """What was said last of whom it rang all the while."""

    @on(events.ScreenSuspend)
    def remember_rung(self) -> None:
        """For this screen and for any other one about the same emergency."""
        tree, found = self.query_one_optional(CallTree), self._emergency
        if tree is None or found is None or self._naming:
            return
        target, since = tree.target, tree.since
        rung = self.shell.being_rung
        rung.pop(self.case_id, None)
        if found.holds and target is not None and since is not None and tree.phone:
            calls = len(found.case.calls)
            rung[self.case_id] = BeingRung(target, tree.phone, since, calls)

    def _stand_again(self) -> str:
        """Put up whom to ring: who was being rung, while no call was made since; then it is said
        who that is. Else whoever is next."""
        kept, found = self.shell.being_rung.get(self.case_id), self._emergency
        known = kept is not None and found is not None and found.holds
        if kept is None or found is None or not known or kept.calls != len(found.case.calls):
            self._tree.advance()
            return ""
        self._tree.stand_again(kept.target, kept.phone, kept.since)
        return self._back_at(kept.target)

    def _back_at(self, target: Target) -> str:
        """No digit counts yet; who stands there to be rung, and for how long, in words."""
        self._given.free_from(self.shell.presses.last[1], asked=True)
        found, since = self._emergency, self._tree.since
        if found is None or not found.holds or since is None or not self._tree.phone:
            return ""
        return still_rung_words(target, found.standing.reach(target), since, self.session.now())

    async def come_back(self) -> None:
        """What lay over it is gone: who stands there is said, unless something else was."""
        await super().come_back()
        if self._emergency is None or self._naming or not self.is_current:
            return
        target, line = self._tree.target, self.query_one("#message", Lines)
        said = self._back_at(target) if target is not None else ""
        if said and not line.text:
            self._say_again(said)

    def _say_again(self, said: str) -> None:
        self.say(said)
        self._back = said

    def pass_time(self, now: datetime) -> None:
        """For how long somebody is being rung goes on while it stands there."""
        super().pass_time(now)
        line, found = self.query_one_optional("#message", Lines), self._emergency
        if not self._back or line is None or line.text != self._back or found is None:
            return
        target, since = self._tree.target, self._tree.since
        if target is not None and since is not None:
            self._back = still_rung_words(target, found.standing.reach(target), since, now)
            Lines.show(line, self._back)  # told before already: a key may take it away
