"""Reads ``site.toml``: where the site is, when it works, who is on watch."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

import msgspec

from dispatcher_tui.domain.time.calendar import Calendar, HolidayTable, Shift
from dispatcher_tui.domain.watch.pins import PIN_LEAST, PIN_LONGEST, PIN_SHORTEST
from dispatcher_tui.domain.watch.presence import PresenceCheck
from dispatcher_tui.domain.words.address import Accounts, Address
from dispatcher_tui.domain.words.looks import AUTO, WISHES, wish_of
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.site.address import (
    AccountsTable,
    AddressTable,
    read_accounts,
    read_address,
    read_outside,
)
from dispatcher_tui.site.clock_times import parse_time
from dispatcher_tui.site.out_alone import OutAloneTable, judge_out_alone
from dispatcher_tui.site.problems import Findings, near
from dispatcher_tui.site.services import ServicesTable, read_services
from dispatcher_tui.site.shape import Reader
from dispatcher_tui.site.toml_text import once_a_text, parse_toml

_MINUTES = 24 * 60
_MOST_SLIP_DIGITS = 12
_LEAST_CHECK = 10
"""Minutes: asked more often, the lone operator's check would be the noise it warns of."""


class Site(msgspec.Struct, frozen=True):
    """A site's settings. Times are local; an empty ``sound`` means the terminal's bell.

    ``siren`` sounds for emergencies, ``sound`` where it is empty. ``presence`` is the lone
    operator's check; ``hide_minutes``: after so many without a key names are hidden, 0: never.
    ``outside`` holds the numbers outside the estate by name (``fire``, ``police`` …), and only
    those that are known; ``outside_names`` are those of the file, the empty ones among them.
    ``procedures``: those in force, the default first; ``procedure_key`` is where they stand.
    ``group`` is who may read and write the site's files besides its account, nobody if empty;
    ``pin_least``: how many digits a new PIN has at least. ``soon_minutes`` and ``dawn`` are what
    people here mean by at once and by when it gets light. ``theme`` is the look of a desk where
    nobody chose one. ``print_command``: the printer's program and its arguments, one of which is
    ``{file}``; none where papers are only saved. ``stoppable``: services that may be stopped.
    ``alone_every``: minutes after which whoever is out alone is asked whether he is safe, and
    ``alone_fire`` where it burns.
    """

    name: str
    zone: str
    procedures: tuple[str, ...]
    desk: str
    office_start: time
    office_end: time
    shifts: tuple[Shift, ...]
    slip_prefix: str
    slip_digits: int
    outside: dict[str, str]
    sound: str
    backup_keep: int
    retention_years: int
    siren: str = ""
    presence: PresenceCheck = PresenceCheck()
    hide_minutes: int = 10
    address: Address = Address()
    accounts: Accounts = Accounts()
    outside_names: tuple[str, ...] = ()
    group: str = ""
    pin_least: int = PIN_LEAST
    soon_minutes: int = 10
    dawn: time = time(6)
    theme: str = AUTO
    print_command: tuple[str, ...] = ()
    procedure_key: str = "site.procedure"
    stoppable: tuple[str, ...] = ()
    alone_every: int = 15
    alone_fire: int = 5

    @property
    def procedure(self) -> str:
        """The one that a case without a class is opened under."""
        return self.procedures[0]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file."""


class _Names(_Table, frozen=True):
    name: str
    zone: str
    procedure: str | None = None
    procedures: tuple[str, ...] | None = None


class _Desk(_Table, frozen=True):
    id: str = "desk-1"


class _Hours(_Table, frozen=True):
    start: str
    end: str


class _Shift(_Table, frozen=True):
    name: Label
    start: str
    end: str


class _Slips(_Table, frozen=True):
    prefix: str = ""
    digits: int = 6


class _Sound(_Table, frozen=True):
    command: str = ""
    siren: str = ""


class _Presence(_Table, frozen=True):
    every: int = 0
    start: str = msgspec.field(default="23:00", name="from")
    until: str = "06:00"
    answer: int = 5


class _Sayings(_Table, frozen=True):
    soon: int = 10
    dawn: str = "06:00"


class _Privacy(_Table, frozen=True):
    hide_minutes: int = 10


class _Backup(_Table, frozen=True):
    keep: int = 30


class _Retention(_Table, frozen=True):
    years: int = 3


class _Files(_Table, frozen=True):
    group: str = ""


class _Pin(_Table, frozen=True):
    least: int = PIN_LEAST


class _Look(_Table, frozen=True):
    theme: str = AUTO


class _Print(_Table, frozen=True):
    command: tuple[str, ...] = ()


class SiteFile(_Table, frozen=True):
    """The file as it is written."""

    site: _Names
    office_hours: _Hours
    shifts: tuple[_Shift, ...] = msgspec.field(name="shift")
    desk: _Desk = _Desk()
    slips: _Slips = _Slips()
    outside: dict[str, str] = {}
    address: AddressTable = AddressTable()
    accounts: AccountsTable = AccountsTable()
    sound: _Sound = _Sound()
    presence: _Presence = _Presence()
    sayings: _Sayings = _Sayings()
    out_alone: OutAloneTable = OutAloneTable()
    privacy: _Privacy = _Privacy()
    backup: _Backup = _Backup()
    retention: _Retention = _Retention()
    files: _Files = _Files()
    pin: _Pin = _Pin()
    look: _Look = _Look()
    print: _Print = _Print()
    services: ServicesTable = ServicesTable()


def valid_zone(name: str) -> bool:
    """Whether the time zone is known here, by the system's tables or the packed ones."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, no zone's name at all, or a folder of them
        return False
    return True


def note_zone(findings: Findings, key: str, name: str) -> None:
    """Note a time zone that is not known, with the one that was probably meant."""
    if valid_zone(name):
        return
    from zoneinfo import available_timezones  # reads a few hundred files: only for a faulty one

    zones = available_timezones()
    same = (zone for zone in zones if zone.rpartition("/")[2].lower() == name.strip().lower())
    findings.add(key, "bad_zone", name=name, near=next(same, "") or near(name, zones))


def _clock(findings: Findings, key: str, text: str, *, midnight: bool = False) -> time:
    read = parse_time(text, midnight=midnight)
    if read is None:
        findings.add(key, "bad_time", text=text)
        return time(0)
    return read


def _shifts(file: SiteFile, findings: Findings) -> tuple[Shift, ...]:
    before = len(findings.problems)
    shifts = tuple(
        Shift(
            shift.name,
            _clock(findings, f"shift[#{number}].start", shift.start),
            _clock(findings, f"shift[#{number}].end", shift.end, midnight=True),
        )
        for number, shift in enumerate(file.shifts, 1)
    )
    if len(findings.problems) == before:
        _judge_plan(shifts, findings)
    return shifts


def _judge_plan(shifts: tuple[Shift, ...], findings: Findings) -> None:
    """Note every stretch of the 24 hours with nobody, or with two shifts, on watch."""
    if not shifts:
        findings.add("shift", "empty_list")
        return
    on_watch = [0] * _MINUTES
    for shift in shifts:
        start = shift.start.hour * 60 + shift.start.minute
        end = shift.end.hour * 60 + shift.end.minute
        for minute in range(start, end if end > start else end + _MINUTES):
            on_watch[minute % _MINUTES] += 1
    for code, wrong in (
        ("shift_gap", [count == 0 for count in on_watch]),
        ("shift_overlap", [count > 1 for count in on_watch]),
    ):
        for first in range(_MINUTES):
            if wrong[first] and not wrong[first - 1]:
                last = next(m for m in range(first, first + _MINUTES) if not wrong[m % _MINUTES])
                findings.add("shift", code, start=_hhmm(first), end=_hhmm(last))
        if all(wrong):
            findings.add("shift", code, start="00:00", end="24:00")


def _hhmm(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def _check(presence: _Presence, findings: Findings) -> PresenceCheck:
    """The lone operator's check; it leaves time to answer before it is asked again."""
    if presence.every:
        findings.note_small("presence.every", presence.every, _LEAST_CHECK)
        findings.note_large("presence.every", presence.every, _MINUTES)
        most = max(1, min(presence.every - 1, 60))
        findings.note_large("presence.answer", presence.answer, most)
    findings.note_small("presence.answer", presence.answer)
    return PresenceCheck(
        every=presence.every,
        start=_clock(findings, "presence.from", presence.start),
        until=_clock(findings, "presence.until", presence.until, midnight=True),
        answer=presence.answer,
    )


def _judge_printing(command: tuple[str, ...], findings: Findings) -> None:
    """Note a printer's command without a program, or that is not given the file once, by itself."""
    if not command:
        return
    if not command[0].strip():
        findings.add("print.command", "empty_text")
    named = [part for part in command[1:] if "{file}" in part]
    if named != ["{file}"] or "{file}" in command[0]:
        findings.add("print.command", "print_without_file")


def _procedures(file: SiteFile, findings: Findings) -> tuple[str, ...]:
    """The ids of the procedures in force, by whichever of the two keys they are written."""
    several, one = file.site.procedures, file.site.procedure
    if several is None:
        if one is None:
            findings.add("site.procedure", "missing_key", name="procedure")
        elif not one.strip():
            findings.add("site.procedure", "empty_text")
        return (one or "",)
    if one is not None:
        findings.add("site.procedures", "procedure_both")
    if not several:
        findings.add("site.procedures", "empty_list")
    for number, name in enumerate(several, 1):
        if not name.strip():
            findings.add(f"site.procedures[#{number}]", "empty_text")
    findings.add_twice("site.procedures", several)
    return several


def _judge_rest(file: SiteFile, findings: Findings) -> None:
    for key, text in (
        ("site.name", file.site.name),
        ("desk.id", file.desk.id),
    ):
        if not text.strip():
            findings.add(key, "empty_text")
    if file.files.group and not file.files.group.strip():
        findings.add("files.group", "empty_text")
    note_zone(findings, "site.zone", file.site.zone)
    findings.note_small("slips.digits", file.slips.digits)
    findings.note_large("slips.digits", file.slips.digits, _MOST_SLIP_DIGITS)
    findings.note_small("backup.keep", file.backup.keep)
    findings.note_small("retention.years", file.retention.years)
    findings.note_small("pin.least", file.pin.least, PIN_SHORTEST)
    findings.note_large("pin.least", file.pin.least, PIN_LONGEST)
    findings.note_small("privacy.hide_minutes", file.privacy.hide_minutes, 0)
    findings.note_large("privacy.hide_minutes", file.privacy.hide_minutes, _MINUTES)
    findings.note_small("sayings.soon", file.sayings.soon)
    findings.note_large("sayings.soon", file.sayings.soon, _MINUTES)
    _judge_printing(file.print.command, findings)
    if not wish_of(file.look.theme):
        findings.add(
            "look.theme",
            "not_one_of",
            name=file.look.theme,
            near=near(file.look.theme, WISHES) or ", ".join(WISHES),
        )


@once_a_text
def parse_site(text: str, file: str = "site.toml") -> Site:
    """The settings a ``site.toml`` holds.

    Raises:
        SiteError: with every problem of the file.
    """
    findings = Findings(file)
    read = Reader(findings).record(parse_toml(text, file), SiteFile)
    findings.raise_any()
    assert read is not None  # no record without a finding
    start = _clock(findings, "office_hours.start", read.office_hours.start)
    end = _clock(findings, "office_hours.end", read.office_hours.end)
    shifts = _shifts(read, findings)
    presence = _check(read.presence, findings)
    dawn = _clock(findings, "sayings.dawn", read.sayings.dawn)
    outside = read_outside(read.outside, findings)
    address = read_address(read.address, findings)
    accounts = read_accounts(read.accounts, findings)
    procedures = _procedures(read, findings)
    stoppable = read_services(read.services, findings)
    judge_out_alone(read.out_alone, findings)
    _judge_rest(read, findings)
    if not findings.problems and end <= start:
        findings.add("office_hours.end", "ends_before_start")
    findings.raise_any()
    return Site(
        name=read.site.name.strip(),
        zone=read.site.zone,
        procedures=procedures,
        desk=read.desk.id,
        office_start=start,
        office_end=end,
        shifts=shifts,
        slip_prefix=read.slips.prefix,
        slip_digits=read.slips.digits,
        outside=outside,
        sound=read.sound.command,
        backup_keep=read.backup.keep,
        retention_years=read.retention.years,
        siren=read.sound.siren,
        presence=presence,
        hide_minutes=read.privacy.hide_minutes,
        address=address,
        accounts=accounts,
        outside_names=tuple(read.outside),
        group=read.files.group.strip(),
        pin_least=read.pin.least,
        soon_minutes=read.sayings.soon,
        dawn=dawn,
        theme=wish_of(read.look.theme),
        print_command=read.print.command,
        stoppable=stoppable,
        alone_every=read.out_alone.every,
        alone_fire=read.out_alone.fire,
        procedure_key="site.procedure" if read.site.procedures is None else "site.procedures",
    )


def calendar_of(site: Site, holidays: dict[int, HolidayTable]) -> Calendar:
    """The calendar that judges the site's cases."""
    return Calendar(site.zone, site.office_start, site.office_end, site.shifts, holidays)
