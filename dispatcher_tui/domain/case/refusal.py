"""Why a command is not carried out; ``present`` says it in the operator's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from dispatcher_tui.domain.duties.closing import MissingItem

T = TypeVar("T")


class Refusal(Exception):
    """A command the record cannot take.

    ``code`` names the reason, ``rule`` the rule behind it (may be empty), ``missing`` what a
    closing lacks, ``detail`` the words to fill in.
    """

    def __init__(
        self,
        code: str,
        rule: str = "",
        missing: tuple[MissingItem, ...] = (),
        **detail: str,
    ) -> None:
        super().__init__(f"{code} {rule}".strip())
        self.code = code
        self.rule = rule
        self.missing = missing
        self.detail = detail


def or_refusal(job: Callable[[], T]) -> T | Refusal:
    """What a job gives, or the refusal that ends it: for a form that tells it at the field."""
    try:
        return job()
    except Refusal as refusal:
        return refusal
