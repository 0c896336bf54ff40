"""A household that is to be forgotten, and what came of it, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Protocol

from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.present.i18n import _, ngettext
from dispatcher_tui.present.refusals import explain_failure


class ToldHeld(Protocol):
    """Where a household stands."""

    @property
    def place(self) -> str: ...
    @property
    def listed(self) -> bool: ...
    @property
    def residents(self) -> int: ...
    @property
    def texts(self) -> int: ...
    @property
    def cases(self) -> int: ...
    @property
    def chain(self) -> Sequence[int]: ...
    @property
    def drafts(self) -> int: ...


class ToldCopy(Protocol):
    """A copy that has it still."""

    @property
    def path(self) -> Path: ...
    @property
    def at(self) -> datetime | None: ...


class ToldDraft(Protocol):
    """An unfinished form that was deleted."""

    @property
    def case(self) -> str: ...


class ToldForgotten(Protocol):
    """What was done, and what is left to do."""

    @property
    def held(self) -> ToldHeld: ...
    @property
    def copies(self) -> Sequence[ToldCopy]: ...
    @property
    def elsewhere(self) -> tuple[datetime, datetime] | None: ...
    @property
    def file(self) -> bool: ...
    @property
    def drafts(self) -> Sequence[ToldDraft]: ...
    @property
    def traces(self) -> Failure | None: ...


def held_lines(held: ToldHeld) -> list[str]:
    """Where a household stands now, before anything is done."""
    lines = [_("{place} is on no list in force.").format(place=held.place)]
    if held.listed:
        words = _("{place} is on the list in force; residents: {n}.")
        lines = [words.format(place=held.place, n=held.residents)]
    words = ngettext("{n} older list has it.", "{n} older lists have it.", held.texts)
    lines.append(words.format(n=held.texts))
    if held.drafts:
        half = ngettext(
            "{n} unfinished form speaks of it and will be deleted.",
            "{n} unfinished forms speak of it and will be deleted.",
            held.drafts,
        )
        lines.append(half.format(n=held.drafts))
    return [*lines, *_staying(held)]


def forgotten_lines(done: ToldForgotten, zone: tzinfo) -> list[str]:
    """What was forgotten, and where it still stands for somebody to deal with."""
    held, lines = done.held, list[str]()
    if held.listed:
        lines.append(_("{place} is off the list in force.").format(place=held.place))
    words = ngettext("{n} older list was deleted.", "{n} older lists were deleted.", held.texts)
    lines += [words.format(n=held.texts), *_staying(held)]
    lines += _unfinished(done.drafts)
    if done.file:
        lines.append(_("units.csv of the site has it still: take it out there too."))
    for copy in done.copies:
        at = f"{copy.at.astimezone(zone):%Y-%m-%d %H:%M}" if copy.at else "-"
        lines.append(_("This copy has it still: {at} {path}").format(at=at, path=copy.path))
    if done.elsewhere is not None:
        first, last = (f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in done.elsewhere)
        words = _("Copies made elsewhere from {first} to {last} may have it.")
        lines.append(words.format(first=first, last=last))
    if done.traces is not None:
        words = _("Its old bytes could not be overwritten; make room and do it again: {reason}")
        lines.append(words.format(reason=explain_failure(done.traces)))
    return lines


def _unfinished(drafts: Sequence[ToldDraft]) -> list[str]:
    """The unfinished forms that are gone; what was typed on a case is told by its number."""
    if not drafts:
        return []
    words = ngettext(
        "{n} unfinished form that spoke of it was deleted.",
        "{n} unfinished forms that spoke of it were deleted.",
        len(drafts),
    )
    lines = [words.format(n=len(drafts))]
    cases = sorted({each.case for each in drafts if each.case})
    if cases:
        words = _("What was typed and not committed on {cases} is gone: enter it anew.")
        lines.append(words.format(cases=", ".join(cases)))
    return lines


def _staying(held: ToldHeld) -> list[str]:
    """What no list is: cases, and the chain of an early record."""
    lines = []
    if held.cases:
        words = ngettext(
            "{n} case at this place keeps what was said until its time is over.",
            "{n} cases at this place keep what was said until their time is over.",
            held.cases,
        )
        lines.append(words.format(n=held.cases))
    if held.chain:
        words = _("Entry {seqs} of an earlier version has it for good: the chain is not changed.")
        lines.append(words.format(seqs=", ".join(map(str, held.chain))))
    return lines
