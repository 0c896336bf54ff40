"""What asks for a sound: the duties that fall due, the cases and emergencies nobody hears of."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import msgspec

from dispatcher_tui.desk.desk import Desk
from dispatcher_tui.domain.duties.alarm import Tone, Wanted
from dispatcher_tui.domain.emergency.post_held import holds_post
from dispatcher_tui.domain.record.case_line import CaseLine
from dispatcher_tui.domain.words.terms import Channel


def calls_for_help(line: CaseLine) -> bool:
    """Whether a line may be an emergency in which nobody was reached yet; its calls tell."""
    return line.open and line.emergency and line.shout


def reached(desk: Desk, case_ids: Iterable[str]) -> frozenset[str]:
    """Those of the cases in which somebody was reached, for whatever purpose."""
    found = ((case_id, desk.store.case(case_id)) for case_id in case_ids)
    return frozenset(
        case_id
        for case_id, record in found
        if record is not None and any(call.outcome.reached for call in record.case.calls)
    )


class CameIn(msgspec.Struct, frozen=True):
    """An emergency that came in from outside the terminal: a panel's, or another program's."""

    case_id: str
    number: str
    kind: str
    place: str


def came_in(desk: Desk, case_ids: Iterable[str], *, whoever: bool = False) -> tuple[CameIn, ...]:
    """Those of the cases that nobody opened here, or all ``whoever`` did, in the order given."""
    found = []
    for case_id in case_ids:
        record, entries = desk.store.case(case_id), desk.store.entries(case_id)
        if record is None or not entries:
            continue
        case = record.case
        if not holds_post(case, desk.rules_of(case).procedure):
            continue
        if whoever or case.channel is Channel.PANEL or entries[0].actor != desk.actor:
            kind = case.emergency_kind or case.category
            found.append(CameIn(case.id, case.number, kind, case.place))
    return tuple(found)


class _Known(msgspec.Struct):
    """The next firing of a case, the tone it will ask for, and whether it has asked already."""

    fire_at: datetime | None
    tone: Tone
    asked: bool = False


def _tone_of(line: CaseLine) -> Tone:
    if line.emergency and not line.stage.handled:
        return Tone.EMERGENCY
    return Tone.UNTOLD if line.shout else Tone.ORDINARY


class Alarms:
    """What asks for a sound, kept up to date by the lines that change; cheap to ask every second.

    A duty asks when it falls due, once, as it is written down once; what fell due and was
    written down before the desk began does not ask again.
    """

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._queue: list[tuple[datetime, str]] = []
        self._untold: dict[str, datetime] = {}
        self._first_untold: datetime | None = None
        self._unreached: set[str] = set()
        self._waiting: datetime | None = None
        self._at_once = False
        self._fallen: dict[Tone, list[str]] = {}

    def begin(self, lines: Sequence[CaseLine], reached: Collection[str], now: datetime) -> None:
        """Take over all lines there are; also when they are read anew."""
        if self._known:
            there = {line.id for line in lines}
            self._known = {key: known for key, known in self._known.items() if key in there}
            self.take(lines, reached, now)
            return
        for line in lines:
            self._learn(line, reached, None)
        self._first_untold = min(self._untold.values(), default=None)

    def take(self, lines: Iterable[CaseLine], reached: Collection[str], now: datetime) -> None:
        """Take over lines that changed; ``reached`` are the emergencies somebody was reached in."""
        for line in lines:
            before = self._known.get(line.id)
            if before is None:
                # One that comes in with a duty already late, as a late entry does.
                if line.open and line.next_due is not None and line.next_due <= now:
                    self._fell_due(_tone_of(line), now, line.id)
            elif not before.asked and before.fire_at is not None and before.fire_at <= now:
                # It was written down before a heartbeat had seen it.
                self._fell_due(before.tone, now, line.id)
                before.asked = True
            self._learn(line, reached, before)
        self._first_untold = min(self._untold.values(), default=None)

    def _learn(self, line: CaseLine, reached: Collection[str], before: _Known | None) -> None:
        self._unreached.discard(line.id)
        self._untold.pop(line.id, None)
        if not line.open:
            self._known.pop(line.id, None)
            return
        same = before is not None and before.fire_at == line.fire_at
        asked = before is not None and same and before.asked
        self._known[line.id] = _Known(line.fire_at, _tone_of(line), asked)
        if line.fire_at is not None and not same:
            heapq.heappush(self._queue, (line.fire_at, line.id))
        if calls_for_help(line):
            if line.id not in reached:
                self._unreached.add(line.id)
        elif line.shout and line.next_due is not None:
            self._untold[line.id] = line.next_due

    def _fell_due(self, tone: Tone, now: datetime, case_id: str = "") -> None:
        if case_id:
            self._fallen.setdefault(tone, []).append(case_id)
        if tone is Tone.EMERGENCY:
            self._at_once = True
        elif tone is Tone.ORDINARY and self._waiting is None:
            self._waiting = now

    def wanted(self, now: datetime) -> Wanted:
        """What asks for a sound at a moment; only what has come due since is looked at."""
        while self._queue and self._queue[0][0] <= now:
            at, case_id = heapq.heappop(self._queue)
            known = self._known.get(case_id)
            if known is not None and known.fire_at == at and not known.asked:
                known.asked = True
                self._fell_due(known.tone, now, case_id)
        return Wanted(
            ordinary=self._waiting,
            untold=self._first_untold is not None and self._first_untold <= now,
            unreached=bool(self._unreached),
            at_once=self._at_once,
        )

    def fell_due(self, now: datetime) -> None:
        """A duty of the desk itself, which is no case's, fell due."""
        self._fell_due(Tone.ORDINARY, now)

    def asking(self, tone: Tone, now: datetime) -> tuple[str, ...]:
        """The cases a tone is about, by their ids: what fell due, and whom nobody hears of."""
        found = [*self._fallen.get(tone, ())]
        if tone is Tone.UNTOLD:
            found += [case_id for case_id, due in self._untold.items() if due <= now]
        elif tone is Tone.EMERGENCY:
            found += sorted(self._unreached)
        return tuple(dict.fromkeys(found))

    def heard(self, tone: Tone) -> None:
        """A tone has sounded: all that waited for it is told by it."""
        self._fallen.pop(tone, None)
        if tone is Tone.ORDINARY:
            self._waiting = None
        elif tone is Tone.EMERGENCY:
            self._at_once = False
