"""How somebody signed, in words: by PIN, agreed by phone, or in ink and seen by the operator."""

from __future__ import annotations

from dispatcher_tui.domain.record.sign_off import Ink, SignOff
from dispatcher_tui.domain.words.terms import SignedBy
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.names import joined


def ink_words(ink: Ink | None) -> str:
    """Who saw a signature in ink, and where it stands; empty where there is none."""
    if ink is None:
        return ""
    if ink.seal:
        words = _("sealed, seen by {name}, {paper} p. {page}")
    else:
        words = _("in ink, seen by {name}, {paper} p. {page}")
    return words.format(name=ink.seen_by, paper=ink.paper, page=ink.page)


def how_words(sign_off: SignOff) -> str:
    """How a signature was given; of an agreement by phone also what made it good in ink."""
    if sign_off.how is SignedBy.PHONE:
        return joined(_("agreed by phone"), ink_words(sign_off.ink))
    return ink_words(sign_off.ink) or _("own PIN")


def proof_words(ink: Ink | None, time: str) -> str:
    """What stands beside a printed name instead of a signature by hand."""
    if ink is None:
        return _("Signed with their own PIN {time}").format(time=time)
    return _("Signed {time} {how}").format(time=time, how=ink_words(ink))


def short_pin(least: int) -> str:
    """What somebody is told who signed in with a PIN from before longer ones were asked for."""
    return _("That PIN is short: new ones have {least} digits (operator reset-pin).").format(
        least=least
    )


def on_watch(name: str, short_of: int = 0) -> str:
    """Who has the watch now; ``short_of``: the digits of new PINs, where theirs has fewer."""
    said = _("{name} is on watch.").format(name=name)
    return f"{said} {short_pin(short_of)}" if short_of else said


def way_name(how: SignedBy) -> str:
    """A way to sign as it is offered by its digit."""
    return {
        SignedBy.PIN: _("PIN here"),
        SignedBy.PHONE: _("agreed by phone"),
        SignedBy.INK: _("in ink, seen by me"),
        SignedBy.SEAL: _("seal, seen by me"),
    }[how]
