"""What stands in a narrow column in place of a procedure's longer name for it.

A procedure names its steps and levels as its document does. The board has a few cells for each:
what a shipped one calls them has a short form here, by its English; a site's own one is cut where
it is too long.
"""

from __future__ import annotations

from functools import lru_cache

from dispatcher_tui.domain.words.terms import Label
from dispatcher_tui.present.cells import width
from dispatcher_tui.present.i18n import _, language, localized

STEP_CELLS = {"zh": 10, "en": 13}
"""The width of the column of next steps, by the language."""

LEVEL_CELLS = {"zh": 4, "en": 5}
"""That of the levels, at the least."""


def _n(msgid: str) -> str:
    """Marks a msgid that is translated when it is shown."""
    return msgid


_STEPS: dict[str, str] = {
    "A month unsolved: becomes major": _n("Month: major"),
    "Analyse the cause": _n("Find cause"),
    "Answer the letter": _n("Answer letter"),
    "Answer the user": _n("Answer user"),
    "Approval as invalid": _n("Invalid form"),
    "Ask if satisfied": _n("Satisfaction"),
    "Ask satisfaction": _n("Satisfaction"),
    "Assess those responsible": _n("Assess"),
    "Back against pledge": _n("Reconnect"),
    "Back to the guest": _n("See the guest"),
    "Carry the plan out": _n("Carry it out"),
    "Chase slip copy": _n("Chase slip"),
    "Chase the record": _n("Chase record"),
    "Chase the slip": _n("Chase slip"),
    "Check the effect": _n("Check effect"),
    "Complaint note to be had": _n("Chase record"),
    "Complaint record to be had": _n("Chase record"),
    "Contact the organisation": _n("Contact them"),
    "Contact the user": _n("Contact user"),
    "Coordination order": _n("Sign order"),
    "Department answers": _n("Dept answers"),
    "Departments to help": _n("Ask for help"),
    "Deputy's visit": _n("Deputy visits"),
    "Engage a lawyer": _n("Get a lawyer"),
    "Enter date pledged": _n("Enter date"),
    "Enter in the book": _n("Enter in book"),
    "Enter the date set": _n("Enter date"),
    "Enter the deadline": _n("Enter date"),
    "Enter the result": _n("Enter result"),
    "Explain to the complainant": _n("Explain"),
    "Feedback record to be had": _n("Chase record"),
    "File the letters": _n("File letters"),
    "File the receipt": _n("File receipt"),
    "Find the cause": _n("Find cause"),
    "First follow-up": _n("1st follow-up"),
    "Follow the aftermath": _n("Aftermath"),
    "Follow the handling": _n("Follow up"),
    "Follow until satisfied": _n("Follow up"),
    "Go along to pay": _n("Go along"),
    "Hand over in person": _n("Hand it over"),
    "Handling form to be had": _n("Chase form"),
    "Have it acted on": _n("Tell someone"),
    "Individual notice": _n("Send notice"),
    "Judge the level": _n("Judge level"),
    "Keeper on the spot": _n("Keeper there"),
    "Leader receives it": _n("See leader"),
    "Leader's approval": _n("Leader's word"),
    "Letter to leader": _n("Show letter"),
    "Letter to the owner": _n("Owner letter"),
    "Liaison sheet": _n("Liaison sheet"),
    "Name who handles it": _n("Name handler"),
    "Name who handles it (order)": _n("Name handler"),
    "Note name, department, matter": _n("Note details"),
    "Notice of arrears": _n("Send notice"),
    "Notice of the cut": _n("Post notice"),
    "Notify": _n("Tell someone"),
    "Pass its opinion on": _n("Pass opinion"),
    "Pass on the correction": _n("Correction"),
    "Pass the upgraded complaint on": _n("Pass it up"),
    "Post held": _n("Post held"),
    "Promised time": _n("Promise due"),
    "Public apology": _n("Apologise"),
    "Reach the head": _n("Reach head"),
    "Report from scene": _n("Report back"),
    "Report it, open a CAPA": _n("Open a CAPA"),
    "Report signed and filed": _n("File report"),
    "Report the hard one": _n("Tell manager"),
    "Report to dept head": _n("To dept head"),
    "Report to head": _n("Tell the head"),
    "Report to leader": _n("Tell leader"),
    "Report to manager": _n("Tell manager"),
    "Report to the company": _n("Tell company"),
    "Report to the head": _n("Tell the head"),
    "Report to the manager": _n("Tell manager"),
    "Result to the GM": _n("Tell the GM"),
    "Return visit by the head": _n("Head's visit"),
    "Return visit by the order taker": _n("Return visit"),
    "Return visit on site": _n("Return visit"),
    "Ring the implementer": _n("Ring directly"),
    "Satisfaction and thanks": _n("Satisfaction"),
    "Satisfied: write off": _n("Satisfaction"),
    "Second follow-up": _n("2nd follow-up"),
    "Set the measure": _n("Set measure"),
    "Signature owed": _n("Get signature"),
    "Slip to the cashier": _n("Hand slip in"),
    "Solution agreed": _n("Agree on it"),
    "Solved in two days": _n("Two-day limit"),
    "Special meeting": _n("Hold meeting"),
    "Staff write the result": _n("Write result"),
    "Stop, if signed": _n("Signed stop"),
    "Supervisor's visit": _n("Lead visits"),
    "Talk to the party complained of": _n("Talk to party"),
    "Tell a superior": _n("Tell superior"),
    "Tell of the loss": _n("Tell the loss"),
    "Tell plant staff": _n("Tell plant"),
    "Tell supervision": _n("Supervision"),
    "Tell the area keeper": _n("Tell keeper"),
    "Tell the company": _n("Tell company"),
    "Tell the department": _n("Tell dept"),
    "Tell the department's head": _n("To dept head"),
    "Tell the guest": _n("Tell guest"),
    "Tell the handler": _n("Tell handler"),
    "Tell the leader": _n("Tell leader"),
    "Tell the leader in charge": _n("Tell leader"),
    "Tell the manager": _n("Tell manager"),
    "Tell the new place": _n("New place"),
    "Tell the quality department": _n("Tell quality"),
    "Tell the result": _n("Tell result"),
    "Tell them it is over": _n("Say it's over"),
    "Tell who is responsible": _n("Tell someone"),
    "The GM approves the plan": _n("GM approves"),
    "The GM's remarks": _n("GM's remarks"),
    "The director checks": _n("Effect check"),
    "The form comes back": _n("Form back"),
    "The head answers": _n("Head answers"),
    "The manager's opinion": _n("Manager's say"),
    "The receiver signs": _n("Get it signed"),
    "To head office": _n("Head office"),
    "To the area supervisor": _n("To supervisor"),
    "To the manager on duty": _n("Duty manager"),
    "To the quality department": _n("File: quality"),
    "Verify the correction": _n("Verify it"),
    "Verify the measure": _n("Verify it"),
    "Verify the result": _n("Verify result"),
    "Visit, then letter": _n("Visit, letter"),
    "When the cut begins": _n("Ask cut time"),
    "Word to resident": _n("Tell resident"),
    "Word to the resident": _n("Tell resident"),
    "Work order slip": _n("Work order"),
    "Write off, sum up": _n("Write off"),
}

_LEVELS: dict[str, str] = {
    "Emergency": _n("EMERG"),
    "General": _n("gen."),
    "Ordinary": _n("ord."),
}


@lru_cache(maxsize=1024)
def _short(zh: str, en: str, lang: str) -> str:
    whole = (zh if lang == "zh" else en).partition(": ")
    short = _STEPS.get(en) or _STEPS.get(en.partition(": ")[0])
    if lang == "zh" and width(whole[0]) <= STEP_CELLS["zh"]:
        return whole[0]
    return _(short) if short else whole[0]


def step_name(label: Label) -> str:
    """A next step in the cells of its column; whom it is about, after a colon, is left out."""
    return _short(label.zh, label.en, language())


def level_mark(label: Label, *, urgent: bool) -> str:
    """A level in its column; in English an urgent one stands out by its capitals."""
    if language() == "zh":
        return localized(label)
    short = _LEVELS.get(label.en)
    if short:
        return _(short)
    return label.en.upper() if urgent else label.en
