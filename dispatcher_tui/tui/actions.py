"""The one registry of keys: hint bar, menu, help, palette and manual all read it.

Each action has three ways in: an F-key, a letter where no text is being typed, and a digit of
the menu.
"""

from __future__ import annotations

import msgspec

from dispatcher_tui.present.i18n import _


class Action(msgspec.Struct, frozen=True):
    """One thing the operator can do. ``label`` and ``tip`` are English msgids."""

    id: str
    key: str
    also: str
    label: str
    tip: str
    hint: bool = True

    @property
    def key_name(self) -> str:
        """The key as it is printed on the keyboard."""
        name = self.key.title() if "+" in self.key else self.key.upper()
        return name or self.also


def _n(msgid: str) -> str:
    """Marks a msgid that is translated when it is shown."""
    return msgid


ACTIONS: tuple[Action, ...] = (
    Action("new_case", "f2", "n", _n("New case"), _n("Take a call: open a case")),
    Action("find", "f3", "/", _n("Find"), _n("Cases, homes, people, outside numbers"), False),
    Action("notify", "f4", "d", _n("Notify"), _n("Tell the person responsible")),
    Action("follow_up", "f5", "f", _n("Follow up"), _n("Ask how it stands, urge")),
    Action("close", "f6", "c", _n("Close"), _n("Write off, then final with the paper")),
    Action("work_log", "f7", "l", _n("Work Log"), _n("What happened on this shift"), False),
    Action("records", "f8", "r", _n("Records"), _n("Reviews and records"), False),
    Action("emergency", "f9", "e", _n("EMERGENCY"), _n("From any screen, at once")),
    Action("commit", "f10", "ctrl+s", _n("Commit"), _n("Commit the form that is open"), False),
    Action("shift", "f12", "h", _n("Shift"), _n("Hand over, relieve, lock"), False),
    Action("help", "f1", "?", _n("Help"), _n("Keys of this screen, rules behind it")),
    Action("explain", "", "=", _n("Explain"), _n("Why a duty is due when it is"), False),
    Action("note", "", "a", _n("Add note"), _n("Write a note on the case"), False),
    Action("record_step", "", "s", _n("Record step"), _n("An act the procedure asks for"), False),
    Action("repeat", "ctrl+t", "w", _n("Repeated"), _n("Main points, to the caller"), False),
    Action("ring_again", "", "t", _n("Rang again"), _n("The caller, or another one, rang"), False),
    Action("regrade", "", "v", _n("Regrade"), _n("Another level, with the reason"), False),
    Action("move", "", "z", _n("Other rules"), _n("Under another procedure, why"), False),
    Action("correct", "", "x", _n("Correct"), _n("A field taken down wrongly"), False),
    Action("print", "", "p", _n("Print"), _n("The papers of the case, the Work Log"), False),
    Action("corrective", "", "g", _n("CAPA"), _n("Correct the cause: a case of its own"), False),
    Action(
        "typical", "", "b", _n("Case library"), _n("Keep it as typical, with its lessons"), False
    ),
    Action("forms", "", "m", _n("Forms"), _n("Every form of the case, filled in, printed"), False),
    Action("household_notes", "", "o", _n("Home notes"), _n("Dog, oxygen machine, dispute"), False),
    Action("out_alone", "", "q", _n("Out alone"), _n("Who went alone: sent, safe, back"), False),
    Action("copy", "", "y", _n("Copy number"), _n("The number shown, or the case's"), False),
    Action("copy_case", "", "Y", _n("Copy case"), _n("The whole case, as text"), False),
    Action("discard", "ctrl+r", "k", _n("Discard"), _n("Throw away a half-typed form"), False),
    Action("undo", "ctrl+z", "", _n("Take back"), _n("Your last action, within 60 s"), False),
    Action(
        "palette",
        "ctrl+p",
        ":",
        _n("Quick line"),
        _n("A place, number, log, any command"),
        False,
    ),
    Action("look", "", "", _n("Colours"), _n("Other colours, kept for this desk"), False),
    Action("leave", "ctrl+q", "", _n("Leave"), _n("Leave the desk"), False),
)

MENU: tuple[str, ...] = (
    "new_case",
    "notify",
    "follow_up",
    "close",
    "find",
    "work_log",
    "records",
    "shift",
    "emergency",
)
"""The menu's lines in the order of their digits 1 to 9; 0 goes on to ``MORE_MENU``."""

MORE_MENU: tuple[str, ...] = (
    "help",
    "commit",
    "look",
    "note",
    "ring_again",
    "print",
    "discard",
    "undo",
    "leave",
    "palette",
)
"""The rest of the commands by the digits 1 to 9, 0: with ``MENU`` and ``CASE_MENU`` every one has
its digits. Leaving is not on 0: a number typed in the wrong place must end nothing by its zeros.
"""

CASE_MENU: tuple[str, ...] = (
    "notify",
    "follow_up",
    "close",
    "note",
    "ring_again",
    "regrade",
    "correct",
    "explain",
    "record_step",
    "corrective",
    "typical",
    "household_notes",
    "copy",
    "copy_case",
    "forms",
    "move",
    "repeat",
    "out_alone",
)
"""The menu of one case, by its digits; 0 goes on to its second page, then to the whole menu."""

LETTERS: dict[str, str] = {action.also: action.id for action in ACTIONS if len(action.also) == 1}


def action(action_id: str) -> Action:
    """The action of that id; raises KeyError where there is none."""
    for found in ACTIONS:
        if found.id == action_id:
            return found
    raise KeyError(action_id)


def label(found: Action) -> str:
    """The action's name in the operator's language."""
    return _(found.label)


def tip(found: Action) -> str:
    """What the action does, in the operator's language."""
    return _(found.tip)
