"""What every kind of field can tell of what was typed into it, and take back again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping

from textual.dom import DOMNode


class Autosaved:
    """Mixed into the fields of a form, which is saved by their ids while it is typed.

    A field without an id, or whose ``autosave`` is off, is not saved. ``fresh`` is what it holds
    before anybody types.
    """

    autosave: bool = True

    def __init__(self) -> None:
        self.fresh: dict[str, str] = {}

    @abstractmethod
    def held(self) -> dict[str, str]:
        """What it holds, by value and not by the text that is shown for it."""

    @abstractmethod
    def put_back(self, held: Mapping[str, str]) -> None:
        """Hold again what ``held`` gave before; what is not in it stays as it is."""

    def start_here(self) -> None:
        """What it holds now was not typed: it stands there from the start."""
        self.fresh = self.held()

    def typed(self) -> dict[str, str]:
        """What was typed or chosen here; nothing where it holds what stood there from the start."""
        now = self.held()
        return {} if now == self.fresh else now


def fields_of(form: DOMNode) -> list[Autosaved]:
    """Every field below a widget that is to be saved."""
    return [
        field
        for field in form.walk_children()
        if isinstance(field, Autosaved) and field.autosave and field.id
    ]
