"""Whatever is signed is signed by one mechanism: by PIN, agreed by phone, in ink or under a
seal that was seen."""

from __future__ import annotations

import ast

from dispatcher_tui.domain.words.terms import SignedBy
from tests.house.source import PACKAGE, modules, name_of, parsed

ASKED, PIN = "SigningForm", {"Signature", "PinField"}
"""What asks for a signature of any kind, and what asks for a PIN alone."""

COMES_AND_GOES = {
    "dispatcher_tui/tui/screens/watch/lock.py",
    "dispatcher_tui/tui/screens/watch/relieve.py",
    "dispatcher_tui/tui/screens/watch/shift.py",
    "dispatcher_tui/tui/widgets/hand_over_steps.py",
}
"""Who comes to the desk, leaves it or unlocks it proves by PIN who they are: nothing is signed for
them, and nobody at the desk could have seen their ink."""

MECHANISM = {
    "dispatcher_tui/tui/widgets/pin.py",
    "dispatcher_tui/tui/widgets/signing_form.py",
}


def _made(name: set[str]) -> set[str]:
    """The modules of the screens in which one of these is made or derived from."""
    found = set()
    for path in modules(PACKAGE / "tui"):
        for node in ast.walk(parsed(path)):
            made = node.func if isinstance(node, ast.Call) else None
            bases = node.bases if isinstance(node, ast.ClassDef) else []
            if any(isinstance(each, ast.Name) and each.id in name for each in (made, *bases)):
                found.add(name_of(path))
    return found


def test_nothing_but_coming_and_going_asks_for_a_pin_alone() -> None:
    assert _made(PIN) - MECHANISM == COMES_AND_GOES


def test_every_paper_and_decision_is_signed_by_the_one_form() -> None:
    assert _made({ASKED}) - MECHANISM == {
        "dispatcher_tui/tui/screens/case/step.py",
        "dispatcher_tui/tui/screens/papers/form_paper.py",
        "dispatcher_tui/tui/screens/reviews/month_comment.py",
        "dispatcher_tui/tui/screens/system/comparison.py",
        "dispatcher_tui/tui/widgets/item_signature.py",
        "dispatcher_tui/tui/widgets/mark_form.py",
        "dispatcher_tui/tui/widgets/paper_form.py",
        "dispatcher_tui/tui/widgets/write_off.py",
    }
    assert list(SignedBy) == [SignedBy.PIN, SignedBy.PHONE, SignedBy.INK, SignedBy.SEAL]
