"""The procedures in force at a desk, in their order: the first is the one that counts where nothing
says otherwise."""

from __future__ import annotations

from dispatcher_tui.desk.rulebook import Rulebook
from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.handled_by import Handled, handled_by
from dispatcher_tui.domain.procedure import Named, Procedure
from dispatcher_tui.domain.words.people import Category
from dispatcher_tui.domain.words.terms import Label


class InForce:
    """The adopted texts that cases opened now are pinned to, by their hashes.

    ``refs``: of the procedures, the default first. ``companions``: by a procedure's id the one that
    the causes of its cases are corrected under, where it names one.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self.refs: tuple[str, ...] = ()
        self.companions: dict[str, str] = {}
        self._shorts: dict[str, Label] = {}

    def put(self, refs: tuple[str, ...], companions: dict[str, str]) -> None:
        """These are in force from now on. Their texts are in memory then, for any thread."""
        self.refs, self.companions = refs, companions
        self._shorts = self._rulebook.shorts(refs)
        for ref in refs:
            self._rulebook.procedure(ref)

    def short_of(self, ref: str) -> Label | None:
        """The short name that a case under the text of that hash is told by in a list, also under
        one that is in force no longer; None where it is the default's."""
        return self._shorts.get(ref)

    @property
    def default(self) -> str:
        """The hash of the default; empty where nothing was adopted yet."""
        return self.refs[0] if self.refs else ""

    @property
    def several(self) -> bool:
        """Whether there is more than one, so that which one is worth saying."""
        return len(self.refs) > 1

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """Each of them as it was adopted; from memory once it was read."""
        return tuple(self._rulebook.procedure(ref) for ref in self.refs)

    def signature(self, procedure: str = "") -> Named | None:
        """How what is agreed by phone is owed as a signature: by the one with that id, where that
        says so, else by the first that does."""
        by = sorted(self.procedures, key=lambda each: each.id != procedure)
        return next((each.signature for each in by if each.signature is not None), None)

    def ref_of(self, procedure: str) -> str:
        """The hash of the one with that id.

        Raises:
            Refusal: it is not in force; the detail names those that are.
        """
        ids = [each.id for each in self.procedures]
        if procedure not in ids:
            raise Refusal("procedure_not_in_force", name=procedure, known=", ".join(ids))
        return self.refs[ids.index(procedure)]

    def named(self, procedure: str) -> Procedure:
        """The one with that id, the default where it is empty.

        Raises:
            Refusal: it is not in force.
        """
        return self._rulebook.procedure(self.ref_of(procedure) if procedure else self.default)

    def pin(self, category: Category | None, asked: str) -> str:
        """The hash of the one that a case of a class is opened under; see ``handling``."""
        if not (asked or self.several):
            return self.default
        return self.ref_of(self.handling(category, asked).procedure.id)

    def handling(self, category: Category | None, asked: str = "") -> Handled:
        """Under which of them a case of a class is opened, and why; ``asked`` overrules the class.

        Raises:
            Refusal: what was asked for is not in force.
        """
        if asked:
            self.ref_of(asked)
        return handled_by(self.procedures, category, asked)
