"""What is wrong with a site's files, in words: file, place, reason, and the likely remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from dispatcher_tui.domain.emergency.outside import Lacking
from dispatcher_tui.domain.words.text import clean_text
from dispatcher_tui.present.fees.fee_refusals import FEE_PROBLEMS
from dispatcher_tui.present.i18n import _, language, localized
from dispatcher_tui.present.machine_words import machine_words, syntax_words
from dispatcher_tui.present.site.handout_problems import HANDOUT_MESSAGES
from dispatcher_tui.present.site.list_problems import LIST_MESSAGES
from dispatcher_tui.present.site.round_problems import ROUND_MESSAGES
from dispatcher_tui.present.terms import outside_name


class FileProblem(Protocol):
    """One thing wrong: the file, the key in it, the code, and the particulars by name."""

    @property
    def file(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def detail(self) -> Mapping[str, str]: ...


_SYNTAX = ("toml_syntax", "toml_duplicate", "csv_syntax", "does_not_fit")
"""Codes whose reason is a parser's."""

_ROW = re.compile(r"(row|line) (\d+) ?(.*)")

_FILES: dict[str, Callable[[], str]] = {
    "file_missing": lambda: _("the file is missing"),
    "file_not_plain": lambda: _(
        "a folder, a pipe or a device bears the file's name: put the file there"
    ),
    "file_too_large": lambda: _("the file is larger than {most} MB: look what it is"),
    "file_unreadable": lambda: _("the file cannot be read: {reason}"),
    "not_utf8": lambda: _("line {line} is not UTF-8; save the file as UTF-8"),
    "not_utf8_maybe": lambda: _(
        "line {line} is not UTF-8, the file may be {maybe}; save it as UTF-8"
    ),
    "toml_syntax": lambda: _("not readable at line {line}, column {column}: {reason}"),
    "toml_duplicate": lambda: _("stands twice, at line {line}, column {column}: {reason}"),
    "bad_pinyin": lambda: _('"{text}" is no line of letters, a tab and characters'),
    "csv_syntax": lambda: _("the row cannot be read, look for a stray quote: {reason}"),
    "missing_column": lambda: _('the header has no column "{name}"'),
    "unknown_column": lambda: _('there is no column "{name}"'),
    "row_too_long": lambda: _("more cells than the header's {columns}; quote a text with commas"),
    "not_written": lambda: _("cannot be written"),
    "no_days": lambda: _("{year} has no days: its notice is not published yet"),
    "site_exists": lambda: _("there is a site in {folder} already"),
}

_FORMS: dict[str, Callable[[], str]] = {
    "unknown_key": lambda: _('there is no key "{name}"'),
    "missing_key": lambda: _('"{name}" is missing'),
    "wrong_type": lambda: _("{wanted} expected, {got} found"),
    "does_not_fit": lambda: _("does not fit: {reason}"),
    "not_one_of": lambda: _('"{name}" is not possible here'),
    "empty_text": lambda: _("must not be empty"),
    "short_word": lambda: _("a word has at least {n} characters"),
    "nameless": lambda: _("a line has no name before the ="),
    "empty_list": lambda: _("at least one is needed"),
    "too_small": lambda: _("must be at least {least}"),
    "too_large": lambda: _("must be at most {most}"),
    "print_without_file": lambda: _(
        "one argument, by itself, must be the word file in curly brackets"
    ),
    "unknown_form": lambda: _('"{name}" is no form with fields'),
    "instead_of_all": lambda: _("it would stand instead of the closing paper for every case"),
    "outside_with_form": lambda: _("a paper that others make is no form of the desk's"),
    "form_without_signer": lambda: _("a form with fields needs somebody who signs it"),
    "unknown_source": lambda: _('the record has no "{name}"'),
    "field_is_part": lambda: _('"{name}" is asked of every act: give the field another name'),
    "loose_brace": lambda: _(
        "a brace that belongs to no path: in braces stands a path such as case.place"
    ),
    "unknown_field": lambda: _('no act has a field for a time or a day called "{name}"'),
    "never_stopped": lambda: _(
        '"{name}": power, water, heat and gas are never stopped for fees (Civil Code, article 944)'
    ),
    "field_without_source": lambda: _("a field needs a source, a typed name, ink or boxes"),
    "field_without_label": lambda: _("a field of that kind needs a label"),
    "ranges_overlap": lambda: _('numbers beginning with "{prefix}" are those of "{name}" already'),
    "range_shared": lambda: _(
        'its papers are numbered as those of "{name}": give it a prefix of its own'
    ),
    "too_long": lambda: _("must have at most {most} characters"),
    "duplicate": lambda: _('"{name}" stands twice'),
    "taken": lambda: _('"{name}" stands in row {row} already'),
    "id_is_not_file": lambda: _('"{name}" must be "{wanted}", as the file is called'),
    "bad_time": lambda: _('"{text}" is not a time such as 08:30'),
    "bad_date": lambda: _('"{text}" is not a date such as 2026-10-01'),
    "bad_phone": lambda: _('"{text}" is not a number that can be dialled'),
    "bad_account": lambda: _("{text} is not an account number; leave it empty until it is known"),
    "bad_digit": lambda: _("{text} is neither one figure nor 0 and a figure"),
    "year_lacking": lambda: _(
        "no holidays of {year}: working days unconfirmed; calendar import FILE takes the notice"
    ),
    "half_of_a_span": lambda: _("a span needs its beginning and its end"),
    "ends_before_start": lambda: _("the end is before the beginning"),
}

_PROCEDURES: dict[str, Callable[[], str]] = {
    "bad_due": lambda: _(
        '"{text}" is not a time limit; write 10min, 2h, 2 days, 2 working days, 1 month, '
        "shift end, monday, day 25, not before 24h or 24h before promise"
    ),
    "due_too_long": lambda: _('"{text}" is longer than any rule can mean'),
    "negative_time": lambda: _('"{text}": a time limit cannot be negative'),
    "unknown_rule": lambda: _('there is no rule "{name}"'),
    "unknown_level": lambda: _('there is no level "{name}"'),
    "unknown_role": lambda: _('the role "{name}" has no label under [roles]'),
    "unknown_signal": lambda: _('"{name}" is neither a signal nor a step'),
    "unknown_step": lambda: _('there is no step "{name}"'),
    "unknown_clock": lambda: _('there is no clock "{name}"'),
    "repeats_one_text": lambda: _("only an act with one field, a text, and nobody else can repeat"),
    "too_many_texts": lambda: _("{n} texts at most: each is taken by a digit"),
    "step_is_signal": lambda: _('"{name}" is a signal of the record; name the step otherwise'),
    "level_without_criteria": lambda: _(
        "only the last level may stand without facts, tags and channels"
    ),
    "last_level_has_criteria": lambda: _(
        "the last level must fit every case: no facts, tags or channels"
    ),
    "level_not_higher": lambda: _('"{name}" is not above the levels the clock runs at'),
    "raise_without_words": lambda: _("a step that raises the level needs note = true"),
    "late_without_effect": lambda: _("says neither whom to tell nor what level the case becomes"),
    "grace_missing": lambda: _('"not before" needs a grace: how long it may stay open'),
    "clock_loop": lambda: _("the clocks wait for one another: {way}"),
    "ladder_loop": lambda: _('the ladder comes back to "{name}"'),
    "group_on_ladder": lambda: _('"{name}" stands on the ladder already, and is rung there'),
    "not_a_length": lambda: _('"{text}" is not a plain length of time such as 3min'),
}

_SITES: dict[str, Callable[[], str]] = {
    "procedure_missing": lambda: _('there is no procedure "{name}"; there are: {known}'),
    "procedure_both": lambda: _("give either procedure or procedures, not both"),
    "class_claimed_twice": lambda: _(
        "{first} and {second} both claim {name}: leave it to one of them, or name the one in the "
        "procedures of the class"
    ),
    "class_unhandled": lambda: _(
        "no procedure in force handles it, {n} in all; F2 asks before it opens such a case under "
        "{name}, and `case open` wants --procedure"
    ),
    "cases_left": lambda: _(
        '"{name}" is in force no longer and has open cases, {n} in all ({cases}): they go on by '
        "its rules; hand each over, z at the desk or `case move N PROCEDURE --reason ...`, "
        "or put it back on the list until they are final"
    ),
    "companion_missing": lambda: _('there is no procedure "{name}"'),
    "companion_wrong": lambda: _('"{name}" is no companion: it lacks companion = true'),
    "companion_in_force": lambda: _('"{name}" is a companion and no site\'s own procedure'),
    "companion_loop": lambda: _('a companion names no further one: "{name}"'),
    "corrective_missing": lambda: _("a clock leads to a corrective action: name it, [corrective]"),
    "bad_zone": lambda: _('"{name}" is not a time zone'),
    "shift_gap": lambda: _("nobody is on watch from {start} to {end}"),
    "shift_overlap": lambda: _("two shifts are on watch from {start} to {end}"),
    "other_year": lambda: _("{text} is not in the year {year}: it belongs in {file}"),
    "off_and_worked": lambda: _("{text} is both a holiday and a working day"),
    "key_taken": lambda: _("the key {text} belongs to {file}"),
    "kind_taken": lambda: _("{text} belongs to {file} already"),
    "unknown_kind": lambda: _("there is no card {name}"),
    "within_deep": lambda: _("{name} lies within another kind itself"),
    "within_loop": lambda: _("the kinds lie within one another: {way}"),
    "unknown_call": lambda: _("{name} is neither an outside number nor anybody who goes there"),
    "cards_unreviewed": lambda: _(
        "cards never reviewed by the local fire and first-aid trainer: {n} of {all}; "
        "enter by and on"
    ),
    "cards_outdated": lambda: _("cards older than two years: {n} ({names})"),
    "cards_ahead": lambda: _("cards whose date lies ahead: {n} ({names})"),
    "unknown_number": lambda: _('"{name}" is neither a number nor one of the outside numbers'),
    "number_lacking": lambda: _("no number; needed for: {kinds}"),
    "not_filled": lambda: _("not filled in, the desk can only say that it is not known: {names}"),
    "unknown_person": lambda: _('"{name}" is not the id of anybody here'),
    "own_deputy": lambda: _("nobody can stand in for themselves"),
    "on_duty_no_number": lambda: _("{name} is on duty within a day and has no number that answers"),
    "leader_leaves": lambda: _("{name} stands on a ladder and is on the roster only until {date}"),
    "unknown_group": lambda: _('nobody on the roster is in the group "{name}"'),
    "unknown_class": lambda: _('no category has the class "{name}"'),
    "ladder_role_empty": lambda: _(
        'nobody has the role "{name}", which the ladder "{ladder}" needs'
    ),
    "group_role_empty": lambda: _(
        'nobody has the role "{name}" of the group that "{ladder}" calls'
    ),
    "kinds_reach_nobody": lambda: _(
        "nobody with a number goes to the scene for: {names}; fill in groups, posts or skills"
    ),
    "ladder_no_number": lambda: _("{name} ({role}) stands on a ladder and has no number"),
}

_LAYER: dict[str, Callable[[], str]] = {
    "danger_below": lambda: _('"{name}" could be graded below an emergency'),
    "level_no_emergency": lambda: _("this level is that of emergencies: emergency = true"),
    "scene_is_head": lambda: _('"{name}" is the ladder\'s name in an order of calls'),
    "scene_of_nobody": lambda: _("says by no group, role, skill or post who belongs to it"),
    "scene_empty": lambda: _("nobody with a number on the roster goes there as such"),
    "signature_lacking": lambda: _("no line asks for a signature: one with kind = signature"),
    "unknown_tag": lambda: _('there is no tag "{name}"'),
    "unknown_category": lambda: _('there is no category "{name}"'),
    "strange_role": lambda: _('no procedure has the role "{name}"'),
    "layer_counts": lambda: _("does not count: emergencies are ruled by {file}"),
}

_COPIES: dict[str, Callable[[], str]] = {
    "copy_older": lambda: _("of an older version: renewed when the desk opens next"),
    "card_lacking": lambda: _("a kind this site does not know: added when the desk opens next"),
    "copy_held": lambda: _("does not go with a file of yours: it stays as it is"),
    "copy_edited": lambda: _(
        "differs from the shipped one, lines: yours {ours}, new {shipped}; the head settles it (F8)"
    ),
}

MESSAGES: dict[str, Callable[[], str]] = {
    **_FILES,
    **_FORMS,
    **_PROCEDURES,
    **_SITES,
    **_LAYER,
    **_COPIES,
    **LIST_MESSAGES,
    **ROUND_MESSAGES,
    **HANDOUT_MESSAGES,
    **FEE_PROBLEMS,
}
"""The words for each code."""

_KINDS: dict[str, Callable[[], str]] = {
    "text": lambda: _("text in quotes"),
    "number": lambda: _("a whole number"),
    "fraction": lambda: _("a number with a fraction"),
    "truth": lambda: _("true or false"),
    "list": lambda: _("a list"),
    "table": lambda: _("a table"),
    "date": lambda: _("a date"),
    "time": lambda: _("a time without quotes"),
}


def _shown(text: str) -> str:
    """A text out of a file, safe to show on one line."""
    return clean_text(text, multiline=False).text


def _place(key: str) -> str:
    match = _ROW.fullmatch(key)
    if match is None:
        return key
    place = _("row {number}") if match[1] == "row" else _("line {number}")
    return f"{place.format(number=match[2])} {match[3]}".rstrip()


def reason(problem: FileProblem) -> str:
    """Why it is wrong and what was probably meant, without the place."""
    detail = {name: _shown(value) for name, value in problem.detail.items()}
    for name in ("wanted", "got"):
        if problem.code == "wrong_type" and detail.get(name) in _KINDS:
            detail[name] = _KINDS[detail[name]]()
    for name, text in tuple(detail.items()):
        if name.endswith(f"_{language()}"):
            detail[name.removesuffix(f"_{language()}")] = text
    if "reason" in detail:
        told = syntax_words if problem.code in _SYNTAX else machine_words
        detail["reason"] = told(detail["reason"])
    if problem.code in ("number_lacking", "kinds_reach_nobody"):
        detail["kinds"] = detail["names"] = detail["zh" if language() == "zh" else "en"]
    maybe = problem.code == "not_utf8" and detail.get("maybe")
    words = MESSAGES["not_utf8_maybe" if maybe else problem.code]()
    text = words.format(**detail)
    if detail.get("near"):
        text += _('; did you mean "{near}"?').format(near=detail["near"])
    return text


def describe(problem: FileProblem) -> str:
    """One line for one problem: file, place in it, reason."""
    parts = (_shown(problem.file), _shown(_place(problem.key)), reason(problem))
    return _(": ").join(part for part in parts if part)


_FAULTS_NAMED = 3

_AT_ODDS = ("class_claimed_twice", "ranges_overlap", "range_shared")
"""What is wrong between files that are sound by themselves: the desk goes by all of them."""


def _fault_words(fault: FileProblem) -> str:
    if fault.code in _AT_ODDS:
        return _("The site's files contradict one another: {problem}")
    return _("A file of the site is wrong, the desk does without it: {problem}")


def fault_lines(faults: Sequence[FileProblem]) -> list[str]:
    """Files that a desk does without and that are wrong: a line for each of the first of them,
    with its first fault, and one that says how many more there are."""
    first: dict[str, FileProblem] = {}
    for fault in faults:
        first.setdefault(fault.file, fault)
    lines = [_fault_words(fault).format(problem=describe(fault)) for fault in first.values()]
    more = len(lines) - _FAULTS_NAMED
    if more > 0:
        words = _("Further files of the site that are wrong: {n}; site check names them")
        lines[_FAULTS_NAMED:] = [words.format(n=more)]
    return lines


def fault_line(faults: Sequence[FileProblem]) -> str:
    """The board's line about them, with the reason where it is one file; empty where none is."""
    files = list(dict.fromkeys(_shown(fault.file) for fault in faults))
    if len(files) < 2:
        return "".join(fault_lines(faults))
    words = _("A file of the site is wrong, the desk does without it: {problem}")
    return words.format(problem=_(", ").join(files))


_GAPS_NAMED = 3


def gaps_line(gaps: Sequence[FileProblem], role_name: Callable[[str], str]) -> str:
    """The board's line about ladders with nobody to ring: names, and roles that nobody holds."""
    empty = _("{role} (nobody)")
    named = [
        _shown(gap.detail["name"])
        if gap.code == "ladder_no_number"
        else empty.format(role=_shown(role_name(gap.detail["name"])))
        for gap in gaps[:_GAPS_NAMED]
    ]
    words = _("The emergency ladder has nobody to ring: {names}")
    if len(gaps) > _GAPS_NAMED:
        words = _("The emergency ladder has nobody to ring: {names} and {n} more")
    return words.format(names=_(", ").join(named), n=len(gaps) - _GAPS_NAMED)


_KINDS_NAMED = 2


def _kinds(lacking: Lacking) -> str:
    """What a number is rung for, so short that the line leaves room for the next."""
    text = _(", ").join(_shown(localized(kind)) for kind in lacking.kinds[:_KINDS_NAMED])
    more = len(lacking.kinds) - _KINDS_NAMED
    return _("{kinds} and {n} more").format(kinds=text, n=more) if more > 0 else text


def years_line(years: Sequence[int]) -> str:
    """The board's line about years whose holidays are not known; empty where none is."""
    if not years:
        return ""
    words = _("No holidays of {years}: working days unconfirmed; calendar import FILE takes them")
    return words.format(years=_(", ").join(map(str, years)))


def lacking_line(lacking: Sequence[Lacking]) -> str:
    """The board's line about outside numbers that are not known: each with what it is rung for."""
    if not lacking:
        return ""
    named = [
        _("{name} ({kinds})").format(name=outside_name(each.name), kinds=_kinds(each))
        for each in lacking
    ]
    return _("Outside numbers not known (site.toml): {names}").format(names=_(", ").join(named))
