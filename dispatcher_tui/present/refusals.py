"""Why something was not done, in the operator's language, with what to do instead."""

from __future__ import annotations

from dispatcher_tui.domain.case.refusal import Refusal
from dispatcher_tui.domain.duties.closing import MissingItem
from dispatcher_tui.domain.words.failure import Failure
from dispatcher_tui.present.fees.fee_refusals import of_fees
from dispatcher_tui.present.i18n import _, language, ngettext
from dispatcher_tui.present.machine_words import machine_words
from dispatcher_tui.present.papers.posting_refusals import of_postings
from dispatcher_tui.present.papers.spare_lines import of_spares
from dispatcher_tui.present.watch.handout_refusals import of_handouts
from dispatcher_tui.present.watch.out_alone_lines import of_out_alone
from dispatcher_tui.present.watch.round_refusals import of_rounds


def _of_handling() -> dict[str, str]:
    """What stands against taking a case in and handling it."""
    return {
        "future": _("That time lies ahead; a record is of what has happened."),
        "no_case": _("There is no case {number}."),
        "case_ended": _("Case {number} is closed; reopen it first."),
        "already_written_off": _("Case {number} is written off already."),
        "no_routine": _("That is no duty of the desk now."),
        "line_missing": _("Write in a few words how it stands."),
        "not_ended": _("Case {number} is open: write how it stands."),
        "not_in_review": _("That case is not in this week's review."),
        "lists_changed": _("The lists in force have changed meanwhile: choose the file once more."),
        "period_over": _("{period} is over meanwhile: what is shown now is the next one."),
        "not_stuck": _("Case {number} waits for no decision: it was given already."),
        "method_missing": _("Write the method, or confirm that it cannot be handled."),
        "intake_empty": _("Nothing to record yet: enter the place, a class or the caller's words."),
        "unknown_category": _("There is no class {category}: pick one from the list."),
        "name_missing": _("Enter a name."),
        "figure_no_name": _('"{name}" is a figure and no name: write who it was.'),
        "unknown_step": _("The procedure has no step {step}."),
        "read_back_without_reach": _("Nobody was reached who could read it back."),
        "rung_since": _("Somebody else was rung since: ring {name} once more."),
        "already_read_back": _("It was read back already."),
        "call_logged": _("{name}: logged already; twice within 2 seconds is one call."),
        "no_slip": _("No closing paper of {number} is out yet."),
        "slip_already_issued": _("A slip is out already: {number}."),
        "promise_missing": _("Ask when: 40 (minutes), 23:30, or tomorrow 9:00."),
        "promise_past": _("That time is past: enter one that lies ahead."),
        "promise_far": _("That is more than a year away: enter a nearer time."),
        "note_missing": _("Write a few words first."),
        "nobody_chosen": _("Choose somebody first."),
        "swap_with_oneself": _("{name} cannot swap with themselves: choose somebody else."),
        "no_duty_to_give": _("{name} has no duty in the next 24 hours that somebody could take."),
        "on_duty_then": _("{name} is on duty then: choose somebody who is off."),
        "given_away": _(
            "{takes} has the duty of {name} already: take that back first, or choose {takes}."
        ),
        "swap_unagreed": _("Say who agreed to the swap: pick them, or write the name."),
        "away_backwards": _("It ends before it begins: the last day comes after the first."),
        "stand_in_number": _("Write a number that the stand-in can be rung by."),
        "no_change": _("That does not hold any more."),
        "no_notice": _("That notice does not hold any more."),
        "reason_missing": _("Write the reason first."),
        "corrective_not_asked": _("This procedure has no corrective action."),
        "corrective_of_itself": _("A corrective action is no complaint: it has none of its own."),
        "corrective_not_this": _("Case {number} is no corrective action: it has no such report."),
        "corrective_open": _("Its corrective action {number} is still open."),
        "lessons_missing": _("Write what is to be learnt from it."),
        "not_typical": _("Case {number} is not in the case library."),
        "nothing_to_pass_on": _("{name} has nothing to hear that was corrected."),
        "not_by_call": _("That is not done by a call: write down who was there."),
        "steps_missing": _("Not yet: {missing}."),
        "too_early": _("Not yet: this opens at {opens}."),
        "unknown_level": _("The procedure has no level {level}."),
        "same_level": _("The case has that level already."),
        "not_correctable": _("That field cannot be corrected."),
        "nothing_to_take_back": _("There is nothing of yours to take back."),
        "too_late_to_take_back": _("Only within {seconds} s: correct the entry instead."),
        "not_taken_back": _("Signed, final and emergency entries stay: correct them instead."),
    }


def _of_acts() -> dict[str, str]:
    """What stands against the fields of an act."""
    return {
        "nothing_to_repeat": _("No rule of this case asks to repeat anything, or it is done."),
        "fields_missing": _("Still to be filled in: {missing}."),
        "fields_unfit": _("Not an amount, a time or a day: {missing}."),
        "fields_service": _(
            "Only what site.toml names under services.stoppable may be stopped: {missing}."
        ),
        "fields_unknown": _("This act has no such field: {missing}."),
    }


def _of_closing() -> dict[str, str]:
    """What stands against ending a case, or opening it again."""
    return {
        "validity_not_asked": _("This procedure does not ask whether a complaint is valid."),
        "validity_unjudged": _("First say whether the complaint is valid."),
        "explanation_missing": _("Write what was explained to the caller."),
        "write_off_incomplete": _("Not yet: {missing}."),
        "over_limit": _("Above {yuan} yuan {role} must sign."),
        "not_written_off": _("Write the case off first; the paper comes after it."),
        "paper_number_missing": _("Enter the number on the paper."),
        "number_doubted": _("{number} is odd: confirm that it is on the paper, or type it anew."),
        "paper_number_same": _("{number} is the number that stands there already."),
        "paper_already_received": _("The paper is in hand already: {number}."),
        "paper_not_received": _("First confirm that the paper is in your hands."),
        "paper_already_signed": _("The paper is signed already."),
        "wrong_signer": _("This paper must be signed by {role}."),
        "not_in_role": _("{name} does not hold that role; these do: {known}."),
        "wrong_role": _("{name} cannot sign here: {role} must."),
        "paper_not_signed": _("The paper must be signed before it is filed."),
        "binder_missing": _("Enter the binder and the page where the paper is filed."),
        "paper_already_filed": _("The paper is filed already."),
        "final_incomplete": _("Not final yet: {missing}."),
        "not_called_off": _("Somebody was rung already: close it through F6, with its signature."),
        "same_procedure": _("It is under that procedure already."),
        "emergency_not_moved": _("An emergency is the same under every procedure: it stays here."),
        "companion_not_moved": _("It came out of another case, by its procedure: it stays here."),
        "rang_after_end": _("{number} is over: say whether it is reopened or called back."),
        "not_closed": _("Case {number} is still open."),
        "before_its_end": _("Case {number} cannot be reopened before it had ended."),
    }


def _of_emergencies() -> dict[str, str]:
    """What stands against a step of an emergency, and against leaving while it lasts."""
    return {
        "no_emergency": _("Case {number} is no emergency."),
        "call_stays": _("A call stays on record. Was it wrong? Ring again and log what is so now."),
        "already_stamped": _("{name} is stamped that far already."),
        "never_reached": _("Nobody has spoken to {name} yet."),
        "already_stood_down": _("Case {number} is stood down already."),
        "not_stood_down": _("Case {number} is not stood down."),
        "stand_down_note_missing": _("Write who says that it is over, and how it stands."),
        "stand_down_why_missing": _(
            "Somebody who had to know was never reached or never sent: write why."
        ),
        "stand_down_first": _("People are under way to {number}: stand it down, then tell them."),
        "not_over_yet": _(
            "Emergency {number} goes on: stand it down first (F9, 0, 6), then end or regrade it."
        ),
        "signed_off_only": _(
            "Emergency {number} ends by the head's signature alone: call it valid, write it off "
            "with what it was as the cause, and have that signed."
        ),
        "no_name": _("That is no name: pick who it was by a digit, or type only the name."),
        "order_missing": _("Write what was ordered."),
        "step_ticked": _("That step is ticked already."),
        "branch_answered": _("That is the answer already. Another digit changes it."),
        "post_held": _("The post is held by {number}: stand it down, or be relieved (F12, 3)."),
        "drill_while_held": _(
            "No drill while the real emergency {number} is open: open the desk and go on with it;"
            " drill when it is stood down."
        ),
    }


def _of_panel_tests() -> dict[str, str]:
    """What stands against planning a test of the fire system, or against ending it."""
    return {
        "panel_test_by_missing": _("Write who ordered the test."),
        "panel_test_long": _("A test lasts {hours} hours at most: enter an earlier end."),
        "panel_test_far": _("A test is planned {days} days ahead at most: enter a nearer time."),
        "panel_test_overlaps": _("That panel is under test from {since} to {until} already."),
        "no_panel_test": _("That test is over already."),
    }


def _of_people() -> dict[str, str]:
    """What stands against signing in and signing."""
    return {
        "pin_form": _("A PIN has {least} to {most} digits."),
        "pin_trivial": _("Guessed first (repeats, runs, dates): choose another PIN."),
        "head_needed": _("That needs a head's PIN, or the rescue code of the envelope."),
        "head_unnamed": _("There are several heads: name whose PIN it is with --by ({names})."),
        "head_missing": _("There is no head yet: operator add --role head makes the first."),
        "no_head": _("{name} is no head who may sign in; there is: {names}."),
        "rescue_needed": _("There is no head: that needs the rescue code of the envelope."),
        "rescue_wrong": _("That is not the rescue code in force: each is good for one time."),
        "no_rescue_code": _("No rescue code was ever made here: give a head's PIN."),
        "name_too_long": _("A name has at most {most} characters."),
        "operator_exists": _("There is an operator {name} already."),
        "no_operator": _("There is no operator {name}."),
        "operator_disabled": _("{name} may no longer sign in."),
        "operator_differs": _(
            "NOT signed: the list of operators says otherwise of {name} than the record. Run "
            "verify, give a new PIN with operator reset-pin, then sign."
        ),
        "person_differs": _(
            "NOT signed: the list of people says otherwise of {name} than the adopted one. Run "
            "verify, take the list in anew with site import, then sign."
        ),
        "last_operator": _("{name} is the last one who can sign in."),
        "pin_locked": _("Too many wrong PINs: {name} can try again in {seconds} s."),
        "no_hand_over": _("There never was a hand-over in this record."),
        "nobody_signed_in": _("Nobody is signed in: F12 first."),
        "unknown_role": _("The procedure has no role {role}; it has: {roles}."),
        "procedure_not_in_force": _('"{name}" is not in force here; in force: {known}'),
        "nothing_adopted": _("This file has no rules yet: open a case or the desk with --site."),
    }


def _of_signing() -> dict[str, str]:
    """What stands against a signature, and against passing the watch on."""
    return {
        "post_taken": _("{name} is on watch."),
        "post_vacant": _("Nobody is on watch: 1 in F12 signs in."),
        "same_person": _("{name} cannot be both the one who goes and the one who comes."),
        "questions_open": _("The incoming person still has to answer: {left}."),
        "sheet_stale": _("The watch is not any more what the sheet says: it is drawn anew."),
        "four_eyes": _("{name} acts here and cannot sign for it too."),
        "ink_name_missing": _("Write who signed in ink."),
        "ink_paper_missing": _("Write on which paper it is signed: its name or its number."),
        "ink_page_missing": _("Write on which page of the paper it is signed."),
        "place_unnamed": _("Say which place."),
        "household_unknown": _("Nothing is known of {place}: no household, no case, no note."),
        "nothing_entered": _("Nothing is entered yet."),
        "way_not_allowed": _("It is not signed in that way there."),
        "seal_not_allowed": _("No seal stands for that signature: the person signs."),
        "ink_own": _("Nobody is witness to the own signature: {name} signs by PIN."),
        "signed_twice": _("One person cannot sign in two roles."),
        "not_signed_for": _("Nothing is signed for that."),
        "not_by_phone": _("That cannot be agreed by phone: it needs the signature here."),
        "already_agreed": _("That is signed or agreed already."),
        "nothing_owed": _("No signature is owed here."),
    }


def _of_numbers() -> dict[str, str]:
    """What stands against a number on a paper, and against a charge."""
    return {
        "slip_form": _("{number} is no paper's number: type it as it is printed."),
        "slip_void": _("{number} is void ({reason}): take the next paper."),
        "slip_used": _("{number} is on case {case} already: look at the paper once more."),
        "slip_outside": _("No pad has {number}: look again, or record its pad (F8, 4, 4, 6)."),
        "slip_here": _("{number} is in the binder or in hand on case {case}: it is not void."),
        "pad_given": _("Given out already: {first} to {last}."),
        "pad_spent": _("The desk itself has numbered papers up to {last}: begin above it."),
        "cashier_missing": _("Write who takes the list: the cashier's name."),
        "print_gone": _("{name} is not in the folder any more: print it anew where it came from."),
        "print_differs": _(
            "{name} is not what was printed then: print it anew where it came from."
        ),
        "no_such_form": _("The case's procedure has no such form to be printed."),
        "paper_from_outside": _("Others make this paper: the desk takes it in and prints none."),
        "no_such_field": _("The form does not ask for this: {name}"),
        "nothing_to_charge": _("There is nothing to hand over."),
        "charges_changed": _("Something was filed or corrected meanwhile: look once more."),
        "charge_wrong": _("Enter an amount in yuan, such as 12.50."),
        "nothing_filed": _("No paper of this case is filed: there is no charge to correct."),
    }


def _of_months() -> dict[str, str]:
    """What stands against a month's summary."""
    return {
        "no_month": _("{month} is no month: write it as 2026-11."),
        "month_ahead": _("{month} has not begun yet."),
        "month_running": _("{month} is not over yet: its summary is drawn afterwards."),
        "month_signed": _("{month} is signed by {name}: its figures stand."),
        "month_not_drawn": _("The summary of {month} is not drawn yet."),
        "month_stale": _("Something was written about the month since ({n}): draw it anew first."),
        "report_missing": _("Write a few words about the month first."),
        "comment_missing": _("Write the comment first."),
    }


def _of_files() -> dict[str, str]:
    """What stands against settling a file that the site edited."""
    return {
        "file_changed": _("{file} is another one meanwhile: go back and look once more."),
        "file_not_written": _("{file} cannot be written: nothing was changed."),
        "file_unfit": _("Not with the site's other files ({file} {key}): nothing was changed."),
        "no_household": _("No list in the record has a household at {place}."),
        "list_unfit": _("{file} as taken over cannot be read: take it over anew first."),
        "forget_in_drill": _("Not in a drill: nobody is forgotten in a copy."),
        "file_in_drill": _("Not in a drill: the site's files are the real ones."),
    }


def _of_household_notes() -> dict[str, str]:
    """What stands against a note on a household."""
    return {
        "household_note_place": _("The place first: which household is it about?"),
        "household_note_words": _("Say in a few words what is to be known."),
        "household_note_past": _("That time is past: enter one that lies ahead."),
        "household_note_over": _("That note is over already: nothing was changed."),
        "household_note_reason": _("Write down why it is over."),
        "household_notes_unfit": _(
            "The list of household notes is not as it was adopted: nothing was changed."
            " dispatcher-tui verify names it."
        ),
    }


def _of_counts(left: int) -> dict[str, str]:
    """Refusals that say how many are left."""
    return {
        "review_incomplete": ngettext(
            "{left} open case still has no line.", "{left} open cases still have no line.", left
        ),
        "pin_wrong": ngettext(
            "Wrong PIN; {left} try before it locks.",
            "Wrong PIN; {left} tries before it locks.",
            left,
        ),
    }


def _sentence(code: str, left: str) -> str:
    """The words for a refusal; ``left``: how many of something there still are, where it says."""
    sentences = _of_counts(int(left) if left.isdecimal() else 0)
    sentences |= _of_handling() | _of_closing() | _of_emergencies() | _of_people()
    sentences |= _of_panel_tests() | _of_signing() | _of_numbers() | _of_months() | _of_files()
    sentences |= _of_household_notes() | _of_acts() | of_rounds() | of_handouts()
    sentences |= of_fees() | of_postings() | of_spares() | of_out_alone()
    return sentences.get(code, _("This cannot be done ({code})."))


def missing_item(missing: MissingItem) -> str:
    """One thing a closing lacks."""
    names = {
        "written_off": _("write-off"),
        "paper_received": _("paper in hand"),
        "paper_signed": _("paper signed"),
        "paper_filed": _("paper filed"),
        "feedback": _("feedback: who, how"),
        "satisfaction": _("satisfaction asked"),
        "head_signature": _("the head's signature"),
    }
    return names.get(missing.item, missing.item)


def explain(refusal: Refusal, listed: str = "") -> str:
    """The sentence for a refusal.

    ``listed`` is what is missing in the procedure's own words, where they are at hand.
    """
    listed = listed or _(", ").join(missing_item(m) for m in refusal.missing)
    end = f"_{language()}"
    own = {k.removesuffix(end): text for k, text in refusal.detail.items() if k.endswith(end)}
    words = {"code": refusal.code, "missing": listed, **refusal.detail, **own}
    return _sentence(refusal.code, refusal.detail.get("left", "")).format_map(words)


def explain_outside(failure: Failure) -> str:
    """The same where nobody sits at a form: on the command line."""
    sentences = {
        "disk_full": _("The disk is full: free some room, then try again."),
        "disk": _("The disk did not take it ({detail}): try again."),
        "busy": _("The file is busy; try again."),
        "file_lost": _("The record's file was taken away ({detail}): nothing was recorded."),
    }
    words = sentences.get(failure.code)
    detail = machine_words(failure.detail)
    return words.format(detail=detail) if words else explain_failure(failure)


def explain_failure(failure: Failure) -> str:
    """The sentence for something the machine could not do, and what to do about it."""
    sentences = {
        "disk_full": _("The disk is full: free some room, then commit again. The form is kept."),
        "disk": _("The disk did not take it ({detail}): commit again. The form is kept."),
        "busy": _("The file is busy; commit again. The form is kept."),
        "file_lost": _(
            "The record's file was taken away ({detail}): nothing more is saved. What is typed "
            "stays on the screen; write on paper and call for help."
        ),
        "not_kept": _(
            "The file does not keep what is written ({detail}): a hand changed it. Write on paper, "
            "call for help; verify names what was changed."
        ),
        "read_only": _("The file or its folder cannot be written: {detail}"),
        "owned": _("Another desk owns this file: {detail}"),
        "not_ours": _("This is not a desk's file; nothing was touched: {detail}"),
        "too_new": _("A newer version wrote this file; update the program: {detail}"),
        "old_sqlite": _("A newer SQLite than the one here made this file; update it: {detail}"),
        "outdated": _("An older version wrote this file; open the desk once to bring it up."),
        "damaged": _("The file is damaged; restore a backup: {detail}"),
        "unsound": _("The record is not sound: {detail}"),
        "refused": _("The record's own rules refuse this: {detail}"),
        "other_record": _(
            "Not of this record, or of the one named. If this copy is meant: --record {detail}"
        ),
        "missing": _("There is no such file; create a site with init: {detail}"),
        "exists": _("The file exists already; nothing was touched: {detail}"),
        "closed": _("The desk is closing; this was not written."),
        "not_printed": _(
            "The file could not be written ({detail}). The record has it all: print it once more."
        ),
        "font_missing": _(
            "A font of the program is missing ({detail}): install the program again."
        ),
    }
    known = sentences.get(failure.code, _("The machine could not do it ({code}: {detail})."))
    return known.format(code=failure.code, detail=machine_words(failure.detail))
