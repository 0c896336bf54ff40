"""A file for every kind of problem there is with a site."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest

from dispatcher_tui.domain.emergency.outside import Lacking, lacking_numbers
from dispatcher_tui.domain.words.address import Address
from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.site.handout_problems import HANDOUT_MESSAGES
from dispatcher_tui.present.site.list_problems import LIST_MESSAGES
from dispatcher_tui.present.site.round_problems import ROUND_MESSAGES
from dispatcher_tui.site.address import address_gaps
from dispatcher_tui.site.cards import parse_card
from dispatcher_tui.site.categories import parse_categories
from dispatcher_tui.site.check import (
    group_gaps,
    judge_ladder_people,
    judge_numbers,
    judge_scenes,
    judge_tonight,
    soon_gone,
)
from dispatcher_tui.site.class_checks import judge_conditions, judge_routing
from dispatcher_tui.site.holiday_files import parse_holidays
from dispatcher_tui.site.holiday_notice import read_notice
from dispatcher_tui.site.layer import LAYER, parse_layer
from dispatcher_tui.site.lists.roster import parse_roster
from dispatcher_tui.site.lists.units import parse_units
from dispatcher_tui.site.pinyin import judge_pinyin
from dispatcher_tui.site.problems import SiteError, SiteProblem
from dispatcher_tui.site.procedures import parse_procedure
from dispatcher_tui.site.settings import parse_site
from dispatcher_tui.site.shipped import data_dir
from dispatcher_tui.site.toml_text import decode_text, parse_toml, read_text
from tests.site import samples
from tests.site.bad_acts import BAD_ACTS
from tests.site.bad_address import WRONG_ADDRESS
from tests.site.bad_cards import BAD_CARDS
from tests.site.bad_choices import BAD_CHOICES
from tests.site.bad_fees import BAD_FEES, OF_THE_RECORD
from tests.site.bad_forms import BAD_FORMS
from tests.site.bad_layer import BAD as LAYER_BAD
from tests.site.samples import spoil

Found = list[SiteProblem]

FIRE = 'fire = "119"\n'
TEN = "texts = [" + '{ zh = "水", en = "wet" }, ' * 10 + "]\n"


def problems(parse: Callable[..., Any], *arguments: Any) -> Found:
    with pytest.raises(SiteError) as caught:
        parse(*arguments)
    return list(caught.value.problems)


def procedure(old: str, new: str) -> Found:
    return problems(parse_procedure, spoil(samples.PROCEDURE, old, new), "p.toml")


def routine(field: str) -> Found:
    weekly = 'id = "weekly"\nrule = "R-1"\nlabel = { zh = "查", en = "Look" }\nevery = "week"'
    added = f'[[routine]]\n{weekly}\ndue = "monday"\n{field}\n[[prompt]]'
    return procedure("[[prompt]]", added)


def printing(command: str) -> Found:
    return site("[sound]\n", f"[print]\ncommand = [{command}]\n[sound]\n")


def site(old: str, new: str) -> Found:
    return problems(parse_site, spoil(samples.SITE, old, new), "site.toml")


def holidays(old: str, new: str) -> Found:
    return problems(parse_holidays, spoil(samples.HOLIDAYS, old, new), "holidays/2026.toml")


def notice(text: str) -> Found:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "notice.json"
        path.write_text(text, "utf-8")
        return problems(read_notice, path)


def categories(old: str, new: str) -> Found:
    return problems(parse_categories, spoil(samples.CATEGORIES, old, new), "categories.toml")


def roster(old: str, new: str) -> Found:
    return problems(parse_roster, spoil(samples.ROSTER, old, new), "roster.csv")


def units(old: str, new: str) -> Found:
    return problems(parse_units, spoil(samples.UNITS, old, new), "units.csv")


def on_the_roster(old: str, new: str) -> Found:
    people = parse_roster(spoil(samples.ROSTER, old, new))
    return judge_ladder_people(parse_procedure(samples.PROCEDURE, "p.toml"), people)


def lacking(*ring: str) -> tuple[Lacking, ...]:
    return lacking_numbers([(Label("漏气", "Gas leak"), ring)], {}, ())


def unfilled(*fields: str) -> Found:
    full = Address("市", "区", "路1号", "路口", "北门", "东门", "岗亭", ("110",))
    empty = dict.fromkeys(fields, "")
    return address_gaps(msgspec.structs.replace(full, **empty), "site.toml")


def group_of(old: str, new: str) -> Found:
    people = parse_roster(spoil(samples.ROSTER, old, new))
    return group_gaps(parse_procedure(samples.PROCEDURE, "p.toml"), people)


def reached(old: str, new: str) -> Found:
    people = parse_roster(spoil(samples.ROSTER, old, new))
    layer = parse_layer(read_text(data_dir() / LAYER), LAYER)
    cards = [parse_card(samples.CARD, "fire.toml")]
    return judge_scenes(cards, parse_procedure(samples.PROCEDURE, "p.toml"), layer, people)


def ladder(line: str) -> Found:
    return procedure('group = ["sec"]', f'group = ["sec"]\n{line}')


def leaving(old: str, new: str) -> Found:
    people = parse_roster(spoil(samples.ROSTER, old, new))
    return soon_gone(parse_procedure(samples.PROCEDURE, "p.toml"), people, date(2026, 11, 21))


def unreachable_tonight(old: str, new: str) -> Found:
    people = parse_roster(spoil(samples.ROSTER, old, new))
    return judge_tonight(people, datetime(2026, 11, 21, 1, tzinfo=UTC), UTC, frozenset())


def routed(old: str, new: str) -> Found:
    found = parse_categories(spoil(samples.CATEGORIES, old, new))
    ours = parse_procedure(samples.PROCEDURE, "p.toml")
    return judge_routing(found, (ours,), parse_roster(samples.ROSTER))


def conditions(old: str, new: str) -> Found:
    ours = parse_procedure(spoil(samples.PROCEDURE, old, new), "p.toml")
    return judge_conditions(parse_categories(samples.CATEGORIES), ours)


TO_HEAD = 'to = "head"\n'
RAISING = TO_HEAD + 'becomes = ["{}"]\n'
A_LEVEL = 'rule = "R-1"\nfacts = ["media"]\n'
SOUND = "[sound]\n"
_HIDE = "[privacy]\nhide_minutes = {}\n"


def pinyin(text: str) -> Found:
    with pytest.raises(SiteError) as caught:
        judge_pinyin(text)
    return list(caught.value.problems)


BAD: list[tuple[str, str, Callable[[], Found]]] = [
    *LAYER_BAD,
    *BAD_FORMS,
    *BAD_ACTS,
    *BAD_CHOICES,
    # text
    ("not_utf8", "", lambda: problems(decode_text, "名 = 1".encode("gbk"), "site.toml")),
    ("not_utf8", "", lambda: problems(decode_text, "名 = 1".encode("utf-16"), "site.toml")),
    ("not_utf8", "", lambda: problems(decode_text, b"a\nb\xff", "site.toml")),
    ("toml_syntax", "", lambda: problems(parse_toml, "a = 1\nb = \n", "site.toml")),
    ("toml_syntax", "", lambda: problems(parse_toml, "a = [", "site.toml")),
    ("toml_syntax", "", lambda: problems(parse_toml, f"a = {'9' * 5_000}", "site.toml")),
    ("toml_duplicate", "", lambda: problems(parse_toml, "a = 1\na = 2", "site.toml")),
    ("toml_duplicate", "", lambda: problems(parse_toml, "[a]\n[a]", "site.toml")),
    ("csv_syntax", "line 2", lambda: roster("陈志强", '"陈"志强')),
    ("missing_column", "row 1", lambda: roster("id,name,role,", "id,name,group,")),
    ("unknown_column", "row 1", lambda: units("warning", "warnings")),
    ("row_too_long", "row 3", lambda: units("空置", "空置,两年")),
    # form
    ("unknown_key", "clock[first].untill", lambda: procedure("until =", "untill =")),
    ("unknown_key", "keep.label.fr", lambda: procedure('"Follow up"', '"F", fr = "S"')),
    ("missing_key", "title", lambda: procedure("title = {", "name = {")),
    ("missing_key", "clock[first].due", lambda: procedure('due = "2h"', "")),
    ("wrong_type", "retention_years", lambda: procedure("years = 3", 'years = "3"')),
    ("wrong_type", "retention_years", lambda: procedure("years = 3", "years = true")),
    ("wrong_type", "clock[first].due", lambda: procedure('due = "2h"', "due = 2")),
    ("wrong_type", "clock[second].when", lambda: procedure("when = {", 'when = "" # {')),
    ("wrong_type", "roles", lambda: procedure("[roles]", "roles = 1\n[other]")),
    ("wrong_type", "office_hours.start", lambda: site('"08:30"', "08:30:00")),
    ("not_one_of", "level[grave].facts[#1]", lambda: procedure('"media"', '"medai"')),
    ("not_one_of", "clock[second].when.channels", lambda: procedure('["phone"]', '["fax"]')),
    ("not_one_of", "clock[first].do", lambda: procedure("step:told", "steps:told")),
    ("not_one_of", "write_off[told].kind", lambda: procedure('kind = "step"', 'kind = "x"')),
    ("not_one_of", "prompt[#1].at", lambda: procedure('at = "intake"', 'at = "intakes"')),
    ("empty_text", "keep.label.en", lambda: procedure('"Follow up"', '" "')),
    ("empty_text", "site.name", lambda: site('"翠湖花园"', '""')),
    ("empty_text", "row 2 name", lambda: roster("陈志强", " ")),
    ("empty_text", "row 2 place", lambda: units("3-2-1502,3,2,1502", ",,,")),
    ("empty_list", "clock[first].until", lambda: procedure('until = "told"', "until = []")),
    ("empty_list", "ladder[up].rungs", lambda: procedure("rungs = [{", "rungs = [] # {")),
    ("empty_list", "route[#1].roles", lambda: procedure('roles = ["head"]', "roles = []")),
    ("too_small", "clock[first].count", lambda: procedure('do = "s', 'count = 0\ndo = "s')),
    ("too_small", "ladder[up].rungs[vp].tries", lambda: procedure("tries = 1", "tries = 0")),
    ("too_small", "money[#1].limit_yuan", lambda: procedure("yuan = 100", "yuan = -1")),
    ("too_small", "backup.keep", lambda: site("keep = 30", "keep = 0")),
    ("too_large", "slips.digits", lambda: site("digits = 6", "digits = 99")),
    ("too_small", "presence.every", lambda: site(SOUND, "[presence]\nevery = 9\n" + SOUND)),
    ("too_large", "presence.every", lambda: site(SOUND, "[presence]\nevery = 1441\n" + SOUND)),
    ("too_small", "presence.every", lambda: site(SOUND, "[presence]\nevery = -1\n" + SOUND)),
    ("too_small", "presence.answer", lambda: site(SOUND, "[presence]\nanswer = 0\n" + SOUND)),
    (
        "too_large",
        "presence.answer",
        lambda: site(SOUND, "[presence]\nevery = 15\nanswer = 15\n" + SOUND),
    ),
    ("too_small", "privacy.hide_minutes", lambda: site(SOUND, _HIDE.format(-1) + SOUND)),
    ("too_large", "privacy.hide_minutes", lambda: site(SOUND, _HIDE.format(1441) + SOUND)),
    ("bad_time", "presence.from", lambda: site(SOUND, '[presence]\nfrom = "24:00"\n' + SOUND)),
    ("unknown_key", "sound.sirene", lambda: site(SOUND, SOUND + 'sirene = ""\n')),
    ("wrong_type", "sound.siren", lambda: site(SOUND, SOUND + "siren = 1\n")),
    ("duplicate", "clock[first]", lambda: procedure('id = "second"', 'id = "first"')),
    ("duplicate", "level[grave]", lambda: procedure('id = "ordinary"', 'id = "grave"')),
    ("duplicate", "off[2026-10-01]", lambda: holidays("10-02", "10-01")),
    ("taken", "row 3 id", lambda: roster("\nwu,", "\nchen,")),
    ("taken", "row 3 place", lambda: units("3-2-1503", "3.2.1502")),
    ("id_is_not_file", "id", lambda: procedure('id = "p"', 'id = "q"')),
    ("id_is_not_file", "year", lambda: holidays("year = 2026", "year = 2025")),
    ("bad_time", "office_hours.start", lambda: site('"08:30"', '"8:30"')),
    ("bad_time", "shift[#1].end", lambda: site('"19:00"', '"19:60"')),
    ("bad_time", "row 3 on_from", lambda: roster("08:30", "half past")),
    ("bad_date", "off", lambda: holidays("2026-10-02", "2026-02-30")),
    ("bad_date", "row 2 valid_from", lambda: roster("2022-03-01", "2022-13-01")),
    ("bad_phone", "row 2 phone1", lambda: roster("13900000101", "1.39E+10")),
    ("bad_phone", "row 2 phone2", lambda: units("13800000002", "12")),
    ("bad_phone", "outside.fire", lambda: site('"119"', '"一一九"')),
    ("bad_phone", "outside.gas", lambda: site(FIRE, FIRE + 'gas = "88O00777"\n')),
    ("wrong_type", "outside.gas", lambda: site(FIRE, FIRE + "gas = 88000777\n")),
    *((code, key, partial(site, SOUND, text + SOUND)) for code, key, text in WRONG_ADDRESS),
    ("number_lacking", "outside.gas", lambda: judge_numbers(lacking("gas"))),
    ("on_duty_no_number", "wu", lambda: unreachable_tonight("13900000104,8001", ",")),
    ("not_filled", "address", lambda: unfilled("street")),
    ("half_of_a_span", "row 3 on_until", lambda: roster("08:30,17:30", "08:30,")),
    ("ends_before_start", "office_hours.end", lambda: site('"17:30"', '"08:30"')),
    ("ends_before_start", "row 2 valid_until", lambda: roster("03-01,,", "03-01,2021-01-01,")),
    # procedures
    ("bad_due", "clock[first].due", lambda: procedure('due = "2h"', 'due = "2小时"')),
    ("bad_due", "keep.due", lambda: procedure('"shift end"', '"end of shift"')),
    ("bad_due", "clock[second].grace", lambda: procedure('grace = "', 'grace = "not before ')),
    ("due_too_long", "clock[first].due", lambda: procedure('due = "2h"', 'due = "9999 months"')),
    ("negative_time", "clock[first].due", lambda: procedure('due = "2h"', 'due = "-2h"')),
    (
        "unknown_rule",
        "clock[first].rule",
        lambda: procedure('"first"\nrule = "R-1', '"first"\nrule = "R-2'),
    ),
    ("unknown_level", "clock[second].when.levels", lambda: procedure('["ordinary"]', '["mild"]')),
    ("unknown_role", "step[told].to", lambda: procedure('to = "head"', 'to = "haed"')),
    ("unknown_role", "routine[weekly].decides", lambda: routine('decides = "haed"')),
    ("unknown_role", "ladder[up].group", lambda: procedure('group = ["sec"]', 'group = ["gm"]')),
    ("unknown_signal", "clock[first].starts", lambda: procedure('"opened"', '"openned"')),
    ("unknown_step", "step[told].needs", lambda: procedure(TO_HEAD, TO_HEAD + 'needs = ["x"]\n')),
    ("unknown_level", "step[told].becomes", lambda: procedure(TO_HEAD, RAISING.format("mild"))),
    ("unknown_step", "clock[first].do", lambda: procedure("step:told", "step:tell")),
    ("unknown_step", "clock[first].late.step", lambda: procedure(', step = "told"', "")),
    ("unknown_step", "write_off[told].step", lambda: procedure('\nstep = "told"', "")),
    ("unknown_clock", "clock[second].after", lambda: procedure('after = "first"', 'after = "x"')),
    (
        "step_is_signal",
        "step[opened].id",
        lambda: procedure('[[step]]\nid = "told"', '[[step]]\nid = "opened"'),
    ),
    ("level_without_criteria", "level[grave]", lambda: procedure('facts = ["media"]', "")),
    (
        "last_level_has_criteria",
        "level[ordinary]",
        lambda: procedure('"Ordinary" }', '"O" }\ntags = ["x"]'),
    ),
    (
        "level_not_higher",
        "clock[first].late.becomes",
        lambda: procedure('tell = "head"', 'becomes = "grave"'),
    ),
    (
        "late_without_effect",
        "clock[first].late",
        lambda: procedure('tell = "head", step = "told"', ""),
    ),
    ("grace_missing", "clock[second].grace", lambda: procedure('grace = "24h"', "")),
    (
        "clock_loop",
        "clock[first].after",
        lambda: procedure('due = "2h"', 'due = "2h"\nafter = "second"'),
    ),
    (
        "clock_loop",
        "clock[first].after",
        lambda: procedure('due = "2h"', 'due = "2h"\nafter = "first"'),
    ),
    ("ladder_loop", "ladder[up].rungs[head]", lambda: procedure('role = "vp"', 'role = "head"')),
    (
        "too_large",
        "ladder[up].rungs[vp].seconds",
        lambda: procedure("seconds = 20", "seconds = 301"),
    ),
    ("too_large", "ladder[up].rungs[vp].tries", lambda: procedure("tries = 1", "tries = 10")),
    ("too_small", "ladder[up].group_tries", lambda: ladder("group_tries = 0")),
    ("too_large", "ladder[up].group_tries", lambda: ladder("group_tries = 10")),
    ("not_a_length", "ladder[up].act_within", lambda: ladder('act_within = "shift end"')),
    ("not_a_length", "ladder[up].act_within", lambda: ladder('act_within = "soon"')),
    ("too_small", "ladder[up].act_within", lambda: ladder('act_within = "0min"')),
    ("not_a_length", "ladder[up].scene_within", lambda: ladder('scene_within = "2 days"')),
    ("not_a_length", "ladder[up].report_within", lambda: ladder('report_within = "soon"')),
    ("too_small", "ladder[up].scene_within", lambda: ladder('scene_within = "0min"')),
    ("duplicate", "ladder[up].group[sec]", lambda: procedure('["sec"]', '["sec", "sec"]')),
    ("group_on_ladder", "ladder[up].group", lambda: procedure('["sec"]', '["vp"]')),
    ("short_word", "category[leak].words", lambda: categories("initials", 'words=["a"]\ninitials')),
    ("too_many_texts", "category[leak].texts", lambda: categories("initials", TEN + "initials")),
    ("bad_pinyin", "line 2", lambda: pinyin("# 表\nls 漏水\n")),
    ("bad_pinyin", "line 1", lambda: pinyin("l\t\n")),
    ("bad_pinyin", "line 1", lambda: pinyin("漏l\n")),
    # the site as a whole
    ("bad_zone", "site.zone", lambda: site("Asia/Shanghai", "Asia/Shangai")),
    ("bad_zone", "site.zone", lambda: site("Asia/Shanghai", "../etc")),
    ("bad_zone", "site.zone", lambda: site("Asia/Shanghai", "Asia")),
    ("shift_gap", "shift", lambda: site('"19:00"\n[[', '"18:00"\n[[')),
    ("shift_overlap", "shift", lambda: site('"19:00"\n[[', '"19:30"\n[[')),
    ("other_year", "off", lambda: holidays("2026-10-02", "2027-10-02")),
    ("no_days", "", lambda: notice('{"year": 2027, "days": []}')),
    ("toml_syntax", "", lambda: notice('{"year": 2027')),
    ("too_small", "out_alone.every", lambda: site(SOUND, "[out_alone]\nevery = 0\n" + SOUND)),
    ("too_large", "out_alone.every", lambda: site(SOUND, "[out_alone]\nevery = 121\n" + SOUND)),
    ("too_large", "out_alone.fire", lambda: site(SOUND, "[out_alone]\nfire = 16\n" + SOUND)),
    ("too_small", "sayings.soon", lambda: site(SOUND, "[sayings]\nsoon = 0\n" + SOUND)),
    ("too_large", "sayings.soon", lambda: site(SOUND, "[sayings]\nsoon = 1441\n" + SOUND)),
    ("not_one_of", "look.theme", lambda: site(SOUND, '[look]\ntheme = "nihgt"\n' + SOUND)),
    ("print_without_file", "print.command", lambda: printing('"lp"')),
    ("print_without_file", "print.command", lambda: printing('"lp", "-d{file}"')),
    ("print_without_file", "print.command", lambda: printing('"lp", "{file}", "{file}"')),
    ("print_without_file", "print.command", lambda: printing('"{file}", "-p"')),
    ("empty_text", "print.command", lambda: printing('" ", "{file}"')),
    ("bad_time", "sayings.dawn", lambda: site(SOUND, '[sayings]\ndawn = "6"\n' + SOUND)),
    ("off_and_worked", "work", lambda: holidays("2026-10-10", "2026-10-01")),
    ("unknown_person", "row 2 deputy", lambda: roster(",wu\n", ",wuu\n")),
    ("unknown_group", "category[leak].routes", lambda: routed("leak", "leak")),
    (
        "unknown_class",
        "route[#1].when.classes",
        lambda: conditions('["head"]\n', '["head"]\nwhen = { classes = ["repair"] }\n'),
    ),
    ("own_deputy", "row 2 deputy", lambda: roster(",wu\n", ",chen\n")),
    ("leader_leaves", "chen", lambda: leaving("03-01,,", "03-01,2026-11-28,")),
    ("ladder_role_empty", "", lambda: on_the_roster("head", "chief")),
    ("group_role_empty", "", lambda: group_of("head", "head")),
    ("kinds_reach_nobody", "", lambda: reached("head", "head")),
    ("ladder_no_number", "chen", lambda: on_the_roster("13900000101", "")),
    *BAD_CARDS,
    *BAD_FEES,
]
ELSEWHERE = {
    # These need a folder: test_load.py, test_scaffold.py, test_companions.py, cli/test_copies.py.
    *("copy_older", "card_lacking", "copy_held", "copy_edited"),
    *("companion_missing", "companion_wrong", "companion_in_force"),
    *("companion_loop", "corrective_missing"),
    *("not_written", "range_shared", "cases_left"),  # test_number_ranges.py; cli/test_several.py
    *("file_not_plain", "file_too_large", "file_missing", "file_unreadable"),
    *("procedure_missing", "site_exists", "year_lacking"),
    *("not_utf8_maybe", "does_not_fit"),  # not_utf8 said otherwise; the net under all the rest
    # test_list_reading.py, test_list_files.py; test_rounds.py; test_handouts.py.
    *OF_THE_RECORD,
    *(LIST_MESSAGES | ROUND_MESSAGES | HANDOUT_MESSAGES),
}
