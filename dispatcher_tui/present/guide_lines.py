"""The guided first night in two rows: what to do and why, or how to come back to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from dispatcher_tui.domain.record.guided_steps import GuideStep
from dispatcher_tui.present.i18n import _, localized
from dispatcher_tui.present.spans import Span, SpanLine, sides

LEAVES = "Ctrl+G"
"""The key that puts the guide aside and takes it up again."""


class Strayed(msgspec.Struct, frozen=True):
    """How a hand has gone astray.

    ``astray``: another screen is up than the step is on. ``pressed``: the key that was pressed
    though it is not the step's. ``pin``: what unlocks the desk, where it is locked.
    """

    astray: bool = False
    pressed: str = ""
    pin: str = ""


STRAIGHT = Strayed()
"""A hand that has not."""


def key_names(step: GuideStep, names: Mapping[str, str]) -> str:
    """The keys of a step as they are printed on a keyboard; ``names`` has those of actions."""
    return " ".join(names.get(key, key) for key in step.keys)


def _filled(text: str, step: GuideStep, names: Mapping[str, str]) -> str:
    keys = {key: name for key, name in names.items() if key.isidentifier()}
    return text.format(**{**keys, "keys": key_names(step, names)})


def step_rows(
    steps: Sequence[GuideStep],
    now: int,
    names: Mapping[str, str],
    cells: int,
    strayed: Strayed = STRAIGHT,
) -> list[SpanLine]:
    """The rows of the step that is reached, or that all are done.

    Args:
        steps: the guide's.
        now: which of them, from 0; as many as there are once all are done.
        names: actions' keys as they are printed, by their ids.
        cells: as wide as the rows are.
        strayed: how the hand has gone astray, if it has.
    """
    aside = [Span(_("{key} aside ").format(key=LEAVES), "fg2")]
    if now >= len(steps):
        head = [Span(f" {_('Guide')} ", "tint"), Span(f" {_('The first night is done.')}", "fg0")]
        words = _("{key}: the card of keys, to print.   Ctrl+Q leaves.").format(key=LEAVES)
        return [sides(head, [], cells), sides([Span(f" {words}", "fg1")], [], cells)]
    step = steps[now]
    why, role = localized(step.why), "fg1"
    if strayed.pin:
        words = _("The desk was locked while you were away: {pin}, Enter.")
        why, role = words.format(pin=strayed.pin), "warnt"
    elif strayed.pressed:
        words = _("No harm: {key} works as ever. Here it is {keys}.")
        why, role = words.format(key=strayed.pressed, keys=key_names(step, names)), "warnt"
    elif strayed.astray:
        why, role = localized(step.way), "warnt"
    count = f" {_('Guide')} {now + 1}/{len(steps)} "
    do = _filled(localized(step.do), step, names)
    why = _filled(why, step, names)
    return [
        sides([Span(count, "tint"), Span(f" {do}", "fg0")], [], cells),
        sides([Span(f" {why}", role)], aside, cells),
    ]


def aside_words() -> str:
    """What is said as the guide is put aside."""
    return _("The guide is put aside; {key} takes it up again.").format(key=LEAVES)
