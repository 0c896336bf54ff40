"""What is wrong with a list as it came, and what was done on the way: reason and remedy."""

from __future__ import annotations

from collections.abc import Callable

from dispatcher_tui.present.i18n import _

_FILES: dict[str, Callable[[], str]] = {
    "list_encoding": lambda: _(
        "neither UTF-8 nor GBK; save it as XLSX, or as CSV in UTF-8, and import that"
    ),
    "list_too_large": lambda: _("larger than {most} MB: no list of an estate; look what it is"),
    "too_many_rows": lambda: _("more than {most} rows: no list of an estate; look what it is"),
    "workbook_locked": lambda: _(
        "has a password, or is an old XLS workbook; save it as XLSX without a password"
    ),
    "workbook_unreadable": lambda: _(
        "the XLSX workbook is damaged or has a password; open it, save it as XLSX or CSV anew"
    ),
    "workbook_too_large": lambda: _("the XLSX workbook unpacks to far more than a list can be"),
    "no_heads": lambda: _(
        "no row of heads was found: a list of units needs a place or a room, a roster name and "
        'role; the file begins with "{name}"'
    ),
    "other_list": lambda: _("this is the other list"),
    "in_two_lists": lambda: _('"{name}" is in {file} already; leave one of them'),
    "list_empty": lambda: _("nobody and nothing is in it; an empty list is not taken over"),
    "column_unnamed": lambda: _("column {number} has no head; name it, or empty it"),
}

_ROWS: dict[str, Callable[[], str]] = {
    "row_too_wide": lambda: _(
        "more than {most} cells: no row of a list; delete the empty columns, save anew"
    ),
    "mangled_error": lambda: _(
        '"{text}" is an error, or a formula without its value; write the value itself'
    ),
    "mangled_narrow": lambda: _('"{text}": the column was too narrow; widen it and save anew'),
    "mangled_exponent": lambda: _(
        '"{text}" was shortened by a spreadsheet; format the column as text, enter it whole'
    ),
    "mangled_masked": lambda: _('"{text}" is masked; export the list with the whole values'),
    "mangled_cut": lambda: _(
        '"{text}" has figures too few or too many for a mobile number; write the whole number'
    ),
    "mangled_serial": lambda: _(
        '"{text}" is no part of a place but a day that a spreadsheet made a number; format the '
        "column as text, enter the room, or the whole place"
    ),
    "mangled_fraction": lambda: _(
        '"{text}" is a fraction; format the column as text, enter it as it is'
    ),
    "mangled_letters": lambda: _('"{text}" has letters between its figures; correct it'),
    "mangled_long": lambda: _(
        '"{text}" is too long for a spreadsheet, which rounds it; format the column as text'
    ),
    "mangled_zero": lambda: _(
        '"{text}" has lost the zero in front, or a figure; write the whole number'
    ),
    "mangled_date": lambda: _(
        '"{text}" was made a date by a spreadsheet; format the column as text, enter the room'
    ),
    "mangled_time": lambda: _(
        '"{text}" was made a time by a spreadsheet; format the column as text, enter the room'
    ),
    "mangled_moment": lambda: _(
        '"{text}" was made a day or a time by a spreadsheet; format the column as text, enter the '
        "number"
    ),
    "mangled_word": lambda: _(
        '"{text}" is what a program writes for no value, or for yes and no; enter the place'
    ),
    "mangled_money": lambda: _(
        '"{text}" has the form of an amount; format the column as text, enter the room'
    ),
    "mangled_sign": lambda: _(
        '"{text}" has a mark with nothing before or behind it: a part is missing; write it whole'
    ),
    "bare_number": lambda: _('"{text}" is a number alone: of which building? Write it whole'),
    "no_place": lambda: _('"{text}" is no place'),
    "part_missing": lambda: _("no building here and none above; write it into the row"),
    "place_disagrees": lambda: _('"{text}" is not in {name}; correct one of them'),
    "too_many_people": lambda: _("more than {most} people or numbers for one household"),
    "rota_code": lambda: _(
        "「{text}」 is no shift that the desk knows; say its hours above or below the table, such "
        "as 早 07:00-15:00, or name it in the shift plan (site.toml)"
    ),
    "rota_month": lambda: _(
        "「{text}」: of which month? Write the year and month above, or whole dates"
    ),
    "rota_days_above": lambda: _(
        "days of one week or month stand above these weekdays, which alone would hold for every "
        "week; write each date over its column, or take the days away"
    ),
    "rota_weekday": lambda: _("「{text}」 is not the weekday of {date}; correct one of them"),
    "rota_person": lambda: _(
        "「{name}」 is not on the roster; correct the name, or import them first"
    ),
    "rota_two_named": lambda: _(
        "two people are called 「{name}」; write the id in a column of its own"
    ),
    "rota_twice": lambda: _("「{name}」: row {row} has a word for this person and day; leave one"),
    "rota_cycle_code": lambda: _(
        "「{text}」: nobody knows all of these turns; explain each code in a legend (早 7:00-15:00)"
    ),
    "rota_cycle_gap": lambda: _("the cycle of {name} lacks a turn; import the rota again"),
    "rota_too_long": lambda: _("more than {most} turns: no rota of an estate; look what it is"),
    "bad_hours": lambda: _(
        '"{text}" is no span of hours such as 08:00-20:00; leave it empty for always'
    ),
    "hours_disagree": lambda: _('"{text}" and {name} are not the same hours; leave one of them'),
    "too_many_numbers": lambda: _("more than {most} numbers for one person"),
}

_NOTES: dict[str, Callable[[], str]] = {
    "read_as": lambda: _("read as {name}"),
    "heads_in_row": lambda: _("the heads are in row {row}; what stands above was not read"),
    "columns_unread": lambda: _("not read, the desk has no such columns: {names}"),
    "macros_unread": lambda: _("the workbook's macros were neither read nor run"),
    "formulas_as_saved": lambda: _("formulas were not reckoned: the values saved with them count"),
    "columns_beyond": lambda: _(
        "the first {most} columns were read; what stands from column {name} on was not"
    ),
    "sheet_hidden": lambda: _('the hidden sheet "{name}" was not read'),
    "sheet_unread": lambda: _("no list that the desk keeps; not read"),
    "mended": lambda: _('".0" taken off whole numbers in rows: {n} ({rows})'),
    "marks_off": lambda: _('marks of a text (\' or ="..") taken off in rows: {n} ({rows})'),
    "totals_left": lambda: _("rows that sum the others up, not read: {n} ({rows})"),
    "filled_down": lambda: _("building or unit taken from the row above: {n} ({rows})"),
    "role_taken": lambda: _('the role "{text}" was taken as "{name}": {n} ({rows})'),
    "role_strange": lambda: _(
        'no procedure has the role "{name}", nobody is rung in it: {n} ({rows}); it may be: {names}'
    ),
    "group_strange": lambda: _(
        'no class and no emergency goes to the group "{name}": {n} ({rows}); it may be: {names}'
    ),
    "place_zeros": lambda: _(
        "homes that differ in zeros alone, each is kept by itself: {n} ({names}); if they are one, "
        "write both alike"
    ),
    "zero_lost": lambda: _(
        "rooms that seem to have lost a zero in front, those beside them have one: {n} ({names}); "
        "write them as on the door"
    ),
    "rota_blank": lambda: _("empty cells, where the roster's hours hold: {n}"),
    "rota_rows_left": lambda: _("rows without a turn, not read: {n} ({rows})"),
    "merged_lists": lambda: _("households that stand in several lists, put together: {n}"),
    "merged_rows": lambda: _("rows put to the household of a row above: {n} ({rows})"),
}

LIST_MESSAGES: dict[str, Callable[[], str]] = {**_FILES, **_ROWS, **_NOTES}
"""The words for each code."""
