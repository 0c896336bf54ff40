"""The lists of fees in sentences: what came of a line, and the entries about a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from dispatcher_tui.domain.record import fee_events as fees
from dispatcher_tui.domain.record.events import Event
from dispatcher_tui.domain.record.fee_events import FeeCounts, LineResult
from dispatcher_tui.domain.words.money import format_fen
from dispatcher_tui.present.i18n import _, localized, ngettext
from dispatcher_tui.present.line_texts import period_name
from dispatcher_tui.present.names import Telling, joined


def result_name(result: LineResult) -> str:
    """What came of a line."""
    names = {
        LineResult.DELIVERED: _("delivered"),
        LineResult.REMINDED: _("reminded"),
        LineResult.PAID: _("paid"),
        LineResult.REFUSED: _("refuses to pay"),
        LineResult.NOBODY: _("nobody there"),
    }
    return names[result]


def list_name(label: str, month: str) -> str:
    """A list by its name and month."""
    return f"{label} {period_name(month)}"


def counts_words(counts: FeeCounts) -> str:
    """How a list stands: households, handed out, come back, settled, each where there is any."""
    n = counts.lines
    parts = [ngettext("{n} household", "{n} households", n).format(n=n)]
    told = (
        (counts.handed, _("handed out {n}")),
        (counts.back, _("back {n}")),
        (counts.settled, _("settled {n}")),
    )
    parts += [words.format(n=count) for count, words in told if count]
    return _(", ").join(parts)


def _taken(e: fees.FeeListTaken, w: Telling) -> str:
    text = _("List taken over: {list}, {counts}, {yuan} yuan").format(
        list=list_name(localized(e.label), e.month),
        counts=counts_words(FeeCounts(lines=e.counts.lines)),
        yuan=format_fen(e.counts.fen),
    )
    told = ((e.new, _("new {n}")), (e.changed, _("changed {n}")), (e.gone, _("gone {n}")))
    more = _(", ").join(words.format(n=n) for n, words in told if n)
    return joined(text, more if e.new < e.counts.lines else "")


def _handed(e: fees.FeeLinesHanded, w: Telling) -> str:
    n = len(e.places)
    words = ngettext(
        "{list}: {n} household of {area} handed to {name}",
        "{list}: {n} households of {area} handed to {name}",
        n,
    )
    name, area = list_name(localized(e.label), e.month), e.area or "-"
    return words.format(list=name, n=n, area=area, name=e.keeper)


def _noted(e: fees.FeeResultsNoted, w: Telling) -> str:
    name = list_name(localized(e.label), e.month)
    paid = sum(each.paid for each in e.results)
    yuan = _("{yuan} yuan").format(yuan=format_fen(paid)) if paid else ""
    if len(e.results) == 1:
        only = e.results[0]
        words = _("{list}: {place} {result}")
        text = words.format(list=name, place=only.place, result=result_name(only.result))
        return joined(text, yuan)
    counted = Counter(each.result for each in e.results)
    told = _(", ").join(f"{result_name(each)} {n}" for each, n in counted.items())
    words = _("{list} came back: {results}")
    return joined(words.format(list=name, results=told), yuan)


def _opened(e: fees.FeeLineOpened, w: Telling) -> str:
    words = _("{list}: {place} is case {number} from now on")
    name = list_name(localized(e.label), e.month)
    return words.format(list=name, place=e.place, number=e.number)


FEE_SENTENCES: dict[type[Event], Callable[[Any, Telling], str]] = {
    fees.FeeListTaken: _taken,
    fees.FeeLinesHanded: _handed,
    fees.FeeResultsNoted: _noted,
    fees.FeeLineOpened: _opened,
}
"""The sentence for each kind of entry about a list."""
