"""What ``doctor`` found, in words."""

from __future__ import annotations

from collections.abc import Mapping

from dispatcher_tui.present.cells import fit
from dispatcher_tui.present.i18n import _, ngettext
from dispatcher_tui.present.look_names import look_name
from dispatcher_tui.present.machine_words import machine_words

_NAME_CELLS = 12
_HEALTH_CELLS = 8


def _of_files() -> dict[str, str]:
    """Who else of this machine can come at the files."""
    return {
        "files_alone": _("this account's alone"),
        "files_profile": _("within the user's profile"),
        "files_outside": _("{path} lies outside {profile}: others of this machine may read it"),
        "files_group": _("this account's and the group {group}'s"),
        "files_no_group": _("site.toml names the group {group}: there is none on this machine"),
        "files_open": _("everybody on this machine can come at {path} ({mode}): chmod o-rwx"),
        "files_shared": _(
            "the group {group} can come at {path} ({mode}): name it in site.toml under [files], "
            "or chmod g-rwx"
        ),
        "files_not_shared": _(
            "the group {group} cannot come at {path} ({mode}): it takes effect when the account "
            "that owns the files, a member of the group, opens the desk"
        ),
    }


def _of_terminal() -> dict[str, str]:
    """What the terminal shows, and which keys it keeps."""
    return {
        "terminal_good": "{term}, {width} x {height}, {encoding}",
        "terminal_small": _("{width} x {height} is less than 80 x 24"),
        "terminal_none": _("stdout is not a terminal"),
        "chinese_good": _("Chinese can be shown"),
        "chinese_unable": _("this terminal or its encoding ({encoding}) cannot show Chinese"),
        "width_one": _("a character of ambiguous width takes one cell; the desk draws none"),
        "width_two": _("a character of ambiguous width takes two cells; the desk draws none"),
        "width_unknown": _("the terminal was not asked, or did not say; the desk needs no answer"),
        "look_start": _("{look}, by --theme or DISPATCHER_THEME for this start"),
        "look_desk": _("{look}, chosen in the menu of this desk"),
        "look_site": _("{look}, by [look] theme in site.toml"),
        "look_no_colour": _("{look}, since NO_COLOR is set and nobody chose"),
        "look_few": _("{look}, since the terminal has sixteen colours or none; nobody chose"),
        "look_many": _("{look}, since nobody chose; the terminal shows every colour of it"),
        "keys_good": _("all twelve F-keys arrive"),
        "keys_swallowed": _("these never arrived: {keys}; the desk shows their letter instead"),
        "keys_skipped": _("not tried"),
    }


def _of_leave() -> dict[str, str]:
    """Whether a forgotten PIN of a head has a way back."""
    return {
        "rescue_good": _("there is one, of entry {seq}"),
        "rescue_lacking": _("none was ever printed: operator rescue-code does, by a head's PIN"),
        "rescue_only": _(
            "none was ever printed, and {name} is the only head: a PIN forgotten has no way back. "
            "Print one while it is known: operator rescue-code"
        ),
    }


def _of_persons(n: int) -> dict[str, str]:
    """Where persons stand beside the lists in force; ``n``: how many it counts."""
    return {
        "lists_early": ngettext(
            "{n} list of persons of an earlier version remains in the chain (entry {last})",
            "{n} lists of persons of an earlier version remain in the chain (last: entry {last})",
            n,
        ),
        "drafts_kept": ngettext(
            "{n} form half typed, left alone for {days} d {hours} h",
            "{n} forms half typed, the oldest left alone for {days} d {hours} h",
            n,
        ),
    }


def _sentence(code: str, n: int) -> str:
    """The words for a finding; ``n``: how many it counts."""
    sentences = {
        **_of_terminal(),
        "sqlite_good": _("{version} of {library}, has the mend of the WAL reset"),
        "sqlite_old": _(
            "{version} of {library} lacks the mend of the WAL reset: the record is kept with "
            "journal_mode=TRUNCATE, and slower; update SQLite"
        ),
        "sqlite_unfit": _("{version} of {library} cannot hold the record: {least} or newer"),
        "disk_room": _("{mb} MB free"),
        "disk_low": _("only {mb} MB free"),
        "disk_unknown": _("cannot be asked: {reason}"),
        "database_good": ngettext("opens, {rows} entry", "opens, {rows} entries", n),
        "database_none": _("there is none yet: {path}"),
        "database_older": _("of an older version, which opening the desk brings up: {path}"),
        "database_bad": _("does not open: {path}"),
        **_of_files(),
        "record_known": "{hash}",
        "record_branch": _("branch {hash}"),
        **_of_persons(n),
        **_of_leave(),
        "clock_good": "{now}",
        "clock_back": _("stands before the last entry ({last}): set the clock"),
        "site_good": _("{name}, every file is good"),
        "site_none": _("there is none yet: {path}"),
        "site_bad": ngettext(
            "{n} problem: site check names it", "{n} problems: site check names them", n
        ),
        "site_served": ngettext(
            "{n} problem: site check names it; the desk goes on by the text in force",
            "{n} problems: site check names them; the desk goes on by the texts in force",
            n,
        ),
        "roster_good": _("everybody the ladders name can be rung"),
        "roster_bad": ngettext(
            "{n} problem, and a call may find nobody: site check names it",
            "{n} problems, and a call may find nobody: site check names them",
            n,
        ),
        "holidays_good": _("tables for {years}"),
        "holidays_missing": _("no table for {years}: working days are unconfirmed"),
        "sound_bell": _("the terminal's bell"),
        "siren_as_sound": _("as the sound"),
        "sound_good": "{program}",
        "sound_missing": _("there is no program {program}"),
    }
    return sentences[code]


def _name(what: str) -> str:
    names = {
        "terminal": _("Terminal"),
        "chinese": _("Chinese"),
        "width": _("Width"),
        "look": _("Theme"),
        "sqlite": _("SQLite"),
        "disk": _("Disk"),
        "files": _("Files"),
        "database": _("Database"),
        "record": _("Record"),
        "lists": _("Lists"),
        "drafts": _("Drafts"),
        "rescue": _("Rescue code"),
        "clock": _("Clock"),
        "site": _("Site"),
        "roster": _("Roster"),
        "holidays": _("Holidays"),
        "sound": _("Sound"),
        "siren": _("Siren"),
        "keys": _("Keys"),
    }
    return names[what]


def _health(health: str) -> str:
    names = {
        "good": _("good"),
        "warn": _("look"),
        "bad": _("BAD"),
        "unknown": _("unknown"),
    }
    return names[health]


def finding_text(code: str, detail: Mapping[str, str]) -> str:
    """What was found, in a sentence."""
    counted = detail.get("rows") or detail.get("n") or "0"
    words = {"reason": machine_words(detail["reason"])} if "reason" in detail else {}
    words |= {"look": look_name(detail["look"])} if "look" in detail else {}
    return _sentence(code, int(counted)).format(**{**detail, **words})


def finding_line(what: str, health: str, code: str, detail: Mapping[str, str]) -> str:
    """One finding on one line: what, how it stands, why."""
    lead = f"{fit(_name(what), _NAME_CELLS)} {fit(_health(health), _HEALTH_CELLS)}"
    return f"{lead} {finding_text(code, detail)}"
