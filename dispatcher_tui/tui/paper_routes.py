"""Where one can go to the numbered papers and to what was printed; see ``routes``."""

from __future__ import annotations

from dispatcher_tui.tui.routes import OnCaseRoute, ScreenRoute


class ToSlips(ScreenRoute, frozen=True):
    """Where every paper is."""


class ToPad(ScreenRoute, frozen=True):
    """Giving out a pad of papers."""


class ToVoid(ScreenRoute, frozen=True):
    """A number that is void."""


class ToCharges(ScreenRoute, frozen=True):
    """Charges for the cashier."""


class ToPrints(ScreenRoute, frozen=True):
    """What was printed, to be printed again."""


class ToRegisters(ScreenRoute, frozen=True):
    """The running registers of a ``month`` (``2026-11``, ``2026-11/PROCEDURE``), to print one."""

    month: str


class ToPosting(OnCaseRoute, frozen=True):
    """A notice of the case: its doors, hung, taken down."""

    form_id: str


class ToWarnHomes(OnCaseRoute, frozen=True):
    """The homes that are warned of it one by one."""


class ToSpareSheets(ScreenRoute, frozen=True):
    """Blank intakes for when the desk is dark: printed, keyed in, missing."""


class ToKeySpare(ScreenRoute, frozen=True):
    """Keying in what stands on one."""

    number: str = ""


class ToVoidSpare(ScreenRoute, frozen=True):
    """One that is spoilt or lost."""

    number: str = ""
