"""The commands of the site: one at a time, never waited for, and the bell where they fail."""

from __future__ import annotations

import shlex
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from dispatcher_tui.desk.site.doctor import site_findings
from dispatcher_tui.desk.watch import sound
from dispatcher_tui.desk.watch.presence import presence_confirmed, presence_missed
from dispatcher_tui.desk.watch.sound import CommandPlayer, Trouble, silence, sound_tested
from dispatcher_tui.domain.duties.alarm import Tone
from dispatcher_tui.domain.record import watch_events as ev
from dispatcher_tui.present.site.doctor_text import finding_text
from tests.site.samples import new_site, spoil
from tests.tui.support import START, desk

PATIENCE = 10.0


def script(folder: Path, *lines: str) -> str:
    """A command that runs these lines; ``said`` is the tone's name, ``log`` where it is kept."""
    path = folder / f"sound-{len(list(folder.iterdir()))}.py"
    log = folder / "log"
    head = ["import sys, time", "said = sys.argv[-1]", f"log = open({str(log)!r}, 'a')"]
    path.write_text("\n".join([*head, *lines]), encoding="utf-8")
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(path))} --volume 9"


SAY = "log.write(said + ' ' + ' '.join(sys.argv[1:-1]) + chr(10)); log.close()"
LONG = "log.write(said + chr(10)); log.close(); time.sleep(60)"


class Ear:
    """A player and what is heard of it."""

    def __init__(self, folder: Path, command: str = "", siren: str = "") -> None:
        self.folder = folder
        self.bells: list[Tone] = []
        self.troubles: list[Trouble] = []
        self.command, self.siren = command, siren
        self.player = CommandPlayer(self._commands, self.bells.append, self.troubles.append)

    def _commands(self, tone: Tone) -> tuple[str, ...]:
        return (self.siren, self.command) if tone is Tone.EMERGENCY else (self.command,)

    @property
    def log(self) -> list[str]:
        path = self.folder / "log"
        return path.read_text("utf-8").splitlines() if path.exists() else []

    def until(self, lines: int = 0, bells: int = 0) -> None:
        """Look, as the heartbeat does, until so much was heard."""
        end = time.monotonic() + PATIENCE
        while len(self.log) < lines or len(self.bells) < bells:
            assert time.monotonic() < end, (self.log, self.bells, self.troubles)
            time.sleep(0.02)
            self.player.look()

    def still(self) -> None:
        """Wait until what was begun has ended."""
        end = time.monotonic() + PATIENCE
        while self.player._running is not None:
            assert time.monotonic() < end
            time.sleep(0.02)
            self.player._settle()


def test_without_a_command_the_bell_rings(tmp_path: Path) -> None:
    ear = Ear(tmp_path, "  ")
    assert ear.player.play(Tone.ORDINARY)
    assert ear.player.play(Tone.EMERGENCY)
    assert ear.bells == [Tone.ORDINARY, Tone.EMERGENCY]


def test_a_command_is_given_the_tone_and_not_waited_for(tmp_path: Path) -> None:
    ear = Ear(tmp_path, script(tmp_path, "time.sleep(0.5)", SAY))
    before = time.monotonic()
    assert ear.player.play(Tone.UNTOLD)
    assert time.monotonic() - before < 0.4
    ear.until(lines=1)
    ear.still()
    assert ear.log == ["untold --volume 9"]
    assert (ear.bells, ear.troubles) == ([], [])


def test_no_shell_reads_it(tmp_path: Path) -> None:
    ear = Ear(tmp_path, script(tmp_path, SAY) + " ; echo $HOME | '|'")
    ear.player.play(Tone.ORDINARY)
    ear.until(lines=1)
    assert ear.log == ["ordinary --volume 9 ; echo $HOME | |"]


def test_a_siren_for_emergencies_alone(tmp_path: Path) -> None:
    ear = Ear(tmp_path, script(tmp_path, SAY), script(tmp_path, "said = 'SIREN ' + said", SAY))
    for tone, lines in ((Tone.EMERGENCY, 1), (Tone.ORDINARY, 2)):
        ear.player.play(tone)
        ear.until(lines=lines)
        ear.still()
    assert ear.log == ["SIREN emergency --volume 9", "ordinary --volume 9"]


@pytest.mark.parametrize("siren", ["", "no-such-siren"])
def test_without_a_siren_the_command_sounds(tmp_path: Path, siren: str) -> None:
    ear = Ear(tmp_path, script(tmp_path, SAY), siren)
    ear.player.play(Tone.EMERGENCY)
    ear.until(lines=1)
    assert ear.log == ["emergency --volume 9"]
    assert [trouble.program for trouble in ear.troubles] == [siren] * bool(siren)


def test_not_more_than_one_at_a_time(tmp_path: Path) -> None:
    ear = Ear(tmp_path, script(tmp_path, LONG))
    assert ear.player.play(Tone.UNTOLD)
    ear.until(lines=1)
    assert ear.player.play(Tone.UNTOLD)  # it sounds already
    assert not ear.player.play(Tone.ORDINARY)  # to be tried again
    assert ear.log == ["untold"]
    running = ear.player._running
    assert running is not None
    assert ear.player.play(Tone.EMERGENCY)  # it does not wait for a lighter one
    ear.until(lines=2)
    assert ear.log == ["untold", "emergency"]
    assert running.process.wait(PATIENCE) != 0
    assert ear.troubles == []
    assert ear.player._running is not None
    ear.player._end(ear.player._running)


def test_a_command_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    ear = Ear(tmp_path, "no-such-program --loud")
    for _ in range(3):
        assert ear.player.play(Tone.ORDINARY)
        ear.player.look()
    assert ear.bells == [Tone.ORDINARY] * 3
    (trouble,) = ear.troubles
    assert (trouble.program, trouble.code) == ("no-such-program", None)
    assert trouble.reason


@pytest.mark.parametrize("command", ["'open quote", "''", "a\0b"])
def test_a_command_that_is_none_is_told(tmp_path: Path, command: str) -> None:
    ear = Ear(tmp_path, command)
    assert ear.player.play(Tone.ORDINARY)
    assert ear.bells == [Tone.ORDINARY]
    assert len(ear.troubles) == 1


def test_a_command_that_fails_is_told_once_and_the_bell_rings_each_time(tmp_path: Path) -> None:
    ear = Ear(tmp_path, script(tmp_path, "sys.exit(3)"))
    for number in (1, 2):
        ear.player.play(Tone.UNTOLD)
        ear.until(bells=number)
    assert ear.bells == [Tone.UNTOLD] * 2
    (trouble,) = ear.troubles
    assert (trouble.code, trouble.reason) == (3, "")


def test_once_it_has_worked_its_next_failure_is_told_again(tmp_path: Path) -> None:
    flag = tmp_path / "works"
    ear = Ear(tmp_path, script(tmp_path, f"import os; sys.exit(not os.path.exists({str(flag)!r}))"))
    ear.player.play(Tone.ORDINARY)
    ear.until(bells=1)
    flag.touch()
    ear.player.play(Tone.ORDINARY)
    ear.still()
    flag.unlink()
    ear.player.play(Tone.ORDINARY)
    ear.until(bells=2)
    assert len(ear.troubles) == 2


def test_a_command_that_does_not_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear = Ear(tmp_path, script(tmp_path, LONG))
    ear.player.play(Tone.ORDINARY)
    ear.until(lines=1)
    running = ear.player._running
    assert running is not None
    monkeypatch.setattr(sound, "LONGEST", running.looks + 3)
    for _ in range(2):
        ear.player.look()
    assert ear.bells == []
    ear.player.look()
    assert ear.bells == [Tone.ORDINARY]
    assert (ear.troubles[0].code, ear.troubles[0].reason) == (None, "")
    assert running.process.wait(PATIENCE) != 0


async def test_silence_is_written_down_and_lasts_ten_minutes_at_most(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        assert await night.run_on_desk(lambda it: silence(it, 90)) == START + timedelta(minutes=10)
        night.clock.forward(minutes=4)
        assert await night.run_on_desk(silence) == START + timedelta(minutes=10)
        night.clock.forward(minutes=6)
        assert await night.run_on_desk(lambda it: silence(it, 5)) == START + timedelta(minutes=15)
        log = await night.run_on_desk(lambda it: it.store.log(None, None))
        post = await night.run_on_desk(lambda it: it.post)
    written = [x.entry.event.until for x in log if isinstance(x.entry.event, ev.SoundSilenced)]
    assert written == [START + timedelta(minutes=n) for n in (10, 15)]
    assert post.silenced_until == START + timedelta(minutes=15)


async def test_the_sound_test_and_the_presence_check_are_on_record(tmp_path: Path) -> None:
    async with desk(tmp_path) as night:
        await night.run_on_desk(lambda it: sound_tested(it, False))
        await night.run_on_desk(lambda it: presence_missed(it, START))
        await night.run_on_desk(lambda it: presence_confirmed(it, 400))
        post = await night.run_on_desk(lambda it: it.post)
        log = await night.run_on_desk(lambda it: it.store.log(None, None))
    assert (post.sound_heard, post.sound_tested_at) == (False, START)
    events = [x.entry.event for x in log]
    assert ev.PresenceMissed(asked_at=START) in events
    assert ev.PresenceConfirmed(seconds=400) in events


def found_sounds(site: Path) -> dict[str, tuple[str, str]]:
    found = site_findings(site, START)
    return {
        each.what: (each.health.value, finding_text(each.code, each.detail))
        for each in found
        if each.what in ("sound", "siren")
    }


def test_the_doctor_looks_for_both_programs(tmp_path: Path) -> None:
    site = new_site(tmp_path / "site")
    assert found_sounds(site) == {
        "sound": ("good", "the terminal's bell"),
        "siren": ("good", "as the sound"),
    }
    path = site / "site.toml"
    text = spoil(path.read_text("utf-8"), 'command = ""', f"command = '{sys.executable} -V'")
    path.write_text(spoil(text, 'siren = ""', 'siren = "no-such-siren -x"'), "utf-8")
    assert found_sounds(site) == {
        "sound": ("good", sys.executable),
        "siren": ("bad", "there is no program no-such-siren"),
    }
