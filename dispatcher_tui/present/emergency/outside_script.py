"""What to say to a service outside, in the order in which that service asks.

The facts are filled in. What is not known is said so: never left out, never guessed. A line is
short enough to be said in one breath.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from dispatcher_tui.domain.emergency.outside import NATIONAL
from dispatcher_tui.domain.words.address import Accounts, Address
from dispatcher_tui.present.big_digits import ROWS as BIG_ROWS
from dispatcher_tui.present.cells import fit, wrap
from dispatcher_tui.present.emergency.known_facts import (
    EmergencyFacts,
    answered,
    asked,
    joined,
    known,
    yes,
)
from dispatcher_tui.present.i18n import _
from dispatcher_tui.present.places import said_place

SAID_CELLS = 40
"""How much of the caller's words is passed on, in terminal cells."""

_NARROWEST = 28
"""Cells below which a script beside its number breaks in every second word."""

_BURNING = {"fire", "battery"}
"""Where a kind's id says so, the brigade asks what burns."""


class CallingFrom(msgspec.Struct, frozen=True):
    """Who rings from where: the estate, what is known of it, the name of the one at the desk."""

    estate: str
    address: Address = Address()
    accounts: Accounts = Accounts()
    name: str = ""


def _address(here: CallingFrom) -> str:
    """City, district, street and number, estate; city and district may stand with the street."""
    where = here.address
    street = where.street or _("(street and number: not known)")
    town = joined(where.city, where.district, street)
    return _("{town}, {estate}.").format(town=town, estate=here.estate)


def _way(here: CallingFrom, gate: str) -> str:
    words = _("Crossing: {crossing}. Entry: {gate}.")
    return words.format(crossing=known(here.address.crossing), gate=known(gate))


def _car(here: CallingFrom) -> str:
    """Where an ordinary car comes in: where an ambulance does, or a fire engine."""
    return here.address.ambulance_gate or here.address.fire_gate


def _what(told: EmergencyFacts) -> str:
    """Place and kind, apart from the estate."""
    where = said_place(told.place) or _("exact place not known")
    return _("{place}: {kind}.").format(place=where, kind=known(told.title))


def _words(told: EmergencyFacts) -> list[str]:
    """The caller's own words, where there are any."""
    said = fit(" ".join(told.said.split()), SAID_CELLS).rstrip()
    return [_("The caller says: {words}").format(words=said)] if said else []


def _me(here: CallingFrom, after: str) -> str:
    """Who rings, by which number to ring back, and what comes next."""
    phone = next(iter(here.address.phones), "")
    if not here.name:  # Nobody has signed in: who rings is the desk.
        return _("This is the duty desk, phone {phone}. {after}").format(
            phone=known(phone), after=after
        )
    words = _("My name is {name}, phone {phone}. {after}")
    return words.format(name=here.name, phone=known(phone), after=after)


def _hurt(told: EmergencyFacts) -> str:
    return _("Hurt: {hurt}.").format(hurt=yes(told.hurt))


def _state(told: EmergencyFacts) -> str:
    """Whether it goes on, and whether people are hurt."""
    going = _("Still going on: {going}.").format(going=yes(told.going_on))
    return joined(going, _hurt(told))


def _since(told: EmergencyFacts) -> str:
    words = _("Since when: not known; reported at {time}.")
    return words.format(time=known(told.reported))


def _met() -> str:
    return _("We meet you at the gate.")


def _fire(here: CallingFrom, told: EmergencyFacts) -> list[str]:
    if _BURNING.isdisjoint(told.kind.split("_")):
        going = _("Still going on: {going}.").format(going=yes(told.going_on))
        dangers = asked(told, gas=_("gas"), power=_("power"), water=_("water"), height=_("height"))
        matter = joined(going, answered(told, "burning", dangers))
    else:
        what = asked(told, burns=_("what burns"), flames=_("flames, smoke"))
        matter = answered(told, "burning", what)
    return [
        _address(here),
        _way(here, here.address.fire_gate),
        _what(told),
        matter,
        joined(answered(told, "trapped", _("Trapped, how many, where: not known.")), _hurt(told)),
        *_words(told),
        _me(here, _met()),
    ]


def _ambulance(here: CallingFrom, told: EmergencyFacts) -> list[str]:
    phone = _("Phone of who told us: {phone}.").format(phone=known(told.phone))
    return [
        _address(here),
        _way(here, here.address.ambulance_gate),
        _what(told),
        answered(told, "patient", _("Age, man or woman, awake, breathing: not known.")),
        _since(told),
        *_words(told),
        joined(answered(told, "pressing", _("Being pressed, AED there: not known.")), phone),
        _me(here, _met()),
    ]


def _police(here: CallingFrom, told: EmergencyFacts) -> list[str]:
    return [
        _address(here),
        _way(here, _car(here)),
        _what(told),
        _state(told),
        answered(told, "people", _("How many, weapons, clothes, which way: not known.")),
        *_words(told),
        _("Caller safe, come silently: not known."),
        _me(here, _met()),
    ]


def _traffic(here: CallingFrom, told: EmergencyFacts) -> list[str]:
    return [
        _address(here),
        _way(here, _car(here)),
        _what(told),
        joined(_hurt(told), answered(told, "pinned", _("Pinned: not known."))),
        asked(
            told,
            leak=_("leak"),
            smoke=_("smoke"),
            battery=_("battery"),
            plates=_("plates"),
        ),
        *_words(told),
        _me(here, _met()),
    ]


def _lift(here: CallingFrom, told: EmergencyFacts) -> list[str]:
    hint = here.accounts.lift
    code = _("Which lift, its code: not known.")
    if hint:
        code = _("Which lift, its code: not known (see: {hint}).").format(hint=hint)
    return [
        _what(told),
        code,
        _("Which floor, how many inside: not known."),
        joined(_("Old, children, pregnant, ill: not known."), _hurt(told)),
        _since(told),
        *_words(told),
        joined(_address(here), _way(here, _car(here))),
        _me(here, _met()),
    ]


def _gas(here: CallingFrom, told: EmergencyFacts) -> list[str]:
    account = _("Account: {account}.").format(account=known(here.accounts.gas))
    return [
        joined(_address(here), _way(here, here.address.fire_gate)),
        _what(told),
        answered(told, "gas", _("How strong; flat, stairs, basement; pipe, bottle: not known.")),
        joined(_("Collapsed, people out, cordon: not known."), _hurt(told)),
        *_words(told),
        joined(_("May we shut the public valve? Your name, please."), account),
        _me(here, _met()),
    ]


def _power(here: CallingFrom, told: EmergencyFacts) -> list[str]:
    account = _("Account: {account}.").format(account=known(here.accounts.power))
    return [
        joined(account, _("Switch room number: not known.")),
        _address(here),
        _what(told),
        answered(
            told,
            "power",
            asked(
                told,
                off=_("buildings off"),
                smoke=_("smoke"),
                water=_("water in"),
                line=_("line down"),
            ),
        ),
        asked(told, ventilator=_("anyone on a ventilator"), lift=_("anyone in a lift")),
        *_words(told),
        _me(here, _("When will it be back?")),
    ]


def _water(here: CallingFrom, told: EmergencyFacts) -> list[str]:
    account = _("Account: {account}.").format(account=known(here.accounts.water))
    return [
        _address(here),
        _what(told),
        _("Which pipe, its width, how strong the water: not known."),
        *_words(told),
        joined(_("Please shut the mains valve."), account),
        _me(here, _met()),
    ]


def _counselling(here: CallingFrom, told: EmergencyFacts) -> list[str]:
    return [
        _("This is the property management of {estate}.").format(estate=here.estate),
        _what(told),
        _("Name, age, alone or not, means at hand: not known."),
        *_words(told),
        _me(here, _("How do I talk to this person?")),
        _("(Never instead of 110, 119, 120: ring those as well.)"),
    ]


def _general(here: CallingFrom, told: EmergencyFacts) -> list[str]:
    return [
        _address(here),
        _what(told),
        _state(told),
        *_words(told),
        _me(here, _("Please help, or say what we are to do.")),
    ]


_SCRIPTS: dict[str, Callable[[CallingFrom, EmergencyFacts], list[str]]] = {
    "fire": _fire,
    "ambulance": _ambulance,
    "police": _police,
    "traffic": _traffic,
    "lift_rescue": _lift,
    "lift_contractor": _lift,
    "gas": _gas,
    "power": _power,
    "water": _water,
    "counselling": _counselling,
}


def estate_address(here: CallingFrom) -> str:
    """Who rings from where, in one sentence; what is not known of the address is said so."""
    return _address(here)


def outside_lines(name: str, here: CallingFrom, told: EmergencyFacts) -> list[str]:
    """What to say to whom an outside number belongs; one without words of its own has general ones.

    Args:
        name: of the number in ``site.toml``, or a number that every town has alike.
        here: who rings from where.
        told: what is known of the emergency.
    """
    national = {number: each for each, number in NATIONAL.items()}
    return _SCRIPTS.get(national.get(name, name), _general)(here, told)


class Laid(msgspec.Struct, frozen=True):
    """A script as it stands: ``under`` its number or beside it."""

    under: bool
    text: str


def lay_script(
    lines: Sequence[str], number: int, cells: int, rows: int, *, above: int = BIG_ROWS
) -> Laid:
    """A script where it can be read best: line by line beside its number, else beneath it.

    Where that takes too many rows the lines go on in one another.

    Args:
        lines: of the script.
        number: cells the number takes.
        cells: width of both together.
        rows: as many as there are for both.
        above: rows the number takes where the script stands beneath it.
    """
    flowing = "  ".join(lines)
    beside = cells - number
    ways = [(False, "\n".join(lines)), (True, "\n".join(lines)), (False, flowing), (True, flowing)]
    taken: list[tuple[int, Laid]] = []
    for under, text in ways:
        if not under and beside < _NARROWEST and cells > _NARROWEST:
            continue
        high = len(wrap(text, cells if under else max(beside, 1)))
        high = high + above if under else max(high, BIG_ROWS)
        if high <= rows:
            return Laid(under, text)
        taken.append((high, Laid(under, text)))
    return min(taken, key=lambda each: each[0])[1]
