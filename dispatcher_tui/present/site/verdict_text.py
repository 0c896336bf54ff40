"""What came of proving a record, in words and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from dispatcher_tui.present.countdown import spoken
from dispatcher_tui.present.i18n import _, labelled, ngettext
from dispatcher_tui.present.machine_words import machine_words

_BESIDES_SHOWN = 3


class ToldProblem(Protocol):
    """One thing that is wrong with a record."""

    @property
    def code(self) -> str: ...
    @property
    def seq(self) -> int | None: ...
    @property
    def detail(self) -> str: ...


class ToldVerdict(Protocol):
    """What came of it: sound or not, the head, and up to which entry it is unchanged."""

    @property
    def sound(self) -> bool: ...
    @property
    def first_bad_seq(self) -> int | None: ...
    @property
    def problems(self) -> Sequence[ToldProblem]: ...
    @property
    def head(self) -> str: ...
    @property
    def rows(self) -> int: ...
    @property
    def unchanged_to(self) -> int | None: ...
    @property
    def operators_from(self) -> int | None: ...
    @property
    def notes(self) -> Sequence[ToldProblem]: ...


def _reason(problem: ToldProblem) -> str:
    sentences = {
        "gap": _("entries are missing: {detail}"),
        "link": _("it does not follow from the entry before"),
        "hash": _("its hash is not that of its content"),
        "kind": _("this version does not know its kind: {detail}"),
        "body": _("its content cannot be read: {detail}"),
        "fold": _("the case cannot be made of its entries: {detail}"),
        "projection": _("the lists show a case otherwise than its entries: {detail}"),
        "document": _("an adopted text or what was made of it is not as adopted: {detail}"),
        "row": _("the file says otherwise than the entries: {detail}"),
        "adopted": _("another text counts than the one adopted last: {detail}"),
        "text_gone": _("an adopted text is missing, and no entry deletes it: {detail}"),
        "text_there": _("a text is there although this entry deletes it: {detail}"),
        "file": _("SQLite finds the file faulty: {detail}"),
        "head": _("the printed hash is nowhere in this record: {detail}"),
    }
    words = sentences.get(problem.code, "{code}: {detail}")
    return words.format(code=problem.code, detail=machine_words(problem.detail))


def _statement(verdict: ToldVerdict) -> str:
    if not verdict.sound:
        if verdict.first_bad_seq is None:
            return _("NOT SOUND.")
        return _("NOT SOUND: first bad entry {seq}.").format(seq=verdict.first_bad_seq)
    if verdict.unchanged_to is None:
        words = ngettext("Consistent: {rows} entry.", "Consistent: {rows} entries.", verdict.rows)
        return words.format(rows=verdict.rows)
    words = ngettext(
        "Unchanged up to entry {seq}, consistent after it: {rows} entry.",
        "Unchanged up to entry {seq}, consistent after it: {rows} entries.",
        verdict.rows,
    )
    return words.format(seq=verdict.unchanged_to, rows=verdict.rows)


def _note(note: ToldProblem) -> str:
    """What is no fault, and worth knowing."""
    if note.seq is None:
        words = _("Note: an older version made the search, cases have fewer words in it: {detail}")
        return words.format(detail=note.detail)
    words = _("Note: from entry {seq} on the clock stood {length} further back.")
    return words.format(seq=note.seq, length=spoken(float(note.detail)))


def verdict_lines(verdict: ToldVerdict, lies: tuple[int, str] | None = None) -> list[str]:
    """The statement, each problem with its entry, and the head to be printed.

    ``lies``: of a file that an older version wrote, the number and hash of the last entry that it
    holds itself. What was proved is a copy brought up to date, which has entries behind that one:
    they are gone with it, and so is its head.
    """
    lines = [_statement(verdict)]
    for problem in verdict.problems:
        where = _("entry {seq}").format(seq=problem.seq) if problem.seq is not None else _("record")
        lines.append(labelled(where, _reason(problem)))
    if verdict.operators_from is not None:
        lines.append(_("Operators proved from entry {seq}.").format(seq=verdict.operators_from))
    lines.extend(_note(note) for note in verdict.notes)
    if lies is None:
        return [*lines, _("Head {head}").format(head=verdict.head)]
    older = _("Of an older version: proved was a copy brought up to date. The file stays as it is.")
    own = _("Head {head}: the file as it lies, up to entry {seq}.")
    return [*lines, older, own.format(head=lies[1], seq=lies[0])]


def besides_lines(problems: Sequence[ToldProblem]) -> list[str]:
    """What ``verify`` names of a record that is copied or restored all the same."""
    lines = [
        _("Note: verify names of this record: {problem}").format(problem=_reason(each))
        for each in problems[:_BESIDES_SHOWN]
    ]
    more = len(problems) - len(lines)
    return [*lines, _("More of them: {n}; verify names all").format(n=more)] if more else lines


def _told(problem: ToldProblem) -> dict[str, Any]:
    return {"code": problem.code, "seq": problem.seq, "detail": problem.detail}


def verdict_object(verdict: ToldVerdict) -> dict[str, Any]:
    """The verdict for other programs."""
    return {
        "sound": verdict.sound,
        "first_bad_seq": verdict.first_bad_seq,
        "unchanged_to": verdict.unchanged_to,
        "operators_from": verdict.operators_from,
        "rows": verdict.rows,
        "head": verdict.head,
        "problems": [_told(problem) for problem in verdict.problems],
        "notes": [_told(note) for note in verdict.notes],
    }
