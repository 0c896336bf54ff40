"""What a desk stands on: the disk, SQLite, the clock, the holiday tables, the sound."""

from __future__ import annotations

import shutil
import sys
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

import msgspec

from dispatcher_tui import private
from dispatcher_tui.desk.adoption import recorded
from dispatcher_tui.desk.leave import code_in_force, of_roles, roles_of_head
from dispatcher_tui.desk.site.forgetting import early_lists
from dispatcher_tui.desk.watch.sound import arguments
from dispatcher_tui.domain.time.holidays import known
from dispatcher_tui.domain.words.looks import LookChoice, wish_of
from dispatcher_tui.site.load import load
from dispatcher_tui.site.problems import SiteError
from dispatcher_tui.site.recorded import Recorded
from dispatcher_tui.site.texts import SITE
from dispatcher_tui.store.ballast import free_bytes
from dispatcher_tui.store.errors import Outdated, StoreError
from dispatcher_tui.store.proof import LOOK
from dispatcher_tui.store.sqlite import LEAST, LIBRARY, mends_wal_reset, sqlite_version_info
from dispatcher_tui.store.store import Store

_CHINESE = chr(0x4E2D)
LEAST_SIZE = (80, 24)
LOW_BYTES = 500_000_000
_SLACK = timedelta(minutes=2)


class Health(StrEnum):
    """How one thing stands; ``unknown`` where it could not be looked at."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    UNKNOWN = "unknown"


class Finding(msgspec.Struct, frozen=True):
    """One thing that was looked at; ``code`` says what was found, ``detail`` fills it in."""

    what: str
    health: Health
    code: str
    detail: dict[str, str] = {}


def _finding(what: str, health: Health, code: str, **detail: object) -> Finding:
    return Finding(what, health, code, {name: str(value) for name, value in detail.items()})


def terminal_findings(
    term: str, width: int, height: int, encoding: str, *, there: bool
) -> list[Finding]:
    """The terminal by what the system says of it; ``there`` is whether stdout is one at all."""
    if not there:
        return [_finding("terminal", Health.UNKNOWN, "terminal_none")]
    size = {"width": width, "height": height}
    if width < LEAST_SIZE[0] or height < LEAST_SIZE[1]:
        terminal = _finding("terminal", Health.WARN, "terminal_small", **size)
    else:
        terminal = _finding(
            "terminal", Health.GOOD, "terminal_good", term=term or "-", encoding=encoding, **size
        )
    try:
        _CHINESE.encode(encoding)
        able = term != "linux"
    except (UnicodeEncodeError, LookupError):
        able = False
    if able:
        return [terminal, _finding("chinese", Health.GOOD, "chinese_good")]
    return [terminal, _finding("chinese", Health.WARN, "chinese_unable", encoding=encoding)]


def width_finding(cells: int | None) -> Finding:
    """The cells of a character of ambiguous width; None where the terminal did not say."""
    codes = {1: "width_one", 2: "width_two"}
    if cells not in codes:
        return _finding("width", Health.UNKNOWN, "width_unknown")
    return _finding("width", Health.GOOD, codes[cells])


def look_finding(look: str, choice: LookChoice, why: str) -> Finding:
    """The look that the desk would wear on this terminal, and what chose it; ``why`` says what
    the terminal or its environment had to say where nobody chose."""
    codes = {LookChoice.START: "look_start", LookChoice.DESK: "look_desk"}
    codes |= {LookChoice.SITE: "look_site", LookChoice.TERMINAL: f"look_{why}"}
    return _finding("look", Health.GOOD, codes[choice], look=look)


def remembered_look(store: Store | None) -> str:
    """The look that was chosen at this desk's board; empty where none was, or nothing opens."""
    try:
        return wish_of(store.meta(LOOK) or "") if store is not None else ""
    except StoreError:
        return ""


def look_of_site(folder: Path, record: Recorded | None) -> str:
    """The look that the settings ask for; empty where they ask for none, or cannot be read."""
    if record is None and not (folder / SITE).is_file():
        return ""
    try:
        return load(folder, lazy=True, record=record).site.theme
    except SiteError:
        return ""


def keys_finding(missing: list[str] | None) -> Finding:
    """The F-keys that never arrived, None where nobody tried them."""
    if missing is None:
        return _finding("keys", Health.UNKNOWN, "keys_skipped")
    if missing:
        return _finding("keys", Health.WARN, "keys_swallowed", keys=", ".join(missing))
    return _finding("keys", Health.GOOD, "keys_good")


def sqlite_finding(
    version: tuple[int, int, int] = sqlite_version_info, library: str = LIBRARY
) -> Finding:
    """Which SQLite it is, whether it can hold a record, and whether it mends the WAL reset."""
    detail = {"version": ".".join(map(str, version)), "library": library}
    if version < LEAST:
        least = ".".join(map(str, LEAST))
        return _finding("sqlite", Health.BAD, "sqlite_unfit", least=least, **detail)
    if mends_wal_reset(version):
        return _finding("sqlite", Health.GOOD, "sqlite_good", **detail)
    return _finding("sqlite", Health.WARN, "sqlite_old", **detail)


def disk_finding(database: Path) -> Finding:
    """Room left where the database is."""
    folder = next(path for path in (database.parent, *database.parents) if path.is_dir())
    try:
        free = free_bytes(folder)
    except OSError as error:
        return _finding("disk", Health.UNKNOWN, "disk_unknown", reason=error)
    low = free < LOW_BYTES
    code = "disk_low" if low else "disk_room"
    return _finding("disk", Health.WARN if low else Health.GOOD, code, mb=free // 1_000_000)


def files_finding(
    folder: Path,
    database: Path,
    profile: Path | None = None,
    *,
    windows: bool = sys.platform == "win32",
    record: Recorded | None = None,
) -> Finding:
    """Who but this account can come at the site's files; no finding needs them to be there.

    Where there are no modes (``windows``) the user's ``profile`` keeps what lies in it. ``record``
    is what is in force where the settings are broken.
    """
    there = [path for path in (folder, database) if path.exists()]
    if windows:
        profile = profile or Path.home()
        out = [path for path in there if not path.resolve().is_relative_to(profile.resolve())]
        if out:
            return _finding("files", Health.WARN, "files_outside", path=out[0], profile=profile)
        return _finding("files", Health.GOOD, "files_profile")
    named = _group_named(folder, record)
    if named and private.group_number(named) is None:
        return _finding("files", Health.WARN, "files_no_group", group=named)
    shared = ""
    for path in there:
        found = private.openness(path)
        if found is None:
            return _finding("files", Health.UNKNOWN, "disk_unknown", reason=path)
        told = {"path": path, "mode": f"{found.mode:04o}", "group": found.group}
        if found.others:
            return _finding("files", Health.WARN, "files_open", **told)
        if found.shared and found.group != named:
            return _finding("files", Health.WARN, "files_shared", **told)
        if named and not found.shared:
            return _finding("files", Health.WARN, "files_not_shared", **{**told, "group": named})
        shared = found.group if found.shared else ""
    if shared:
        return _finding("files", Health.GOOD, "files_group", group=shared)
    return _finding("files", Health.GOOD, "files_alone")


def _group_named(folder: Path, record: Recorded | None) -> str:
    """The group that the settings name; none where they name none, or cannot be read."""
    if record is None and not (folder / SITE).is_file():
        return ""
    try:
        return load(folder, lazy=True, record=record).site.group
    except SiteError:
        return ""


def _clock_finding(store: Store, now: datetime) -> Finding:
    """A clock that stands before the last entry was set back, or the battery is gone."""
    last = store.log(None, None, 1)
    if last and last[-1].entry.recorded_at > now + _SLACK:
        return _finding("clock", Health.BAD, "clock_back", last=last[-1].entry.recorded_at)
    return _finding("clock", Health.GOOD, "clock_good", now=f"{now:%Y-%m-%d %H:%M:%S} UTC")


def _identity(store: Store) -> list[Finding]:
    """Whose record it is, and which branch of it where it went on from a copy."""
    record, branch = store.record_hash(), store.branch_hash()
    found = [_finding("record", Health.GOOD, "record_known", hash=record)] if record else []
    if branch:
        found.append(_finding("record", Health.GOOD, "record_branch", hash=branch))
    return found


def _lists_finding(store: Store) -> list[Finding]:
    """The lists of persons that an earlier version wrote into the chain; there is no way out."""
    early = [seq for seq, _event in early_lists(store)]
    if not early:
        return []
    return [_finding("lists", Health.WARN, "lists_early", n=len(early), last=early[-1])]


def _drafts_finding(store: Store, now: datetime) -> list[Finding]:
    """How many forms are half typed and how old the oldest is; never what stands in them."""
    drafts = store.drafts()
    if not drafts:
        return []
    hours = max(0, int((now - min(each.updated_at for each in drafts)) / timedelta(hours=1)))
    days, old = divmod(hours, 24)
    health = Health.WARN if days else Health.GOOD
    return [_finding("drafts", health, "drafts_kept", n=len(drafts), days=days, hours=old)]


def record_findings(database: Path, store: Store | None, now: datetime) -> list[Finding]:
    """Whether the database opens, and what its last entry says of the clock."""
    if store is not None:
        good = _finding("database", Health.GOOD, "database_good", rows=store.rows())
        beside = (*_lists_finding(store), *_drafts_finding(store, now))
        return [good, *_identity(store), *beside, _clock_finding(store, now)]
    if not database.exists():
        return [_finding("database", Health.UNKNOWN, "database_none", path=database)]
    try:
        Store.open(database, read_only=True).close()
    except Outdated:
        return [_finding("database", Health.WARN, "database_older", path=database)]
    except StoreError:
        pass
    return [_finding("database", Health.BAD, "database_bad", path=database)]


def open_or_none(database: Path) -> Store | None:
    """The database for reading, None where it does not open."""
    try:
        return Store.open(database, read_only=True)
    except StoreError:
        return None


def _sound(what: str, command: str, without: str) -> Finding:
    """A command that sounds, by whether its program is there; ``without``: what it is for none."""
    if not command.strip():
        return _finding(what, Health.GOOD, without)
    try:
        program = arguments(command)[0]
    except ValueError:
        program = command
    if shutil.which(program) is None:
        return _finding(what, Health.BAD, "sound_missing", program=program)
    return _finding(what, Health.GOOD, "sound_good", program=program)


def roster_finding(problems: int) -> Finding:
    """Whether a call would find somebody with a number, by what ``site check`` found."""
    if problems:
        return _finding("roster", Health.BAD, "roster_bad", n=problems)
    return _finding("roster", Health.GOOD, "roster_good")


def leave_findings(folder: Path, store: Store, record: Recorded | None) -> list[Finding]:
    """Whether there is a rescue code, where somebody's PIN is what it stands in for.

    In a record without any head and any code the first head is made freely.
    """
    made = code_in_force(store)
    if made is not None:
        return [_finding("rescue", Health.GOOD, "rescue_good", seq=made.seq)]
    try:
        procedures = tuple(load(folder, lazy=True, record=record).in_force)
    except SiteError:
        procedures = ()
    names = [each.name for each in of_roles(roles_of_head(procedures), store)]
    if not names:
        return []
    code = "rescue_only" if len(names) == 1 else "rescue_lacking"
    return [_finding("rescue", Health.WARN, code, name=names[0])]


def in_force(store: Store | None) -> Recorded | None:
    """The texts that stand in for broken files of a site; None where no record can be asked."""
    try:
        return recorded(store) if store is not None else None
    except StoreError:
        return None


def site_findings(folder: Path, now: datetime, record: Recorded | None = None) -> list[Finding]:
    """The site's files, the holiday tables of this year and the next, the sound.

    With a ``record``, what is in force there stands in for a broken file, as it does for the desk.
    """
    if record is None and not (folder / SITE).is_file():
        return [_finding("site", Health.UNKNOWN, "site_none", path=folder)]
    try:
        site = load(folder, lazy=True, record=record)
    except SiteError as error:
        return [_finding("site", Health.BAD, "site_bad", n=len(error.problems))]
    wrong = site.problems() if record is None else site.faults
    if not wrong:
        first = _finding("site", Health.GOOD, "site_good", name=site.site.name)
    else:
        code = "site_bad" if record is None else "site_served"
        first = _finding("site", Health.BAD, code, n=len(wrong))
    year = now.astimezone(site.calendar.tz).year
    missing = [str(each) for each in (year, year + 1) if not known(site.calendar, each)]
    if str(year) in missing:
        holidays = _finding("holidays", Health.BAD, "holidays_missing", years=", ".join(missing))
    elif missing:
        holidays = _finding("holidays", Health.WARN, "holidays_missing", years=missing[0])
    else:
        holidays = _finding("holidays", Health.GOOD, "holidays_good", years=f"{year}, {year + 1}")
    sound = _sound("sound", site.site.sound, "sound_bell")
    siren = _sound("siren", site.site.siren, "siren_as_sound")
    return [first, holidays, sound, siren]
