"""What can be done with the forms of a case: handed out, taken back, bound, signed in a place."""

from __future__ import annotations

from dispatcher_tui.domain.record.commands import Command
from dispatcher_tui.domain.record.sign_off import Ink
from dispatcher_tui.domain.words.terms import SignedBy


class IssueForm(Command, frozen=True, kw_only=True):
    """A numbered form goes out; the desk has drawn its ``number``. ``instead_of`` is void."""

    form: str
    number: str
    instead_of: str = ""


class ReturnForm(Command, frozen=True, kw_only=True):
    """The numbered form is back."""

    number: str


class AskForm(Command, frozen=True, kw_only=True):
    """``name`` was asked for the numbered form that is out."""

    number: str
    name: str = ""


class VoidForm(Command, frozen=True, kw_only=True):
    """The numbered form will not come back."""

    number: str
    reason: str


class FileForm(Command, frozen=True, kw_only=True):
    """Bind the numbered form into a binder."""

    number: str
    binder: str
    page: str


class SignForm(Command, frozen=True, kw_only=True):
    """Sign a form in one of its places, counted from 1: ``how`` the desk has checked, on paper
    where ``ink`` says; by ``phone`` it is owed, or, of somebody without a role, none at all."""

    form: str
    place: int
    name: str
    role: str = ""
    how: SignedBy = SignedBy.PIN
    remark: str = ""
    ink: Ink | None = None
